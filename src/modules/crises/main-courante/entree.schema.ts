/** What comes to the main courante: one form, or what a device kept while it was alone. */
import { z } from 'zod';
import { ligne } from '../../../core/http/fields.ts';
import { nombre } from '../../../ui/typographie.ts';
import { CONTENU_MAX, MOT_MAX } from './entree.rules.ts';

const mot = ligne('Ce champ', MOT_MAX).default('');
const entier = z
  .string()
  .trim()
  .regex(/^\d{0,9}$/, 'Donnez le numéro d’une entrée.')
  .default('');

export const saisieSchema = z.object({
  texte: z
    .string()
    .trim()
    .min(1, 'Écrivez ce qui est dit, décidé ou fait.')
    .superRefine((t, k) => {
      if (t.length > CONTENU_MAX)
        k.addIssue({
          code: 'custom',
          message: `Une entrée tient en ${nombre(CONTENU_MAX)} caractères ; la vôtre en compte ${nombre(t.length)}. Coupez-la en plusieurs entrées : rien n’est effacé ici.`,
        });
    }),
  heure: mot,
  pour: mot,
  classe: mot,
  canal: mot,
  source: mot,
  vers: mot,
  decideur: mot,
  corrige: entier,
  fait: entier,
});
export type Saisie = z.output<typeof saisieSchema>;

const instant = z.number().int().min(0).max(8_640_000_000_000);
/** One entry as a device kept it. `quand`: its own clock when it was written, in milliseconds. */
const gardeeSchema = saisieSchema.extend({
  cle: z.uuid(),
  poste: z.string().regex(/^[a-z0-9-]{1,40}$/),
  ordre: z.number().int().min(0).max(1_000_000_000),
  quand: instant,
  confirme: z.string().max(40).default(''),
});
export type Gardee = z.output<typeof gardeeSchema>;

const LOT_MAX = 50;
const JSON_MAX = 900_000;
/** `envoye`: the clock of the device when it sent this. */
export const lotSchema = z.object({
  envoye: z.coerce.number().pipe(instant),
  entrees: z
    .string()
    .max(JSON_MAX)
    .transform((t, k) => {
      try {
        return JSON.parse(t) as unknown;
      } catch {
        k.addIssue({ code: 'custom', message: 'entrées illisibles' });
        return z.NEVER;
      }
    })
    .pipe(z.array(z.unknown()).min(1).max(LOT_MAX)),
});
export const lireGardee = (brute: unknown): { ok: true; valeur: Gardee } | { ok: false; cle: string; message: string } => {
  const lue = gardeeSchema.safeParse(brute);
  if (lue.success) return { ok: true, valeur: lue.data };
  const cle = z.object({ cle: z.uuid() }).safeParse(brute);
  return { ok: false, cle: cle.success ? cle.data.cle : '', message: lue.error.issues[0]?.message ?? 'Cette entrée ne se lit pas.' };
};
