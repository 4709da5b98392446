/** What a promised cadence makes owed: a session planned before the longest time since the last one is over. */
import { ajouterMois } from '../echeances/index.ts';
import { sql } from 'kysely';
import { adressesDuSiege } from './sieges.queries.ts';
import { parTenue } from './tenir.ts';
import { reunions } from './reunions.ts';
import { visible, vueDeLecture } from './instances.vue.ts';
import { jourDe } from '../../core/clock.ts';
import { uuids } from '../../core/base/id.ts';
import type { Db } from '../../core/base/database.ts';
import type { Attendue, Source } from '../echeances/index.ts';

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
  prochaine: { id: string; jour: string | null; creeLe: string } | null;
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
  // Planned for after the day it is due, or for no day yet, it settles nothing.
  const debut = derniere?.jour ?? depuis;
  const { prochaine: p } = i;
  const aTemps = p?.jour && p.jour <= ajouterMois(debut, i.mois) ? soldeePar({ id: p.id, creeLe: new Date(p.creeLe) }) : null;
  const courant = temps(debut, aTemps, i.close ? 'l’instance n’existe plus' : null);
  return derniere && (avant?.jour ?? depuis) < derniere.jour ? [courant, temps(avant?.jour ?? depuis, soldeePar(derniere))] : [courant];
}

/** Day by which the body must meet, while nothing but `sauf` is planned before it; null when it is past, or when it promises nothing. */
export async function limiteDeReunion(
  db: Db,
  contratId: number,
  instanceId: string,
  o: { maintenant: Date; sauf?: string | undefined },
): Promise<string | null> {
  const aujourdhui = jourDe(o.maintenant);
  const [courant] = await sourceReunionsDues.attendues(db, { contratId, aujourdhui, maintenant: o.maintenant, sujets: [instanceId] });
  if (!courant || courant.sansObjet || courant.dueLe === null || courant.dueLe < aujourdhui) return null;
  return courant.soldee && courant.soldee.chemin !== `/seances/${o.sauf}` ? null : courant.dueLe;
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
      select i.id, i.nom, i.porteur_id, i.territoire_id, i.fiches[1] as fiche, i.cadence_mois as mois,
        i.cree_le, i.close_le is not null as close, coalesce(t.tenues, '[]') as tenues, t.prochaine
      from instances i
      left join lateral ${reunions().tenues(o.aujourdhui)} t on true
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
            and ${reunions().toutesConnues(v)})`
      : sql`false`;
  },
  miennes: (_, l) => sql`exists (select from instances i where i.contrat_id = e.contrat_id and i.id = e.objet and ${parTenue(l)})`,
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
