/**
 * What is typed on the one line of the main courante. In front of what it says, in any order, it may say the rest:
 *
 *   14h05 /décision +radio de:SCOP à:DSOL par:Préfet pour:18h corrige:12 Évacuation du gymnase
 *
 * What is not understood is left in the text: nothing that was typed is lost. Pure.
 */
import { JOUR_MS } from '../../../core/jours.ts';
import { sansAccents } from '../../../core/mots.ts';
import { instantDe, jourDe } from '../../../core/clock.ts';
import { heure as heureDite, isoEtHeureDuMoment, jourEtHeure } from '../../../ui/typographie.ts';

export const CONTENU_MAX = 8000;
export const MOT_MAX = 120;
/** Written by hand, an hour a little ahead is of today (a watch that is fast); beyond, it was yesterday. */
const AVANCE_MS = 10 * 60_000;

export interface Listes {
  classes: readonly { code: string; libelle: string }[];
  canaux: readonly { code: string; libelle: string }[];
}
export interface LigneLue {
  contenu: string;
  heure?: string;
  pour?: string;
  classe?: string;
  canal?: string;
  source?: string;
  vers?: string;
  decideur?: string;
  renvoiGenre?: 'correction' | 'fait';
  renvoi?: number;
}

/** The only entry whose code or label begins so; none when several do, unless one is exactly that. */
function choisir(debut: string, l: readonly { code: string; libelle: string }[]): string | undefined {
  const d = sansAccents(debut);
  const exact = l.find((x) => x.code === d || sansAccents(x.libelle) === d);
  const commence = l.filter((x) => x.code.startsWith(d) || sansAccents(x.libelle).startsWith(d));
  return exact?.code ?? (commence.length === 1 ? commence[0]?.code : undefined);
}
const HEURE = /^(\d{1,2})\s?[h:](\d{2})?$/i;
/** « 9h », « 09:05 » -> « 09:05 »; null for what is no hour. */
export function lireHeure(t: string): string | null {
  const m = HEURE.exec(t.trim());
  const [h, min] = [Number(m?.[1]), Number(m?.[2] ?? '0')];
  return m && h < 24 && min < 60 ? `${String(h).padStart(2, '0')}:${String(min).padStart(2, '0')}` : null;
}

/** One mark at the head of a line; null when this word is none. */
function lireMarque(mot: string, l: Listes): Partial<LigneLue> | null {
  const heure = lireHeure(mot);
  // « 14h » alone begins too many sentences: with its minutes only.
  if (heure && /\d[h:]\d{2}$/i.test(mot)) return { heure };
  if (mot.startsWith('/') && mot.length > 2) {
    const classe = choisir(mot.slice(1), l.classes);
    return classe ? { classe } : null;
  }
  if (/^\+\D/.test(mot) && mot.length > 2) {
    const canal = choisir(mot.slice(1), l.canaux);
    return canal ? { canal } : null;
  }
  const [, cle = '', valeur = ''] = /^(de|à|a|par|pour|corrige|fait):(.+)$/iu.exec(mot) ?? [];
  if (valeur === '') return null;
  switch (sansAccents(cle)) {
    case 'de':
      return { source: valeur.replace(/_/g, ' ') };
    case 'a':
      return { vers: valeur.replace(/_/g, ' ') };
    case 'par':
      return { decideur: valeur.replace(/_/g, ' ') };
    case 'pour': {
      const pour = lireHeure(valeur);
      return pour ? { pour } : null;
    }
    default:
      return /^\d{1,9}$/.test(valeur) && Number(valeur) > 0
        ? { renvoiGenre: sansAccents(cle) === 'fait' ? 'fait' : 'correction', renvoi: Number(valeur) }
        : null;
  }
}

export function lireLigne(texte: string, l: Listes): LigneLue {
  let reste = texte.trim();
  let lue: Partial<LigneLue> = {};
  for (let n = 0; n < 10; n++) {
    const [mot = ''] = /^\S+/.exec(reste) ?? [];
    const marque = mot === '' ? null : lireMarque(mot, l);
    // Said twice, the second is part of the text.
    if (!marque || Object.keys(marque).some((k) => k in lue)) break;
    lue = { ...lue, ...marque };
    reste = reste.slice(mot.length).trim();
  }
  // Marks alone say nothing: they are the text.
  return reste === '' ? { contenu: texte.trim() } : { ...lue, contenu: reste };
}

/** The moment at which a clock on the wall last showed this hour before `reference` (or will within minutes): the change of hour shows some twice. */
export function dernierInstant(heure: string, reference: Date): Date | null {
  const limite = reference.getTime() + AVANCE_MS;
  for (const jours of [0, 1]) {
    const jour = jourDe(new Date(reference.getTime() - jours * JOUR_MS));
    const passes = instantsDe(jour, heure).filter((t) => t.getTime() <= limite);
    const dernier = passes.at(-1);
    if (dernier) return dernier;
  }
  return null;
}
/** Farther behind than ahead: who writes « 22h30 » at ten in the evening speaks more likely of tonight than of yesterday. */
const SURPREND_MS = 12 * 3_600_000;
/** Told before the room was there, and by more than it takes to open one. */
const AVANT_OUVERTURE_MS = 3_600_000;
/** What is asked before an hour is understood so; null when nothing surprises. `ouverteLe`: of the room, where there is one. */
export function heureQuiSurprend(heure: string, t: Date, reference: Date, ouverteLe: Date | null): string | null {
  if (reference.getTime() - t.getTime() > SURPREND_MS)
    return `${heureDite(heure)} n’est pas encore passée aujourd’hui : ce serait le ${jourEtHeure(t)}. Une heure à venir s’écrit dans le texte, ou dans « À faire pour ».`;
  if (ouverteLe && ouverteLe.getTime() - t.getTime() > AVANT_OUVERTURE_MS)
    return `Le ${jourEtHeure(t)}, cette salle n’était pas ouverte : elle l’est depuis le ${jourEtHeure(ouverteLe)}.`;
  return null;
}

/** The next time that it will show it. */
export function prochainInstant(heure: string, reference: Date): Date | null {
  for (const jours of [0, 1]) {
    const jour = jourDe(new Date(reference.getTime() + jours * JOUR_MS));
    const suivant = instantsDe(jour, heure).find((t) => t > reference);
    if (suivant) return suivant;
  }
  return null;
}
function instantsDe(jour: string, heure: string): Date[] {
  const premier = instantDe(jour, heure);
  if (!premier) return [];
  const second = new Date(premier.getTime() + 3_600_000);
  // An hour later, the wall shows the same: the day on which clocks go back.
  return isoEtHeureDuMoment(second) === isoEtHeureDuMoment(premier) ? [premier, second] : [premier];
}
