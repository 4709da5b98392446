/** The form of a record: yesterday, here, what its type asks, and what it would count for while it is typed. All of it works without. */
const champ = (f: HTMLFormElement, nom: string): HTMLInputElement | HTMLSelectElement | null => {
  const e = f.elements.namedItem(nom);
  return e instanceof HTMLInputElement || e instanceof HTMLSelectElement ? e : null;
};
function remplir(f: HTMLFormElement, nom: string, valeur: string): void {
  const c = champ(f, nom);
  if (!c) return;
  c.value = valeur;
  c.dispatchEvent(new Event('change', { bubbles: true }));
}

/** A list one searches by typing shows nothing but what it holds: touched, it is typed over. */
function choisirEnTouchant(f: HTMLFormElement): void {
  for (const c of f.querySelectorAll<HTMLInputElement>('input[data-choisir]')) c.addEventListener('focus', () => c.select());
}

/** Names of organisations come with the first field that takes one: hundreds of them, of which most forms need none. */
function apporterLesOrganisations(f: HTMLFormElement): void {
  const liste = f.querySelector<HTMLDataListElement>('datalist[data-organisations]');
  if (!liste) return;
  const apporter = async () => {
    const lu = await envoyer(f, 'organisations', new URLSearchParams());
    const noms = Array.isArray(lu?.noms) ? lu.noms.filter((n): n is string => typeof n === 'string') : [];
    liste.replaceChildren(...noms.map((nom) => Object.assign(document.createElement('option'), { value: nom })));
  };
  for (const c of f.querySelectorAll<HTMLInputElement>(`input[list="${liste.id}"]`))
    c.addEventListener('focus', () => void (liste.childElementCount === 0 && apporter()));
}

function montrerCeQuiEstDemande(f: HTMLFormElement): void {
  const blocs = [...f.querySelectorAll<HTMLElement>('[data-pour]')];
  const rempli = (b: HTMLElement) =>
    [...b.querySelectorAll<HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement>('input, select, textarea')].some((c) =>
      c instanceof HTMLInputElement && c.type === 'radio' ? c.checked && c.value !== '' : c.value !== '',
    );
  const montrer = () => {
    for (const b of blocs) {
      const valeur = champ(f, b.dataset.pour ?? '')?.value ?? '';
      // What was typed is never hidden, and so never sent unseen.
      b.hidden = !(b.dataset.pourValeurs ?? '').split(' ').includes(valeur) && !rempli(b);
    }
  };
  f.addEventListener('change', montrer);
  // Coming back to the page, the browser restores the choice after this has run.
  window.addEventListener('pageshow', montrer);
  montrer();
}

function jourProche(f: HTMLFormElement): void {
  for (const bloc of f.querySelectorAll<HTMLElement>('[data-jour]')) {
    bloc.hidden = false;
    bloc.querySelector('button')?.addEventListener('click', () => remplir(f, 'jour', bloc.dataset.jour ?? ''));
  }
}

/** A hundred metres are enough to say which territory; the device says no more. */
const arrondi = (n: number): string => n.toFixed(3);

function ici(f: HTMLFormElement): void {
  const bloc = f.querySelector<HTMLElement>('[data-ici]');
  const dire = (t: string) => {
    const etat = bloc?.querySelector('[role=status]');
    if (etat) etat.textContent = t;
  };
  if (!bloc || !('geolocation' in navigator)) return;
  bloc.hidden = false;
  bloc.querySelector('button')?.addEventListener('click', () => {
    dire('Recherche…');
    navigator.geolocation.getCurrentPosition(
      async ({ coords }) => {
        const lu = await envoyer(f, 'ici', new URLSearchParams({ lon: arrondi(coords.longitude), lat: arrondi(coords.latitude) }));
        if (typeof lu?.territoire === 'string') remplir(f, 'territoire_id', lu.territoire);
        dire(typeof lu?.territoire === 'string' ? '' : 'Ce lieu n’est pas dans un territoire où vous enregistrez : écrivez-le.');
      },
      () => dire('L’appareil ne dit pas où il est : écrivez le territoire.'),
      { timeout: 8000, maximumAge: 60_000 },
    );
  });
}

async function envoyer(f: HTMLFormElement, quoi: string, corps: URLSearchParams): Promise<Record<string, unknown> | null> {
  const r = await fetch(`${f.dataset.saisie}/${quoi}`, { method: 'POST', body: corps, headers: { accept: 'application/json' } }).catch(() => null);
  return r?.ok ? ((await r.json().catch(() => null)) as Record<string, unknown> | null) : null;
}

const ATTENTE = 300;
function compterEnDirect(f: HTMLFormElement): void {
  const long = f.querySelector<HTMLElement>('[data-compte-pour]');
  const court = f.querySelector<HTMLElement>('[data-compte-court]');
  if (!long || !court) return;
  for (const e of f.querySelectorAll<HTMLElement>('[data-sans-script]')) e.hidden = true;
  let attente = 0;
  let tour = 0;
  const compter = async () => {
    const moi = ++tour;
    const dits = [...new FormData(f)].flatMap(([nom, v]): [string, string][] => (typeof v === 'string' && nom !== '_cle' ? [[nom, v]] : []));
    const lu = await envoyer(f, 'compte-pour', new URLSearchParams(dits));
    // A later question has its own answer; without an answer, what is said is no longer known to be true.
    if (moi !== tour) return;
    court.textContent = typeof lu?.bref === 'string' ? lu.bref : 'Ce que cela comptera sera dit une fois enregistré.';
    if (typeof lu?.corps === 'string' && !long.contains(document.activeElement)) long.innerHTML = lu.corps;
  };
  const bientot = (e: Event) => {
    if (e.target instanceof Node && long.contains(e.target)) return;
    window.clearTimeout(attente);
    attente = window.setTimeout(() => void compter(), ATTENTE);
  };
  f.addEventListener('input', bientot);
  f.addEventListener('change', bientot);
}

const formulaire = document.querySelector<HTMLFormElement>('form[data-saisie]');
if (formulaire) {
  choisirEnTouchant(formulaire);
  apporterLesOrganisations(formulaire);
  montrerCeQuiEstDemande(formulaire);
  jourProche(formulaire);
  ici(formulaire);
  compterEnDirect(formulaire);
}
