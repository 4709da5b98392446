/**
 * The form of people at work, in the field or at a desk: what is sent is kept on the device first, and forgotten when the server says that it has it. A network that
 * falls anywhere between costs nothing: the same words leave again under the same key, and the server does them once.
 */
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
  /** Until then somebody looks at its sending in another window: it is theirs. */
  tenue?: number;
}
const DEMANDE = 'demande:';
/** The network may look there and lead nowhere (a lift, a page of the café): what is kept needs no longer wait. */
const ENVOI_MS = 10_000;
const REPRISE_MS = 2000;
const REPRISE_MAX_MS = 30_000;
/** Which kept report the server's own page is about to show to be mended. */
const REPRIS = 'concorde:terrain:repris';
/** `attend`: kept, the others may leave; `arret`: kept, the others too. */
type Issue = { recue: Document } | 'refusee' | 'a-corriger' | 'attend' | 'arret';

const commence = (f: HTMLFormElement): boolean =>
  [...f.elements].some((e) => (e instanceof HTMLTextAreaElement || (e instanceof HTMLInputElement && e.type === 'text')) && e.value !== e.defaultValue);

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
  /** Answers came, that said to come back later. */
  let sature = false;
  /** What somebody has just sent and looks at. */
  let enMain: string | null = null;

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
    const sien = f.isConnected && g.url === f.action && new URLSearchParams(g.corps).get('categorie') === champ(f, 'categorie')?.value;
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
    const gardees = lister().filter(([k, g]) => k !== enMain && (g.tenue ?? 0) < Date.now());
    const attendent = gardees.filter(([, g]) => !g.refus).length;
    const autres = depot.autres([DEMANDE]);
    const combien = attendent > 1 ? `${attendent} demandes attendent` : 'Une demande attend';
    const quoi = sature ? 'sur cet appareil : Concorde ne peut pas en prendre pour l’instant, l’envoi est essayé de nouveau' : 'le réseau sur cet appareil';
    const dits = [
      ...(enMain === null
        ? []
        : [creer('p', 'govuk-body', depot.durable ? 'Envoi en cours ; ce que vous avez écrit est gardé sur cet appareil.' : 'Envoi en cours.')]),
      ...(attendent > 0 ? [creer('p', 'govuk-body', `${combien} ${quoi} :`)] : []),
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

  const envoyer = async (k: string, g: Gardee): Promise<Issue> => {
    const headers = { 'content-type': 'application/x-www-form-urlencoded', 'x-compte': compte };
    const signal = AbortSignal.timeout(ENVOI_MS);
    const r = await fetch(g.url, { method: 'POST', headers, body: g.corps, signal }).catch(() => null);
    sature = r !== null && (r.status >= 500 || r.status === 429);
    if (!r || sature) return r?.status === 500 ? 'attend' : 'arret';
    session = r.redirected || r.status === 401;
    const texte = session ? null : await r.text().catch(() => null);
    if (texte === null) return 'arret';
    const recue = new DOMParser().parseFromString(texte, 'text/html');
    const code = recue.querySelector('.govuk-panel__body strong')?.textContent;
    if (r.ok && code) {
      depot.oublier(k);
      if (k !== enMain) recues.push(`Envoyée : ${g.libelle}. Code de suivi : ${code}`);
      return { recue };
    }
    // A page that is not ours (a portal) received nothing.
    if (r.ok) return 'arret';
    const fautes = [...recue.querySelectorAll('.govuk-error-summary__list li')];
    const corps = new URLSearchParams(g.corps);
    // Nobody is there any more to say whether it is the same as another: the service will see it. Refused, it was not done: its words may change.
    if (k !== enMain && !corps.has('meme') && fautes.length > 0 && fautes.every((x) => x.querySelector('a')?.getAttribute('href') === '#meme')) {
      corps.set('meme', 'non');
      const sans = { ...g, corps: corps.toString() };
      depot.garder(k, sans);
      return envoyer(k, sans);
    }
    depot.garder(k, { ...g, refus: fautes.map((x) => x.textContent).join(' ') || recue.querySelector('main p')?.textContent || 'refusée' });
    return r.status === 422 ? 'a-corriger' : 'refusee';
  };
  let enCours = false;
  const vider = async () => {
    if (enCours) return;
    enCours = true;
    for (const [k, g] of lister()) if (!g.refus && (g.tenue ?? 0) < Date.now() && (await envoyer(k, g)) === 'arret') break;
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

  const garder = (): [string, Gardee] => {
    const corps = new URLSearchParams([...new FormData(f)].map(([n, v]): [string, string] => [n, String(v)])).toString();
    const libelle = [f.dataset.terrainObjet, champ(f, 'adresse')?.value].filter(Boolean).join(', ');
    const k = `${DEMANDE}${String(Date.now()).padStart(15, '0')}:${cle.value}`;
    const g: Gardee = { url: f.action, corps, libelle, tenue: Date.now() + ENVOI_MS };
    depot.garder(k, g);
    return [k, g];
  };
  /** The answer of the server, where the form was. */
  const montrerRecue = (recue: Document) => {
    const [page, lue] = [document.querySelector('main'), recue.querySelector('main')];
    if (!page || !lue) return;
    page.replaceChildren(...lue.childNodes, zone);
    document.title = recue.title;
    const titre = page.querySelector<HTMLElement>('h1');
    titre?.setAttribute('tabindex', '-1');
    titre?.focus();
    window.scrollTo(0, 0);
  };
  const apresEnvoi = (k: string, issue: Issue) => {
    enMain = null;
    if (issue === 'a-corriger') {
      // The page of errors, as any other form has it; kept until it is there.
      if (depot.durable) sessionStorage.setItem(REPRIS, k);
      else depot.oublier(k);
      return f.submit();
    }
    if (typeof issue === 'object') montrerRecue(issue.recue);
    else {
      const gardee = depot.lire<Gardee>(k);
      if (gardee) depot.garder(k, { ...gardee, tenue: 0 });
      f.reset();
      cle.value = uuid();
    }
    montrer();
    if (typeof issue !== 'object') zone.scrollIntoView({ block: 'nearest' });
    planifier();
  };
  f.addEventListener('submit', (e) => {
    e.preventDefault();
    if (enMain !== null) return;
    const [k, g] = garder();
    enMain = k;
    montrer();
    void envoyer(k, g).then((issue) => apresEnvoi(k, issue));
  });
  window.addEventListener('beforeunload', (e) => {
    if (!depot.durable && lister().length > 0) e.preventDefault();
  });
  window.addEventListener('online', () => {
    attente = REPRISE_MS;
    void vider();
  });
  // What was refused is in this form again, with what to mend.
  const repris = depot.durable ? sessionStorage.getItem(REPRIS) : null;
  if (repris !== null && document.querySelector('.govuk-error-summary')) {
    depot.oublier(repris);
    sessionStorage.removeItem(REPRIS);
  }
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
