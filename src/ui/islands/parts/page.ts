/** What islands that write a page share: finding, making and saying. Messages stand in `#s-messages`. */
export const un = <E extends HTMLElement>(selecteur: string, dans: ParentNode = document): E | null => dans.querySelector<E>(selecteur);
export const tous = <E extends HTMLElement>(selecteur: string, dans: ParentNode = document): E[] => [...dans.querySelectorAll<E>(selecteur)];

/** French spacing: narrow and unbreakable before high punctuation. */
const fine = (t: string): string => t.replace(/ (?=[:;?!»])|(?<=«) /g, '\u202f');
/** Replaces what an element says. */
export function ecrire(e: Element | null, ...contenu: (Node | string)[]): void {
  e?.replaceChildren(...contenu.map((c) => (typeof c === 'string' ? fine(c) : c)));
}
export function creer(balise: string, classe: string, ...contenu: (Node | string)[]): HTMLElement {
  const e = document.createElement(balise);
  e.className = classe;
  ecrire(e, ...contenu);
  return e;
}
export const lien = (libelle: string, href: string): HTMLElement => Object.assign(creer('a', 'govuk-link', libelle), { href });
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
  ecrire(annonces, texte);
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

/** A random UUID (version 4), also where `crypto.randomUUID` is not offered: plain http on a local network. */
export const uuid = (): string =>
  '10000000-1000-4000-8000-100000000000'.replace(/[018]/g, (c) =>
    (Number(c) ^ ((crypto.getRandomValues(new Uint8Array(1))[0] ?? 0) & (15 >> (Number(c) / 4)))).toString(16),
  );
