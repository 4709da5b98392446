/**
 * The audit trail: one entry for each act, written in the transaction of what it tells, last before its commit (the head of
 * the chain is locked from there on). Reads of sensitive objects and refusals are gathered and written a moment later in one
 * statement, so that a page does not wait for them. Numbering and chaining are done by the database (`enchainer_audit`).
 */
import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { Utilisateur } from '../authorize.ts';
import { type Db, inTransaction, remettreEnsemble } from '../base/database.ts';
import type { Fusion } from '../base/transaction.ts';
import { requete } from '../base/requete.ts';
import { enJson } from '../couper.ts';
import { bornerDetails, type Sains } from './details.ts';

/** Acts that no module does: every door writes them. */
export const ACTES_DU_SOCLE = { 'acces.refuse': 'accès refusé', 'objet.lu': 'consulté' };

export interface EntreeAudit {
  quand: Date;
  compteId: string | null;
  organisationId: string | null;
  /** Role and scope by which the person acts. */
  mandat: string | null;
  /** `noun.verb`: `activite.corrigee`. */
  action: string;
  /** Path of the thing. */
  objet: string;
  /** Digests of what it said before and says after, from `empreinteDe`. */
  avant: string | null;
  apres: string | null;
  details: Record<string, unknown>;
  adresse: string | null;
}

interface ContenuAudite {
  avant?: unknown;
  apres?: unknown;
  /** Who acts, where the request itself does not know yet: someone signing in. */
  auteur?: { id: string; organisationId: string };
}

/** `details` never hold what somebody wrote (details.ts); `avant` and `apres` are digested here, never written. */
export type Auditer = <const D extends object>(action: string, objet: string, details?: D & Sains<D>, contenu?: ContenuAudite) => Promise<void>;

/** SHA-256 (hex) of a value as JSON with sorted keys: the same content gives the same digest on any machine. */
export const empreinteDe = (valeur: unknown): string => createHash('sha256').update(canonique(valeur)).digest('hex');

function canonique(v: unknown): string {
  if (v instanceof Date) return JSON.stringify(v);
  if (Array.isArray(v)) return `[${v.map(canonique).join(',')}]`;
  if (typeof v === 'object' && v !== null)
    return `{${Object.entries(v)
      .filter(([, x]) => x !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([cle, x]) => `${JSON.stringify(cle)}:${canonique(x)}`)
      .join(',')}}`;
  return JSON.stringify(v ?? null);
}

/** « coordonnateur mairie-18 »: every mandate in force, since any of them may have opened the door. */
const direMandats = (u: Utilisateur | null): string | null =>
  u && u.mandats.length > 0 ? u.mandats.map((m) => [m.role, m.territoireId, m.fiche, m.registre].filter(Boolean).join(' ')).join(', ') : null;

export interface Qui {
  utilisateur: Utilisateur | null;
  quand: Date;
  adresse: string | null;
}
export const entree = <const D extends object>(q: Qui, action: string, objet: string, details?: D & Sains<D>): EntreeAudit => ({
  quand: q.quand,
  compteId: q.utilisateur?.id ?? null,
  organisationId: q.utilisateur?.organisationId ?? null,
  mandat: direMandats(q.utilisateur),
  action,
  objet,
  avant: null,
  apres: null,
  details: bornerDetails(details ?? {}),
  adresse: q.adresse,
});

/** Collects what a request does; the server writes it before the commit. */
export function createAudit(q: Qui, entrees: EntreeAudit[]): Auditer {
  return async (action, objet, details, contenu = {}) => {
    const digerer = (v: unknown) => (v === undefined || v === null ? null : empreinteDe(v));
    const e = { ...entree(q, action, objet, details), avant: digerer(contenu.avant), apres: digerer(contenu.apres) };
    entrees.push(contenu.auteur ? { ...e, compteId: contenu.auteur.id, organisationId: contenu.auteur.organisationId } : e);
  };
}

