/** The contract in the words that accounts need, read from the catalogue as it stands. */
import type { Catalogue } from '../contrats/index.ts';
import type { VueContrat } from './comptes.contexte.ts';

export const vueDuContrat = (c: Catalogue): VueContrat => ({
  titre: c.contrat.titre,
  acteurs: [...c.acteurs.values()].map((a) => ({ id: a.id, nom: a.nom })).sort((a, b) => a.nom.localeCompare(b.nom, 'fr')),
  // The whole contract is said by no territory at all.
  territoires: [...c.territoires.values()]
    .filter((t) => t.id !== c.racine.id && (c.enfants(t.id).length > 0 || t.type !== 'quartier'))
    .map((t) => ({ id: t.id, nom: t.nom })),
  fiches: [...c.fiches.values()].map((f) => ({ numero: f.numero, titre: f.titre })),
  nomActeur: c.nomActeur,
  nomTerritoire: (id) => c.territoires.get(id)?.nom ?? id,
  contient: (grand, petit) => c.descendants(grand).includes(petit),
});
