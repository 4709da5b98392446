/** Reports, for other modules: what in a free text may tell of somebody. */
export { detecter, direTrouvailles, type Trouvaille } from './texte/detecteur.rules.ts';
