import { sql } from 'kysely';
import type { Db, Ligne } from '../../../core/base/database.ts';
import { uuid } from '../../../core/base/id.ts';
import type { Durees } from '../charte/charte.rules.ts';

export type Cellule = Ligne<'nominatif.cellules'>;
export type Membre = Ligne<'nominatif.celluleMembres'>;
type Signature = Ligne<'nominatif.celluleSignatures'>;

export const dureesDe = (c: Cellule): Durees | null =>
  c.sansSuiteMois === null || c.suiviMois === null || c.apresSuiviMois === null
    ? null
    : { sansSuiteMois: c.sansSuiteMois, suiviMois: c.suiviMois, apresSuiviMois: c.apresSuiviMois };

export async function listCellules(db: Db, contratId: number): Promise<Cellule[]> {
  return (await sql<Cellule>`select * from nominatif.cellules where contrat_id = ${contratId} order by genre, territoire_id`.execute(db)).rows;
}
/** `tenue`: nobody else changes it before the end of this transaction. */
export async function getCellule(db: Db, contratId: number, id: string, tenue = false): Promise<Cellule | undefined> {
  const verrou = tenue ? sql`for update` : sql``;
  const { rows } = await sql<Cellule>`select * from nominatif.cellules where contrat_id = ${contratId} and id = ${uuid(id)} ${verrou}`.execute(db);
  return rows[0];
}
/** Null when there is one already. */
export async function addCellule(db: Db, contratId: number, c: Pick<Cellule, 'genre' | 'territoireId' | 'creeePar'>, quand: Date): Promise<string | null> {
  const { rows } = await sql<Pick<Cellule, 'id'>>`
    insert into nominatif.cellules (contrat_id, genre, territoire_id, creee_par, creee_le)
    values (${contratId}, ${c.genre}, ${c.territoireId}, ${c.creeePar}, ${quand})
    on conflict (contrat_id, genre, territoire_id) do nothing
    returning id`.execute(db);
  return rows[0]?.id ?? null;
}
export async function setDurees(db: Db, contratId: number, id: string, d: Durees, par: string, quand: Date): Promise<void> {
  await sql`
    update nominatif.cellules set sans_suite_mois = ${d.sansSuiteMois}, suivi_mois = ${d.suiviMois}, apres_suivi_mois = ${d.apresSuiviMois},
      durees_par = ${par}, durees_le = ${quand}
    where contrat_id = ${contratId} and id = ${uuid(id)}`.execute(db);
}
/** What is there already ends no later than shorter durations say; longer ones lengthen nothing. */
export async function raccourcir(db: Db, contratId: number, id: string, d: Durees): Promise<void> {
  await sql`
    update nominatif.situations s set destruction_le = least(s.destruction_le, (case s.etat
        when 'suivie' then s.etat_le + make_interval(months => ${d.suiviMois}::int)
        when 'close' then case when s.suivie_le is null then s.creee_le + make_interval(months => ${d.sansSuiteMois}::int)
          else s.etat_le + make_interval(months => ${d.apresSuiviMois}::int) end
        else s.creee_le + make_interval(months => ${d.sansSuiteMois}::int) end)::date)
    where s.contrat_id = ${contratId} and s.cellule_id = ${uuid(id)}`.execute(db);
}
/** What closes the cell from now on: its first key, or the one that follows. */
export async function setCle(db: Db, contratId: number, id: string, o: Pick<Cellule, 'epoque' | 'controle'>): Promise<void> {
  await sql`
    update nominatif.cellules set epoque = ${o.epoque}, controle = ${o.controle}, rotation_due_le = null
    where contrat_id = ${contratId} and id = ${uuid(id)}`.execute(db);
}
export async function setParts(db: Db, contratId: number, id: string, epoque: number): Promise<void> {
  await sql`update nominatif.cellules set parts_epoque = ${epoque} where contrat_id = ${contratId} and id = ${uuid(id)}`.execute(db);
}

