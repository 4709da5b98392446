/** Entering and validating collected values: each correction is a new version, nothing is overwritten. */
import { sql } from 'kysely';
import type { Utilisateur } from '../../../core/authorize.ts';
import type { Db } from '../../../core/database.ts';
import { conflit } from '../../../core/errors.ts';
import { lireNombre, type Saisie } from './saisie.schema.ts';
import { uuid } from '../../../core/id.ts';

/**
 * Adds the next version of a value and makes it the current one. Throws 409 when another version came in since the person
 * opened the form: `saisie.version` is the one they saw.
 */
export async function addValeur(tx: Db, contratId: number, mesureId: string, s: Saisie, u: Utilisateur, quand: Date): Promise<number> {
  const cle = sql`contrat_id = ${contratId} and mesure_id = ${mesureId} and periode = ${s.periode}
    and territoire_id = ${s.territoire} and ventilation = '{}'::jsonb`;
  await sql`select pg_advisory_xact_lock(hashtextextended(${`valeur|${contratId}|${mesureId}|${s.periode}|${s.territoire}`}, 0))`.execute(tx);
  const { rows } = await sql<{ version: number }>`select version from valeurs where ${cle} and courante`.execute(tx);
  const derniere = rows[0]?.version ?? 0;
  if (derniere !== s.version)
    throw conflit('Une autre personne vient d’enregistrer ce chiffre. Relisez sa version ci-dessous, puis enregistrez la vôtre si elle est meilleure.');
  await sql`update valeurs set courante = false where ${cle} and courante`.execute(tx);
  await sql`
    insert into valeurs (contrat_id, mesure_id, periode, territoire_id, version, etat, valeur, texte, source, commentaire,
      saisi_par, saisi_par_organisation, saisi_le)
    values (${contratId}, ${mesureId}, ${s.periode}, ${s.territoire}, ${derniere + 1}, ${s.etat},
      ${s.etat === 'valeur' ? lireNombre(s.valeur) : null}, ${s.etat === 'valeur' && s.texte !== '' ? s.texte : null},
      ${s.source}, ${s.commentaire}, ${u.nom}, ${u.organisationId}, ${quand})`.execute(tx);
  return derniere + 1;
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
