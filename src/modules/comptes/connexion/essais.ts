/**
 * Who may try a password or a code now. A browser that has already opened a session of the account is known by its own cookie: it has
 * counts of its own, so that whoever tries from elsewhere does not keep it out. In PostgreSQL: every process counts together.
 */
import { JOUR_MS } from '../../../core/jours.ts';
import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import type { Db } from '../../../core/base/database.ts';
import { prefixeDe } from '../../../core/http/addresses.ts';
import type { Contexte, Temoin } from '../../../core/http/http.ts';
import { ajouterCourriel } from '../../../core/courrier/mail.ts';
import { COOKIE_APPAREIL } from '../../../core/http/cookies.ts';
import { type Comptes, siteDe } from '../comptes.contexte.ts';
import { empreinteDe } from '../sessions.queries.ts';
import { attenteApres, type Compteur, OUBLI_MS } from './essais.rules.ts';

/** In the place of an account or of a source: all of them. */
const TOUS = '*';

interface Essai {
  /** Account, or none for an address without account. */
  compteId: string | null;
  /** Known browser, or address. */
  source: string;
  connu: boolean;
}

const APPAREIL_JOURS = 180;
const limite = (maintenant: Date): Date => new Date(maintenant.getTime() - APPAREIL_JOURS * JOUR_MS);
const limiteDes = (c: Contexte): Date => limite(c.maintenant);

/** Some account has been entered from this browser. */
export async function estNavigateurConnu(db: Db, contratId: number, jeton: string, maintenant: Date): Promise<boolean> {
  const { rows } = await sql`
    select from appareils where contrat_id = ${contratId} and empreinte = ${empreinteDe(jeton)} and vu_le > ${limite(maintenant)} limit 1`.execute(db);
  return rows.length > 0;
}

/** From where this request tries to enter that account. */
export async function essaiDe(c: Contexte, compteId: string | null): Promise<Essai> {
  const jeton = c.brut.request.cookies[COOKIE_APPAREIL];
  if (compteId && jeton) {
    const { rows } = await sql<{ cle: string }>`
      select encode(empreinte, 'hex') as cle from appareils
      where contrat_id = ${c.contrat.id} and compte_id = ${compteId}::uuid and empreinte = ${empreinteDe(jeton)} and vu_le > ${limiteDes(c)}`.execute(c.db);
    if (rows[0]) return { compteId, source: `appareil ${rows[0].cle}`, connu: true };
  }
  return { compteId, source: prefixeDe(c.brut.request.ip), connu: false };
}

const compteursDe = (e: Essai): { genre: Compteur; cible: string; source: string }[] => [
  ...(e.compteId ? [{ genre: 'paire' as const, cible: e.compteId, source: e.source }] : []),
  ...(e.connu ? [] : [{ genre: 'source' as const, cible: TOUS, source: e.source }]),
  ...(e.compteId && !e.connu ? [{ genre: 'compte' as const, cible: e.compteId, source: TOUS }] : []),
];

/** Must this try wait, or come by another way? The answer to the person is the same as for a wrong password. */
export async function doitAttendre(c: Contexte, e: Essai): Promise<boolean> {
  const compteurs = compteursDe(e);
  const { rows } = await sql`
    select from connexion_echecs
    where contrat_id = ${c.contrat.id} and attend_jusqua > ${c.maintenant}
      and (cible, source) in (${sql.join(compteurs.map((k) => sql`(${k.cible}, ${k.source})`))})
    limit 1`.execute(c.db);
  return rows.length > 0;
}

