/** A document to send, and why one is withdrawn. */
import { JOUR_MS, estJour } from '../../../core/jours.ts';
import { z } from 'zod';
import { ligne, paragraphe } from '../../../core/http/fields.ts';
import { ROLES, type Role } from '../../../core/authorize.ts';

const court = (libelle: string, min: number, max: number) => ligne(libelle, max).min(min, `${libelle} : écrivez ${min} caractères au moins.`);
const jour = (libelle: string) => z.string().refine(estJour, `${libelle} : donnez un jour, par exemple 24/12/2026.`);
const DEUX_ANS = 731 * JOUR_MS;

/** `aujourdhui`: on the contract's clock. */
export const documentDiffuseSchema = (aujourdhui: string) =>
  z
    .object({
      titre: court('Le titre', 3, 200),
      texte: paragraphe('Le texte', 8000),
      lire_avant: jour('À lire avant'),
      jusqu_au: jour('Consultable jusqu’au'),
      sans_mineur: z.literal('oui', 'Dites que ni le texte ni le fichier ne nomment un mineur.'),
    })
    .superRefine((v, ctx) => {
      const dire = (champ: string, message: string) => ctx.addIssue({ code: 'custom', path: [champ], message });
      if (v.lire_avant < aujourdhui) dire('lire_avant', 'À lire avant : ce jour est passé.');
      if (v.jusqu_au < v.lire_avant) dire('jusqu_au', 'Consultable jusqu’au : ce jour vient avant celui où il doit être lu.');
      if (Date.parse(v.jusqu_au) - Date.parse(aujourdhui) > DEUX_ANS) dire('jusqu_au', 'Consultable jusqu’au : deux ans au plus.');
    });

/** Who is to read it. */
export const listeSchema = (connus: { organisations: ReadonlySet<string>; instances: ReadonlySet<string> }) =>
  z.object({
    roles: z.array(z.enum(Object.keys(ROLES) as [Role, ...Role[]], 'Choisissez des rôles de la liste.')).max(20),
    organisations: z.array(z.string().refine((o) => connus.organisations.has(o), 'Choisissez des organismes de la liste.')).max(100),
    instances: z.array(z.string().refine((i) => connus.instances.has(i), 'Choisissez des instances que vous voyez.')).max(50),
  });
export type Liste = z.output<ReturnType<typeof listeSchema>>;

export const retraitDeDocumentSchema = z.object({ motif: court('Le motif', 3, 300) });
