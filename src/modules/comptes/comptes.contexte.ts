/** What accounts need of the application: keys, mail, the identity provider, and words for what a mandate names. */
import { jourDe } from '../../core/clock.ts';
import type { Contexte } from '../../core/http/http.ts';
import type { Coffre } from '../../core/coffre.ts';
import type { Site } from './connexion/cles.ts';
import type { LigneDeMatrice } from './gestion/matrice.rules.ts';
import type { ClientOidc } from './oidc/oidc.client.ts';
import type { Titres } from '../../core/module.ts';
import type { Regle } from '../../core/trace/retention.ts';
import { revoquerAcces } from './revocation.ts';

export interface Comptes {
  /** In demonstration mode one click signs a fictive person in; outside it, those routes do not exist. */
  demonstration: boolean;
  /** The sentence that presents a fictive person. */
  presentation: (courriel: string) => string;
  coffre: Coffre;
  /** What other modules keep that acts in someone's name, ended with the rest. */
  ailleurs: readonly Titres[];
  /** Null where sign-in by an identity provider is not set up. */
  oidc: ClientOidc | null;
  /** Public address, from the settings alone. */
  adresse: string;
  /** The contract as it stands now: it may be loaded again while the application runs. */
  contrat: (c: Pick<Contexte, 'db' | 'contrat'>) => Promise<VueContrat>;
  /** Rights of every role, for the page that shows them. */
  matrice: readonly LigneDeMatrice[];
  registres: readonly { code: string; libelle: string }[];
  /** Words of the journal for each act. */
  actes: ReadonlyMap<string, string>;
  conservation: readonly Regle[];
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

/** Everything that acts in this person's name ends, but the session at hand where there is one to keep; says what ended. */
export const toutFermer = (k: Pick<Comptes, 'ailleurs'>, c: Contexte, compteId: string, sauf: string | null = null): Promise<string[]> =>
  revoquerAcces(c.db, c.contrat.id, compteId, { maintenant: c.maintenant, ailleurs: k.ailleurs, sauf });

/** How somebody leaves now, by the hand of who acts. */
export const departDe = (k: Pick<Comptes, 'ailleurs'>, c: Contexte) => ({
  jour: jourDe(c.maintenant),
  par: c.utilisateur?.nom ?? '',
  maintenant: c.maintenant,
  ailleurs: k.ailleurs,
});

export async function siteDe(k: Pick<Comptes, 'adresse' | 'contrat'>, c: Contexte): Promise<Site> {
  const { origin: origine, hostname: hote } = new URL(k.adresse);
  return { origine, hote, nom: `Concorde, ${(await k.contrat(c)).titre}` };
}
