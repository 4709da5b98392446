/**
 * One SQL view of facts for each definition, `faits_<code>`: what measures count, and what other modules may read. Created
 * at start by the owner; a view whose text has not changed is left alone, so that a start costs one query.
 */
import { createHash } from 'node:crypto';
import { type RawBuilder, sql } from 'kysely';
import type { Db } from '../../core/base/database.ts';
import type { ChampDeclare, ChampLignesDeclare, QuantiteDeLignes, RegistreDeclare } from './definition.ts';
import { codeDesLignes, DEPUIS, liensDe, verifierDefinition } from './registres.rules.ts';

const MARQUE = 'concorde:registre:';
/** View name of a register; hyphens of the code become underscores. */
export const vueDe = (d: Pick<RegistreDeclare, 'code'>): string => `faits_${d.code.replaceAll('-', '_')}`;
/** Some of its fields change while a record lasts: what they were is read in a view of its own. */
export const aDesDates = (d: Pick<RegistreDeclare, 'champs'>): boolean => d.champs.some((c) => c.date);
export const vueDateeDe = (d: Pick<RegistreDeclare, 'code'>): string => `${vueDe(d)}_dates`;

/** One quantity of repeated lines; null when no line says it. */
export const quantiteDesLignesSql = (c: Pick<ChampLignesDeclare, 'code'>, q: QuantiteDeLignes, donnees: RawBuilder<unknown>): RawBuilder<unknown> =>
  'valeur' in q
    ? sql`(
    select count(*) from jsonb_array_elements(coalesce(${donnees} -> ${sql.lit(c.code)}, '[]')) as l
    where l ->> ${sql.lit(q.colonne)} = ${sql.lit(q.valeur)})::numeric`
    : sql`(
    select sum((l ->> ${sql.lit(q.somme)})::numeric) from jsonb_array_elements(coalesce(${donnees} -> ${sql.lit(c.code)}, '[]')) as l)`;

/** `donnees`: where a field is read, the record as it is now or as it was. */
function colonneSql(c: ChampDeclare, donnees: RawBuilder<unknown>): RawBuilder<unknown>[] {
  const brut = sql`${donnees} ->> ${sql.lit(c.code)}`;
  switch (c.type) {
    case 'liste':
    case 'acteur':
    case 'lien':
    case 'lieu':
      return [sql`${brut} as ${sql.id(c.code)}`];
    case 'booleen':
      return [sql`(${brut})::boolean as ${sql.id(c.code)}`];
    case 'nombre':
      return [sql`(${brut})::numeric as ${sql.id(c.code)}`];
    case 'lignes':
      return c.quantites.map((q) => sql`${quantiteDesLignesSql(c, q, sql`a.donnees`)} as ${sql.id(q.code)}`);
    default:
      return [];
  }
}

const ACTUELLES = sql`a.donnees`;
const suite = (colonnes: readonly RawBuilder<unknown>[]): RawBuilder<unknown> =>
  colonnes.length === 0
    ? sql``
    : sql`,
  ${sql.join(
    colonnes,
    sql`,
  `,
  )}`;
/** `{ "qpv": "QP075001" }`: the place of each type that the record is at; the one its author chose before those that hold its point. */
const LIEUX = sql`(
    select jsonb_object_agg(l.type, l.code order by l.choisi, l.code desc) from activite_lieux l
    where l.contrat_id = a.contrat_id and l.activite_id = a.id) as lieux`;
/** Where it is, for measures that count places: without an address, a place of its own. */
const lieuSql = (d: RegistreDeclare) =>
  d.compteLieux ? sql`, coalesce(jeton_connu(a.contrat_id, a.territoire_id, a.adresse), a.id::text) as lieu_compte` : sql``;
const publiees = (d: RegistreDeclare) => sql`a.registre = ${sql.lit(d.code)} and a.statut = 'publie' and a.etape = 'realisee'`;

const vueSql = (d: RegistreDeclare): RawBuilder<unknown> => sql`
create view ${sql.id(vueDe(d))} with (security_invoker = true) as
select a.contrat_id, a.id, a.jour, a.fin, a.territoire_id, a.organisation_id, a.lot_id, a.titre, a.fiches,
  a.lignes, ${LIEUX}${lieuSql(d)}${suite(d.champs.flatMap((c) => colonneSql(c, ACTUELLES)))}
from activites a
where ${publiees(d)}`;

