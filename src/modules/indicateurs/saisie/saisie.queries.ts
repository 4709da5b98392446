/** Entering and validating collected values: each correction is a new version, nothing is overwritten. */
import { sql } from 'kysely';
import type { Utilisateur } from '../../../core/authorize.ts';
import type { Db, Ligne } from '../../../core/base/database.ts';
import { conflit } from '../../../core/errors.ts';
import type { Saisie } from './saisie.schema.ts';
import { uuid } from '../../../core/base/id.ts';

export interface CleValeur {
  mesureId: string;
  periode: string;
  territoire: string;
}
/** Two people who write the same figure wait for each other from here to the end of the transaction. */
export async function verrouillerValeur(tx: Db, contratId: number, v: CleValeur): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`valeur|${contratId}|${v.mesureId}|${v.periode}|${v.territoire}`}, 0))`.execute(tx);
}

/** Adds the version after `derniere` (0 when there was none) and makes it the current one. Throws 409 when another one came in. */
export async function addValeur(
  tx: Db,
  contratId: number,
  mesureId: string,
  s: Saisie & { nombre: number | null },
  derniere: number,
  u: Utilisateur,
  quand: Date,
): Promise<number> {
  const cle = sql`contrat_id = ${contratId} and mesure_id = ${mesureId} and periode = ${s.periode}
    and territoire_id = ${s.territoire} and ventilation = '{}'::jsonb`;
  await verrouillerValeur(tx, contratId, { mesureId, periode: s.periode, territoire: s.territoire });
  const { rows } = await sql<{ version: number }>`select version from valeurs where ${cle} and courante`.execute(tx);
  if ((rows[0]?.version ?? 0) !== derniere) throw conflit('Une autre personne vient d’enregistrer ce chiffre. Rechargez la page.');
  await sql`update valeurs set courante = false where ${cle} and courante`.execute(tx);
  await sql`
    insert into valeurs (contrat_id, mesure_id, periode, territoire_id, version, etat, valeur, texte, source, commentaire,
      saisi_par, saisi_par_organisation, saisi_le)
    values (${contratId}, ${mesureId}, ${s.periode}, ${s.territoire}, ${derniere + 1}, ${s.etat},
      ${s.etat === 'valeur' ? s.nombre : null}, ${s.etat === 'valeur' && s.texte !== '' ? s.texte : null},
      ${s.source}, ${s.commentaire}, ${u.nom}, ${u.organisationId}, ${quand})`.execute(tx);
  return derniere + 1;
}

interface DerniereValeur extends Pick<Ligne<'valeurs'>, 'periode'> {
  valeur: number;
}
/** What the figure said last: for this very period, else for the period of the same length before it, else after. Null when nothing is known. */
export async function getDerniereValeur(db: Db, contratId: number, v: CleValeur): Promise<DerniereValeur | null> {
  const { rows } = await sql<DerniereValeur>`
    select valeur::float8 as valeur, periode from valeurs
    where contrat_id = ${contratId} and mesure_id = ${v.mesureId} and territoire_id = ${v.territoire} and courante and etat = 'valeur'
      and valeur is not null and ventilation = '{}'::jsonb and translate(periode, '0123456789', '') = translate(${v.periode}, '0123456789', '')
    order by periode = ${v.periode} desc, periode < ${v.periode} desc, abs(left(periode, 4)::int - left(${v.periode}, 4)::int), periode desc
    limit 1`.execute(db);
  return rows[0] ?? null;
}

/** Which territory a version speaks of; null when this measure has no such version. */
export async function getTerritoireDeValeur(db: Db, contratId: number, mesureId: string, id: string): Promise<string | null> {
  const { rows } = await sql<{ territoire: string }>`
    select territoire_id as territoire from valeurs where contrat_id = ${contratId} and mesure_id = ${mesureId} and id = ${uuid(id)}`.execute(db);
  return rows[0]?.territoire ?? null;
}

/** Marks the current version as validated; false when it is no longer the current one or was already validated. */
export async function validerValeur(tx: Db, contratId: number, mesureId: string, id: string, u: Utilisateur, quand: Date): Promise<boolean> {
  const { rows } = await sql`
    update valeurs
    set valide_par = ${u.nom}, valide_le = ${quand}
    where contrat_id = ${contratId} and mesure_id = ${mesureId} and id = ${uuid(id)} and courante and valide_le is null
    returning id`.execute(tx);
  return rows.length === 1;
}
