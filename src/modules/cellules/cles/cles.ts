/**
 * Keys of a cell, by libsodium and Argon2id: nothing here is of our invention but which key closes what.
 *
 *   phrase of a member --Argon2id--> closes the member's private key, and the cell's key as they last knew it
 *   passkey of a member --PRF, HKDF in the browser--> closes the same a second time
 *   public key of a member --sealed box--> closes the cell's key
 *   cell's key + the situation's fragment (kept in the trousseau, apart from the database) --BLAKE2b--> the situation's key
 *   the situation's key --XChaCha20-Poly1305--> closes each group of fields, bound to where it stands
 *
 * Losing the fragment makes a situation unreadable for ever, with whatever backup of the database and whoever's phrase.
 */
import { randomBytes } from 'node:crypto';
import { hashRaw } from '@node-rs/argon2';
import sodium from 'libsodium-wrappers';
import { combine, split } from 'shamir-secret-sharing';

/** 32 bytes that open what the cell keeps. */
export type CleDeCellule = Uint8Array & { readonly __cellule: unique symbol };
/** 32 bytes that open one situation. */
export type CleDeSituation = Uint8Array & { readonly __situation: unique symbol };
export interface Paire {
  publique: Uint8Array;
  privee: Uint8Array;
}
/** The phrase is not the one that closed it, or the bytes were altered: nothing tells which. */
export class CleRefusee extends Error {}

/** Argon2id, 64 MiB and three passes: about a quarter of a second of one core, above the library's default, for a phrase typed once in a session. */
const DERIVATION = { memoryCost: 65_536, timeCost: 3, parallelism: 1, outputLen: 32 } as const;
const SEL = 16;
const VERSION = 1;
const VERSION_PRF = 2;
const CONTEXTE = 'cellules';
const USAGES = { situations: 1, recherche: 2, controle: 3, membres: 4, anciennes: 5 } as const;

const pret = sodium.ready;

export async function creerCle(): Promise<CleDeCellule> {
  await pret;
  return sodium.randombytes_buf(32) as CleDeCellule;
}
export async function creerPaire(): Promise<Paire> {
  await pret;
  const { publicKey, privateKey } = sodium.crypto_box_keypair();
  return { publique: publicKey, privee: privateKey };
}

const normaliser = (phrase: string): string => phrase.normalize('NFKC').trim().replace(/\s+/gu, ' ');
const deriver = (phrase: string, sel: Uint8Array): Promise<Uint8Array> => hashRaw(normaliser(phrase), { ...DERIVATION, salt: sel });

/** By which a member knows the cell's key again: another one of the same number is somebody else's making. */
export interface Connue {
  epoque: number;
  controle: Uint8Array;
}
export interface Secret {
  privee: Uint8Array;
  /** The key that they last opened; null before the first time. */
  connue: Connue | null;
}
/** 32 bytes that a passkey makes and the browser derives: random enough to close by themselves. */
export type SecretDeCle = Uint8Array & { readonly __prf: unique symbol };

function ecrireSecret(privee: Uint8Array, connue: Connue | null): Buffer {
  if (!connue) return Buffer.from(privee);
  const epoque = Buffer.alloc(4);
  epoque.writeUInt32BE(connue.epoque);
  return Buffer.concat([privee, epoque, connue.controle]);
}
const lireSecret = (b: Uint8Array): Secret => ({
  privee: b.slice(0, 32),
  connue: b.length === 68 ? { epoque: Buffer.from(b.subarray(32, 36)).readUInt32BE(), controle: b.slice(36) } : null,
});
function fermer(version: number, sel: Uint8Array, clair: Buffer, cle: Uint8Array): Buffer {
  const nonce = sodium.randombytes_buf(sodium.crypto_secretbox_NONCEBYTES);
  const boite = sodium.crypto_secretbox_easy(clair, nonce, cle);
  clair.fill(0);
  return Buffer.concat([Buffer.of(version), sel, nonce, boite]);
}
/** Throws `CleRefusee`. `debut`: where the nonce begins. */
function rouvrir(enfermee: Uint8Array, debut: number, cle: Uint8Array): Secret {
  const suite = debut + sodium.crypto_secretbox_NONCEBYTES;
  try {
    return lireSecret(sodium.crypto_secretbox_open_easy(enfermee.subarray(suite), enfermee.subarray(debut, suite), cle));
  } catch {
    throw new CleRefusee('rien de cela n’ouvre cette clé');
  }
}

