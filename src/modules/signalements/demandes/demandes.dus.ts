/** What reports make people owe: to the service whose turn it is, by the day that its circuit gives it. */
import { sql } from 'kysely';
import { jourDe } from '../../../core/clock.ts';
import { uuid, uuids } from '../../../core/base/id.ts';
import { jour } from '../../../ui/typographie.ts';
import type { Attendue, Source } from '../../echeances/index.ts';
import { etatDe } from '../circuits/etats.ts';
import { type Demande, listSuivies } from './demandes.queries.ts';
import { cheminDeDemande } from './identifiants.ts';
import { limitesDAction } from '../signalements.policy.ts';
import { lisibleEnSql } from './lecture.queries.ts';
import { destinatairesDesReferents, quiCoordonne, quiTraite } from './referents.ts';
import { lectureDe, ouvreTout, servicesDe } from './demandes.policy.ts';

type Due = Pick<
  Demande,
  'id' | 'numero' | 'titre' | 'serviceId' | 'territoireId' | 'etat' | 'etatLe' | 'recuLe' | 'duLe' | 'closLe' | 'modifiePar' | 'meneurId'
>;

export function attendue(d: Due): Attendue {
  const attend = etatDe(d.etat).attend;
  return {
    genre: 'demande',
    sujet: d.id,
    objetId: d.id,
    titre: `Demande n° ${d.numero}, ${d.titre}`,
    chemin: cheminDeDemande(d.id),
    organisationId: d.serviceId,
    territoireId: d.territoireId,
    ouverteLe: jourDe(d.recuLe),
    dueLe: d.duLe,
    soldee: attend === 'service' || d.meneurId ? null : { le: d.etatLe, par: d.modifiePar, chemin: cheminDeDemande(d.id) },
    sansObjet: d.meneurId ? 'jointe à une autre demande, qui est suivie pour elle' : null,
  };
}

export const sourceDemandes: Source = {
  code: 'demandes',
  module: 'signalements',
  genres: [
    {
      code: 'demande',
      libelle: 'Signalement ou demande à traiter',
      rappels: [0, 7],
      puisTousLes: 14,
      escalade: { apres: 14, a: 'la coordination' },
      acte: { libelle: 'Dire où elle en est', chemin: (e) => e.chemin },
    },
  ],
  // What is closed owes nothing more: what its entry says was written with it.
  sujets: async (db, o) => {
    const { rows } = await sql<Pick<Demande, 'id'>>`
      select d.id from demandes d
      where d.contrat_id = ${o.contratId} and d.clos_le is null ${o.apres ? sql`and d.id > ${uuid(o.apres)}` : sql``} order by d.id limit ${o.limite}`.execute(
      db,
    );
    return rows.map((r) => r.id);
  },
  attendues: async (db, o) => {
    const { rows } = await sql<Due>`
      select d.id, d.numero, d.titre, d.service_id, d.territoire_id, d.etat, d.etat_le, d.recu_le, d.du_le, d.clos_le, d.modifie_par, d.meneur_id
      from demandes d where d.contrat_id = ${o.contratId} ${o.sujets ? sql`and d.id = any(${uuids(o.sujets)})` : sql``}`.execute(db);
    return rows.map(attendue);
  },
  lisibles: (_, { u, catalogue }) =>
    u
      ? ouvreTout(u)
        ? sql`true`
        : sql`exists (select from demandes d where d.contrat_id = e.contrat_id and d.id = e.objet and ${lisibleEnSql(lectureDe(u, catalogue), 'd')})`
      : sql`false`,
  miennes: (_, { u, catalogue }) => {
    const siennes = servicesDe(catalogue, u.organisationId);
    const limites = limitesDAction(u).map((m) =>
      m.territoireId ? sql`e.territoire_id = any(${[...catalogue.descendants(m.territoireId)]}::text[])` : sql`true`,
    );
    return sql`(e.organisation_id = any(${siennes}::text[]) and (${sql.join([sql`false`, ...limites], sql` or `)}))`;
  },
  /**
   * Nobody is reminded of what they may not handle: the referents whom a rule names, when it is their organisation's. Where none of them has an account,
   * those of the service who act there too: somebody who may handle it is always reminded; of what is reserved, who coordinates when the service has nobody.
   */
  destinataires: async (db, p) => {
    const suivies = await listSuivies(
      db,
      p.contratId,
      p.echeances.map((e) => e.objetId),
    );
    const parId = new Map(suivies.map((d) => [d.id, d]));
    const auxReferents = await destinatairesDesReferents(db, p.catalogue, suivies, { jour: p.aujourdhui, comptes: p.comptes });
    const connus = new Set(p.comptes.map((u) => u.courriel.toLowerCase()));
    return new Map(
      p.echeances.map((e) => {
        const d = parId.get(e.objetId);
        const referents = auxReferents.get(e.objetId) ?? [];
        if (!d || referents.some((x) => connus.has(x.courriel.toLowerCase()))) return [e.id, referents];
        const la = quiTraite(p.comptes, d, p.catalogue);
        const prevenus = la.length > 0 || (d.roleReferent === '' && d.lecteurs === null) ? la : quiCoordonne(p.comptes, d, p.catalogue);
        return [e.id, [...referents, ...prevenus.map((u) => ({ courriel: u.courriel, nom: u.nom }))]];
      }),
    );
  },
  escalade: async (db, p) => {
    const suivies = await listSuivies(
      db,
      p.contratId,
      p.echeances.map((e) => e.objetId),
    );
    const parId = new Map(suivies.map((d) => [d.id, d]));
    return new Map(
      p.echeances.map((e) => {
        const d = parId.get(e.objetId);
        const la = d ? quiCoordonne(p.comptes, d, p.catalogue) : [];
        return [e.id, la.slice(0, 1).map((u) => ({ courriel: u.courriel, nom: u.nom }))];
      }),
    );
  },
  ligne: (_, e, __, o) =>
    Promise.resolve({
      phrase: `${e.titre}, ${e.dueLe === null ? 'sans échéance' : e.dueLe < o.aujourdhui ? `attendue depuis le ${jour(e.dueLe)}` : `attendue le ${jour(e.dueLe)}`}`,
    }),
};
