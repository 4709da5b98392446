/** A field of one line takes no line break, whichever form it stands in: every schema of the product is asked. */
import { readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { describe, expect, test } from 'vitest';
import { essais, petiteVille } from '../src/modules/registres/registres.fixtures.ts';
import { buildCreation } from '../src/modules/registres/registres.schema.ts';

const MODULES = resolve(import.meta.dirname, '../src/modules');
/** Fields drawn as several lines (textarea): they alone take a line break. */
const PARAGRAPHES = new Set([
  'adresse',
  'besoin',
  'mot_de_passe',
  'commentaire',
  'condition',
  'constat',
  'critere',
  'etapes',
  'expose',
  'libelle',
  'libres',
  'motif',
  'objet',
  'passages',
  'preuve',
  'reponse',
  'reserve',
  'suite',
  'synthese',
  'texte',
  'mot',
  'mission',
  'message',
  'description',
  'venir',
  'publics_precisions',
  'conditions',
  'conditions_acces',
  'frais_precisions',
  'mobilisation_precisions',
  'faits',
  'interdits',
]);
/** Of one schema alone: elsewhere a field of that name holds on one line. */
const LA_SEULEMENT = new Set(['conventionSchema.lieu']);
/** Read through a list or compared with what exists, never written as they are. */
const CODES = new Set([
  'apres',
  'periode',
  'pour',
  'choix',
  'code',
  'decision',
  'parente',
  'vers',
  'point',
  'points',
  'porteur',
  'territoire',
  'type',
  'organisation',
  'responsable',
  'role',
  'frais',
  'participant',
  'retour',
  'fiche',
  'registre',
  'suspects',
]);
const DEUX_LIGNES = 'Une ligne\r\nBcc: autre@exemple.fr';

/** Objects that a schema is made of. */
function formes(s: unknown): z.ZodObject[] {
  if (s instanceof z.ZodPipe) return formes(s.in);
  if (s instanceof z.ZodIntersection) return [...formes(s.def.left), ...formes(s.def.right)];
  return s instanceof z.ZodObject ? [s] : [];
}
/** Objects among what a schema module exports, builders called with a day. */
function objetsDe(exports: Record<string, unknown>): [string, z.ZodObject][] {
  return Object.entries(exports).flatMap(([nom, e]) => {
    const s = typeof e === 'function' && /^build\w*Schema$/.test(nom) ? (e as (...a: unknown[]) => unknown)('2026-11-28', '2027-11-28') : e;
    return formes(s).map((o) => [nom, o] as [string, z.ZodObject]);
  });
}

describe('Un champ d’une ligne', () => {
  const fichiers = readdirSync(MODULES, { recursive: true, withFileTypes: true })
    .filter((e) => e.isFile() && e.name.endsWith('.schema.ts') && !/registres|indicateurs|contrats/.test(e.parentPath))
    .map((e) => join(e.parentPath, e.name));

  test('refuse un retour à la ligne dans chaque formulaire', async () => {
    let vus = 0;
    const fautes: string[] = [];
    for (const f of fichiers)
      for (const [nom, objet] of objetsDe((await import(f)) as Record<string, unknown>))
        for (const [champ, schema] of Object.entries(objet.shape)) {
          if (PARAGRAPHES.has(champ) || CODES.has(champ) || LA_SEULEMENT.has(`${nom}.${champ}`)) continue;
          const accepte = (v: string) => (schema as z.ZodType).safeParse(v);
          vus += 1;
          const lu = accepte(DEUX_LIGNES);
          if (lu.success && String(lu.data).includes('\n')) fautes.push(`${nom}.${champ}`);
        }
    expect(vus).toBeGreaterThan(40);
    expect(fautes).toEqual([]);
  });

  test('refuse un retour à la ligne dans un enregistrement, titre, lieu et textes courts', () => {
    const schema = buildCreation(essais, petiteVille);
    const r = schema.safeParse({
      jour: '2026-03-14',
      titre: DEUX_LIGNES,
      adresse: DEUX_LIGNES,
      commentaire: DEUX_LIGNES,
      territoire_id: 'ville',
      organisation_id: 'ASSO',
      donnees: { theme: 'rixes', note: DEUX_LIGNES },
    });
    const champs = r.success ? [] : r.error.issues.map((i) => i.path.join('.'));
    for (const champ of ['titre', 'adresse', 'donnees.note']) expect(champs).toContain(champ);
    expect(champs).not.toContain('commentaire');
  });
});
