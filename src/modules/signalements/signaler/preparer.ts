/** From what was typed to a report: places and boundaries read, routed, near ones looked for. */
import type { Contexte } from '../../../core/http/http.ts';
import { avantDeCommencer } from '../../../core/base/database.ts';
import { jourDe } from '../../../core/clock.ts';
import { buildLocaliser, type Catalogue, douterDuPoint, getCatalogue } from '../../contrats/index.ts';
import type { Categorie, Circuit } from '../circuits/circuit.schema.ts';
import { destinationDe, jourDeSemaine } from '../circuits/routage.rules.ts';
import type { NouvelleDemande } from '../demandes/demandes.queries.ts';
import { listProches, type Proche } from '../demandes/proches.queries.ts';
import { idDe } from '../demandes/identifiants.ts';
import { plusJours } from '../../echeances/index.ts';
import type { Faits, Lieux, OuEtQuand } from './saisie.rules.ts';
import type { Quartier } from './pages/Champs.tsx';

export interface Ici {
  catalogue: Catalogue;
  lieux: Lieux;
  quartiers: Quartier[];
}

const places = new WeakMap<Catalogue, Pick<Ici, 'quartiers'> & Pick<Lieux, 'feuilles'>>();
/** The finest places of the contract, each under the one above it: of one catalogue, always the same. */
function placesDe(catalogue: Catalogue) {
  const deja = places.get(catalogue);
  if (deja) return deja;
  const feuilles = [...catalogue.territoires.values()].filter((t) => catalogue.enfants(t.id).length === 0);
  const groupe = (id: string) => catalogue.ascendants(id).find((t) => t.id !== id && t.id !== catalogue.racine.id)?.nom;
  const faites = {
    feuilles: new Set(feuilles.map((t) => t.id)),
    quartiers: feuilles.map((t) => {
      const g = groupe(t.id);
      return { valeur: t.id, libelle: t.nom, ...(g ? { groupe: g } : {}) };
    }),
  };
  places.set(catalogue, faites);
  return faites;
}

export async function situer(c: Contexte): Promise<Ici> {
  const db = avantDeCommencer(c.db);
  const catalogue = await getCatalogue(db, c.contrat.id);
  const localiser = await buildLocaliser(db, catalogue);
  const { feuilles, quartiers } = placesDe(catalogue);
  return {
    catalogue,
    lieux: {
      feuilles,
      localiser,
      douter: (lon, lat) => douterDuPoint(catalogue.contrat.emprise, lon, lat),
      nomDuContrat: catalogue.racine.nom,
      racine: catalogue.racine.id,
      aujourdhui: jourDe(c.maintenant),
      maintenant: c.maintenant,
    },
    quartiers,
  };
}

const PROCHES_MAX = 3;
export const chercherProches = (c: Contexte, circuit: Circuit, k: Categorie, l: OuEtQuand, mots: string): Promise<Proche[]> =>
  listProches(
    c.db,
    c.contrat.id,
    {
      circuit: circuit.code,
      categorie: k.code,
      territoireId: l.territoireId,
      adresse: l.adresse,
      lon: l.lon,
      lat: l.lat,
      texte: mots,
      depuis: plusJours(l.jour, -circuit.rapprocher.jours),
      metres: circuit.rapprocher.metres,
      joignables: true,
    },
    PROCHES_MAX,
  );

/** `de`: who reports in their own name; null for somebody else, or nobody. */
export function buildDemande(
  recuLe: Date,
  cat: Catalogue,
  circuit: Circuit,
  k: Categorie,
  l: OuEtQuand,
  f: Faits,
  o: { canal: string; de: { organisationId: string; id: string | null } | null },
): Omit<NouvelleDemande, 'etat' | 'duLe'> {
  const reponses = Object.fromEntries(Object.entries(f.reponses).map(([q, v]) => [q, typeof v === 'string' ? [] : v]));
  const { service: serviceId, role: roleReferent } = destinationDe(
    circuit,
    { categorie: k.code, territoireId: l.territoireId, heure: l.heure, jourDeSemaine: jourDeSemaine(l.jour), reponses },
    cat.contient,
  );
  const lecteurs = circuit.lecture === 'partenaires' ? null : [...new Set([circuit.pilote, serviceId, ...(o.de ? [o.de.organisationId] : [])])];
  return {
    id: idDe(recuLe),
    circuit: circuit.code,
    canal: o.canal,
    categorie: k.code,
    titre: k.libelle,
    theme: k.theme,
    reponses: f.reponses,
    texte: f.texte,
    textePublic: f.textePublic,
    jour: l.jour,
    heure: l.heure,
    territoireId: l.territoireId,
    adresse: l.adresse,
    lon: l.lon,
    lat: l.lat,
    serviceId,
    roleReferent,
    auteurOrganisation: o.de?.organisationId ?? null,
    auteurId: o.de?.id ?? null,
    lecteurs,
    recuLe,
    compteLieu: circuit.lieux_comptes,
  };
}
