import { JOUR_MS } from '../../core/jours.ts';
import { z } from 'zod';
import { ROLES, type Role } from '../../core/authorize.ts';
import { courriel, ligne } from '../../core/http/fields.ts';
import { PORTEES } from '../../core/http/http.ts';
import { faiblesse } from './mot-de-passe.rules.ts';

export const connexionSchema = z.object({
  courriel,
  mot_de_passe: z.string().min(1, 'Écrivez votre mot de passe.').max(1000, 'Ce mot de passe est trop long.'),
  retour: z.string().default('/ma-journee'),
});
export const codeSchema = z.object({ code: z.string().trim().min(6, 'Écrivez les six chiffres, ou un code de secours.').max(40, 'Ce code est trop long.') });
export const oubliSchema = z.object({ courriel });

const nouveauMotDePasse = z
  .string()
  .max(1000, 'Ce mot de passe est trop long.')
  .superRefine((v, ctx) => {
    const faible = faiblesse(v);
    if (faible) ctx.addIssue({ code: 'custom', message: faible });
  });
export const motDePasseSchema = z.object({ mot_de_passe: nouveauMotDePasse });
export const acceptationSchema = z.object({
  nom: ligne('Votre nom').min(2, 'Écrivez votre nom.'),
  mot_de_passe: nouveauMotDePasse,
});
export const personaSchema = z.object({ compte: z.uuid('Choisissez une personne de la liste.'), retour: z.string().default('/ma-journee') });

const vide = (v: unknown) => (v === '' || v === undefined ? null : v);
const jour = (message: string) => z.preprocess(vide, z.iso.date(message).nullable());
const role = z.enum(Object.keys(ROLES) as [Role, ...Role[]], 'Choisissez un rôle.');
const perimetre = {
  territoire: z.preprocess(vide, z.string().nullable()),
  fiche: z.preprocess(vide, z.string().nullable()),
  registre: z.preprocess(vide, z.string().nullable()),
  debut: z.preprocess(vide, z.iso.date('Écrivez une date de début.').nullable()),
  fin: jour('Écrivez une date de fin, ou laissez vide.'),
};
const dansLOrdre = (m: { debut: string | null; fin: string | null }): boolean => !m.debut || !m.fin || m.fin >= m.debut;
const DESORDRE = { path: ['fin'], message: 'La fin vient avant le début.' };

export const mandatSchema = z.object({ role, ...perimetre }).refine(dansLOrdre, DESORDRE);
/** Without role, the account is born without mandate. */
export const invitationSchema = z
  .object({
    courriel,
    nom: ligne('Le nom').min(2, 'Écrivez le nom de la personne.'),
    fonction: ligne('La fonction').min(2, 'Écrivez sa fonction.'),
    organisation: z.string().min(1, 'Choisissez une organisation.'),
    role: z.preprocess(vide, role.nullable()),
    ...perimetre,
  })
  .refine(dansLOrdre, DESORDRE);
export const motifSchema = z.object({
  motif: z.string().trim().min(5, 'Dites pourquoi, en une phrase : l’autre personne la lira avant de confirmer.').max(500, 'Ce motif est trop long.'),
});
export const delegationSchema = z
  .object({
    mandat: z.uuid('Choisissez le mandat à déléguer.'),
    compte: z.uuid('Choisissez une personne.'),
    debut: z.iso.date('Écrivez une date de début.'),
    fin: z.iso.date('Écrivez une date de fin.'),
  })
  .refine((d) => d.fin >= d.debut, { path: ['fin'], message: 'La fin vient avant le début.' })
  .refine((d) => Date.parse(d.fin) - Date.parse(d.debut) <= 92 * JOUR_MS, { path: ['fin'], message: 'Trois mois au plus : au-delà, demandez un mandat.' });
export const jetonSchema = z.object({
  nom: ligne('Le nom du jeton', 100).min(3, 'Nommez ce jeton : le logiciel qui s’en servira.'),
  portees: z.preprocess((v) => [v ?? []].flat(), z.array(z.enum(PORTEES)).min(1, 'Dites ce que le jeton peut faire : lire, écrire, contribuer, signaler.')),
  jours: z.coerce.number().int().min(1, 'Choisissez une durée.').max(365, 'Un an au plus.'),
});
