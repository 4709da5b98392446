/** The form of a report: where one is, a plan to touch, what is there already. All of it works without. */
import { proposerPlan } from './parts/plan.ts';

const creer = <K extends keyof HTMLElementTagNameMap>(nom: K, classe: string, ...enfants: (Node | string)[]): HTMLElementTagNameMap[K] => {
  const e = document.createElement(nom);
  if (classe) e.className = classe;
  e.append(...enfants);
  return e;
};
const champ = (f: HTMLFormElement, nom: string): HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement | null => {
  const e = f.elements.namedItem(nom);
  return e instanceof HTMLInputElement || e instanceof HTMLSelectElement || e instanceof HTMLTextAreaElement ? e : null;
};

/** « Je suis ici »: a button beside the point, which nothing asks before it is pressed. */
function proposerIci(f: HTMLFormElement): void {
  const point = champ(f, 'point');
  if (!point || !('geolocation' in navigator)) return;
  // In the language of the page, which says them.
  const [ici = '', cherche = '', notee = '', rien = ''] = JSON.parse(f.dataset.mots ?? '[]') as string[];
  const bouton = creer('button', 'govuk-button govuk-button--secondary govuk-!-margin-top-2 govuk-!-margin-bottom-2', ici);
  bouton.type = 'button';
  const dit = creer('p', 'govuk-body-s');
  dit.setAttribute('role', 'status');
  bouton.addEventListener('click', () => {
    dit.textContent = cherche;
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        point.value = `${coords.latitude.toFixed(5)} ${coords.longitude.toFixed(5)}`;
        point.dispatchEvent(new Event('change', { bubbles: true }));
        dit.textContent = notee.replace('{n}', String(Math.round(coords.accuracy)));
      },
      () => {
        dit.textContent = rien;
      },
      { enableHighAccuracy: true, timeout: 10_000, maximumAge: 30_000 },
    );
  });
  point.closest('.govuk-form-group')?.append(creer('div', '', bouton), dit);
}

const REPOS_MS = 500;
/** What is there already, while the address is typed: the same page is asked as without script, and its answer set in this one. */
function chercherEnTapant(f: HTMLFormElement): void {
  const place = f.querySelector<HTMLElement>('[data-proches]');
  const categorie = champ(f, 'categorie');
  if (!place || !categorie) return;
  let minuterie = 0;
  let rang = 0;
  const chercher = async () => {
    const dits = ['adresse', 'territoire', 'point'].map((nom): [string, string] => [nom, champ(f, nom)?.value ?? '']);
    if ((dits[0]?.[1] ?? '').length < 4) return;
    const mien = ++rang;
    const r = await fetch(`${f.getAttribute('action')}?${new URLSearchParams([['categorie', categorie.value], ...dits])}`).catch(() => null);
    if (!r?.ok || mien !== rang) return;
    const lue = new DOMParser().parseFromString(await r.text(), 'text/html').querySelector('[data-proches]');
    // What was answered here stays answered.
    if (lue && lue.textContent !== place.textContent) place.replaceChildren(...lue.childNodes);
  };
  for (const nom of ['adresse', 'territoire', 'point'])
    champ(f, nom)?.addEventListener('change', () => {
      clearTimeout(minuterie);
      minuterie = window.setTimeout(() => void chercher(), REPOS_MS);
    });
  champ(f, 'adresse')?.addEventListener('input', () => {
    clearTimeout(minuterie);
    minuterie = window.setTimeout(() => void chercher(), REPOS_MS);
  });
}

for (const f of document.querySelectorAll<HTMLFormElement>('form[data-signaler]')) {
  proposerIci(f);
  const point = champ(f, 'point');
  const [bouton = '', aide = '', tout = '', note = ''] = (JSON.parse(f.dataset.mots ?? '[]') as string[]).slice(4);
  if (point instanceof HTMLInputElement) proposerPlan(f, point, { bouton, aide, tout, note });
  chercherEnTapant(f);
}
