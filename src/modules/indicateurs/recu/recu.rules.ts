/**
 * The receipt of a figure: what was published of it, at one moment, signed by the key of the platform. Everything is in its address:
 * nothing to keep, nothing that a later correction could change, and nobody else can make one.
 */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Coffre } from '../../../core/coffre.ts';
import { couper } from '../../../core/couper.ts';
import { sontEgaux } from '../../../core/lien-signe.ts';

const recuSchema = z.strictObject({
  contrat: z.string(),
  mesure: z.string(),
  periode: z.string(),
  territoire: z.string(),
  /** As it was said: state, value, reservations. */
  chiffre: z.strictObject({
    etat: z.enum(['valeur', 'zero', 'attendu', 'manquant', 'non_ventile', 'secret', 'sans_objet']),
    valeur: z.number().nullable(),
    texte: z.string().nullable(),
    unite: z.string(),
    incomplet: z.number(),
    attenduDe: z.array(z.string()),
    depuis: z.string().nullable(),
    contributions: z.strictObject({ recues: z.number(), attendues: z.number() }).optional(),
    attendValidation: z.literal(true).optional(),
  }),
  /** Version of the definition that counted it; null for a figure that is given. */
  definition: z.number().nullable(),
  /** Moment of publication, ISO 8601, UTC. */
  le: z.iso.datetime(),
});
export type Recu = z.output<typeof recuSchema>;

/** A long text is told by its fingerprint: an address holds two thousand characters. */
const TEXTE_MAX = 300;
const avecEmpreinte = (texte: string | null): string | null =>
  texte === null || texte.length <= TEXTE_MAX
    ? texte
    : `${couper(texte, TEXTE_MAX)}… (texte entier : SHA-256 ${createHash('sha256').update(texte).digest('hex')})`;

const signer = (coffre: Coffre, charge: string): string => coffre.signer(`recu de chiffre\n${charge}`);

/** Path of the receipt. */
export function cheminDuRecu(coffre: Coffre, recu: Recu): string {
  const abrege = { ...recu, chiffre: { ...recu.chiffre, texte: avecEmpreinte(recu.chiffre.texte) } };
  const charge = Buffer.from(JSON.stringify(recuSchema.parse(abrege))).toString('base64url');
  return `/recu?c=${charge}.${signer(coffre, charge)}`;
}

/** What the receipt says; null when this platform never gave it, or when a character of it changed. */
export function lireRecu(coffre: Coffre, ecrit: string): Recu | null {
  const m = /^([\w-]{40,4000})\.([\w-]{32})$/.exec(ecrit);
  if (!m?.[1] || !m[2]) return null;
  if (!sontEgaux(signer(coffre, m[1]), m[2])) return null;
  const lu = recuSchema.safeParse(JSON.parse(Buffer.from(m[1], 'base64url').toString('utf8')));
  return lu.success ? lu.data : null;
}

/** Sixteen groups of four, short enough to be read over the telephone from one paper to another. */
export const empreinteDe = (ecrit: string): string => (createHash('sha256').update(ecrit).digest('hex').match(/.{4}/g) ?? []).join(' ');

/** Does the figure say today what the receipt says? */
export const memeChiffre = (a: Recu['chiffre'], b: Recu['chiffre']): boolean =>
  a.etat === b.etat && a.valeur === b.valeur && avecEmpreinte(a.texte) === avecEmpreinte(b.texte) && a.unite === b.unite && a.incomplet === b.incomplet;
