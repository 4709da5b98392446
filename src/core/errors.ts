/**
 * The errors a person may meet. Each factory gives a thrown `ErreurConcorde` with a stable id (documented in
 * docs/exploitation.md, checked by tests/architecture.test.ts), an HTTP status and a French message that says what is
 * wrong, where, and what to do. One handler (core/http.ts) turns them into a page or RFC 9457 problem+json.
 */
export const ERREURS = {
  introuvable: { statut: 404, titre: 'Page introuvable' },
  'non-connecte': { statut: 401, titre: 'Connexion nécessaire' },
  interdit: { statut: 403, titre: 'Accès refusé' },
  invalide: { statut: 422, titre: 'Des informations sont à corriger' },
  conflit: { statut: 409, titre: 'Modifié entre-temps' },
  'trop-de-requetes': { statut: 429, titre: 'Trop de demandes' },
  'trop-lourd': { statut: 413, titre: 'Fichier trop lourd' },
  indisponible: { statut: 503, titre: 'Service momentanément indisponible' },
  interne: { statut: 500, titre: 'Une erreur est survenue' },
} as const;

export type ErreurId = keyof typeof ERREURS;

/** One wrong field: `champ` is the form field's name, or a path such as `lignes[3].jour`. */
export interface ErreurDeChamp {
  champ: string;
  message: string;
}

export class ErreurConcorde extends Error {
  readonly id: ErreurId;
  readonly statut: number;
  readonly champs: readonly ErreurDeChamp[];

  constructor(id: ErreurId, message: string, champs: readonly ErreurDeChamp[] = []) {
    super(message);
    this.name = 'ErreurConcorde';
    this.id = id;
    this.statut = ERREURS[id].statut;
    this.champs = champs;
  }
}

export const introuvable = (quoi = 'Cette page') =>
  new ErreurConcorde('introuvable', `${quoi} n’existe pas, ou n’existe plus, dans ce contrat. Vérifiez l’adresse ou utilisez la recherche.`);
export const nonConnecte = () => new ErreurConcorde('non-connecte', 'Connectez-vous pour voir cette page.');
export const interdit = (message = 'Votre mandat ne permet pas cette action. Adressez-vous à votre coordination.') => new ErreurConcorde('interdit', message);
export const invalide = (message: string, champs: readonly ErreurDeChamp[] = []) => new ErreurConcorde('invalide', message, champs);
export const conflit = (message: string) => new ErreurConcorde('conflit', message);
export const tropDeRequetes = (message = 'Trop de tentatives. Patientez une minute puis recommencez.') => new ErreurConcorde('trop-de-requetes', message);
export const tropLourd = (message: string) => new ErreurConcorde('trop-lourd', message);
export const indisponible = (message: string) => new ErreurConcorde('indisponible', message);
