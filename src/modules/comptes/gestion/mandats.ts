/** Mandates in words, and what a form about one may not say. */
import { type Mandat, ROLES } from '../../../core/authorize.ts';
import type { ErreurDeChamp } from '../../../core/errors.ts';
import type { Comptes, VueContrat } from '../comptes.contexte.ts';

const nomRegistre = (k: Comptes, code: string) => `« ${k.registres.find((r) => r.code === code)?.libelle ?? code} »`;

export type DireMandat = (m: Mandat) => string;
export const direMandat =
  (k: Comptes, contrat: VueContrat): DireMandat =>
  (m) =>
    [
      ROLES[m.role],
      m.territoireId && contrat.nomTerritoire(m.territoireId),
      m.fiche && `fiche ${m.fiche}`,
      m.registre && `registre ${nomRegistre(k, m.registre)}`,
    ]
      .filter(Boolean)
      .join(', ');

/** Faults that the schema cannot see: what this contract has, and what day it is. */
export const verifierMandat = (
  k: Comptes,
  contrat: VueContrat,
  m: { territoire: string | null; fiche: string | null; registre: string | null; fin: string | null },
  jour: string,
): ErreurDeChamp[] => [
  ...(m.fin && m.fin < jour
    ? [{ champ: 'fin', message: 'Cette date est passée : le mandat n’ouvrirait rien. Choisissez un jour à venir, ou laissez vide.' }]
    : []),
  ...(m.territoire && !contrat.territoires.some((t) => t.id === m.territoire)
    ? [{ champ: 'territoire', message: 'Choisissez un territoire du contrat.' }]
    : []),
  ...(m.fiche && !contrat.fiches.some((f) => f.numero === m.fiche) ? [{ champ: 'fiche', message: 'Choisissez une fiche du contrat.' }] : []),
  ...(m.registre && !k.registres.some((r) => r.code === m.registre) ? [{ champ: 'registre', message: 'Choisissez un registre.' }] : []),
];
