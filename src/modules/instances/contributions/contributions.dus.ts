/** What a resident wrote is owed a reading, then an answer, by who keeps the body. */
import { sql } from 'kysely';
import { jourDe } from '../../../core/clock.ts';
import { uuids } from '../../../core/base/id.ts';
import { type Attendue, plusJours, type Source } from '../../echeances/index.ts';
import { visible, vueDeLecture } from '../instances.vue.ts';
import { adressesDuSiege } from '../sieges.queries.ts';
import { parTenue } from '../tenir.ts';
import type { Contribution } from './contributions.queries.ts';
import { estRetiree, JOURS_POUR_LIRE, JOURS_POUR_REPONDRE } from './contributions.rules.ts';

interface Due extends Pick<Contribution, 'id' | 'instanceId' | 'objet' | 'etat' | 'recueLe' | 'accepteeLe' | 'ecarteeLe' | 'repondueLe' | 'traitePar'> {
  porteurId: string;
  territoireId: string;
  close: boolean;
}
const attendue = (k: Due): Attendue => {
  const chemin = `/instances/${k.instanceId}/contributions`;
  const depuis = jourDe(k.accepteeLe ?? k.recueLe);
  const fin = k.repondueLe ?? k.ecarteeLe;
  return {
    genre: 'contribution',
    sujet: k.id,
    objetId: k.id,
    titre: estRetiree(k) ? 'Contribution d’habitant retirée' : `${k.etat === 'recue' ? 'Lire' : 'Répondre à'} une contribution d’habitant : ${k.objet}`,
    chemin: `${chemin}#c-${k.id}`,
    organisationId: k.porteurId,
    territoireId: k.territoireId,
    ouverteLe: jourDe(k.recueLe),
    dueLe: plusJours(depuis, k.accepteeLe ? JOURS_POUR_REPONDRE : JOURS_POUR_LIRE),
    soldee: fin ? { le: fin, par: k.traitePar, chemin } : null,
    sansObjet: k.close && !fin ? 'l’instance n’existe plus' : null,
  };
};
const DE_L_OBJET = sql`instance_contributions k join instances i on i.contrat_id = k.contrat_id and i.id = k.instance_id
  where k.contrat_id = e.contrat_id and k.id = e.objet`;

export const sourceContributions: Source = {
  code: 'contributions',
  module: 'instances',
  genres: [{ code: 'contribution', libelle: 'Contribution d’habitant', puisTousLes: 30, acte: { libelle: 'Traiter', chemin: (e) => e.chemin } }],
  attendues: async (db, o) => {
    const { rows } = await sql<Due>`
      select k.id, k.instance_id, k.objet, k.etat, k.recue_le, k.acceptee_le, k.ecartee_le, k.repondue_le, k.traite_par, i.porteur_id, i.territoire_id,
        i.close_le is not null as close
      from instance_contributions k join instances i on i.contrat_id = k.contrat_id and i.id = k.instance_id
      where k.contrat_id = ${o.contratId} and k.anonymisee_le is null ${o.sujets ? sql`and k.id = any(${uuids(o.sujets)})` : sql``}`.execute(db);
    return rows.map(attendue);
  },
  sujets: async (db, o) => {
    const { rows } = await sql<{ id: string }>`
      select id from instance_contributions where contrat_id = ${o.contratId} ${o.apres ? sql`and id > ${o.apres}::uuid` : sql``} order by id limit ${o.limite}`.execute(
      db,
    );
    return rows.map((r) => r.id);
  },
  lisibles: (_, l) => {
    const v = vueDeLecture(l.u, l.catalogue, l.aujourdhui);
    return v ? sql`exists (select from ${DE_L_OBJET} and ${visible(v, sql`i.confidentialite`)})` : sql`false`;
  },
  miennes: (_, l) => sql`exists (select from ${DE_L_OBJET} and ${parTenue(l)})`,
  destinataires: async (db, p) => {
    const { rows } = await sql<{ id: string; instance: string }>`
      select id, instance_id as instance from instance_contributions
      where contrat_id = ${p.contratId} and id = any(${uuids(p.echeances.map((e) => e.objetId))})`.execute(db);
    const de = new Map(rows.map((r) => [r.id, r.instance]));
    const sieges = await adressesDuSiege(db, p.contratId, [...new Set(de.values())], 'secretaire', p.aujourdhui);
    return new Map(p.echeances.map((e) => [e.id, sieges.get(de.get(e.objetId) ?? '') ?? []]));
  },
};
