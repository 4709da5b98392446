/** What others do, as it happens: the stream of events, who is there, and the parts of the page that changed. */
import { ouvrirFlux, type Present } from '../../../../ui/islands/parts/direct.ts';
import { annoncer, creer, ecrire, heureDe, lien, marquer, message, pointMontre, montrer, rangDe, type Seance, tous, un } from './seance-page.ts';
import type { NotesDePoint } from './seance-notes.ts';

interface Bloc {
  id: string;
  dans?: string;
  html: string;
}
interface Etat {
  etat: string;
  pointCourant?: string | null;
  points: { id: string; titre?: string; notes?: string; notesVersion: number; notesPar: string }[];
  presents?: Present[];
  blocs: Bloc[];
}
export interface Suivi {
  actualiser(): void;
  /** The network is back: reads what was told meanwhile and could not be read. */
  rattraper(): void;
  /** Tells the others which item this window writes on; '' when it stops. */
  ecrireSur(point: string): void;
}

/** A cut shorter than that is not worth a word. */
const DIRE_MS = 3000;

export function startDirect(s: Seance, notes: readonly NotesDePoint[], auLever: () => void): Suivi {
  let cle = '';
  let annonce = 0;
  let coupe = false;
  let entendu = Date.now();
  let la: readonly Present[] = [];
  let groupe = 0;
  let surMoi = '';
  let courant = un('.c-courant__titre')?.dataset.montrer ?? '';
  const notesDues = new Map<string, number>();
  let blocsDus = false;
  /** Something was told that could not be read: the network was away. */
  let manque = false;
  const poses = new Map<string, string>();

  const demander = (quoi: string) => s.reseau.lire<Etat>(`${s.base}/etat?point=${pointMontre()}${quoi}`);
  async function lire(quoi: string): Promise<void> {
    const r = await demander(quoi);
    if (r.genre === 'fait') appliquer(r.donnees);
    else if (r.genre !== 'refus') manque = true;
  }
  const bientot = () => {
    window.clearTimeout(groupe);
    groupe = window.setTimeout(() => {
      const dues = [...notesDues].filter(([id, v]) => (notes.find((n) => n.point === id)?.version() ?? 0) < v).map(([id]) => id);
      const blocs = blocsDus;
      notesDues.clear();
      blocsDus = false;
      if (blocs) void lire('&quoi=blocs');
      if (dues.length > 0) void lire(`&quoi=notes&notes=${dues.join(',')}`);
    }, 250);
  };

  function recevoir(e: { genre: string; [cle: string]: unknown }): void {
    if (e.genre === 'bonjour') {
      cle = String(e.cle);
      if (surMoi) direOu();
    } else if (e.genre === 'presents') direPresents(e.presents as Present[]);
    else if (e.genre === 'notes') {
      notesDues.set(String(e.point), Number(e.version));
      bientot();
    } else if (e.genre === 'recharger') void lire('&quoi=tout');
    else {
      blocsDus = true;
      bientot();
    }
  }

  function direPresents(presents: readonly Present[]): void {
    la = presents;
    const autres = presents.filter((p) => p.id !== s.compte);
    const dit = (p: Present) => {
      const rangs = p.sur.map(rangDe).filter((r) => r > 0);
      return rangs.length > 0 ? `${p.nom} (écrit, point ${rangs.join(', ')})` : p.nom;
    };
    if (!coupe) ecrire(un('#s-la'), autres.length === 0 ? 'Vous êtes seul en ligne' : `En ligne avec vous : ${autres.map(dit).join(', ')}`);
    for (const e of tous('[data-ecrivent]')) {
      const noms = autres.filter((p) => p.sur.includes(e.dataset.ecrivent ?? '')).map((p) => p.nom);
      e.textContent = noms.length === 0 ? '' : `${noms.join(', ')} ${noms.length > 1 ? 'écrivent' : 'écrit'} aussi ici`;
    }
  }

  function appliquer(e: Etat): void {
    for (const b of e.blocs) poser(b);
    for (const p of e.points) {
      const suivies = notes.find((n) => n.point === p.id);
      if (suivies && p.notes !== undefined) suivies.recevoir({ version: p.notesVersion, texte: p.notes, par: p.notesPar });
    }
    if (e.presents) direPresents(e.presents);
    if (e.etat !== 'ouverte' && s.racine.dataset.etat === 'ouverte') lever();
    if (e.etat === 'ouverte' && s.racine.dataset.etat !== 'ouverte') window.location.reload();
    const nouveau = e.points.find((p) => p.titre && !document.getElementById(`point-${p.id}`));
    if (nouveau) {
      const vers = lien('Afficher le nouveau point', `${s.base}/tenir?point=${nouveau.id}`);
      message('point', [creer('p', '', `« ${nouveau.titre} » est ajouté à l’ordre du jour. `, vers)]);
    }
    if (e.pointCourant !== undefined) suivre(e.pointCourant ?? '');
    marquer(pointMontre());
  }
  /** Who only reads goes on with the meeting; who writes stays where they write. */
  function suivre(point: string): void {
    if (point === courant) return;
    const suivait = pointMontre() === courant || courant === '';
    courant = point;
    if (point === '') return;
    annoncer(`Point ${rangDe(point)} en cours`);
    if (!s.ecrit && suivait) montrer(point, false);
  }
  function lever(): void {
    s.racine.dataset.etat = 'relecture';
    message('levee', [creer('p', '', creer('strong', '', 'La séance est levée. '), lien('Aller au relevé', `${s.base}/clore`))], 'c-message--alerte');
    annoncer('La séance est levée.');
    for (const n of notes) n.fermer();
    auLever();
  }

  /** Changes one part of the page: never one that a person is typing in, and the focus stays where it was. */
  function poser(b: Bloc): void {
    let e = document.getElementById(b.id);
    if (!e && b.dans) {
      e = creer('li', 'c-presences__ligne');
      e.id = b.id;
      document.getElementById(b.dans)?.append(e);
    }
    // The clock runs by itself, and a form has a new key each time it is drawn: neither is a change.
    const fond = b.html.replace(/<span class="c-chrono.*?<\/span>|name="_cle" value="[^"]*"/g, '');
    if (!e || poses.get(b.id) === fond) return;
    const vise = e.contains(document.activeElement) ? (document.activeElement as HTMLElement) : null;
    if (vise?.matches('input:not([type=radio]), textarea, select')) return;
    poses.set(b.id, fond);
    const rang = vise ? tous('a, button, input', e).indexOf(vise) : -1;
    e.innerHTML = b.html;
    if (!vise) return;
    const meme = vise.id ? document.getElementById(vise.id) : tous('a, button, input', e)[rang];
    meme?.focus({ preventScroll: true });
  }

  const flux = ouvrirFlux({
    adresse: `${s.base}/direct`,
    recevoir,
    // While the stream is away, the page asks from time to time.
    rattraper: (premiere) => void lire(premiere ? '' : '&quoi=tout'),
    entendu: () => {
      entendu = Date.now();
    },
    auChangement: () => {
      window.clearTimeout(annonce);
      coupe = false;
      if (flux.la) return direPresents(la);
      cle = '';
      annonce = window.setTimeout(() => {
        coupe = true;
        ecrire(un('#s-la'), `Direct coupé : cet écran est de ${heureDe(new Date(entendu))}`);
      }, DIRE_MS);
    },
  });

  const direOu = () => {
    if (cle && s.reseau.etat === 'la')
      void fetch(`${s.base}/ici`, { method: 'POST', headers: { accept: 'application/json' }, body: new URLSearchParams({ cle, point: surMoi }) }).catch(
        () => {},
      );
  };
  return {
    actualiser: () => {
      blocsDus = true;
      bientot();
    },
    rattraper: () => {
      if (!manque) return;
      manque = false;
      void lire('&quoi=tout');
    },
    ecrireSur: (point) => {
      if (point === surMoi) return;
      surMoi = point;
      direOu();
    },
  };
}
