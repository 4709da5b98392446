/** People's requests in PostgreSQL. Superseded versions are kept by a trigger; the application can neither write nor remove them. */
import { sql } from 'kysely';
import type { Db } from '../../../core/base/database.ts';
import { conflit } from '../../../core/errors.ts';
import type { Changement, EtatDemande, Moyen, Nature } from './demandes.rules.ts';
import type { NouvelleDemande } from './demandes.schema.ts';
import { uuid } from '../../../core/base/id.ts';

export interface Demande {
  id: string;
  recueLe: string;
  nature: Nature;
  /** Null once forgotten. */
  demandeur: string | null;
  moyen: Moyen;
  objet: string;
  etat: EtatDemande;
  echeance: string;
  reponse: string | null;
  motif: string | null;
  repondueLe: string | null;
  version: number;
  modifieLe: Date;
  anonymiseeLe: Date | null;
}
const COLONNES = sql`id, recue_le, nature, demandeur, moyen, objet, etat, echeance, reponse, motif,
  repondue_le, version, modifie_le, anonymisee_le`;

export type Filtre = 'ouvertes' | 'retard' | 'closes' | 'toutes';
const condition = (f: Filtre, aujourdhui: string) =>
  ({
    ouvertes: sql`and repondue_le is null`,
    retard: sql`and repondue_le is null and echeance < ${aujourdhui}::date`,
    closes: sql`and repondue_le is not null`,
    toutes: sql``,
  })[f];

/** Open requests by deadline, closed ones by day of answer (latest first). */
export async function listDemandes(
  db: Db,
  contratId: number,
  f: { filtre: Filtre; nature: Nature | null },
  aujourdhui: string,
  page: { limite: number; decalage: number },
): Promise<Demande[]> {
  const { rows } = await sql<Demande>`
    select ${COLONNES}
    from demandes_droits
    where contrat_id = ${contratId}
      ${condition(f.filtre, aujourdhui)}
      ${f.nature ? sql`and nature = ${f.nature}` : sql``}
    order by repondue_le desc nulls first, echeance, id
    limit ${page.limite} offset ${page.decalage}`.execute(db);
  return rows;
}

/** How many requests each filter would list, for one nature or all of them. */
export async function countDemandes(db: Db, contratId: number, nature: Nature | null, aujourdhui: string): Promise<Record<Filtre, number>> {
  const { rows } = await sql<Record<Filtre, number>>`
    select count(*) filter (where repondue_le is null)::int as ouvertes,
      count(*) filter (where repondue_le is null and echeance < ${aujourdhui}::date)::int as retard,
      count(*) filter (where repondue_le is not null)::int as closes,
      count(*)::int as toutes
    from demandes_droits
    where contrat_id = ${contratId} ${nature ? sql`and nature = ${nature}` : sql``}`.execute(db);
  return rows[0] ?? { ouvertes: 0, retard: 0, closes: 0, toutes: 0 };
}

/** `verrou` locks the row until the end of the transaction. */
export async function getDemande(db: Db, contratId: number, id: string, verrou = false): Promise<Demande | null> {
  const { rows } = await sql<Demande>`
    select ${COLONNES} from demandes_droits
    where contrat_id = ${contratId} and id = ${uuid(id)}
    ${verrou ? sql`for update` : sql``}`.execute(db);
  return rows[0] ?? null;
}

export async function createDemande(tx: Db, contratId: number, d: NouvelleDemande, compteId: string, quand: Date): Promise<{ id: string; echeance: string }> {
  const { rows } = await sql<{ id: string; echeance: string }>`
    insert into demandes_droits (contrat_id, recue_le, nature, demandeur, moyen, objet, cree_par, cree_le, modifie_par, modifie_le)
    values (${contratId}, ${d.recue_le}::date, ${d.nature}, ${d.demandeur}, ${d.moyen}, ${d.objet}, ${compteId}::uuid, ${quand},
      ${compteId}::uuid, ${quand})
    returning id, echeance`.execute(tx);
  return rows[0] ?? { id: '', echeance: '' };
}

/**
 * Passes the request to its new state. A text left empty keeps the former one. Throws 409 when another version came in since
 * the person opened the page. Rules are checked before (`verifierChangement`).
 */
export async function updateDemande(
  tx: Db,
  ou: { contratId: number; id: string; version: number },
  c: Changement,
  par: { compteId: string; quand: Date; aujourdhui: string },
): Promise<Demande> {
  const close = c.vers === 'repondue' || c.vers === 'refusee';
  const { rows } = await sql<Demande>`
    update demandes_droits
    set etat = ${c.vers},
      motif = coalesce(nullif(${c.motif}, ''), motif),
      reponse = coalesce(nullif(${c.reponse}, ''), reponse),
      prolongee_le = ${c.vers === 'prolongee' ? sql`coalesce(prolongee_le, ${par.aujourdhui}::date)` : sql`prolongee_le`},
      repondue_le = ${close ? sql`${c.repondueLe || par.aujourdhui}::date` : sql`null`},
      version = version + 1,
      modifie_par = ${par.compteId}::uuid,
      modifie_le = ${par.quand}
    where contrat_id = ${ou.contratId} and id = ${uuid(ou.id)} and version = ${ou.version}
    returning ${COLONNES}`.execute(tx);
  const apres = rows[0];
  if (!apres) throw conflit('Une autre personne vient de modifier cette demande. Relisez-la ci-dessous, puis enregistrez si c’est encore utile.');
  return apres;
}

export interface VersionDemande {
  version: number;
  etat: EtatDemande;
  echeance: string;
  reponse: string | null;
  motif: string | null;
  modifieLe: Date;
  par: string | null;
}
/** Superseded versions and the current one, the latest first. */
export async function listVersions(db: Db, contratId: number, id: string): Promise<VersionDemande[]> {
  const { rows } = await sql<VersionDemande>`
    select v.version, v.etat, v.echeance, v.reponse, v.motif, v.modifie_le, c.nom as par
    from (
      select contrat_id, demande_id, version, etat, echeance, reponse, motif, modifie_par, modifie_le
      from demandes_droits_versions
      union all
      select contrat_id, id, version, etat, echeance, reponse, motif, modifie_par, modifie_le
      from demandes_droits
    ) as v
    left join comptes c on c.contrat_id = v.contrat_id and c.id = v.modifie_par
    where v.contrat_id = ${contratId} and v.demande_id = ${uuid(id)}
    order by v.version desc`.execute(db);
  return rows;
}
