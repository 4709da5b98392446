/**
 * The screen of an alert follows what happens. Parts that are the same for everybody come from one address, whatever the number of screens; those
 * that are this person's (what they may do, what they answered) come with the page, when something of theirs changed. Nothing that is typed is lost.
 */
import { type Lecture, ligneDuDirect, lirePage, occupe, suivre } from '../../../ui/islands/parts/direct.ts';
import { tous, un } from '../../../ui/islands/parts/page.ts';

interface Etat {
  parties: Record<string, string>;
  mien: string;
}
function startAlerte(racine: HTMLElement, base: string): void {
  async function demander(): Promise<Etat | Lecture> {
    const r = await fetch(`${base}/etat`, { headers: { accept: 'application/json' }, redirect: 'error', signal: AbortSignal.timeout(15_000) }).catch(
      () => null,
    );
    if (!r || r.status >= 500 || r.status === 429) return 'absent';
    if (r.status === 401) return 'session';
    return r.ok ? ((await r.json()) as Etat) : 'refus';
  }
  function poser(zone: HTMLElement, html: string): void {
    const neuf = document.createElement('template');
    neuf.innerHTML = html;
    if (neuf.innerHTML !== zone.innerHTML) zone.replaceChildren(neuf.content);
  }
  async function relire(): Promise<Lecture> {
    const e = await demander();
    if (typeof e === 'string') return e;
    for (const zone of tous('[data-vivant]')) poser(zone, e.parties[zone.dataset.vivant ?? ''] ?? zone.innerHTML);
    if (e.mien === racine.dataset.mien) return 'fait';
    const lue = await lirePage(base);
    if (typeof lue === 'string') return lue;
    let reste = false;
    for (const zone of tous('[data-mien-part]')) {
      const la = lue.querySelector(`[data-mien-part="${zone.dataset.mienPart}"]`);
      // Someone is writing there, or has something to mend: it waits until they leave.
      if (occupe(zone) || (zone.contains(un('.govuk-error-message')) && un('.govuk-error-summary'))) reste = true;
      else if (la) zone.replaceChildren(...la.childNodes);
    }
    if (reste) return 'occupe';
    racine.dataset.mien = lue.querySelector<HTMLElement>('[data-alerte]')?.dataset.mien ?? '';
    return 'fait';
  }
  suivre({ adresse: `${base}/direct`, relire, dire: ligneDuDirect(racine) });
}
const racine = un('[data-alerte]');
if (racine) startAlerte(racine, racine.dataset.alerte ?? '');
