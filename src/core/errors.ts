/**
 * The errors a person may meet. Each factory gives a thrown `ErreurConcorde` with a stable id (documented in
 * docs/exploitation.md, checked by tests/depot), an HTTP status and a French message that says what is
 * wrong, where, and what to do. One handler (core/http/http.ts) turns them into a page or RFC 9457 problem+json.
 */
export const ERREURS = {
  introuvable: { statut: 404, titre: 'Page introuvable' },
  'non-connecte': { statut: 401, titre: 'Connexion nécessaire' },
  interdit: { statut: 403, titre: 'Accès refusé' },
  invalide: { statut: 422, titre: 'Des informations sont à corriger' },
  conflit: { statut: 409, titre: 'Cela n’a pas été fait' },
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
  /** Heads the page; what the id says when nothing more exact is known. */
  readonly titre: string;
  readonly champs: readonly ErreurDeChamp[];
  /** The same request, sent again as it was, may well go through: the page offers to do so. */
  readonly aRenvoyer: boolean;
  /** Roles whose mandates open it, when the door itself refused. */
  readonly ouvertA: readonly string[];

  constructor(
    id: ErreurId,
    message: string,
    champs: readonly ErreurDeChamp[] = [],
    aRenvoyer = false,
    titre: string = ERREURS[id].titre,
    ouvertA: readonly string[] = [],
  ) {
    super(message);
    this.name = 'ErreurConcorde';
    this.id = id;
    this.statut = ERREURS[id].statut;
    this.titre = titre;
    this.champs = champs;
    this.aRenvoyer = aRenvoyer;
    this.ouvertA = ouvertA;
  }
}

export const introuvable = (quoi = 'Cette page') =>
  new ErreurConcorde('introuvable', `${quoi} n’existe pas, ou n’existe plus, dans ce contrat. Vérifiez l’adresse ou utilisez la recherche.`);
export const nonConnecte = () => new ErreurConcorde('non-connecte', 'Connectez-vous pour voir cette page.');
export const interdit = (message = 'Votre mandat ne permet pas cette action. Adressez-vous à votre coordination.') => new ErreurConcorde('interdit', message);
/** The door of a page: `roles`, in words, are those that open it. */
export const interditSauf = (roles: readonly string[]) =>
  new ErreurConcorde('interdit', 'Cette page n’est pas ouverte à votre mandat.', [], false, ERREURS.interdit.titre, roles);
export const invalide = (message: string, champs: readonly ErreurDeChamp[] = []) => new ErreurConcorde('invalide', message, champs);
export const conflit = (message: string) => new ErreurConcorde('conflit', message);
/** What is signed off: by whom, since when, and how to have it opened. */
export const periodeFigee = (message: string) => new ErreurConcorde('conflit', message, [], false, 'Cette période est figée');
export const tropDeRequetes = (message: string) => new ErreurConcorde('trop-de-requetes', message);
export const tropLourd = (message: string) => new ErreurConcorde('trop-lourd', message);
export const indisponible = (message: string) => new ErreurConcorde('indisponible', message);
/** Nothing was done of it: to be sent again as it was. */
export const occupee = () =>
  new ErreurConcorde(
    'indisponible',
    'La base de données ne répond pas, ou trop de personnes lui parlent à la fois. Recommencez dans un instant ; si cela dure, prévenez votre administrateur.',
    [],
    true,
  );

/** For `.catch`: « this body does not exist » becomes « this session does not exist »; any other failure stays what it is. */
export const ouIntrouvable =
  (quoi: string) =>
  (e: unknown): never => {
    throw e instanceof ErreurConcorde && e.id === 'introuvable' ? introuvable(quoi) : e;
  };

/** For `.catch`: what is unknown or hidden is `valeur`; any other failure stays what it is. */
export const siIntrouvable =
  <T>(valeur: T) =>
  (e: unknown): T => {
    if (e instanceof ErreurConcorde && e.id === 'introuvable') return valeur;
    throw e;
  };

/** Lost, refused or exhausted connections: classes 08, 53 and 57P of PostgreSQL, the network, the driver's own words. */
const COUPURE = /^(08|53|57P)|^(ECONNREFUSED|ECONNRESET|ENOTFOUND|EPIPE|ETIMEDOUT|EAI_AGAIN)$/;
const COUPURE_DITE =
  /^(La base ne répond plus|Connection terminated|Client has encountered a connection error|Client was closed|timeout exceeded when trying to connect)/;

/** What any failure comes to for a person: refusals of PostgreSQL and of the server in French words, the rest as `interne`. */
export function traduire(cause: unknown): ErreurConcorde {
  if (cause instanceof ErreurConcorde) return cause;
  const { statusCode, code, message } = (typeof cause === 'object' && cause !== null ? cause : {}) as { statusCode?: number; code?: string; message?: string };
  if (code === '40001' || code === '40P01' || code === '55P03')
    return new ErreurConcorde(
      'conflit',
      'Quelqu’un d’autre enregistre la même chose en ce moment ; votre demande n’a rien changé. Patientez quelques secondes puis renvoyez-la.',
      [],
      true,
    );
  if (code === '57014')
    return new ErreurConcorde(
      'indisponible',
      'La réponse demandait plus de temps que permis ; rien n’a été changé. Resserrez la demande (période, territoire), ou recommencez dans un instant.',
      [],
      true,
    );
  if (COUPURE.test(code ?? '') || COUPURE_DITE.test(message ?? '')) return occupee();
  // Raised by the triggers of locked periods, in words meant for people (db/migrations, `refuser_sous_verrou`).
  if (code === 'CF423') return periodeFigee(message ?? 'Plus rien n’entre dans cette période. Demandez une exception à la coordination centrale.');
  // A text that no encoding has: from a file, since what people type is mended at the door.
  if (code === '22021' || code === '22P05') return invalide('Ce que vous envoyez contient un caractère qui ne s’enregistre pas. Retirez-le et recommencez.');
  // Not a value of its type, or a day that no calendar has.
  if (['22P02', '22007', '22008'].includes(code ?? '')) return new ErreurConcorde('introuvable', 'Cette adresse ne mène à rien. Vérifiez-la.');
  if (statusCode === 429) return new ErreurConcorde('trop-de-requetes', 'Trop de demandes en peu de temps. Patientez une minute.');
  if (statusCode === 413 || code === 'FST_REQ_FILE_TOO_LARGE')
    return new ErreurConcorde('trop-lourd', 'Ce que vous envoyez est trop lourd. Réduisez le fichier et recommencez.');
  if (statusCode !== undefined && statusCode >= 400 && statusCode < 500)
    return new ErreurConcorde('invalide', 'La demande est mal formée. Revenez à la page précédente et recommencez.');
  return new ErreurConcorde(
    'interne',
    'Rien n’a été perdu de ce qui était enregistré. Recommencez dans un instant ; si cela dure, prévenez votre administrateur.',
    [],
    true,
  );
}
