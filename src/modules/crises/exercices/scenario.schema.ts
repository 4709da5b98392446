/** Scenarios of exercises: `contrats/<slug>/exercices/<code>.yaml`. Copied into the exercise when it is prepared: later changes do not touch it. */
import { z } from 'zod';
import type { ContratLu, Profils } from '../../../core/module.ts';
import { lireDossier } from '../../contrats/index.ts';

const scenarioSchema = z.strictObject({
  libelle: z.string().min(3).max(90),
  /** Of `crises.yaml`. */
  type: z.string().min(1),
  sens: z.string().min(5).max(400),
  fiche: z.string().min(1),
  /** Minutes it lasts, as planned. */
  duree: z.number().int().min(5).max(2880),
  /** Residents are invited. */
  population: z.boolean().default(false),
  /** Held in one establishment. */
  etablissement: z.boolean().default(false),
  injects: z
    .array(
      z.strictObject({
        minute: z.number().int().min(0).max(2880),
        /** To whom: an organisation of the contract. */
        a: z.string().min(1),
        titre: z.string().min(2).max(120),
        texte: z.string().min(2).max(1000),
        /** What the exercise watches for; shown to those who lead it. */
        attendu: z.string().min(2).max(500),
      }),
    )
    .min(1)
    .max(100),
});
export type Scenario = z.output<typeof scenarioSchema> & { code: string };

const DOSSIER = 'exercices';
export const lireScenarios = (dossier: Profils): Scenario[] =>
  dossier.noms.flatMap((code) => {
    const lu = dossier.lire(code, scenarioSchema);
    return lu ? [{ ...lu, code, injects: [...lu.injects].sort((a, b) => a.minute - b.minute) }] : [];
  });
export const getScenarios = async (dossierContrat: string): Promise<Scenario[]> => lireScenarios((await lireDossier(dossierContrat))(DOSSIER));
export const dossierDesScenarios = DOSSIER;

/** `types`: codes of `crises.yaml`. */
export const verifierScenarios = (scenarios: readonly Scenario[], contrat: ContratLu, types: readonly string[]): string[] =>
  scenarios.flatMap((s) =>
    [
      ...(types.includes(s.type) ? [] : [`type « ${s.type} » inconnu`]),
      ...(contrat.fiches.has(s.fiche) ? [] : [`fiche « ${s.fiche} » inconnue`]),
      ...s.injects.filter((i) => !contrat.acteurs.has(i.a)).map((i) => `minute ${i.minute} : acteur « ${i.a} » inconnu`),
      ...s.injects.filter((i) => i.minute > s.duree).map((i) => `minute ${i.minute} : après la fin (${s.duree})`),
    ].map((f) => `exercices/${s.code}.yaml, ${f}`),
  );
