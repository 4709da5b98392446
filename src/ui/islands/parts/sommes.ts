/** The total of a grid while it is typed; what is recorded is added up by the server. */
export function startSommes(): void {
  for (const grille of document.querySelectorAll<HTMLElement>('[data-sommes]')) {
    const total = grille.querySelector('[data-somme-total]');
    const champs = [...grille.querySelectorAll<HTMLInputElement>('input[data-somme]')];
    if (!total || champs.length === 0) continue;
    grille.addEventListener('input', () => {
      const somme = champs.reduce((n, c) => n + (Number(c.value.replace(/\s/g, '').replace(',', '.')) || 0), 0);
      total.textContent = somme.toLocaleString('fr-FR', { maximumFractionDigits: 1 });
    });
  }
}
