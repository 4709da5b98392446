/**
 * A page that follows what happens. The only place where a stream of events is opened: what was told while it was away is read again at each
 * opening, a stream that goes silent is held for lost, and a page that is no longer live says so, with the hour of what it shows.
 */
import { creer, ecrire, heureDe, lien } from './page.ts';

interface Evenement {
  genre: string;
  [cle: string]: unknown;
}
export interface Present {
  id: string;
  nom: string;
  sur: string[];
}
/** `occupe`: someone is typing where it would be shown; read again when they have left. */
export type Lecture = 'fait' | 'occupe' | 'absent' | 'session' | 'refus';

const REPRISE_MS = 1000;
const REPRISE_MAX_MS = 30_000;
/** The server beats every 15 seconds. */
const SILENCE_MS = 40_000;
/** A page that nobody looks at lets its stream go. */
const CACHEE_MS = 300_000;
/** A cut shorter than that is not worth a word. */
const DIRE_MS = 3000;
const GROUPE_MS = 150;
/** Many screens do not all ask at once, nor at each event: the more they are, the longer each waits between two readings. */
const PAR_ECRAN_MS = 25;
const ECART_MAX_MS = 5000;

interface Flux {
  /** False from the moment when nothing is heard any more. */
  la: boolean;
}
interface OptionsDeFlux {
  adresse: string;
  recevoir(e: Evenement): void;
  /** Open, or about to be tried again: what was told meanwhile is to be read. `premiere`: the page has just been drawn. */
  rattraper(premiere: boolean): void;
  /** Something is heard, were it that nothing happened. */
  entendu?(): void;
  auChangement?(): void;
}
export function ouvrirFlux(o: OptionsDeFlux): Flux {
  let source: EventSource | null = null;
  let attente = REPRISE_MS;
  let minuterie = 0;
  let silence = 0;
  let cachee = 0;
  let premiere = true;
  const flux: Flux = { la: true };
  const noter = (la: boolean) => {
    if (la === flux.la) return;
    flux.la = la;
    o.auChangement?.();
  };
  const entendre = () => {
    window.clearTimeout(silence);
    silence = window.setTimeout(perdre, SILENCE_MS);
    o.entendu?.();
    noter(true);
  };
  const lacher = () => {
    window.clearTimeout(minuterie);
    window.clearTimeout(silence);
    source?.close();
    source = null;
  };
  function perdre(): void {
    lacher();
    premiere = false;
    noter(false);
    minuterie = window.setTimeout(
      () => {
        ouvrir();
        o.rattraper(false);
      },
      attente + Math.random() * 500,
    );
    attente = Math.min(attente * 2, REPRISE_MAX_MS);
  }
  function ouvrir(): void {
    lacher();
    source = new EventSource(o.adresse);
    source.onopen = () => {
      attente = REPRISE_MS;
      entendre();
      o.rattraper(premiere);
      premiere = false;
    };
    source.onmessage = (m) => {
      entendre();
      o.recevoir(JSON.parse(String(m.data)) as Evenement);
    };
    source.addEventListener('battement', entendre);
    source.onerror = perdre;
  }
  const reprendre = () => {
    attente = REPRISE_MS;
    if (!flux.la || !source) {
      ouvrir();
      o.rattraper(false);
    }
  };
  window.addEventListener('online', reprendre);
  window.addEventListener('offline', perdre);
  // Kept by the browser and shown again as it was.
  window.addEventListener('pageshow', (e) => e.persisted && reprendre());
  window.addEventListener('pagehide', lacher);
  document.addEventListener('visibilitychange', () => {
    window.clearTimeout(cachee);
    if (document.hidden)
      cachee = window.setTimeout(() => {
        lacher();
        noter(false);
      }, CACHEE_MS);
    else if (!source) reprendre();
  });
  ouvrir();
  return flux;
}

