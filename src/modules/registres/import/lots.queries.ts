/** Batches: prepared rows, publication and undoing, all set-based so that a large file is a handful of statements. */
import { sql } from 'kysely';
import type { Db, Ligne } from '../../../core/base/database.ts';
import type { Auteur, Lot } from '../activite.ts';
import type { Registres } from '../registres.contexte.ts';
import type { ErreurDeCellule } from './colonnes.rules.ts';
import type { Entete } from './entetes.rules.ts';
import { uuid } from '../../../core/base/id.ts';
import { enJson } from '../../../core/couper.ts';

export interface Ou {
  contratId: number;
  registre: string;
}

const COLONNES = sql`id, registre, fichier, empreinte, etat, lues, nouvelles, corrigees, connues, en_erreur as "enErreur", remarques,
  cree_par as "creePar", auteur, cree_le as "creeLe", publie_par as "publiePar", publie_le as "publieLe", annule_par as "annulePar",
  annule_le as "annuleLe", retablies, gardees, feuille, feuilles, classeur is not null as relisible, entetes, constantes, encodage, separateur,
  ligne_titres as "ligneTitres", a_apparier as "aApparier", colonnes_de as "colonnesDe"`;

export interface NouveauLot {
  fichier: string;
  empreinte: string;
  auteur: Auteur;
  quand: Date;
  feuille: string | null;
  feuilles: readonly string[];
  encodage: string | null;
  separateur: string | null;
}
export async function createLot(tx: Db, ou: Ou, l: NouveauLot): Promise<string> {
  const { rows } = await sql<{ id: string }>`
    insert into lots (contrat_id, registre, fichier, empreinte, cree_par, auteur, cree_le, feuille, feuilles, encodage, separateur)
    values (${ou.contratId}, ${ou.registre}, ${l.fichier}, ${l.empreinte}, ${l.auteur.id}::uuid, ${l.auteur.nom}, ${l.quand}, ${l.feuille},
      ${enJson(l.feuilles)}::jsonb, ${l.encodage}, ${l.separateur})
    returning id`.execute(tx);
  return rows[0]?.id ?? '';
}

export async function getLot(db: Db, ou: Ou, id: string, verrou = false): Promise<Lot | null> {
  const { rows } = await sql<Lot>`
    select ${COLONNES} from lots
    where contrat_id = ${ou.contratId} and registre = ${ou.registre} and id = ${uuid(id)}
    ${verrou ? sql`for update` : sql``}`.execute(db);
  return rows[0] ?? null;
}

/** The latest first; `parId` only those, `de` only those of that account. */
export async function listLots(db: Db, ou: Ou, o: { limite: number; parId?: readonly string[]; de?: string | null }): Promise<Lot[]> {
  const { rows } = await sql<Lot>`
    select ${COLONNES} from lots
    where contrat_id = ${ou.contratId} and registre = ${ou.registre} ${o.parId ? sql`and id = any(${[...o.parId]}::uuid[])` : sql``}
      ${o.de ? sql`and cree_par = ${uuid(o.de)}` : sql``}
    order by cree_le desc limit ${o.limite}`.execute(db);
  return rows;
}

/** The batch by which this very file was published, if it still stands. */
export async function getLotPublie(db: Db, ou: Ou, empreinte: string): Promise<Lot | null> {
  const { rows } = await sql<Lot>`
    select ${COLONNES} from lots
    where contrat_id = ${ou.contratId} and registre = ${ou.registre} and empreinte = ${empreinte} and etat = 'publie'
    order by publie_le desc limit 1`.execute(db);
  return rows[0] ?? null;
}

/** What the headings came to: known once the first row is read. */
export interface Lecture {
  entetes: readonly Entete[];
  constantes: Readonly<Record<string, string>>;
  ligneTitres: number | null;
  aApparier: boolean;
  colonnesDe: Lot['colonnesDe'];
}
export async function saveLecture(tx: Db, ou: Ou, lotId: string, l: Lecture): Promise<void> {
  await sql`
    update lots set entetes = ${enJson(l.entetes)}::jsonb, constantes = ${enJson(l.constantes)}::jsonb, ligne_titres = ${l.ligneTitres},
      a_apparier = ${l.aApparier}, colonnes_de = nullif(${enJson(l.colonnesDe)}::jsonb, 'null')
    where contrat_id = ${ou.contratId} and registre = ${ou.registre} and id = ${lotId}::uuid`.execute(tx);
}

