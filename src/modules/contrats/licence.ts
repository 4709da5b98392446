/** Under which licence everyone may reuse the figures: chosen by who installs, in `contrat.yaml`. */
import { z } from 'zod';

/** What French public bodies use unless they choose otherwise. */
export const LICENCE_OUVERTE = { nom: 'Licence Ouverte 2.0', adresse: 'https://www.etalab.gouv.fr/licence-ouverte-open-licence/' };

export const licenceSchema = z.strictObject({
  nom: z.string().trim().min(2, 'le nom de la licence est attendu').max(80, 'le nom de la licence est trop long (80 caractères au plus)'),
  adresse: z.url({ protocol: /^https?$/, error: 'l’adresse du texte de la licence est attendue, en http ou https' }),
});
export type Licence = z.output<typeof licenceSchema>;
