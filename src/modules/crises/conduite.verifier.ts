/** Faults of the files that the conduct of a crisis reads, each said in one line. */
import type { ContratLu, Profils } from '../../core/module.ts';
import { verifierExerciceDemo } from './conduite.demo.schema.ts';
import type { Cadre } from './crises.schema.ts';
import { dossierDesScenarios, lireScenarios, verifierScenarios } from './exercices/scenario.schema.ts';
import { lireSoutien, verifierSoutien } from './soutien.schema.ts';

export function verifierConduite(contrat: ContratLu, profils: Profils | null, fichiers: (sous: string) => Profils, cadre: Cadre | undefined): string[] {
  const soutien = lireSoutien(fichiers(''));
  const scenarios = lireScenarios(fichiers(dossierDesScenarios));
  const entites = (cadre?.entites ?? []).map((e) => e.code);
  const types = (cadre?.types ?? []).map((t) => t.code);
  return [
    ...(soutien ? verifierSoutien(soutien, contrat, entites) : []),
    ...verifierScenarios(scenarios, contrat, types),
    ...(profils ? verifierExerciceDemo(profils, cadre && soutien ? { cadre, soutien, scenarios } : null, contrat) : []),
  ];
}
