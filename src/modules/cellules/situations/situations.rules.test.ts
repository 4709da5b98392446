import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { choixDe, empreinteDuTexte, texteDe } from '../charte/charte.rules.ts';
import { charteSchema } from '../charte/charte.schema.ts';
import type { CleDeCellule } from '../cles/cles.ts';
import { createMemoire, INACTIVITE_MS } from '../cles/memoire.ts';
import { destructionDe, type Etat } from './situations.rules.ts';

const charte = charteSchema.parse(parse(readFileSync('contrats/paris-2023-2026/cellules.yaml', 'utf8')));
const genre = charte.genres.find((g) => g.code === 'cenomed') as (typeof charte.genres)[number];
const durees = { sansSuiteMois: 6, suiviMois: 24, apresSuiviMois: 12 };

test('la fin d’une situation est fixée à l’entrée, un suivi la repousse, sa clôture la ramène, l’âge la borne', () => {
  const fin = (etat: Etat, jour: string, avant: [Etat, string] | null, naissance: string | null = null) =>
    destructionDe({ genre, durees, jour, etat, avant: avant && { etat: avant[0], le: avant[1] }, naissance });
  expect(fin('recue', '2026-01-31', null)).toBe('2026-07-31');
  expect(fin('examinee', '2026-03-01', ['recevable', '2026-07-31'])).toBe('2026-07-31');
  expect(fin('suivie', '2026-04-01', ['examinee', '2026-07-31'])).toBe('2028-04-01');
  expect(fin('close', '2026-06-01', ['suivie', '2028-04-01'])).toBe('2027-06-01');
  expect(fin('close', '2028-03-01', ['suivie', '2028-04-01'])).toBe('2028-04-01');
  expect(fin('close', '2026-04-01', ['examinee', '2026-07-31'])).toBe('2026-07-31');
  // Eighteen years and twelve months after May 2008.
  expect(fin('suivie', '2026-04-01', ['examinee', '2026-07-31'], '2008-05')).toBe('2027-05-01');
  expect(fin('recue', '2030-01-01', null, '2008-05') <= '2030-01-01').toBe(true);
});

test('une charte dont les listes se contredisent est refusée ; un mot changé ou une durée est un autre texte à signer', () => {
  const fautes = (o: object) =>
    charteSchema
      .safeParse({ ...charte, ...o })
      .error?.issues.map((i) => i.message)
      .join() ?? '';
  expect(fautes({ origines: [{ code: 'ecole', libelle: 'École', genres: ['inconnu'] }] })).toContain('genre de cellule « inconnu » inconnu');
  expect(fautes({ apports: [{ code: 'suivi', libelle: 'Suivi' }] })).toContain('secret');
  expect(fautes({ issues: [charte.issues[0], charte.issues[0]] })).toContain('deux fois');
  expect(choixDe(charte, 'orientations', 'recidive').map((x) => x.code)).not.toContain('crip');
  const un = empreinteDuTexte(charte.version, texteDe(charte, genre, durees));
  expect(empreinteDuTexte('2', texteDe(charte, genre, durees))).not.toBe(un);
  expect(empreinteDuTexte(charte.version, texteDe(charte, genre, { ...durees, suiviMois: 12 }))).not.toBe(un);
});

test('une clé ouverte se referme seule, avec une autre clé, un autre siège, une horloge qui recule ; une copie en cours n’en devient pas des zéros', () => {
  const m = createMemoire();
  const t = (ms: number) => new Date(1_800_000_000_000 + ms);
  const cle = new Uint8Array(32).fill(7) as CleDeCellule;
  const attendu = { epoque: 1, membreId: 'm' };
  const garder = () => m.garder('session', 'cellule', { cle: Uint8Array.from(cle) as CleDeCellule, ...attendu }, t(0));
  garder();
  expect([m.lire('autre', 'cellule', attendu, t(1)), m.lire('session', 'voisine', attendu, t(1))]).toEqual([null, null]);
  const lue = m.lire('session', 'cellule', attendu, t(INACTIVITE_MS - 1));
  m.fermer('session', 'cellule');
  expect([lue, m.lire('session', 'cellule', attendu, t(2))]).toEqual([cle, null]);
  for (const [quoi, quand] of [
    [attendu, t(INACTIVITE_MS)],
    [attendu, t(-INACTIVITE_MS)],
    [{ ...attendu, epoque: 2 }, t(1)],
    [{ ...attendu, membreId: 'n' }, t(1)],
  ] as const) {
    garder();
    expect([m.lire('session', 'cellule', quoi, quand), m.nombre()]).toEqual([null, 0]);
  }
});
