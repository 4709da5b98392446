/** Numbers far above what the same organisation usually records: one zero too many, told beside the row. */
import { sql } from 'kysely';
import type { Db, Ligne } from '../../../core/base/database.ts';
import type { DefinitionRegistre } from '../definition.ts';
import { champDe } from '../registres.rules.ts';
import { nombreEcrit } from '../valeurs.rules.ts';
import type { ErreurDeCellule } from './colonnes.rules.ts';
import type { Ou } from './lots.queries.ts';

/** Fewer records make no habit; under this, ten times more is chance; more warnings would be read by nobody. */
const ASSEZ = 5;
const PETIT = 20;
const DITES_AU_PLUS = 2_000;

interface Ecart extends Pick<Ligne<'lotLignes'>, 'numero'> {
  code: string;
  valeur: number;
  usuelle: number;
}

/** Adds its warnings to the rows of a batch: at least ten times the middle value of the organisation, and above all that it recorded. */
export async function avertirDesEcarts(tx: Db, ou: Ou, d: DefinitionRegistre, lotId: string): Promise<void> {
  const nombres = d.champs.filter((c) => c.type === 'nombre').map((c) => c.code);
  if (nombres.length === 0) return;
  const { rows } = await sql<Ecart>`
    with ecrites as (
      select l.numero, l.contenu ->> 'organisation_id' as organisation, v.key as code, (v.value #>> '{}')::float8 as valeur
      from lot_lignes l cross join lateral jsonb_each(l.contenu -> 'donnees') v
      where l.contrat_id = ${ou.contratId} and l.lot_id = ${lotId}::uuid and l.etat in ('nouvelle', 'corrigee')
        and jsonb_typeof(v.value) = 'number' and v.key = any(${nombres}::text[])
    ),
    habitudes as (
      select a.organisation_id as organisation, v.key as code, max((v.value #>> '{}')::float8) as haute,
        percentile_disc(0.5) within group (order by (v.value #>> '{}')::float8) as usuelle
      from activites a cross join lateral jsonb_each(a.donnees) v
      where a.contrat_id = ${ou.contratId} and a.registre = ${ou.registre} and a.statut = 'publie'
        and a.organisation_id in (select organisation from ecrites) and jsonb_typeof(v.value) = 'number' and v.key = any(${nombres}::text[])
      group by 1, 2
      having count(*) >= ${ASSEZ}
    )
    select e.numero, e.code, e.valeur, h.usuelle
    from ecrites e join habitudes h using (organisation, code)
    where e.valeur >= ${PETIT} and e.valeur >= 10 * h.usuelle and e.valeur > h.haute
    order by e.numero limit ${DITES_AU_PLUS}`.execute(tx);
  if (rows.length === 0) return;
  const dites = rows.map((e) => ({ numero: e.numero, avertissement: direEcart(d, e) }));
  await sql`
    update lot_lignes l set avertissements = l.avertissements || w.dits
    from (
      select numero, jsonb_agg(avertissement) as dits
      from jsonb_to_recordset(${JSON.stringify(dites)}::jsonb) as x (numero int, avertissement jsonb) group by numero
    ) w
    where l.contrat_id = ${ou.contratId} and l.lot_id = ${lotId}::uuid and l.numero = w.numero`.execute(tx);
}

const direEcart = (d: DefinitionRegistre, e: Ecart): ErreurDeCellule => ({
  champ: `donnees.${e.code}`,
  colonne: champDe(d, e.code)?.libelle ?? e.code,
  message: `${nombreEcrit(e.valeur)} est plus de dix fois ce que cet organisme enregistre d’habitude (${nombreEcrit(e.usuelle)}). Vérifiez le nombre.`,
});
