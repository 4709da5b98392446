/** Reports as facts: what the measures on doléances count, imported ones and those that the circuits received. */
import { PETIT } from '../../core/petits-nombres.ts';
import type { DimensionDeFaits, Lexique, SourceDeclaree, ValeurDeListe } from '../../core/faits.ts';
import { getCatalogue } from '../contrats/index.ts';
import { cheminDeDemande } from './demandes/identifiants.ts';
import { circuitsConnus } from './circuits/circuits.ts';
import { THEMES } from './import/dialecte.rules.ts';

/** Key of the contract's list of channels (`listes.yaml`). */
const LISTE_CANAUX = 'canaux-de-signalement';
export const canauxDe = (lexique: Lexique): readonly ValeurDeListe[] => lexique.listes.get(LISTE_CANAUX) ?? [];

/** What the engine itself is reached by, beside the contract's own channels. */
const CANAUX_DU_MOTEUR: readonly ValeurDeListe[] = [
  { code: 'web', libelle: 'Formulaire en ligne' },
  { code: 'partenaire', libelle: 'Partenaire, en son nom' },
  { code: 'open311', libelle: 'Programme d’un tiers (Open311)' },
];

export const PERIMETRES = [
  { code: 'police-municipale', libelle: 'Police municipale' },
  { code: 'autre', libelle: 'Autre service' },
] as const;

export const sourceDoleances: SourceDeclaree = {
  nom: 'doleances',
  listes: [LISTE_CANAUX],
  pour: (lexique) => ({
    nom: 'doleances',
    libelle: 'Doléances des habitants',
    vue: 'faits_doleances',
    cle: 'bigint',
    dimensions: {
      canal: { libelle: 'Canal', type: 'liste', options: canauxDe(lexique) },
      perimetre: { libelle: 'Périmètre', type: 'liste', options: PERIMETRES },
      theme: { libelle: 'Thème', type: 'liste', options: THEMES },
      type: { libelle: 'Type de demande', type: 'texte' },
      service: { libelle: 'Service responsable', type: 'texte' },
    },
    quantites: {},
    // Each channel is a file of its own.
    flux: ['canal'],
    fin: false,
    publique: true,
    // Open data of the city already, line by line.
    diffusion: 'immediate',
    lien: (id) => `/signalements/${id}`,
  }),
};

/** Key of the contract's list of answers that its measures count: `<question>-<option>`. */
const LISTE_REPONSES = 'reponses-comptees';
export const reponsesComptees = (lexique: Lexique): readonly ValeurDeListe[] => lexique.listes.get(LISTE_REPONSES) ?? [];
/** What the measures call it: a column's name has no hyphen. */
const dimensionDeReponse = ({ code, libelle }: ValeurDeListe): [string, DimensionDeFaits] => [
  code.replaceAll('-', '_'),
  { libelle, type: 'booleen', dans: { colonne: 'dites', cle: code } },
];

/** Never public, row by row: a day and a quartier may say which school or which family. */
export const sourceDesDemandes: SourceDeclaree = {
  nom: 'demandes',
  listes: [LISTE_CANAUX],
  listesPossibles: [LISTE_REPONSES],
  pour: (lexique) => ({
    nom: 'demandes',
    libelle: 'Signalements et demandes reçus',
    vue: 'faits_demandes',
    cle: 'uuid',
    dimensions: {
      circuit: { libelle: 'Circuit', type: 'texte' },
      canal: { libelle: 'Canal', type: 'liste', options: [...canauxDe(lexique), ...CANAUX_DU_MOTEUR] },
      categorie: { libelle: 'Catégorie', type: 'texte' },
      theme: { libelle: 'Thème', type: 'liste', options: THEMES },
      service: { libelle: 'Service en charge', type: 'acteur' },
      traitee: { libelle: 'Traitée', type: 'booleen' },
      lieu_compte: { libelle: 'Adresse', type: 'texte' },
      ...Object.fromEntries(reponsesComptees(lexique).map(dimensionDeReponse)),
    },
    quantites: {},
    flux: ['circuit', 'canal'],
    voieDe: 'doleances',
    // Present until it is closed.
    fin: true,
    publique: false,
    // Who reported would see, and show, the number move with their act; a small number by category names a hall or a school. « Vous avez signalé, nous avons fait »
    // tells finished quarters and hides below five.
    diffusion: {
      recul: 1,
      seuil: PETIT,
      grain: 'premier-niveau',
      dimensions: ['circuit', 'canal', 'theme'],
      pourquoi: 'Un petit nombre, un jour, un lieu désigneraient une famille, une école ou qui a signalé.',
    },
    async libellesAjoutes(db, contratId) {
      const circuits = [...(circuitsConnus((await getCatalogue(db, contratId)).slug)?.values() ?? [])];
      return new Map([
        ...circuits.map((c): [string, string] => [`circuit:${c.code}`, c.titre]),
        ...circuits.flatMap((c) => c.categories.map((k): [string, string] => [`categorie:${k.code}`, k.libelle])),
      ]);
    },
    lien: cheminDeDemande,
  }),
};
