/**
 * Touches of desks that this device keeps. They name nobody and are of the device, not of an account: whoever is here at the change of shift sends
 * them, from any page of the conduct, and « everything is sent » is said of all of them. What the server refuses stays until a person decides.
 */
import { ouvrirDepot } from '../../../../ui/islands/parts/depot.ts';
import { bouton, creer, uuid } from '../../../../ui/islands/parts/page.ts';
import { ouvrirReseau, type Reseau } from '../../../../ui/islands/parts/reseau.ts';

export interface Touche {
  id: string;
  /** Where it goes: the address of its centre, and the desk that made it. */
  action: string;
  guichet: string;
  quoi: string;
  code: string;
  libelle: string;
  nombre: number;
  annule?: string;
  quand: number;
  /** Why the server does not count it. */
  refus?: string;
}
export interface Reponse {
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
const LIGNE = 'ligne:';

export interface Touches {
  reseau: Reseau;
  toutes(): Touche[];
  ajouter(t: Omit<Touche, 'id' | 'quand' | 'nombre'>): Touche;
  envoyer(): Promise<void>;
  /** How far sending is, in words; '' when this device holds nothing. */
  etat(): string;
  /** What was refused, shown with what may be done of it. */
  montrerRefus(zone: HTMLElement): void;
  durable(): boolean;
}

export function ouvrirTouches(auChangement: () => void, recu: (action: string, r: Reponse) => void = () => {}): Touches {
  const depot = ouvrirDepot('guichet', 'appareil', 'tous');
  let minuterie = 0;
  let enVol = false;
  let empeche = '';
  const reseau = ouvrirReseau(auChangement, () => void envoyer());
  const file = () => depot.lister<Touche>(LIGNE);
  const toutes = (): Touche[] => file().map(([, t]) => t);

  function planifier(dans: number): void {
    window.clearTimeout(minuterie);
    minuterie = window.setTimeout(() => void envoyer(), dans);
  }
  async function envoyerA(action: string, guichet: string): Promise<'suite' | 'fini' | 'empeche' | 'absent'> {
    const siennes = () => file().filter(([, t]) => !t.refus && t.action === action && t.guichet === guichet);
    const lot = siennes().slice(0, LOT);
    const lignes = lot.map(([, { id, quoi, code, nombre, annule, quand }]) => ({ id, quoi, code, nombre, quand, ...(annule ? { annule } : {}) }));
    const r = await reseau.envoyer<Reponse>(action, { guichet, lignes: JSON.stringify(lignes) });
    if (r.genre === 'refus') {
      // Refused whole (no right here, centre not open): kept, said, tried again later.
      empeche = String(r.donnees.detail ?? r.donnees.message ?? 'Le serveur refuse ces touches.');
      return 'empeche';
    }
    if (r.genre !== 'fait') return 'absent';
    const recues = new Set(r.donnees.recues);
    const motifs = new Map(r.donnees.refusees.map((x) => [x.id, x.motif]));
    for (const [nom, t] of lot)
      if (recues.has(t.id)) depot.oublier(nom);
      else depot.garder(nom, { ...t, refus: motifs.get(t.id) ?? 'Le serveur ne dit pas ce qu’elle est devenue.' });
    recu(action, r.donnees);
    return siennes().length > 0 ? 'suite' : 'fini';
  }
  /** One sending to each place: what cannot leave for one does not hold the others back. */
  async function envoyer(): Promise<void> {
    if (enVol) return;
    enVol = true;
    empeche = '';
    const lieux = new Map(
      toutes()
        .filter((t) => !t.refus)
        .map((t) => [`${t.action} ${t.guichet}`, t]),
    );
    const sorts: string[] = [];
    for (const { action, guichet } of lieux.values()) {
      const sort = await envoyerA(action, guichet);
      sorts.push(sort);
      if (sort === 'absent') break;
    }
    enVol = false;
    if (sorts.includes('suite')) planifier(0);
    else if (empeche) planifier(REFUS_MS);
    auChangement();
  }

  function etat(): string {
    const [attend, refusees] = [toutes().filter((t) => !t.refus).length, toutes().filter((t) => t.refus).length];
    const reste = attend === 0 ? '' : attend === 1 ? ' 1 touche attend.' : ` ${attend} touches attendent.`;
    const aVoir = refusees === 0 ? '' : ` ${refusees === 1 ? '1 touche refusée est' : `${refusees} touches refusées sont`} à voir ci-dessous.`;
    const perte = depot.durable ? '' : ' Cet appareil ne garde rien : ne fermez pas la page.';
    if (reseau.etat === 'session') return `Votre session a pris fin : reconnectez-vous. Tout est gardé sur cet appareil.${reste}${aVoir}`;
    if (reseau.etat === 'absent') return `Hors ligne : vous pouvez continuer, tout est gardé sur cet appareil.${reste}${aVoir}${perte}`;
    if (empeche && attend > 0) return `${empeche} Tout est gardé sur cet appareil.${reste}${aVoir}`;
    return attend > 0 ? `Envoi…${reste}${aVoir}` : aVoir.trim();
  }
  function montrerRefus(zone: HTMLElement): void {
    const refusees = file().filter(([, t]) => t.refus);
    const groupes = new Map<string, typeof refusees>();
    for (const g of refusees) {
      const cle = `${g[1].refus} ${g[1].libelle} ${g[1].guichet} ${g[1].annule ? 'annulée' : ''}`;
      groupes.set(cle, [...(groupes.get(cle) ?? []), g]);
    }
    const lignes = [...groupes.values()].map((g) => {
      const t = g[0]?.[1];
      const combien = `${g.length} × ${t?.annule ? 'annulation de ' : ''}${t?.libelle}, guichet ${t?.guichet}`;
      const renvoyer = () => {
        for (const [nom, { refus: _, ...reste }] of g) depot.garder(nom, reste);
        void envoyer();
      };
      const ecarter = () => {
        for (const [nom] of g) depot.oublier(nom);
        auChangement();
      };
      return creer(
        'li',
        '',
        creer('p', 'govuk-body-s', `${combien} : ${t?.refus}`),
        bouton('Renvoyer', renvoyer, true),
        bouton(g.length === 1 ? 'L’écarter : ne pas la compter' : `Les écarter : ne pas compter ces ${g.length}`, ecarter),
      );
    });
    zone.hidden = lignes.length === 0;
    zone.replaceChildren(...(lignes.length === 0 ? [] : [creer('ul', 'govuk-list cr-annuler', ...lignes)]));
  }
  return {
    reseau,
    toutes,
    envoyer,
    etat,
    montrerRefus,
    durable: () => depot.durable,
    ajouter: (t) => {
      // Their order is the one in which they were pressed, whatever the clock of the device does.
      const rang = (depot.lire<{ n: number }>('rang')?.n ?? 0) + 1;
      depot.garder('rang', { n: rang });
      const touche: Touche = { ...t, id: uuid(), nombre: 1, quand: Date.now() };
      depot.garder(`${LIGNE}${String(rang).padStart(10, '0')}:${touche.id}`, touche);
      planifier(REPOS_MS);
      auChangement();
      return touche;
    },
  };
}

/** On a page where nobody counts: what this device keeps is said, and leaves. */
export function startTouches(zone: HTMLElement): void {
  const dit = creer('p', 'cr-etat');
  dit.setAttribute('role', 'status');
  const refus = creer('div', '');
  zone.append(dit, refus);
  const touches = ouvrirTouches(() => {
    const etat = touches.etat();
    zone.hidden = etat === '';
    if (dit.textContent !== etat) dit.textContent = etat;
    touches.montrerRefus(refus);
  });
  if (touches.toutes().length > 0) void touches.envoyer();
}
