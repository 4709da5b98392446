/** The form of a report, in the field or at a desk: where one is, what is there already, and what waits for the network. All of it works without. */
export {};

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
  point.closest('.govuk-form-group')?.append(bouton, dit);
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

interface Gardee {
  url: string;
  corps: string;
  libelle: string;
  /** Why the server did not take it; it stays until it is sent again or set aside. */
  refus?: string;
}
const RACINE = 'concorde:terrain:';
/** What waits on this device, for this account alone: one key for each, so that two windows never undo each other. */
function depotDe(compte: string) {
  const racine = `${RACINE}${compte}:`;
  return {
    lister: (): [string, Gardee][] =>
      Object.keys(localStorage)
        .filter((k) => k.startsWith(racine))
        .sort()
        .flatMap((k) => {
          const v = localStorage.getItem(k);
          return v ? [[k, JSON.parse(v) as Gardee] as [string, Gardee]] : [];
        }),
    garder: (cle: string, g: Gardee) => localStorage.setItem(cle.startsWith(racine) ? cle : `${racine}${cle}`, JSON.stringify(g)),
    oublier: (cle: string) => localStorage.removeItem(cle),
  };
}

/** In the field: without network a report is kept here, and sent once when it comes back, under the key that its form gave it. */
function garderHorsLigne(f: HTMLFormElement): void {
  const compte = f.dataset.terrain;
  const cle = champ(f, '_cle');
  if (!compte || !cle) return;
  const depot = depotDe(compte);
  const zone = creer('div', 'c-terrain');
  zone.setAttribute('role', 'status');
  zone.dataset.terrainFile = '';
  f.before(zone);
  const recues: string[] = [];

  const montrer = () => {
    const gardees = depot.lister();
    const lignes = gardees.map(([k, g]) => {
      const ecarter = creer('button', 'govuk-button govuk-button--secondary', 'Écarter');
      ecarter.type = 'button';
      ecarter.addEventListener('click', () => {
        depot.oublier(k);
        montrer();
      });
      return creer('li', '', g.refus ? `${g.libelle} : ${g.refus} ` : g.libelle, ...(g.refus ? [ecarter] : []));
    });
    const attendent = gardees.filter(([, g]) => !g.refus).length;
    const dits = [
      ...(attendent > 0
        ? [
            creer(
              'p',
              'govuk-body',
              attendent > 1 ? `${attendent} demandes attendent le réseau sur cet appareil :` : 'Une demande attend le réseau sur cet appareil :',
            ),
          ]
        : []),
      ...(lignes.length > 0 ? [creer('ul', 'govuk-list govuk-list--bullet', ...lignes)] : []),
      ...recues.map((r) => creer('p', 'govuk-body', r)),
    ];
    zone.replaceChildren(...dits);
    zone.classList.toggle('govuk-inset-text', dits.length > 0);
  };

  /** False when the network is not there: the others wait too. */
  const envoyer = async (k: string, g: Gardee): Promise<boolean> => {
    const r = await fetch(g.url, { method: 'POST', headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: g.corps }).catch(() => null);
    if (!r || r.status >= 500 || r.status === 429) return false;
    const page = new DOMParser().parseFromString(await r.text(), 'text/html');
    if (r.redirected) {
      recues.splice(0, recues.length, 'Reconnectez-vous : ce qui attend ici partira ensuite.');
      return false;
    }
    if (r.ok) {
      depot.oublier(k);
      recues.push(`Envoyée : ${g.libelle}. Code de suivi : ${page.querySelector('.govuk-panel__body strong')?.textContent ?? ''}`);
    } else depot.garder(k, { ...g, refus: [...page.querySelectorAll('.govuk-error-summary__list li')].map((x) => x.textContent).join(' ') || 'refusée' });
    return true;
  };
  let enCours = false;
  const vider = async () => {
    if (enCours) return;
    enCours = true;
    for (const [k, g] of depot.lister()) if (!g.refus && !(await envoyer(k, g))) break;
    enCours = false;
    montrer();
  };

  f.addEventListener('submit', (e) => {
    // With the network, the page is sent as any other.
    if (navigator.onLine) return;
    e.preventDefault();
    const corps = new URLSearchParams([...new FormData(f)].map(([n, v]): [string, string] => [n, String(v)]));
    // Nobody is there to say whether it is the same as another: the service will see it.
    corps.set('meme', 'non');
    const libelle = [f.dataset.terrainObjet, champ(f, 'adresse')?.value].filter(Boolean).join(', ');
    depot.garder(`${String(depot.lister().length).padStart(4, '0')}:${cle.value}`, { url: f.action, corps: corps.toString(), libelle });
    f.reset();
    cle.value = crypto.randomUUID();
    montrer();
    zone.scrollIntoView({ block: 'nearest' });
  });
  window.addEventListener('online', () => void vider());
  montrer();
  if (navigator.onLine) void vider();
}

for (const f of document.querySelectorAll<HTMLFormElement>('form[data-signaler]')) {
  proposerIci(f);
  chercherEnTapant(f);
  garderHorsLigne(f);
}
