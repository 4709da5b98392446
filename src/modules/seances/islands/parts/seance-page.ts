/** What the parts of the session's island share: the page, the words it says, the item it shows. */
import type { Depot } from '../../../../ui/islands/parts/depot.ts';
import { annoncer, bouton, creer, ecrire, heureDe, lien, message, tous, un, uuid } from '../../../../ui/islands/parts/page.ts';
import type { Reseau } from '../../../../ui/islands/parts/reseau.ts';

export interface Seance {
  racine: HTMLElement;
  /** `/seances/<id>`. */
  base: string;
  compte: string;
  nom: string;
  ecrit: boolean;
  depot: Depot;
  reseau: Reseau;
  /** Asks the server for what changed. */
  actualiser(): void;
  /** Shows again how far saving is. */
  direEtat(): void;
}

export { annoncer, bouton, creer, ecrire, heureDe, lien, message, tous, un, uuid };

export const rangDe = (point: string): number => tous('#b-points [data-montrer]').findIndex((a) => a.dataset.montrer === point) + 1;
export const pointMontre = (): string => un('.c-point:not([hidden])')?.id.slice('point-'.length) ?? '';

/** Shows another item without leaving the page, so that it also works without a network. */
export function montrer(point: string, viser: boolean): void {
  const cible = document.getElementById(`point-${point}`);
  if (!cible) return;
  for (const p of tous('.c-point')) p.hidden = p !== cible;
  marquer(point);
  for (const champ of tous<HTMLSelectElement>('#f-decision [name=point], #f-vote [name=point]')) {
    // A form that is being filled keeps the item it was begun for.
    const touche = tous<HTMLInputElement>('textarea, [name=objet]', champ.form ?? document).some((t) => t.value !== '');
    if (!touche) {
      champ.value = point;
      if (champ.form) accorderEngagement(champ.form);
    }
  }
  history.replaceState(null, '', `?point=${point}`);
  if (viser) un(`#titre-${point}`)?.focus();
}

/** A new decision is proposed for what its item speaks of, until another engagement is typed: never for that of the item before. */
export function accorderEngagement(form: HTMLFormElement): void {
  const champ = un<HTMLInputElement>('[name=engagement]', form);
  const point = un<HTMLSelectElement>('[name=point]', form)?.value ?? '';
  if (!champ || form.dataset.brouillon !== 'decision') return;
  const vide = JSON.parse(form.dataset.vierge ?? '{}') as Record<string, string>;
  const propose = un(`#b-points [data-montrer="${point}"]`)?.dataset.engagement ?? '';
  if (champ.value === (vide.engagement ?? '')) champ.value = propose;
  form.dataset.vierge = JSON.stringify({ ...vide, engagement: propose });
}

export function marquer(point: string): void {
  for (const a of tous('#b-points [data-montrer]')) {
    if (a.dataset.montrer === point) a.setAttribute('aria-current', 'true');
    else a.removeAttribute('aria-current');
  }
}
