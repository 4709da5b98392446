import type { EnteteDit } from './releve.modele.ts';

/** The letter that convokes one person to a session. */
export interface ConvocationContenu {
  contrat: { titre: string; sigle: string };
  instance: { nom: string; territoire: string };
  entete?: EnteteDit;
  /** Who answers questions: mail and telephone of the letterhead; empty when there is none. */
  contact?: string;
  /** `nom` may be empty: the letter then goes to the seat. */
  destinataire: { nom: string; fonction: string; organisation: string };
  seance: {
    titre: string;
    /** `YYYY-MM-DD`. */
    jour: string;
    /** `HH:MM`, on the wall clock. */
    debut: string;
    fin: string;
    lieu: string;
    /** Address of the remote meeting; empty when there is none. */
    visio: string;
  };
  /** Words of the convocation, plain text as in notes. */
  mot: string;
  points: { titre: string; minutes: number; rapporteur: string; fiche: string | null }[];
  /** Titles of the documents sent with it. */
  documents: string[];
  /** Where to answer; empty when only by hand. */
  lien: string;
  signataire: { nom: string; fonction: string };
  /** Day of the letter, `YYYY-MM-DD`. */
  faitLe: string;
  demonstration: boolean;
}