export async function listMembres(db: Db, contratId: number, celluleId: string): Promise<Membre[]> {
  const { rows } = await sql<Membre>`
    select * from nominatif.cellule_membres where contrat_id = ${contratId} and cellule_id = ${uuid(celluleId)} order by exclu_le nulls first, nom`.execute(db);
  return rows;
}
/** Seats that this account has not lost, in every cell. */
export async function listSieges(db: Db, contratId: number, compteId: string): Promise<Membre[]> {
  const { rows } = await sql<Membre>`
    select * from nominatif.cellule_membres where contrat_id = ${contratId} and compte_id = ${uuid(compteId)} and exclu_le is null`.execute(db);
  return rows;
}
export async function listSignatures(db: Db, contratId: number, celluleId: string): Promise<Signature[]> {
  const { rows } = await sql<Signature>`
    select s.* from nominatif.cellule_signatures s
    join nominatif.cellule_membres m on m.contrat_id = s.contrat_id and m.id = s.membre_id
    where s.contrat_id = ${contratId} and m.cellule_id = ${uuid(celluleId)}
    order by s.signee_le desc`.execute(db);
  return rows;
}
interface CompteTrouve extends Pick<Membre, 'nom' | 'organisationId'> {
  id: Membre['compteId'];
}
/** Whom an address names: an open account with a mandate as member of a cell; undefined else. */
export async function getCompteDeCellule(db: Db, courriel: string): Promise<CompteTrouve | undefined> {
  return (await sql<CompteTrouve>`select id, nom, organisation_id from compte_de_cellule(${courriel})`.execute(db)).rows[0];
}
/** Null when that person has a seat already. */
export async function addMembre(
  db: Db,
  contratId: number,
  m: Pick<Membre, 'celluleId' | 'compteId' | 'nom' | 'organisationId' | 'fonction' | 'debut' | 'fin'>,
): Promise<string | null> {
  const { rows } = await sql<Pick<Membre, 'id'>>`
    insert into nominatif.cellule_membres (contrat_id, cellule_id, compte_id, nom, organisation_id, fonction, debut, fin)
    values (${contratId}, ${m.celluleId}, ${m.compteId}, ${m.nom}, ${m.organisationId}, ${m.fonction}, ${m.debut}, ${m.fin})
    on conflict (contrat_id, cellule_id, compte_id) where exclu_le is null do nothing
    returning id`.execute(db);
  return rows[0]?.id ?? null;
}
/** Closes at once: the seat, its key, and the cell until its key is changed. False when it was closed already. */
export async function exclure(db: Db, contratId: number, m: Membre, motif: NonNullable<Membre['motif']>, quand: Date): Promise<boolean> {
  const { rows } = await sql<Pick<Membre, 'id'>>`
    update nominatif.cellule_membres set exclu_le = ${quand}, motif = ${motif}, boite = null, boite_epoque = null, sceau = null, enfermee = null,
      enfermee_prf = null, prf_cle = null,
      ancienne_publique = null, ancienne_enfermee = null, ancienne_boite = null
    where contrat_id = ${contratId} and id = ${m.id} and exclu_le is null
    returning id`.execute(db);
  if (m.boite ?? m.ancienneBoite) await changerBientot(db, contratId, m.celluleId, quand);
  await sql`delete from nominatif.situation_habilitations where contrat_id = ${contratId} and membre_id = ${m.id}`.execute(db);
  return rows.length > 0;
}
/** Nothing opens until the next phrase, which changes the key. */
async function changerBientot(db: Db, contratId: number, celluleId: string, quand: Date): Promise<void> {
  await sql`
    update nominatif.cellules set rotation_due_le = coalesce(rotation_due_le, ${quand}) where contrat_id = ${contratId} and id = ${uuid(celluleId)}`.execute(
    db,
  );
}
type Remise = Pick<Ligne<'nominatif.situationHabilitations'>, 'situationId' | 'membreId'>;
/** A situation that nobody active is named for any more goes to the active member who has been there longest; says which, and to whom. */
export async function remettre(db: Db, contratId: number, celluleId: string, aujourdhui: string, quand: Date): Promise<Remise[]> {
  const actif = sql`x.exclu_le is null and x.boite is not null and x.debut <= ${aujourdhui} and (x.fin is null or x.fin >= ${aujourdhui})`;
  const { rows } = await sql<Remise>`
    insert into nominatif.situation_habilitations (contrat_id, situation_id, membre_id, par_membre_id, le)
    select s.contrat_id, s.id, a.id, a.id, ${quand}
    from nominatif.situations s
    cross join lateral (
      select x.id from nominatif.cellule_membres x
      where x.contrat_id = s.contrat_id and x.cellule_id = s.cellule_id and ${actif}
      order by x.debut, x.id limit 1) as a
    where s.contrat_id = ${contratId} and s.cellule_id = ${uuid(celluleId)}
      and not exists (
        select from nominatif.situation_habilitations h
        join nominatif.cellule_membres x on x.contrat_id = h.contrat_id and x.id = h.membre_id and ${actif}
        where h.contrat_id = s.contrat_id and h.situation_id = s.id)
    on conflict do nothing
    returning situation_id, membre_id`.execute(db);
  return rows;
}
type Compte = Pick<Ligne<'nominatif.celluleMembres'>, 'compteId'>;
/** Those of these accounts that are open, with a mandate in force as member of a cell. */
export async function getActifs(db: Db, comptes: readonly string[]): Promise<Set<string>> {
  const { rows } = await sql<Compte>`select id as compte_id from comptes_de_cellule(${comptes}::uuid[])`.execute(db);
  return new Set(rows.map((r) => r.compteId));
}
/** Who may be told of something. */
export async function getOuverts(db: Db, comptes: readonly string[]): Promise<Set<string>> {
  const { rows } = await sql<Compte>`select id as compte_id from comptes_ouverts(${comptes}::uuid[])`.execute(db);
  return new Set(rows.map((r) => r.compteId));
}
/** These members give their key back; true when one had it. */
export async function reprendreBoites(db: Db, contratId: number, membres: readonly string[]): Promise<boolean> {
  const { rows } = await sql<Pick<Membre, 'id'>>`
    update nominatif.cellule_membres set boite = null, boite_epoque = null, sceau = null, enfermee = null, enfermee_prf = null, prf_cle = null,
      ancienne_publique = null,
      ancienne_enfermee = null, ancienne_boite = null
    where contrat_id = ${contratId} and id = any(${membres}::uuid[]) and (boite is not null or ancienne_boite is not null)
    returning id`.execute(db);
  return rows.length > 0;
}
export async function addSignature(db: Db, contratId: number, m: Membre, s: Pick<Signature, 'version' | 'empreinte'>, quand: Date): Promise<void> {
  await sql`
    insert into nominatif.cellule_signatures (contrat_id, membre_id, version, empreinte, organisation_id, fonction, signee_le)
    values (${contratId}, ${m.id}, ${s.version}, ${s.empreinte}, ${m.organisationId}, ${m.fonction}, ${quand})
    on conflict do nothing`.execute(db);
}
/** The pair that it replaces stays aside until the cell's key is passed again: the phrase that was lost may come back. */
export async function setPaire(db: Db, contratId: number, membreId: string, p: { publique: Uint8Array; enfermee: Uint8Array }): Promise<void> {
  await sql`
    update nominatif.cellule_membres set
      ancienne_publique = case when boite is null then ancienne_publique else publique end,
      ancienne_enfermee = case when boite is null then ancienne_enfermee else enfermee end,
      ancienne_boite = coalesce(boite, ancienne_boite),
      publique = ${Buffer.from(p.publique)}, enfermee = ${Buffer.from(p.enfermee)}, enfermee_prf = null, prf_cle = null, boite = null, boite_epoque = null, sceau = null
    where contrat_id = ${contratId} and id = ${uuid(membreId)}`.execute(db);
}
/** The same pair, closed again with the cell's key as the member now knows it: by the phrase, or by the passkey. */
export async function setEnfermee(db: Db, contratId: number, membreId: string, o: { enfermee: Buffer } | { enfermeePrf: Buffer }): Promise<void> {
  const colonne = 'enfermee' in o ? sql`enfermee = ${o.enfermee}` : sql`enfermee_prf = ${o.enfermeePrf}`;
  await sql`update nominatif.cellule_membres set ${colonne} where contrat_id = ${contratId} and id = ${uuid(membreId)}`.execute(db);
}
/** What passkeys are asked about for this seat; made once. */
export async function poserSel(db: Db, contratId: number, membreId: string, sel: Buffer): Promise<Buffer> {
  const { rows } = await sql<Pick<Membre, 'prfSel'>>`
    update nominatif.cellule_membres set prf_sel = coalesce(prf_sel, ${sel}) where contrat_id = ${contratId} and id = ${uuid(membreId)}
    returning prf_sel`.execute(db);
  return rows[0]?.prfSel ?? sel;
}
/** One passkey for a seat: another takes its place, null takes it away. */
export async function setPrf(db: Db, contratId: number, membreId: string, p: { enfermeePrf: Buffer; prfCle: string } | null): Promise<void> {
  await sql`
    update nominatif.cellule_membres set enfermee_prf = ${p?.enfermeePrf ?? null}, prf_cle = ${p?.prfCle ?? null}
    where contrat_id = ${contratId} and id = ${uuid(membreId)}`.execute(db);
}
/** The phrase that was lost came back: its pair again. */
export async function reprendrePaire(db: Db, contratId: number, membreId: string): Promise<void> {
  await sql`
    update nominatif.cellule_membres set publique = ancienne_publique, enfermee = ancienne_enfermee, enfermee_prf = null, prf_cle = null
    where contrat_id = ${contratId} and id = ${uuid(membreId)} and ancienne_boite is not null`.execute(db);
}
export async function setBoites(
  db: Db,
  contratId: number,
  boites: readonly { membreId: string; boite: Buffer; sceau: Buffer }[],
  epoque: number,
): Promise<void> {
  await sql`
    update nominatif.cellule_membres m set boite = v.boite, sceau = v.sceau, boite_epoque = ${epoque}, ancienne_publique = null, ancienne_enfermee = null,
      ancienne_boite = null
    from unnest(${boites.map((b) => b.membreId)}::uuid[], ${boites.map((b) => b.boite)}::bytea[], ${boites.map((b) => b.sceau)}::bytea[])
      as v (id, boite, sceau)
    where m.contrat_id = ${contratId} and m.id = v.id and m.exclu_le is null`.execute(db);
}

