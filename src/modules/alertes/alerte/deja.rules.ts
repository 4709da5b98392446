/** What another person did of an alert, said to who comes after. Pure. */
import { jourEtHeure } from '../../../ui/typographie.ts';
import type { Alerte } from './alertes.queries.ts';

/** Two officers at once: the first one decides, the second reads what was decided. */
export function dejaDit(a: Pick<Alerte, 'etat' | 'diffuseeLe' | 'valideePar' | 'validation'>): string {
  const quand = a.diffuseeLe ? ` le ${jourEtHeure(a.diffuseeLe)}` : '';
  if (a.etat === 'ecartee') return `${a.valideePar || 'Une autre personne'} l’a écartée : elle ne part pas.`;
  if (a.validation === 'delai') return `Elle est partie d’elle-même${quand}, le délai passé.`;
  return `${a.valideePar || 'Une autre personne'} l’a déjà validée : elle est partie${quand}.`;
}

const HEURE = 3_600_000;
/** Hours during which an alert is said to have been sent by mistake. */
const ERREUR_H = 24;
/** Days after which one that is closed climbs no more: another is written. */
const CLOSE_J = 7;
type Montee = Pick<Alerte, 'etat' | 'doublonDe' | 'erreurLe' | 'appriseLe' | 'closeLe'>;
/** Why it climbs no more; null when it may. */
export function peutMonter(a: Montee, maintenant: Date): string | null {
  if (a.doublonDe) return 'Cette alerte est jointe à une autre, qui seule compte : c’est l’autre qui passe à un palier plus haut.';
  if (a.etat === 'ecartee' || a.erreurLe) return 'Cette alerte ne compte pas : écrivez-en une autre.';
  if (a.appriseLe) return 'Cette rixe a été apprise après coup : personne n’est à prévenir.';
  if (a.closeLe && maintenant.getTime() - a.closeLe.getTime() > CLOSE_J * 24 * HEURE)
    return `Cette alerte est close depuis plus de ${CLOSE_J} jours : écrivez-en une autre.`;
  return null;
}
/** Why it is not said to have been sent by mistake; null when it may be. */
export function peutSeDireErreur(a: Pick<Alerte, 'diffuseeLe' | 'doublonDe' | 'erreurLe'>, maintenant: Date): string | null {
  if (a.erreurLe) return 'Elle est déjà dite envoyée par erreur.';
  if (!a.diffuseeLe) return 'Elle n’est pas partie.';
  if (a.doublonDe) return 'Cette alerte est jointe à une autre, qui seule compte.';
  if (maintenant.getTime() - a.diffuseeLe.getTime() > ERREUR_H * HEURE)
    return `Partie depuis plus de ${ERREUR_H} heures, elle compte. Levez-la en disant que l’information était fausse.`;
  return null;
}