interface OptionsDeSuivi {
  adresse: string;
  relire(): Promise<Lecture>;
  /** Nothing to read again for that one. Greetings and who is there never are. */
  ignore?(e: Evenement): boolean;
  presents?(p: readonly Present[]): void;
  /** Where a page that is no longer live says it; '' when it is. */
  dire(texte: (Node | string)[]): void;
}
export interface Suivi {
  /** Soon: several at once are one. */
  relire(): void;
}
/** Reads again at each opening and each event, never twice at once, and says when it could not. */
export function suivre(o: OptionsDeSuivi): Suivi {
  let ecrans = 1;
  /** What is shown was so at that moment. */
  let lu = Date.now();
  let coupe = 0;
  let derniere = 0;
  let due = 0;
  let enCours = false;
  let encore = false;
  let occupee = false;
  let issue: Lecture = 'fait';
  let annonce = 0;
  let coupee = false;

  async function lire(): Promise<void> {
    if (enCours) {
      encore = true;
      return;
    }
    enCours = true;
    derniere = Date.now();
    issue = await o.relire().catch((): Lecture => 'absent');
    enCours = false;
    occupee = issue === 'occupe';
    if (issue === 'fait') lu = Date.now();
    dire();
    if (encore) {
      encore = false;
      bientot();
    }
  }
  function bientot(): void {
    if (due) return;
    const reste = derniere + Math.min(ECART_MAX_MS, ecrans * PAR_ECRAN_MS) - Date.now();
    due = window.setTimeout(
      () => {
        due = 0;
        void lire();
      },
      Math.max(GROUPE_MS, reste) + Math.random() * Math.min(1000, ecrans * 5),
    );
  }
  const de = () => `ce qui est montré est de ${heureDe(new Date(lu))}`;
  function direLaCoupure(): void {
    annonce = 0;
    o.dire([
      issue !== 'absent' && lu > coupe
        ? `Le direct est coupé : ${de()}, et sera relu dans la minute.`
        : `Hors ligne : ${de()}. La suite viendra seule au retour du réseau.`,
    ]);
    coupee = true;
  }
  function dire(): void {
    if ((!flux.la || issue === 'absent') && issue !== 'session' && issue !== 'refus') {
      if (coupee) direLaCoupure();
      else annonce ||= window.setTimeout(direLaCoupure, DIRE_MS);
      return;
    }
    window.clearTimeout(annonce);
    [annonce, coupee] = [0, false];
    if (issue === 'session')
      o.dire([
        `Votre session a pris fin : ${de()}. `,
        lien('Reconnectez-vous', `/connexion?retour=${encodeURIComponent(window.location.pathname + window.location.search)}`),
      ]);
    else if (issue === 'refus') o.dire([`Cette page ne vous est plus ouverte : ${de()}. `, lien('La recharger', window.location.href)]);
    else o.dire([]);
  }
  const flux = ouvrirFlux({
    adresse: o.adresse,
    recevoir: (e) => {
      if (e.genre === 'presents') {
        const la = e.presents as Present[];
        ecrans = la.length;
        o.presents?.(la);
      } else if (e.genre !== 'bonjour' && !o.ignore?.(e)) bientot();
    },
    rattraper: bientot,
    entendu: () => {
      if (issue === 'fait' && !due && !enCours) lu = Date.now();
    },
    auChangement: () => {
      if (!flux.la) coupe = Date.now();
      dire();
    },
  });
  document.addEventListener('focusout', () => occupee && bientot());
  return { relire: bientot };
}

/** A line that stays empty while the page is live. */
export function ligneDuDirect(avant: Element): (texte: (Node | string)[]) => void {
  const zone = creer('p', 'c-direct');
  zone.setAttribute('role', 'status');
  zone.hidden = true;
  avant.before(zone);
  return (texte) => {
    zone.hidden = texte.length === 0;
    ecrire(zone, ...texte);
  };
}

const changee = (c: Element): boolean => {
  if (c instanceof HTMLSelectElement) return [...c.options].some((o) => o.selected !== o.defaultSelected && (o.defaultSelected || o.index > 0));
  if (c instanceof HTMLInputElement && (c.type === 'radio' || c.type === 'checkbox')) return c.checked !== c.defaultChecked;
  return (c instanceof HTMLInputElement || c instanceof HTMLTextAreaElement) && c.value !== c.defaultValue;
};
/** Someone writes there, or began to and left. */
export const occupe = (zone: Element): boolean =>
  (document.activeElement !== zone && zone.contains(document.activeElement)) ||
  [...zone.querySelectorAll('input:not([type=hidden]), textarea, select')].some(changee);

/** The page as it would be drawn now; or why it is not. */
export async function lirePage(adresse: string): Promise<Document | Lecture> {
  try {
    const r = await fetch(adresse, { headers: { accept: 'text/html' }, redirect: 'manual', signal: AbortSignal.timeout(15_000) });
    if (r.type === 'opaqueredirect') return 'session';
    if (r.status >= 500 || r.status === 429) return 'absent';
    return r.ok ? new DOMParser().parseFromString(await r.text(), 'text/html') : 'refus';
  } catch {
    return 'absent';
  }
}
