/** What is typed to report something, step by step: read, checked, said back. Nothing typed is lost on the way. Pure. */
import type { ErreurDeChamp } from '../../../core/errors.ts';
import { estJour } from '../../../core/http/cursors.ts';
import { courrielFacultatif } from '../../../core/http/fields.ts';
import { lirePoint } from './point.rules.ts';
import { type Categorie, type Circuit, estMuet, type Question } from '../circuits/circuit.schema.ts';
import { categorieDe } from '../circuits/circuit.rules.ts';
import type { Reponses } from '../demandes/demandes.queries.ts';
import { detecter, direTrouvailles, masquer } from '../texte/detecteur.rules.ts';

/** In the order asked. */
const ETAPES = ['quoi', 'urgence', 'lieu', 'faits', 'verifier'] as const;
export type Etape = (typeof ETAPES)[number];
export const estUneEtape = (v: string): v is Etape => ETAPES.some((e) => e === v);
export const etapesDe = (c: Circuit): readonly Etape[] => ETAPES.filter((e) => e !== 'urgence' || c.urgence);

/** Fields as they came, by name: what the next page shows or carries hidden. */
export type Saisie = Readonly<Record<string, readonly string[]>>;
export const champDe = (q: Pick<Question, 'code'>): string => `q.${q.code}`;
const FIXES = ['categorie', 'danger', 'territoire', 'adresse', 'point', 'jour', 'heure', 'texte', 'texte_vu', 'courriel', 'meme', 'canal'] as const;
const champsDes = (c: Circuit): string[] => [...FIXES, ...new Set(c.categories.flatMap((k) => k.questions.map(champDe)))];

export function lireSaisie(c: Circuit, corps: Readonly<Record<string, unknown>>): Saisie {
  return Object.fromEntries(
    champsDes(c).map((nom) => {
      const lues = [corps[nom]].flat().filter((v): v is string => typeof v === 'string');
      return [nom, [...new Set(lues.map((v) => v.trim()).filter((v) => v !== ''))].slice(0, 60)];
    }),
  );
}
export const dit = (s: Saisie, champ: string): string => s[champ]?.[0] ?? '';

/** Where things are, for whoever reads the form: the contract’s places, its boundaries, today. */
export interface Lieux {
  /** Places that a report may be of, finest first. */
  feuilles: ReadonlySet<string>;
  /** Null when no boundary is loaded. */
  localiser: ((lon: number, lat: number) => string | null) | null;
  /** Null when nothing is odd about the point. */
  douter: (lon: number, lat: number) => 'nul' | 'inverse' | 'dehors' | null;
  nomDuContrat: string;
  /** The whole contract, for what is said of no place. */
  racine: string;
  aujourdhui: string;
}
export interface OuEtQuand {
  territoireId: string;
  adresse: string;
  lon: number | null;
  lat: number | null;
  jour: string;
  heure: number | null;
}
type Lu<T> = { ok: true; valeur: T } | { ok: false; erreurs: ErreurDeChamp[] };

/**
 * A point: outside of the contract it is refused, between its places (the river, a border that nobody holds) the place is asked, and in one
 * of them it decides, whatever was chosen. Without a point the place is chosen, and the address is kept as written.
 */
export function lireLieu(c: Circuit, s: Saisie, l: Lieux): Lu<OuEtQuand> {
  const erreurs: ErreurDeChamp[] = [];
  // Of a circuit without words, neither an address nor a point comes in, whatever was sent.
  const adresse = estMuet(c) ? '' : dit(s, 'adresse').replace(/\s+/g, ' ');
  let territoireId = c.lieu === 'aucun' ? l.racine : dit(s, 'territoire');
  let [lon, lat]: [number | null, number | null] = [null, null];
  if (dit(s, 'point') && !estMuet(c)) {
    const p = lirePoint(dit(s, 'point'));
    if (!p)
      erreurs.push({
        champ: 'point',
        message: 'Ce point n’est pas lisible : écrivez une latitude et une longitude, par exemple 48,8566 2,3522, ou laissez vide.',
      });
    else {
      const doute = l.douter(p.lon, p.lat);
      const la = doute ? null : (l.localiser?.(p.lon, p.lat) ?? null);
      if (doute === 'inverse') erreurs.push({ champ: 'point', message: 'Latitude et longitude semblent inversées : écrivez d’abord la latitude.' });
      else if (doute)
        erreurs.push({ champ: 'point', message: `Ce point n’est pas à ${l.nomDuContrat} : vérifiez-le, ou laissez-le vide et choisissez le quartier.` });
      else {
        [lon, lat] = [p.lon, p.lat];
        if (la) territoireId = la;
        else if (l.localiser && !l.feuilles.has(territoireId))
          erreurs.push({ champ: 'territoire', message: 'Ce point n’est dans aucun quartier connu (sur l’eau, ou à la limite) : choisissez le plus proche.' });
      }
    }
  }
  if (!erreurs.length && c.lieu !== 'aucun' && !l.feuilles.has(territoireId))
    erreurs.push({ champ: 'territoire', message: 'Choisissez le quartier dans la liste.' });
  if (c.lieu === 'point' && adresse === '' && lon === null)
    erreurs.push({ champ: 'adresse', message: 'Dites où c’est : un numéro et une rue, ou ce qui est à côté.' });
  if (adresse.length > 200) erreurs.push({ champ: 'adresse', message: 'Adresse : 200 caractères au plus.' });
  const personnes = detecter(adresse).filter((t) => t.genre !== 'sante');
  if (personnes.length > 0) erreurs.push({ champ: 'adresse', message: `L’adresse contient ${direTrouvailles(personnes)} : écrivez le lieu seulement.` });
  const jour = dit(s, 'jour') || l.aujourdhui;
  if (!estJour(jour)) erreurs.push({ champ: 'jour', message: 'Cette date n’existe pas : choisissez le jour où vous l’avez vu.' });
  else if (jour > l.aujourdhui) erreurs.push({ champ: 'jour', message: 'Ce jour n’est pas encore passé.' });
  else if (jour < l.aujourdhui.replace(/^\d{4}/, (a) => String(Number(a) - 1)))
    erreurs.push({ champ: 'jour', message: 'C’était il y a plus d’un an : signalez ce qui dure encore.' });
  const h = dit(s, 'heure');
  if (h !== '' && !/^([01]?\d|2[0-3])$/.test(h)) erreurs.push({ champ: 'heure', message: 'Choisissez une heure de la liste.' });
  if (erreurs.length > 0) return { ok: false, erreurs };
  return { ok: true, valeur: { territoireId, adresse, lon, lat, jour, heure: h === '' ? null : Number(h) } };
}