/**
 * The same records, one row for each interval in which their dated fields stayed the same, from the versions that every writer leaves.
 * A version says what is true from a day: that of `depuis` when it gives another than the version before, else the day it was written;
 * the first one, from the beginning. It holds until a later version says something of an earlier or later day. An import that was
 * undone has said nothing.
 */
function vueDateeSql(d: RegistreDeclare): RawBuilder<unknown> {
  const dates = d.champs.filter((c) => c.date).map((c) => c.code);
  const etat = (donnees: string) => sql.join([...dates, DEPUIS].map((c) => sql`${sql.ref(donnees)} ->> ${sql.lit(c)}`));
  const depuis = (donnees: string) => sql`(${sql.ref(donnees)} ->> ${sql.lit(DEPUIS)})`;
  return sql`
create view ${sql.id(vueDateeDe(d))} with (security_invoker = true) as
with ecrites as (
  select a.contrat_id, a.id, v.version, v.acte, v.contenu -> 'donnees' as donnees, v.modifie_le
  from activites a join activite_versions v on v.contrat_id = a.contrat_id and v.activite_id = a.id
  where ${publiees(d)}
  union all
  select a.contrat_id, a.id, a.version, a.acte, a.donnees, a.modifie_le from activites a where ${publiees(d)}
),
suivies as (
  select *, lead(acte) over (partition by contrat_id, id order by version) as ensuite from ecrites
),
dites as (
  select *, lag(donnees) over (partition by contrat_id, id order by version) as avant
  from suivies where acte <> 'annulation' and ensuite is distinct from 'annulation'
),
effets as (
  select contrat_id, id, version, donnees, case
      when avant is null then coalesce(${depuis('donnees')}::date, '-infinity')
      when ${depuis('donnees')} <> coalesce(${depuis('avant')}, '') then ${depuis('donnees')}::date
      else (modifie_le at time zone concorde_fuseau(contrat_id))::date end as debut
  from dites where avant is null or (${etat('donnees')}) is distinct from (${etat('avant')})
),
intervalles as (
  select contrat_id, id, donnees, debut,
    min(debut) over (partition by contrat_id, id order by version rows between 1 following and unbounded following) as relais
  from effets
)
select a.contrat_id, a.id, greatest(a.jour, i.debut) as jour, least(a.fin, i.relais - 1) as fin, a.territoire_id, a.organisation_id, a.lot_id,
  a.titre, a.fiches, a.lignes, ${LIEUX}${lieuSql(d)}${suite(d.champs.flatMap((c) => colonneSql(c, c.date ? sql`i.donnees` : ACTUELLES)))}
from activites a join intervalles i on i.contrat_id = a.contrat_id and i.id = a.id
where ${publiees(d)} and greatest(a.jour, i.debut) <= coalesce(least(a.fin, i.relais - 1), 'infinity')`;
}

/** Lines of records that are facts of their own, each on its day. */
function vueDeLignesSql(d: RegistreDeclare, c: ChampLignesDeclare, f: NonNullable<ChampLignesDeclare['faits']>): RawBuilder<unknown> {
  const siennes = c.colonnes.flatMap((x) => {
    if (x.type === 'liste') return [sql`l ->> ${sql.lit(x.code)} as ${sql.id(`ligne_${x.code}`)}`];
    return x.type === 'nombre' ? [sql`(l ->> ${sql.lit(x.code)})::numeric as ${sql.id(`ligne_${x.code}`)}`] : [];
  });
  const { seulement: s } = f;
  const jour = f.jour ? sql`(l ->> ${sql.lit(f.jour)})::date` : sql`a.jour`;
  const celles = sql`${s ? sql` and l ->> ${sql.lit(s.colonne)} = ${sql.lit(s.valeur)}` : sql``}${f.jour ? sql` and l ->> ${sql.lit(f.jour)} is not null` : sql``}`;
  const communes = d.champs.filter((x) => x.type !== 'lignes' && x.type !== 'nombre').flatMap((x) => colonneSql(x, ACTUELLES));
  return sql`
create view ${sql.id(vueDe({ code: codeDesLignes(d, c) }))} with (security_invoker = true) as
select a.contrat_id, a.id, ${jour} as jour, null::date as fin, a.territoire_id, a.organisation_id, a.lot_id,
  a.titre || coalesce(' : ' || (l ->> 'libelle'), '') as titre, '{}'::text[] as fiches, '{}'::text[] as lignes, ${LIEUX}${suite([...communes, ...siennes])}
from activites a, jsonb_array_elements(coalesce(a.donnees -> ${sql.lit(c.code)}, '[]')) as l
where ${publiees(d)}${celles}`;
}

