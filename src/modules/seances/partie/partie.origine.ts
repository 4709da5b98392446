/** Reserved parts as what makes decisions: read, followed and written about by the seats that each names, wherever decisions are shown. */
import { sql } from 'kysely';
import { auTravail } from '../../../core/authorize.ts';
import { introuvable } from '../../../core/errors.ts';
import { getCatalogue } from '../../contrats/index.ts';
import type { Origine, RefOrigine } from '../../decisions/index.ts';
import { jourDe } from '../../../core/clock.ts';
import { uuid, uuids } from '../../../core/base/id.ts';
import type { Destinataire } from '../../echeances/index.ts';
import { grouper } from '../../echeances/index.ts';
import { AVEC_INSTANCE, origineInstance, siegeParmi, type Vue, vueDe } from '../../instances/index.ts';
import { chargerSeance } from '../seances.contexte.ts';
import type { Seance } from '../seances.queries.ts';

const GENRE = 'partie';
export const originePartie = (seanceId: string): RefOrigine => ({ genre: GENRE, id: seanceId });
/** What makes the decisions of this session: its body, or itself when it is a reserved part. */
export const origineDeSeance = (s: Pick<Seance, 'id' | 'instanceId' | 'partieDe'>): RefOrigine =>
  s.partieDe === null ? origineInstance(s.instanceId) : originePartie(s.id);

const nommee = (v: Vue) => (v.metier ? siegeParmi(v, sql`s.reserve_a`) : sql`false`);

export const ORIGINE_PARTIE: Origine = {
  genre: GENRE,
  mots: {
    le: 'la partie réservée',
    garant: 'le secrétariat de la séance',
    auteurs: 'le secrétariat ou la présidence, parmi les membres nommés',
    restreinte: 'd’une partie réservée de séance',
  },
  jointure: sql`(
    select s.contrat_id, s.id, i.nom || ', partie réservée' as nom, i.close_le is not null as close
    from seances s ${AVEC_INSTANCE} where s.partie_de is not null) partie on partie.contrat_id = d.contrat_id and partie.id = d.origine_id`,
  nom: sql`partie.nom`,
  confidentialite: sql`'restreinte'::text`,
  close: sql`partie.close`,
  lisibles: ({ u, catalogue, aujourdhui }) => sql`exists (
    select from seances s ${AVEC_INSTANCE}
    where s.contrat_id = d.contrat_id and s.id = d.origine_id and s.partie_de is not null and ${nommee(vueDe(u, catalogue, aujourdhui))})`,
  charger: async (c, id, { verrou } = {}) => {
    const { seance, instance, tient } = await chargerSeance({ ...c, params: { ...c.params, id } }, verrou);
    if (seance.partieDe === null) throw introuvable('Cette séance');
    return { ...originePartie(id), nom: `${instance.nom}, partie réservée`, territoireId: instance.territoireId, confidentialite: 'restreinte', tient };
  },
  tenues: async (c) => {
    const u = c.utilisateur;
    if (!u || !auTravail(u)) return new Set();
    const v = vueDe(u, await getCatalogue(c.db, c.contrat.id), jourDe(c.maintenant));
    const { rows } = await sql<{ id: string }>`
      select s.id from seances s ${AVEC_INSTANCE}
      where s.contrat_id = ${c.contrat.id} and s.partie_de is not null and i.close_le is null and ${nommee(v)}`.execute(c.db);
    const tenues = new Set<string>();
    for (const { id } of rows) if ((await chargerSeance({ ...c, params: { id } })).tient) tenues.add(id);
    return tenues;
  },
  sieges: async (db, o) => {
    const rows = await db
      .selectFrom('seanceParticipants')
      .select(['membreId', 'organisationId', 'fonction', 'nom', 'courriel'])
      .where('contratId', '=', o.contratId)
      .where('seanceId', '=', uuid(o.id))
      .where('retireLe', 'is', null)
      .orderBy('ordre')
      .execute();
    return rows.flatMap(({ membreId, ...p }) => (membreId === null ? [] : [{ ...p, id: membreId }]));
  },
  adresses: async (db, o) => {
    const { rows } = await sql<{ origine: string } & Destinataire>`
      select p.seance_id as origine, p.courriel, coalesce(nullif(p.nom, ''), p.fonction) as nom
      from seance_participants p
      where p.contrat_id = ${o.contratId} and p.seance_id = any(${uuids(o.ids)}) and p.courriel <> '' and p.retire_le is null
        and p.qualite = ${o.qui === 'garant' ? 'secretaire' : 'president'}
      order by p.ordre`.execute(db);
    return grouper(rows, (r) => r.origine);
  },
};
