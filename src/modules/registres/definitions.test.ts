import { readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { RegistreDeclare } from './definition.ts';

const dossier = new URL('./definitions/', import.meta.url);
const noms = readdirSync(dossier)
  .filter((f) => f.endsWith('.ts'))
  .map((f) => f.replace(/\.ts$/, ''));
const definitions = await Promise.all(
  noms.map(async (nom): Promise<[string, RegistreDeclare]> => {
    const module: { default: RegistreDeclare } = await import(`./definitions/${nom}.ts`);
    return [nom, module.default];
  }),
);

/** Columns that every record and every view of facts already has: a field may not take their name. */
const RESERVES = new Set([
  'contrat_id',
  'id',
  'registre',
  'jour',
  'fin',
  'territoire_id',
  'organisation_id',
  'titre',
  'commentaire',
  'donnees',
  'fiches',
  'lignes',
  'lon',
  'lat',
  'adresse',
  'statut',
  'version',
  'lot_id',
  'id_externe',
  'territoire',
  'organisation',
]);
const CODE_CHAMP = /^[a-z][a-z0-9_]{0,40}$/;
const CODE_OPTION = /^[a-z0-9-]+$/;
const doublons = (codes: readonly string[]) => codes.filter((c, i) => codes.indexOf(c) !== i);

test('les treize registres sont là, chacun dans le fichier qui porte son nom', () => {
  expect(definitions.map(([f]) => f).sort()).toEqual([
    'accompagnements',
    'audits',
    'campagnes',
    'etablissements',
    'etudes',
    'evenements',
    'formations',
    'interventions',
    'marches',
    'operations',
    'placements',
    'postes',
    'sites',
  ]);
  for (const [fichier, d] of definitions) expect(d.code).toBe(fichier);
});

describe.each(definitions)('le registre %s', (_fichier, d) => {
  test('se présente en entier', () => {
    for (const texte of [d.libelle, d.singulier, d.objet, d.jour, d.organisation]) expect(texte.trim()).not.toBe('');
    for (const c of d.champs) expect(c.libelle.trim(), c.code).not.toBe('');
  });

  test('a des codes de champ valables, uniques et libres', () => {
    const codes = d.champs.flatMap((c) => (c.type === 'lignes' ? [c.code, ...c.quantites.map((q) => q.code)] : [c.code]));
    expect(doublons(codes)).toEqual([]);
    for (const code of codes) {
      expect(code).toMatch(CODE_CHAMP);
      expect(RESERVES.has(code), code).toBe(false);
    }
  });

  test('a des listes fermées sans doublon, aux codes stables', () => {
    const listes = d.champs.flatMap((c) => (c.type === 'liste' ? [c] : c.type === 'lignes' ? c.colonnes.filter((k) => k.type === 'liste') : []));
    for (const l of listes) {
      if ('liste' in l) continue;
      expect(l.options.length, l.code).toBeGreaterThan(1);
      expect(doublons(l.options.map((o) => o.code)), l.code).toEqual([]);
      for (const o of l.options) {
        expect(o.code).toMatch(CODE_OPTION);
        expect(o.libelle.trim()).not.toBe('');
      }
    }
  });

  test('a au moins une dimension, et des colonnes et des filtres à montrer', () => {
    expect(d.champs.some((c) => c.type === 'liste' || c.type === 'booleen' || c.type === 'acteur')).toBe(true);
    expect(d.champs.some((c) => c.colonne)).toBe(true);
    expect(d.champs.some((c) => c.filtre)).toBe(true);
  });

  test('ne montre jamais un texte libre au public, sauf une adresse web ou une heure', () => {
    const textes = d.champs.filter((c) => c.public && (c.type === 'texte' || c.type === 'texte-long') && !c.format).map((c) => c.code);
    expect(textes).toEqual([]);
    if (!d.publique) expect(d.champs.filter((c) => c.public && (c.type === 'texte' || c.type === 'texte-long'))).toEqual([]);
  });

  test('compte ses lignes répétées sur une colonne de liste qui existe', () => {
    for (const c of d.champs) {
      if (c.type !== 'lignes') continue;
      for (const q of c.quantites) {
        if ('somme' in q) {
          expect(c.colonnes.find((k) => k.code === q.somme)?.type, q.code).toBe('nombre');
          continue;
        }
        const colonne = c.colonnes.find((k) => k.code === q.colonne);
        expect(colonne?.type === 'liste' && 'options' in colonne && colonne.options.some((o) => o.code === q.valeur), q.code).toBe(true);
      }
    }
  });
});
