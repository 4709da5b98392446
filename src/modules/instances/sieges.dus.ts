/** Seats to fill, owed by who keeps the body: those that nobody holds, when a session is coming and before its convocation leaves; those whose holder left, from that day. */
import { sql } from 'kysely';
import { partiLe, placeRemplie } from './instances.sql.ts';
import { parTenue } from './tenir.ts';
import { reunions } from './reunions.ts';
import { sourceReunionsDues } from './reunions.dus.ts';
import { jourDe } from '../../core/clock.ts';
import { uuids } from '../../core/base/id.ts';
import { enumerer, pluriel } from '../../ui/typographie.ts';
import { type Attendue, plusJours, type Source } from '../echeances/index.ts';

/** Days before the session: the convocation has not left yet. */
const AVANT_LA_SEANCE = 15;

interface Ligne {
  id: string;
  nom: string;
  porteurId: string;
  territoireId: string;
  fiche: string | null;
  /** Null: none is coming, and only who left is to be replaced. */
  prochaine: { id: string; jour: string | null; creeLe: string } | null;
  vacants: number;
  partis: number;
  /** When the first of them left. */
  partiLe: string | null;
}
/** Since somebody left, or since the session that is coming was made. */
const ouverteLe = (i: Ligne, aujourdhui: string): string =>
  [i.partiLe, i.vacants > 0 && i.prochaine ? jourDe(new Date(i.prochaine.creeLe)) : null].filter((j) => j !== null).sort()[0] ?? aujourdhui;

const attendue = (i: Ligne, aujourdhui: string): Attendue => ({
  genre: 'siege',
  sujet: i.id,
  objetId: i.id,
  titre: `${enumerer([
    ...(i.vacants > 0 ? [`${pluriel(i.vacants, 'siège')} à pourvoir`] : []),
    ...(i.partis > 0 ? [`${pluriel(i.partis, 'siège')} dont le compte est fermé`] : []),
  ])}${'\u202f'}: ${i.nom}`,
  chemin: `/instances/${i.id}`,
  organisationId: i.porteurId,
  territoireId: i.territoireId,
  fiche: i.fiche,
  ouverteLe: ouverteLe(i, aujourdhui),
  dueLe: i.prochaine?.jour ? plusJours(i.prochaine.jour, -AVANT_LA_SEANCE) : null,
});

export const sourceSieges: Source = {
  code: 'sieges',
  module: 'instances',
  genres: [
    {
      code: 'siege',
      libelle: 'Composition d’une instance',
      rappels: [-7, 0],
      acte: { libelle: 'Désigner', chemin: (e) => `/instances/${e.objetId}#membres` },
    },
  ],
  attendues: async (db, o) => {
    const { rows } = await sql<Ligne>`
      select i.id, i.nom, i.porteur_id, i.territoire_id, i.fiches[1] as fiche, t.prochaine,
        case when t.prochaine is null then 0 else v.vacants end as vacants, v.partis, v."partiLe"
      from instances i
      join lateral (
        select count(*) filter (where x.vacant)::int as vacants, count(x.parti)::int as partis, min(x.parti) as "partiLe" from (
          select m.nom = '' and m.courriel = '' and m.suppleant_nom = '' and m.suppleant_courriel = '' and not ${placeRemplie(o.aujourdhui)} as vacant,
            ${partiLe('m')} as parti
          from instance_membres m
          where m.contrat_id = i.contrat_id and m.instance_id = i.id and m.debut <= ${o.aujourdhui}::date and (m.fin is null or m.fin >= ${o.aujourdhui}::date)) x
        ) v on v.vacants > 0 or v.partis > 0
      join lateral ${reunions().tenues(o.aujourdhui)} t on t.prochaine is not null or v.partis > 0
      where i.contrat_id = ${o.contratId} and i.close_le is null and i.confidentialite <> 'nommee'
        ${o.sujets ? sql`and i.id = any(${uuids(o.sujets)})` : sql``}`.execute(db);
    return rows.map((i) => attendue(i, o.aujourdhui));
  },
  lisibles: sourceReunionsDues.lisibles,
  miennes: (_, l) => sql`exists (select from instances i where i.contrat_id = e.contrat_id and i.id = e.objet and ${parTenue(l)})`,
  destinataires: sourceReunionsDues.destinataires,
};
