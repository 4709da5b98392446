/** Numbers far from what the same organisation usually records, above or under: one zero too many or too few, told to whoever writes them. */
import { type RawBuilder, sql } from 'kysely';
import { LRUCache } from 'lru-cache';
import { avantDeCommencer, type Db, estEnTransaction, type Ligne } from '../../core/base/database.ts';
import { requete } from '../../core/base/requete.ts';
import type { ErreurDeChamp } from '../../core/errors.ts';
import type { DefinitionRegistre } from './definition.ts';
import { champDe, type Contenu } from './registres.rules.ts';
import { nombreEcrit } from './valeurs.rules.ts';
import { enJson } from '../../core/couper.ts';

/** Fewer records make no habit; under this, ten times more is chance; more warnings would be read by nobody. */
const ASSEZ = 5;
const PETIT = 20;
const DITES_AU_PLUS = 2_000;
/** The latest records make the habit: what a save asks does not grow with what was saved before. */
const RECENTS = 40;

interface Ou {
  contratId: number;
  registre: string;
}
interface Ecart extends Pick<Ligne<'lotLignes'>, 'numero'> {
  code: string;
  valeur: number;
  usuelle: number;
}

interface Habitude extends Pick<Ecart, 'code' | 'usuelle'> {
  basse: number;
  haute: number;
  vus: number;
}

const nombresDe = (d: DefinitionRegistre): string[] => d.champs.filter((c) => c.type === 'nombre').map((c) => c.code);

/**
 * Ten times the middle value of what the organisation recorded lately, and above all of it; or a tenth, and under it all. `ecrites`: rows of
 * (numero, organisation, code, valeur). `sauf`: a record that is being corrected is no habit of its own.
 */
interface Donne {
  contratId: number;
  registre: string;
  sauf: string | null;
  nombres: readonly string[];
}
type Ecrit<V> = { readonly [K in keyof V]: RawBuilder<V[K]> | V[K] };
/** For each of these organisations, what it usually writes under each code; `vus`: how many records that is. */
const habitudesSql = (ou: Ecrit<Donne>, organisations: RawBuilder<unknown>): RawBuilder<Habitude> => sql`
      select o.organisation, v.key as code, min((v.value #>> '{}')::float8) as basse, max((v.value #>> '{}')::float8) as haute,
        percentile_disc(0.5) within group (order by (v.value #>> '{}')::float8) as usuelle, max(r.rang)::int as vus
      from (${organisations}) as o (organisation)
      cross join lateral (
        select a.donnees, row_number() over (order by a.modifie_le desc) as rang from activites a
        where a.contrat_id = ${ou.contratId} and a.registre = ${ou.registre} and a.organisation_id = o.organisation
          and a.statut = 'publie' and a.etape = 'realisee' and a.id is distinct from ${ou.sauf}::uuid
        order by a.modifie_le desc limit ${RECENTS}
      ) as r
      cross join lateral jsonb_each(r.donnees) v
      where jsonb_typeof(v.value) = 'number' and array_position(${ou.nombres}::text[], v.key) is not null
      group by 1, 2
      having count(*) >= ${ASSEZ}`;
const ecartsSql = (ou: Ecrit<Donne>, ecrites: RawBuilder<unknown>): RawBuilder<Ecart> => sql`
    with ecrites as (${ecrites}),
    habitudes as (${habitudesSql(ou, sql`select distinct organisation from ecrites`)})
    select e.numero, e.code, e.valeur, h.usuelle
    from ecrites e join habitudes h using (organisation, code)
    where (e.valeur >= ${PETIT} and e.valeur >= 10 * h.usuelle and e.valeur > h.haute)
      or (h.usuelle >= ${PETIT} and 10 * e.valeur <= h.usuelle and e.valeur < h.basse)
    order by e.numero limit ${DITES_AU_PLUS}`;
const habitudesDUn = requete<Habitude, Donne & { organisation: string }>((v) => habitudesSql(v, sql`values (${v.organisation}::text)`));

