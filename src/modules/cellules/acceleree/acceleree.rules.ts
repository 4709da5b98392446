/**
 * The accelerated way: which alerts open it for a cell, until when a situation enters by it, and the shorter clocks that it gives. Of an alert a
 * cell knows four things; the alert learns that the way was opened, and when.
 */
import { plusJours } from '../../../core/jours.ts';
import { jourDe } from '../../../core/clock.ts';
import type { Acceleree } from '../charte/charte.schema.ts';

export interface AlerteGrave {
  id: string;
  palier: string;
  territoireId: string;
  diffuseeLe: Date;
}
interface Voie {
  id: string;
  alerteId: string;
  palier: string;
  alerteLe: Date;
  jusquAu: string;
}

/** Last day of the way that this alert opens. */
export const finDeVoie = (a: Acceleree, alerte: Pick<AlerteGrave, 'diffuseeLe'>): string => plusJours(jourDe(alerte.diffuseeLe), a.jours);

/** Alerts of this place, or of a place inside it or around it, that may open it now and have not. */
export const ouvrables = <A extends AlerteGrave>(
  alertes: readonly A[],
  o: {
    acceleree: Acceleree;
    territoireId: string;
    deja: readonly { alerteId: string }[];
    aujourdhui: string;
    contient: (grand: string, petit: string) => boolean;
  },
): A[] =>
  alertes.filter(
    (x) =>
      (o.contient(o.territoireId, x.territoireId) || o.contient(x.territoireId, o.territoireId)) &&
      finDeVoie(o.acceleree, x) >= o.aujourdhui &&
      !o.deja.some((d) => d.alerteId === x.id),
  );

/** Ways by which a situation may enter today. */
export const voiesOuvertes = <V extends Pick<Voie, 'jusquAu'>>(voies: readonly V[], aujourdhui: string): V[] => voies.filter((v) => v.jusquAu >= aujourdhui);

/** Never longer than what the kind of orientation says by itself. */
export const delaisDOrientation = (choix: { accuse_jours: number; issue_jours: number }, acceleree: Acceleree | null): { accuse: number; issue: number } => ({
  accuse: Math.min(choix.accuse_jours, acceleree?.accuse_jours ?? choix.accuse_jours),
  issue: Math.min(choix.issue_jours, acceleree?.issue_jours ?? choix.issue_jours),
});

/** Entered by that way, and not examined on the day that was its last. */
export const examenEnRetard = (s: { etat: string; examenAvant: string | null }, aujourdhui: string): boolean =>
  s.examenAvant !== null && s.examenAvant < aujourdhui && (s.etat === 'recue' || s.etat === 'recevable');
