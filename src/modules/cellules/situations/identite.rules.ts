import { z } from 'zod';

export const identiteSchema = z.object({ nom: z.string(), prenom: z.string(), naissance: z.string() });
export type Identite = z.output<typeof identiteSchema>;

/** What an opened vault says. */
export const identiteDe = (clair: string): Identite => identiteSchema.parse(JSON.parse(clair));
/** Year of birth, by which two people of the same name are told apart. */
export const naissanceDe = (i: Identite): number => Number(i.naissance.slice(0, 4));
