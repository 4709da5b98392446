/** What a search of the public asks, read from its address; what is not understood is left out, never refused. Pure. */
import { estUneAccessibilite, estUneLangue } from '../referentiel/accueil.ts';
import { besoinDit, cleDuBesoin } from '../referentiel/besoins.ts';
import type { Service } from '../structures/structures.queries.ts';

export interface Recherche {
  besoin: string;
  lieu: string;
  langue: string;
  accessible: string;
  ouvert: boolean;
  sans_rdv: boolean;
  anonyme: boolean;
  gratuit: boolean;
  lieu_sur: boolean;
  /** Where the person says that they are, to a hundred metres; only in the address of the page. */
  ici: Point | null;
}
export interface Point {
  lon: number;
  lat: number;
}
export const OUI_NON = ['ouvert', 'sans_rdv', 'anonyme', 'gratuit', 'lieu_sur'] as const;
export const RIEN: Recherche = {
  besoin: '',
  lieu: '',
  langue: '',
  accessible: '',
  ouvert: false,
  sans_rdv: false,
  anonyme: false,
  gratuit: false,
  lieu_sur: false,
  ici: null,
};

/** « 48.893,2.346 », latitude first, as devices and maps say it. */
function lirePoint(dit: string, dedans: (lon: number, lat: number) => boolean): Point | null {
  const lu = /^(-?\d{1,2}(?:\.\d{1,15})?),(-?\d{1,3}(?:\.\d{1,15})?)$/.exec(dit);
  const [lat, lon] = [Number(lu?.[1]), Number(lu?.[2])];
  return lu && dedans(lon, lat) ? { lon: Math.round(lon * 1000) / 1000, lat: Math.round(lat * 1000) / 1000 } : null;
}
const ecrirePoint = (p: Point): string => `${p.lat.toFixed(3)},${p.lon.toFixed(3)}`;

const RAYON_TERRESTRE = 6_371_000;
/** Metres, over some kilometres. */
export function distance(a: Point, b: Point): number {
  const rad = Math.PI / 180;
  const x = (b.lon - a.lon) * rad * Math.cos(((a.lat + b.lat) / 2) * rad);
  return RAYON_TERRESTRE * Math.hypot(x, (b.lat - a.lat) * rad);
}
/** « à 350 m », « à 1,2 km »: as the crow flies, no more precisely than the person said where they are. */
export const direDistance = (metres: number): string =>
  metres < 950 ? `à ${Math.max(50, Math.round(metres / 50) * 50)} m` : `à ${(metres / 1000).toFixed(1).replace('.', ',').replace(',0', '')} km`;

export function lireRecherche(
  dit: (nom: string) => string,
  connu: (territoire: string) => boolean,
  dedans: (lon: number, lat: number) => boolean = () => true,
): Recherche {
  const si = (v: string, bon: (v: string) => boolean) => (bon(v) ? v : '');
  return {
    besoin: besoinDit(dit('besoin')),
    lieu: si(dit('lieu'), connu),
    langue: si(dit('langue'), estUneLangue),
    accessible: si(dit('accessible'), estUneAccessibilite),
    ici: lirePoint(dit('ici'), dedans),
    ...(Object.fromEntries(OUI_NON.map((n) => [n, ['1', 'oui'].includes(dit(n))])) as Pick<Recherche, (typeof OUI_NON)[number]>),
  };
}

/** The address of that search: only what is asked. */
export function adresseDe(r: Recherche, page = 1): string {
  const q = new URLSearchParams();
  for (const [nom, v] of Object.entries(r))
    if (v) q.set(nom, v === true ? '1' : typeof v === 'object' ? ecrirePoint(v) : nom === 'besoin' ? cleDuBesoin(v) : v);
  if (page > 1) q.set('page', String(page));
  const suite = q.toString();
  return suite ? `/aide/trouver?${suite}` : '/aide/trouver';
}

interface Place {
  id: string;
  tuile?: readonly [number, number] | undefined;
}
/** Territories by how near they are to one of them: the contract's map of tiles places neighbours side by side. */
export function parProximite(places: readonly Place[], de: string): string[] {
  const la = places.find((p) => p.id === de)?.tuile;
  const loin = (p: Place): number => {
    if (p.id === de) return 0;
    return la && p.tuile ? Math.hypot(p.tuile[0] - la[0], p.tuile[1] - la[1]) : 1000;
  };
  return places
    .map((p) => ({ id: p.id, d: loin(p) }))
    .sort((a, b) => a.d - b.d || (a.id < b.id ? -1 : 1))
    .map((p) => p.id);
}

type Propose = Pick<Service, 'besoins' | 'sansRdv' | 'anonyme' | 'frais'>;
/** Does this service answer to what is asked of services? */
const repond = (v: Propose, r: Recherche): boolean =>
  (!r.besoin || v.besoins.includes(r.besoin)) && (!r.sans_rdv || v.sansRdv) && (!r.anonyme || v.anonyme) && (!r.gratuit || v.frais === 'gratuit');
/**
 * What a list says of a card: needs of the services that answer to the search, the facts that hold for every one of them, and the needs
 * of the others, of which nothing is said.
 */
export function ditsDesServices(services: readonly Propose[], r: Recherche): { besoins: string[]; faits: string[]; aussi: string[] } {
  const siens = services.filter((v) => repond(v, r));
  const besoinsDe = (l: readonly Propose[]) => [...new Set(l.flatMap((v) => v.besoins))];
  const tous = (f: (v: Propose) => boolean) => siens.length > 0 && siens.every(f);
  const besoins = besoinsDe(siens);
  return {
    besoins,
    faits: [
      ...(tous((v) => v.sansRdv) ? ['sans rendez-vous'] : []),
      ...(tous((v) => v.anonyme) ? ['anonyme'] : []),
      ...(tous((v) => v.frais === 'gratuit') ? ['gratuit'] : []),
    ],
    aussi: besoinsDe(services.filter((v) => !siens.includes(v))).filter((b) => !besoins.includes(b)),
  };
}
