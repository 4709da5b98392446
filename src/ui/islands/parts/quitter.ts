/** Pages of help leave no way back: each replaces the one before in the history of the tab, and so does the site that one leaves for. */
import { createAll, ExitThisPage } from 'govuk-frontend';

/** The component of GOV.UK, which adds an entry to the history where ours replaces it. */
class SansRetour extends ExitThisPage {
  override exitPage(): void {
    document.body.classList.add('govuk-exit-this-page-hide-content');
    const texte = this.i18n.t('activated');
    document.title = texte;
    const voile = document.createElement('div');
    voile.className = 'govuk-exit-this-page-overlay';
    voile.setAttribute('role', 'alert');
    document.body.append(voile);
    voile.textContent = texte;
    // Taken off again if the page is shown from memory.
    this.$overlay = voile;
    window.location.replace(this.$button.href);
  }
}

const AIDE = /^\/(aide|urgence|signaler)(\/|$)/;

/** A plain click on a link to more help; anything else (another tab, a call) is the browser's. */
function suivre(e: MouseEvent): void {
  const lien = (e.target as Element).closest<HTMLAnchorElement>('a[href]');
  if (!lien || e.defaultPrevented || e.button !== 0 || e.metaKey || e.ctrlKey || e.shiftKey || e.altKey || lien.target) return;
  if (lien.origin !== window.location.origin || !AIDE.test(lien.pathname) || (lien.hash && lien.pathname === window.location.pathname)) return;
  e.preventDefault();
  window.location.replace(lien.href);
}

export function startSortie(): void {
  createAll(SansRetour);
  if (document.querySelector('.govuk-exit-this-page')) document.addEventListener('click', suivre);
}