/** Compares readable rows (all, or these) with the records that have their identifiers: new, changed or already known. Locks those records. */
export async function comparerLot(tx: Db, ou: Ou, lotId: string, numeros: readonly number[] | null = null): Promise<void> {
  const celles = numeros ? sql`and l.numero = any(${[...numeros]}::int[])` : sql``;
  const ici = sql`l.contrat_id = ${ou.contratId} and l.lot_id = ${lotId}::uuid and l.etat <> 'erreur' ${celles}`;
  const comparer = async () => {
    await sql`
      update lot_lignes l set etat = 'nouvelle', activite_id = null, version = null
      where ${ici} and (l.etat <> 'nouvelle' or l.activite_id is not null)`.execute(tx);
    await sql`
      with presentes as (
        select l.numero, a.id, a.version, a.statut, activite_contenu(a) as contenu
        from lot_lignes l
        join activites a on a.contrat_id = l.contrat_id and a.registre = ${ou.registre} and a.id_externe = l.id_externe
        where ${ici}
        order by a.id
        for update of a
      )
      update lot_lignes l
      set activite_id = p.id, version = p.version, etat = case when p.contenu = ${SANS_ETAPE} || l.contenu and p.statut = 'publie' then 'connue' else 'corrigee' end
      from presentes p
      where ${ici} and l.numero = p.numero`.execute(tx);
  };
  await (numeros && numeros.length <= PEU ? comparer() : enBloc(tx, comparer));
}

/** A batch prepared before stages existed says nothing of them. */
const SANS_ETAPE = sql.raw(`'{"etape": "realisee", "annulation": null}'::jsonb`);
const PEU = 100;
/**
 * Nothing is known yet of rows that this transaction has just written: taken for a handful, thousands of them would be looked for one by
 * one, each among all the others. Joins are made by the whole here.
 */
export async function enBloc<T>(tx: Db, faire: () => Promise<T>): Promise<T> {
  await sql`set local enable_nestloop = off`.execute(tx);
  const fait = await faire();
  await sql`set local enable_nestloop = on`.execute(tx);
  return fait;
}

/** What is planned, or was, among the records of a batch. */
async function accorderLot(tx: Db, r: Registres, contratId: number, lotId: string): Promise<void> {
  const { rows } = await sql<Pick<Ligne<'activites'>, 'id'>>`
    select id from activites where contrat_id = ${contratId} and lot_id = ${lotId}::uuid and (etape <> 'realisee' or dite_le is not null)
    union
    select activite_id from activite_versions
    where contrat_id = ${contratId} and contenu ->> 'etape' = 'programmee'
      and activite_id in (select id from activites where contrat_id = ${contratId} and lot_id = ${lotId}::uuid and version > 1)`.execute(tx);
  await r.accorderEtapes(
    tx,
    contratId,
    rows.map((x) => x.id),
  );
}

/** What the right on each row depends on: the record that it changes, and what it would make of it. */
interface PorteeDeLigne {
  organisation_id: string;
  territoire_id: string;
  fiches: string[];
}
const PORTEES = (ou: Ou, lotId: string) => sql`
  select l.numero, a.organisation_id, a.territoire_id, a.fiches
  from lot_lignes l
  join activites a on a.contrat_id = l.contrat_id and a.id = l.activite_id
  where l.contrat_id = ${ou.contratId} and l.lot_id = ${lotId}::uuid and l.etat = 'corrigee'
  union all
  select l.numero, k.organisation_id, k.territoire_id, k.fiches
  from lot_lignes l cross join lateral jsonb_to_record(l.contenu) as k (organisation_id text, territoire_id text, fiches text[])
  where l.contrat_id = ${ou.contratId} and l.lot_id = ${lotId}::uuid and l.etat in ('nouvelle', 'corrigee')`;

/** Under the names that records carry, as in their forms and files. */
const PORTEE = sql`jsonb_build_object('organisation_id', p.organisation_id, 'territoire_id', p.territoire_id, 'fiches', p.fiches)`;

/** Whose records the batch would write: the policy decides on each. */
export async function listPorteesTouchees(tx: Db, ou: Ou, lotId: string): Promise<PorteeDeLigne[]> {
  const { rows } = await sql<{ portee: PorteeDeLigne }>`select distinct ${PORTEE} as portee from (${PORTEES(ou, lotId)}) p`.execute(tx);
  return rows.map((r) => r.portee);
}

/** The same for what undoing it would change. */
export async function listPorteesPubliees(tx: Db, ou: Ou, lotId: string): Promise<PorteeDeLigne[]> {
  const { rows } = await sql<{ portee: PorteeDeLigne }>`
    select distinct ${PORTEE} as portee from activites p
    where p.contrat_id = ${ou.contratId} and p.registre = ${ou.registre} and p.lot_id = ${lotId}::uuid`.execute(tx);
  return rows.map((r) => r.portee);
}

