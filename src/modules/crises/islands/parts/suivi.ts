/** What others write, as it comes: the stream of events, and the rows that the page does not have yet. */
import { annoncer, creer, ecrire, lien, message, tous, un } from '../../../../ui/islands/parts/page.ts';
import type { Reseau } from '../../../../ui/islands/parts/reseau.ts';

interface Etat {
  etat: string;
  derniere: number;
  recharger: boolean;
  entrees: string;
  blocs: { id: string; html: string }[];
  presents: { id: string; nom: string }[];
}
export interface Suivi {
  actualiser(): void;
}
const ATTENTE_MAX_MS = 30_000;
const GROUPE_MS = 150;
/** A page left open for a day does not grow without end: what is older is on the page that has everything. */
const LIGNES_MAX = 400;

export function startSuivi({ racine, base, compte, reseau }: { racine: HTMLElement; base: string; compte: string; reseau: Reseau }): Suivi {
  let derniere = Number(racine.dataset.derniere ?? 0);
  let etat = '';
  let source: EventSource | null = null;
  let attente = 1000;
  let groupe = 0;
  let enCours = false;
  let encore = false;
  // A page of older entries stays as it is.
  const ancienne = new URLSearchParams(window.location.search).has('avant');

  async function lire(): Promise<void> {
    if (enCours) {
      encore = true;
      return;
    }
    enCours = true;
    const r = await reseau.lire<Etat>(`${base}/etat?apres=${derniere}`);
    enCours = false;
    if (r.genre === 'fait') appliquer(r.donnees);
    if (encore) {
      encore = false;
      void lire();
    }
  }
  const bientot = () => {
    window.clearTimeout(groupe);
    groupe = window.setTimeout(() => void lire(), GROUPE_MS);
  };

  function appliquer(e: Etat): void {
    if (e.recharger) {
      window.location.reload();
      return;
    }
    for (const b of e.blocs) {
      const zone = document.getElementById(b.id);
      if (zone && zone.innerHTML !== b.html && !zone.contains(document.activeElement)) zone.innerHTML = b.html;
    }
    direPresents(e.presents);
    if (e.entrees !== '' && !ancienne) poser(e.entrees, e.derniere);
    derniere = Math.max(derniere, e.derniere);
    if (etat === 'ouverte' && e.etat !== 'ouverte')
      message('close', [creer('p', '', creer('strong', '', 'La salle est close. '), lien('Voir le bilan', `${base}/bilan`))], 'c-message--alerte');
    etat = e.etat;
  }
  function poser(html: string, jusqua: number): void {
    const zone = un('#b-entrees');
    if (!zone) return;
    const neuf = document.createElement('template');
    neuf.innerHTML = html;
    const corps = un('tbody', zone);
    if (!corps) zone.replaceChildren(neuf.content);
    else {
      const lignes = tous<HTMLElement>('tbody tr', neuf.content);
      const nouvelles: HTMLElement[] = [];
      for (const l of lignes) {
        const id = un('[id^=e-]', l)?.id;
        const deja = id ? document.getElementById(id)?.closest('tr') : null;
        if (deja) deja.replaceWith(l);
        else if (Number(id?.slice(2)) > derniere) nouvelles.push(l);
      }
      for (const l of nouvelles) l.classList.add('c-entree--neuve');
      corps.prepend(...nouvelles);
      for (const l of tous('tr', corps).slice(LIGNES_MAX)) l.remove();
    }
    const n = jusqua - derniere;
    if (n > 0) annoncer(n === 1 ? `Entrée n° ${jusqua}` : `${n} entrées nouvelles, jusqu’au n° ${jusqua}`);
  }
  function direPresents(presents: Etat['presents']): void {
    const autres = presents.filter((p) => p.id !== compte).map((p) => p.nom);
    ecrire(un('#s-la'), autres.length === 0 ? 'Vous êtes seul en ligne' : `En ligne avec vous : ${autres.join(', ')}`);
  }

  function ouvrir(): void {
    source?.close();
    source = new EventSource(`${base}/direct`);
    source.onopen = () => {
      attente = 1000;
      bientot();
    };
    source.onmessage = (m) => {
      const e = JSON.parse(String(m.data)) as { genre: string; presents?: Etat['presents'] };
      if (e.genre === 'presents' && e.presents) direPresents(e.presents);
      else if (e.genre !== 'bonjour') bientot();
    };
    source.onerror = () => {
      source?.close();
      source = null;
      window.setTimeout(
        () => {
          ouvrir();
          bientot();
        },
        attente + Math.random() * 500,
      );
      attente = Math.min(attente * 2, ATTENTE_MAX_MS);
    };
  }
  window.addEventListener('online', () => {
    attente = 1000;
    if (!source) ouvrir();
    bientot();
  });
  ouvrir();
  return { actualiser: bientot };
}
