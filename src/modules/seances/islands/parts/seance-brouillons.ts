/**
 * Forms that are begun: kept on this device at each key, on the server a second later, so that they are found again anywhere and that who lifts the
 * session sees them. A draft bears the id of the act that it will be.
 */
import { type Seance, tous, un, uuid } from './seance-page.ts';

const REPOS_MS = 1000;
/** Someone who never stops typing is saved all the same. */
const REPOS_MAX_MS = 6000;

interface Garde {
  id: string;
  champs: Record<string, string>;
}
export interface Brouillons {
  /** How many have not reached the server. */
  attente(): number;
  envoyer(): Promise<void>;
  /** The act is on its way: this form is no draft any more, and takes another id for what comes next. */
  partir(form: HTMLFormElement): void;
  /** Nothing more is begun here: its fields are as in a new form. */
  vider(form: HTMLFormElement): void;
  /** Its fields were put back after a refusal. */
  reprendre(form: HTMLFormElement, champs: Readonly<Record<string, string>>): void;
}

/** What a form says: neither its once-only key nor its id. */
export const champsDe = (form: HTMLFormElement): Record<string, string> =>
  Object.fromEntries([...new FormData(form)].filter(([nom]) => nom !== '_cle' && nom !== 'id').map(([nom, v]) => [nom, String(v)]));
const memes = (a: Readonly<Record<string, string>>, b: Readonly<Record<string, string>>) =>
  JSON.stringify(Object.entries(a).sort()) === JSON.stringify(Object.entries(b).sort());

function remplir(form: HTMLFormElement, champs: Readonly<Record<string, string>>): void {
  for (const [nom, valeur] of Object.entries(champs)) {
    const champ = form.elements.namedItem(nom) as HTMLInputElement | RadioNodeList | null;
    if (champ && nom !== '_cle' && nom !== 'id') champ.value = valeur;
  }
}

interface Suivie {
  form: HTMLFormElement;
  attente(): boolean;
  envoyer(): Promise<void>;
  oublier(): void;
  noter(): void;
}

export function startBrouillons(s: Seance): Brouillons {
  const suivies = s.ecrit ? tous<HTMLFormElement>('form[data-brouillon]', s.racine).map((form) => suivre(s, form)) : [];
  const de = (form: HTMLFormElement) => suivies.find((x) => x.form === form);
  const brouillons: Brouillons = {
    attente: () => suivies.filter((x) => x.attente()).length,
    envoyer: async () => void (await Promise.all(suivies.map((x) => x.envoyer()))),
    partir: (form) => {
      de(form)?.oublier();
      renouveler(form);
    },
    vider: (form) => {
      de(form)?.oublier();
      vierge(form);
    },
    reprendre: (form, champs) => {
      remplir(form, champs);
      de(form)?.noter();
    },
  };
  return brouillons;
}

const idDe = (form: HTMLFormElement): string => un<HTMLInputElement>('[name=id]', form)?.value || form.dataset.brouillonId || '';
function prendreId(form: HTMLFormElement, id: string): void {
  form.dataset.brouillonId = id;
  for (const champ of tous<HTMLInputElement>('[name=id], [name=brouillon]', form)) champ.value = id;
}
const renouveler = (form: HTMLFormElement): void => prendreId(form, uuid());

/** A new form; the item it speaks of stays. */
function vierge(form: HTMLFormElement): void {
  const id = idDe(form);
  const point = un<HTMLSelectElement>('select[name=point]', form)?.value;
  form.reset();
  remplir(form, videDe(form));
  if (id) prendreId(form, id);
  const choix = un<HTMLSelectElement>('select[name=point]', form);
  if (choix && point) choix.value = point;
}
/** Fields of the form when nothing is begun: a form found again was drawn with what had been typed. */
function videDe(form: HTMLFormElement): Record<string, string> {
  return JSON.parse(form.dataset.vierge ?? '{}') as Record<string, string>;
}

function suivre(s: Seance, form: HTMLFormElement): Suivie {
  const formulaire = form.dataset.brouillon ?? '';
  const cle = `saisie:${formulaire}`;
  const depart = champsDe(form);
  const sans = ({ point: _, ...champs }: Record<string, string>) => champs;
  /** Which item it speaks of begins nothing. */
  const commencee = () => !memes(sans(champsDe(form)), sans({ ...depart, ...videDe(form) }));
  let connu = form.dataset.brouillonConnu === 'oui';
  let du = false;
  let enVol = false;
  let minuterie = 0;
  let depuis = 0;
  let recu: Record<string, string> = connu ? champsDe(form) : {};

  const planifier = () => {
    window.clearTimeout(minuterie);
    depuis ||= Date.now();
    minuterie = window.setTimeout(() => void envoyer(), Math.max(0, Math.min(REPOS_MS, depuis + REPOS_MAX_MS - Date.now())));
  };
  const noter = () => {
    if (!idDe(form)) renouveler(form);
    du = commencee() || connu;
    if (commencee()) s.depot.garder(cle, { id: idDe(form), champs: champsDe(form) } satisfies Garde);
    else s.depot.oublier(cle);
    if (du) planifier();
    s.direEtat();
  };
  const oublier = () => {
    window.clearTimeout(minuterie);
    depuis = 0;
    du = false;
    connu = false;
    recu = {};
    s.depot.oublier(cle);
  };

  async function envoyer(): Promise<void> {
    window.clearTimeout(minuterie);
    if (!du || enVol) return;
    depuis = 0;
    enVol = true;
    const id = idDe(form);
    const champs = champsDe(form);
    const corps = commencee() ? JSON.stringify(champs) : '';
    const r = await s.reseau.envoyer(`${s.base}/brouillons`, { brouillon: id, formulaire, champs: corps });
    enVol = false;
    // Sent or emptied while this was on its way: another draft.
    if (idDe(form) !== id || !du) return suite();
    if (r.genre === 'fait' && r.donnees.fait === true) {
      // Added from elsewhere. What was typed since is another act.
      if (memes(champs, recu)) {
        oublier();
        vierge(form);
        renouveler(form);
      } else {
        renouveler(form);
        connu = false;
        noter();
      }
    } else if (r.genre === 'fait') {
      connu = corps !== '';
      recu = champs;
      if (memes(champs, champsDe(form))) {
        du = false;
        s.depot.oublier(cle);
      }
    } else if (r.genre === 'refus' && r.donnees.autreId === true) {
      // Someone else begun on this device, or another session: this is another draft.
      renouveler(form);
      connu = false;
      noter();
    } else if (r.genre === 'refus') {
      // The device keeps it; why it is refused may have changed the page.
      du = false;
      s.actualiser();
    }
    suite();
  }
  function suite(): void {
    if (du && s.reseau.etat === 'la') planifier();
    s.direEtat();
  }

  form.addEventListener('input', noter);
  form.addEventListener('change', noter);
  form.addEventListener('focusout', () => void envoyer());
  const garde = un('.govuk-error-summary', form.parentElement ?? form) ? null : s.depot.lire<Garde>(cle);
  if (garde?.champs) {
    remplir(form, garde.champs);
    prendreId(form, garde.id);
    connu = true;
    du = true;
    form.closest('details')?.setAttribute('open', '');
    planifier();
  }
  return { form, attente: () => du, envoyer, oublier, noter };
}
