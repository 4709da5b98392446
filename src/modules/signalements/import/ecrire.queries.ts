/** A packet of reports on its way to the base. */
import { type RawBuilder, sql } from 'kysely';
import type { Db } from '../../../core/base/database.ts';

const CANAL = 'dmr';

export interface Paquet {
  ids: string[];
  jours: string[];
  types: string[];
  sousTypes: string[];
  services: string[];
  perimetres: string[];
  themes: string[];
  territoires: string[];
  adresses: (string | null)[];
  lons: (number | null)[];
  lats: (number | null)[];
  /** Where each stands for who publishes them; null where the file does not say. */
  etats: (string | null)[];
}
export const paquetVide = (): Paquet => ({
  ids: [],
  jours: [],
  types: [],
  sousTypes: [],
  services: [],
  perimetres: [],
  themes: [],
  territoires: [],
  adresses: [],
  lons: [],
  lats: [],
  etats: [],
});

/** Between two values of one column: no export holds it, and a file that did would lose only that character. */
const ENTRE = '\u0001';
const colonne = (valeurs: readonly (string | number | null)[]): string =>
  valeurs.map((v) => (typeof v === 'string' ? v.replaceAll(ENTRE, '') : (v ?? ''))).join(ENTRE);
/** A column of the packet in one text, which PostgreSQL takes apart: far less work on this side than an array of quoted values. `vides`: nulls. */
const tableauSql = (p: Paquet, valeurs: readonly (string | number | null)[], vides = false) =>
  // The last separator keeps a column of one empty value from being read as an empty column.
  sql`(string_to_array(${colonne(valeurs) + ENTRE}, ${ENTRE}${vides ? sql`, ''` : sql``}))[1:${p.ids.length}::int]`;

/** What is known of a file while it is written. */
export interface Ecriture {
  contratId: number;
  lot: string;
  /** One of its reports was there already: others may be. */
  connus: boolean;
}

/**
 * Adds the reports that are not known yet; returns how many. Asking of each row whether it is known costs nearly as much as adding it: until a
 * file says something known, packets are added as new ones, and the first that is not is taken back and asked about, as all that follow.
 */
export async function addSignalements(tx: Db, e: Ecriture, p: Paquet): Promise<number> {
  const n = (e.connus ? null : await addCommeNouveaux(tx, e, p)) ?? (await ajouter(tx, e, p, sql`on conflict (contrat_id, canal, id_externe) do nothing`));
  if (p.etats.some((x) => x !== null)) await addEtats(tx, e.contratId, e.lot, p);
  return n;
}

/** Null when one of them is known: none of them is then added. */
async function addCommeNouveaux(tx: Db, e: Ecriture, p: Paquet): Promise<number | null> {
  await sql`savepoint paquet`.execute(tx);
  try {
    const n = await ajouter(tx, e, p, sql``);
    await sql`release savepoint paquet`.execute(tx);
    return n;
  } catch (erreur) {
    if ((erreur as { code?: string }).code !== DEJA_LA) throw erreur;
    await sql`rollback to savepoint paquet`.execute(tx);
    e.connus = true;
    return null;
  }
}
/** unique_violation */
const DEJA_LA = '23505';

async function ajouter(tx: Db, e: Ecriture, p: Paquet, sinon: RawBuilder<unknown>): Promise<number> {
  const r = await sql`
    insert into signalements (contrat_id, canal, lot_id, id_externe, jour, type, sous_type, service, perimetre, theme,
      territoire_id, adresse, lon, lat)
    select ${e.contratId}, ${CANAL}, ${e.lot}::uuid, v.*
    from unnest(${tableauSql(p, p.ids)}, ${tableauSql(p, p.jours)}::date[], ${tableauSql(p, p.types)}, ${tableauSql(p, p.sousTypes)},
      ${tableauSql(p, p.services)}, ${tableauSql(p, p.perimetres)}, ${tableauSql(p, p.themes)}, ${tableauSql(p, p.territoires)},
      ${tableauSql(p, p.adresses, true)}, ${tableauSql(p, p.lons, true)}::real[], ${tableauSql(p, p.lats, true)}::real[]) as v
    ${sinon}`.execute(tx);
  return Number(r.numAffectedRows ?? 0);
}

/** Those that changed since the last file that said one, of known reports too. */
const addEtats = (tx: Db, contratId: number, lot: string, p: Paquet): Promise<unknown> =>
  sql`
    insert into signalement_etats (contrat_id, signalement_id, etat, lot_id, lu_le)
    select distinct on (s.id) ${contratId}, s.id, v.etat, ${lot}::uuid, statement_timestamp()
    from unnest(${tableauSql(p, p.ids)}, ${tableauSql(p, p.etats, true)}) as v (id_externe, etat)
    join signalements s on s.contrat_id = ${contratId} and s.canal = ${CANAL} and s.id_externe = v.id_externe
    where v.etat is not null and v.etat is distinct from (
      select e.etat from signalement_etats e where e.contrat_id = ${contratId} and e.signalement_id = s.id order by e.lu_le desc limit 1)
    order by s.id`.execute(tx);
