/** What the head of a letter says, without reading the letter: its name, and whether a program wrote it. Pure. */
import { createHash } from 'node:crypto';
import { couper } from '../couper.ts';

export type Entetes = ReadonlyMap<string, string>;

const ENTETES_MAX = 65_536;

/** Lowercase names; the first of each. Lines that continue are put back together. */
export function lireEntetes(contenu: Buffer): Entetes {
  const debut = contenu.subarray(0, ENTETES_MAX).toString('latin1');
  const fin = /\r?\n\r?\n/.exec(debut)?.index ?? debut.length;
  const entetes = new Map<string, string>();
  for (const l of debut
    .slice(0, fin)
    .replace(/\r?\n[ \t]+/g, ' ')
    .split(/\r?\n/)) {
    const m = /^([!-9;-~]+):[ \t]*(.*)$/.exec(l);
    const nom = m?.[1]?.toLowerCase();
    if (nom && !entetes.has(nom)) entetes.set(nom, (m?.[2] ?? '').trim());
  }
  return entetes;
}

/** What tells this letter from any other; a digest where its writer said nothing. */
export const nomDuMessage = (e: Entetes, contenu: Buffer): string => {
  const dit = couper(e.get('message-id') ?? '', 998);
  return dit !== '' ? dit : `sha256:${createHash('sha256').update(contenu).digest('hex')}`;
};

/**
 * Why nobody waits for an answer to it; null for a letter that a person wrote. `expediteur`: of the envelope. `notre`: domain of the letters
 * that leave from here.
 */
export function pourquoiLEcarter(e: Entetes, expediteur: string, notre: string): string | null {
  const dit = (nom: string): string => (e.get(nom) ?? '').toLowerCase();
  if (expediteur === '' || /^(mailer-daemon|postmaster)@/i.test(expediteur) || dit('content-type').startsWith('multipart/report')) return 'avis de remise';
  if (dit('auto-submitted') !== '' && !dit('auto-submitted').startsWith('no')) return 'réponse automatique';
  if (/^(bulk|junk|list|auto_reply)\b/.test(dit('precedence')) || e.has('x-autoreply') || e.has('x-autorespond')) return 'réponse automatique';
  if (e.has('list-id') || e.has('list-unsubscribe') || e.has('list-post')) return 'liste de diffusion';
  // Ours have the id of their row before the domain.
  if (new RegExp(`^<[0-9a-f-]{36}@${notre.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}>$`, 'i').test(e.get('message-id') ?? '')) return 'boucle';
  return null;
}

export interface Adresse {
  /** « collecte » of `collecte+x@domaine`. */
  boite: string;
  /** « x »; empty without one. */
  etiquette: string;
}
/** Null when it is of another domain, or no address. Relays may change the case of what stands before the domain. */
export function lireAdresse(adresse: string, domaine: string): Adresse | null {
  const m = /^([^@+\s]{1,64})(?:\+([^@\s]{0,64}))?@([^@\s]+)$/.exec(adresse.trim().toLowerCase());
  return m && m[3] === domaine.toLowerCase() ? { boite: m[1] ?? '', etiquette: m[2] ?? '' } : null;
}
