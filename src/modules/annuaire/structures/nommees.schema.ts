/** Places that the contract itself names: `contrats/<slug>/structures.yaml`. Format in words: README.md of this module. */
import { z } from 'zod';
import type { ContratLu, Profils } from '../../../core/module.ts';
import { estUnBesoin } from '../referentiel/besoins.ts';
import { PUBLICS } from '../referentiel/data-inclusion.ts';

const ligne = (max: number) => z.string().trim().min(3).max(max);
const nommeesSchema = z.strictObject({
  structures: z.array(
    z.strictObject({
      /** Never changes: by it a card is loaded once. */
      cle: z.string().regex(/^[a-z0-9][a-z0-9-]{0,59}$/, 'attendu : un code en minuscules, chiffres et tirets'),
      nom: ligne(150),
      /** Who answers for it. */
      acteur: z.string(),
      /** The whole contract where left out. */
      territoire: z.string().optional(),
      /** What is done there, in the words of the contract. */
      service: ligne(150),
      besoins: z.array(z.string().refine(estUnBesoin, 'besoin inconnu')).min(1),
      publics: z.array(z.string().refine((p) => Object.hasOwn(PUBLICS, p), 'public inconnu')).default([]),
      precisions: z.string().max(1000).default(''),
      /** Systems that it serves while it is online. */
      systemes: z.array(z.string()).min(1),
      /** Line or fiche that names it, or `glossaire`. */
      source: z.string(),
    }),
  ),
});
export type Nommee = z.output<typeof nommeesSchema>['structures'][number];

const NOM = 'structures';
export const lireNommees = (fichiers: Profils): readonly Nommee[] => fichiers.lire(NOM, nommeesSchema)?.structures ?? [];

/** What the contract does not hold, of each. */
export function verifierNommees(lues: readonly Nommee[], c: Pick<ContratLu, 'acteurs' | 'territoires' | 'lignes' | 'fiches' | 'systemes'>): string[] {
  const cles = lues.map((n) => n.cle);
  return lues.flatMap((n, i) =>
    [
      ...(cles.indexOf(n.cle) === i ? [] : ['cette clé est là deux fois']),
      ...(c.acteurs.has(n.acteur) ? [] : [`acteur « ${n.acteur} » inconnu`]),
      ...(n.territoire === undefined || c.territoires.has(n.territoire) ? [] : [`territoire « ${n.territoire} » inconnu`]),
      ...n.systemes.filter((s) => !c.systemes.has(s)).map((s) => `dispositif « ${s} » inconnu`),
      ...(n.source === 'glossaire' || c.lignes.has(n.source) || c.fiches.has(n.source)
        ? []
        : [`source « ${n.source} » : ni ligne, ni fiche, ni « glossaire »`]),
    ].map((faute) => `${NOM}.yaml, ${n.cle} : ${faute}`),
  );
}
