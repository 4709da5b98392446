import { z } from 'zod';
import { courrielFacultatif as courriel, ligne as court, paragraphe } from '../../core/http/fields.ts';
import type { Catalogue } from '../contrats/index.ts';
import { dAilleurs, estDAilleurs, type OuAgit } from './charge.rules.ts';
import { ETATS_DECISION, type EtatDecision, NATURES, type Nature } from './decisions.rules.ts';
import { estLien } from './suite.rules.ts';

const cles = <K extends string>(o: Record<K, unknown>) => Object.keys(o) as [K, ...K[]];
const echeance = z.union([
  z.literal('').transform(() => null),
  z
    .string()
    .trim()
    .pipe(z.iso.date('Cette échéance n’est pas une date.'))
    .refine((j) => j >= '2020-01-01' && j <= '2060-01-01', 'Cette échéance est trop lointaine : vérifiez l’année.'),
]);

/** Nothing is filled in here: what does not come in is filled at creation, and left as it is by a change. */
const charge = {
  responsable: z.string('Choisissez qui en est chargé.').trim().min(1, 'Choisissez qui en est chargé.'),
  responsable_nom: court('La personne ou la fonction'),
  responsable_courriel: courriel,
  echeance,
};

/** A decision entered outside of a session, checked against the contract and its place. */
export const buildDecisionSchema = (catalogue: Catalogue, territoireId: string) =>
  z
    .object({
      responsable: charge.responsable,
      responsable_nom: charge.responsable_nom.default(''),
      responsable_courriel: charge.responsable_courriel.default(''),
      echeance: charge.echeance.default(null),
      nature: z.enum(cles<Nature>(NATURES), 'Dites si c’est une décision ou une action.'),
      libelle: paragraphe('Le texte', 2000).min(3, 'Écrivez ce qui a été décidé.'),
      fiche: court('La fiche', 10).default(''),
      ligne: court('L’engagement', 20).default(''),
    })
    .superRefine((d, x) => {
      const dire = (champ: string, message: string) => x.addIssue({ code: 'custom', path: [champ], message });
      if (!catalogue.acteurs.has(d.responsable)) dire('responsable', 'Cette organisation n’est pas dans l’annuaire.');
      if (d.fiche && !catalogue.fiches.has(d.fiche)) dire('fiche', 'Cette fiche n’est pas dans le contrat.');
      if (estDAilleurs(catalogue, d.responsable, territoireId)) dire('responsable', dAilleurs(catalogue, territoireId));
      const ligne = catalogue.lignes.get(d.ligne);
      if (d.ligne && !ligne) dire('ligne', 'Cet engagement n’est pas dans le contrat : écrivez-le comme 1.6-R2.5.');
      if (ligne && d.fiche && ligne.fiche !== d.fiche) dire('ligne', `Cet engagement est celui de la fiche ${ligne.fiche}.`);
    })
    .transform((d) => ({ ...d, fiche: d.fiche || catalogue.lignes.get(d.ligne)?.fiche || null, ligne: d.ligne || null }));

/** What whoever keeps the body may change of it. */
export const buildChargeSchema = (catalogue: OuAgit, territoireId: string) =>
  z
    .object({ ...charge, libelle: paragraphe('Le texte', 2000).min(3, 'Écrivez ce qui a été décidé.') })
    .refine((d) => catalogue.acteurs.has(d.responsable), { path: ['responsable'], message: 'Cette organisation n’est pas dans l’annuaire.' })
    .refine((d) => !estDAilleurs(catalogue, d.responsable, territoireId), { path: ['responsable'], error: () => dAilleurs(catalogue, territoireId) });

export const suiteSchema = z.object({
  etat: z.enum(cles<EtatDecision>(ETATS_DECISION), 'Choisissez où elle en est.'),
  condition: paragraphe('La condition', 1000),
  preuve: paragraphe('La preuve', 2000),
  preuve_lien: z
    .string()
    .trim()
    .max(500, 'Ce lien est trop long.')
    .refine((v) => v === '' || estLien(v), 'Un lien commence par https://, ou par / pour une page de Concorde.'),
  motif: paragraphe('Le motif', 2000),
});

export const lotSchema = z.object({
  acte: z.enum(['echeance', 'relance'], 'Choisissez ce que vous voulez faire des lignes cochées.'),
  /** Only read for the first of the two acts. */
  echeance: echeance.optional(),
});
