/** Papers of a session in their formats. */
import type { ConvocationContenu } from './convocation.modele.ts';
import { ecrireReleve } from './ecriture.rules.ts';
import { ecrireFeuille, ecrireLettre } from './feuilles.rules.ts';
import type { FormatReleve, GenreDocument, ReleveContenu } from './releve.modele.ts';
import { ecrire } from '../../documents/index.ts';

/** Relevé (what was decided) or compte rendu (everything that was said and shown). */
export const ecrireDocument = (c: ReleveContenu, genre: GenreDocument, format: FormatReleve): Promise<Buffer> => ecrire(ecrireReleve(c, genre), format);

/** The sheet that those present sign. */
export const ecrireEmargement = (c: ReleveContenu, format: FormatReleve): Promise<Buffer> => ecrire(ecrireFeuille(c), format);

/** The letter to one of the members. */
export const ecrireConvocation = (d: ConvocationContenu, format: FormatReleve): Promise<Buffer> => ecrire(ecrireLettre(d), format);