/** The private key closed by the phrase of who holds it: version, salt, nonce, box. */
export async function enfermer(privee: Uint8Array, phrase: string, connue: Connue | null = null): Promise<Buffer> {
  await pret;
  const sel = randomBytes(SEL);
  const cle = await deriver(phrase, sel);
  const enfermee = fermer(VERSION, sel, ecrireSecret(privee, connue), cle);
  oublier(cle);
  return enfermee;
}
/** Throws `CleRefusee`. */
export async function ouvrirPrivee(enfermee: Uint8Array, phrase: string): Promise<Secret> {
  await pret;
  if (enfermee[0] !== VERSION) throw new CleRefusee('format de clé inconnu');
  const cle = await deriver(phrase, enfermee.subarray(1, 1 + SEL));
  try {
    return rouvrir(enfermee, 1 + SEL, cle);
  } finally {
    oublier(cle);
  }
}
/** The same closed by what a passkey makes: version, nonce, box. */
export async function enfermerSous(privee: Uint8Array, secret: SecretDeCle, connue: Connue | null): Promise<Buffer> {
  await pret;
  return fermer(VERSION_PRF, Buffer.alloc(0), ecrireSecret(privee, connue), secret);
}
/** Throws `CleRefusee`. */
export async function ouvrirSous(enfermee: Uint8Array, secret: SecretDeCle): Promise<Secret> {
  await pret;
  if (enfermee[0] !== VERSION_PRF) throw new CleRefusee('format de clé inconnu');
  return rouvrir(enfermee, 1, secret);
}

/** The cell's key for one member, whom nobody needs to be present for. */
export async function sceller(cle: Uint8Array, publique: Uint8Array): Promise<Buffer> {
  await pret;
  return Buffer.from(sodium.crypto_box_seal(cle, publique));
}
/** Throws `CleRefusee`. */
export async function desceller(boite: Uint8Array, paire: Paire): Promise<CleDeCellule> {
  await pret;
  try {
    return sodium.crypto_box_seal_open(boite, paire.publique, paire.privee) as CleDeCellule;
  } catch {
    throw new CleRefusee('cette clé n’ouvre pas cette boîte');
  }
}

/** What the cell's key makes for one use; knowing it tells nothing of the cell's key. */
const pour = (cle: CleDeCellule, usage: keyof typeof USAGES): Uint8Array => sodium.crypto_kdf_derive_from_key(32, USAGES[usage], CONTEXTE, cle);

/** `fragment`: the 32 bytes of that situation in the trousseau. Neither is enough alone. */
export async function cleDeSituation(cle: CleDeCellule, fragment: Uint8Array): Promise<CleDeSituation> {
  await pret;
  if (fragment.length !== 32) throw new CleRefusee('fragment abîmé');
  return sodium.crypto_generichash(32, fragment, pour(cle, 'situations')) as CleDeSituation;
}

/** `place`: where it stands (cell, situation, group, institution, version); moved elsewhere, it opens no more. */
export async function chiffrer(cle: CleDeSituation, clair: string, place: readonly string[]): Promise<Buffer> {
  await pret;
  const nonce = sodium.randombytes_buf(sodium.crypto_aead_xchacha20poly1305_ietf_NPUBBYTES);
  const corps = sodium.crypto_aead_xchacha20poly1305_ietf_encrypt(remplir(clair), JSON.stringify(place), null, nonce, cle);
  return Buffer.concat([nonce, corps]);
}
/** Throws `CleRefusee`. */
export async function dechiffrer(cle: CleDeSituation, ferme: Uint8Array, place: readonly string[]): Promise<string> {
  await pret;
  const n = sodium.crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
  try {
    const plein = sodium.crypto_aead_xchacha20poly1305_ietf_decrypt(null, ferme.subarray(n), JSON.stringify(place), ferme.subarray(0, n), cle);
    return new TextDecoder().decode(sodium.unpad(plein, BLOC));
  } catch {
    throw new CleRefusee('cette clé n’ouvre pas ce qui est écrit là');
  }
}
/** The length of a name is not told by that of what is kept. */
const BLOC = 256;
const remplir = (clair: string): Uint8Array => sodium.pad(new TextEncoder().encode(clair), BLOC);

