/** What the parts of the session's island share: the page, the words it says, the item it shows. */
import type { Depot } from './seance-depot.ts';
import type { Reseau } from './seance-reseau.ts';

export interface Seance {
  racine: HTMLElement;
  /** `/seances/<id>`. */
  base: string;
  compte: string;
  nom: string;
  ecrit: boolean;
  depot: Depot;
  reseau: Reseau;
  /** Asks the server for what changed. */
  actualiser(): void;
  /** Shows again how far saving is. */
  direEtat(): void;
}

export const un = <E extends HTMLElement>(selecteur: string, dans: ParentNode = document): E | null => dans.querySelector<E>(selecteur);
export const tous = <E extends HTMLElement>(selecteur: string, dans: ParentNode = document): E[] => [...dans.querySelectorAll<E>(selecteur)];

export function creer(balise: string, classe: string, ...contenu: (Node | string)[]): HTMLElement {
  const e = document.createElement(balise);
  e.className = classe;
  e.append(...contenu);
  return e;
}
export function bouton(libelle: string, agir: () => void, principal = false): HTMLElement {
  const b = creer('button', `govuk-button c-button--petit${principal ? '' : ' govuk-button--secondary'}`, libelle) as HTMLButtonElement;
  b.type = 'button';
  b.addEventListener('click', agir);
  return b;
}

let annonces: HTMLElement | null = null;
/** Said to screen readers, politely: important changes only. */
export function annoncer(texte: string): void {
  if (!annonces) {
    annonces = creer('div', 'govuk-visually-hidden');
    annonces.setAttribute('role', 'status');
    document.body.append(annonces);
  }
  annonces.textContent = texte;
}

/** A block of `#s-messages`, known by its key; no content takes it away. */
export function message(cle: string, contenu: (Node | string)[] | null, ton = ''): void {
  const zone = un('#s-messages');
  const deja = un(`[data-message="${cle}"]`, zone ?? document);
  if (!contenu) {
    deja?.remove();
    return;
  }
  const bloc = creer('div', `c-message ${ton}`, ...contenu);
  bloc.dataset.message = cle;
  if (deja) deja.replaceWith(bloc);
  else zone?.append(bloc);
}

/** « 10 h 42 ». */
export const heureDe = (d: Date): string => `${d.getHours()}\u00a0h\u00a0${String(d.getMinutes()).padStart(2, '0')}`;

/** A random UUID, also where `crypto.randomUUID` is not offered (plain http on a local network). */
export function uuid(): string {
  if (crypto.randomUUID) return crypto.randomUUID();
  const o = crypto.getRandomValues(new Uint8Array(16));
  o[6] = ((o[6] ?? 0) & 0x0f) | 0x40;
  o[8] = ((o[8] ?? 0) & 0x3f) | 0x80;
  const h = [...o].map((x) => x.toString(16).padStart(2, '0')).join('');
  return `${h.slice(0, 8)}-${h.slice(8, 12)}-${h.slice(12, 16)}-${h.slice(16, 20)}-${h.slice(20)}`;
}

export const rangDe = (point: string): number => tous('#b-points [data-montrer]').findIndex((a) => a.dataset.montrer === point) + 1;
export const pointMontre = (): string => un('.c-point:not([hidden])')?.id.slice('point-'.length) ?? '';

/** Shows another item without leaving the page, so that it also works without a network. */
export function montrer(point: string, viser: boolean): void {
  const cible = document.getElementById(`point-${point}`);
  if (!cible) return;
  for (const p of tous('.c-point')) p.hidden = p !== cible;
  marquer(point);
  for (const champ of tous<HTMLSelectElement>('#f-decision [name=point], #f-vote [name=point]')) {
    // A form that is being filled keeps the item it was begun for.
    const touche = tous<HTMLInputElement>('textarea, [name=objet]', champ.form ?? document).some((t) => t.value !== '');
    if (!touche) champ.value = point;
  }
  history.replaceState(null, '', `?point=${point}`);
  if (viser) un(`#titre-${point}`)?.focus();
}

export function marquer(point: string): void {
  for (const a of tous('#b-points [data-montrer]')) {
    if (a.dataset.montrer === point) a.setAttribute('aria-current', 'true');
    else a.removeAttribute('aria-current');
  }
}
