/** From what was typed to an entry: when it happened, by whom, in which words of the contract; or what is wrong, field by field. Pure. */
import type { ErreurDeChamp } from '../../../core/errors.ts';
import { detecter, direTrouvailles, type Trouvaille } from '../../signalements/index.ts';
import type { Cadre } from '../crises.schema.ts';
import { estUnSigle } from '../conduite/sigles.rules.ts';
import { dernierInstant, heureQuiSurprend, lireHeure, lireLigne, MOT_MAX, prochainInstant } from './entree.rules.ts';
import type { Saisie } from './entree.schema.ts';
import type { NouvelleEntree } from './main-courante.queries.ts';

/** Kinds of words that may tell who somebody is; insults and words on health are left to the writer. */
const NOMINATIFS = ['nom', 'telephone', 'courriel', 'plaque'] as const;
export const trouverNoms = (...textes: readonly string[]): Trouvaille[] =>
  textes.flatMap((t) => detecter(t)).filter((t) => (NOMINATIFS as readonly string[]).includes(t.genre));
/** What is asked before such a text is written; none when nothing looks so. */
export const demanderPourLesNoms = (noms: readonly Trouvaille[]): ErreurDeChamp[] =>
  noms.length === 0
    ? []
    : [{ champ: 'texte', message: `Aucune victime, aucune personne prise en charge n’est nommée ici. Ce texte semble contenir ${direTrouvailles(noms)}.` }];

export type Dite = Pick<NouvelleEntree, 'survenuLe' | 'source' | 'canal' | 'vers' | 'contenu' | 'classe' | 'decideur' | 'duLe' | 'renvoiGenre' | 'renvoi'>;
/** Ready, once what surprises in it was said to be right. */
export interface Preparee {
  dite: Dite;
  etonnements: ErreurDeChamp[];
  /** Kinds of what may tell who somebody is. */
  confirme: string[];
}

const CLASSE_PAR_DEFAUT = 'information';
const CANAL_PAR_DEFAUT = 'salle';

/** `reference`: the clock by which hours are understood, that of who wrote. `derniere`: last number there is. `sigles`: of the contract, no names. */
export function preparer(
  s: Saisie,
  cadre: Pick<Cadre, 'classes' | 'canaux'>,
  { reference, derniere, ouverteLe, sigles }: { reference: Date; derniere: number; ouverteLe: Date; sigles: { has(lettres: string): boolean } },
): { ok: true; valeur: Preparee } | { ok: false; erreurs: ErreurDeChamp[] } {
  const etonnements: ErreurDeChamp[] = [];
  const l = lireLigne(s.texte, cadre);
  const erreurs: ErreurDeChamp[] = [];
  const heure = (champ: 'heure' | 'pour', ecrit: string | undefined, chercher: typeof dernierInstant): Date | null => {
    const dite = s[champ] || ecrit;
    if (!dite) return null;
    const lue = lireHeure(dite);
    const t = lue ? chercher(lue, reference) : null;
    if (!t) erreurs.push({ champ, message: lue ? 'Cette heure n’existe pas : le changement d’heure la saute.' : 'Écrivez une heure comme 14h05.' });
    const surprise = champ === 'heure' && lue && t ? heureQuiSurprend(lue, t, reference, ouverteLe) : null;
    if (surprise) etonnements.push({ champ, message: surprise });
    return t;
  };
  const survenuLe = heure('heure', l.heure, dernierInstant) ?? reference;
  const duLe = heure('pour', l.pour, prochainInstant);
  const parmi = (champ: 'classe' | 'canal', liste: readonly { code: string }[], dit: string | undefined, defaut: string): string => {
    const code = s[champ] || dit || defaut;
    if (!liste.some((x) => x.code === code)) erreurs.push({ champ, message: 'Choisissez dans la liste.' });
    return code;
  };
  const classe = parmi('classe', cadre.classes, l.classe, CLASSE_PAR_DEFAUT);
  const canal = parmi('canal', cadre.canaux, l.canal, CANAL_PAR_DEFAUT);
  if (s.corrige && s.fait) erreurs.push({ champ: 'fait', message: 'Une entrée en corrige une autre ou la dit faite, pas les deux.' });
  const genre = s.corrige ? 'correction' : s.fait ? 'fait' : (l.renvoiGenre ?? null);
  const renvoi = Number(s.corrige || s.fait || l.renvoi || 0) || null;
  if (renvoi !== null && renvoi > derniere)
    erreurs.push({ champ: s.fait ? 'fait' : 'corrige', message: `Il n’y a pas d’entrée n° ${renvoi} : la dernière porte le n° ${derniere}.` });
  const [source, vers, decideur] = (['source', 'vers', 'decideur'] as const).map((champ) => {
    const dit = s[champ] || l[champ] || '';
    if (dit.length > MOT_MAX) erreurs.push({ champ, message: `Tient en ${MOT_MAX} caractères.` });
    return dit;
  }) as [string, string, string];
  if (erreurs.length > 0) return { ok: false, erreurs };
  const noms = trouverNoms(l.contenu, source, vers, decideur).filter((t) => !estUnSigle(t.extrait, sigles));
  return {
    ok: true,
    valeur: {
      dite: { survenuLe, source, canal, vers, contenu: l.contenu, classe, decideur, duLe, renvoiGenre: renvoi === null ? null : genre, renvoi },
      etonnements: [...etonnements, ...demanderPourLesNoms(noms)],
      confirme: [...new Set(noms.map((n) => n.genre))],
    },
  };
}

/** « l’horloge du poste avance de 12 min »; '' under a minute. */
export function direEcart(ms: number): string {
  const minutes = Math.round(Math.abs(ms) / 60_000);
  if (minutes === 0) return '';
  const [h, m] = [Math.floor(minutes / 60), minutes % 60];
  const duree = h === 0 ? `${m}\u00a0min` : `${h}\u00a0h${m === 0 ? '' : `\u00a0${String(m).padStart(2, '0')}`}`;
  return `horloge du poste ${ms > 0 ? 'en avance' : 'en retard'} de ${duree}`;
}
