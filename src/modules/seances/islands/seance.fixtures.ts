/**
 * A session's page and the platform behind it, for the island alone: the island is the real one, the network is a function.
 * Versions, refusals and once-only ids follow what the routes of `tenue` do.
 */
import { vi } from 'vitest';

export type Etat = 'la' | 'coupe' | 'reponse-perdue' | 'session' | 'portail' | 'panne';

export interface Note {
  version: number;
  texte: string;
  par: string;
}
export interface ActeRecu {
  chemin: string;
  corps: Record<string, string>;
}

export const POINTS = ['p1', 'p2'] as const;
const MOI = 'Anne Essai';

export class Plateforme {
  private reseau: Etat = 'la';
  notes = new Map<string, Note>(POINTS.map((p) => [p, { version: 1, texte: '', par: '' }]));
  /** Everything that was ever recorded on an item. */
  historique: string[] = [];
  actes: ActeRecu[] = [];
  /** Ids already done: what is sent twice is done once. */
  faits = new Set<string>();
  /** What is begun and not added, by its id. */
  brouillons = new Map<string, { formulaire: string; champs: Record<string, string> }>();
  /** How long it takes to answer an act, in milliseconds. */
  lenteur = 0;
  /** What it refuses, by the words of the act. */
  refuser: ((corps: Record<string, string>) => boolean) | null = null;
  /** What it finds wrong in a form, as a field's message. */
  corriger: ((corps: Record<string, string>) => string | null) | null = null;
  flux: FluxFactice[] = [];
  /** State of the session. */
  seance = 'ouverte';
  /** Parts of the page, as they are drawn when they are asked for. */
  blocs: () => { id: string; html: string }[] = () => [];

  get etat(): Etat {
    return this.reseau;
  }
  /** The stream of events falls with the network, and lives only with it. */
  set etat(etat: Etat) {
    this.reseau = etat;
    if (etat !== 'la') for (const f of this.flux.splice(0)) f.onerror?.();
  }
  enregistrer(point: string, texte: string, par: string): Note {
    const n = { version: (this.notes.get(point)?.version ?? 0) + 1, texte, par };
    this.notes.set(point, n);
    this.historique.push(texte);
    return n;
  }
  /** Told to every page that listens, whatever becomes of its other requests. */
  annoncer(evenement: object): void {
    for (const f of this.flux) f.onmessage?.({ data: JSON.stringify(evenement) });
  }
  /** The network of requests falls; the stream that is open stays for a while, as browsers do. */
  couperSansFlux(): void {
    this.reseau = 'coupe';
  }
  /** Someone else, on another device. */
  autre(point: string, change: (texte: string) => string): void {
    const { version } = this.enregistrer(point, change(this.notes.get(point)?.texte ?? ''), 'Bruno Essai');
    this.annoncer({ genre: 'notes', point, version });
  }

  fetch = async (adresse: string | URL | Request, init: RequestInit = {}): Promise<Response> => {
    const url = new URL(String(adresse), 'http://localhost/');
    if (this.etat === 'coupe') throw new TypeError('network');
    if (this.etat === 'session') return reponse({ title: 'Connectez-vous' }, 401);
    if (this.etat === 'portail') return new Response('<html>Bienvenue sur le Wi-Fi</html>', { status: 200, headers: { 'content-type': 'text/html' } });
    if (this.etat === 'panne') return reponse({ title: 'Erreur' }, 503);
    const r = init.method === 'POST' ? this.recevoir(url.pathname, Object.fromEntries(init.body as URLSearchParams)) : this.dire(url);
    if (this.etat === 'reponse-perdue') throw new TypeError('network');
    if (this.lenteur > 0 && init.method === 'POST') await new Promise((fin) => window.setTimeout(fin, this.lenteur));
    return r;
  };

  private dire(url: URL): Response {
    const demandees = url.searchParams.get('notes')?.split(',');
    const points = [...this.notes].map(([id, n]) => ({
      id,
      notesVersion: n.version,
      notesPar: n.par,
      ...(url.searchParams.get('quoi') === 'tout' || demandees?.includes(id) ? { notes: n.texte } : {}),
    }));
    return reponse({ etat: this.seance, points, blocs: url.searchParams.get('quoi') === 'blocs' ? this.blocs() : [] });
  }
  private recevoir(chemin: string, corps: Record<string, string>): Response {
    const point = /\/points\/([^/]+)\/notes$/.exec(chemin)?.[1];
    if (point) {
      const n = this.notes.get(point);
      if (!n) return reponse({ title: 'Introuvable' }, 404);
      if (this.seance !== 'ouverte') return reponse({ message: 'La séance a été levée. Ce texte n’y est pas entré.' }, 409);
      // The server takes away what is not text.
      const texte = (corps.texte ?? '').replace(/[ \t]+$/gm, '').trim();
      if (texte === n.texte) return reponse({ version: n.version, texte });
      if (Number(corps.version) !== n.version) return reponse(n, 409);
      const { version } = this.enregistrer(point, texte, MOI);
      return reponse({ version, texte });
    }
    if (chemin.endsWith('/ici')) return reponse({});
    if (chemin.endsWith('/brouillons')) {
      const id = corps.brouillon ?? '';
      if (corps.champs === '') this.brouillons.delete(id);
      else if (this.faits.has(id)) return reponse({ ok: true, fait: true });
      else this.brouillons.set(id, { formulaire: corps.formulaire ?? '', champs: JSON.parse(corps.champs ?? '{}') });
      return reponse({ ok: true });
    }
    const faute = this.corriger?.(corps);
    if (faute) return reponse({ erreurs: [{ champ: 'libelle', message: faute }] }, 422);
    if (this.refuser?.(corps)) return reponse({ message: 'La séance est close.' }, 409);
    if (corps.id && this.faits.has(corps.id)) return reponse({ point: corps.point });
    if (corps.id) this.faits.add(corps.id);
    this.actes.push({ chemin, corps });
    this.brouillons.delete(corps.id ?? '');
    return reponse({ point: corps.point });
  }
}
const reponse = (donnees: object, status = 200): Response => new Response(JSON.stringify(donnees), { status, headers: { 'content-type': 'application/json' } });

