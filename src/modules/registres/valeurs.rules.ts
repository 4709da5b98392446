/**
 * From what people write (forms, spreadsheets) to values, and back to what people read. Pure. A reading gives either a value
 * (null when nothing was written) or a sentence that says what to do.
 */
import { lireDate } from '../../core/jours.ts';
import { abrege, type Lu, lu, refus } from '../../core/lu.ts';
import { cleTexte } from '../../core/mots.ts';
import { lireNombre, nombreEcrit } from '../../core/nombres.ts';
import type { Champ, ChampListe, ChampLignes, OptionListe } from './definition.ts';
import { direCible, lireCible } from './liens/liens.rules.ts';
import type { CibleConnue } from './liens/cible.ts';
import { direLieu, type LieuxConnus, lireLieu } from './lieux/lieux.rules.ts';
import type { LigneRepetee, ValeurChamp } from './registres.rules.ts';

export { cleTexte, lireDate, lireNombre, nombreEcrit };
export type { Lu };

const OUI = new Set(['oui', 'o', 'vrai', 'true', '1', 'x', 'yes']);
const NON = new Set(['non', 'n', 'faux', 'false', '0', 'no']);
export function lireBooleen(texte: string): Lu<boolean> {
  const cle = cleTexte(texte);
  if (cle === '') return lu<boolean>(null);
  if (OUI.has(cle)) return lu(true);
  if (NON.has(cle)) return lu(false);
  return refus(`« ${abrege(texte)} » : écrivez oui ou non.`);
}

/** What a form offers: values still in use, and the one that the record holds. */
export const offertes = (options: readonly OptionListe[], tenue = ''): readonly OptionListe[] => options.filter((o) => !o.retiree || o.code === tenue);
/** A value that is no longer offered says so. */
export const direOption = (o: OptionListe): string => (o.retiree ? `${o.libelle} (ancienne valeur)` : o.libelle);

/** A value of a closed list, by code or by label; those that are no longer offered are still understood: past files hold them. */
export function lireOption(texte: string, options: readonly OptionListe[]): Lu<string> {
  const t = texte.trim();
  if (t === '') return lu<string>(null);
  const cle = cleTexte(t);
  const o = options.find((x) => x.code === t) ?? options.find((x) => cleTexte(x.libelle) === cle || cleTexte(x.code) === cle);
  if (o) return lu(o.code);
  const proposees = offertes(options);
  const exemples = proposees
    .slice(0, 6)
    .map((x) => x.libelle)
    .join(', ');
  return refus(`« ${abrege(t)} » n’est pas dans la liste. Valeurs possibles : ${exemples}${proposees.length > 6 ? '…' : ''}.`);
}

/** Records and places that a value may name. */
interface Nommes {
  cibles?: ReadonlyMap<string, CibleConnue> | undefined;
  lieux?: LieuxConnus | undefined;
}

/** A field of a definition as text. Partners are looked up by `trouverActeur`, records and places among `nommes`. */
export function lireChamp(c: Champ, texte: string, trouverActeur: (t: string) => string | null, nommes: Nommes = {}): Lu<ValeurChamp> {
  switch (c.type) {
    case 'liste':
      return lireOption(texte, c.options);
    case 'booleen':
      return lireBooleen(texte);
    case 'nombre':
      return lireNombre(texte, c);
    case 'date':
      return lireDate(texte);
    case 'acteur': {
      if (texte.trim() === '') return lu<ValeurChamp>(null);
      const id = trouverActeur(texte);
      return id ? lu(id) : refus(`« ${abrege(texte)} » n’est pas dans l’annuaire. Écrivez le nom ou le sigle du partenaire.`);
    }
    case 'lien':
      return lireCible(c, texte, nommes.cibles ?? new Map());
    case 'lieu':
      return lireLieu(texte, nommes.lieux);
    case 'lignes':
      return lireLignesTexte(c, texte);
    default:
      return lu(texte.trim() === '' ? null : texte.trim().replace(/\r\n?/g, '\n'));
  }
}

function lireColonne(col: ChampLignes['colonnes'][number], texte: string): Lu<string | number> {
  if (col.type === 'liste') return lireOption(texte, col.options);
  if (col.type === 'date') return lireDate(texte);
  return col.type === 'nombre' ? lireNombre(texte, col) : lu<string>(texte.trim() || null);
}

/** One repeated line from its cells; null when every cell is empty. */
export function lireLigne(c: ChampLignes, cellules: Readonly<Record<string, string>>): Lu<LigneRepetee> {
  const ligne: LigneRepetee = {};
  for (const col of c.colonnes) {
    const texte = cellules[col.code] ?? '';
    const r = lireColonne(col, texte);
    if (!r.ok) return refus(`${col.libelle} : ${r.message}`);
    if (r.valeur !== null) ligne[col.code] = r.valeur;
  }
  return lu(Object.keys(ligne).length === 0 ? null : ligne);
}

/** In a spreadsheet cell: one line of text each, its columns separated by `|`. */
function lireLignesTexte(c: ChampLignes, texte: string): Lu<LigneRepetee[]> {
  const lignes: LigneRepetee[] = [];
  for (const [i, t] of texte.split(/\r?\n/).entries()) {
    if (t.trim() === '') continue;
    const morceaux = t.split('|');
    const r = lireLigne(c, Object.fromEntries(c.colonnes.map((col, k) => [col.code, morceaux[k]?.trim() ?? ''])));
    if (!r.ok) return refus(`Ligne ${i + 1} de la cellule, ${r.message}`);
    if (r.valeur) lignes.push(r.valeur);
  }
  return lu(lignes.length === 0 ? null : lignes);
}

/** `2026-03-14` -> `14/03/2026`. */
export const dateCourte = (iso: string): string => iso.slice(0, 10).split('-').reverse().join('/');
export const libelleOption = (c: Pick<ChampListe, 'options'>, code: string): string => c.options.find((o) => o.code === code)?.libelle ?? code;

/** A stored value for reading; `''` when there is none. Lines give one text line each. */
export function ecrireChamp(c: Champ, v: unknown, nomActeur: (id: string) => string, nommes: Nommes = {}): string {
  if (v === null || v === undefined || v === '') return '';
  switch (c.type) {
    case 'liste':
      return libelleOption(c, String(v));
    case 'booleen':
      return v === true ? 'oui' : 'non';
    case 'nombre':
      return typeof v === 'number' ? nombreEcrit(v) : String(v);
    case 'date':
      return dateCourte(String(v));
    case 'acteur':
      return nomActeur(String(v));
    case 'lien':
      return direCible(nommes.cibles?.get(String(v)));
    case 'lieu':
      return direLieu(String(v), nommes.lieux);
    case 'lignes':
      return Array.isArray(v) ? v.map((l) => ecrireLigne(c, l as LigneRepetee)).join('\n') : '';
    default:
      return String(v);
  }
}
const ecrireLigne = (c: ChampLignes, l: LigneRepetee): string =>
  c.colonnes
    .map((col) => {
      const lue = l[col.code] ?? '';
      if (typeof lue === 'number') return nombreEcrit(lue);
      const v = lue;
      return col.type === 'liste' ? libelleOption(col, v) : col.type === 'date' && v !== '' ? dateCourte(v) : v.replaceAll('|', '/').replaceAll('\n', ' ');
    })
    .join(' | ');