/** Signs of an identity written the same way by two people: without accents, case, hyphens. */
const simplifier = (mot: string): string =>
  mot
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');

/** By which a situation is found again without being listed: only who holds the cell's key can make it. */
export async function empreinteDe(cle: CleDeCellule, identite: { nom: string; prenom: string; naissance: number }): Promise<Buffer> {
  await pret;
  const dit = JSON.stringify([simplifier(identite.nom), simplifier(identite.prenom), identite.naissance]);
  return Buffer.from(sodium.crypto_generichash(32, dit, pour(cle, 'recherche')));
}

/** By which a key that comes back is known to be the cell's: it tells nothing of it. */
export async function controleDe(cle: CleDeCellule): Promise<Buffer> {
  await pret;
  return Buffer.from(sodium.crypto_generichash(32, CONTEXTE, pour(cle, 'controle')));
}

/** What only the cell's key makes of a member and of their public key: whoever writes another one in the database cannot make it. */
export async function sceauDe(cle: CleDeCellule, membreId: string, publique: Uint8Array): Promise<Buffer> {
  await pret;
  return Buffer.from(sodium.crypto_generichash(32, JSON.stringify([membreId, Buffer.from(publique).toString('hex')]), pour(cle, 'membres')));
}
/** By which two people tell each other, aloud, that a public key is the same on both pages. */
export async function empreinteCourte(publique: Uint8Array): Promise<string> {
  await pret;
  const h = Buffer.from(sodium.crypto_generichash(16, publique, null))
    .toString('hex')
    .slice(0, 20);
  return h.match(/.{5}/g)?.join(' ') ?? h;
}

/** A key that left, closed by the one in force. */
export async function garderAncienne(cle: CleDeCellule, ancienne: Uint8Array): Promise<Buffer> {
  await pret;
  const nonce = sodium.randombytes_buf(sodium.crypto_secretbox_NONCEBYTES);
  return Buffer.concat([nonce, sodium.crypto_secretbox_easy(ancienne, nonce, pour(cle, 'anciennes'))]);
}
/** Throws `CleRefusee`. */
export async function reprendreAncienne(cle: CleDeCellule, boite: Uint8Array): Promise<CleDeCellule> {
  await pret;
  const n = sodium.crypto_secretbox_NONCEBYTES;
  try {
    return sodium.crypto_secretbox_open_easy(boite.subarray(n), boite.subarray(0, n), pour(cle, 'anciennes')) as CleDeCellule;
  } catch {
    throw new CleRefusee('cette clé n’ouvre pas une ancienne clé');
  }
}

/** Days, 0 to 60, that only the situation's key makes: an end that age sets comes that much earlier, so that it does not tell the month of birth. */
export async function reculDe(cle: CleDeSituation): Promise<number> {
  await pret;
  const [a = 0, b = 0] = sodium.crypto_generichash(16, 'recul', cle);
  return (a * 256 + b) % 61;
}

/** Three parts for three custodians; any two make the key again, one alone tells nothing. */
export const partager = (cle: CleDeCellule): Promise<Uint8Array[]> => split(Uint8Array.from(cle), 3, 2);
export const reunir = async (parts: readonly Uint8Array[]): Promise<CleDeCellule> => (await combine(parts.map((p) => Uint8Array.from(p)))) as CleDeCellule;

/** What was a key holds zeros. */
export const oublier = (cle: Uint8Array): void => void cle.fill(0);
