/** Who alerts, who commands, who passes on: `relais.yaml`; and a message, typed. */
import { estJour } from '../../../core/jours.ts';
import { z } from 'zod';
import { ligne } from '../../../core/http/fields.ts';
import { CATEGORIES } from '../cap/cap.types.ts';

/** Shortest title of a message that is passed on, pasted or received. */
export const TITRE_MIN = 3;
const code = z.string().regex(/^[a-z0-9][a-z0-9-]{0,59}$/, 'un code en minuscules, chiffres et tirets');
export const relaisSchema = z.strictObject({
  fiches: z.array(z.string()).default([]),
  /** Whole sentences: who commands, who passes on. */
  commande: ligne('Qui commande').min(10),
  relais: ligne('Qui relaie').min(10),
  /** Whose messages are passed on; nobody else's. */
  origines: z.array(z.string()).min(1),
  genres: z.array(z.strictObject({ code, libelle: z.string().min(2).max(120), cap: z.array(z.enum(CATEGORIES)).min(1) })).min(1),
  /** By origin: hosts of its own sites. An address elsewhere says nothing of who wrote the text. */
  sites: z.record(z.string(), z.array(z.string().regex(/^[a-z0-9-]+(\.[a-z0-9-]+)+$/, 'un nom de site, sans https://'))).default({}),
  /** Minutes after which what nobody else confirmed ends. */
  confirmation: z.int().min(5).max(720),
  /** Hours. */
  duree: z.strictObject({ proposee: z.int().min(1), max: z.int().min(1).max(720) }),
});
export type Relais = z.output<typeof relaisSchema>;

const HEURE = /^([01]\d|2[0-3]):[0-5]\d$/;
const parmi = (codes: readonly string[], message: string) => z.string().refine((v) => codes.includes(v), message);
const jourSchema = (quoi: string) => z.string().refine(estJour, `${quoi} : donnez le jour.`);
const heureSchema = (quoi: string) => z.string().regex(HEURE, `${quoi} : donnez l’heure, par exemple 18:30.`);
const lien = z
  .string()
  .trim()
  .max(500, 'L’adresse : 500 caractères au plus.')
  .refine((v) => v === '' || (/^https:\/\//.test(v) && URL.canParse(v)), 'L’adresse du message commence par https://.');

/** What is asked of every relay. */
const communs = (r: Relais, territoires: readonly string[]) => ({
  genre: parmi(
    r.genres.map((g) => g.code),
    'Choisissez de quoi parle le message.',
  ),
  territoire: parmi(territoires, 'Choisissez un lieu de votre ressort.'),
  jusqua_jour: jourSchema('La fin du relais'),
  jusqua_heure: heureSchema('La fin du relais'),
  exercice: z.enum(['', 'oui']),
});
/** Pasted: everything is said by hand. */
export const messageSchema = (r: Relais, territoires: readonly string[]) =>
  z.object({
    ...communs(r, territoires),
    origine: parmi(r.origines, 'Choisissez l’autorité qui a émis le message.'),
    origine_jour: jourSchema('Le message d’origine'),
    origine_heure: heureSchema('Le message d’origine'),
    origine_lien: lien,
    titre: ligne('Le titre', 200).min(TITRE_MIN, 'Recopiez le titre du message.'),
    // As it is: neither trimmed nor mended. A form sends CR LF for each end of line.
    texte: z
      .string()
      .transform((t) => t.replace(/\r\n?/g, '\n'))
      .pipe(
        z
          .string()
          .min(1, 'Collez le texte du message, entier.')
          .max(8000, 'Le texte : 8 000 caractères au plus. Relayez l’essentiel, avec l’adresse du message.'),
      )
      .refine((t) => t.trim() !== '', 'Collez le texte du message, entier.'),
  });
/** From a CAP message received: its words are its own. */
export const messageDeCapSchema = (r: Relais, territoires: readonly string[]) =>
  z.object({ ...communs(r, territoires), origine: parmi(r.origines, 'Choisissez l’autorité qui a émis le message.') });
