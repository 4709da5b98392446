/** A packet of reports on its way to the base. */
import { type RawBuilder, sql } from 'kysely';
import type { Db, Ligne } from '../../../core/base/database.ts';
import { enJson } from '../../../core/couper.ts';
import type { Couverture, Portee } from './couverture.rules.ts';

const CANAL = 'dmr';

/** What many reports say in the same words: written once in a packet. */
interface Forme {
  type: string;
  sousType: string;
  service: string;
  perimetre: string;
  theme: string;
  territoire: string;
}
export interface Paquet {
  ids: string[];
  jours: string[];
  /** The forms met, by their words, in order from 1; and that of each report. */
  formes: Map<string, { rang: number; forme: Forme }>;
  rangs: number[];
  adresses: (string | null)[];
  lons: (number | null)[];
  lats: (number | null)[];
  /** Where each stands for who publishes them; null where the file does not say. */
  etats: (string | null)[];
}
export const paquetVide = (): Paquet => ({ ids: [], jours: [], formes: new Map(), rangs: [], adresses: [], lons: [], lats: [], etats: [] });

/** Between two values of one column: no export holds it, and a file that did would lose only that character. */
const ENTRE = '\u0001';
const colonne = (valeurs: readonly (string | number | null)[]): string =>
  valeurs.map((v) => (typeof v === 'string' ? v.replaceAll(ENTRE, '') : (v ?? ''))).join(ENTRE);
/**
 * A column of the packet in one text, which PostgreSQL takes apart: far less work on this side than an array of quoted values. Nothing is null: an
 * empty text that stands alone too is read as no value at all.
 */
const tableauSql = (valeurs: readonly (string | number | null)[]) => sql`string_to_array(${colonne(valeurs)}, ${ENTRE}, '')`;

/** What is known of a file while it is written. */
export interface Ecriture {
  contratId: number;
  lot: string;
  /** One of its reports was there already: others may be. */
  connus: boolean;
}

/** From here to its line in `signalement_lots`, which must come before the commit, its reports are added without being counted by place: that line counts them all. */
export const ouvrirLot = (tx: Db, contratId: number, lot: string): Promise<unknown> =>
  sql`insert into signalement_lots_ouverts (contrat_id, lot_id) values (${contratId}, ${lot}::uuid)`.execute(tx);

export interface Lot
  extends Couverture,
    Pick<Ligne<'signalementLots'>, 'id' | 'fichier' | 'lus' | 'nouveaux' | 'connus' | 'avertis' | 'rejetes' | 'importePar'> {
  portee: Portee;
  motifs: readonly unknown[];
}
export const addLot = (tx: Db, contratId: number, l: Lot): Promise<unknown> =>
  sql`
    insert into signalement_lots (contrat_id, id, source, canal, fichier, lus, nouveaux, connus, avertis, rejetes, motifs, importe_par, portee, couvre, derniers)
    values (${contratId}, ${l.id}, 'dans-ma-rue', ${CANAL}, ${l.fichier}, ${l.lus}, ${l.nouveaux}, ${l.connus}, ${l.avertis}, ${l.rejetes},
      ${enJson(l.motifs)}::jsonb, ${l.importePar}, ${l.portee},
      (select coalesce(range_agg(daterange(e.du, e.au, '[]')), '{}') from jsonb_to_recordset(${enJson(l.couvre)}::jsonb) as e (du date, au date)),
      (select coalesce(range_agg(daterange(d, d, '[]')), '{}') from unnest(${l.derniers}::date[]) as d))`.execute(tx);

/** A packet in the words of PostgreSQL: written out while the one before it is under way. */
export interface Versement {
  paquet: Paquet;
  /** Its reports, as rows to insert. */
  rangees: RawBuilder<unknown>;
}
export function preparerVersement(e: Ecriture, p: Paquet): Versement {
  const formes = [...p.formes.values()].map((f) => f.forme);
  const de = (cle: keyof Forme) => tableauSql(formes.map((f) => f[cle]));
  const rangees = sql`
    select ${e.contratId}, ${CANAL}, ${e.lot}::uuid, v.id, v.jour, f.type, coalesce(f.sous_type, ''), f.service, f.perimetre, f.theme,
      f.territoire, v.adresse, v.lon, v.lat
    from unnest(${tableauSql(p.ids)}, ${tableauSql(p.jours)}::date[], ${tableauSql(p.rangs)}::bigint[], ${tableauSql(p.adresses)},
      ${tableauSql(p.lons)}::real[], ${tableauSql(p.lats)}::real[]) as v (id, jour, rang, adresse, lon, lat)
    join unnest(${de('type')}, ${de('sousType')}, ${de('service')}, ${de('perimetre')}, ${de('theme')}, ${de('territoire')})
      with ordinality as f (type, sous_type, service, perimetre, theme, territoire, rang) using (rang)`;
  return { paquet: p, rangees };
}

/**
 * Adds the reports that are not known yet; returns how many. Asking of each row whether it is known costs nearly as much as adding it: until a
 * file says something known, packets are added as new ones, and the first that is not is taken back and asked about, as all that follow.
 */
export async function addSignalements(tx: Db, e: Ecriture, v: Versement): Promise<number> {
  const n = (e.connus ? null : await addCommeNouveaux(tx, e, v)) ?? (await ajouter(tx, v, sql`on conflict (contrat_id, canal, id_externe) do nothing`));
  if (v.paquet.etats.some((x) => x !== null)) await addEtats(tx, e.contratId, e.lot, v.paquet);
  return n;
}

/** Null when one of them is known: none of them is then added. */
async function addCommeNouveaux(tx: Db, e: Ecriture, v: Versement): Promise<number | null> {
  // The three leave together: where the second fails, so does the third.
  const partis = [sql`savepoint paquet`.execute(tx), ajouter(tx, v, sql``), sql`release savepoint paquet`.execute(tx)] as const;
  await Promise.allSettled(partis);
  try {
    return await partis[1];
  } catch (erreur) {
    if ((erreur as { code?: string }).code !== DEJA_LA) throw erreur;
    await sql`rollback to savepoint paquet`.execute(tx);
    e.connus = true;
    return null;
  }
}
/** unique_violation */
const DEJA_LA = '23505';

async function ajouter(tx: Db, v: Versement, sinon: RawBuilder<unknown>): Promise<number> {
  const r = await sql`
    insert into signalements (contrat_id, canal, lot_id, id_externe, jour, type, sous_type, service, perimetre, theme,
      territoire_id, adresse, lon, lat)
    ${v.rangees}
    ${sinon}`.execute(tx);
  return Number(r.numAffectedRows ?? 0);
}

/** Those that changed since the last file that said one, of known reports too. */
const addEtats = (tx: Db, contratId: number, lot: string, p: Paquet): Promise<unknown> =>
  sql`
    insert into signalement_etats (contrat_id, signalement_id, etat, lot_id, lu_le)
    select distinct on (s.id) ${contratId}, s.id, v.etat, ${lot}::uuid, statement_timestamp()
    from unnest(${tableauSql(p.ids)}, ${tableauSql(p.etats)}) as v (id_externe, etat)
    join signalements s on s.contrat_id = ${contratId} and s.canal = ${CANAL} and s.id_externe = v.id_externe
    where v.etat is not null and v.etat is distinct from (
      select e.etat from signalement_etats e where e.contrat_id = ${contratId} and e.signalement_id = s.id order by e.lu_le desc limit 1)
    order by s.id`.execute(tx);
