/**
 * What a state means, the same in every circuit. A circuit names those it uses, what it calls them, how long each may last and where each
 * may go; nothing else may happen to a report.
 *
 *   recu -> pris-en-charge -> programme -> fait -> resolu (said by who reported)
 *        -> transmis                            -> non-resolu, conteste -> pris-en-charge …
 *        -> accepte | refuse, hors-competence, repondu, sans-retour
 */

/** Whose turn it is: the clock runs for the service alone. */
type Attend = 'service' | 'declarant' | 'personne';

export type Exigence = 'motif' | 'message' | 'jour' | 'ailleurs' | 'service';

interface Etat {
  libelle: string;
  /** What the person who reported reads. */
  dit: string;
  attend: Attend;
  ton: 'neutre' | 'bleu' | 'vert' | 'laiton' | 'garance';
  /** What passing to it asks for. */
  exige?: readonly Exigence[];
  /** Reached by who reported, from their page, never by a service. */
  parLeDeclarant?: true;
  /** Something was done on the spot. */
  fait?: true;
}

export const ETATS = {
  recu: { libelle: 'Reçu', dit: 'Votre demande est arrivée. Personne ne s’en est encore saisi.', attend: 'service', ton: 'neutre' },
  'pris-en-charge': { libelle: 'Pris en charge', dit: 'Un service s’en occupe.', attend: 'service', ton: 'bleu' },
  transmis: {
    libelle: 'Transmis',
    dit: 'Votre demande a été confiée à un autre service, qui est compétent.',
    attend: 'service',
    ton: 'bleu',
    exige: ['service', 'motif'],
  },
  accepte: { libelle: 'Accepté', dit: 'Votre demande est acceptée. Il reste à fixer une date.', attend: 'service', ton: 'bleu' },
  programme: { libelle: 'Programmé', dit: 'Une date est fixée.', attend: 'service', ton: 'bleu', exige: ['jour'] },
  fait: {
    libelle: 'Intervention faite',
    dit: 'Le service dit être intervenu. Dites-nous si c’est réglé : vous seul pouvez le confirmer.',
    attend: 'declarant',
    ton: 'laiton',
    exige: ['message'],
    fait: true,
  },
  resolu: { libelle: 'Résolu, confirmé', dit: 'La personne qui a signalé a confirmé que c’est réglé.', attend: 'personne', ton: 'vert', parLeDeclarant: true },
  'non-resolu': {
    libelle: 'Non résolu',
    dit: 'Une personne qui a signalé dit que ce n’est pas réglé : la demande est rouverte.',
    attend: 'service',
    ton: 'garance',
    parLeDeclarant: true,
  },
  conteste: {
    libelle: 'Contesté',
    dit: 'Une personne qui a signalé conteste la réponse : elle va être réexaminée.',
    attend: 'service',
    ton: 'garance',
    parLeDeclarant: true,
  },
  'sans-retour': {
    libelle: 'Fait, sans retour du déclarant',
    dit: 'Sans réponse de votre part, la demande est close. Vous pouvez encore dire que ce n’est pas réglé.',
    attend: 'personne',
    ton: 'neutre',
  },
  repondu: { libelle: 'Répondu', dit: 'Une réponse vous a été donnée.', attend: 'personne', ton: 'vert', exige: ['message'] },
  refuse: {
    libelle: 'Refusé',
    dit: 'Votre demande n’est pas acceptée ; la raison vous est donnée.',
    attend: 'personne',
    ton: 'garance',
    exige: ['motif', 'message'],
  },
  'hors-competence': {
    libelle: 'Hors compétence',
    dit: 'Aucun service de ce circuit ne peut agir ; voici à qui vous adresser.',
    attend: 'personne',
    ton: 'neutre',
    exige: ['ailleurs'],
  },
} as const satisfies Readonly<Record<string, Etat>>;

export type CodeEtat = keyof typeof ETATS;
export const CODES_ETATS = Object.keys(ETATS) as [CodeEtat, ...CodeEtat[]];
export const estUnEtat = (v: string): v is CodeEtat => v in ETATS;
export const etatDe = (code: string): Etat => (estUnEtat(code) ? ETATS[code] : { libelle: code, dit: '', attend: 'personne', ton: 'neutre' });
/** Somebody’s own word: it is said of what they reported, and of nothing else. */
export const estUnMot = (code: string): boolean => etatDe(code).parLeDeclarant === true;
/** What another report may be joined to: a service has still something to do. */
export const attendUnService = (code: string): boolean => etatDe(code).attend === 'service';
export const estClos = (code: string): boolean => etatDe(code).attend === 'personne';
/** Those in which somebody of a service has something to do. */
export const ETATS_A_TRAITER: readonly CodeEtat[] = CODES_ETATS.filter((c) => ETATS[c].attend === 'service');