const ajouter = requete<unknown, { contrat: string; entrees: string }>(
  (v) => sql`
    with contrat as (select set_config('concorde.contrat_id', ${v.contrat}, true))
    select ecrire_audit(${v.entrees}::jsonb) from contrat`,
);

/**
 * Appends to the chain, in order, in the caller's transaction: with its commit, so that nobody waits for the head for longer. The contract is that of the role that signed in; the setting is the
 * owner's, whom no contract confines.
 */
export async function ecrireAudit(db: Db, contratId: number, entrees: readonly EntreeAudit[]): Promise<void> {
  if (entrees.length > 0) await remettreEnsemble(db, enchainer, { contratId, entrees });
}
/** Entries of transactions that are written together: one after the other in the chain, as if each had come alone. */
const enchainer: Fusion<{ contratId: number; entrees: readonly EntreeAudit[] }> = {
  ecrire: (parts) => [ajouter.avec({ contrat: String(parts[0]?.contratId), entrees: enJson(parts.flatMap((p) => p.entrees)) })],
};

export interface Journal {
  /**
   * Notes a read or a refusal; written within a second. The same thing again in between only counts once more; with `parMinute`, the same
   * person reading the same thing again within a minute leaves no other entry.
   */
  noter(e: EntreeAudit, parMinute?: boolean): void;
  /** Writes what waits now. */
  vider(): Promise<void>;
  close(): Promise<void>;
}

const DELAI_MS = 500;
const REPRISE_MS = 5000;
const ATTENTE_MAX = 500;
const MINUTE_MS = 60_000;
const RECENTES_MAX = 5000;

/** `db`: application pool. What could not be written is kept and tried again; `surEchec` hears about it. */
export function openJournal(db: Db, contratId: number, surEchec: (e: unknown) => void = () => {}): Journal {
  let attente = new Map<string, EntreeAudit>();
  /** Last entry of what is read every few seconds, the oldest first. */
  const recentes = new Map<string, number>();
  const vientDeLeLire = (e: EntreeAudit): boolean => {
    const [cle, quand] = [`${e.compteId} ${e.objet}`, e.quand.getTime()];
    if (quand - (recentes.get(cle) ?? Number.NEGATIVE_INFINITY) < MINUTE_MS) return true;
    recentes.delete(cle);
    recentes.set(cle, quand);
    for (const [ancienne, le] of recentes) {
      if (recentes.size <= RECENTES_MAX && quand - le < MINUTE_MS) break;
      recentes.delete(ancienne);
    }
    return false;
  };
  let enCours: Promise<void> = Promise.resolve();
  let minuterie: NodeJS.Timeout | null = null;
  const ecrire = async () => {
    if (minuterie) clearTimeout(minuterie);
    minuterie = null;
    const lot = attente;
    attente = new Map();
    if (lot.size === 0) return;
    try {
      await inTransaction(db, { contratId }, (tx) => ecrireAudit(tx, contratId, [...lot.values()]));
    } catch (e) {
      surEchec(e);
      for (const [cle, x] of lot) if (attente.size < ATTENTE_MAX * 20) attente.set(`${cle} ${x.quand.getTime()}`, x);
      minuterie ??= setTimeout(() => void vider(), REPRISE_MS).unref();
    }
  };
  const vider = (): Promise<void> => {
    enCours = enCours.then(ecrire);
    return enCours;
  };
  return {
    noter: (e, parMinute = false) => {
      if (parMinute && vientDeLeLire(e)) return;
      const cle = `${e.compteId} ${e.mandat} ${e.adresse} ${e.action} ${e.objet}`;
      const deja = attente.get(cle);
      if (deja) deja.details = { ...deja.details, fois: Number(deja.details.fois ?? 1) + 1 };
      else attente.set(cle, e);
      if (attente.size >= ATTENTE_MAX) void vider();
      else minuterie ??= setTimeout(() => void vider(), DELAI_MS).unref();
    },
    vider,
    close: vider,
  };
}
