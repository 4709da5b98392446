/** Mandates in words, and what a form about one may not say. */
import { ROLES, type Role, type Utilisateur } from '../../../core/authorize.ts';
import type { ErreurDeChamp } from '../../../core/errors.ts';
import { type Contexte, texte } from '../../../core/http.ts';
import type { Comptes } from '../comptes.contexte.ts';
import type { LectureMandat } from '../comptes.schema.ts';
import { peutAccorder } from './gestion.policy.ts';

/** What was typed, to show it again. */
export const champsDe = (c: Contexte): Record<string, string> => Object.fromEntries(Object.entries(c.corps).map(([cle, v]) => [cle, texte(v)]));

const nomRegistre = (k: Comptes, code: string) => `« ${k.registres.find((r) => r.code === code)?.libelle ?? code} »`;

export const direMandat =
  (k: Comptes) =>
  (m: { role: Role; territoireId: string | null; fiche: string | null; registre?: string | null }): string =>
    [ROLES[m.role], m.territoireId && k.nomTerritoire(m.territoireId), m.fiche && `fiche ${m.fiche}`, m.registre && `registre ${nomRegistre(k, m.registre)}`]
      .filter(Boolean)
      .join(', ');

/** Faults that the schema cannot see: what this contract has, what this person may give. */
export const verifierMandat = (k: Comptes, u: Utilisateur | null, m: LectureMandat, organisation: string): ErreurDeChamp[] => [
  ...(peutAccorder(u, m.role, organisation) ? [] : [{ champ: 'role', message: 'Vous ne pouvez pas donner ce rôle. Demandez à la coordination.' }]),
  ...(m.territoire && !k.territoires.some((t) => t.id === m.territoire) ? [{ champ: 'territoire', message: 'Choisissez un territoire du contrat.' }] : []),
  ...(m.fiche && !k.fiches.some((f) => f.numero === m.fiche) ? [{ champ: 'fiche', message: 'Choisissez une fiche du contrat.' }] : []),
  ...(m.registre && !k.registres.some((r) => r.code === m.registre) ? [{ champ: 'registre', message: 'Choisissez un registre.' }] : []),
];
