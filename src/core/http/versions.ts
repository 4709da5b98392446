/**
 * Two people editing one thing. A form carries the version it was drawn from and what it showed (`masquesDeVersion`); the
 * update brings together, field by field, what it showed, what is recorded now and what comes in:
 *
 *   only one of the two changed the field  -> that change
 *   both wrote the same                    -> that
 *   both wrote, and not the same           -> nobody decides in their place: 409, both shown (ui/Conflict.tsx)
 *
 * A field that does not come in keeps its value. A version that does not come in is never the current one. The caller holds
 * the row's lock, so that what is compared is what will be replaced.
 */
import { z } from 'zod';
import { empreinteDe } from '../trace/audit.ts';

/** A field as forms carry it; several values for boxes. */
export type Valeur = string | readonly string[];
export type Champs = Readonly<Record<string, Valeur>>;

/** What is recorded, as its form shows it. `version` is any mark that changes at each write. */
export interface Enregistre {
  version: string | number;
  champs: Champs;
  /** Who wrote it last, and when; empty and null when not known. */
  par: string;
  le: Date | null;
}

export interface Ecart {
  champ: string;
  /** What both started from; null when the form did not say. */
  base: Valeur | null;
  actuelle: Valeur;
  mienne: Valeur;
}

interface Commun {
  actuel: Enregistre;
  /** Every field of the form: brought together, one's own where both wrote. */
  champs: Record<string, Valeur>;
  /** What others changed meanwhile and that is kept. */
  venus: readonly Ecart[];
}
interface Pret extends Commun {
  genre: 'pret';
}
interface Heurt extends Commun {
  genre: 'heurt';
  statut: 409 | 422;
  ecarts: readonly Ecart[];
  /** Fields of a page of choices sent back without a choice. */
  oublies: readonly string[];
}
export type Rapprochement = Pret | Heurt;

/** Hidden fields of a form that changes something. `saisi`: what was typed, when the form is shown again, keeps its own version. */
export function masquesDeVersion(e: Pick<Enregistre, 'version' | 'champs'>, saisi: Readonly<Record<string, Valeur | undefined>> = {}): Record<string, string> {
  const seul = (v: Valeur | undefined) => (typeof v === 'string' ? v : undefined);
  return saisi.version === undefined
    ? { version: String(e.version), _vu: JSON.stringify(e.champs) }
    : { version: seul(saisi.version) ?? '', _vu: seul(saisi._vu) ?? '{}' };
}

/** Where nothing numbers the writes, what is recorded is its own mark. */
export const sansNumero = (champs: Champs, par = '', le: Date | null = null): Enregistre => ({ version: empreinteDe(champs), champs, par, le });

/** Fields as text inputs show them. */
export const enTextes = (champs: Champs): Record<string, string> =>
  Object.fromEntries(Object.entries(champs).map(([champ, v]) => [champ, [v].flat()[0] ?? '']));

/** Names of the fields of a page of choices (ui/Conflict.tsx). */
const choixDe = (champ: string): string => `choix.${champ}`;

const vuSchema = z.record(z.string(), z.union([z.string(), z.array(z.string())]));
function lireVu(corps: Readonly<Record<string, unknown>>): Champs {
  try {
    const lu = vuSchema.safeParse(JSON.parse(String(corps._vu)));
    return lu.success ? lu.data : {};
  } catch {
    return {};
  }
}

const valeurDe = (v: unknown, modele: Valeur): Valeur | undefined => {
  if (v === undefined) return undefined;
  const valeurs = (Array.isArray(v) ? v : [v]).map(String);
  // A box that is not ticked sends nothing: its form says first that it is there, with an empty value.
  return typeof modele === 'string' ? (valeurs.at(-1) ?? '') : valeurs.filter((x) => x !== '');
};
const propre = (v: string): string => v.replace(/\r\n?/g, '\n').trim();
/** The same to who reads it: ends of lines, surrounding spaces and order of boxes apart. */
export function memeChamp(a: Valeur, b: Valeur): boolean {
  const [x, y] = [[a].flat(), [b].flat()].map((v) =>
    v
      .map(propre)
      .filter((t) => t !== '')
      .sort(),
  ) as [string[], string[]];
  return x.length === y.length && x.every((t, i) => t === y[i]);
}

/** Brings together a form and what is recorded. `actuel.champs` names the fields of the form. */
export function rapprocher(corps: Readonly<Record<string, unknown>>, actuel: Enregistre): Rapprochement {
  const depasse = valeurDe(corps.version, '') !== String(actuel.version);
  const vu = lireVu(corps);
  const aChoisir = [corps._a_choisir ?? []].flat().map(String);
  const champs: Record<string, Valeur> = {};
  const ecarts: Ecart[] = [];
  const venus: Ecart[] = [];
  const oublies: string[] = [];
  for (const [champ, actuelle] of Object.entries(actuel.champs)) {
    const base = vu[champ] ?? null;
    const choix = corps[choixDe(champ)];
    const mienne = choix === 'actuelle' && base !== null ? base : (valeurDe(corps[champ], actuelle) ?? actuelle);
    const e = { champ, base, actuelle, mienne };
    champs[champ] = mienne;
    const oublie = aChoisir.includes(champ) && choix === undefined && !memeChamp(mienne, actuelle);
    if (oublie) {
      oublies.push(champ);
      ecarts.push(e);
      continue;
    }
    if (!depasse) continue;
    if (memeChamp(mienne, actuelle)) champs[champ] = actuelle;
    else if (base !== null && memeChamp(base, mienne)) {
      champs[champ] = actuelle;
      venus.push(e);
    } else if (base === null || !memeChamp(base, actuelle)) ecarts.push(e);
  }
  if (ecarts.length === 0) return { genre: 'pret', actuel, champs, venus };
  return { genre: 'heurt', statut: depasse ? 409 : 422, actuel, champs, venus, ecarts, oublies };
}

/**
 * What others changed since the form was shown, for acts that take a thing away: they carry the same hidden fields. Everything
 * when the form does not say what it showed.
 */
export function changesDepuis(corps: Readonly<Record<string, unknown>>, actuel: Enregistre): readonly Ecart[] {
  if (valeurDe(corps.version, '') === String(actuel.version)) return [];
  const vu = lireVu(corps);
  return Object.entries(actuel.champs).flatMap(([champ, actuelle]) => {
    const base = vu[champ] ?? null;
    return base !== null && memeChamp(base, actuelle) ? [] : [{ champ, base, actuelle, mienne: base ?? '' }];
  });
}
