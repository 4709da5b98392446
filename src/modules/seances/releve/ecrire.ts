/** Papers of a session in their formats. */
import type { ConvocationContenu } from './convocation.modele.ts';
import { ecrireReleve } from './ecriture.rules.ts';
import { ecrireFeuille, ecrireLettre } from './feuilles.rules.ts';
import type { FormatReleve, GenreDocument, ReleveContenu } from './releve.modele.ts';
import { ecrire, type Logo } from '../../documents/index.ts';

/** Relevé (what was decided) or compte rendu (everything that was said and shown). */
export const ecrireDocument = (c: ReleveContenu, genre: GenreDocument, format: FormatReleve, logo: Logo | null = null): Promise<Buffer> =>
  ecrire(ecrireReleve(c, genre, logo), format);

/** The sheet that those present sign. */
export const ecrireEmargement = (c: ReleveContenu, format: FormatReleve, logo: Logo | null = null): Promise<Buffer> => ecrire(ecrireFeuille(c, logo), format);

/** The letter to one of the members. */
export const ecrireConvocation = (d: ConvocationContenu, format: FormatReleve, logo: Logo | null = null): Promise<Buffer> =>
  ecrire(ecrireLettre(d, logo), format);
