/** What this device wrote and the server has not numbered yet: kept in its order, sent together, shown until each has its number. */
import type { Depot } from '../../../../ui/islands/parts/depot.ts';
import { bouton, creer, heureDe, message, tous, un, uuid } from '../../../../ui/islands/parts/page.ts';
import type { Reseau } from '../../../../ui/islands/parts/reseau.ts';

const CHAMPS = ['texte', 'heure', 'pour', 'classe', 'canal', 'source', 'vers', 'decideur', 'corrige', 'fait'] as const;
/** As the server takes them. */
const LOT_MAX = 50;
const CONTENU_MAX = 8000;

interface Gardee {
  cle: string;
  poste: string;
  ordre: number;
  /** Clock of this device. */
  ecrite: number;
  champs: Record<string, string>;
  /** Why it is not taken; or what has to be confirmed, and by what mark. */
  refus?: string;
  demande?: string;
  marque?: string;
  confirme?: string;
}
interface Reponse {
  faites: { cle: string; numero: number }[];
  autres: { cle: string; message?: string; demande?: string; confirme?: string }[];
  ecart: number;
}
export interface Attente {
  envoyer(): Promise<void>;
  compter(): { parties: number; aDecider: number };
}
interface Options {
  base: string;
  depot: Depot;
  reseau: Reseau;
  ecrit: boolean;
  auChangement(): void;
  ecrites(): void;
  ecart(ms: number): void;
}

