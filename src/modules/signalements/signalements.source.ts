/** Reports as facts: what the measures on doléances count. */
import type { SourceDeFaits } from '../indicateurs/index.ts';
import { THEMES } from './import/dialecte.rules.ts';

export const CANAUX = [
  { code: 'dmr', libelle: 'Dans Ma Rue' },
  { code: '3975', libelle: '3975' },
  { code: 'totem', libelle: 'Totem' },
  { code: 'terrain', libelle: 'Agents sur le terrain' },
  { code: 'parcs-et-jardins', libelle: 'Parcs et jardins' },
  { code: 'nuisances-pro', libelle: 'Messagerie des nuisances professionnelles' },
] as const;
export const PERIMETRES = [
  { code: 'police-municipale', libelle: 'Police municipale' },
  { code: 'autre', libelle: 'Autre service' },
] as const;

export const sourceDoleances: SourceDeFaits = {
  nom: 'doleances',
  libelle: 'Doléances des habitants',
  vue: 'faits_doleances',
  cle: 'bigint',
  dimensions: {
    canal: { libelle: 'Canal', type: 'liste', options: CANAUX },
    perimetre: { libelle: 'Périmètre', type: 'liste', options: PERIMETRES },
    theme: { libelle: 'Thème', type: 'liste', options: THEMES },
    type: { libelle: 'Type de demande', type: 'texte' },
    service: { libelle: 'Service responsable', type: 'texte' },
  },
  quantites: {},
  fin: false,
  publique: true,
  lien: (id) => `/signalements/${id}`,
};