export function lireCategorie(c: Circuit, s: Saisie): Lu<Categorie> {
  const categorie = categorieDe(c, dit(s, 'categorie'));
  return categorie ? { ok: true, valeur: categorie } : { ok: false, erreurs: [{ champ: 'categorie', message: 'Choisissez ce dont il s’agit.' }] };
}

function fauteDe(q: Question, dites: readonly string[]): string | null {
  const nom = q.libelle.replace(/\s*[?:]\s*$/, '');
  const [une = ''] = dites;
  if (dites.length === 0) return q.obligatoire ? `${nom} : une réponse est attendue.` : null;
  if (q.type === 'nombre')
    return /^\d{1,6}$/.test(une) && Number(une) >= q.min && Number(une) <= q.max ? null : `${nom} : un nombre entre ${q.min} et ${q.max} est attendu.`;
  if (q.type === 'texte') {
    if (une.length > q.max) return `${nom} : ${q.max} caractères au plus.`;
    const trouve = detecter(une);
    return trouve.length > 0 ? `${nom} : contient ${direTrouvailles(trouve)}. Écrivez-le sans cela.` : null;
  }
  if (dites.some((v) => !q.options.some((o) => o.code === v))) return `${nom} : choisissez une réponse de la liste.`;
  return q.type === 'choix' && dites.length > 1 ? `${nom} : une seule réponse.` : null;
}

export interface Faits {
  reponses: Reponses;
  texte: string;
  textePublic: string;
  courriel: string;
}
/** `demander`: words that give somebody away are asked about once; said again, they are kept for the services and masked for others. */
export function lireFaits(c: Circuit, k: Categorie, s: Saisie): Lu<Faits> & { trouvailles?: string } {
  const erreurs: ErreurDeChamp[] = [];
  const reponses: Record<string, readonly string[] | string> = {};
  for (const q of k.questions) {
    const dites = s[champDe(q)] ?? [];
    const message = fauteDe(q, dites);
    if (message) erreurs.push({ champ: champDe(q), message });
    else if (dites.length > 0) reponses[q.code] = q.type === 'choix' || q.type === 'plusieurs' ? dites : (dites[0] ?? '').replace(/\s+/g, ' ');
  }
  const ecrit = dit(s, 'texte').replace(/\r\n/g, '\n');
  const trouvailles = detecter(ecrit);
  if (!c.texte && ecrit !== '') erreurs.push({ champ: 'texte', message: 'Rien ne s’écrit dans ce circuit : effacez ce texte.' });
  if (c.texte && ecrit.length > c.texte.max)
    erreurs.push({ champ: 'texte', message: `Ce texte est trop long : ${c.texte.max} caractères au plus, il en a ${ecrit.length}.` });
  if (c.texte?.obligatoire && ecrit === '') erreurs.push({ champ: 'texte', message: 'Écrivez ce que vous avez vu, entendu, constaté.' });
  const noms = trouvailles.filter((t) => t.genre !== 'insulte');
  if (c.texte?.personnes === 'refuser' && noms.length > 0)
    erreurs.push({ champ: 'texte', message: `Ce circuit ne reçoit rien sur une personne. Retirez ${direTrouvailles(noms)}.` });
  else if (c.texte && trouvailles.length > 0 && dit(s, 'texte_vu') !== ecrit)
    erreurs.push({
      champ: 'texte',
      message: `Votre texte semble contenir ${direTrouvailles(trouvailles)}. Récrivez-le sans cela ; si ce n’en est pas, renvoyez-le tel quel : seuls les services le liront en entier.`,
    });
  // Letters could be answered, in words.
  const courriel = courrielFacultatif.safeParse(estMuet(c) ? '' : dit(s, 'courriel'));
  if (!courriel.success) erreurs.push({ champ: 'courriel', message: courriel.error.issues[0]?.message ?? 'Cette adresse n’est pas lisible.' });
  if (erreurs.length > 0 || !courriel.success) return { ok: false, erreurs };
  return { ok: true, valeur: { reponses, texte: ecrit, textePublic: masquer(ecrit), courriel: courriel.data } };
}
