/** In which language the public form speaks: its words, those of the contract’s circuits, days. French where nothing is asked. Pure. */
import { INSECABLE, jour } from '../../../ui/typographie.ts';
import type { MotsDesChamps } from '../../../ui/mots-des-champs.ts';
import { type CodeEtat, CODES_ETATS, ETATS } from '../circuits/etats.ts';
import { fr } from './fr.ts';

/** `recu.l`: what a state is called; `recu.d`: what it means. */
type CleDEtat = `${CodeEtat}.${'l' | 'd'}`;
export type Mots = Readonly<Record<keyof typeof fr | CleDEtat, string>>;
const enFrancais = CODES_ETATS.flatMap((e) => [
  [`${e}.l`, ETATS[e].libelle],
  [`${e}.d`, ETATS[e].dit],
]);
/** Numbers stay with what they count; punctuation is bound by the page (`ui/ponctuation.ts`). */
const lier = (t: string): string => t.replace(/(?<=n°) |(?<=[\d}]) (?=(?:h|Mo)\b)/g, INSECABLE);
export const lierTous = <K extends string>(mots: Readonly<Record<K, string>>): Record<K, string> =>
  Object.fromEntries(Object.entries<string>(mots).map(([cle, t]) => [cle, lier(t)])) as Record<K, string>;
export const FR: Mots = { ...lierTous(fr), ...(Object.fromEntries(enFrancais) as Record<CleDEtat, string>) };
/** One language: who reviewed its words, a native speaker (a reader concerned, for easy French); null: nobody yet, and each page says so. */
export interface Traduction {
  relu: string | null;
  mots: Mots;
}
export interface Parle {
  /** As addresses name it; '' for French. */
  code: string;
  /** BCP 47. */
  langue: string;
  mots: Mots;
  /** A native speaker has read its words, and those of this contract. */
  relu: boolean;
  /** Everything that the circuit shown says is said in it; what is not is in French. */
  entier: boolean;
}
export const FRANCAIS: Parle = { code: '', langue: 'fr', mots: FR, relu: true, entier: true };

type Parametres = Readonly<Record<string, string | number>>;
export const remplir = (modele: string, p: Parametres): string => modele.replace(/\{(\w+)\}/g, (tout, nom: string) => String(p[nom] ?? tout));

/** A day has no hour: it is the same everywhere. */
const SANS_HEURE = 'UTC';
/** A day as the language writes it, in the digits of the form. */
export const direJour = (p: Parle, iso: string): string =>
  p.langue === 'fr'
    ? jour(iso)
    : new Intl.DateTimeFormat(`${p.langue}-u-nu-latn`, { dateStyle: 'long', timeZone: SANS_HEURE }).format(new Date(`${iso}T12:00:00Z`));
export const motsDEtat = (m: Mots, etat: CodeEtat): { libelle: string; dit: string } => ({ libelle: m[`${etat}.l`], dit: m[`${etat}.d`] });

export const motsDesChamps = (m: Mots): MotsDesChamps => ({
  facultatif: m.facultatif,
  erreur: m.erreur,
  attention: m.attention,
  cEstFait: m.cEstFait,
  aCorriger: (n) => (n === 1 ? m.aCorrigerUne : remplir(m.aCorriger, { n })),
  auPlus: (n) => remplir(m.caracteresAuPlus, { n }),
  compte: null,
});
/** Carried by links and forms, so that the next page speaks as this one does. */
export const suiteDe = (p: Parle): string => (p.code === '' ? '' : `?langue=${p.code}`);
export const masqueDe = (p: Parle): Record<string, string> => (p.code === '' ? {} : { langue: p.code });

/** What the island of the form says, in this order; the plan only where boundaries are known. */
export const donneesDuLieu = (m: Mots, plan: boolean): Record<string, string> => ({
  'data-signaler': '',
  'data-mots': JSON.stringify([m.iciBouton, m.iciCherche, m.iciNotee, m.iciRien, m.planBouton, m.planAide, m.planTout, m.planNote]),
  ...(plan ? { 'data-plan': '/signalements/contours.json' } : {}),
});
