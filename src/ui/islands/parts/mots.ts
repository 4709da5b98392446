/** How many words are written, while they are; the guidance beside the field needs no script. */
import { direMots } from '../../mots.ts';

/** Said once typing pauses: a reader of the screen is not told of each word. */
const PAUSE_MS = 600;
export function startMots(): void {
  for (const compte of document.querySelectorAll<HTMLElement>('[data-mots]')) {
    const champ = document.getElementById(compte.dataset.mots ?? '');
    if (!(champ instanceof HTMLTextAreaElement)) continue;
    let attente: ReturnType<typeof setTimeout> | undefined;
    champ.addEventListener('input', () => {
      clearTimeout(attente);
      attente = setTimeout(() => {
        compte.textContent = direMots(champ.value);
      }, PAUSE_MS);
    });
  }
}
