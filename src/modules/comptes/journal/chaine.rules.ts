/**
 * The exported chain and its verification, which needs nothing but the file: no database, no network, no Concorde server.
 *
 *   {"type":"chaine","version":1,"contrat":…,"exporteLe":…,"depart":{numero,empreinte},"tete":{numero,empreinte},"sceaux":[…]}
 *   {"id":1,"precedente":hex,"empreinte":hex,"ligne":"[1, \"2026-…\", …]"}
 *   …
 *
 * `empreinte` is SHA-256(precedente bytes, ligne as UTF-8); `ligne` holds the entry's own number, its date, and in twelfth place
 * « base » when the database itself gave that date (decisions 9 and 11).
 */
import { createHash, createPublicKey, verify } from 'node:crypto';

export interface Point {
  numero: number;
  /** Hexadecimal SHA-256. */
  empreinte: string;
}
export interface Sceau extends Point {
  signataire: string;
  /** SPKI, PEM. */
  clePublique: string;
  /** Ed25519 over `texteDuSceau`, base64. */
  signature: string;
  quand: string;
}
export interface EnteteChaine {
  type: 'chaine';
  version: 1;
  contrat: string;
  exporteLe: string;
  /** What came before the first entry of the file: the beginning (0), or where a purge cut. */
  depart: Point;
  tete: Point;
  sceaux: Sceau[];
}
export interface MaillonExporte {
  id: number;
  precedente: string;
  empreinte: string;
  ligne: string;
}
export interface Verification {
  entrees: number;
  valide: boolean;
  /** Number of the first entry that does not hold; null when everything holds. */
  premiereRupture: number | null;
  /** What is wrong there, in French. */
  motif: string | null;
  /** Entries whose date was given by their writer: the owner (demonstration, commands), or from before the database gave it. */
  datesDonnees: number;
  sceaux: { signataire: string; numero: number; valide: boolean }[];
}

export const DEPART: Point = { numero: 0, empreinte: createHash('sha256').update('').digest('hex') };

export const empreinteDuMaillon = (precedente: string, ligne: string): string =>
  createHash('sha256').update(Buffer.from(precedente, 'hex')).update(ligne, 'utf8').digest('hex');

export const texteDuSceau = (contrat: string, p: Point, quand: string): Buffer => Buffer.from(`concorde-sceau|${contrat}|${p.numero}|${p.empreinte}|${quand}`);

export function sceauTient(contrat: string, s: Sceau): boolean {
  try {
    return verify(null, texteDuSceau(contrat, s, s.quand), createPublicKey(s.clePublique), Buffer.from(s.signature, 'base64'));
  } catch {
    return false;
  }
}

const HEX = /^[0-9a-f]{64}$/;
const lirePoint = (v: unknown): Point | null => {
  const p = v as Point | null;
  return p && Number.isInteger(p.numero) && p.numero >= 0 && typeof p.empreinte === 'string' && HEX.test(p.empreinte) ? p : null;
};

/** A seal as it may be believed; null when one of its fields is not of its kind. */
const lireSceau = (s: Sceau): Sceau | null =>
  lirePoint(s) && [s.signataire, s.clePublique, s.signature, s.quand].every((x) => typeof x === 'string') ? s : null;

/** Null when the first line is not the header of an export. */
export function lireEntete(ligne: string): EnteteChaine | null {
  try {
    const e = JSON.parse(ligne) as EnteteChaine;
    return e.type === 'chaine' &&
      e.version === 1 &&
      lirePoint(e.depart) &&
      lirePoint(e.tete) &&
      Array.isArray(e.sceaux) &&
      e.sceaux.every((s) => typeof s === 'object' && s !== null)
      ? e
      : null;
  } catch {
    return null;
  }
}

