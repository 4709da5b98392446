/** Stages of a record: planned, done, cancelled. Pure. */
import { abreger } from '../../../core/couper.ts';
import { joursEntre } from '../../../core/jours.ts';
import { type Lu, lu, refus } from '../../../core/lu.ts';
import { plusJours } from '../../echeances/index.ts';
import { cleTexte } from '../../../core/mots.ts';
import type { DefinitionRegistre } from '../definition.ts';
import type { Repertoire } from '../registres.repertoire.ts';
import type { Etape } from '../registres.rules.ts';

/** What to do, with the name that the field bears on the page. */
export const aRemplir = (quoi: string): string => `Remplissez « ${quoi} ».`;

export const ETAPES: Readonly<Record<Etape, string>> = { realisee: 'Réalisée', programmee: 'Programmée', annulee: 'Annulée' };
const SYNONYMES: Readonly<Record<string, Etape>> = {
  ...{ fait: 'realisee', faite: 'realisee', realise: 'realisee', effectue: 'realisee', effectuee: 'realisee', termine: 'realisee', terminee: 'realisee' },
  ...{ prevu: 'programmee', prevue: 'programmee', programme: 'programmee', planifie: 'programmee', planifiee: 'programmee', 'a venir': 'programmee' },
  ...{ annule: 'annulee', reporte: 'annulee', reportee: 'annulee' },
};

export function lireEtape(texte: string): Lu<Etape> {
  const cle = cleTexte(texte);
  if (cle === '') return lu<Etape>(null);
  const e = (Object.keys(ETAPES) as Etape[]).find((x) => x === cle || cleTexte(ETAPES[x]) === cle) ?? SYNONYMES[cle];
  return e ? lu(e) : refus(`« ${abreger(texte.trim(), 40)} » : écrivez réalisée, programmée ou annulée.`);
}

interface Lue {
  jour: string;
  etape?: Etape | undefined;
  annulation?: string | null | undefined;
  donnees: Record<string, unknown>;
}
/** What a stage asks of a record: a day that has come and its quantities when it is done, a reason when it is cancelled. */
export function fautesDEtape(d: DefinitionRegistre, rep: Repertoire, v: Lue): { path: string[]; message: string }[] {
  const etape = v.etape ?? 'realisee';
  const fautes: { path: string[]; message: string }[] = [];
  if (etape === 'annulee' && (v.annulation ?? '').trim() === '')
    fautes.push({ path: ['annulation'], message: 'Indiquez pourquoi c’est annulé : le motif reste dans l’historique.' });
  if (etape !== 'realisee') return fautes;
  if (rep.aujourdhui !== undefined && v.jour > rep.aujourdhui)
    fautes.push({
      path: ['jour'],
      message: `« ${d.jour} » : le ${v.jour.split('-').reverse().join('/')} n’est pas encore passé. Choisissez l’étape « Programmée », ou vérifiez la date.`,
    });
  for (const c of d.champs)
    if (c.obligatoire && (c.type === 'nombre' || c.type === 'lignes') && (v.donnees[c.code] ?? null) === null)
      fautes.push({ path: ['donnees', c.code], message: aRemplir(c.libelle) });
  return fautes;
}

export const RYTHMES = { semaine: 'Chaque semaine', quinzaine: 'Toutes les deux semaines', mois: 'Chaque mois' } as const;
export type Rythme = keyof typeof RYTHMES;
/** Records made at once. */
export const SERIE_MAX = 60;

/** Same day of the week, or same day of the month: the 31st becomes the last of a shorter month. */
function jourSuivant(depart: string, rythme: Rythme, pas: number): string {
  if (rythme !== 'mois') return plusJours(depart, pas * (rythme === 'semaine' ? 7 : 14));
  const [a = 0, m = 1, j = 1] = depart.split('-').map(Number);
  const rang = m - 1 + pas;
  const dernier = new Date(Date.UTC(a, rang + 1, 0)).getUTCDate();
  const deux = (n: number) => String(n).padStart(2, '0');
  return `${a + Math.floor(rang / 12)}-${deux((rang % 12) + 1)}-${deux(Math.min(j, dernier))}`;
}
/** Days of a series, the first one included, up to that day; one more than `SERIE_MAX` when it is too long. */
export function joursDeSerie(depart: string, rythme: Rythme, jusquau: string): string[] {
  const jours: string[] = [];
  for (let pas = 0; pas <= SERIE_MAX; pas++) {
    const j = jourSuivant(depart, rythme, pas);
    if (j > jusquau) break;
    jours.push(j);
  }
  return jours;
}
/** So many days later: the last day of what lasts follows its first one. */
export const decaler = (jour: string, de: string, a: string): string => plusJours(jour, joursEntre(de, a));
