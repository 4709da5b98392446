/** Brings the button that prints: without a script, the menu of the browser does it. */
for (const place of document.querySelectorAll<HTMLElement>('[data-imprimer]')) {
  place.hidden = false;
  place.querySelector('button')?.addEventListener('click', () => window.print());
}