export type Compteur = Ligne<'nominatif.celluleCompteurs'>['quoi'];
/** One more, in the month of that day: counters are written with what they count, so that nothing is needed from it later. */
export async function compter(db: Db, contratId: number, celluleId: string, quoi: Compteur, jour: string): Promise<void> {
  await sql`
    insert into nominatif.cellule_compteurs (contrat_id, cellule_id, mois, quoi, nombre)
    values (${contratId}, ${celluleId}, ${jour.slice(0, 7)}, ${quoi}, 1)
    on conflict (contrat_id, cellule_id, mois, quoi) do update set nombre = nominatif.cellule_compteurs.nombre + 1`.execute(db);
}
type Annuel = Pick<Ligne<'nominatif.celluleCompteurs'>, 'quoi' | 'nombre'> & { annee: string };
export async function listCompteurs(db: Db, contratId: number, celluleId: string): Promise<Annuel[]> {
  const { rows } = await sql<Annuel>`
    select left(mois, 4) as annee, quoi, sum(nombre)::int as nombre from nominatif.cellule_compteurs
    where contrat_id = ${contratId} and cellule_id = ${uuid(celluleId)}
    group by 1, 2 order by 1 desc, 2`.execute(db);
  return rows;
}

export async function countSituations(db: Db, contratId: number, celluleId: string): Promise<number> {
  const { rows } = await sql<Pick<Ligne<'nominatif.celluleCompteurs'>, 'nombre'>>`
    select count(*)::int as nombre from nominatif.situations where contrat_id = ${contratId} and cellule_id = ${uuid(celluleId)}`.execute(db);
  return rows[0]?.nombre ?? 0;
}
