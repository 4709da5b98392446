/** Filters stand open beside the list on a wide screen; on a phone they wait behind their title. */
export function startFiltres(): void {
  const filtres = document.querySelectorAll<HTMLDetailsElement>('body:not(.travail) details[data-filtre]');
  const large = window.matchMedia('(min-width: 60rem)');
  for (const filtre of filtres) filtre.open = large.matches;
}
