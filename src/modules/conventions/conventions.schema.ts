/** What forms of acts may say. Create and update read the same fields: what does not come in is left as it was, or empty when it is new. */
import { z } from 'zod';
import { estUneLigne, ligne, paragraphe, SUR_UNE_LIGNE } from '../../core/http/fields.ts';
import { lireDate } from '../../core/jours.ts';
import { estUnJourDeLAnnee, ISSUES, type Issue, NATURES, type Nature, seSigne } from './conventions.rules.ts';

const natures = Object.keys(NATURES) as [Nature, ...Nature[]];
/** A day as its three boxes or a table write it; null when there is none. */
const jourOuNul = (quoi: string) =>
  z
    .string()
    .trim()
    .transform((v, ctx) => {
      const r = lireDate(v);
      if (!r.ok) ctx.addIssue({ code: 'custom', message: `${quoi} : ${r.message}` });
      return r.ok ? r.valeur : null;
    });
const jourExige = (quoi: string, manque: string) => jourOuNul(quoi).refine((v): v is string => v !== null, manque);
const nombreOuNul = (quoi: string, min: number, max: number, unite: string) =>
  z
    .string()
    .trim()
    .refine(
      (v) => v === '' || (/^\d{1,4}$/.test(v) && Number(v) >= min && Number(v) <= max),
      `${quoi} : écrivez un nombre de ${min} à ${max} ${unite}, ou rien.`,
    )
    .transform((v) => (v === '' ? null : Number(v)));
/** Codes that boxes send, each on one line. */
const liste = z
  .union([z.array(z.string()), z.string().transform((v) => [v])])
  .transform((v) => [...new Set(v.map((x) => x.trim()).filter((x) => x !== ''))])
  .refine((v) => v.every(estUneLigne), `Chaque choix ${SUR_UNE_LIGNE}`);
const heure = z
  .string()
  .trim()
  .refine((v) => v === '' || /^([01]\d|2[0-3]):[0-5]\d$/.test(v), 'Écrivez l’heure avec deux points, par exemple 21:00.');
/** « 21/06 », kept « 06-21 ». */
const jourDeLAnnee = z
  .string()
  .trim()
  .transform((v) => v.replace(/^(\d\d)\/(\d\d)$/, '$2-$1'))
  .refine((v) => v === '' || estUnJourDeLAnnee(v), 'Écrivez le jour et le mois, par exemple 21/06.');
const JOURS = ['1', '2', '3', '4', '5', '6', '7'];

export const conventionSchema = z
  .object({
    nature: z.enum(natures, 'Choisissez la nature de l’acte.'),
    titre: ligne('Le titre').min(5, 'Donnez à l’acte un titre d’au moins cinq lettres.'),
    reference: ligne('La référence', 100),
    objet: paragraphe('L’objet', 4000),
    porteur: z.string().trim().min(1, 'Choisissez l’organisation qui tient l’acte.'),
    territoires: liste,
    systemes: liste,
    /** Codes of action lines, as they are written in the contract: with spaces or commas between them. */
    lignes: z
      .string()
      .trim()
      .max(1000, 'Lignes d’action : 1 000 caractères au plus.')
      .transform((v) => [...new Set(v.split(/[\s,;]+/).filter((x) => x !== ''))]),
    effet: jourOuNul('Date d’effet'),
    fin: jourOuNul('Date de fin'),
    preavis: nombreOuNul('Préavis', 0, 730, 'jours').transform((v) => v ?? 0),
    reconduction: nombreOuNul('Reconduction', 1, 120, 'mois'),
    revue: nombreOuNul('Revue', 1, 120, 'mois'),
    lieu: paragraphe('Le périmètre', 2000),
    interdits: paragraphe('Ce qui est interdit ou promis', 2000),
    jours: liste.refine((v) => v.every((x) => JOURS.includes(x)), 'Choisissez des jours de la semaine.'),
    heure_de: heure,
    heure_a: heure,
    saison_de: jourDeLAnnee,
    saison_a: jourDeLAnnee,
    remplace: ligne('L’acte remplacé').transform((v) => v || null),
  })
  .superRefine((v, ctx) => {
    const dire = (champ: string, message: string) => ctx.addIssue({ code: 'custom', path: [champ], message });
    if (v.effet && v.fin && v.fin < v.effet) dire('fin', 'La fin vient avant la date d’effet : corrigez l’une des deux dates.');
    if (v.reconduction !== null && v.fin === null) dire('fin', 'Une reconduction tacite demande une date de fin : celle du premier terme.');
    if (!seSigne(v.nature) && v.reconduction !== null) dire('reconduction', 'Un arrêté ne se reconduit pas tacitement : un nouvel arrêté le proroge.');
    if (v.preavis > 0 && v.fin === null) dire('preavis', 'Un préavis se compte avant une date de fin : donnez-la, ou effacez le préavis.');
    if ((v.heure_de === '') !== (v.heure_a === '')) dire(v.heure_de === '' ? 'heure_de' : 'heure_a', 'Donnez les deux heures, ou aucune.');
    if ((v.saison_de === '') !== (v.saison_a === ''))
      dire(v.saison_de === '' ? 'saison_de' : 'saison_a', 'Donnez le début et la fin de la saison, ou aucun des deux.');
    if (v.nature === 'arrete' && v.effet === null && v.fin !== null) dire('effet', 'Un arrêté qui finit commence un jour : donnez sa date d’effet.');
  });
