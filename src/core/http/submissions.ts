/**
 * Once-only key: a form sent twice (double click, network that comes back, button « précédent ») does its work once, and the
 * second sending gets the answer of the first. The key comes from the form (`_cle`, drawn by ui/Form) or from the API's
 * `Idempotency-Key`. Its row is taken first in the transaction: a second sending waits on it, then reads the answer. Nothing is
 * kept of a refusal (4xx), of a failure (rolled back), of an answer that did nothing, nor of one that carries a cookie: the key
 * serves again.
 */
import { createCipheriv, createDecipheriv, createHash, createHmac, randomBytes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { setTimeout as attendre } from 'node:timers/promises';
import type { FastifyRequest } from 'fastify';
import { sql } from 'kysely';
import { couper } from '../couper.ts';
import { empreinteDe } from '../trace/audit.ts';
import { type Db, inTransaction, remettre, remettreEnTete } from '../base/database.ts';
import { requete } from '../base/requete.ts';
import { conflit, invalide } from '../errors.ts';
import { planDe } from '../base/plans.ts';
import { type FichierRecu, redirige, type Reponse, type Route } from './http.ts';

/** Form field that carries the key. */
export const CHAMP_CLE = '_cle';
/** A form that creates nothing new is only protected from the double click: sent again later, it is meant. */
const DOUBLE_CLIC_S = 10;
/** How long a second sending waits for a first one that works outside a transaction. */
const ATTENTE_MS = 25_000;
const ANONYME = '00000000-0000-0000-0000-000000000000';

export interface Soumission {
  contratId: number;
  compteId: string;
  /** Digest of key and route; for a form, of what it says too: what was changed before it was sent again is another form. */
  cle: Buffer;
  contenu: Buffer;
  route: string;
  creation: boolean;
  /** Unlocks the kept answer; never stored. */
  secret: Buffer;
  /**
   * A page of the nominative plane is never kept, since rights are asked again at each request: sent again, the form leads to the page of
   * what it acted on. Null for every other plane, and for what a link opens without account, whose answer names nobody.
   */
  retour: string | null;
}

/** Null when the request carries no key. Throws `invalide` for a key that the API cannot take. */
export async function lireSoumission(
  request: FastifyRequest,
  r: Route,
  o: { contratId: number; compteId: string | null; corps: Readonly<Record<string, unknown>>; fichiers: readonly FichierRecu[] },
): Promise<Soumission | null> {
  const entete = request.headers['idempotency-key'];
  const api = r.options.api === true;
  const cle = api ? entete : o.corps[CHAMP_CLE];
  if (cle === undefined || r.options.rejouable) return null;
  if (typeof cle !== 'string' || !/^[\x21-\x7e]{8,200}$/.test(cle)) {
    if (api) throw invalide('« Idempotency-Key » tient en 8 à 200 caractères sans espace : un identifiant tiré au hasard, propre à chaque envoi.');
    return null;
  }
  const chemin = request.url.split('?')[0] ?? '/';
  const retour = planDe(r) === 'nominatif' && !r.options.secrete ? chemin.replace(/\/[^/]*$/, '') || '/' : null;
  if (r.options.anonyme) return sansTrace(r, o, cle, retour);
  const { [CHAMP_CLE]: _, ...dit } = o.corps;
  const fichiers: unknown[] = [];
  for (const f of o.fichiers) fichiers.push([f.champ, f.nom, await empreinteDuFichier(f.chemin)]);
  const route = `${r.methode} ${chemin}`;
  const empreinte = empreinteDe([dit, fichiers]);
  // The address of a link is the right to answer by it: of what is kept, none may lead back to it, nor to what was chosen among a few.
  const discrete = r.options.secrete === true && !api;
  const contenu = discrete ? createHmac('sha256', digerer('sceau', cle)).update(empreinte).digest() : digerer('contenu', empreinte);
  return {
    contratId: o.contratId,
    compteId: o.compteId ?? ANONYME,
    cle: api ? digerer('cle', cle, route) : digerer('cle', cle, route, contenu.toString('hex')),
    contenu,
    route: r.options.secrete ? `${r.methode} ${r.chemin}` : couper(route, 300),
    creation: r.options.creation === true,
    secret: digerer('secret', cle, contenu.toString('hex')),
    retour,
  };
}
/**
 * The key, and of what the form says a seal that only this form’s key makes, and the key is kept nowhere: a digest of a few choices would be a way to guess them, and an
 * address may hold the right by which one answers. What was changed before it was sent again is another form.
 */
function sansTrace(r: Route, o: { contratId: number; corps: Readonly<Record<string, unknown>> }, cle: string, retour: string | null): Soumission {
  const route = `${r.methode} ${r.chemin}`;
  const { [CHAMP_CLE]: _, ...dit } = o.corps;
  const sceau = r.options.uneReponse ? '' : createHmac('sha256', digerer('sceau', cle)).update(JSON.stringify(dit)).digest('hex');
  return {
    contratId: o.contratId,
    compteId: ANONYME,
    cle: digerer('cle', cle, route, sceau),
    contenu: digerer('contenu', ''),
    route,
    creation: true,
    secret: digerer('secret', cle, sceau),
    retour,
  };
}
const digerer = (...parts: string[]): Buffer => createHash('sha256').update(JSON.stringify(parts)).digest();
async function empreinteDuFichier(chemin: string): Promise<string> {
  const h = createHash('sha256');
  for await (const morceau of createReadStream(chemin)) h.update(morceau as Buffer);
  return h.digest('hex');
}

type Prise = Pick<Soumission, 'compteId' | 'cle' | 'contenu' | 'route'> & { secondes: number };
const prendre = requete<{ contenu: Buffer; reponse: Buffer | null; fraiche: boolean }, Prise>(
  (v) => sql`
    select contenu, reponse, le > now() - make_interval(secs => ${v.secondes}) as fraiche
    from prendre_soumission(${v.compteId}::uuid, ${v.cle}, ${v.contenu}, ${v.route})`,
);

/** Takes the key in the caller's transaction, waiting for whoever holds it; the answer already given, null when there is none. */
export async function prendreSoumission(tx: Db, s: Soumission): Promise<Reponse | null> {
  const [deja] = await prendre(tx, { ...s, secondes: DOUBLE_CLIC_S });
  if (!deja?.reponse) return null;
  if (!deja.contenu.equals(s.contenu))
    throw invalide('Cette « Idempotency-Key » a déjà servi pour un autre contenu. Prenez-en une nouvelle pour chaque enregistrement.');
  if (!s.creation && !deja.fraiche) return null;
  return ouvrir(deja.reponse, s);
}

const exiger = requete<unknown, Prise & { creation: boolean }>(
  (v) => sql`select exiger_soumission(${v.compteId}::uuid, ${v.cle}, ${v.contenu}, ${v.route}, ${v.secondes}::int, ${v.creation}::boolean)`,
);
/** The same without waiting: what follows in the transaction leaves with it, and fails when the key has an answer already (`aDejaSaReponse`). */
export const exigerSoumission = (tx: Db, s: Soumission): Promise<() => boolean> => remettreEnTete(tx, exiger.avec({ ...s, secondes: DOUBLE_CLIC_S }));
/** Said by `exigerSoumission`, or by what was sent behind it. */
export const aDejaSaReponse = (e: unknown): boolean => ['CC001', '25P02'].includes((e as { code?: string } | null)?.code ?? '');

const garder = requete<unknown, Pick<Soumission, 'compteId' | 'cle' | 'contenu'> & { gardee: Buffer | null }>(
  (v) => sql`select garder_reponse(${v.compteId}::uuid, ${v.cle}, ${v.contenu}, ${v.gardee}::bytea)`,
);

const tenir = requete<unknown, Prise & { creation: boolean; gardee: Buffer | null }>(
  (v) => sql`select tenir_soumission(${v.compteId}::uuid, ${v.cle}, ${v.contenu}, ${v.route}, ${v.secondes}::int, ${v.creation}::boolean, ${v.gardee}::bytea)`,
);

/** Keeps the answer beside what was done, in the same transaction; `reprendre`: what takes back its key when it has not left, to be written with its answer. */
export async function garderReponse(tx: Db, s: Soumission, reponse: Reponse | null, reprendre: () => boolean = () => false): Promise<void> {
  const gardee = reponse ? fermer(reponse, s) : null;
  if (reprendre()) await remettreEnTete(tx, tenir.avec({ ...s, secondes: DOUBLE_CLIC_S, gardee }));
  else await remettre(tx, garder.avec({ ...s, gardee }));
}

/** The same for work that opens its own transactions: the key is marked before and told after; a second sending waits for it. */
export async function unefois(db: Db, s: Soumission, executer: () => Promise<Reponse>): Promise<Reponse> {
  const qui = { contratId: s.contratId };
  for (const fin = Date.now() + ATTENTE_MS; ; await attendre(200)) {
    const deja = await inTransaction(db, qui, async (tx) => {
      const reponse = await prendreSoumission(tx, s);
      if (reponse) return reponse;
      const { rows } = await sql<{ libre: boolean }>`select commencer_soumission(${s.compteId}::uuid, ${s.cle}) as libre`.execute(tx);
      return rows[0]?.libre ? null : ('attente' as const);
    });
    if (deja === null) break;
    if (deja !== 'attente') return deja;
    if (Date.now() > fin) throw conflit('Cet envoi est déjà en cours de traitement. Patientez, puis rechargez la page : il y paraîtra.');
  }
  let reponse: Reponse | null = null;
  try {
    reponse = await executer();
    return reponse;
  } finally {
    const gardee = reponse;
    await inTransaction(db, qui, (tx) => garderReponse(tx, s, gardee)).catch((e: Error) => process.stderr.write(`soumission : ${e.message}\n`));
  }
}

/** What may be said again: a page already rendered, data, or a redirection; neither refusals, nor cookies, nor streams. */
function aGarder(r: Reponse, s: Soumission): Reponse | null {
  if (s.retour !== null && r.genre !== 'redirection') return r.genre === 'rendue' && r.statut < 400 ? redirige(s.retour) : null;
  if (r.genre === 'redirection') return r.ailleurs || r.temoins.length > 0 ? null : r;
  if (r.genre === 'json') return r.statut >= 400 || r.temoins.length > 0 ? null : r;
  if (r.genre === 'texte') return r.statut >= 400 ? null : r;
  return r.genre === 'rendue' && r.statut < 400 && !r.temoins?.length ? r : null;
}

/** Twelve bytes never drawn before: a thousand at once cost what one does. */
let reserve = Buffer.alloc(0);
function tirer(): Buffer {
  if (reserve.length === 0) reserve = randomBytes(12 * 1000);
  const tires = reserve.subarray(0, 12);
  reserve = reserve.subarray(12);
  return tires;
}
// A page may show a secret once (a token, recovery codes): only who holds the form's key opens what is kept.
function fermer(reponse: Reponse, s: Soumission): Buffer | null {
  const dite = aGarder(reponse, s);
  if (!dite) return null;
  const iv = tirer();
  const chiffre = createCipheriv('aes-256-gcm', s.secret, iv);
  const corps = Buffer.concat([chiffre.update(JSON.stringify(dite), 'utf8'), chiffre.final()]);
  return Buffer.concat([iv, chiffre.getAuthTag(), corps]);
}
function ouvrir(gardee: Buffer, s: Soumission): Reponse {
  const clair = createDecipheriv('aes-256-gcm', s.secret, gardee.subarray(0, 12)).setAuthTag(gardee.subarray(12, 28));
  return JSON.parse(Buffer.concat([clair.update(gardee.subarray(28)), clair.final()]).toString('utf8')) as Reponse;
}
