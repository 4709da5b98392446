/** What is written to who follows a report, and who writes it. */
import type { Coffre } from '../../../core/coffre.ts';
import { ajouterCourriel } from '../../../core/courrier/mail.ts';
import type { Contexte } from '../../../core/http/http.ts';
import type { Circuit } from '../circuits/circuit.schema.ts';
import { adresseDuFil } from '../courriel/fil.rules.ts';

export interface Services {
  coffre: Coffre;
  /** Public address of the platform. */
  adresse: string;
  /** After `@`, where letters are received. */
  domaineEntrant?: string | null;
}
export type Ou = Pick<Contexte, 'db' | 'contrat' | 'maintenant' | 'utilisateur'>;
export const parDe = (c: Ou) => ({ nom: c.utilisateur?.nom ?? '', quand: c.maintenant });
export const auteurDe = (c: Ou) => ({
  auteur: c.utilisateur?.nom ?? '',
  auteurId: c.utilisateur?.id ?? null,
  organisationId: c.utilisateur?.organisationId ?? null,
});

/** Where an answer to the letter goes, in a circuit that takes letters. */
export const filDe = (s: Services, circuit: Circuit, demandeId: string): string | undefined =>
  circuit.courriel && s.domaineEntrant ? adresseDuFil(s.coffre, demandeId, s.domaineEntrant) : undefined;

/** Null when another key closed it: nothing waits for an address that nobody can read. */
export function ouvrirContact(s: Pick<Services, 'coffre'>, ferme: Buffer): string | null {
  try {
    return s.coffre.dechiffrer(ferme);
  } catch {
    process.stderr.write('signalements : une adresse de suivi ne s’ouvre pas avec la clé de cette plateforme.\n');
    return null;
  }
}

/** Whom it is for waits closed with what it says, and nothing kept says that they were written to. It tells the answer, never what was reported. */
export const ecrire = (c: Ou, s: Services, a: string, sujet: string, phrases: readonly string[], suite: string, fil: string | undefined): Promise<void> =>
  ajouterCourriel(
    c.db,
    c.contrat.id,
    {
      a,
      sujet,
      texte: [`Bonjour,`, ...phrases, `Pour suivre votre demande ou répondre : ${suite}`, 'Ce message est automatique.'].join('\n\n'),
      discret: true,
      ...(fil ? { repondreA: fil } : {}),
    },
    s.coffre,
  );
