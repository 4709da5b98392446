/** Seats that nobody holds: owed by who keeps the body when a session is coming, before its convocation leaves. */
import { sql } from 'kysely';
import { placeRemplie } from './instances.sql.ts';
import { parTenue } from './tenir.ts';
import { reunions } from './reunions.ts';
import { sourceReunionsDues } from './reunions.dus.ts';
import { jourDe } from '../../core/clock.ts';
import { uuids } from '../../core/base/id.ts';
import { pluriel } from '../../ui/typographie.ts';
import { type Attendue, plusJours, type Source } from '../echeances/index.ts';

/** Days before the session: the convocation has not left yet. */
const AVANT_LA_SEANCE = 15;

interface Ligne {
  id: string;
  nom: string;
  porteurId: string;
  territoireId: string;
  fiche: string | null;
  prochaine: { id: string; jour: string | null; creeLe: string };
  vacants: number;
}

const attendue = (i: Ligne): Attendue => ({
  genre: 'siege',
  sujet: i.id,
  objetId: i.id,
  titre: `${pluriel(i.vacants, 'siège')} à pourvoir${'\u202f'}: ${i.nom}`,
  chemin: `/instances/${i.id}`,
  organisationId: i.porteurId,
  territoireId: i.territoireId,
  fiche: i.fiche,
  ouverteLe: jourDe(new Date(i.prochaine.creeLe)),
  dueLe: i.prochaine.jour && plusJours(i.prochaine.jour, -AVANT_LA_SEANCE),
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
      select i.id, i.nom, i.porteur_id, i.territoire_id, i.fiches[1] as fiche, t.prochaine, v.vacants
      from instances i
      join lateral (
        select count(*)::int as vacants from instance_membres m
        where m.contrat_id = i.contrat_id and m.instance_id = i.id and m.nom = '' and m.courriel = '' and m.suppleant_nom = '' and m.suppleant_courriel = ''
          and m.debut <= ${o.aujourdhui}::date and (m.fin is null or m.fin >= ${o.aujourdhui}::date) and not ${placeRemplie(o.aujourdhui)}) v on v.vacants > 0
      join lateral ${reunions().tenues(o.aujourdhui)} t on t.prochaine is not null
      where i.contrat_id = ${o.contratId} and i.close_le is null and i.confidentialite <> 'nommee'
        ${o.sujets ? sql`and i.id = any(${uuids(o.sujets)})` : sql``}`.execute(db);
    return rows.map(attendue);
  },
  lisibles: sourceReunionsDues.lisibles,
  miennes: (_, l) => sql`exists (select from instances i where i.contrat_id = e.contrat_id and i.id = e.objet and ${parTenue(l)})`,
  destinataires: sourceReunionsDues.destinataires,
};