/** Rows that would write outside of the person's right become errors. */
export async function refuserPortees(tx: Db, ou: Ou, lotId: string, portees: readonly PorteeDeLigne[], erreur: ErreurDeCellule): Promise<void> {
  if (portees.length === 0) return;
  await sql`
    update lot_lignes l
    set etat = 'erreur', erreurs = ${enJson([erreur])}::jsonb
    where l.contrat_id = ${ou.contratId} and l.lot_id = ${lotId}::uuid
      and l.numero in (
        select q.numero from (${PORTEES(ou, lotId)}) q
        join jsonb_to_recordset(${enJson(portees)}::jsonb) as p (organisation_id text, territoire_id text, fiches text[])
          on q.organisation_id = p.organisation_id and q.territoire_id = p.territoire_id and q.fiches = p.fiches)`.execute(tx);
}

/** Counts the rows by state into the batch. */
export async function compterLot(tx: Db, ou: Ou, lotId: string, remarques: readonly string[]): Promise<void> {
  await sql`
    update lots t
    set lues = n.lues, nouvelles = n.nouvelles, corrigees = n.corrigees, connues = n.connues, en_erreur = n.erreurs,
      remarques = ${enJson(remarques)}::jsonb
    from (
      select count(*)::int as lues,
        (count(*) filter (where etat = 'nouvelle'))::int as nouvelles,
        (count(*) filter (where etat = 'corrigee'))::int as corrigees,
        (count(*) filter (where etat = 'connue'))::int as connues,
        (count(*) filter (where etat = 'erreur'))::int as erreurs
      from lot_lignes where contrat_id = ${ou.contratId} and lot_id = ${lotId}::uuid
    ) n
    where t.contrat_id = ${ou.contratId} and t.id = ${lotId}::uuid`.execute(tx);
}

const CHAMPS = sql`jour, fin, titre, territoire_id, adresse, lon, lat, organisation_id, commentaire, fiches, lignes, donnees,
      etape, annulation`;
const LU = sql`as k (jour date, fin date, titre text, territoire_id text, adresse text, lon float8, lat float8,
      organisation_id text, commentaire text, fiches text[], lignes text[], donnees jsonb, etape text, annulation text)`;
const VALEURS = sql.raw(`k.jour, k.fin, k.titre, k.territoire_id, k.adresse, k.lon, k.lat, k.organisation_id, k.commentaire, k.fiches, k.lignes, k.donnees,
      coalesce(k.etape, 'realisee'), k.annulation`);

