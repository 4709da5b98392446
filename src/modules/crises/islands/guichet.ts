/**
 * A desk that goes on counting without network: each touch is a line of its own id, kept on this device until the server says that it has it.
 * Sent again, a line counts once; what is undone is another line. Several desks never write the same line.
 */
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
const ATTENTE_MAX_MS = 20_000;
const MONTREES = 8;

const un = <E extends HTMLElement>(s: string, dans: ParentNode = document): E | null => dans.querySelector<E>(s);
const tous = <E extends HTMLElement>(s: string, dans: ParentNode = document): E[] => [...dans.querySelectorAll<E>(s)];
const uuid = (): string =>
  '10000000-1000-4000-8000-100000000000'.replace(/[018]/g, (c) =>
    (Number(c) ^ ((crypto.getRandomValues(new Uint8Array(1))[0] ?? 0) & (15 >> (Number(c) / 4)))).toString(16),
  );

function startGuichet(racine: HTMLElement): void {
  const { guichet = '', centre = '', compte = '', action = '' } = racine.dataset;
  const cle = `concorde:guichet:${centre}:${guichet}:${compte}`;
  const etat = un('[data-etat-guichet]', racine);
  let durable = true;
  let file: Touche[] = lire();
  let attente = 1000;
  let minuterie = 0;
  let enVol = false;
  let hors: '' | 'absent' | 'session' = '';
  let refus = '';

  function lire(): Touche[] {
    try {
      return JSON.parse(localStorage.getItem(cle) ?? '[]') as Touche[];
    } catch {
      return [];
    }
  }
  function garder(): void {
    try {
      localStorage.setItem(cle, JSON.stringify(file));
    } catch {
      durable = false;
    }
  }
  function dire(): void {
    if (!etat) return;
    const n = file.length;
    const reste = n === 0 ? '' : n === 1 ? ' 1 touche attend.' : ` ${n} touches attendent.`;
    etat.dataset.etat = hors || (n > 0 ? 'envoi' : 'la');
    const perte = durable ? '' : ' Cet appareil ne garde rien : ne fermez pas la page.';
    if (refus) etat.textContent = refus + reste;
    else if (hors === 'session') etat.textContent = `Votre session a pris fin : reconnectez-vous. Tout est gardé sur cet appareil.${reste}`;
    else if (hors === 'absent') etat.textContent = `Hors ligne : vous pouvez continuer, tout est gardé sur cet appareil.${reste}${perte}`;
    else etat.textContent = n > 0 ? `Envoi…${reste}` : 'Tout est envoyé.';
  }

  const affiche = (quoi: string, code: string) => un(`[data-nombre="${quoi}:${code}"]`, racine);
  const ajouterA = (quoi: string, code: string, n: number) => {
    const e = affiche(quoi, code);
    if (e) e.textContent = String(Math.max(0, Number((e.textContent ?? '0').replace(/\D/g, '')) + n));
  };
  /** What the server counts, and what it has not received. */
  function afficher(r: Reponse): void {
    for (const e of tous('[data-nombre]', racine)) {
      const [quoi = '', code = ''] = (e.dataset.nombre ?? '').split(':');
      const la = quoi === 'arrivee' ? (r.arrivees[code] ?? 0) : quoi === 'besoin' ? (r.besoins[code] ?? 0) : r.departs;
      const ici = file.filter((t) => t.quoi === quoi && t.code === code).reduce((n, t) => n + (t.annule ? -t.nombre : t.nombre), 0);
      e.textContent = String(Math.max(0, la + ici));
    }
  }

  function toucher(t: Omit<Touche, 'id' | 'quand' | 'nombre'>): Touche {
    const touche: Touche = { ...t, id: uuid(), nombre: 1, quand: Date.now() };
    file.push(touche);
    garder();
    ajouterA(t.quoi, t.code, t.annule ? -1 : 1);
    dire();
    planifier(REPOS_MS);
    return touche;
  }
  function planifier(dans: number): void {
    window.clearTimeout(minuterie);
    minuterie = window.setTimeout(() => void envoyer(), dans);
  }
  function absent(quoi: 'absent' | 'session'): void {
    hors = quoi;
    planifier(attente);
    attente = Math.min(attente * 2, ATTENTE_MAX_MS);
  }
  async function envoyer(): Promise<void> {
    if (enVol || file.length === 0) return dire();
    enVol = true;
    const lot = file.slice(0, LOT);
    try {
      const r = await fetch(action, {
        method: 'POST',
        body: new URLSearchParams({ guichet, lignes: JSON.stringify(lot) }),
        headers: { accept: 'application/json' },
        redirect: 'error',
        signal: AbortSignal.timeout(15_000),
      });
      const notre = /json/.test(r.headers.get('content-type') ?? '');
      if (r.status === 401) absent('session');
      else if (!notre || r.status >= 500 || r.status === 429) absent('absent');
      else if (!r.ok) {
        // Refused whole (right lost, centre never opened): kept, said, tried again later.
        const d = (await r.json()) as { detail?: string; message?: string };
        refus = d.detail ?? d.message ?? 'Le serveur refuse ces touches : elles restent sur cet appareil.';
        hors = '';
        planifier(ATTENTE_MAX_MS);
      } else {
        const d = (await r.json()) as Reponse;
        const sues = new Set([...d.recues, ...d.refusees.map((x) => x.id)]);
        file = file.filter((t) => !sues.has(t.id));
        garder();
        hors = '';
        attente = 1000;
        refus = d.refusees[0]?.motif ?? (d.ferme ? 'Ce centre est fermé : ce que vous avez compté y est, ne comptez plus.' : '');
        afficher(d);
        if (file.length > 0) planifier(0);
      }
    } catch {
      absent('absent');
    }
    enVol = false;
    dire();
  }

  function offrirDAnnuler(t: Touche, libelle: string): void {
    const liste = un('[data-annuler]', racine);
    const b = Object.assign(document.createElement('button'), { type: 'button', className: 'govuk-button c-button--petit govuk-button--secondary' });
    b.textContent = `Annuler : ${libelle}`;
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
  window.addEventListener('online', () => void envoyer());
  window.addEventListener('beforeunload', (e) => {
    if (!durable && file.length > 0) e.preventDefault();
  });
  for (const t of file) ajouterA(t.quoi, t.code, t.annule ? -t.nombre : t.nombre);
  dire();
  void envoyer();
}
for (const racine of tous('[data-guichet]')) startGuichet(racine);

export {};
