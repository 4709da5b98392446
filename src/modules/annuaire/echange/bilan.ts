/** What a file brought, and what of it could not come in. */
export interface Faute {
  ligne: number;
  /** In a JSON file, whose lines say nothing: « service 12, « s12 » ». */
  objet?: string;
  colonne: string;
  message: string;
}

export interface Bilan {
  structures: { nouvelles: number; changees: number; inchangees: number /** Said later here than in the file. */; plusRecentesIci: number };
  services: { ecrits: number };
  /** Rows left out. */
  refusees: number;
  /** Hours that nobody could read, addresses that may be a person's: the card comes in without them, or keeps its own. */
  horairesIllisibles: number;
  /** Absent from what was brought before numbers were read. */
  telephonesIllisibles?: number;
  courrielsNominatifs: number;
  sansTerritoire: number;
  doublons: { proposes: number; joints: number };
}

/** Where in the file: its object by rank and number, or its line. */
export const direOu = (f: Pick<Faute, 'ligne' | 'objet'>): string => {
  if (!f.objet) return `ligne ${f.ligne}`;
  return f.ligne > 1 ? `${f.objet}, ligne ${f.ligne}` : f.objet;
};
