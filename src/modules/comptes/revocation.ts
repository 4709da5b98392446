/**
 * Ends together everything by which someone is known, or soon would be: sessions, tokens, feeds, links and proposals that wait, sign-ins
 * that have begun. Called whenever the proofs of identity change (password, factor), by « Tout fermer ailleurs », and when an account is closed.
 */
import { type RawBuilder, sql } from 'kysely';
import type { Db, Ligne } from '../../core/base/database.ts';
import { direFinies } from '../../core/fins-de-session.ts';
import type { Titres } from '../../core/module.ts';
import { pluriel } from '../../ui/typographie.ts';
import { suivrePropositions } from './gestion/propositions.attendues.ts';

/** `sauf`: the session at hand, which stays. Returns what ended, in words, for the letter to the person. */
export async function revoquerAcces(
  tx: Db,
  contratId: number,
  compteId: string,
  o: { maintenant: Date; ailleurs: readonly Titres[]; sauf?: string | null },
): Promise<string[]> {
  const { rows: sessions } = await sql<Pick<Ligne<'sessions'>, 'id'>>`
    delete from sessions where contrat_id = ${contratId} and compte_id = ${compteId}::uuid and (${o.sauf ?? null}::uuid is null or id <> ${o.sauf ?? null}::uuid)
    returning id`.execute(tx);
  direFinies(sessions);
  const compter = async (requete: RawBuilder<unknown>) => (await requete.execute(tx)).rows.length;
  const ici = sql`contrat_id = ${contratId} and compte_id = ${compteId}::uuid`;
  const ouvert = sql`contrat_id = ${contratId} and utilise_le is null and expire_le > ${o.maintenant}`;
  const finir = sql`update liens set expire_le = ${o.maintenant} where ${ouvert}`;
  const finis: [number, (n: number) => string][] = [
    [sessions.length, (n) => pluriel(n, 'session')],
    [
      await compter(sql`update jetons_api set revoque_le = ${o.maintenant} where ${ici} and revoque_le is null and expire_le > ${o.maintenant} returning 1`),
      (n) => pluriel(n, 'jeton de l’API', 'jetons de l’API'),
    ],
    [await compter(sql`${finir} and compte_id = ${compteId}::uuid returning 1`), (n) => pluriel(n, 'lien envoyé par courriel', 'liens envoyés par courriel')],
    // Whoever held the account could have invited themselves under another name.
    [
      await compter(sql`${finir} and genre = 'invitation' and cree_par = ${compteId}::uuid returning 1`),
      (n) => pluriel(n, 'invitation que vous aviez envoyée', 'invitations que vous aviez envoyées'),
    ],
    // And proposed rights to that other name.
    [
      await compter(sql`
        update propositions set etat = 'retiree', decide_par = ${compteId}::uuid, decide_le = ${o.maintenant}
        where contrat_id = ${contratId} and propose_par = ${compteId}::uuid and etat = 'ouverte' and expire_le > ${o.maintenant} returning 1`),
      (n) => pluriel(n, 'proposition qui attendait une confirmation', 'propositions qui attendaient une confirmation'),
    ],
    [await compter(sql`delete from etapes where ${ici} returning 1`), (n) => pluriel(n, 'connexion commencée', 'connexions commencées')],
  ];
  await suivrePropositions(tx, contratId, null, o.maintenant);
  // A browser that was known opens nothing, but may go on trying where others must wait.
  await sql`delete from appareils where ${ici}`.execute(tx);
  for (const a of o.ailleurs) finis.push([await a.revoquer(tx, contratId, compteId, o.maintenant), a.dire]);
  return finis.filter(([n]) => n > 0).map(([n, dire]) => dire(n));
}