/** Counts a failure everywhere it counts; true when whoever tries must now wait. The holder is told, once a day. */
export async function noterEchec(k: Comptes, c: Contexte, e: Essai): Promise<boolean> {
  let attend = false;
  for (const compteur of compteursDe(e)) {
    const depuis = new Date(c.maintenant.getTime() - OUBLI_MS[compteur.genre]);
    const { rows } = await sql<{ echecs: number }>`
      insert into connexion_echecs as x (contrat_id, cible, source, echecs, dernier_le)
      values (${c.contrat.id}, ${compteur.cible}, ${compteur.source}, 1, ${c.maintenant})
      on conflict (contrat_id, cible, source) do update
      set echecs = case when x.dernier_le < ${depuis} then 1 else x.echecs + 1 end, dernier_le = excluded.dernier_le
      returning echecs`.execute(c.db);
    const attente = attenteApres(compteur.genre, rows[0]?.echecs ?? 1);
    await sql`
      update connexion_echecs set attend_jusqua = ${attente > 0 ? new Date(c.maintenant.getTime() + attente) : null}
      where contrat_id = ${c.contrat.id} and cible = ${compteur.cible} and source = ${compteur.source}`.execute(c.db);
    attend ||= attente > 0;
  }
  // What is older than the longest count is no use any more.
  await sql`delete from connexion_echecs where contrat_id = ${c.contrat.id} and dernier_le < ${new Date(c.maintenant.getTime() - 2 * OUBLI_MS.paire)}`.execute(
    c.db,
  );
  if (attend && e.compteId) await alerter(k, c, e.compteId);
  return attend;
}

async function alerter(k: Comptes, c: Contexte, compteId: string): Promise<void> {
  const { rows } = await sql<{ courriel: string; nom: string }>`
    update comptes set alerte_le = ${c.maintenant}
    where contrat_id = ${c.contrat.id} and id = ${compteId}::uuid and not demonstration
      and (alerte_le is null or alerte_le < ${c.maintenant}::timestamptz - interval '1 day')
    returning courriel, nom`.execute(c.db);
  const compte = rows[0];
  if (!compte) return;
  const { origine } = await siteDe(k, c);
  await ajouterCourriel(c.db, c.contrat.id, {
    a: compte.courriel,
    sujet: 'Des essais de connexion échouent sur votre compte',
    texte: `Bonjour ${compte.nom},\n\nQuelqu’un essaie d’ouvrir votre compte et se trompe. Votre compte n’est pas bloqué : depuis un navigateur qui s’y est déjà connecté, par une clé d’accès, ou par un lien demandé à cette adresse, vous entrez comme d’habitude :\n\n${origine}/connexion/oubli\n\nSi c’était vous, ne faites rien. Sinon, et si votre mot de passe sert ailleurs ou se devine, changez-le ; posez une application d’authentification ou une clé d’accès depuis « Mon compte ». Ce message ne part qu’une fois par jour.\n`,
  });
  await c.auditer('compte.alerte', `/comptes/${compteId}`);
}

/** Whoever has just entered starts again from nothing, here; counts of the others stay. */
export async function oublierEchecs(c: Contexte, compteId: string): Promise<void> {
  const { source } = await essaiDe(c, compteId);
  await sql`delete from connexion_echecs where contrat_id = ${c.contrat.id} and cible = ${compteId} and source = ${source}`.execute(c.db);
}

/** This browser is known to the account from now on; the cookie to set. One browser may be known to several accounts. */
export async function retenirAppareil(c: Contexte, compteId: string): Promise<Temoin> {
  const porte = c.brut.request.cookies[COOKIE_APPAREIL];
  const { rows } = await sql`
    select from appareils where contrat_id = ${c.contrat.id} and empreinte = ${empreinteDe(porte ?? '')} limit 1`.execute(c.db);
  // Only a cookie that was made here is kept: nobody plants one in somebody else's browser beforehand.
  const jeton = porte && rows.length > 0 ? porte : randomBytes(32).toString('base64url');
  await sql`delete from appareils where contrat_id = ${c.contrat.id} and compte_id = ${compteId}::uuid and vu_le < ${limiteDes(c)}`.execute(c.db);
  await sql`
    insert into appareils (contrat_id, compte_id, empreinte, vu_le) values (${c.contrat.id}, ${compteId}::uuid, ${empreinteDe(jeton)}, ${c.maintenant})
    on conflict (contrat_id, compte_id, empreinte) do update set vu_le = excluded.vu_le`.execute(c.db);
  return { nom: 'appareil', valeur: jeton };
}
