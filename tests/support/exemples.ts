/** For each route that is not public: the existing object it is tried on, and the body that would do it. */
import type { Exemples } from '../../src/core/examples.ts';
import type { Route } from '../../src/core/http/http.ts';
import { HOUSE } from '../../src/modules.ts';
import type { Ids, Monde } from './monde.ts';

export const cleDe = (r: Pick<Route, 'methode' | 'chemin'>): string => `${r.methode} ${r.chemin}`;

const EXEMPLES = HOUSE.modules.map((m) => m.exemples ?? {});
const reunir = <V>(lire: (e: Exemples) => Readonly<Record<string, V>> | undefined): Readonly<Record<string, V>> =>
  Object.assign({}, ...EXEMPLES.map((e) => lire(e) ?? {}));
/** Routes that act on nothing but the person who asks, or on what everyone may ask for, and why. */
export const SUR_SOI = reunir((e) => e.surSoi);
/** Where a refusal is said beside the field, with what was typed, by these words. */
export const REFUS_DANS_LE_FORMULAIRE = reunir((e) => e.refus);
const CORPS = reunir((e) => e.corps);
const CHEMINS = reunir((e) => e.chemins);
const PARAMETRES = reunir((e) => e.parametres);
/** Pages with a parameter, as any browser opens them on the demonstration. */
const situer = (page: string): string => page.replace('{lieu}', 'mairie-18').replace('{ensemble}', 'mairie-centre');
export const PAGES = EXEMPLES.flatMap((e) => e.pages ?? []).map(situer);
export const PAGES_DE_TRAVAIL = EXEMPLES.flatMap((e) => e.pagesDeTravail ?? []).map(situer);

const COMMUN = {
  version: '1',
  motif: 'essai',
  titre: 'Point essayé',
  reponse: 'accepte',
  acte: 'clore',
  etat: 'en_cours',
  jour: '2026-05-12',
  presents: '4',
  qualite: 'membre',
  fonction: 'Essayée',
  organisation: 'PP',
  debut: '2026-01-01',
};
const objets = (m: Monde, ids: Ids): Record<string, unknown> => ({ ...m, ...ids });
/** « =mot » in a body names an object of that world. */
export function corpsDe(r: Route, m: Monde): Record<string, unknown> {
  const nommer = (v: unknown): unknown => (Array.isArray(v) ? v.map(nommer) : typeof v === 'string' && v.startsWith('=') ? objets(m, m.ouvert)[v.slice(1)] : v);
  return Object.fromEntries(Object.entries(CORPS[cleDe(r)] ?? COMMUN).map(([champ, v]) => [champ, nommer(v)]));
}

/** Address of the route on objects of that world; null when a part of it has no example. `ids`: the body that is readable, or the one that is not. */
export function adresseDe(r: Route, m: Monde, ids: Ids): string | null {
  const [, un = '', deux = ''] = r.chemin.split('/');
  const monde = objets(m, ids);
  let complet = true;
  const adresse = r.chemin.replace(/:(\w+)/g, (_, nom: string) => {
    const quoi = nom === 'id' ? (CHEMINS[`${un}/${deux}`] ?? CHEMINS[un]) : PARAMETRES[nom];
    const v = quoi?.startsWith('=') ? quoi.slice(1) : quoi === undefined ? undefined : monde[quoi];
    if (typeof v !== 'string') complet = false;
    return typeof v === 'string' ? v : '';
  });
  return complet ? adresse : null;
}

/** Names that addresses use for an object: each list and page is asked with the reserved ones. */
export const filtresVers = (m: Monde): Record<string, string> => ({
  instance: m.reserve.instance,
  seance: m.reserve.seance,
  point: m.reserve.point,
  notes: m.reserve.point,
  participant: m.reserve.participant,
  corriger: m.reserve.decision,
  compte: m.compte,
  objet: `/instances/${m.reserve.instance}`,
  service_request_id: m.demandeSuivie,
  dupliquer: m.lot,
  repondre: m.reserve.seance,
  avis: m.reserve.decision,
  lot: m.lot,
  cap: m.demandeSuivie,
  remplace: m.demandeSuivie,
  proposition: m.propositionDAlerte,
  membre: m.reserve.membre,
  mois: '2027-05',
  annee: '2027',
});
/** Names that hold no object: words, codes, dates, pages. */
export const SANS_OBJET: readonly string[] = [
  ...['action', 'actif', 'annee', 'apres', 'archetype', 'aupres', 'au', 'avant', 'canal', 'debut', 'du', 'etat', 'fait', 'fermes', 'fiche', 'fin', 'genre'],
  ...['indicateur', 'jeton', 'ligne', 'limite', 'merci', 'mois', 'nature', 'organisation', 'page', 'perimetre', 'periode', 'q', 'qui', 'quoi', 'responsable'],
  ...[
    'guichet',
    'suivi',
    'retard',
    'retour',
    'source',
    'territoire',
    'theme',
    'type',
    'version',
    'vue',
    'portees',
    'code',
    'state',
    'error',
    'etape',
    'pour',
    'annexes',
    'titre',
  ],
  ...['demandes', 'rendues', 'mailles', 'trimestre', 'jurisdiction_id', 'service_code', 'start_date', 'end_date', 'status'],
  ...['c', 'carte', 'enregistre', 'faite', 'faites', 'pres', 'envoyees', 'deja', 'notees', 'serie', 'depuis'],
  ...['exercices', 'palier', 'fonction', 'lettres'],
  ...['dans', 'systeme', 'partie', 'motif'],
  // A rank inside the cell or the room of the address: nothing of its own.
  ...['numero', 'corrige'],
  ...['accessible', 'anonyme', 'besoin', 'gratuit', 'ici', 'langue', 'lieu', 'lieu_sur', 'ouvert', 'role', 'sans_rdv', 'circuit', 'service', 'categorie'],
];
