/** What accounts need of the application: keys, mail, the identity provider, and words for what a mandate names. */
import type { Contexte } from '../../core/http.ts';
import type { Coffre } from '../../core/coffre.ts';
import type { Courrier } from '../../core/mail.ts';
import type { Site } from './connexion/cles.ts';
import type { PersonaVue } from './connexion/pages/DemonstrationPage.tsx';
import type { LigneDeMatrice } from './gestion/matrice.rules.ts';
import type { ClientOidc } from './oidc/oidc.client.ts';
import { type AccesAilleurs, revoquerAcces } from './revocation.ts';

export interface Comptes {
  /** In demonstration mode one click signs a fictive person in; outside it, those routes do not exist. */
  demonstration: boolean;
  /** How each persona is presented: organisation name, scope, sentence. */
  presenter: (p: { courriel: string; organisationId: string; territoires: string[] }) => Omit<PersonaVue, 'utilisateur'>;
  coffre: Coffre;
  /** What other modules keep that acts in someone's name, ended with the rest. */
  ailleurs: readonly AccesAilleurs[];
  courrier: Courrier;
  /** Null where sign-in by an identity provider is not set up. */
  oidc: ClientOidc | null;
  /** Public address, from the settings alone. */
  adresse: string;
  contrat: string;
  nomActeur: (id: string) => string;
  nomTerritoire: (id: string) => string;
  /** Rights of every role, for the page that shows them. */
  matrice: readonly LigneDeMatrice[];
  acteurs: readonly { id: string; nom: string }[];
  territoires: readonly { id: string; nom: string }[];
  registres: readonly { code: string; libelle: string }[];
  fiches: readonly { numero: string; titre: string }[];
}

/** Everything that acts in this person's name ends, but the session at hand where there is one to keep; says what ended. */
export const toutFermer = (k: Comptes, c: Contexte, compteId: string, sauf: string | null = null): Promise<string[]> =>
  revoquerAcces(c.db, c.contrat.id, compteId, { maintenant: c.maintenant, ailleurs: k.ailleurs, sauf });

export function siteDe(k: Pick<Comptes, 'adresse' | 'contrat'>): Site {
  const { origin: origine, hostname: hote } = new URL(k.adresse);
  return { origine, hote, nom: `Concorde, ${k.contrat}` };
}
