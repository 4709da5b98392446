/** A card and a service as forms show them, and from what forms say to what is written. */
import type { Enregistre } from '../../../core/http/versions.ts';
import type { ErreurDeChamp } from '../../../ui/types.ts';
import type { FormulairePartage } from '../../../ui/Conflict.tsx';
import type { Catalogue } from '../../contrats/index.ts';
import { lireHoraires } from '../horaires.ts';
import { direAccessibilite, direLangue } from '../referentiel/accueil.ts';
import { direBesoin } from '../referentiel/besoins.ts';
import { FRAIS, MODES_ACCUEIL, MODES_MOBILISATION, PUBLICS } from '../referentiel/data-inclusion.ts';
import { type Contenu, contenuDe, VIDE } from './ecrire.ts';
import type { Service, ServiceTenu, StructureTenue } from './structures.queries.ts';
import type { Pratique, StructureSaisie } from './structures.schema.ts';

const oui = (b: boolean): string => (b ? 'oui' : '');
const nombre = (n: number | null): string => (n === null ? '' : String(n).replace('.', ','));

const PRATIQUES = {
  adresse: { libelle: 'Adresse' },
  complement: { libelle: 'Complément' },
  code_postal: { libelle: 'Code postal' },
  commune: { libelle: 'Commune' },
  telephone: { libelle: 'Téléphone' },
  courriel: { libelle: 'Courriel' },
  site_web: { libelle: 'Site' },
  horaires: { libelle: 'Horaires' },
  venir: { libelle: 'Comment venir', long: true },
  langues: { libelle: 'Langues parlées', dire: direLangue },
  accessibilite: { libelle: 'Accessibilité', dire: direAccessibilite },
};
const pratiquesDe = (s: StructureTenue) => ({
  adresse: s.adresse,
  complement: s.complement,
  code_postal: s.codePostal,
  commune: s.commune,
  telephone: s.telephone,
  courriel: s.courriel,
  site_web: s.siteWeb,
  horaires: s.horaires,
  venir: s.venir,
  langues: s.langues,
  accessibilite: s.accessibilite,
});
export const enregistrePratique = (s: StructureTenue): Enregistre => ({ version: s.version, champs: pratiquesDe(s), par: s.majPar, le: s.majLe });
export const enregistreStructure = (s: StructureTenue): Enregistre => ({
  version: s.version,
  par: s.majPar,
  le: s.majLe,
  champs: {
    nom: s.nom,
    description: s.description,
    organisation: s.organisationId,
    parente: s.parenteId ?? '',
    territoire: s.territoireId,
    siret: s.siret,
    longitude: nombre(s.longitude),
    latitude: nombre(s.latitude),
    ...pratiquesDe(s),
    lieu_sur: oui(s.lieuSur),
    label: s.label,
    correspondant_nom: s.correspondantNom,
    correspondant_courriel: s.correspondantCourriel,
  },
});
export const formulairePratique = (s: StructureTenue, action: string): FormulairePartage => ({ objet: s.nom, action, retour: action, champs: PRATIQUES });
export const formulaireStructure = (s: StructureTenue, catalogue: Catalogue): FormulairePartage => ({
  objet: s.nom,
  action: `/annuaire/structures/${s.id}/corriger`,
  retour: `/annuaire/structures/${s.id}`,
  champs: {
    ...PRATIQUES,
    nom: { libelle: 'Nom du lieu' },
    description: { libelle: 'En quelques mots', long: true },
    organisation: { libelle: 'Organisme qui en répond', dire: (v) => catalogue.nomActeur(v) },
    parente: { libelle: 'Permanence de' },
    territoire: { libelle: 'Territoire', dire: (v) => catalogue.territoires.get(v)?.nom ?? v },
    siret: { libelle: 'SIRET' },
    longitude: { libelle: 'Longitude' },
    latitude: { libelle: 'Latitude' },
    lieu_sur: { libelle: 'On peut s’y réfugier' },
    label: { libelle: 'Label' },
    correspondant_nom: { libelle: 'Correspondant' },
    correspondant_courriel: { libelle: 'Courriel du correspondant' },
  },
});

