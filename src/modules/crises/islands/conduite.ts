/** A page of the conduct follows its room: read again when something is written there, and as the clock of an exercise runs; never under a form that is begun. */
import { tous, un } from '../../../ui/islands/parts/page.ts';

const GROUPE_MS = 300;
const REPRISE_MS = 5000;

const changee = (c: HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement): boolean => {
  if (c instanceof HTMLSelectElement) return [...c.options].some((o) => o.selected !== o.defaultSelected && (o.defaultSelected || o.index > 0));
  if (c.type === 'radio' || c.type === 'checkbox') return (c as HTMLInputElement).checked !== (c as HTMLInputElement).defaultChecked;
  return c.value !== c.defaultValue;
};

function startConduite(bloc: HTMLElement): void {
  const { salle = '', relire } = bloc.dataset;
  const annonce = un('[data-du-nouveau]');
  let attente = 0;
  const occupe = () =>
    un('.govuk-error-summary') !== null ||
    bloc.querySelector('details[open] form') !== null ||
    (document.activeElement !== bloc && bloc.contains(document.activeElement)) ||
    tous<HTMLInputElement>('input:not([type=hidden]), textarea, select', bloc).some(changee);

  async function lire(): Promise<void> {
    try {
      const r = await fetch(window.location.href, { headers: { accept: 'text/html' } });
      const neuf = r.ok ? new DOMParser().parseFromString(await r.text(), 'text/html').getElementById(bloc.id) : null;
      // Read while nobody was typing; someone may have begun since.
      if (!neuf) return;
      if (occupe()) {
        if (annonce && relire === undefined) annonce.hidden = false;
      } else bloc.replaceChildren(...neuf.childNodes);
    } catch {
      // Without network the page stays as it is: the next event, or the next minute, reads it.
    }
  }
  const bientot = () => {
    window.clearTimeout(attente);
    attente = window.setTimeout(() => void lire(), GROUPE_MS);
  };
  function suivre(): void {
    const source = new EventSource(`${salle}/direct`);
    source.onmessage = (m) => {
      const { genre } = JSON.parse(String(m.data)) as { genre: string };
      if (genre !== 'bonjour' && genre !== 'presents') bientot();
    };
    source.onerror = () => {
      source.close();
      window.setTimeout(suivre, REPRISE_MS);
    };
  }
  if (bloc.dataset.suivre === 'oui') suivre();
  if (relire !== undefined) window.setInterval(() => void lire(), Number(relire) * 1000);
}
for (const bloc of tous('#b-conduite')) startConduite(bloc);