class FluxFactice {
  onopen: (() => void) | null = null;
  onmessage: ((m: { data: string }) => void) | null = null;
  onerror: (() => void) | null = null;
  close(): void {}
}

/** Opens the page as the server writes it now. What the device keeps stays; the former page and its timers are gone. */
export async function ouvrirPage(p: Plateforme, o: { ecrit?: boolean; etat?: string } = {}): Promise<void> {
  // Clearing timers also puts the clock back where it began.
  const maintenant = Date.now();
  vi.clearAllTimers();
  vi.setSystemTime(maintenant);
  vi.resetModules();
  vi.stubGlobal('fetch', p.fetch);
  p.flux = [];
  vi.stubGlobal(
    'EventSource',
    class extends FluxFactice {
      constructor() {
        super();
        window.setTimeout(() => {
          if (p.etat !== 'la') return this.onerror?.();
          p.flux.push(this);
          this.onopen?.();
        }, 5);
      }
    },
  );
  const points = [...p.notes].map(
    ([id, n]) => `
      <section class="c-point" id="point-${id}"><h2 id="titre-${id}" tabindex="-1">Point ${id}</h2>
        <form class="c-notes" action="/seances/s/points/${id}/notes" method="post">
          <textarea id="notes-${id}" name="texte" data-point="${id}" data-version="${n.version}" data-par="${n.par}"></textarea>
          <span data-etat-notes="${id}"></span><span data-ecrivent="${id}"></span><div data-conflit="${id}"></div>
        </form></section>`,
  );
  const [id = crypto.randomUUID(), brouillon] = [...p.brouillons].at(-1) ?? [];
  // The key that the page of who is signed in carries.
  document.head.innerHTML = `<meta name="concorde-depot" content="${'k'.repeat(43)}">`;
  document.body.innerHTML = `
    <main data-seance="s" data-compte="c" data-nom="${MOI}" ${o.ecrit === false ? '' : 'data-ecrit="oui"'} data-etat="${o.etat ?? 'ouverte'}">
      <p id="s-etat"></p><p id="s-la"></p><div id="s-messages"></div>
      <div id="b-courant"></div>
      <ol id="b-points">${POINTS.map((x) => `<li class="c-deroule__point"><a data-montrer="${x}"><span class="c-deroule__titre">Point ${x}</span></a></li>`).join('')}</ol>
      ${points.join('')}
      <form id="f-decision" action="/seances/s/decisions" method="post" data-brouillon="decision" data-vierge='${JSON.stringify({ libelle: '', responsable: '' })}'
        ${brouillon ? 'data-brouillon-connu="oui"' : ''}>
        <input type="hidden" name="id" value="${id}"><input type="hidden" name="point" value="p1">
        <input type="hidden" name="nature" value="decision"><textarea name="libelle">${brouillon?.champs.libelle ?? ''}</textarea>
        <input name="responsable" value="${brouillon?.champs.responsable ?? ''}"><button>Ajouter</button>
      </form>
    </main>`;
  for (const [id, n] of p.notes) {
    const champ = document.querySelector<HTMLTextAreaElement>(`#notes-${id}`);
    if (champ) Object.assign(champ, { defaultValue: n.texte, value: n.texte });
  }
  await import('./seance.ts');
  await passer(5);
}

/** Lets time pass, with everything that it brings. */
export const passer = (ms: number): Promise<unknown> => vi.advanceTimersByTimeAsync(ms);

export const champDe = (point: string): HTMLTextAreaElement => document.querySelector<HTMLTextAreaElement>(`#notes-${point}`) as HTMLTextAreaElement;
export function taper(champ: HTMLTextAreaElement, texte: string): void {
  champ.value = texte;
  champ.dispatchEvent(new Event('input', { bubbles: true }));
}
/** Presses the button of this name, if it is there. */
export function presser(nom: string): boolean {
  const b = [...document.querySelectorAll('button')].find((x) => x.textContent === nom);
  b?.click();
  return b !== undefined;
}
export const dit = (selecteur: string): string => document.querySelector(selecteur)?.textContent?.replace(/[\u00a0\u202f]/g, ' ') ?? '';
