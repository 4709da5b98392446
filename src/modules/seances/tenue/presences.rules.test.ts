import { expect, test } from 'vitest';
import { contestationsDe, type MotDePresence } from './presences.rules.ts';

const mot = (rang: number, o: Partial<MotDePresence>): MotDePresence => ({
  ...{ participantId: 'p', rang, acte: 'contestee', avantPresence: null, avantPar: '', avantNom: '', presence: 'absent', representePar: '' },
  ...{ nom: 'Ada', motif: 'Non', par: 'Ada', organisationId: 'DPMP', voie: 'titulaire', parLien: false, adresse: '', quand: new Date(0), ...o },
});

test('ce qui est dit d’un état de la ligne n’ôte rien de ce qui est dit d’un autre, ni l’un de ce que l’autre dit', () => {
  const tiennent = (presence: MotDePresence['presence'], representePar: string, ...mots: MotDePresence[]) =>
    contestationsDe({ id: 'p', presence, representePar }, mots).map((m) => m.par);
  const [absent, excuse] = [mot(1, {}), mot(2, { presence: 'excuse' })];
  expect(tiennent('absent', '', absent, excuse)).toEqual(['Ada']);
  expect(tiennent('absent', '', absent, excuse, mot(3, { acte: 'reprise', presence: 'excuse' }))).toEqual(['Ada']);
  expect(tiennent('absent', '', absent, excuse, mot(3, { acte: 'reprise' }))).toEqual([]);
  const [paul, anne] = ['Paul', 'Anne'].map((par, i) => mot(i + 1, { presence: 'represente', representePar: par, par, voie: 'representant' }));
  expect(paul && anne && tiennent('represente', 'Paul', paul, anne)).toEqual(['Paul']);
  // Taken back from another address, it is another's word.
  const la = mot(1, { adresse: 'la@exemple.fr' });
  expect(tiennent('absent', '', la, mot(2, { acte: 'reprise', adresse: 'ailleurs@exemple.fr' }))).toEqual(['Ada']);
  expect(tiennent('absent', '', la, mot(2, { acte: 'reprise', adresse: 'la@exemple.fr' }))).toEqual([]);
});
