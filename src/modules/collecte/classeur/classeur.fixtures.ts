/** Lines as a campaign asks them, for tests and the bench. */
import type { LigneDemandee } from '../ligne.ts';

export const ligne = (plus: Partial<LigneDemandee> = {}): LigneDemandee => ({
  mesureId: '1.1-01a',
  titre: 'Élèves sensibilisés',
  unite: 'élèves',
  nature: 'compte',
  definition: 'Élèves présents à une séance au moins, comptés une fois.',
  genre: 'nombre',
  periode: '2026',
  debiteur: 'RECTORAT',
  territoireId: 'paris',
  territoire: 'Paris',
  ventilation: '',
  libelle: '',
  derniere: { periode: '2025', dit: '1 240 élèves' },
  actuelle: null,
  ...plus,
});

/** `n` figures in 20 places. */
export const beaucoup = (n: number): LigneDemandee[] =>
  Array.from({ length: n }, (_, i) =>
    ligne({
      mesureId: `m${Math.floor(i / 20)}`,
      titre: `Chiffre numéro ${Math.floor(i / 20)}`,
      territoireId: `mairie-${(i % 20) + 1}`,
      territoire: `Mairie ${(i % 20) + 1}`,
      definition: `Ce que compte le chiffre ${Math.floor(i / 20)}.`,
      actuelle: { etat: 'valeur', nombre: i, texte: '' },
    }),
  );
