import type { Utilisateur } from '../../core/authorize.ts';
import type { Adresses, Echeance, Prevenir } from '../echeances/index.ts';

/** Who is written to of each entry: those who have an account and whom it concerns. */
export const prevenir = (p: Prevenir, concerne: (u: Utilisateur, e: Echeance) => boolean): Adresses =>
  new Map(p.echeances.map((e) => [e.id, p.comptes.filter((u) => concerne(u, e)).map((u) => ({ courriel: u.courriel, nom: u.nom }))]));
