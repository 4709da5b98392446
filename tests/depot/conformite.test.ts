import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { lire, RACINE } from './sources.ts';

/** OWASP ASVS 5.0.0: by section, how many requirements of level 1 (which come first), then how many of level 2. */
const NIVEAUX: Record<string, readonly [number, number]> = {
  ...{ '1.1': [0, 2], '1.2': [5, 4], '1.3': [2, 9], '1.4': [0, 3], '1.5': [1, 1], '2.1': [1, 2], '2.2': [2, 1], '2.3': [1, 3], '2.4': [0, 1] },
  ...{ '3.2': [2, 0], '3.3': [1, 3], '3.4': [2, 4], '3.5': [3, 2], '3.7': [0, 2], '4.1': [1, 2], '4.2': [0, 1], '4.3': [0, 2], '4.4': [1, 3] },
  ...{ '5.1': [0, 1], '5.2': [2, 1], '5.3': [2, 0], '5.4': [0, 3], '6.1': [1, 2], '6.2': [8, 4], '6.3': [2, 2], '6.4': [2, 2], '6.5': [0, 5] },
  ...{ '6.6': [0, 3], '6.8': [0, 4], '7.1': [0, 3], '7.2': [4, 0], '7.3': [0, 2], '7.4': [2, 3], '7.5': [0, 2], '7.6': [0, 2], '8.1': [1, 1] },
  ...{ '8.2': [2, 1], '8.3': [1, 0], '8.4': [0, 1], '9.1': [3, 0], '9.2': [1, 3], '10.1': [0, 2], '10.2': [0, 2], '10.3': [0, 4], '10.4': [5, 6] },
  ...{ '10.5': [0, 5], '10.6': [0, 2], '10.7': [0, 3], '11.1': [0, 2], '11.2': [0, 3], '11.3': [2, 1], '11.4': [1, 3], '11.5': [0, 1], '11.6': [0, 1] },
  ...{ '12.1': [1, 2], '12.2': [2, 0], '12.3': [0, 4], '13.1': [0, 1], '13.2': [0, 5], '13.3': [0, 2], '13.4': [1, 4], '14.1': [0, 2], '14.2': [1, 3] },
  ...{ '14.3': [1, 2], '15.1': [1, 2], '15.2': [1, 2], '15.3': [1, 6], '16.1': [0, 1], '16.2': [0, 5], '16.3': [0, 4], '16.4': [0, 3], '16.5': [0, 3] },
  ...{ '17.1': [0, 1], '17.2': [0, 4], '17.3': [0, 2] },
};
const EXIGENCES = Object.entries(NIVEAUX).flatMap(([section, [un, deux]]) =>
  Array.from({ length: un + deux }, (_, i) => `${section}.${i + 1} (${i < un ? 1 : 2})`),
);
const ETATS = ['tenu', 'en partie', 'sans objet', 'à faire'];

interface Ligne {
  numero: string;
  niveau: string;
  exigence: string;
  etat: string;
  preuve: string;
}
const lignesDe = (texte: string): Ligne[] =>
  texte.split('\n').flatMap((l) => {
    const [numero = '', niveau = '', exigence = '', etat = '', ...preuve] = l
      .split('|')
      .slice(1, -1)
      .map((x) => x.trim());
    return /^\d/.test(numero) ? [{ numero, niveau, exigence, etat, preuve: preuve.join('|') }] : [];
  });

/** `path` and the titles that follow it, the ones of tests: « a », « b ». */
const preuvesDe = (preuve: string): { fichier: string; titres: string[] }[] =>
  [...preuve.matchAll(/`([\w./-]+\.\w+)`((?:,? « [^»]+ »)*)/g)].map((m) => ({
    fichier: m[1] ?? '',
    titres: [...(m[2] ?? '').matchAll(/« ([^»]+) »/g)].map((t) => t[1] ?? ''),
  }));

/** What is wrong in a document that claims to answer the standard. */
function fautes(texte: string): string[] {
  const lignes = lignesDe(texte);
  const vues = lignes.map((l) => `${l.numero} (${l.niveau})`);
  const liste = [
    ...EXIGENCES.filter((e) => !vues.includes(e)).map((e) => `${e} : absente`),
    ...vues.filter((v, i) => !EXIGENCES.includes(v) || vues.indexOf(v) !== i).map((v) => `${v} : inconnue ou double`),
  ];
  for (const l of lignes) {
    const preuves = preuvesDe(l.preuve);
    if (!ETATS.includes(l.etat)) liste.push(`${l.numero} : état « ${l.etat} »`);
    if (l.exigence === '' || l.preuve === '') liste.push(`${l.numero} : case vide`);
    if (l.etat === 'tenu' && preuves.length === 0) liste.push(`${l.numero} : tenu sans preuve`);
    for (const { fichier, titres } of preuves) {
      if (!existsSync(join(RACINE, fichier)) && fichier.includes('/')) liste.push(`${l.numero} : ${fichier} n’existe pas`);
      else if (fichier.includes('.test.')) {
        if (titres.length === 0) liste.push(`${l.numero} : ${fichier} sans titre`);
        for (const t of titres) if (!lire(fichier).includes(t)) liste.push(`${l.numero} : ${fichier} n’a pas « ${t} »`);
      }
    }
  }
  return liste;
}

describe('Conformité', () => {
  const asvs = lire('docs/conformite/asvs.md');

  test('chaque exigence a sa ligne, son état, et une preuve qui existe', () => {
    expect(EXIGENCES.length).toBe(253);
    expect(fautes(asvs)).toEqual([]);
  });

  test('le contrôle voit une ligne ôtée, doublée, un état inventé, une preuve fausse ou absente', () => {
    const change = (de: string | RegExp, vers: string) => fautes(asvs.replace(de, vers)).length;
    expect(change(/\| 1\.2\.6 .*\n/, '')).toBe(1);
    expect(change(/(\| 1\.2\.6 .*\n)/, '$1$1')).toBe(1);
    expect(change(/(\| 1\.2\.6 .*)sans objet \|/, '$1presque |')).toBe(1);
    expect(change(/(\| 3\.4\.1 .*)« https pour un an »/, '$1« https pour toujours »')).toBe(1);
    expect(change(/(\| 3\.5\.2 .*)origin\.ts/, '$1nulle-part.ts')).toBe(1);
    expect(change(/(\| 6\.4\.4 .*à faire \|).*\|/, '$1 |')).toBe(1);
    expect(change(/(\| 7\.4\.4 .*tenu \|).*\|/, '$1 parce que |')).toBe(1);
  });

  test('les paragraphes de sécurité que les lignes citent existent', () => {
    const titres = lire('docs/conformite/securite.md');
    const cites = [...asvs.matchAll(/`docs\/conformite\/securite\.md`, « ([^»]+) »/g)].map((m) => m[1]);
    expect(cites.length).toBeGreaterThan(8);
    expect(cites.filter((t) => !titres.includes(`## ${t}`))).toEqual([]);
  });
});
