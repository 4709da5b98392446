/** Invented texts of the demonstration's bilans: `contrats/<slug>/demonstration/bilan.yaml`, signed by its people. Without it, none is written. */
import { sql } from 'kysely';
import { z } from 'zod';
import type { Db } from '../../../../core/base/database.ts';
import type { Persona, Profils } from '../../../../core/module.ts';
import type { Catalogue } from '../../../contrats/index.ts';
import { enJson } from '../../../../core/couper.ts';

const textesSchema = z.array(
  z.strictObject({
    annee: z.number().int(),
    territoire: z.string(),
    /** Address of one of the demonstration's people. */
    auteur: z.string(),
    /** Absent: the essential. */
    fiche: z.string().optional(),
    versions: z.array(z.strictObject({ le: z.iso.date(), texte: z.string().min(1) })).min(1),
  }),
);
export const lireTextesDemo = (profils: Profils) => profils.lire('bilan', textesSchema) ?? [];

/** Returns how many versions were written; none of a day still to come. */
export async function genererTextesDemo(tx: Db, c: Catalogue, o: { profils: Profils; personas: readonly Persona[]; aujourdhui: string }): Promise<number> {
  const lignes = lireTextesDemo(o.profils).flatMap((t) => {
    const auteur = o.personas.find((p) => p.courriel === t.auteur);
    if (!auteur || !c.territoires.has(t.territoire)) throw new Error(`bilan.yaml : auteur ou territoire inconnu (${t.auteur}, ${t.territoire}).`);
    return t.versions
      .filter((v) => v.le <= o.aujourdhui)
      .map((v, i) => ({
        annee: t.annee,
        territoire: t.territoire,
        fiche: t.fiche ?? '',
        version: i + 1,
        texte: v.texte.trim(),
        auteur: auteur.nom,
        fonction: auteur.fonction,
        le: v.le,
      }));
  });
  await sql`
    insert into bilan_textes (contrat_id, annee, territoire_id, fiche, version, texte, auteur, fonction, le)
    select ${c.contratId}, v.annee, v.territoire, v.fiche, v.version, v.texte, v.auteur, v.fonction, (v.le + time '17:30') at time zone ${c.contrat.fuseau}
    from jsonb_to_recordset(${enJson(lignes)}::jsonb)
      as v (annee smallint, territoire text, fiche text, version int, texte text, auteur text, fonction text, le date)`.execute(tx);
  return lignes.length;
}