const lignesDeFaits = (d: RegistreDeclare) => d.champs.flatMap((c) => (c.type === 'lignes' && c.faits ? [{ champ: c, faits: c.faits }] : []));

/** Every view that a definition asks for. */
const vuesDe = (d: RegistreDeclare): { vue: string; corps: RawBuilder<unknown> }[] => [
  { vue: vueDe(d), corps: vueSql(d) },
  ...(aDesDates(d) ? [{ vue: vueDateeDe(d), corps: vueDateeSql(d) }] : []),
  ...lignesDeFaits(d).map(({ champ, faits }) => ({ vue: vueDe({ code: codeDesLignes(d, champ) }), corps: vueDeLignesSql(d, champ, faits) })),
];

/** Makes the views of these definitions and removes those of definitions that are gone. Returns the views it wrote. */
export async function publierVues(ownerDb: Db, definitions: readonly RegistreDeclare[]): Promise<string[]> {
  const erreurs = definitions.flatMap(verifierDefinition);
  if (erreurs.length > 0) throw new Error(`Définitions de registres à corriger :\n- ${erreurs.join('\n- ')}`);
  await publierLiens(ownerDb, definitions);
  const voulues = definitions
    .flatMap(vuesDe)
    .map(({ vue, corps }) => ({ vue, corps, marque: MARQUE + createHash('sha256').update(corps.compile(ownerDb).sql).digest('hex') }));
  const presentes = await listVues(ownerDb);
  const aFaire = voulues.filter((v) => presentes.get(v.vue) !== v.marque);
  const noms = new Set(voulues.map((v) => v.vue));
  const enTrop = [...presentes.keys()].filter((v) => !noms.has(v));
  if (aFaire.length === 0 && enTrop.length === 0) return [];
  await ownerDb.transaction().execute(async (tx) => {
    // Two processes may start together: the second one waits, then finds the views made.
    await sql`select pg_advisory_xact_lock(hashtext('concorde:registres:vues'))`.execute(tx);
    for (const vue of enTrop) await sql`drop view if exists ${sql.id(vue)}`.execute(tx);
    for (const v of aFaire) {
      await sql`drop view if exists ${sql.id(v.vue)}`.execute(tx);
      await v.corps.execute(tx);
      await sql`comment on view ${sql.id(v.vue)} is ${sql.lit(v.marque)}`.execute(tx);
      await sql`grant select on ${sql.id(v.vue)} to concorde_application`.execute(tx);
    }
  });
  return aFaire.map((v) => v.vue);
}

/** Which fields are links, for the trigger that keeps them. */
async function publierLiens(ownerDb: Db, definitions: readonly RegistreDeclare[]): Promise<void> {
  const lignes = definitions.flatMap((d) => liensDe(d).map((c) => `('${d.code}', '${c.code}', '${c.vers}')`));
  const rien = `('', '', '')`;
  const corps = `select * from (values ${[...lignes, rien].join(', ')}) as v (registre, champ, vers) where registre <> ''`;
  const { rows } = await sql<{ corps: string }>`select prosrc as corps from pg_proc where oid = 'liens_declares'::regproc`.execute(ownerDb);
  if (rows[0]?.corps === corps) return;
  await sql`create or replace function liens_declares() returns table (registre text, champ text, vers text) language sql stable as ${sql.lit(corps)}`.execute(
    ownerDb,
  );
}

async function listVues(db: Db): Promise<Map<string, string>> {
  const { rows } = await sql<{ vue: string; marque: string }>`
    select c.relname as vue, d.description as marque
    from pg_class c
    join pg_description d on d.objoid = c.oid and d.objsubid = 0 and d.classoid = 'pg_class'::regclass
    where c.relkind = 'v' and c.relnamespace = current_schema()::regnamespace and d.description like ${`${MARQUE}%`}`.execute(db);
  return new Map(rows.map((r) => [r.vue, r.marque]));
}
