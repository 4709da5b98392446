/**
 * A desk that goes on counting without network: each touch is a line of its own id, kept on this device until the server says that it has it.
 * Sent again, a line counts once; what is undone is another line. Several desks never write the same line. Its page sends what the device keeps
 * even where nothing can be counted any more.
 */
import { heureDe, tous, un } from '../../../ui/islands/parts/page.ts';
import { ouvrirTouches, type Reponse, type Touche } from './parts/touches.ts';

const MONTREES = 8;

function startGuichet(racine: HTMLElement): void {
  const { guichet = '', action = '', ouvert } = racine.dataset;
  const etat = un('[data-etat-guichet]', racine);
  const refus = un('[data-refus]', racine);
  const touches = ouvrirTouches(dire, (ou, r) => ou === action && afficher(r));
  let ferme = false;
  /** Of this centre, not received yet and not refused: what the numbers of this page add. */
  const ici = () => touches.toutes().filter((t) => t.action === action && !t.refus);

  function dire(): void {
    if (refus) touches.montrerRefus(refus);
    if (!etat) return;
    const reste = touches.etat();
    etat.dataset.etat = touches.reseau.etat === 'la' ? (reste ? 'envoi' : 'la') : touches.reseau.etat;
    const fin = ferme && ouvert === 'oui' ? 'Ce centre est fermé : ne comptez plus. ' : '';
    etat.textContent = `${fin}${reste || 'Tout est envoyé.'}`;
  }
  const affiche = (quoi: string, code: string) => un(`[data-nombre="${quoi}:${code}"]`, racine);
  const ajouterA = (quoi: string, code: string, n: number) => {
    const e = affiche(quoi, code);
    if (e) e.textContent = String(Math.max(0, Number((e.textContent ?? '0').replace(/\D/g, '')) + n));
  };
  /** What the server counts, and what it has not received. */
  function afficher(r: Reponse): void {
    ferme = r.ferme;
    const file = ici();
    for (const e of tous('[data-nombre]', racine)) {
      const [quoi = '', code = ''] = (e.dataset.nombre ?? '').split(':');
      const la = quoi === 'arrivee' ? (r.arrivees[code] ?? 0) : quoi === 'besoin' ? (r.besoins[code] ?? 0) : r.departs;
      const gardees = file.filter((t) => t.quoi === quoi && t.code === code).reduce((n, t) => n + (t.annule ? -t.nombre : t.nombre), 0);
      e.textContent = String(Math.max(0, la + gardees));
    }
  }
  function toucher(t: Pick<Touche, 'quoi' | 'code' | 'libelle' | 'annule'>): Touche {
    ajouterA(t.quoi, t.code, t.annule ? -1 : 1);
    return touches.ajouter({ ...t, action, guichet });
  }
  function offrirDAnnuler(t: Touche): void {
    const liste = un('[data-annuler]', racine);
    const b = Object.assign(document.createElement('button'), { type: 'button', className: 'govuk-button c-button--petit govuk-button--secondary' });
    b.textContent = `Annuler : ${t.libelle}, ${heureDe(new Date(t.quand))}`;
    const li = document.createElement('li');
    li.append(b);
    b.addEventListener('click', () => annuler(t, li));
    liste?.prepend(li);
    for (const vieux of tous('li', liste ?? racine).slice(MONTREES)) vieux.remove();
  }
  function annuler({ id, quoi, code, libelle }: Pick<Touche, 'id' | 'quoi' | 'code' | 'libelle'>, li: Element | null): void {
    li?.remove();
    toucher({ quoi, code, libelle, annule: id });
  }

  racine.addEventListener('submit', (e) => {
    const form = e.target as HTMLFormElement;
    if (form.method === 'get') return;
    e.preventDefault();
    const champ = (nom: string) => (form.elements.namedItem(nom) as HTMLInputElement | null)?.value ?? '';
    const quoi = { quoi: champ('quoi'), code: champ('code'), libelle: form.dataset.libelle ?? '' };
    if (form.dataset.annule) annuler({ id: form.dataset.annule, ...quoi }, form.closest('li'));
    else offrirDAnnuler(toucher(quoi));
  });
  window.addEventListener('beforeunload', (e) => {
    if (!touches.durable() && touches.toutes().length > 0) e.preventDefault();
  });
  for (const t of ici()) ajouterA(t.quoi, t.code, t.annule ? -t.nombre : t.nombre);
  dire();
  if (touches.toutes().length > 0) void touches.envoyer();
}
for (const racine of tous('[data-guichet]')) startGuichet(racine);
