import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createCoffre } from '../../../core/coffre.ts';
import { cheminDuRecu, empreinteDe, lireRecu, memeChiffre, type Recu } from './recu.rules.ts';

const coffre = createCoffre(randomBytes(32));
const recus = fc.record({
  contrat: fc.constant('paris'),
  mesure: fc.constantFrom('1.6-01a', '2.2-03'),
  periode: fc.constantFrom('2025', '2026-S1', '2026-03'),
  territoire: fc.constantFrom('paris', 'mairie-18'),
  chiffre: fc.record({
    etat: fc.constantFrom<Recu['chiffre']['etat']>('valeur', 'zero', 'attendu', 'manquant', 'non_ventile', 'secret', 'sans_objet'),
    valeur: fc.option(fc.integer({ min: 0, max: 1e9 })),
    texte: fc.option(fc.string({ unit: 'grapheme', maxLength: 900 })),
    unite: fc.constantFrom('rixes', 'élèves', '%'),
    incomplet: fc.nat(5),
    attenduDe: fc.array(fc.constantFrom('PP', 'VILLE'), { maxLength: 2 }),
    depuis: fc.option(fc.constant('2027-01-31')),
  }),
  definition: fc.option(fc.nat(9)),
  le: fc.constant('2026-11-28T10:00:00.000Z'),
});
const ecrit = (chemin: string) => chemin.replace('/recu?c=', '');

describe('Le reçu d’un chiffre', () => {
  test('se relit tel qu’il a été donné, sur une adresse que tout logiciel accepte', () => {
    fc.assert(
      fc.property(recus, (recu) => {
        const chemin = cheminDuRecu(coffre, recu);
        expect(chemin).toMatch(/^\/recu\?c=[\w-]+\.[\w-]+$/);
        expect(chemin.length).toBeLessThan(2000);
        const lu = lireRecu(coffre, ecrit(chemin));
        expect(lu && { ...lu, chiffre: { ...lu.chiffre, texte: null } }).toEqual({ ...recu, chiffre: { ...recu.chiffre, texte: null } });
        expect(lu && memeChiffre(recu.chiffre, lu.chiffre)).toBe(true);
      }),
    );
  });
  test('n’existe plus quand un seul caractère de son adresse change, ni sous une autre clé', () => {
    fc.assert(
      fc.property(recus, fc.nat(), (recu, n) => {
        const e = ecrit(cheminDuRecu(coffre, recu));
        const i = n % e.length;
        const change = `${e.slice(0, i)}${e[i] === 'A' ? 'B' : 'A'}${e.slice(i + 1)}`;
        expect(lireRecu(coffre, change)).toBeNull();
        expect(lireRecu(createCoffre(randomBytes(32)), e)).toBeNull();
      }),
    );
  });
  test('deux reçus différents n’ont pas la même empreinte ; une adresse inventée n’est jamais un reçu', () => {
    fc.assert(fc.property(fc.string(), (s) => void expect(lireRecu(coffre, s)).toBeNull()));
    expect(empreinteDe('a')).not.toBe(empreinteDe('b'));
    expect(empreinteDe('a')).toMatch(/^([0-9a-f]{4} ){15}[0-9a-f]{4}$/);
  });
});
