/** A register with every kind of field and the directory of a small fictive town, for tests. */
import type { DefinitionRegistre } from './definition.ts';
import { buildRepertoire } from './registres.repertoire.ts';

export const essais: DefinitionRegistre = {
  code: 'essais-de-terrain',
  libelle: 'Essais de terrain',
  singulier: 'essai',
  genre: 'm',
  objet: 'Un essai mené sur le terrain.',
  jour: 'Date de l’essai',
  fin: 'Dernier jour',
  sens: { jour: 'fait', fin: 'prevu' },
  organisation: 'Organisme',
  publique: true,
  champs: [
    {
      code: 'theme',
      libelle: 'Thème',
      type: 'liste',
      options: [
        { code: 'rixes', libelle: 'Rixes et bandes' },
        { code: 'seniors', libelle: 'Sécurité des seniors' },
      ],
      obligatoire: true,
      colonne: true,
      filtre: true,
      public: true,
    },
    { code: 'conjointe', libelle: 'Menée à plusieurs', type: 'booleen', filtre: true, public: true },
    { code: 'participants', libelle: 'Participants', type: 'nombre', unite: 'personnes', entier: true, max: 5000, colonne: true },
    { code: 'partenaire', libelle: 'Partenaire', type: 'acteur', filtre: true },
    { code: 'note', libelle: 'Note interne', type: 'texte', longueurMax: 80 },
    { code: 'rendu', libelle: 'Rendu le', type: 'date', sens: 'fait' },
    {
      code: 'suites',
      libelle: 'Suites',
      type: 'lignes',
      colonnes: [
        { code: 'quoi', libelle: 'Quoi', type: 'texte', longueurMax: 200, obligatoire: true },
        {
          code: 'etat',
          libelle: 'État',
          type: 'liste',
          options: [
            { code: 'a-faire', libelle: 'À faire' },
            { code: 'faite', libelle: 'Faite' },
          ],
          obligatoire: true,
        },
      ],
      quantites: [{ code: 'suites_faites', libelle: 'Suites faites', unite: 'suites', colonne: 'etat', valeur: 'faite' }],
    },
  ],
};

export const petiteVille = buildRepertoire(
  [
    { id: 'ville', nom: 'Valmont', niveau: 'contrat', parent: null, alias: [] },
    { id: 'mairie-a', nom: 'Mairie du 1er', niveau: 'mairie', parent: 'ville', alias: ['1er'] },
    { id: 'mairie-b', nom: 'Mairie du 2e', niveau: 'mairie', parent: 'ville', alias: ['2e'] },
    { id: '99101', nom: '1er arrondissement', niveau: 'arrondissement', parent: 'mairie-a', alias: ['1er', '99101'] },
    { id: '99102', nom: '2e arrondissement', niveau: 'arrondissement', parent: 'mairie-b', alias: ['2e', '99102'] },
    { id: 'q-gare', nom: 'La Gare', niveau: 'quartier', parent: '99101', alias: [] },
  ],
  [
    { id: 'POLICE', nom: 'Police municipale', alias: ['PM'] },
    { id: 'ASSO', nom: 'Association des jeunes' },
  ],
  [
    { numero: '1.1', titre: 'Prévenir', lignes: [{ id: '1.1-R1.1', libelle: 'Former les agents' }] },
    { numero: '1.2', titre: 'Accompagner', lignes: [{ id: '1.2-1', libelle: 'Aller vers' }] },
  ],
);
