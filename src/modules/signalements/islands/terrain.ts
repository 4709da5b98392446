/** The form of a report in the field: what waits for the network is kept on the device, and leaves when it comes back. */
import { bouton, creer, lien, uuid } from '../../../ui/islands/parts/page.ts';
import { garderCoquille } from '../../../ui/islands/parts/coquille.ts';
import { ouvrirDepot } from '../../../ui/islands/parts/depot.ts';

const champ = (f: HTMLFormElement, nom: string) => f.elements.namedItem(nom) as HTMLInputElement | null;

interface Gardee {
  url: string;
  corps: string;
  libelle: string;
  /** Why the server did not take it; it stays until it is sent again or set aside. */
  refus?: string;
}
const DEMANDE = 'demande:';
/** The network may look there and lead nowhere (a lift, a page of the café): what is typed is not staked on it. */
const ESSAI_MS = 4000;
const REPRISE_MS = 2000;
const REPRISE_MAX_MS = 30_000;
async function repond(adresse: string): Promise<boolean> {
  if (!navigator.onLine) return false;
  const r = await fetch(adresse, { method: 'HEAD', redirect: 'manual', signal: AbortSignal.timeout(ESSAI_MS) }).catch(() => null);
  return r?.ok === true;
}

const commence = (f: HTMLFormElement): boolean =>
  [...f.elements].some((e) => (e instanceof HTMLTextAreaElement || (e instanceof HTMLInputElement && e.type === 'text')) && e.value !== e.defaultValue);