/** Adds its warnings to the rows of a batch; to some of them only, when they have just been mended. */
export async function avertirDesEcarts(tx: Db, ou: Ou, d: DefinitionRegistre, lotId: string, numeros: readonly number[] | null = null): Promise<void> {
  const nombres = nombresDe(d);
  if (nombres.length === 0) return;
  const { rows: ecarts } = await ecartsSql(
    { ...ou, sauf: null, nombres },
    sql`
      select l.numero, l.contenu ->> 'organisation_id' as organisation, v.key as code, (v.value #>> '{}')::float8 as valeur
      from lot_lignes l cross join lateral jsonb_each(l.contenu -> 'donnees') v
      where l.contrat_id = ${ou.contratId} and l.lot_id = ${lotId}::uuid and l.etat in ('nouvelle', 'corrigee')
        and (${numeros === null} or l.numero = any(${[...(numeros ?? [])]}::int[]))
        and jsonb_typeof(v.value) = 'number' and v.key = any(${nombres}::text[])`,
  ).execute(tx);
  if (ecarts.length === 0) return;
  const dites = ecarts.map((e) => {
    const { champ, message } = direEcart(e);
    return { numero: e.numero, avertissement: { champ, colonne: champDe(d, e.code)?.libelle ?? e.code, message } };
  });
  await sql`
    update lot_lignes l set avertissements = l.avertissements || w.dits
    from (
      select numero, jsonb_agg(avertissement) as dits
      from jsonb_to_recordset(${enJson(dites)}::jsonb) as x (numero int, avertissement jsonb) group by numero
    ) w
    where l.contrat_id = ${ou.contratId} and l.lot_id = ${lotId}::uuid and l.numero = w.numero`.execute(tx);
}

/** The same for one record, about to be saved. */
export async function ecartsDe(db: Db, ou: Ou, d: DefinitionRegistre, k: Contenu, id: string | null = null): Promise<ErreurDeChamp[]> {
  const ecrits = nombresDe(d).flatMap((code) => {
    const valeur = k.donnees[code];
    return typeof valeur === 'number' ? [{ code, valeur }] : [];
  });
  if (ecrits.length === 0) return [];
  const habitudes = new Map((await habitudesDe(db, ou, d, k.organisation_id, id)).map((h) => [h.code, h]));
  return ecrits.flatMap(({ code, valeur }) => {
    const h = habitudes.get(code);
    if (!h) return [];
    const trop = valeur >= PETIT && valeur >= 10 * h.usuelle && valeur > h.haute;
    const peu = h.usuelle >= PETIT && 10 * valeur <= h.usuelle && valeur < h.basse;
    return trop || peu ? [direEcart({ code, valeur, usuelle: h.usuelle })] : [];
  });
}

/** A habit of forty records is not another one for those of the last second; a younger one is asked for each time. */
const SECONDE = 1000;
const dernieres = new WeakMap<Db, LRUCache<string, readonly Habitude[]>>();
async function habitudesDe(tx: Db, ou: Ou, d: DefinitionRegistre, organisation: string, sauf: string | null): Promise<readonly Habitude[]> {
  const db = avantDeCommencer(tx);
  const lire = () => habitudesDUn(db, { ...ou, sauf, nombres: nombresDe(d), organisation });
  // What is corrected is no habit of its own; a transaction reads what it has written.
  if (sauf !== null || estEnTransaction(db)) return lire();
  const tenues = dernieres.get(db) ?? new LRUCache<string, readonly Habitude[]>({ max: 500, ttl: SECONDE });
  dernieres.set(db, tenues);
  const cle = JSON.stringify([ou.contratId, ou.registre, organisation]);
  const deja = tenues.get(cle);
  if (deja) return deja;
  const lues = await lire();
  if (lues.some((h) => h.vus === RECENTS)) tenues.set(cle, lues);
  return lues;
}

function direEcart(e: Pick<Ecart, 'code' | 'valeur' | 'usuelle'>): ErreurDeChamp {
  const [dit, usuelle] = [nombreEcrit(e.valeur), nombreEcrit(e.usuelle)];
  const message =
    e.valeur > e.usuelle
      ? `${dit} est plus de dix fois ce que cet organisme enregistre d’habitude (${usuelle}). Vérifiez le nombre.`
      : `${dit} est moins du dixième de ce que cet organisme enregistre d’habitude (${usuelle}). Vérifiez le nombre.`;
  return { champ: `donnees.${e.code}`, message };
}
