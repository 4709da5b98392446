/** Counters of a contract: one file each, read at start. */
import type { ContratLu, Profils } from '../../../core/module.ts';
import { lireDossier } from '../../contrats/index.ts';
import { DOSSIER, lireCircuits } from '../circuits/circuits.ts';
import { LISTE_SYSTEMES } from '../signalements.sert.ts';
import { type Compteurs, DOSSIER_DES_COMPTEURS, lireCompteurs, verifierCompteur, verifierSystemes } from './compteur.rules.ts';

export const listCompteurs = async (dossierContrat: string): Promise<Compteurs> =>
  new Map(lireCompteurs((await lireDossier(dossierContrat))(DOSSIER_DES_COMPTEURS)).map((c) => [c.code, c]));

export function fautesDesCompteurs(contrat: ContratLu, fichiers: (sous: string) => Profils): string[] {
  const circuits = lireCircuits(fichiers(DOSSIER)).map((c) => c.code);
  const compteurs = lireCompteurs(fichiers(DOSSIER_DES_COMPTEURS));
  return [
    ...compteurs.flatMap((c) => verifierCompteur(c, contrat, circuits).map((faute) => `compteurs/${c.code}.yaml, ${faute}`)),
    ...verifierSystemes(contrat.listes.get(LISTE_SYSTEMES) ?? [], [...circuits, ...compteurs.map((c) => c.code)]),
  ];
}
