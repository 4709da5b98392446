/** A proposed alert is owed a word, within the day, by who coordinates the place. */
import { sql } from 'kysely';
import { jourDe } from '../../../core/clock.ts';
import type { Db } from '../../../core/base/database.ts';
import { uuids } from '../../../core/base/id.ts';
import type { Utilisateur } from '../../../core/authorize.ts';
import { accorder, type Attendue, type Dues, type Lecteur, plusJours, type Source } from '../../echeances/index.ts';
import type { Proposition } from './propositions.queries.ts';
import { peutDecider } from './veille.policy.ts';

const GENRE = 'proposition-d-alerte';
type Due = Pick<Proposition, 'id' | 'territoireId' | 'signaux' | 'etat' | 'ouverteLe' | 'decideeLe' | 'decideePar'>;

const attendue = (p: Due): Attendue => {
  const ouverte = jourDe(p.ouverteLe);
  return {
    genre: GENRE,
    sujet: p.id,
    objetId: p.id,
    titre: `Décider d’une alerte proposée par le fil des tensions (${p.signaux} signaux)`,
    chemin: `/alertes/tensions?territoire=${p.territoireId}`,
    organisationId: '',
    personne: 'Coordination du lieu',
    territoireId: p.territoireId,
    ouverteLe: ouverte,
    dueLe: plusJours(ouverte, 1),
    soldee: p.decideeLe ? { le: p.decideeLe, par: p.decideePar, chemin: `/alertes/tensions?territoire=${p.territoireId}` } : null,
  };
};
const dues: Dues = {
  code: 'propositions-d-alerte',
  module: 'alertes',
  genres: [
    {
      code: GENRE,
      libelle: 'Alerte proposée',
      rappels: [0, 1],
      groupe: false,
      calme: null,
      acte: { libelle: 'Décider', chemin: (e) => e.chemin },
    },
  ],
  attendues: async (db, o) => {
    const { rows } = await sql<Due>`
      select p.id, p.territoire_id, p.signaux, p.etat, p.ouverte_le, p.decidee_le, p.decidee_par from tension_propositions p
      where p.contrat_id = ${o.contratId} ${o.sujets ? sql`and p.id = any(${uuids(o.sujets)})` : sql``}`.execute(db);
    return rows.map(attendue);
  },
  sujets: async (db, o) => {
    const { rows } = await sql<{ id: string }>`
      select p.id from tension_propositions p
      where p.contrat_id = ${o.contratId} ${o.apres ? sql`and p.id > ${o.apres}::uuid` : sql``} order by p.id limit ${o.limite}`.execute(db);
    return rows.map((r) => r.id);
  },
};
/** Places where this person decides. */
const siennes = (u: Utilisateur, l: Lecteur) =>
  sql`e.territoire_id = any(${[...l.catalogue.territoires.keys()].filter((t) => peutDecider(u, t, l.catalogue.contient))}::text[])`;
export const sourcePropositions: Source = {
  ...dues,
  lisibles: (_, l) => (l.u ? siennes(l.u, l) : sql`false`),
  miennes: (_, l) => siennes(l.u, l),
  destinataires: async (_, p) => {
    const locaux = (territoireId: string | null) => p.comptes.filter((u) => peutDecider(u, territoireId ?? '', p.catalogue.contient));
    return new Map(p.echeances.map((e) => [e.id, locaux(e.territoireId).map((u) => ({ courriel: u.courriel, nom: u.nom }))]));
  },
};
export const accorderPropositions = (tx: Db, contratId: number, ids: readonly string[], maintenant: Date): Promise<unknown> =>
  accorder(tx, contratId, dues, ids, { maintenant });
