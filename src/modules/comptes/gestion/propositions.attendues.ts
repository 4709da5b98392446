/** Proposals that wait for a second person: an answer within their seven days. */
import { sql } from 'kysely';
import { jourDe } from '../../../core/clock.ts';
import type { Db } from '../../../core/base/database.ts';
import { uuids } from '../../../core/base/id.ts';
import { accorder, type Attendue, type Dues } from '../../echeances/index.ts';

const CHEMIN = '/comptes/propositions';
const ACTES = { accorder: 'Donner un mandat', deleguer: 'Déléguer un mandat', finir: 'Mettre fin à un mandat', fermer: 'Fermer un compte' } as const;

export const propositionsDues: Dues = {
  code: 'propositions',
  module: 'comptes',
  genres: [{ code: 'proposition', libelle: 'Proposition à confirmer', rappels: [-3, -1], acte: { libelle: 'Répondre', chemin: () => CHEMIN } }],
  attendues: async (db, o) => {
    interface Ligne {
      id: string;
      genre: keyof typeof ACTES;
      organisationId: string;
      proposeLe: Date;
      expireLe: Date;
      etat: 'ouverte' | 'confirmee' | 'refusee' | 'retiree';
      decideur: string;
      decideLe: Date | null;
    }
    const { rows } = await sql<Ligne>`
      select p.id, p.genre, c.organisation_id, p.propose_le, p.expire_le,
        p.etat, coalesce(d.nom, '') as decideur, p.decide_le
      from propositions p
      join comptes c on c.contrat_id = p.contrat_id and c.id = p.compte_id
      left join comptes d on d.contrat_id = p.contrat_id and d.id = p.decide_par
      where p.contrat_id = ${o.contratId} ${o.sujets ? sql`and p.id = any(${uuids(o.sujets)})` : sql``}`.execute(db);
    return rows.map((p): Attendue => {
      const repondue = p.etat === 'confirmee' || p.etat === 'refusee';
      return {
        genre: 'proposition',
        sujet: p.id,
        objetId: p.id,
        titre: ACTES[p.genre],
        chemin: CHEMIN,
        organisationId: p.organisationId,
        personne: 'Qui peut confirmer',
        territoireId: null,
        ouverteLe: jourDe(p.proposeLe),
        dueLe: jourDe(p.expireLe),
        soldee: repondue ? { le: p.decideLe ?? p.proposeLe, par: p.decideur, chemin: CHEMIN } : null,
        sansObjet: p.etat === 'retiree' ? 'proposition retirée' : !repondue && p.expireLe <= o.maintenant ? 'expirée sans réponse' : null,
      };
    });
  },
};

/** `ids` null: after an act that ended several (an account closed, a demonstration left). */
export const suivrePropositions = (tx: Db, contratId: number, ids: readonly string[] | null, maintenant: Date): Promise<number> =>
  accorder(tx, contratId, propositionsDues, ids, { maintenant });