export function startAttente(o: Options): Attente {
  const poste = uuid().slice(0, 13);
  const form = un<HTMLFormElement>('#f-entree');
  const nomDe = (g: Pick<Gardee, 'ordre' | 'cle'>) => `entree:${String(g.ordre).padStart(10, '0')}:${g.cle}`;
  const lister = (): Gardee[] => o.depot.lister<Gardee>('entree:').map(([, g]) => g);
  const partantes = () => lister().filter((g) => !g.refus && (!g.demande || g.confirme));
  const champ = (nom: string) => un<HTMLInputElement>(`[name=${nom}]`, form ?? document);
  let envoi: Promise<void> | null = null;

  function garder(champs: Record<string, string>): void {
    const ordre = Math.max(o.depot.lire<{ n: number }>('ordre')?.n ?? 0, ...lister().map((g) => g.ordre)) + 1;
    o.depot.garder('ordre', { n: ordre });
    const g: Gardee = { cle: uuid(), poste, ordre, ecrite: Date.now(), champs };
    o.depot.garder(nomDe(g), g);
  }
  function changer(g: Gardee, plus: Partial<Gardee>): void {
    o.depot.garder(nomDe(g), { ...g, ...plus });
  }

  async function vider(): Promise<void> {
    for (;;) {
      const lot = partantes().slice(0, LOT_MAX);
      if (lot.length === 0) return;
      const entrees = lot.map((g) => ({ ...g.champs, cle: g.cle, poste: g.poste, ordre: g.ordre, quand: g.ecrite, confirme: g.confirme ?? '' }));
      const r = await o.reseau.envoyer<Reponse>(`${o.base}/lot`, { envoye: String(Date.now()), entrees: JSON.stringify(entrees) });
      if (r.genre === 'refus') {
        // The whole sending is refused (no right any more): each is kept, with the reason.
        for (const g of lot) changer(g, { refus: String(r.donnees.detail ?? r.donnees.message ?? 'Refusée.') });
        return;
      }
      if (r.genre !== 'fait') return;
      const dit = r.donnees;
      const reglees = new Set(dit.faites.map((f) => f.cle));
      for (const g of lot) {
        const autre = dit.autres.find((a) => a.cle === g.cle);
        if (reglees.has(g.cle)) o.depot.oublier(nomDe(g));
        else if (autre?.demande) {
          const { confirme: _, ...reste } = g;
          changer(reste, { demande: autre.demande, marque: autre.confirme ?? '' });
        } else changer(g, { refus: autre?.message ?? 'Le serveur ne dit pas ce qu’elle est devenue.' });
      }
      o.ecart(dit.ecart);
      if (reglees.size > 0) o.ecrites();
      montrer();
    }
  }
  async function envoyer(): Promise<void> {
    envoi ??= vider().finally(() => {
      envoi = null;
    });
    await envoi;
    montrer();
  }

  function montrer(): void {
    const liste = un('#s-attente');
    if (!liste) return;
    const gardees = lister();
    liste.hidden = gardees.length === 0;
    liste.replaceChildren(...gardees.map(ligne));
    o.auChangement();
  }
  function ligne(g: Gardee): HTMLElement {
    const dit = g.refus ?? (g.demande && !g.confirme ? g.demande : 'En attente du réseau');
    const e = creer('li', g.refus || (g.demande && !g.confirme) ? 'c-attente c-attente--decider' : 'c-attente');
    e.append(
      creer('span', 'c-attente__heure', heureDe(new Date(g.ecrite))),
      creer('span', 'c-texte-brut', ` ${g.champs.texte ?? ''}`),
      creer('p', 'c-attente__dit', dit),
    );
    const reprendre = bouton('Reprendre ce texte', () => {
      if (!form) return;
      const zone = champ('texte');
      if (zone && zone.value.trim() !== '') {
        message('reprise', [creer('p', '', 'Enregistrez d’abord ce que vous écrivez : ce texte prendrait sa place.')], 'c-message--alerte');
        return;
      }
      message('reprise', null);
      o.depot.oublier(nomDe(g));
      for (const nom of CHAMPS) {
        const c = champ(nom);
        if (c) c.value = g.champs[nom] ?? '';
      }
      montrer();
      zone?.focus();
    });
    const effacer = () => {
      o.depot.oublier(nomDe(g));
      montrer();
    };
    if (g.demande && !g.confirme && !g.refus)
      e.append(
        bouton(
          'C’est juste : enregistrer',
          () => {
            changer(g, { confirme: g.marque ?? '' });
            montrer();
            void envoyer();
          },
          true,
        ),
        reprendre,
      );
    else if (g.refus) e.append(form ? reprendre : bouton('J’ai copié ce texte : l’effacer', effacer));
    return e;
  }

  function saisir(): void {
    const champs = Object.fromEntries(CHAMPS.map((nom) => [nom, champ(nom)?.value.trim() ?? '']));
    const zone = champ('texte');
    if (champs.texte === '') {
      zone?.focus();
      return;
    }
    const longueur = champs.texte?.length ?? 0;
    if (longueur > CONTENU_MAX) {
      message(
        'longueur',
        [
          creer(
            'p',
            '',
            `Une entrée tient en ${CONTENU_MAX} caractères ; la vôtre en compte ${longueur}. Coupez-la en plusieurs : rien n’est effacé, votre texte reste ci-dessous.`,
          ),
        ],
        'c-message--alerte',
      );
      zone?.focus();
      return;
    }
    message('longueur', null);
    garder(champs);
    for (const nom of CHAMPS) {
      const c = champ(nom);
      if (c) c.value = '';
    }
    for (const e of tous('.govuk-error-message, .govuk-error-summary')) e.remove();
    montrer();
    zone?.focus();
    void envoyer();
  }
  if (form && o.ecrit) {
    form.addEventListener('submit', (e) => {
      // A name that the page itself asks to confirm is answered there.
      if (un('[name=confirme]', form)) return;
      e.preventDefault();
      saisir();
    });
    champ('texte')?.addEventListener('keydown', (e) => {
      if (e.key !== 'Enter' || e.shiftKey || e.ctrlKey || e.altKey || e.metaKey || e.isComposing || un('[name=confirme]', form)) return;
      e.preventDefault();
      saisir();
    });
  }
  return {
    envoyer,
    compter: () => ({ parties: partantes().length, aDecider: lister().filter((g) => g.refus || (g.demande && !g.confirme)).length }),
  };
}
