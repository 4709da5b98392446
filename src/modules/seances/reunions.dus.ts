/** What a promised cadence makes owed: a session planned before the longest time since the last one is over. */
import { sql } from 'kysely';
import { jourDe } from '../../core/clock.ts';
import { uuids } from '../../core/id.ts';
import type { Attendue, Source } from '../echeances/index.ts';
import { ajouterMois } from '../instances/instances.rules.ts';
import { adressesDuSiege } from '../instances/dus/sieges.queries.ts';
import { parSiegeOuRessort } from '../instances/dus/tenir.ts';
import { seanceVisible, visible, vueDeLecture } from '../instances/instances.vue.ts';

interface Tenue {
  id: string;
  jour: string;
  creeLe: Date;
}
interface Ligne {
  id: string;
  nom: string;
  porteurId: string;
  territoireId: string;
  fiche: string | null;
  mois: number;
  creeLe: Date;
  close: boolean;
  /** The last two held, the latest first. */
  tenues: { id: string; jour: string; creeLe: string }[];
  prochaine: { id: string; creeLe: string } | null;
}

/** The time that runs now, and the one that the last session ended: how it was settled stays on the list. */
function attendues(i: Ligne): Attendue[] {
  const tenues: Tenue[] = i.tenues.map((t) => ({ ...t, creeLe: new Date(t.creeLe) }));
  const depuis = jourDe(i.creeLe);
  const [derniere, avant] = tenues;
  const base = { genre: 'reunion', sujet: i.id, objetId: i.id, titre: i.nom, chemin: `/instances/${i.id}`, organisationId: i.porteurId };
  const ou = { territoireId: i.territoireId, fiche: i.fiche };
  const soldeePar = (s: { id: string; creeLe: Date }) => ({ le: s.creeLe, par: '', chemin: `/seances/${s.id}` });
  const temps = (debut: string, soldee: Attendue['soldee'], sansObjet: string | null = null): Attendue => ({
    ...base,
    ...ou,
    periode: debut,
    ouverteLe: debut,
    dueLe: ajouterMois(debut, i.mois),
    soldee,
    sansObjet,
  });
  const courant = temps(
    derniere?.jour ?? depuis,
    i.prochaine ? soldeePar({ id: i.prochaine.id, creeLe: new Date(i.prochaine.creeLe) }) : null,
    i.close ? 'l’instance n’existe plus' : null,
  );
  return derniere && (avant?.jour ?? depuis) < derniere.jour ? [courant, temps(avant?.jour ?? depuis, soldeePar(derniere))] : [courant];
}

export const sourceReunionsDues: Source = {
  code: 'reunions',
  module: 'instances',
  genres: [
    {
      code: 'reunion',
      libelle: 'Séance à programmer',
      rappels: [-30, 0],
      puisTousLes: 30,
      acte: { libelle: 'Préparer une séance', chemin: (e) => `/instances/${e.objetId}/seances/nouvelle` },
    },
  ],
  attendues: async (db, o) => {
    const { rows } = await sql<Ligne>`
      select i.id, i.nom, i.porteur_id as "porteurId", i.territoire_id as "territoireId", i.fiches[1] as fiche, i.cadence_mois as mois,
        i.cree_le as "creeLe", i.close_le is not null as close, coalesce(t.tenues, '[]') as tenues, p.prochaine
      from instances i
      left join lateral (
        select jsonb_agg(jsonb_build_object('id', x.id, 'jour', x.jour, 'creeLe', x.cree_le) order by x.jour desc, x.id) as tenues
        from (
          select distinct on (s.jour) s.id, s.jour, s.cree_le from seances s
          where s.contrat_id = i.contrat_id and s.instance_id = i.id and s.etat in ('ouverte', 'relecture', 'figee', 'declaree')
          order by s.jour desc, s.id limit 2) x) t on true
      left join lateral (
        select jsonb_build_object('id', s.id, 'creeLe', s.cree_le) as prochaine from seances s
        where s.contrat_id = i.contrat_id and s.instance_id = i.id and s.etat in ('preparation', 'convoquee')
        order by s.jour nulls last, s.id limit 1) p on true
      where i.contrat_id = ${o.contratId} and i.cadence_mois is not null and i.confidentialite <> 'nommee'
        ${o.sujets ? sql`and i.id = any(${uuids(o.sujets)})` : sql``}`.execute(db);
    return rows.flatMap(attendues);
  },
  /** The day follows from the last session: only to who may know of every session of the body. */
  lisibles: (_, l) => {
    const v = vueDeLecture(l.u, l.catalogue, l.aujourdhui);
    return v
      ? sql`exists (
          select from instances i
          where i.contrat_id = e.contrat_id and i.id = e.objet and ${visible(v, sql`i.confidentialite`)}
            and not exists (select from seances s where s.contrat_id = i.contrat_id and s.instance_id = i.id and not ${seanceVisible(v)}))`
      : sql`false`;
  },
  miennes: (_, l) => sql`exists (select from instances i where i.contrat_id = e.contrat_id and i.id = e.objet and ${parSiegeOuRessort(l)})`,
  destinataires: async (db, p) => {
    const parInstance = await adressesDuSiege(
      db,
      p.contratId,
      p.echeances.map((e) => e.objetId),
      'secretaire',
      p.aujourdhui,
    );
    return new Map(p.echeances.map((e) => [e.id, parInstance.get(e.objetId) ?? []]));
  },
};
