/** The form of a report in the field: what waits for the network is kept on the device, and leaves when it comes back. */
import { bouton, creer } from '../../../ui/islands/parts/page.ts';
import { ouvrirDepot } from '../../../ui/islands/parts/depot.ts';

const DEMANDE = 'demande:';
const champ = (f: HTMLFormElement, nom: string) => f.elements.namedItem(nom) as HTMLInputElement | null;

interface Gardee {
  url: string;
  corps: string;
  libelle: string;
  /** Why the server did not take it; it stays until it is sent again or set aside. */
  refus?: string;
}
/** In the field: without network a report is kept here, and sent once when it comes back, under the key that its form gave it. */
function garderHorsLigne(f: HTMLFormElement): void {
  const compte = f.dataset.terrain;
  const cle = champ(f, '_cle');
  if (!compte || !cle) return;
  const depot = ouvrirDepot('terrain', 'ici', compte);
  const zone = creer('div', 'c-terrain');
  zone.setAttribute('role', 'status');
  zone.dataset.terrainFile = '';
  f.before(zone);
  const recues: string[] = [];

  const montrer = () => {
    const gardees = depot.lister<Gardee>(DEMANDE);
    const lignes = gardees.map(([k, g]) => {
      const ecarter = bouton('Écarter', () => {
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
    for (const [k, g] of depot.lister<Gardee>(DEMANDE)) if (!g.refus && !(await envoyer(k, g))) break;
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
    depot.garder(`${DEMANDE}${String(depot.lister<Gardee>(DEMANDE).length).padStart(4, '0')}:${cle.value}`, {
      url: f.action,
      corps: corps.toString(),
      libelle,
    });
    f.reset();
    cle.value = crypto.randomUUID();
    montrer();
    zone.scrollIntoView({ block: 'nearest' });
  });
  window.addEventListener('online', () => void vider());
  montrer();
  if (navigator.onLine) void vider();
}

for (const f of document.querySelectorAll<HTMLFormElement>('form[data-signaler]')) garderHorsLigne(f);
