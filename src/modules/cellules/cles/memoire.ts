/**
 * Keys of cells that are open, in this process's memory and nowhere else: by the digest of the session that opened them. Fifteen minutes
 * without work on a situation, two hours whatever is done, the end of the session, an exclusion or another key close them; what is idle is
 * forgotten within the minute.
 */
import { createHash } from 'node:crypto';
import { suivreLesFins } from '../../../core/fins-de-session.ts';
import { type CleDeCellule, oublier } from './cles.ts';

export const INACTIVITE_MS = 15 * 60_000;
export const DUREE_MS = 2 * 3_600_000;

interface Ouverte {
  /** Digest of the session. */
  session: string;
  cle: CleDeCellule;
  epoque: number;
  membreId: string;
  vueLe: number;
  depuis: number;
}

export interface Memoire {
  /** `maintenant`: of the request. */
  garder(session: string, celluleId: string, o: { cle: CleDeCellule; epoque: number; membreId: string }, maintenant: Date): void;
  /** `prolonge`: this is work on a situation, and not only the page of the cell. A copy, for one request: what is closed meanwhile does not become zeros under its hands. Null when closed, idle or of another key. */
  lire(session: string, celluleId: string, attendu: { epoque: number; membreId: string }, maintenant: Date, prolonge?: boolean): CleDeCellule | null;
  fermer(session: string, celluleId: string): void;
  nombre(): number;
}

export function createMemoire(): Memoire {
  const ouvertes = new Map<string, Ouverte>();
  const nomDe = (session: string, cellule: string): string =>
    createHash('sha256')
      .update(JSON.stringify([session, cellule]))
      .digest('base64url');
  const empreinteDe = (session: string): string => createHash('sha256').update(session).digest('base64url');
  /** Nothing is followed while nothing is open. */
  let lacher: (() => void) | null = null;
  const oter = (nom: string): void => {
    const o = ouvertes.get(nom);
    if (o) oublier(o.cle);
    ouvertes.delete(nom);
    if (ouvertes.size > 0) return;
    lacher?.();
    lacher = null;
  };
  const finir = (session: string): void => {
    const empreinte = empreinteDe(session);
    for (const [nom, o] of ouvertes) if (o.session === empreinte) oter(nom);
  };
  const balayer = (maintenant: number): void => {
    // A clock that goes back closes too: nothing stays open longer than it says.
    for (const [nom, o] of ouvertes)
      if (maintenant - o.vueLe >= INACTIVITE_MS || o.vueLe - maintenant >= INACTIVITE_MS || maintenant - o.depuis >= DUREE_MS) oter(nom);
  };
  let veille: NodeJS.Timeout | null = null;
  /** Nobody may ask again: what is idle is forgotten all the same. */
  const veiller = (): void => {
    if (veille || ouvertes.size === 0) return;
    veille = setTimeout(() => {
      veille = null;
      balayer(Date.now());
      veiller();
    }, 60_000).unref();
  };
  return {
    garder: (session, celluleId, o, maintenant) => {
      balayer(maintenant.getTime());
      const nom = nomDe(session, celluleId);
      oter(nom);
      lacher ??= suivreLesFins(finir);
      ouvertes.set(nom, { ...o, session: empreinteDe(session), vueLe: maintenant.getTime(), depuis: maintenant.getTime() });
      veiller();
    },
    lire: (session, celluleId, attendu, maintenant, prolonge = true) => {
      balayer(maintenant.getTime());
      const nom = nomDe(session, celluleId);
      const o = ouvertes.get(nom);
      if (!o) return null;
      if (o.epoque !== attendu.epoque || o.membreId !== attendu.membreId) {
        oter(nom);
        return null;
      }
      if (prolonge) o.vueLe = maintenant.getTime();
      return Uint8Array.from(o.cle) as CleDeCellule;
    },
    fermer: (session, celluleId) => oter(nomDe(session, celluleId)),
    nombre: () => ouvertes.size,
  };
}
