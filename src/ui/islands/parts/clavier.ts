/**
 * Keys: `?` opens the help, `/` goes to the search, a letter goes to a page. Never while the person types, and only for who asked for
 * them in their account (WCAG 2.1.4): the list of keys is then in the page, and in no other.
 */
export function startClavier(): void {
  document.addEventListener('keydown', (e) => {
    if (e.key === 'Escape' && window.location.hash === '#menu') window.location.hash = '#contenu';
  });
  const aide = document.querySelector<HTMLDialogElement>('dialog[data-raccourcis]');
  if (!aide) return;
  const vers = new Map<string, string>();
  for (const ligne of document.querySelectorAll<HTMLElement>('[data-touche][data-vers]'))
    vers.set((ligne.dataset.touche ?? '').replace(/ puis /g, ' '), ligne.dataset.vers ?? '');
  let avant = '';
  document.addEventListener('keydown', (e) => {
    if (e.ctrlKey || e.metaKey || e.altKey || e.isComposing || ecrit(e.target)) return;
    if (e.key === '?') {
      e.preventDefault();
      aide.showModal();
      return;
    }
    if (e.key === '/') {
      const champ = document.getElementById('recherche');
      if (champ) {
        e.preventDefault();
        champ.focus();
      }
      return;
    }
    const suite = avant === '' ? e.key : `${avant} ${e.key}`;
    const cible = vers.get(suite) ?? vers.get(e.key);
    if (cible) {
      e.preventDefault();
      window.location.assign(cible);
      return;
    }
    avant = [...vers.keys()].some((k) => k.startsWith(`${e.key} `)) ? e.key : '';
    if (avant !== '') window.setTimeout(() => (avant = ''), 1200);
  });
}

const ecrit = (cible: EventTarget | null): boolean =>
  cible instanceof HTMLElement &&
  (cible.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(cible.tagName)) &&
  !(cible instanceof HTMLInputElement && cible.type === 'checkbox');
