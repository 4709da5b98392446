/**
 * From text by field name (a posted form, a row of a spreadsheet) to a record's content, with one error for each wrong
 * field. Forms and imports share it, so that a value is understood the same way wherever it is written.
 */
import type { ErreurDeChamp } from '../../core/errors.ts';
import { abreger } from '../../core/couper.ts';
import { lire } from '../../core/http/http.ts';
import { lireCoordonnee, nombreSaisi } from '../../core/nombres.ts';
import type { ChampLignes, DefinitionRegistre } from './definition.ts';
import type { Repertoire } from './registres.repertoire.ts';
import type { Contenu, LigneRepetee } from './registres.rules.ts';
import { type lecteurDeCorrection, type lecteurDeCreation, normaliser } from './registres.schema.ts';
import { fautesDEtape, lireEtape } from './etapes/etapes.rules.ts';
import { etonnements } from './etonnements.rules.ts';
import { type Lu, lireChamp, lireDate, lireLigne } from './valeurs.rules.ts';

/** Values by name: `titre`, `fiches`, `donnees.theme`, `donnees.preconisations.0.etat`. */
export type Brut = Readonly<Record<string, string | readonly string[]>>;
type Schema = ReturnType<typeof lecteurDeCreation> | ReturnType<typeof lecteurDeCorrection>;

/** `avertissements`: what is allowed and yet surprising; the person who writes it is told, and decides. */
export type LectureBrut = { avertissements: ErreurDeChamp[] } & (
  | { contenu: Contenu; idExterne: string | null; erreurs: [] }
  | { contenu: null; erreurs: ErreurDeChamp[] }
);

export const un = (b: Brut, cle: string): string => {
  const v = b[cle];
  return (typeof v === 'string' ? v : (v?.[0] ?? '')).trim();
};
/** A code, an address: whatever spaces a file put in it count for one. */
export const serre = (t: string): string =>
  t
    .replace(/[\u200b\u2060\ufeff]/g, '')
    .replace(/\s+/g, ' ')
    .trim();
const plusieurs = (b: Brut, cle: string): string[] => {
  const v = b[cle] ?? [];
  const textes = typeof v === 'string' ? [v] : v;
  return textes.flatMap((t) => t.split(/[,;\s]+/)).filter((t) => t !== '');
};

/** `plus` carries what only an update has: version and reason. */
export function lireBrut(d: DefinitionRegistre, rep: Repertoire, schema: Schema, b: Brut, plus: Record<string, unknown> = {}): LectureBrut {
  const erreurs: ErreurDeChamp[] = [];
  const prendre = <T>(champ: string, l: Lu<T>): T | undefined => {
    if (l.ok) return l.valeur ?? undefined;
    erreurs.push({ champ, message: l.message });
    return undefined;
  };
  const donnees: Record<string, unknown> = {};
  for (const c of d.champs) {
    const champ = `donnees.${c.code}`;
    const v = c.type === 'lignes' && b[champ] === undefined ? prendreLignes(c, b, erreurs) : prendre(champ, lireChamp(c, un(b, champ), rep.trouverActeur, rep));
    if (v !== undefined) donnees[c.code] = v;
  }
  const candidat = {
    jour: prendre('jour', lireDate(un(b, 'jour'))),
    ...(d.fin ? { fin: prendre('fin', lireDate(un(b, 'fin'))) } : {}),
    titre: un(b, 'titre'),
    territoire_id: trouver(
      'territoire_id',
      un(b, 'territoire_id'),
      rep.trouverTerritoire,
      'n’est pas un territoire de ce contrat. Écrivez son nom ou son code',
      erreurs,
    ),
    adresse: serre(un(b, 'adresse')) || null,
    lon: prendre('lon', lireCoordonnee(un(b, 'lon'))) ?? null,
    lat: prendre('lat', lireCoordonnee(un(b, 'lat'))) ?? null,
    organisation_id: trouver(
      'organisation_id',
      un(b, 'organisation_id'),
      rep.trouverActeur,
      'n’est pas dans l’annuaire. Écrivez le nom ou le sigle du partenaire',
      erreurs,
    ),
    commentaire: un(b, 'commentaire'),
    fiches: connus('fiches', plusieurs(b, 'fiches'), (n) => rep.fiches.has(n), 'La fiche', erreurs),
    lignes: connus('lignes', plusieurs(b, 'lignes'), (n) => rep.ficheDe.has(n), 'La ligne d’action', erreurs),
    donnees,
    ...(d.etapes ? { etape: prendre('etape', lireEtape(un(b, 'etape'))), annulation: un(b, 'annulation') || null } : {}),
    ...plus,
  };
  const lu = lire(schema, candidat);
  const avertissements = etonnements(d, rep, candidat);
  if (lu.ok && erreurs.length === 0) {
    const idExterne = 'id_externe' in lu.valeur ? (lu.valeur.id_externe ?? null) : null;
    return { contenu: normaliser(lu.valeur, rep), idExterne, erreurs: [], avertissements };
  }
  // A field that could not be read has its own message: « Indiquez… » would contradict it.
  const dits = new Set(erreurs.map((e) => e.champ));
  const fautes = lu.ok ? [] : lu.erreurs.filter((e) => !dits.has(e.champ));
  // The schema looks at a record as a whole only once each of its fields is right.
  const deLEtape = d.etapes && candidat.jour ? fautesDEtape(d, rep, { ...candidat, jour: candidat.jour }) : [];
  const autres = [
    ...fautes,
    ...deLEtape.map((f) => ({ champ: f.path.join('.'), message: f.message })).filter((f) => ![...fautes, ...erreurs].some((e) => e.champ === f.champ)),
  ];
  return { contenu: null, erreurs: [...erreurs, ...autres], avertissements };
}

