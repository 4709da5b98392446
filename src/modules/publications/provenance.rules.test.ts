/** What leaves the platform says whose figures they are, and in what state. */
import { beforeAll, describe, expect, test } from 'vitest';
import { buildCatalogue, type Catalogue } from '../contrats/catalogue.ts';
import { lireContrat } from '../contrats/contrats.files.ts';
import { direValidation } from '../indicateurs/chiffres.rules.ts';
import type { ValeurCollectee } from '../indicateurs/index.ts';
import { provenances } from './bilan/bilan.provenance.ts';
import { csvDuDictionnaire } from './donnees/donnees.rules.ts';

let paris: Catalogue;
beforeAll(async () => {
  paris = buildCatalogue(1, await lireContrat('contrats/paris-2023-2026'), new Map(), []);
});
const LE = new Date('2026-02-03T09:00:00Z');
const valeur = (territoireId: string, source: string, pourAutrui: boolean): ValeurCollectee => ({
  id: territoireId,
  mesureId: '1.6-01c',
  periode: '2025',
  territoireId,
  ventilation: {},
  version: 1,
  etat: 'valeur',
  valeur: 5,
  texte: null,
  source,
  commentaire: '',
  debiteur: 'MA',
  saisiPar: 'Quelqu’un',
  saisiParId: 'x',
  saisiParOrganisation: pourAutrui ? 'DPMP' : 'MA',
  pourAutrui,
  saisiLe: LE,
  validePar: null,
  valideLe: LE,
  valideOrganisation: 'DPMP',
  confirmeLe: null,
  confirmeOrganisation: null,
  courante: true,
  validee: true,
  contesteePar: [],
  parole: 'acquise',
  contestations: [],
  lien: null,
  fichierId: null,
  fichierNom: null,
  documentLe: null,
  documentAuteur: null,
});

describe('Ce qui est publié dit d’où il vient', () => {
  test('l’annexe du bilan nomme chaque source une fois, qui que soit le dernier lu', () => {
    const valeurs = [
      valeur('mairie-20', 'Registre', true),
      valeur('mairie-11', 'Registre', false),
      valeur('mairie-12', 'Registre', false),
      valeur('mairie-13', 'Main courante', false),
    ];
    for (const dans of [valeurs, valeurs.toReversed()]) {
      const dites = provenances(paris, dans, []).get('1.6-01c')?.source.split(' ; ') ?? [];
      expect(dites.toSorted()).toEqual([
        'Main courante',
        'Registre',
        `Registre (${paris.nomActeurA('MA', 'mairie-20')}, saisi par ${paris.nomActeur('DPMP')})`,
      ]);
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