export const enregistreService = (s: ServiceTenu): Enregistre => ({
  version: s.version,
  par: s.majPar,
  le: s.majLe,
  champs: {
    nom: s.nom,
    description: s.description,
    besoins: s.besoins,
    publics: s.publics,
    publics_precisions: s.publicsPrecisions,
    conditions: s.conditions,
    frais: s.frais,
    frais_precisions: s.fraisPrecisions,
    modes_accueil: s.modesAccueil,
    modes_mobilisation: s.modesMobilisation,
    mobilisation_precisions: s.mobilisationPrecisions,
    lien_mobilisation: s.lienMobilisation,
    sans_rdv: oui(s.sansRdv),
    anonyme: oui(s.anonyme),
    retire: oui(s.retireLe !== null),
  },
});
const parmi = (liste: Readonly<Record<string, string>>) => (code: string) => liste[code] ?? code;
export const formulaireService = (s: Service): FormulairePartage => ({
  objet: s.nom,
  action: `/annuaire/structures/${s.structureId}/services/${s.id}`,
  retour: `/annuaire/structures/${s.structureId}`,
  champs: {
    nom: { libelle: 'Ce qui est proposé' },
    description: { libelle: 'Description', long: true },
    besoins: { libelle: 'Besoins', dire: direBesoin },
    publics: { libelle: 'Publics', dire: parmi(PUBLICS) },
    publics_precisions: { libelle: 'Pour qui précisément', long: true },
    conditions: { libelle: 'Conditions', long: true },
    frais: { libelle: 'Prix', dire: parmi(FRAIS) },
    frais_precisions: { libelle: 'Précisions sur le prix', long: true },
    modes_accueil: { libelle: 'Accueil', dire: parmi(MODES_ACCUEIL) },
    modes_mobilisation: { libelle: 'Comment faire', dire: parmi(MODES_MOBILISATION) },
    mobilisation_precisions: { libelle: 'Comment faire précisément', long: true },
    lien_mobilisation: { libelle: 'Lien' },
    sans_rdv: { libelle: 'Sans rendez-vous' },
    anonyme: { libelle: 'Anonyme' },
    retire: { libelle: 'N’est plus proposé' },
  },
});

type Lu<T> = { ok: true; valeur: T } | { ok: false; erreurs: ErreurDeChamp[] };
/** Practical facts as typed, over what the card says. Hours are kept in the syntax of the exchange. */
export async function avecPratique(v: Pratique, sur: Contenu): Promise<Lu<Contenu>> {
  const h = await lireHoraires(v.horaires);
  if (!h.ok) return { ok: false, erreurs: [{ champ: 'horaires', message: h.message }] };
  const demenage = v.adresse !== sur.adresse || v.code_postal !== sur.code_postal;
  return {
    ok: true,
    valeur: {
      ...sur,
      ...v,
      horaires: h.horaires,
      // A point follows its address: a new address without a point has none.
      ...(demenage ? { longitude: null, latitude: null, code_insee: '' } : {}),
    },
  };
}
/** The whole card as typed. `erreurs` names what the contract does not know. */
export async function avecSaisie(v: StructureSaisie, catalogue: Catalogue, sur: StructureTenue | null): Promise<Lu<Contenu>> {
  const erreurs: ErreurDeChamp[] = [];
  if (!catalogue.territoires.has(v.territoire)) erreurs.push({ champ: 'territoire', message: 'Choisissez un territoire dans la liste.' });
  if (v.organisation && !catalogue.acteurs.has(v.organisation)) erreurs.push({ champ: 'organisation', message: 'Choisissez un organisme dans la liste.' });
  if (sur && v.parente === sur.id) erreurs.push({ champ: 'parente', message: 'Un lieu n’est pas une permanence de lui-même.' });
  if (v.correspondant_courriel && !v.correspondant_nom) erreurs.push({ champ: 'correspondant_nom', message: 'Écrivez à qui ce courriel sera adressé.' });
  if (erreurs.length > 0) return { ok: false, erreurs };
  const { organisation, parente, territoire, longitude, latitude, ...reste } = v;
  const pratique = await avecPratique(reste, sur ? contenuDe(sur) : VIDE);
  if (!pratique.ok) return pratique;
  const code = catalogue.territoires.get(territoire)?.code ?? '';
  return {
    ok: true,
    valeur: {
      ...pratique.valeur,
      nom: v.nom,
      description: v.description,
      organisation_id: organisation,
      parente_id: parente || null,
      territoire_id: territoire,
      siret: v.siret,
      longitude,
      latitude,
      lieu_sur: v.lieu_sur,
      label: v.label,
      correspondant_nom: v.correspondant_nom,
      correspondant_courriel: v.correspondant_courriel,
      code_insee: pratique.valeur.code_insee || (/^\d{5}$/.test(code) ? code : ''),
    },
  };
}

/** A service of which nothing is said yet. */
export const SERVICE_VIDE: Readonly<Record<string, string | readonly string[]>> = {
  ...Object.fromEntries(
    [
      'nom',
      'description',
      'publics_precisions',
      'conditions',
      'frais',
      'frais_precisions',
      'mobilisation_precisions',
      'lien_mobilisation',
      'sans_rdv',
      'anonyme',
      'retire',
    ].map((n) => [n, '']),
  ),
  besoins: [],
  publics: [],
  modes_accueil: [],
  modes_mobilisation: [],
};
