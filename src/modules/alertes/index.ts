/** Rosters and clocks of alerts, as the modules above know them: who is to be told now, who comes next, what became of a letter. */
export { type Inscrit, listCreneaux, listInscrits, listInscritsParId } from './astreintes/astreintes.queries.ts';
export { ordreDe } from './astreintes/astreintes.rules.ts';
export { causeDuRelais, departDe } from './envois/etat.rules.ts';
export { fonctionDe, getReglement, libelleDeFonction, lireReglement, quiTiennent } from './reglement/reglement.ts';
export type { Reglement } from './reglement/reglement.schema.ts';
export { listTenus, type MessageTenu } from './relais/relais.queries.ts';
