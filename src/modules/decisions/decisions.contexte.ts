/** Who reads decisions, and one decision with the rights on it. Unknown and hidden answer alike. */
import { auTravail, limitesDe, type Utilisateur } from '../../core/authorize.ts';
import { jourDe } from '../../core/clock.ts';
import { interdit, introuvable, ouIntrouvable } from '../../core/errors.ts';
import { type Contexte, texte } from '../../core/http.ts';
import type { Catalogue } from '../contrats/index.ts';
import { cadreDe, chargerInstance, sousPromesse } from '../instances/instances.contexte.ts';
import { peutLireSeances, peutSuivre, ROLES_INSTANCES } from '../instances/instances.policy.ts';
import { getDecision } from './decisions.queries.ts';
import type { Vue } from './listes.queries.ts';

export const cadre = { largeur: 'travail', section: 'decisions' } as const;
export const FIL = [{ libelle: 'Décisions', href: '/decisions' }];
/** What was typed, to be shown again. */
export const champsDe = (c: Contexte): Record<string, string> => Object.fromEntries(Object.entries(c.corps).map(([cle, v]) => [cle, texte(v)]));

export const vueDe = (u: Utilisateur, catalogue: Catalogue, aujourdhui: string): Vue => ({
  metier: auTravail(u),
  ressorts: limitesDe(u, ROLES_INSTANCES)
    .filter((m) => !m.registre)
    .map((m) => ({ territoires: m.territoireId === null ? null : catalogue.descendants(m.territoireId), fiche: m.fiche })),
  courriel: u.courriel.toLowerCase(),
  organisationId: u.organisationId,
  aujourdhui,
});

/** Null for the public and for whoever has no work on the contract. */
export const vueDeLecture = (u: Utilisateur | null, catalogue: Catalogue, aujourdhui: string): Vue | null =>
  u && auTravail(u) ? vueDe(u, catalogue, aujourdhui) : null;

export async function chargerDecision(c: Contexte, verrou = false) {
  const decision = await getDecision(c.db, c.contrat.id, c.params.id ?? '', verrou);
  if (!decision || !c.utilisateur) throw introuvable('Cette décision');
  const chargee = await chargerInstance(c, decision.instanceId).catch(ouIntrouvable('Cette décision'));
  const instance = sousPromesse(chargee.instance, decision);
  if (!peutLireSeances(c.utilisateur, cadreDe(instance), chargee.catalogue.contient)) throw introuvable('Cette décision');
  return {
    ...chargee,
    instance,
    decision,
    u: c.utilisateur,
    suit: peutSuivre(c.utilisateur, decision, cadreDe(instance), chargee.catalogue.contient),
    aujourdhui: jourDe(c.maintenant),
  };
}

export async function chargerPourSuivre(c: Contexte) {
  const d = await chargerDecision(c, true);
  if (!d.suit) throw interdit('Cette décision est confiée à une autre organisation : elle seule, ou le secrétariat de l’instance, dit où elle en est.');
  return d;
}
