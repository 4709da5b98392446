/** Rights on crises. A room is of the organisations named in it, each at a place; the control room and the coordination hold every room. */
import { acces, type Contient, type Droit, limitesDe, permis, permisPourLaSienne, type Role, type Utilisateur } from '../../core/authorize.ts';

type Personne = Utilisateur | null;
/** Who opens rooms, names who comes in, says who commands, closes. */
const CONDUITE: readonly Role[] = ['coordination', 'operateur', 'coordonnateur'];
/** Who holds every room of their territory without being named. */
const PARTOUT: readonly Role[] = ['coordination', 'operateur'];
/** What a person of a named organisation writes with. */
const PLUMES: readonly Role[] = ['coordination', 'operateur', 'coordonnateur', 'signataire', 'pilote', 'agent', 'association', 'producteur', 'teleconseiller'];
const LECTEURS: readonly Role[] = [...PLUMES, 'elu'];

/** Who finds a door here at all. */
export const accesCrises = acces.role(...LECTEURS);

/** Who finds the door of what opens and holds a room. */
export const accesConduite = acces.role(...CONDUITE);

/** A room, as far as rights go. */
export interface Salle {
  territoireId: string;
  /** Fiche of the contract that rooms are of: a mandate limited to another opens none. */
  fiche: string;
  acteurs: readonly { organisationId: string; territoireId: string }[];
}
const nomme = (u: Personne, s: Salle, roles: readonly Role[], contient: Contient): boolean =>
  s.acteurs.some(
    (a) =>
      a.organisationId === u?.organisationId && permis(u, roles, { organisationId: a.organisationId, territoireId: a.territoireId, fiche: s.fiche }, contient),
  );
/** The place of the room, and the organisation of who asks: what an unnamed role of conduct is compared with. */
const ici = (u: Personne, s: Pick<Salle, 'territoireId' | 'fiche'>) => ({
  organisationId: u?.organisationId ?? '',
  territoireId: s.territoireId,
  fiche: s.fiche,
});

export const peutOuvrir = (u: Personne, s: Pick<Salle, 'territoireId' | 'fiche'>, contient: Contient): boolean => permis(u, CONDUITE, ici(u, s), contient);
export const peutEntrer = (u: Personne, s: Salle, contient: Contient): boolean => permis(u, PARTOUT, ici(u, s), contient) || nomme(u, s, LECTEURS, contient);
export const peutEcrire = (u: Personne, s: Salle, contient: Contient): boolean => permis(u, PARTOUT, ici(u, s), contient) || nomme(u, s, PLUMES, contient);
/** Names who comes in, says who commands, closes, archives. */
export const peutConduire = (u: Personne, s: Salle, contient: Contient): boolean => peutOuvrir(u, s, contient) && peutEntrer(u, s, contient);
/** Strikes and stamps the tasks of an entity: who is named under it there, and who holds the room. */
export const peutPointer = (u: Personne, s: Salle, deLEntite: Salle['acteurs'], contient: Contient): boolean =>
  peutConduire(u, s, contient) || nomme(u, { ...s, acteurs: deLEntite }, PLUMES, contient);

/** Says that a mairie has seen a note of a room: who acts there for it. */
export const peutAccuserNote = (u: Personne, s: { organisationId: string; territoireId: string; fiche: string }, contient: Contient): boolean =>
  permisPourLaSienne(u, LECTEURS, { ...s, fiche: s.fiche || undefined }, contient);
/** Says that a mairie learnt something: who acts there for it. */
export const peutDireUnAvis = (u: Personne, s: Pick<Salle, 'territoireId' | 'fiche'>, contient: Contient): boolean => permis(u, LECTEURS, ici(u, s), contient);
/** Of one's own organisation there, or the control room and the coordination. */
export const peutLireUnAvis = (u: Personne, a: { organisationId: string; territoireId: string; fiche: string }, contient: Contient): boolean =>
  permis(u, CONDUITE, { ...a, organisationId: u?.organisationId ?? '' }, contient) ||
  (u?.organisationId === a.organisationId && permis(u, LECTEURS, a, contient));

/** The same for lists, which write it in SQL: where this person reads every notice, and where only those of their organisation. */
export const limitesDAvis = (u: Utilisateur, fiche: string) => {
  const dIci = (roles: readonly Role[]) => limitesDe(u, roles).filter((m) => !m.registre && (!m.fiche || m.fiche === fiche));
  return { tous: dIci(CONDUITE), siens: dIci(LECTEURS) };
};

export const DROITS: readonly Droit[] = [
  { objet: 'Crises', action: 'dire ce qu’une mairie apprend', permis: (u, s) => peutDireUnAvis(u, s, (a, b) => a === b) },
  { objet: 'Crises', action: 'ouvrir une salle de crise ou d’exercice', permis: (u, s) => peutOuvrir(u, s, (a, b) => a === b) },
  { objet: 'Crises', action: 'accuser réception d’une note, pour sa mairie', permis: (u, s) => peutAccuserNote(u, s, (a, b) => a === b) },
  {
    objet: 'Crises',
    action: 'lire la main courante, son organisation étant nommée',
    permis: (u, s) => peutEntrer(u, { ...s, acteurs: [s] }, (a, b) => a === b),
  },
  {
    objet: 'Crises',
    action: 'écrire dans la main courante, son organisation étant nommée',
    permis: (u, s) => peutEcrire(u, { ...s, acteurs: [s] }, (a, b) => a === b),
  },
];

const DE_LA_SALLE = { conduite: CONDUITE, partout: PARTOUT, lecteurs: LECTEURS } as const;
/** Mandates by which this person leads rooms, holds every room, or enters where their organisation is named; for lists, which write it in SQL. */
export const limitesDeSalle = (u: Utilisateur, comment: keyof typeof DE_LA_SALLE) => limitesDe(u, DE_LA_SALLE[comment]).filter((m) => !m.registre && !m.fiche);
/** Is told when lessons are long overdue. */
export const peutRelancer = (u: Personne, territoireId: string, contient: Contient): boolean => permis(u, ['coordination'], { territoireId }, contient);
