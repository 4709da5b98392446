/**
 * A desk that goes on counting without network: each touch is a line of its own id, kept on this device until the server says that it has it.
 * Sent again, a line counts once; what is undone is another line. Several desks never write the same line.
 */
import { ouvrirDepot } from '../../../ui/islands/parts/depot.ts';
import { ouvrirReseau } from '../../../ui/islands/parts/reseau.ts';
import { heureDe, tous, un, uuid } from '../../../ui/islands/parts/page.ts';

interface Touche {
  id: string;
  quoi: string;
  code: string;
  nombre: number;
  annule?: string;
  quand: number;
}
interface Reponse {
  recues: string[];
  refusees: { id: string; motif: string }[];
  arrivees: Record<string, number>;
  besoins: Record<string, number>;
  departs: number;
  ferme: boolean;
}
const LOT = 150;
const REPOS_MS = 400;
const REFUS_MS = 20_000;
const MONTREES = 8;
const LIGNE = 'ligne:';

function startGuichet(racine: HTMLElement): void {
  const { guichet = '', centre = '', compte = '', action = '' } = racine.dataset;
  const depot = ouvrirDepot('guichet', `${centre}:${guichet}`, compte);
  const etat = un('[data-etat-guichet]', racine);
  let rang = 0;
  let minuterie = 0;
  let enVol = false;
  let refus = '';
  const reseau = ouvrirReseau(dire, () => void envoyer());
  /** By the name under which each is kept: another window of this desk keeps its own. */
  const enAttente = () => depot.lister<Touche>(LIGNE);

  function dire(): void {
    if (!etat) return;
    const n = enAttente().length;
    const reste = n === 0 ? '' : n === 1 ? ' 1 touche attend.' : ` ${n} touches attendent.`;
    etat.dataset.etat = reseau.etat === 'la' ? (n > 0 ? 'envoi' : 'la') : reseau.etat;
    const perte = depot.durable ? '' : ' Cet appareil ne garde rien : ne fermez pas la page.';
    if (refus) etat.textContent = refus + reste;
    else if (reseau.etat === 'session') etat.textContent = `Votre session a pris fin : reconnectez-vous. Tout est gardé sur cet appareil.${reste}`;
    else if (reseau.etat === 'absent') etat.textContent = `Hors ligne : vous pouvez continuer, tout est gardé sur cet appareil.${reste}${perte}`;
    else etat.textContent = n > 0 ? `Envoi…${reste}` : 'Tout est envoyé.';
  }

  const affiche = (quoi: string, code: string) => un(`[data-nombre="${quoi}:${code}"]`, racine);
  const ajouterA = (quoi: string, code: string, n: number) => {
    const e = affiche(quoi, code);
    if (e) e.textContent = String(Math.max(0, Number((e.textContent ?? '0').replace(/\D/g, '')) + n));
  };
  /** What the server counts, and what it has not received. */
  function afficher(r: Reponse): void {
    const file = enAttente().map(([, t]) => t);
    for (const e of tous('[data-nombre]', racine)) {
      const [quoi = '', code = ''] = (e.dataset.nombre ?? '').split(':');
      const la = quoi === 'arrivee' ? (r.arrivees[code] ?? 0) : quoi === 'besoin' ? (r.besoins[code] ?? 0) : r.departs;
      const ici = file.filter((t) => t.quoi === quoi && t.code === code).reduce((n, t) => n + (t.annule ? -t.nombre : t.nombre), 0);
      e.textContent = String(Math.max(0, la + ici));
    }
  }

  function toucher(t: Omit<Touche, 'id' | 'quand' | 'nombre'>): Touche {
    const touche: Touche = { ...t, id: uuid(), nombre: 1, quand: Date.now() };
    depot.garder(`${LIGNE}${String(touche.quand).padStart(14, '0')}:${String(++rang).padStart(5, '0')}:${touche.id}`, touche);
    ajouterA(t.quoi, t.code, t.annule ? -1 : 1);
    dire();
    planifier(REPOS_MS);
    return touche;
  }
  function planifier(dans: number): void {
    window.clearTimeout(minuterie);
    minuterie = window.setTimeout(() => void envoyer(), dans);
  }
  async function envoyer(): Promise<void> {
    const file = enAttente();
    if (enVol || file.length === 0) return dire();
    enVol = true;
    const r = await reseau.envoyer<Reponse>(action, { guichet, lignes: JSON.stringify(file.slice(0, LOT).map(([, t]) => t)) });
    enVol = false;
    if (r.genre === 'refus') {
      // Refused whole (right lost, centre never opened): kept, said, tried again later.
      refus = String(r.donnees.detail ?? r.donnees.message ?? 'Le serveur refuse ces touches : elles restent sur cet appareil.');
      planifier(REFUS_MS);
    } else if (r.genre === 'fait') {
      const d = r.donnees;
      const sues = new Set([...d.recues, ...d.refusees.map((x) => x.id)]);
      for (const [nom, t] of file) if (sues.has(t.id)) depot.oublier(nom);
      refus = d.refusees[0]?.motif ?? (d.ferme ? 'Ce centre est fermé : ce que vous avez compté y est, ne comptez plus.' : '');
      afficher(d);
      if (enAttente().length > 0) planifier(0);
    }
    dire();
  }

  function offrirDAnnuler(t: Touche, libelle: string): void {
    const liste = un('[data-annuler]', racine);
    const b = Object.assign(document.createElement('button'), { type: 'button', className: 'govuk-button c-button--petit govuk-button--secondary' });
    b.textContent = `Annuler : ${libelle}, ${heureDe(new Date(t.quand))}`;
    const li = document.createElement('li');
    li.append(b);
    b.addEventListener('click', () => annuler(t, li));
    liste?.prepend(li);
    for (const vieux of tous('li', liste ?? racine).slice(MONTREES)) vieux.remove();
  }
  function annuler(t: Pick<Touche, 'id' | 'quoi' | 'code'>, li: Element | null): void {
    li?.remove();
    toucher({ quoi: t.quoi, code: t.code, annule: t.id });
  }

  racine.addEventListener('submit', (e) => {
    const form = e.target as HTMLFormElement;
    e.preventDefault();
    const champ = (nom: string) => (form.elements.namedItem(nom) as HTMLInputElement | null)?.value ?? '';
    const quoi = { quoi: champ('quoi'), code: champ('code') };
    if (form.dataset.annule) annuler({ id: form.dataset.annule, ...quoi }, form.closest('li'));
    else offrirDAnnuler(toucher(quoi), form.dataset.libelle ?? '');
  });
  window.addEventListener('beforeunload', (e) => {
    if (!depot.durable && enAttente().length > 0) e.preventDefault();
  });
  for (const [, t] of enAttente()) ajouterA(t.quoi, t.code, t.annule ? -t.nombre : t.nombre);
  dire();
  void envoyer();
}
for (const racine of tous('[data-guichet]')) startGuichet(racine);
