/** What a file of places changes. Pure. */
import { plusJours } from '../../../core/jours.ts';
import { createHash } from 'node:crypto';
import { type Geometrie, jourEcrit, type Lieu } from './lieux.rules.ts';

/** A place as a file gives it. */
export interface LieuLu {
  ligne: number;
  code: string;
  nom: string;
  geometrie: Geometrie;
  depuis: string | null;
  jusquAu: string | null;
}
export type LieuTenu = Lieu & { geometrie: Geometrie };
export interface Reglages {
  /** From this day the places are as the file says; null: as far as is known, and what differs was wrong. */
  depuis: string | null;
  /** Places that the file no longer has end the day before `depuis`. */
  fermer: boolean;
}
export interface Changement {
  tenu: LieuTenu;
  lu: LieuLu;
  /** Its former state ends the day before; else it was wrong from the beginning. */
  depuis: string | null;
  quoi: string;
}
export interface PlanDImport {
  nouveaux: LieuLu[];
  changes: Changement[];
  /** Last day of those that end. */
  fermes: { tenu: LieuTenu; jusquAu: string }[];
  connus: number;
  fautes: { ligne: number; message: string }[];
}

const veille = (jour: string): string => plusJours(jour, -1);
const tot = (a: string | null, b: string): string => (a !== null && a < b ? a : b);

/** What a file does to the places of its type; `tenus`: the states in force of each, replaced ones left out. */
export function comparer(lus: readonly LieuLu[], tenus: readonly LieuTenu[], r: Reglages): PlanDImport {
  const plan: PlanDImport = { nouveaux: [], changes: [], fermes: [], connus: 0, fautes: [] };
  const derniers = new Map<string, LieuTenu>();
  for (const t of [...tenus].sort((a, b) => ((a.depuis ?? '') < (b.depuis ?? '') ? -1 : 1))) derniers.set(t.code, t);
  for (const l of lus) {
    const tenu = derniers.get(l.code);
    const depuis = l.depuis ?? r.depuis;
    if (!tenu) plan.nouveaux.push({ ...l, depuis });
    else comparerUn(plan, l, tenu, depuis);
  }
  if (r.fermer && r.depuis) {
    const presents = new Set(lus.map((l) => l.code));
    const jusquAu = veille(r.depuis);
    for (const t of derniers.values()) {
      if (presents.has(t.code) || (t.jusquAu !== null && t.jusquAu <= jusquAu)) continue;
      if (t.depuis !== null && t.depuis > jusquAu)
        plan.fautes.push({
          ligne: 0,
          message: `« ${t.nom} » (${t.code}) n’est plus dans le fichier et n’a commencé que le ${jourEcrit(t.depuis)} : datez l’import plus tard.`,
        });
      else plan.fermes.push({ tenu: t, jusquAu });
    }
  }
  return plan;
}

function comparerUn(plan: PlanDImport, l: LieuLu, tenu: LieuTenu, depuis: string | null): void {
  const contour = JSON.stringify(l.geometrie) !== JSON.stringify(tenu.geometrie);
  const quoi = [...(l.nom === tenu.nom ? [] : [`nom (« ${tenu.nom} » avant)`]), ...(contour ? ['position ou contour'] : [])].join(' et ');
  const rouvert = tenu.jusquAu !== null && depuis !== null && depuis > tenu.jusquAu;
  if (rouvert) return void plan.nouveaux.push({ ...l, depuis });
  if (quoi === '') {
    if (l.jusquAu !== null && l.jusquAu !== tenu.jusquAu) plan.fermes.push({ tenu, jusquAu: l.jusquAu });
    else plan.connus++;
    return;
  }
  if (depuis === null || depuis === tenu.depuis) return void plan.changes.push({ tenu, lu: l, depuis: null, quoi });
  if (tenu.depuis !== null && depuis < tenu.depuis) {
    const message = `« ${l.nom} » est déjà décrit depuis le ${jourEcrit(tenu.depuis)} : un changement du ${jourEcrit(depuis)} viendrait avant. Datez-le plus tard, ou du même jour pour corriger.`;
    return void plan.fautes.push({ ligne: l.ligne, message });
  }
  plan.changes.push({ tenu, lu: l, depuis, quoi });
}

/** The state that a change opens, and what becomes of the former one. */
export function appliquer(c: Changement): { jusquAu: string | null; remplace: boolean; ouvre: LieuLu } {
  const jusquAu = c.lu.jusquAu ?? c.tenu.jusquAu;
  if (c.depuis === null) return { jusquAu: c.tenu.jusquAu, remplace: true, ouvre: { ...c.lu, depuis: c.tenu.depuis, jusquAu } };
  return { jusquAu: tot(c.tenu.jusquAu, veille(c.depuis)), remplace: false, ouvre: { ...c.lu, depuis: c.depuis, jusquAu } };
}

/** Says whether what is about to be written is what was shown. */
export const empreinteDe = (p: PlanDImport): string =>
  createHash('sha256')
    .update(JSON.stringify([p.nouveaux, p.changes.map((c) => [c.tenu.id, c.lu, c.depuis]), p.fermes.map((f) => [f.tenu.id, f.jusquAu]), p.fautes]))
    .digest('hex')
    .slice(0, 16);
