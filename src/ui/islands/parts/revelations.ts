/**
 * What a choice opens (`data-aria-controls`) shows while it is chosen. In place of GOV.UK's own script, which marks radio
 * buttons as expanded: a state that radio buttons do not have.
 */
export function startRevelations(): void {
  for (const groupe of document.querySelectorAll<HTMLElement>('.govuk-radios')) {
    const choix = [...groupe.querySelectorAll<HTMLInputElement>('input[data-aria-controls]')];
    if (choix.length === 0) continue;
    const montrer = () => {
      for (const c of choix) {
        const suite = document.getElementById(c.dataset.ariaControls ?? '');
        suite?.classList.toggle('govuk-radios__conditional--hidden', !c.checked);
        if (suite) c.setAttribute('aria-controls', suite.id);
      }
    };
    groupe.addEventListener('change', montrer);
    // Coming back to the page, the browser restores the choice after this has run.
    window.addEventListener('pageshow', montrer);
    montrer();
  }
}