export type SaisieConvention = z.output<typeof conventionSchema>;

const PAS_ENCORE = 'ce jour n’est pas encore passé. Notez-le quand ce sera fait.';
/** `aujourdhui`: nothing is signed, held or done on a day to come. */
const jourPasse = (quoi: string, aujourdhui: string) => jourExige(quoi, `${quoi} : donnez le jour.`).refine((v) => v <= aujourdhui, `${quoi} : ${PAS_ENCORE}`);
const jourPasseOuNul = (quoi: string, aujourdhui: string) => jourOuNul(quoi).refine((v) => v === null || v <= aujourdhui, `${quoi} : ${PAS_ENCORE}`);

const signataire = ligne('Qui signe', 120).refine((v) => v.length !== 1, 'Écrivez le nom en entier.');
const fonction = ligne('La fonction');
export const buildPartieSchema = (aujourdhui: string) =>
  z
    .object({
      organisation: z.string().trim(),
      nom: ligne('Le nom'),
      signataire,
      fonction,
      signee_le: jourPasseOuNul('Date de signature', aujourdhui),
    })
    .superRefine((v, ctx) => {
      if ((v.organisation === '') === (v.nom === ''))
        ctx.addIssue({
          code: 'custom',
          path: [v.nom === '' ? 'organisation' : 'nom'],
          message: 'Choisissez une organisation de l’annuaire, ou écrivez le nom d’une autre : l’un des deux.',
        });
    });
export const buildSignatureSchema = (aujourdhui: string) => z.object({ signataire, fonction, jour: jourPasse('Date de signature', aujourdhui) });
const motif = (manque: string) => ligne('La raison', 500).min(5, manque);
/** `retireeLe`: nobody signs after having left. */
export const buildCorrectionDeSignatureSchema = (aujourdhui: string, retireeLe: string | null) =>
  buildSignatureSchema(aujourdhui)
    .extend({ motif: motif('Dites en une phrase ce qui était faux.') })
    .refine((v) => retireeLe === null || v.jour <= retireeLe, { path: ['jour'], error: 'Elle aurait signé après s’être retirée : corrigez la date.' });
export const contestationSchema = z.object({ motif: motif('Dites en une phrase pourquoi.') });
export const annulationDeSignatureSchema = z.object({ motif: motif('Dites en une phrase pourquoi cette signature est annulée.') });
export const buildRetraitSchema = (aujourdhui: string) => z.object({ jour: jourPasse('Date du retrait', aujourdhui) });

export const buildVersionSchema = (aujourdhui: string) =>
  z
    .object({
      genre: z.enum(['texte', 'avenant'], 'Dites si c’est un texte entier ou un avenant.'),
      resume: ligne('Ce qui change', 500).min(3, 'Dites en une phrase ce que c’est, ou ce qui change.'),
      signee_le: jourPasseOuNul('Date de signature', aujourdhui),
      fin: jourOuNul('Nouvelle fin'),
      texte: paragraphe('Le texte', 100_000),
    })
    .superRefine((v, ctx) => {
      if (v.genre === 'avenant' && v.signee_le === null)
        ctx.addIssue({ code: 'custom', path: ['signee_le'], message: 'Un avenant se dépose une fois signé : donnez le jour de sa signature.' });
      if (v.genre === 'texte' && v.fin !== null)
        ctx.addIssue({ code: 'custom', path: ['fin'], message: 'Seul un avenant déplace la fin. Pour corriger une date saisie, modifiez l’acte.' });
    });
export type SaisieVersion = z.output<ReturnType<typeof buildVersionSchema>>;

const issues = Object.keys(ISSUES) as [Issue, ...Issue[]];
export const buildRevueSchema = (aujourdhui: string, effet: string) =>
  z.object({
    jour: jourPasse('Date de la revue', aujourdhui).refine((v) => v >= effet, 'Date de la revue : elle vient avant la date d’effet de l’acte.'),
    issue: z.enum(issues, 'Dites ce que la revue a conclu.'),
    texte: paragraphe('Ce qui a été dit', 4000),
  });
export const engagementSchema = z.object({
  libelle: ligne('L’engagement', 500).min(5, 'Dites ce qui est promis, en une phrase.'),
  organisation: z.string().trim().min(1, 'Choisissez qui doit le faire.'),
  du_le: jourExige('Premier jour dû', 'Premier jour dû : donnez le jour.'),
  tous_les_mois: nombreOuNul('Répétition', 1, 120, 'mois'),
});
export const buildFaitSchema = (aujourdhui: string) =>
  z.object({ jour: jourPasse('Fait le', aujourdhui), preuve: ligne('La preuve', 1000), du_le: z.iso.date('Rechargez la page : cet engagement a changé.') });
export const buildDenonciationSchema = (effet: string | null) =>
  z.object({
    jour: jourExige('Dernier jour', 'Donnez le jour où l’acte cesse.').refine((v) => effet === null || v >= effet, 'L’acte cesserait avant de prendre effet.'),
    motif: ligne('La raison', 750).min(5, 'Dites en une phrase pourquoi l’acte cesse.'),
    /** Who denounces: an organisation, or a party that is in no directory; empty: who keeps the act. */
    par: ligne('Qui dénonce'),
  });
export const apiSchema = z.object({
  limite: z.coerce.number('limite : un nombre de 1 à 500').int().min(1).max(500),
  apres: z.union([z.literal(''), z.uuid('apres : l’identifiant rendu par « suite »')]),
});
