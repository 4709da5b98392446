/** An alert message as the Common Alerting Protocol 1.2 (OASIS) says it. Pure. */
export const ESPACE = 'urn:oasis:names:tc:emergency:cap:1.2';
export const STATUTS = ['Actual', 'Exercise', 'System', 'Test', 'Draft'] as const;
export const GENRES = ['Alert', 'Update', 'Cancel', 'Ack', 'Error'] as const;
export const PORTEES = ['Public', 'Restricted', 'Private'] as const;
export const CATEGORIES = ['Geo', 'Met', 'Safety', 'Security', 'Rescue', 'Fire', 'Health', 'Env', 'Transport', 'Infra', 'CBRNE', 'Other'] as const;
export const REPONSES = ['Shelter', 'Evacuate', 'Prepare', 'Execute', 'Avoid', 'Monitor', 'Assess', 'AllClear', 'None'] as const;
export const URGENCES = ['Immediate', 'Expected', 'Future', 'Past', 'Unknown'] as const;
export const GRAVITES = ['Extreme', 'Severe', 'Moderate', 'Minor', 'Unknown'] as const;
export const CERTITUDES = ['Observed', 'Likely', 'Possible', 'Unlikely', 'Unknown'] as const;

/** A message, as another one names it: who sent it, under what name, when. */
export interface Reference {
  emetteur: string;
  identifiant: string;
  envoyeLe: Date;
}
export interface Zone {
  nom: string;
  /** Closed rings, « lat,lon lat,lon … ». */
  polygones?: readonly string[];
  codes?: readonly { nom: string; valeur: string }[];
}
export interface Info {
  langue: string;
  categories: readonly (typeof CATEGORIES)[number][];
  evenement: string;
  reponses?: readonly (typeof REPONSES)[number][];
  urgence: (typeof URGENCES)[number];
  gravite: (typeof GRAVITES)[number];
  certitude: (typeof CERTITUDES)[number];
  effectifLe?: Date | null;
  debutLe?: Date | null;
  expireLe?: Date | null;
  auNomDe?: string;
  titre?: string;
  description?: string;
  consigne?: string;
  web?: string;
  zones: readonly Zone[];
}
export interface Cap extends Reference {
  statut: (typeof STATUTS)[number];
  genre: (typeof GENRES)[number];
  source?: string;
  portee: (typeof PORTEES)[number];
  /** Of a restricted message: who may read it; of a private one: to whom it is addressed. */
  restriction?: string;
  adresses?: readonly string[];
  note?: string;
  references?: readonly Reference[];
  incidents?: readonly string[];
  infos: readonly Info[];
}
