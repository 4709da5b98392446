/** A page of the conduct follows its room: read again when something is written there, and as the clock of an exercise runs; never under a form that is begun. */
import { type Lecture, ligneDuDirect, lirePage, occupe, suivre } from '../../../ui/islands/parts/direct.ts';
import { tous, un } from '../../../ui/islands/parts/page.ts';
import { startTouches } from './parts/touches.ts';

function startConduite(bloc: HTMLElement): void {
  const { salle = '', relire, comptage } = bloc.dataset;
  const annonce = un('[data-du-nouveau]');
  const pris = () => un('.govuk-error-summary') !== null || bloc.querySelector('details[open] form') !== null || occupe(bloc);
  const dire = ligneDuDirect(bloc);

  async function lire(): Promise<Lecture> {
    const page = await lirePage(window.location.href);
    if (typeof page === 'string') return page;
    const neuf = page.getElementById(bloc.id);
    if (!neuf) return 'refus';
    // Read while nobody was typing; someone may have begun since.
    const occupee = pris();
    if (annonce && relire === undefined) annonce.hidden = !occupee || neuf.textContent === bloc.textContent;
    if (occupee) return 'occupe';
    bloc.replaceChildren(...neuf.childNodes);
    return 'fait';
  }
  if (bloc.dataset.suivre === 'oui') {
    // What desks count is read where it is shown.
    const suivi = suivre({ adresse: `${salle}/direct`, relire: lire, ignore: (e) => e.genre === 'comptage' && comptage === undefined, dire });
    if (relire !== undefined) window.setInterval(() => suivi.relire(), Number(relire) * 1000);
  }
}
for (const bloc of tous('#b-conduite')) startConduite(bloc);
for (const zone of tous('[data-touches]')) startTouches(zone);
