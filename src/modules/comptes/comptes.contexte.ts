/** What accounts need of the application: keys, mail, the identity provider, and words for what a mandate names. */
import type { Contexte } from '../../core/http.ts';
import type { Coffre } from '../../core/coffre.ts';
import type { Site } from './connexion/cles.ts';
import type { LigneDeMatrice } from './gestion/matrice.rules.ts';
import type { ClientOidc } from './oidc/oidc.client.ts';

export interface Comptes {
  /** In demonstration mode one click signs a fictive person in; outside it, those routes do not exist. */
  demonstration: boolean;
  /** The sentence that presents a fictive person. */
  presentation: (courriel: string) => string;
  coffre: Coffre;
  /** Null where sign-in by an identity provider is not set up. */
  oidc: ClientOidc | null;
  /** Public address of the settings; null uses the request's own. */
  adresse: string | null;
  /** The contract as it stands now: it may be loaded again while the application runs. */
  contrat: (c: Pick<Contexte, 'db' | 'contrat'>) => Promise<VueContrat>;
  /** Rights of every role, for the page that shows them. */
  matrice: readonly LigneDeMatrice[];
  registres: readonly { code: string; libelle: string }[];
}

/** What accounts know of the contract: words for what a mandate names, and what it may name. */
export interface VueContrat {
  titre: string;
  acteurs: readonly { id: string; nom: string }[];
  territoires: readonly { id: string; nom: string }[];
  fiches: readonly { numero: string; titre: string }[];
  nomActeur(id: string): string;
  nomTerritoire(id: string): string;
  /** The second territory is the first one, or stands in it. */
  contient(grand: string, petit: string): boolean;
}

export async function siteDe(k: Comptes, c: Contexte): Promise<Site> {
  const origine = k.adresse ? new URL(k.adresse).origin : `${c.brut.request.protocol}://${c.brut.request.host}`;
  return { origine, hote: new URL(origine).hostname, nom: `Concorde, ${(await k.contrat(c)).titre}` };
}
