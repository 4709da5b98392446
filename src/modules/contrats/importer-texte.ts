/**
 * `concorde contrat importer-texte FILE`: attaches the signed wording to the objects it belongs to. The format is documented
 * in this module's README; unknown ids are told, never guessed.
 */
import { basename } from 'node:path';
import { z } from 'zod';
import type { Db } from '../../core/base/database.ts';
import { invalide } from '../../core/errors.ts';
import { lireSource } from '../../core/source.ts';
import type { Catalogue } from './catalogue.ts';
import { saveTextes } from './contrats.queries.ts';

interface Item {
  id: string;
  texte: string;
  page?: number | null | undefined;
  sousItems?: Item[] | undefined;
}
const itemSchema: z.ZodType<Item> = z.object({
  id: z.string(),
  texte: z.string().min(1),
  page: z.number().int().nullish(),
  get sousItems() {
    return z.array(itemSchema).optional();
  },
});
const fichierSchema = z.object({
  fiches: z
    .array(
      z.object({
        numero: z.string(),
        pageDebut: z.number().int().nullish(),
        publicCible: z.string().optional(),
        objectifs: z.array(z.string()).default([]),
        actions: z.array(z.object({ id: z.string(), rubrique: z.string().min(1), page: z.number().int().nullish(), items: z.array(itemSchema).default([]) })),
      }),
    )
    .min(1),
});

export interface BilanTexte {
  lus: number;
  nouveaux: number;
  connus: number;
  avertis: number;
  rejetes: number;
}

export async function importerTexte(owner: Db, catalogue: Catalogue, source: string): Promise<BilanTexte> {
  let brut: unknown;
  try {
    brut = JSON.parse(await lireSource(source));
  } catch (e) {
    if (e instanceof SyntaxError) throw invalide(`« ${source} » n’est pas du JSON lisible : le fichier est peut-être coupé.`);
    throw e;
  }
  const lu = fichierSchema.safeParse(brut);
  if (!lu.success) {
    const i = lu.error.issues[0];
    throw invalide(`« ${source} » n’a pas la forme attendue (${i?.path.join('.')} : ${i?.message}). Rien n’a été importé.`);
  }
  const textes = lu.data.fiches.flatMap((f) => [
    ...(f.publicCible ? [{ id: f.numero, texte: f.publicCible, page: f.pageDebut ?? null }] : []),
    ...f.objectifs.map((texte, i) => ({ id: `${f.numero}-O${i + 1}`, texte, page: f.pageDebut ?? null })),
    ...f.actions.flatMap((a) => [{ id: a.id, texte: a.rubrique, page: a.page ?? null }, ...a.items.flatMap(aplatir)]),
  ]);
  const connus = new Set([
    ...catalogue.fiches.keys(),
    ...[...catalogue.fiches.values()].flatMap((f) => [...f.objectifs.map((o) => o.id), ...f.actions.map((a) => a.id)]),
    ...catalogue.lignes.keys(),
  ]);
  const retenus = textes.filter((t) => connus.has(t.id));
  const nouveaux = await saveTextes(owner, catalogue.contratId, retenus, basename(source));
  return { lus: textes.length, nouveaux, connus: retenus.length - nouveaux, avertis: 0, rejetes: textes.length - retenus.length };
}

const aplatir = (i: Item): { id: string; texte: string; page: number | null }[] => [
  { id: i.id, texte: i.texte, page: i.page ?? null },
  ...(i.sousItems ?? []).flatMap(aplatir),
];
