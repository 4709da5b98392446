/** From a kind of the catalogue to the bodies it calls for. Pure. */
import type { Catalogue, Territoire, TypeInstance } from '../../contrats/index.ts';
import type { NouvelleInstance, Siege } from './instance.queries.ts';

/** Where the contract wants one: the whole contract, each of its first territories, or where people create it. */
export function territoiresPrevus(c: Catalogue, t: TypeInstance): readonly Territoire[] {
  if (t.creation === 'demande' || t.territoires === 'libre') return [];
  return t.territoires === 'mairies' ? c.enfants(c.racine.id) : [c.racine];
}

/** Seats by function: presidency, then composition. */
export const siegesDe = (t: TypeInstance): Siege[] => [
  ...t.presidence.map((p) => ({ qualite: 'president' as const, fonction: p.fonction, organisationId: p.acteur, roleReferents: '' })),
  ...t.composition.map((p) => ({ qualite: p.qualite, fonction: p.fonction, organisationId: p.acteur, roleReferents: p.referents ?? '' })),
];

/** The name of a territory's body says which: « CSPDA, 18e ». */
export function creationDe(c: Catalogue, t: TypeInstance, ou: Territoire): NouvelleInstance {
  return {
    type: t.id,
    nom: ou.id === c.racine.id ? t.nom : `${t.sigle ?? t.nom}, ${ou.court}`,
    nom_entier: '',
    territoireId: ou.id,
    porteurId: t.porteur,
    objet: t.objet,
    confidentialite: t.confidentialite,
    cadence_mois: t.cadence.mois ?? null,
    vote: t.vote,
    // None: it serves the whole contract.
    fiches: t.fiches,
    lieu: '',
    heure: '10:00',
    duree_minutes: t.duree,
  };
}
