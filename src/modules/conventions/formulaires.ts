/** One form a page, below the act that it is of: how it is shown, read, and refused when the act is over. */
import type { ReactNode } from 'react';
import { auTravail } from '../../core/authorize.ts';
import { conflit, type ErreurDeChamp, interdit } from '../../core/errors.ts';
import { type Contexte, type Lisible, lire, page, redirige, type Reponse, champsDe } from '../../core/http/http.ts';
import { type Charge, charger, PAS_A_VOUS } from './conventions.contexte.ts';
import { peutTenir } from './conventions.policy.ts';
import { etatDe } from './conventions.rules.ts';

export const FIL = [{ libelle: 'Conventions et actes', href: '/conventions' }];
/** The frame of work for who works, that of everybody else otherwise. */
export const dansDe = (c: Contexte) => ({ section: 'conventions', ...(auTravail(c.utilisateur) ? { largeur: 'travail' as const } : {}) });
export interface Formulaire {
  champs: Readonly<Record<string, string>>;
  erreurs: readonly ErreurDeChamp[];
  /** What surprises, asked once. */
  etonnements: readonly ErreurDeChamp[];
}
const RIEN: Formulaire = { champs: {}, erreurs: [], etonnements: [] };
export const montrer = (c: Contexte, s: Charge, titre: string, corps: (f: Formulaire) => ReactNode, f: Formulaire = RIEN): Reponse =>
  page({
    ...dansDe(c),
    fil: [...FIL, { libelle: s.acte.titre, href: `/conventions/${s.acte.id}` }],
    titre,
    statut: f.erreurs.length + f.etonnements.length > 0 ? 422 : 200,
    corps: corps(f),
  });
/** One form: shown empty, and shown again with what was typed and what is wrong with it. */
export const ecran = <P extends Charge>(titre: string, Page: (p: P & Formulaire) => ReactNode) => ({
  montrer: (c: Contexte, p: P): Reponse => montrer(c, p, titre, (f) => Page({ ...p, ...f })),
  /** `etonnements`: what may be said all the same, once it is confirmed. */
  refuser:
    (c: Contexte, p: P) =>
    (erreurs: readonly ErreurDeChamp[], etonnements: readonly ErreurDeChamp[] = []): Reponse =>
      montrer(c, p, titre, (f) => Page({ ...p, ...f }), { champs: champsDe(c), erreurs, etonnements }),
});
export const vers = (s: Charge, ancre: string): Reponse => redirige(`/conventions/${s.acte.id}#${ancre}`);
export const ou = (c: Contexte, s: Charge) => ({ contratId: c.contrat.id, id: s.acte.id });
export async function pourLire(c: Contexte): Promise<Charge> {
  const s = await charger(c);
  if (!peutTenir(c.utilisateur, s.tenu, s.catalogue.contient)) throw interdit(PAS_A_VOUS);
  return s;
}
/** What was denounced or replaced gets no signature, review, avenant nor promise: another act does. */
export function exigerEnCours(s: Charge): void {
  const etat = etatDe(s.acte, s.aujourdhui);
  if (etat === 'denoncee' || etat === 'remplacee')
    throw conflit('Cet acte ne lie plus personne : il a été dénoncé ou remplacé. Écrivez un nouvel acte, et dites qu’il remplace celui-ci.');
}
export function lireOu<T>(
  c: Contexte,
  schema: Lisible<T>,
  vides: readonly string[],
): { valeur: T; erreurs: null } | { valeur: null; erreurs: ErreurDeChamp[] } {
  const lu = lire(schema, { ...Object.fromEntries(vides.map((v) => [v, ''])), ...champsDe(c) });
  return lu.ok ? { valeur: lu.valeur, erreurs: null } : { valeur: null, erreurs: lu.erreurs };
}
