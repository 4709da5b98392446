/**
 * What became of one who was to be told. One place: the page of an alert, its report, its figures and its clock read it here, so that « prévenu »
 * is said of a message that was handed over, « silence » of somebody who had one, and nothing is awaited of anybody once the alert is over. Pure.
 */
import type { Alerte } from '../alerte/alertes.queries.ts';
import type { Envoi } from './envois.queries.ts';

type Voie = 'courriel' | 'push' | 'sms';
/** One message by one way. */
export interface Remise {
  voie: Voie;
  etat: 'attente' | 'envoye' | 'echec' | 'retenu';
  depuis: Date;
  /** Handed to who carries it: the mail server, the service of the browser, the gateway. */
  le: Date | null;
}
/** A row with what its messages became; `partiLe` and `duLe` as they stand now, the clock having passed or not. */
export interface Suivi extends Envoi {
  remises: readonly Remise[];
}

/** The first hand-over, and the time to answer, which runs from it. A request to validate ends when its alert leaves, whatever happens to the letter. */
export function departDe(e: Pick<Envoi, 'genre' | 'envoyeLe' | 'duLe' | 'partiLe'>, remises: readonly Remise[]): Pick<Envoi, 'partiLe' | 'duLe'> {
  if (e.partiLe) return { partiLe: e.partiLe, duLe: e.duLe };
  const parties = remises.flatMap((r) => (r.etat === 'envoye' && r.le ? [r.le.getTime()] : []));
  if (parties.length === 0) return { partiLe: null, duLe: e.duLe };
  const partiLe = new Date(Math.max(Math.min(...parties), e.envoyeLe.getTime()));
  return { partiLe, duLe: e.genre === 'accuse' ? new Date(partiLe.getTime() + e.duLe.getTime() - e.envoyeLe.getTime()) : e.duLe };
}

/**
 * `repondu` · `a-partir`: no way out took it yet · `attendu`, `en-retard` · `relaye`: somebody after them was asked · `sans-suite`: nobody was
 * left · `muet`: past their time when the alert ended · `non-parti`: it ended and nothing had left · `sans-objet`: it ended before their time.
 */
export type EtatDEnvoi = 'repondu' | 'a-partir' | 'attendu' | 'en-retard' | 'relaye' | 'sans-suite' | 'muet' | 'non-parti' | 'sans-objet';
type Fait = Pick<Envoi, 'genre' | 'reponse' | 'partiLe' | 'duLe' | 'escaladeLe' | 'relayePar'>;
type Suivie = Pick<Alerte, 'etat' | 'diffuseeLe' | 'leveeLe' | 'closeLe'>;

/** From when nothing is awaited of them. */
const finDe = (e: Pick<Envoi, 'genre'>, a: Suivie): Date | null =>
  e.genre === 'accuse' ? a.leveeLe : (a.diffuseeLe ?? (a.etat === 'ecartee' ? a.closeLe : null));

/** `etatEnSql` (envois.queries.ts) says the same of rows; alertes.test compares them. */
export function etatDeLEnvoi(e: Fait, a: Suivie, maintenant: Date): EtatDEnvoi {
  if (e.reponse !== null) return 'repondu';
  if (e.escaladeLe && e.genre === 'accuse') return e.relayePar ? 'relaye' : 'sans-suite';
  const fin = finDe(e, a);
  if (fin && fin <= e.duLe) return 'sans-objet';
  if (fin) return e.partiLe ? 'muet' : 'non-parti';
  if (!e.partiLe) return 'a-partir';
  return e.duLe < maintenant ? 'en-retard' : 'attendu';
}

/** Why somebody after them was looked for: a silence is of who had the message in time. */
export type Cause = 'refus' | 'silence' | 'retard';
export function causeDuRelais(e: Pick<Envoi, 'rebondLe' | 'partiLe' | 'escaladeLe'>): Cause {
  if (e.rebondLe) return 'refus';
  return e.partiLe && e.escaladeLe && e.partiLe < e.escaladeLe ? 'silence' : 'retard';
}
/** Told: they answered, or a way out took their message and no notice said since that it did not arrive. */
export const estPrevenu = (e: Pick<Suivi, 'partiLe' | 'reponse' | 'rebondLe' | 'remises'>): boolean =>
  e.reponse !== null || (e.partiLe !== null && (e.rebondLe === null || e.remises.some((r) => r.etat === 'envoye')));

const TOLERANCE_MS = 60_000;
export interface Arret {
  /** Letters that wait, or that this server holds back. */
  nombre: number;
  depuis: Date;
  retenues: boolean;
}
/** Letters that should have left: the mail does not go. */
export function arretDuCourrier(suivis: readonly Suivi[], maintenant: Date): Arret | null {
  const lettres = suivis.flatMap((s) => s.remises.filter((r) => r.voie === 'courriel' && (r.etat === 'attente' || r.etat === 'retenu')));
  const depuis = lettres.reduce<Date | null>((d, r) => (d === null || r.depuis < d ? r.depuis : d), null);
  if (!depuis || maintenant.getTime() - depuis.getTime() <= TOLERANCE_MS) return null;
  return { nombre: lettres.length, depuis, retenues: lettres.every((r) => r.etat === 'retenu') };
}

export interface Comptes {
  destinataires: number;
  prevenus: number;
  /** Their message waits to leave. */
  attendent: number;
  /** Every way out refused it, or this server sends none. */
  refuses: number;
  repondus: number;
  vont: number;
}
/** Of those who are to answer, not of who validates. */
export function compter(suivis: readonly Suivi[]): Comptes {
  const accuses = suivis.filter((e) => e.genre === 'accuse');
  const restent = accuses.filter((e) => !estPrevenu(e));
  const attendent = restent.filter((e) => e.remises.some((r) => r.etat === 'attente')).length;
  return {
    destinataires: accuses.length,
    prevenus: accuses.length - restent.length,
    attendent,
    refuses: restent.length - attendent,
    repondus: accuses.filter((e) => e.reponse !== null).length,
    vont: accuses.filter((e) => e.reponse === 'vais').length,
  };
}
