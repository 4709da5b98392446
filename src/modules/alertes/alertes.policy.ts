/** Rights on alerts and rosters: one line each. Never public; what is sent to a person is read by the link that they were sent. */
import { type Cas, type Contient, type Droit, limitesDe, permis, permisPourLaSienne, type Role, type Utilisateur } from '../../core/authorize.ts';

type Personne = Utilisateur | null;
interface Ou {
  territoireId: string | undefined;
}
const memeLieu: Contient = (a, b) => a === b;

/** May read an alert of their place (their own and those told to their house, for who acts for a house only). */
const LECTEURS: readonly Role[] = ['coordination', 'coordonnateur', 'operateur', 'signataire', 'elu', 'agent', 'association'];
const CONDUISENT: readonly Role[] = ['coordination', 'coordonnateur', 'operateur'];
const DE_L_ORGANISME: readonly Role[] = ['agent', 'association'];

/** Where they read, and for which house; for lists, which write it in SQL. */
export const limitesDeLecture = (u: Utilisateur) => limitesDe(u, LECTEURS).filter((m) => !m.fiche && !m.registre);
/** Opens the pages of alerts. */
export const peutVoirLesAlertes = (u: Personne): boolean => u !== null && limitesDeLecture(u).length > 0;
/** Whoever reads writes one, where they act. */
export const peutEcrire = (u: Personne, o: Ou, contient: Contient): boolean => permis(u, LECTEURS, { ...o, organisationId: u?.organisationId }, contient);
/** Validates, ends, sets the window: besides whoever is on duty. */
export const peutConduire = (u: Personne, o: Ou, contient: Contient): boolean => permis(u, CONDUISENT, o, contient);
/** Somewhere at least. */
export const conduitQuelquePart = (u: Personne): boolean => u !== null && limitesDe(u, CONDUISENT).some((m) => !m.fiche && !m.registre);

/** Keeps lists and rosters: the coordination, that of the place, the house whose line it is. A commune is of no mandate's place. */
export const peutTenirLaListe = (u: Personne, s: Ou & { organisationId: string }, contient: Contient): boolean =>
  permis(u, ['coordination', 'coordonnateur'], s, contient) || permisPourLaSienne(u, DE_L_ORGANISME, s, contient);
/**
 * Enters somebody for a function, or changes whose line it is. Where the function validates, whoever is on duty for it conducts alerts: that is given
 * by the coordination alone, never taken by the house that gains it.
 */
export const peutInscrire = (u: Personne, s: Ou & { organisationId: string }, f: { valide: boolean }, contient: Contient): boolean =>
  f.valide ? permis(u, ['coordination', 'coordonnateur'], s, contient) : peutTenirLaListe(u, s, contient);
/** On duty for a function that validates, on a line that the coordination wrote: both the line's house and one's own are among those that may hold it. */
export const conduitDeGarde = (
  u: Personne,
  lignes: readonly { fonction: string; organisationId: string }[],
  tient: (fonction: string, organisationId: string) => boolean,
): boolean => u !== null && peutVoirLesAlertes(u) && lignes.some((l) => tient(l.fonction, l.organisationId) && tient(l.fonction, u.organisationId));
/** Reads who is on duty: those who keep lists, and those who call them. */
export const peutLireLesListes = (u: Personne): boolean =>
  conduitQuelquePart(u) || (u !== null && limitesDe(u, DE_L_ORGANISME).some((m) => !m.fiche && !m.registre));

/** Opens one line, with how to reach the person: who keeps it, and who conducts alerts there. */
export const peutOuvrirLaLigne = (u: Personne, s: Ou & { organisationId: string }, contient: Contient): boolean =>
  peutTenirLaListe(u, s, contient) || peutConduire(u, { territoireId: s.territoireId }, contient);

/** Is written to of holes: of a place, who coordinates it; of the whole contract, who coordinates that. */
export const estPrevenuDesTrous = (u: Personne, territoireId: string, c: { contient: Contient; racine: { id: string } }): boolean =>
  permis(u, [territoireId === c.racine.id ? 'coordination' : 'coordonnateur'], { territoireId }, c.contient);

export const DROITS: readonly Droit[] = [
  { objet: 'Alertes', action: 'lire', permis: (u) => peutVoirLesAlertes(u) },
  { objet: 'Alertes', action: 'écrire', permis: (u, s: Cas) => peutEcrire(u, s, memeLieu) },
  { objet: 'Alertes', action: 'valider, lever', permis: (u, s: Cas) => peutConduire(u, s, memeLieu) },
  {
    objet: 'Alertes',
    action: 'valider, lever, étant de garde pour une fonction qui valide, chez un organisme que le contrat y nomme',
    permis: (u) => conduitDeGarde(u, [{ fonction: '', organisationId: u.organisationId }], () => true),
  },
  { objet: 'Astreintes', action: 'lire', permis: (u) => peutLireLesListes(u) },
  { objet: 'Astreintes', action: 'tenir', permis: (u, s: Cas) => peutTenirLaListe(u, s, memeLieu) },
  { objet: 'Astreintes', action: 'inscrire à une fonction qui valide', permis: (u, s: Cas) => peutInscrire(u, s, { valide: true }, memeLieu) },
];