/** Throws when the file is no export at all; every other fault is a broken link with its number. */
export async function verifierChaine(lignes: AsyncIterable<string>): Promise<Verification> {
  const iterateur = lignes[Symbol.asyncIterator]();
  const premiere = await iterateur.next();
  const entete = premiere.done ? null : lireEntete(premiere.value);
  if (!entete) throw new Error('Ce fichier n’est pas un export du journal d’audit (première ligne illisible).');
  let avant: Point = entete.depart;
  let entrees = 0;
  let datesDonnees = 0;
  let derniere = '';
  const rompue = (id: number, motif: string): Verification => ({ entrees, valide: false, premiereRupture: id, motif, datesDonnees, sceaux: [] });
  const lus = entete.sceaux.map(lireSceau);
  const aSceller = new Map(lus.flatMap((s) => (s ? [[s.numero, s.empreinte] as const] : [])));
  for (let n = await iterateur.next(); !n.done; n = await iterateur.next()) {
    if (n.value.trim() === '') continue;
    const attendu = avant.numero + 1;
    const m = lireMaillon(n.value);
    if (!m) return rompue(attendu, 'ligne illisible');
    if (m.id !== attendu) return rompue(Math.min(m.id, attendu), m.id > attendu ? `l’entrée ${attendu} manque` : `l’entrée ${m.id} vient hors de son rang`);
    if (m.precedente !== avant.empreinte) return rompue(m.id, 'elle ne suit pas l’entrée précédente');
    if (empreinteDuMaillon(m.precedente, m.ligne) !== m.empreinte) return rompue(m.id, 'son contenu ne correspond pas à son empreinte');
    const { numero, date, parLaBase } = lireLigne(m.ligne);
    if (numero !== m.id) return rompue(m.id, 'son numéro n’est pas celui de son contenu');
    const scellee = aSceller.get(m.id);
    if (scellee !== undefined && scellee !== m.empreinte) return rompue(m.id, 'elle n’est plus celle qui avait été scellée');
    // ISO dates in UTC, all of one length: text order is time order.
    if (parLaBase && date < derniere) return rompue(m.id, `sa date (${date}) est antérieure à celle d’une entrée qui la précède (${derniere})`);
    if (parLaBase) derniere = date;
    else datesDonnees++;
    avant = { numero: m.id, empreinte: m.empreinte };
    entrees++;
  }
  if (avant.numero !== entete.tete.numero || avant.empreinte !== entete.tete.empreinte) return rompue(avant.numero + 1, 'la fin de la chaîne manque');
  const sceaux = lus.map((s) =>
    s
      ? { signataire: s.signataire, numero: s.numero, valide: sceauTient(entete.contrat, s) }
      : { signataire: 'un signataire illisible', numero: avant.numero, valide: false },
  );
  const faux = sceaux.find((s) => !s.valide);
  const apresFin = lus.find((s) => s !== null && s.numero > avant.numero);
  if (faux) return { ...rompue(faux.numero, `le sceau de ${faux.signataire} n’est pas valable`), sceaux };
  if (apresFin) return { ...rompue(avant.numero + 1, `${apresFin.signataire} avait scellé jusqu’à l’entrée ${apresFin.numero}`), sceaux };
  return { entrees, valide: true, premiereRupture: null, motif: null, datesDonnees, sceaux };
}

function lireMaillon(texte: string): MaillonExporte | null {
  try {
    const m = JSON.parse(texte) as MaillonExporte;
    return Number.isInteger(m.id) && HEX.test(m.precedente) && HEX.test(m.empreinte) && typeof m.ligne === 'string' ? m : null;
  } catch {
    return null;
  }
}
function lireLigne(ligne: string): { numero: number | null; date: string; parLaBase: boolean } {
  try {
    const champs = JSON.parse(ligne) as unknown[];
    return { numero: typeof champs[0] === 'number' ? champs[0] : null, date: String(champs[1]), parLaBase: champs[11] === 'base' };
  } catch {
    return { numero: null, date: '', parLaBase: false };
  }
}
