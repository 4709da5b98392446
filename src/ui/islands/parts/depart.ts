/** Signing out of a shared machine: what this account still keeps on it is said first, and sent, erased, or left closed. */
import { bouton, creer, lien } from './page.ts';

/** Of the device, not of an account: whoever is there sends them. */
const TOUCHE = 'concorde:guichet:appareil:tous:ligne:';
const FERME = /^ferme \d+ (\S+) /;

function resteDe(compte: string): { cles: string[]; ou: string | null } {
  try {
    const miennes = Object.keys(localStorage).filter((c) => c.startsWith('concorde:') && c.includes(`:${compte}:`));
    // What waits has a kind and a name; a counter has a name alone.
    const ou = miennes.map((c) => FERME.exec(localStorage.getItem(c) ?? '')?.[1]).find((p) => p !== undefined) ?? null;
    const touches = Object.keys(localStorage).filter((c) => c.startsWith(TOUCHE));
    return { cles: [...miennes.filter((c) => c.split(`:${compte}:`)[1]?.includes(':')), ...touches], ou };
  } catch {
    // A device that keeps nothing leaves nothing.
    return { cles: [], ou: null };
  }
}
function oublierTout(compte: string): void {
  for (const c of Object.keys(localStorage)) if (c.startsWith('concorde:') && c.includes(`:${compte}:`)) localStorage.removeItem(c);
}

/** What is true of what stays: closed, but for the numbers of a desk, which name nobody. */
function direCeQuiReste(cles: readonly string[]): string {
  const nombres = cles.filter((c) => c.startsWith('concorde:guichet:')).length;
  const fermees = cles.length > nombres ? 'Ce qui est écrit reste sur cet appareil, fermé à clé : vous seul le rouvrirez, en vous reconnectant ici.' : '';
  const comptees = nombres > 0 ? 'Les nombres d’un guichet y restent lisibles : ils ne nomment personne, et qui vient ensuite les envoie.' : '';
  return [fermees, comptees, 'Au bout de 60 jours, qui ouvre ces pages ici est invité à l’effacer.'].filter((x) => x !== '').join(' ');
}

export function startDepart(): void {
  const form = document.querySelector<HTMLFormElement>('form[data-depart]');
  const compte = form?.dataset.depart;
  if (!form || !compte) return;
  form.addEventListener('submit', (e) => {
    const { cles, ou } = resteDe(compte);
    if (cles.length === 0) return;
    e.preventDefault();
    const boite = creer('dialog', 'c-depart') as HTMLDialogElement;
    const une = cles.length === 1;
    const titre = creer('h2', 'govuk-heading-m', une ? 'Une saisie n’est pas envoyée' : `${cles.length} saisies ne sont pas envoyées`);
    titre.id = 'depart-titre';
    boite.setAttribute('aria-labelledby', titre.id);
    const actes = creer('div', 'govuk-button-group');
    if (ou) actes.append(Object.assign(lien(une ? 'Aller l’envoyer' : 'Aller les envoyer', ou), { className: 'govuk-button' }));
    actes.append(
      bouton(une ? 'L’effacer et me déconnecter' : 'Les effacer et me déconnecter', () => {
        oublierTout(compte);
        form.submit();
      }),
      bouton(une ? 'La laisser ici et me déconnecter' : 'Les laisser ici et me déconnecter', () => form.submit()),
      bouton('Rester connecté', () => boite.close()),
    );
    boite.append(titre, creer('p', 'govuk-body', direCeQuiReste(cles)), actes);
    boite.addEventListener('close', () => boite.remove());
    document.body.append(boite);
    boite.showModal();
  });
}