/** In the field: without network a report is kept here, and sent once when it comes back, under the key that its form gave it. */
function garderHorsLigne(f: HTMLFormElement): void {
  const compte = f.dataset.terrain;
  const cle = champ(f, '_cle');
  if (!compte || !cle) return;
  const depot = ouvrirDepot('terrain', 'ici', compte);
  const lister = () => depot.lister<Gardee>(DEMANDE);
  const zone = creer('div', 'c-terrain');
  zone.setAttribute('role', 'status');
  zone.dataset.terrainFile = '';
  f.before(zone);
  const recues: string[] = [];
  let session = false;

  /** Back in its form, to be mended; another form's is mended on its own page. */
  const reprendre = (k: string, g: Gardee) => {
    if (commence(f)) {
      recues.splice(0, recues.length, 'Envoyez d’abord ce que vous écrivez : cette demande prendrait sa place.');
      return montrer();
    }
    for (const [nom, valeur] of new URLSearchParams(g.corps)) {
      const e = f.elements.namedItem(nom);
      if (e instanceof RadioNodeList || e instanceof HTMLSelectElement || e instanceof HTMLTextAreaElement) e.value = valeur;
      else if (e instanceof HTMLInputElement && (e.type === 'radio' || e.type === 'checkbox')) e.checked = e.value === valeur;
      else if (e instanceof HTMLInputElement && nom !== 'meme') e.value = valeur;
    }
    depot.oublier(k);
    montrer();
    champ(f, 'adresse')?.focus();
  };
  const uneLigne = ([k, g]: [string, Gardee]): HTMLElement => {
    if (!g.refus) return creer('li', '', g.libelle);
    const sien = g.url === f.action && new URLSearchParams(g.corps).get('categorie') === champ(f, 'categorie')?.value;
    const ecarter = bouton('Écarter : ne pas l’envoyer', () => {
      depot.oublier(k);
      montrer();
    });
    const renvoyer = bouton('La renvoyer', () => {
      const { refus: _, ...reste } = g;
      depot.garder(k, reste);
      void vider();
    });
    const ailleurs = () => `${g.url}?categorie=${encodeURIComponent(new URLSearchParams(g.corps).get('categorie') ?? '')}`;
    return creer(
      'li',
      '',
      creer('p', 'govuk-body', `${g.libelle} : ${g.refus}`),
      sien ? bouton('La corriger', () => reprendre(k, g), true) : lien('La corriger dans son formulaire', ailleurs()),
      ' ',
      renvoyer,
      ecarter,
    );
  };
  const montrer = () => {
    const gardees = lister();
    const attendent = gardees.filter(([, g]) => !g.refus).length;
    const autres = depot.autres([DEMANDE]);
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
      ...(gardees.length > 0 ? [creer('ul', 'govuk-list govuk-list--bullet', ...gardees.map(uneLigne))] : []),
      ...(session
        ? [
            creer(
              'p',
              'govuk-body',
              'Votre session a pris fin : ',
              lien('reconnectez-vous', `/connexion?retour=${encodeURIComponent(location.pathname + location.search)}`),
              ', ce qui attend ici partira ensuite.',
            ),
          ]
        : []),
      ...(autres > 0
        ? [
            creer(
              'p',
              'govuk-body',
              `${autres === 1 ? 'Une demande d’un autre compte est gardée' : `${autres} demandes d’autres comptes sont gardées`} sur cet appareil, pas encore envoyées : qui écrivait se reconnecte ici.`,
            ),
          ]
        : []),
      ...(depot.durable || gardees.length === 0 ? [] : [creer('p', 'govuk-body', 'Cet appareil ne garde rien : ne fermez pas la page.')]),
      ...recues.map((r) => creer('p', 'govuk-body', r)),
    ];
    zone.replaceChildren(...dits);
    zone.classList.toggle('govuk-inset-text', dits.length > 0);
  };

  /** False when the network is not there: the others wait too. */
  const envoyer = async (k: string, g: Gardee): Promise<boolean> => {
    const headers = { 'content-type': 'application/x-www-form-urlencoded', 'x-compte': compte };
    const r = await fetch(g.url, { method: 'POST', headers, body: g.corps }).catch(() => null);
    if (!r || r.status >= 500 || r.status === 429) return false;
    session = r.redirected || r.status === 401;
    if (session) return false;
    const page = new DOMParser().parseFromString(await r.text(), 'text/html');
    const code = page.querySelector('.govuk-panel__body strong')?.textContent;
    if (r.ok && code) {
      depot.oublier(k);
      recues.push(`Envoyée : ${g.libelle}. Code de suivi : ${code}`);
    } else if (!r.ok) {
      const dits = [...page.querySelectorAll('.govuk-error-summary__list li')].map((x) => x.textContent).join(' ');
      depot.garder(k, { ...g, refus: dits || page.querySelector('main p')?.textContent || 'refusée' });
    }
    // A page that is not ours (a portal) received nothing.
    return !r.ok || code !== undefined;
  };
  let enCours = false;
  const vider = async () => {
    if (enCours) return;
    enCours = true;
    for (const [k, g] of lister()) if (!g.refus && !(await envoyer(k, g))) break;
    enCours = false;
    montrer();
    planifier();
  };
  let minuterie = 0;
  let attente = REPRISE_MS;
  /** The browser does not always say that the network came back. */
  function planifier(): void {
    clearTimeout(minuterie);
    if (!lister().some(([, g]) => !g.refus)) return;
    minuterie = window.setTimeout(() => void vider(), attente);
    attente = Math.min(attente * 2, REPRISE_MAX_MS);
  }

  const garder = () => {
    const corps = new URLSearchParams([...new FormData(f)].map(([n, v]): [string, string] => [n, String(v)]));
    // Nobody is there to say whether it is the same as another: the service will see it.
    corps.set('meme', 'non');
    const libelle = [f.dataset.terrainObjet, champ(f, 'adresse')?.value].filter(Boolean).join(', ');
    depot.garder(`${DEMANDE}${String(Date.now()).padStart(15, '0')}:${cle.value}`, { url: f.action, corps: corps.toString(), libelle } satisfies Gardee);
    f.reset();
    cle.value = uuid();
    montrer();
    zone.scrollIntoView({ block: 'nearest' });
  };
  let essai = false;
  f.addEventListener('submit', (e) => {
    e.preventDefault();
    if (essai) return;
    essai = true;
    // With the network, the page is sent as any other.
    void repond(location.href).then((la) => {
      essai = false;
      if (la) return f.submit();
      garder();
      planifier();
    });
  });
  window.addEventListener('beforeunload', (e) => {
    if (!depot.durable && lister().length > 0) e.preventDefault();
  });
  window.addEventListener('online', () => {
    attente = REPRISE_MS;
    void vider();
  });
  montrer();
  void vider();
  // Opened without network, it has no key of its own yet.
  if (cle.value === '') cle.value = uuid();
  else {
    const adresse = `${new URL(f.action).pathname}?categorie=${encodeURIComponent(champ(f, 'categorie')?.value ?? '')}`;
    void garderCoquille({ compte, portee: '/signalements/saisir/', adresse, vide: adresse }).catch(() => {});
  }
}

for (const f of document.querySelectorAll<HTMLFormElement>('form[data-signaler]')) garderHorsLigne(f);