function trouver(champ: string, texte: string, chercher: (t: string) => string | null, quoi: string, erreurs: ErreurDeChamp[]): string | undefined {
  if (texte === '') return undefined;
  const id = chercher(texte);
  if (id === null) erreurs.push({ champ, message: `« ${abreger(texte, 60)} » ${quoi}.` });
  return id ?? undefined;
}

function connus(champ: string, ids: readonly string[], existe: (id: string) => boolean, quoi: string, erreurs: ErreurDeChamp[]): string[] {
  const inconnu = ids.find((id) => !existe(id));
  if (inconnu !== undefined) erreurs.push({ champ, message: `${quoi} « ${abreger(inconnu, 40)} » n’existe pas dans ce contrat.` });
  return ids.filter(existe);
}

/** Repeated lines of a form: `donnees.<champ>.<rang>.<colonne>`; a line left empty is not one. */
function prendreLignes(c: ChampLignes, b: Brut, erreurs: ErreurDeChamp[]): LigneRepetee[] | undefined {
  const lignes: LigneRepetee[] = [];
  for (const rang of rangsDe(c, b)) {
    const cellules = Object.fromEntries(c.colonnes.map((col) => [col.code, un(b, `donnees.${c.code}.${rang}.${col.code}`)]));
    const l = lireLigne(c, cellules);
    if (!l.ok) erreurs.push({ champ: `donnees.${c.code}`, message: `Ligne ${rang + 1}, ${l.message}` });
    else if (l.valeur) lignes.push(l.valeur);
  }
  return lignes.length > 0 ? lignes : undefined;
}

/** Ranks of the lines present in a form, in order. */
export function rangsDe(c: ChampLignes, b: Brut): number[] {
  const debut = `donnees.${c.code}.`;
  const rangs = Object.keys(b).flatMap((k) => (k.startsWith(debut) ? [Number(k.slice(debut.length).split('.')[0])] : []));
  return [...new Set(rangs.filter((n) => Number.isInteger(n) && n >= 0 && n < 500))].sort((x, y) => x - y);
}

/** A cell of a repeated line, as a form writes it. */
export const direCellule = (v: string | number | undefined): string => (typeof v === 'number' ? nombreSaisi(v) : (v ?? ''));

/** A content as a form shows it. */
export function brutDe(d: DefinitionRegistre, k: Contenu): Record<string, string | string[]> {
  const b: Record<string, string | string[]> = {
    jour: k.jour,
    fin: k.fin ?? '',
    titre: k.titre,
    territoire_id: k.territoire_id,
    adresse: k.adresse ?? '',
    lon: k.lon === null ? '' : String(k.lon).replace('.', ','),
    lat: k.lat === null ? '' : String(k.lat).replace('.', ','),
    organisation_id: k.organisation_id,
    commentaire: k.commentaire,
    fiches: k.fiches,
    lignes: k.lignes,
    ...(d.etapes ? { etape: k.etape ?? 'realisee', annulation: k.annulation ?? '' } : {}),
  };
  for (const c of d.champs) {
    const v = k.donnees[c.code];
    if (c.type === 'lignes') {
      if (Array.isArray(v))
        v.forEach((l, i) => {
          for (const col of c.colonnes) b[`donnees.${c.code}.${i}.${col.code}`] = direCellule(l[col.code]);
        });
    } else if (v !== undefined) b[`donnees.${c.code}`] = typeof v === 'boolean' ? (v ? 'oui' : 'non') : typeof v === 'number' ? nombreSaisi(v) : String(v);
  }
  return b;
}