/** Publishes new and changed rows; the batch is locked and compared just before. Figures move once for the whole batch. */
export async function publierLot(
  tx: Db,
  r: Registres,
  ou: Ou,
  lotId: string,
  m: { auteur: Auteur; quand: Date; acte: 'import' | 'demonstration'; motif: string },
): Promise<void> {
  const { rows: changees } = await sql<{ id: string }>`
    select activite_id as id from lot_lignes
    where contrat_id = ${ou.contratId} and lot_id = ${lotId}::uuid and etat = 'corrigee'`.execute(tx);
  const retranches = await r.appliquerFaits(tx, ou.contratId, ou.registre, { ids: changees.map((x) => x.id) }, -1);
  await enBloc(tx, async () => {
    await sql`
      update activites a
      set (${CHAMPS}) = (${VALEURS}),
        dite_le = case when k.etape = 'programmee' then null when a.etape = 'programmee' then ${m.quand}::timestamptz else a.dite_le end,
        statut = 'publie', version = a.version + 1, acte = ${m.acte}, motif = ${m.motif}, auteur_id = ${m.auteur.id}::uuid,
        auteur = ${m.auteur.nom}, modifie_le = ${m.quand}, lot_id = l.lot_id, lot_version = a.version + 1
      from lot_lignes l cross join lateral jsonb_to_record(l.contenu) ${LU}
      where l.contrat_id = ${ou.contratId} and l.lot_id = ${lotId}::uuid and l.etat = 'corrigee'
        and a.contrat_id = l.contrat_id and a.id = l.activite_id`.execute(tx);
    await sql`
      with creees as (
        insert into activites (contrat_id, registre, id, ${CHAMPS}, id_externe, acte, motif, auteur_id, auteur, modifie_le, cree_le, lot_id, lot_version)
        select l.contrat_id, ${ou.registre}, gen_random_uuid(), ${VALEURS},
          l.id_externe, ${m.acte}, ${m.motif}, ${m.auteur.id}::uuid, ${m.auteur.nom}, ${m.quand}::timestamptz, ${m.quand}::timestamptz, l.lot_id, 1
        from lot_lignes l cross join lateral jsonb_to_record(l.contenu) ${LU}
        where l.contrat_id = ${ou.contratId} and l.lot_id = ${lotId}::uuid and l.etat = 'nouvelle'
        order by l.numero
        returning id, id_externe
      )
      update lot_lignes l set activite_id = c.id, version = 1
      from creees c
      where l.contrat_id = ${ou.contratId} and l.lot_id = ${lotId}::uuid and l.id_externe = c.id_externe`.execute(tx);
  });
  await sql`
    update lots set etat = 'publie', publie_par = ${m.auteur.nom}, publie_le = ${m.quand}
    where contrat_id = ${ou.contratId} and id = ${lotId}::uuid`.execute(tx);
  const ajoutes = await r.appliquerFaits(tx, ou.contratId, ou.registre, { lot: lotId }, 1);
  await r.noterMouvements(tx, ou.contratId, mouvementsDuLot(ou, lotId, 'publie'), [...retranches, ...ajoutes]);
  await accorderLot(tx, r, ou.contratId, lotId);
  // So many rows at once change what a table is made of.
  await sql`
    select actualiser_statistiques() from (
      select count(*) as n from lot_lignes where contrat_id = ${ou.contratId} and lot_id = ${lotId}::uuid) as t where n >= 2000`.execute(tx);
}
/** Under which the figures that a batch moved are kept: once when it is published, once when it is undone. */
export const mouvementsDuLot = (ou: Pick<Ou, 'registre'>, lotId: string, etat: 'publie' | 'annule') => ({
  chemin: `/registres/${ou.registre}/imports/${lotId}`,
  version: etat === 'publie' ? 1 : 2,
});

/**
 * Undoes a published batch: new records are withdrawn, changed ones get back the version before. A record corrected since
 * is left alone and counted in `gardees`.
 */
export async function annulerLot(
  tx: Db,
  r: Registres,
  ou: Ou,
  lotId: string,
  m: { auteur: Auteur; quand: Date; motif: string },
): Promise<{ retablies: number; gardees: number }> {
  const { rows } = await sql<{ id: string; intacte: boolean }>`
    select id, version = lot_version as intacte
    from activites
    where contrat_id = ${ou.contratId} and lot_id = ${lotId}::uuid
    order by id
    for update`.execute(tx);
  const ids = rows.filter((x) => x.intacte).map((x) => x.id);
  const retranches = await r.appliquerFaits(tx, ou.contratId, ou.registre, { ids }, -1);
  await sql`
    update activites a
    set statut = 'retire', version = a.version + 1, acte = 'annulation', motif = ${m.motif}, auteur_id = ${m.auteur.id}::uuid,
      auteur = ${m.auteur.nom}, modifie_le = ${m.quand}
    where a.contrat_id = ${ou.contratId} and a.id = any(${ids}::uuid[]) and a.lot_version = 1`.execute(tx);
  await sql`
    update activites a
    set (${CHAMPS}) = (${VALEURS}),
      statut = v.statut, version = a.version + 1, acte = 'annulation', motif = ${m.motif}, auteur_id = ${m.auteur.id}::uuid,
      auteur = ${m.auteur.nom}, modifie_le = ${m.quand}, lot_id = v.lot_id, lot_version = v.lot_version
    from activite_versions v cross join lateral jsonb_to_record(v.contenu) ${LU}
    where a.contrat_id = ${ou.contratId} and a.id = any(${ids}::uuid[]) and a.lot_version > 1
      and v.contrat_id = a.contrat_id and v.activite_id = a.id and v.version = a.version - 1`.execute(tx);
  const rendus = await r.appliquerFaits(tx, ou.contratId, ou.registre, { ids }, 1);
  await r.noterMouvements(tx, ou.contratId, mouvementsDuLot(ou, lotId, 'annule'), [...retranches, ...rendus]);
  await accorderLot(tx, r, ou.contratId, lotId);
  const compte = { retablies: ids.length, gardees: rows.length - ids.length };
  await sql`
    update lots set etat = 'annule', annule_par = ${m.auteur.nom}, annule_le = ${m.quand}, retablies = ${compte.retablies}, gardees = ${compte.gardees}
    where contrat_id = ${ou.contratId} and id = ${lotId}::uuid`.execute(tx);
  return compte;
}
