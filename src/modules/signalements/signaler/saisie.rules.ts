/** What is typed to report something, step by step: read, checked, said back. Nothing typed is lost on the way. Pure. */
import { estJour } from '../../../core/jours.ts';
import type { ErreurDeChamp } from '../../../core/errors.ts';
import { instantDe } from '../../../core/clock.ts';
import { courrielFacultatif } from '../../../core/http/fields.ts';
import { lirePoint } from './point.rules.ts';
import { type Categorie, type Circuit, estMuet, type Question } from '../circuits/circuit.schema.ts';
import { categorieDe } from '../circuits/circuit.rules.ts';
import type { Reponses } from '../demandes/demandes.queries.ts';
import { FR, type Mots, remplir } from '../langues/mots.rules.ts';
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
  /** What happened is not after it. */
  maintenant: Date;
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
export function lireLieu(c: Circuit, s: Saisie, l: Lieux, m: Mots = FR): Lu<OuEtQuand> {
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
        message: m.ePoint,
      });
    else {
      const doute = l.douter(p.lon, p.lat);
      const la = doute ? null : (l.localiser?.(p.lon, p.lat) ?? null);
      if (doute === 'inverse') erreurs.push({ champ: 'point', message: m.ePointInverse });
      else if (doute) erreurs.push({ champ: 'point', message: remplir(m.ePointDehors, { lieu: l.nomDuContrat }) });
      else {
        [lon, lat] = [p.lon, p.lat];
        if (la) territoireId = la;
        else if (l.localiser && !l.feuilles.has(territoireId)) erreurs.push({ champ: 'territoire', message: m.ePointNullePart });
      }
    }
  }
  if (!erreurs.length && c.lieu !== 'aucun' && !l.feuilles.has(territoireId)) erreurs.push({ champ: 'territoire', message: m.eQuartier });
  if (c.lieu === 'point' && adresse === '' && lon === null) erreurs.push({ champ: 'adresse', message: m.eOu });
  // What is too long is not read.
  const longue = adresse.length > 200;
  if (longue) erreurs.push({ champ: 'adresse', message: m.eAdresseLongue });
  const personnes = longue ? [] : detecter(adresse).filter((t) => t.genre !== 'sante');
  if (personnes.length > 0) erreurs.push({ champ: 'adresse', message: remplir(m.eAdresseNom, { quoi: direTrouvailles(personnes, m) }) });
  const jour = dit(s, 'jour') || l.aujourdhui;
  if (!estJour(jour)) erreurs.push({ champ: 'jour', message: m.eJour });
  else if (jour > l.aujourdhui) erreurs.push({ champ: 'jour', message: m.eJourFutur });
  else if (jour < l.aujourdhui.replace(/^\d{4}/, (a) => String(Number(a) - 1))) erreurs.push({ champ: 'jour', message: m.eJourVieux });
  const h = dit(s, 'heure');
  if (h !== '' && !/^([01]?\d|2[0-3])$/.test(h)) erreurs.push({ champ: 'heure', message: m.eHeure });
  else if (h !== '' && jour === l.aujourdhui && (instantDe(jour, `${h.padStart(2, '0')}:00`) ?? l.maintenant) > l.maintenant)
    erreurs.push({ champ: 'heure', message: m.eHeureFutur });
  if (erreurs.length > 0) return { ok: false, erreurs };
  return { ok: true, valeur: { territoireId, adresse, lon, lat, jour, heure: h === '' ? null : Number(h) } };
}

export function lireCategorie(c: Circuit, s: Saisie, m: Mots = FR): Lu<Categorie> {
  const categorie = categorieDe(c, dit(s, 'categorie'));
  return categorie ? { ok: true, valeur: categorie } : { ok: false, erreurs: [{ champ: 'categorie', message: m.eCategorie }] };
}

function fauteDe(q: Question, dites: readonly string[], m: Mots): string | null {
  const nom = q.libelle.replace(/\s*[?:]\s*$/, '');
  const [une = ''] = dites;
  if (dites.length === 0) return q.obligatoire ? remplir(m.eAttendue, { nom }) : null;
  if (q.type === 'nombre')
    return /^\d{1,6}$/.test(une) && Number(une) >= q.min && Number(une) <= q.max ? null : remplir(m.eNombre, { nom, min: q.min, max: q.max });
  if (q.type === 'texte') {
    if (une.length > q.max) return remplir(m.eLong, { nom, max: q.max });
    const trouve = detecter(une);
    return trouve.length > 0 ? remplir(m.eContient, { nom, quoi: direTrouvailles(trouve, m) }) : null;
  }
  if (dites.some((v) => !q.options.some((o) => o.code === v))) return remplir(m.eListe, { nom });
  return q.type === 'choix' && dites.length > 1 ? remplir(m.eUneSeule, { nom }) : null;
}

export interface Faits {
  reponses: Reponses;
  texte: string;
  textePublic: string;
  courriel: string;
}
/** What is answered to the questions of this category, and to no other. */
export function lireReponses(k: Categorie, s: Saisie, m: Mots = FR): { reponses: Reponses; erreurs: ErreurDeChamp[] } {
  const erreurs: ErreurDeChamp[] = [];
  const reponses: Record<string, readonly string[] | string> = {};
  for (const q of k.questions) {
    const dites = s[champDe(q)] ?? [];
    const message = fauteDe(q, dites, m);
    if (message) erreurs.push({ champ: champDe(q), message });
    else if (dites.length > 0) reponses[q.code] = q.type === 'choix' || q.type === 'plusieurs' ? dites : (dites[0] ?? '').replace(/\s+/g, ' ');
  }
  return { reponses, erreurs };
}

/** `demander`: words that give somebody away are asked about once; said again, they are kept for the services and masked for others. */
export function lireFaits(c: Circuit, k: Categorie, s: Saisie, m: Mots = FR): Lu<Faits> & { trouvailles?: string } {
  const { reponses, erreurs } = lireReponses(k, s, m);
  const ecrit = dit(s, 'texte').replace(/\r\n/g, '\n');
  const trouvailles = c.texte && ecrit.length <= c.texte.max ? detecter(ecrit) : [];
  if (!c.texte && ecrit !== '') erreurs.push({ champ: 'texte', message: 'Rien ne s’écrit dans ce circuit : effacez ce texte.' });
  if (c.texte && ecrit.length > c.texte.max) erreurs.push({ champ: 'texte', message: remplir(m.eTexteLong, { max: c.texte.max, n: ecrit.length }) });
  if (c.texte?.obligatoire && ecrit === '') erreurs.push({ champ: 'texte', message: m.eTexteVide });
  const noms = trouvailles.filter((t) => t.genre !== 'insulte');
  if (c.texte?.personnes === 'refuser' && noms.length > 0) erreurs.push({ champ: 'texte', message: remplir(m.ePersonnes, { quoi: direTrouvailles(noms, m) }) });
  else if (c.texte && trouvailles.length > 0 && dit(s, 'texte_vu') !== ecrit)
    erreurs.push({
      champ: 'texte',
      message: remplir(m.eTrouve, { quoi: direTrouvailles(trouvailles, m) }),
    });
  // Letters could be answered, in words.
  const courriel = courrielFacultatif.safeParse(estMuet(c) ? '' : dit(s, 'courriel'));
  if (!courriel.success) erreurs.push({ champ: 'courriel', message: m.eCourriel });
  if (erreurs.length > 0 || !courriel.success) return { ok: false, erreurs };
  return { ok: true, valeur: { reponses, texte: ecrit, textePublic: masquer(ecrit, trouvailles), courriel: courriel.data } };
}
