/** Whom a sending reaches: members with an address, named members without one, seats where nobody sits yet. Pure. */
import { enumerer, INSECABLE, pluriel } from '../../ui/typographie.ts';
import { adressesDe } from './preparation/convocation.rules.ts';
import type { Comptes, Participant } from './seances.queries.ts';

export interface Portee {
  joints: readonly Participant[];
  sansAdresse: readonly Participant[];
  vacants: readonly Participant[];
  /** Reachable now, and that the last sending did not reach. */
  aJoindre: readonly Participant[];
}

export const estVacant = (p: Pick<Participant, 'nom' | 'courriel' | 'suppleantNom' | 'suppleantCourriel'>): boolean =>
  p.nom === '' && p.courriel === '' && p.suppleantNom === '' && p.suppleantCourriel === '';

/** `envoyee`: what was sent, told from those whom it reached; otherwise whom it would reach. */
export function porteeDe(participants: readonly Participant[], envoyee = false): Portee {
  const attendus = participants.filter((p) => p.retireLe === null);
  const joignables = attendus.filter((p) => adressesDe(p).length > 0);
  const muets = attendus.filter((p) => adressesDe(p).length === 0);
  return {
    joints: envoyee ? joignables.filter((p) => p.convoqueLe !== null) : joignables,
    sansAdresse: muets.filter((p) => !estVacant(p)),
    vacants: muets.filter(estVacant),
    aJoindre: joignables.filter((p) => p.convoqueLe === null),
  };
}
const ferme = (nom: string, parti: boolean): string => `${nom}${parti ? ' (compte fermé)' : ''}`;
/** « Paul Petit (compte fermé) ». Empty: known by an address alone. */
export function direPersonne(p: Pick<Participant, 'nom' | 'courriel' | 'suppleantNom' | 'suppleantCourriel' | 'parti' | 'suppleantParti'>): string {
  if (p.nom) return ferme(p.nom, p.parti);
  if (p.suppleantNom) return ferme(p.suppleantNom, p.suppleantParti);
  return estVacant(p) ? 'siège vacant' : p.parti ? 'compte fermé' : '';
}
/** Nobody reads there any more: the accounts of its addresses are closed. */
export const estParti = (p: Pick<Participant, 'parti' | 'suppleantParti'>): boolean => p.parti || p.suppleantParti;
export const compter = (p: Portee): Comptes => ({
  joints: p.joints.length,
  sansAdresse: p.sansAdresse.length,
  vacants: p.vacants.length,
  partis: p.sansAdresse.filter(estParti).length,
});

/** « à 2 membres, 9 sièges sans adresse : 8 à pourvoir et 1 dont le membre n’a pas d’adresse ». */
export function direPortee(c: Comptes): string {
  const muets = c.sansAdresse + c.vacants;
  const partis = c.partis ?? 0;
  const qui = c.joints === 0 ? 'à personne' : `à ${pluriel(c.joints, 'membre')}`;
  if (muets === 0) return qui;
  const detail = enumerer([
    ...(c.vacants > 0 ? [`${c.vacants} à pourvoir`] : []),
    ...(c.sansAdresse > partis ? [`${c.sansAdresse - partis} dont le membre n’a pas d’adresse`] : []),
    ...(partis > 0 ? [`${partis} dont le compte du membre est fermé`] : []),
  ]);
  return `${qui}, ${pluriel(muets, 'siège')} sans adresse${INSECABLE}: ${detail}`;
}
