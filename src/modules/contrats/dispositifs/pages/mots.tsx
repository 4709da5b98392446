import { Tag, type Ton } from '../../../../ui/Tag.tsx';
import type { EtatSysteme } from '../../couverture.rules.ts';

export const ARCHETYPES: Readonly<Record<string, string>> = {
  GOUV: 'Gouvernance et réunions',
  CONTRAT: 'Contrat, plans et avenants',
  INDIC: 'Indicateurs et collecte',
  OPE: 'Opérations et activités',
  OFFRE: 'Capacités et placements',
  CELL: 'Cellules nominatives',
  SIGN: 'Signalements',
  ALERTE: 'Alertes',
  CRISE: 'Crises et exercices',
  FIN: 'Financements',
  CONV: 'Conventions et chartes',
  AUDIT: 'Audits et diagnostics',
  PUBLIC: 'Information du public',
  OBS: 'Observatoire',
  FORM: 'Formation',
  ORIENT: 'Orientation et prise en charge',
};

export const ETATS: Readonly<Record<EtatSysteme, { mot: string; pluriel: string; ton: Ton; sens: string }>> = {
  servi: { mot: 'servi', pluriel: 'Servis', ton: 'vert', sens: 'Tout ce que ce dispositif demande se trouve dans Concorde.' },
  partiel: { mot: 'servi en partie', pluriel: 'Servis en partie', ton: 'bleu', sens: 'Une partie de ce que ce dispositif demande se trouve dans Concorde.' },
  prevu: { mot: 'prévu', pluriel: 'Prévus', ton: 'neutre', sens: 'Rien de ce que ce dispositif demande n’est encore dans Concorde.' },
  hors_perimetre: { mot: 'hors périmètre', pluriel: 'Hors périmètre', ton: 'laiton', sens: 'Ce dispositif est tenu ailleurs : rien n’en vient dans Concorde.' },
  non_servi: { mot: 'sans réponse', pluriel: 'Sans réponse', ton: 'garance', sens: 'Rien ne dit encore ce que ce dispositif demande.' },
};

/** `court`: in a list, where what is missing is counted beside it. */
export const EtatSystemeTag = ({ etat, court = false }: { etat: EtatSysteme; court?: boolean }) => (
  <Tag ton={ETATS[etat].ton}>{court && etat === 'partiel' ? 'en partie' : ETATS[etat].mot}</Tag>
);
