/** What is written to who follows a report, and who writes it. */
import type { Coffre } from '../../../core/coffre.ts';
import { ajouterCourriel } from '../../../core/courrier/mail.ts';
import { oublierCourriels } from '../../../core/courrier/oublier.ts';
import { laisseDeCote } from '../../../core/http/affluence.ts';
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

const sceauDeLettre = (s: Pick<Services, 'coffre'>, pour: string, a: string): string => s.coffre.signer(`lettre\n${pour}\n${a.toLowerCase()}`);
/** What waits for this address about that is never sent. */
export const oublierLesLettres = (c: Pick<Ou, 'db' | 'contrat'>, s: Pick<Services, 'coffre'>, pour: string, a: string): Promise<void> =>
  oublierCourriels(c.db, c.contrat.id, sceauDeLettre(s, pour, a));

/** Only who reads that mailbox can know it: of an address, left by one who follows. */
export const preuveDAdresse = (s: Pick<Services, 'coffre'>, suiveurId: string, a: string): string =>
  s.coffre.signer(`adresse\n${suiveurId}\n${a.toLowerCase()}`);
export const cheminPourConfirmer = (suiveurId: string, preuve: string): string => `/suivi/confirmer/${suiveurId}/${preuve}`;
/**
 * The first letter to an address that nobody proved to be theirs: nothing else leaves before its link is opened. A mistyped one is a
 * stranger’s: it says neither what was reported nor the code, which opens it.
 */
export const demanderDeConfirmer = (c: Ou, s: Services, o: { a: string; pour: string; suiveurId: string }): Promise<void> =>
  ajouterLettre(
    c,
    s,
    o.a,
    o.pour,
    'Confirmez votre adresse',
    [
      'Cette adresse a été donnée pour recevoir la réponse à une demande.',
      `Si cette demande est la vôtre, confirmez l’adresse ici : ${s.adresse}${cheminPourConfirmer(o.suiveurId, preuveDAdresse(s, o.suiveurId, o.a))}`,
      'Si vous n’avez rien signalé, ne faites rien : rien d’autre ne vous sera envoyé.',
    ],
    undefined,
  );

/** Whom it is for waits closed with what it says, and nothing kept says that they were written to. It tells the answer, never what was reported. */
/** `pour`: id of what it speaks of; « oublier » ends what waits for that address about it. */
export const ecrire = (
  c: Ou,
  s: Services,
  a: string,
  pour: string,
  sujet: string,
  phrases: readonly string[],
  suite: string,
  fil: string | undefined,
): Promise<void> => ajouterLettre(c, s, a, pour, sujet, [...phrases, `Pour suivre votre demande ou répondre : ${suite}`], fil);

const ajouterLettre = (c: Ou, s: Services, a: string, pour: string, sujet: string, phrases: readonly string[], fil: string | undefined): Promise<void> =>
  ajouterCourriel(
    c.db,
    c.contrat.id,
    {
      a,
      sujet,
      texte: ['Bonjour,', ...phrases, 'Ce message est automatique.'].join('\n\n'),
      discret: true,
      oubli: sceauDeLettre(s, pour, a),
      ...(laisseDeCote('lettres') ? { plusTard: true } : {}),
      ...(fil ? { repondreA: fil } : {}),
    },
    s.coffre,
  );
