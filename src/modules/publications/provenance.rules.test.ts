/** What leaves the platform says whose figures they are, and in what state. */
import { describe, expect, test } from 'vitest';
import type { Catalogue } from '../contrats/index.ts';
import { direValidation } from '../indicateurs/chiffres.rules.ts';
import type { ValeurCollectee } from '../indicateurs/index.ts';
import { provenances } from './bilan/bilan.provenance.ts';
import { csvDuDictionnaire } from './donnees/donnees.rules.ts';

const cat = {
  acteurs: new Map(),
  racine: { id: 'paris' },
  nomActeur: (id: string) => id,
  nomActeurA: (id: string, lieu: string) => `${id} du ${lieu}`,
} as unknown as Catalogue;
const valeur = (territoireId: string, source: string, pourAutrui: boolean) =>
  ({
    mesureId: 'm',
    periode: '2025',
    etat: 'valeur',
    debiteur: 'Mairie',
    territoireId,
    source,
    pourAutrui,
    saisiParId: 'x',
    saisiPar: 'Quelqu’un',
    saisiParOrganisation: pourAutrui ? 'DPMP' : 'Mairie',
  }) as unknown as ValeurCollectee;

describe('Ce qui est publié dit d’où il vient', () => {
  test('l’annexe du bilan nomme chaque source une fois, qui que soit le dernier lu', () => {
    const valeurs = [valeur('20e', 'Registre', true), valeur('1er', 'Registre', false), valeur('2e', 'Registre', false), valeur('3e', 'Main courante', false)];
    for (const dans of [valeurs, valeurs.toReversed()]) {
      const dites = provenances(cat, dans, []).get('m')?.source.split(' ; ') ?? [];
      expect(dites.toSorted()).toEqual(['Main courante', 'Registre', 'Registre (Mairie du 20e, saisi par DPMP)']);
    }
  });
  test('le dictionnaire des données ouvertes connaît chaque mot de la colonne « validation »', () => {
    const mots = new Set(
      (['valeur', 'manquant'] as const).flatMap((etat) =>
        (['valide', 'provisoire', undefined] as const).flatMap((validation) =>
          [true, undefined].map((attend) => direValidation({ etat, ...(validation ? { validation } : {}), ...(attend ? { attendValidation: true } : {}) })),
        ),
      ),
    );
    const ligne = csvDuDictionnaire()
      .split('\r\n')
      .find((l) => l.startsWith('donnees.csv;validation;'));
    expect([...mots].filter((m) => m !== '' && !ligne?.includes(`« ${m} »`))).toEqual([]);
    expect(mots.size).toBe(5);
  });
});
