/** Reports as facts: what the measures on doléances count. */
import type { Lexique, SourceDeclaree, ValeurDeListe } from '../../core/faits.ts';
import { THEMES } from './import/dialecte.rules.ts';

/** Key of the contract's list of channels (`listes.yaml`). */
const LISTE_CANAUX = 'canaux-de-signalement';
export const canauxDe = (lexique: Lexique): readonly ValeurDeListe[] => lexique.listes.get(LISTE_CANAUX) ?? [];

export const PERIMETRES = [
  { code: 'police-municipale', libelle: 'Police municipale' },
  { code: 'autre', libelle: 'Autre service' },
] as const;

export const sourceDoleances: SourceDeclaree = {
  nom: 'doleances',
  listes: [LISTE_CANAUX],
  pour: (lexique) => ({
    nom: 'doleances',
    libelle: 'Doléances des habitants',
    vue: 'faits_doleances',
    cle: 'bigint',
    dimensions: {
      canal: { libelle: 'Canal', type: 'liste', options: canauxDe(lexique) },
      perimetre: { libelle: 'Périmètre', type: 'liste', options: PERIMETRES },
      theme: { libelle: 'Thème', type: 'liste', options: THEMES },
      type: { libelle: 'Type de demande', type: 'texte' },
      service: { libelle: 'Service responsable', type: 'texte' },
    },
    quantites: {},
    // Each channel is a file of its own.
    flux: ['canal'],
    fin: false,
    publique: true,
    lien: (id) => `/signalements/${id}`,
  }),
};
