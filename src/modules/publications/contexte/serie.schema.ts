/** A context series as its file says it: `contrats/<slug>/contexte/<code>.yaml`. */
import { basename } from 'node:path';
import { z } from 'zod';
import { ligne } from '../../../core/http/fields.ts';
import type { ContratLu, Profils } from '../../../core/module.ts';
import { lireDossier } from '../../contrats/index.ts';

export const DOSSIER = 'contexte';
/** Of the population that counts by inhabitant divide by. */
export const POPULATION = 'population';
const dit = ligne('Ce texte', 600).min(1);
const lien = z.strictObject({ nom: dit, adresse: z.url() });
const annee = z.number().int().min(1900).max(2100);

export const serieSchema = z
  .strictObject({
    titre: dit,
    producteur: dit,
    source: lien,
    licence: lien,
    format: z.enum(['ssmsi-communale', 'baac', 'insee-populations', 'annee-lieu-valeur']),
    definition: dit,
    unite: dit,
    geographie: dit,
    compte: dit,
    ne_compte_pas: dit,
    /** What must not be read into it; said above the chart. */
    prudence: dit.optional(),
    ruptures: z.array(z.strictObject({ annee, constat: dit })).default([]),
    /** Beside which fiches it is shown; all its indicators when none is named. */
    fiches: z.array(z.strictObject({ fiche: z.string(), indicateurs: z.array(z.string().min(1)).optional() })).default([]),
    /** Of a file that holds years, places and values alone: what they count, in its unit. */
    indicateur: z.strictObject({ nom: z.string().min(1).max(200), unite: z.string().min(1).max(200) }).optional(),
  })
  .refine((s) => (s.format === 'annee-lieu-valeur') === (s.indicateur !== undefined), {
    error: 'indicateur : donné avec le format « annee-lieu-valeur », et avec lui seul',
  });
export type Serie = z.output<typeof serieSchema> & { code: string };

export const lireSeries = (fichiers: Profils): Serie[] =>
  fichiers.noms.flatMap((code) => {
    const lue = fichiers.lire(code, serieSchema);
    return lue ? [{ ...lue, code }] : [];
  });

export const listSeries = async (dossierContrat: string): Promise<Serie[]> =>
  lireSeries((await lireDossier(dossierContrat))(DOSSIER)).sort((a, b) => a.titre.localeCompare(b.titre, 'fr'));

/** Read once for each contract served, by its slug: what its pages draw from. */
const tenues = new Map<string, readonly Serie[]>();
export async function tenirSeries(dossierContrat: string): Promise<void> {
  tenues.set(basename(dossierContrat), await listSeries(dossierContrat));
}
export const seriesDe = (slug: string): readonly Serie[] => tenues.get(slug) ?? [];

/** Faults of a series against its contract. Pure. */
export const verifierSerie = (s: Serie, c: Pick<ContratLu, 'fiches'>): string[] => [
  ...s.fiches.filter((f) => !c.fiches.has(f.fiche)).map((f) => `fiche « ${f.fiche} » inconnue`),
  ...(s.format === 'insee-populations' && s.code !== POPULATION ? [`le format « insee-populations » est celui de ${POPULATION}.yaml`] : []),
];
