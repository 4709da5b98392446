/** Days that other modules show in the calendar beside sessions, as their manifests say (`calendrier`). */
import type { DateDeCalendrier, DatesDeCalendrier } from '../../../core/module.ts';
import { lireEnsemble } from '../../../core/base/database.ts';

let sources: readonly DatesDeCalendrier[] = [];

/** Called once at start, before anything is read. */
export function installerDates(liste: readonly DatesDeCalendrier[]): void {
  sources = liste;
}

export async function listDates(...[db, q]: Parameters<DatesDeCalendrier>): Promise<DateDeCalendrier[]> {
  const lues = await lireEnsemble(
    db,
    sources.map((s) => () => s(db, q)),
  );
  return lues.flat().sort((a, b) => (a.jour === b.jour ? a.titre.localeCompare(b.titre, 'fr') : a.jour < b.jour ? -1 : 1));
}
