/** What others write, as it comes: the stream of events, and the rows that the page does not have yet. */
import { type Lecture, occupe, type Present, suivre } from '../../../../ui/islands/parts/direct.ts';
import { annoncer, creer, ecrire, lien, message, tous, un } from '../../../../ui/islands/parts/page.ts';
import type { Reseau } from '../../../../ui/islands/parts/reseau.ts';

interface Etat {
  etat: string;
  derniere: number;
  recharger: boolean;
  entrees: string;
  blocs: { id: string; html: string }[];
  presents: Present[];
}
export interface Suivi {
  actualiser(): void;
}
/** A page left open for a day does not grow without end: what is older is on the page that has everything. */
const LIGNES_MAX = 400;

export function startSuivi({ racine, base, compte, reseau }: { racine: HTMLElement; base: string; compte: string; reseau: Reseau }): Suivi {
  let derniere = Number(racine.dataset.derniere ?? 0);
  let etat = '';
  let autres: string[] = [];
  let coupe: (Node | string)[] = [];
  // A page of older entries stays as it is.
  const ancienne = new URLSearchParams(window.location.search).has('avant');

  async function relire(): Promise<Lecture> {
    const r = await reseau.lire<Etat>(`${base}/etat?apres=${derniere}`);
    if (r.genre === 'fait') appliquer(r.donnees);
    return r.genre;
  }

  function appliquer(e: Etat): void {
    if (racine.dataset.coquille === 'oui') racine.dataset.coquille = 'lue';
    if (e.recharger) {
      const form = un('#f-entree');
      // What is being typed is not worth a page.
      if (!form || !occupe(form)) window.location.reload();
      else
        message('recharger', [
          creer('p', '', 'Trop d’entrées sont arrivées pour être ajoutées ici : enregistrez ce que vous écrivez, puis rechargez la page.'),
        ]);
      return;
    }
    for (const b of e.blocs) {
      const zone = document.getElementById(b.id);
      if (zone && zone.innerHTML !== b.html && !occupe(zone)) zone.innerHTML = b.html;
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
  /** Who is there; or, when nobody can be known to be, of when this screen is. */
  function direPresents(presents?: readonly Present[]): void {
    if (presents) autres = presents.filter((p) => p.id !== compte).map((p) => p.nom);
    const zone = un('#s-la');
    if (zone) zone.dataset.etat = coupe.length > 0 ? 'absent' : 'la';
    if (coupe.length > 0) ecrire(zone, ...coupe);
    else ecrire(zone, autres.length === 0 ? 'Vous êtes seul en ligne' : `En ligne avec vous : ${autres.join(', ')}`);
  }
  const suivi = suivre({
    adresse: `${base}/direct`,
    relire,
    // A desk that counts writes no entry.
    ignore: (e) => e.genre === 'comptage',
    presents: direPresents,
    dire: (texte) => {
      // Opened without network, it shows nothing yet.
      coupe = texte.length > 0 && racine.dataset.coquille === 'oui' ? ['Hors ligne : la main courante se lira au retour du réseau.'] : texte;
      direPresents();
    },
  });
  return { actualiser: suivi.relire };
}
