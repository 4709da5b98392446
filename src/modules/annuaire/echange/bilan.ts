/** What a file brought, and what of it could not come in. */
export interface Faute {
  ligne: number;
  colonne: string;
  message: string;
}

export interface Bilan {
  structures: { nouvelles: number; changees: number; inchangees: number /** Said later here than in the file. */; plusRecentesIci: number };
  services: { ecrits: number };
  /** Rows left out. */
  refusees: number;
  /** Hours that nobody could read, addresses that may be a person's: the card comes in without them. */
  horairesIllisibles: number;
  courrielsNominatifs: number;
  sansTerritoire: number;
  doublons: { proposes: number; joints: number };
}
