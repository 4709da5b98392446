/** Numbers far from what the same organisation usually records, above or under: one zero too many or too few, told to whoever writes them. */
import { type RawBuilder, sql } from 'kysely';
import type { Db, Ligne } from '../../core/base/database.ts';
import type { ErreurDeChamp } from '../../core/errors.ts';
import type { DefinitionRegistre } from './definition.ts';
import { champDe, type Contenu } from './registres.rules.ts';
import { nombreEcrit } from './valeurs.rules.ts';

/** Fewer records make no habit; under this, ten times more is chance; more warnings would be read by nobody. */
const ASSEZ = 5;
const PETIT = 20;
const DITES_AU_PLUS = 2_000;

interface Ou {
  contratId: number;
  registre: string;
}
interface Ecart extends Pick<Ligne<'lotLignes'>, 'numero'> {
  code: string;
  valeur: number;
  usuelle: number;
}

const nombresDe = (d: DefinitionRegistre): string[] => d.champs.filter((c) => c.type === 'nombre').map((c) => c.code);

/**
 * Ten times the middle value of the organisation, and above all that it recorded; or a tenth, and under it all. `ecrites`: rows of
 * (numero, organisation, code, valeur). `sauf`: a record that is being corrected is no habit of its own.
 */
async function listEcarts(tx: Db, ou: Ou, d: DefinitionRegistre, ecrites: RawBuilder<unknown>, sauf: string | null = null): Promise<Ecart[]> {
  const nombres = nombresDe(d);
  if (nombres.length === 0) return [];
  const { rows } = await sql<Ecart>`
    with ecrites as (${ecrites}),
    habitudes as (
      select a.organisation_id as organisation, v.key as code, min((v.value #>> '{}')::float8) as basse, max((v.value #>> '{}')::float8) as haute,
        percentile_disc(0.5) within group (order by (v.value #>> '{}')::float8) as usuelle
      from activites a cross join lateral jsonb_each(a.donnees) v
      where a.contrat_id = ${ou.contratId} and a.registre = ${ou.registre} and a.statut = 'publie' and a.etape = 'realisee' and a.id is distinct from ${sauf}::uuid
        and a.organisation_id in (select organisation from ecrites) and jsonb_typeof(v.value) = 'number' and v.key = any(${nombres}::text[])
      group by 1, 2
      having count(*) >= ${ASSEZ}
    )
    select e.numero, e.code, e.valeur, h.usuelle
    from ecrites e join habitudes h using (organisation, code)
    where (e.valeur >= ${PETIT} and e.valeur >= 10 * h.usuelle and e.valeur > h.haute)
      or (h.usuelle >= ${PETIT} and 10 * e.valeur <= h.usuelle and e.valeur < h.basse)
    order by e.numero limit ${DITES_AU_PLUS}`.execute(tx);
  return rows;
}

/** Adds its warnings to the rows of a batch; to some of them only, when they have just been mended. */
export async function avertirDesEcarts(tx: Db, ou: Ou, d: DefinitionRegistre, lotId: string, numeros: readonly number[] | null = null): Promise<void> {
  const ecarts = await listEcarts(
    tx,
    ou,
    d,
    sql`
      select l.numero, l.contenu ->> 'organisation_id' as organisation, v.key as code, (v.value #>> '{}')::float8 as valeur
      from lot_lignes l cross join lateral jsonb_each(l.contenu -> 'donnees') v
      where l.contrat_id = ${ou.contratId} and l.lot_id = ${lotId}::uuid and l.etat in ('nouvelle', 'corrigee')
        and (${numeros === null} or l.numero = any(${[...(numeros ?? [])]}::int[]))
        and jsonb_typeof(v.value) = 'number' and v.key = any(${nombresDe(d)}::text[])`,
  );
  if (ecarts.length === 0) return;
  const dites = ecarts.map((e) => {
    const { champ, message } = direEcart(e);
    return { numero: e.numero, avertissement: { champ, colonne: champDe(d, e.code)?.libelle ?? e.code, message } };
  });
  await sql`
    update lot_lignes l set avertissements = l.avertissements || w.dits
    from (
      select numero, jsonb_agg(avertissement) as dits
      from jsonb_to_recordset(${JSON.stringify(dites)}::jsonb) as x (numero int, avertissement jsonb) group by numero
    ) w
    where l.contrat_id = ${ou.contratId} and l.lot_id = ${lotId}::uuid and l.numero = w.numero`.execute(tx);
}

/** The same for one record, about to be saved. */
export async function ecartsDe(db: Db, ou: Ou, d: DefinitionRegistre, k: Contenu, id: string | null = null): Promise<ErreurDeChamp[]> {
  const ecrites = sql`
    select 0 as numero, ${k.organisation_id}::text as organisation, v.key as code, (v.value #>> '{}')::float8 as valeur
    from jsonb_each(${JSON.stringify(k.donnees)}::jsonb) v
    where jsonb_typeof(v.value) = 'number' and v.key = any(${nombresDe(d)}::text[])`;
  return (await listEcarts(db, ou, d, ecrites, id)).map(direEcart);
}

function direEcart(e: Ecart): ErreurDeChamp {
  const [dit, usuelle] = [nombreEcrit(e.valeur), nombreEcrit(e.usuelle)];
  const message =
    e.valeur > e.usuelle
      ? `${dit} est plus de dix fois ce que cet organisme enregistre d’habitude (${usuelle}). Vérifiez le nombre.`
      : `${dit} est moins du dixième de ce que cet organisme enregistre d’habitude (${usuelle}). Vérifiez le nombre.`;
  return { champ: `donnees.${e.code}`, message };
}
