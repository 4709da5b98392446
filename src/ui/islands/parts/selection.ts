/** Bulk selection: one box for all the rows, Maj to take a run, and the count in the bar of actions. */
export function startSelection(): void {
  for (const table of document.querySelectorAll<HTMLTableElement>('table[data-selection]')) {
    const cases = [...table.querySelectorAll<HTMLInputElement>('tbody .c-table__case input[type=checkbox]')];
    const tete = table.querySelector('thead .c-table__case');
    if (cases.length === 0 || !tete) continue;
    const toutes = boite();
    tete.replaceChildren(toutes.element);
    let derniere = -1;
    const dire = () => {
      const n = cases.filter((c) => c.checked).length;
      toutes.case.checked = n === cases.length;
      toutes.case.indeterminate = n > 0 && n < cases.length;
      for (const compte of table.closest('form')?.querySelectorAll('[data-selection-compte]') ?? [])
        compte.textContent = n === 0 ? 'Aucune ligne sélectionnée' : n === 1 ? '1 ligne sélectionnée' : `${n} lignes sélectionnées`;
    };
    toutes.case.addEventListener('change', () => {
      for (const c of cases) c.checked = toutes.case.checked;
      dire();
    });
    cases.forEach((c, rang) => {
      c.addEventListener('click', (e) => {
        if (e.shiftKey && derniere >= 0) for (const autre of cases.slice(Math.min(derniere, rang), Math.max(derniere, rang) + 1)) autre.checked = c.checked;
        derniere = rang;
        dire();
      });
    });
    dire();
  }
}

function boite(): { element: HTMLElement; case: HTMLInputElement } {
  const element = document.createElement('div');
  element.className = 'govuk-checkboxes govuk-checkboxes--small';
  element.innerHTML =
    '<div class="govuk-checkboxes__item"><input class="govuk-checkboxes__input" type="checkbox" id="tout-selectionner"><label class="govuk-label govuk-checkboxes__label" for="tout-selectionner"><span class="govuk-visually-hidden">Sélectionner toutes les lignes</span></label></div>';
  const [input] = element.getElementsByTagName('input');
  if (!input) throw new Error('case absente');
  return { element, case: input };
}
