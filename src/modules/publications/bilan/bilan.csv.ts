/** Every measure, one a line: value and state in two columns, for a spreadsheet or a program. */
import { fichierCsv } from '../../../core/csv.ts';
import type { BilanContenu } from './bilan.modele.ts';

const ENTETE = [
  'annee',
  'territoire',
  'fiche',
  'mesure',
  'libelle',
  'unite',
  'obtention',
  'valeur',
  'etat',
  'validation',
  'contributions',
  'enregistrements_sans_quantite',
  'texte',
  'source',
  'methode',
  'limites',
  'attendu_de',
  'cible',
  'ecart_a_la_cible',
  'decision_de_la_cible',
  'donnees_fictives',
  'licence',
];

export const ecrireCsv = (c: BilanContenu): Buffer =>
  Buffer.from(
    fichierCsv(
      ENTETE,
      c.annexe.map((l) => [
        String(c.annee),
        c.territoire.nom,
        l.fiche,
        l.id,
        l.libelle,
        l.unite,
        l.obtention,
        l.chiffre.valeur,
        l.chiffre.mot,
        l.chiffre.validation,
        l.chiffre.contributions,
        l.chiffre.incomplet > 0 ? l.chiffre.incomplet : null,
        l.chiffre.texte ?? null,
        l.source,
        l.methode,
        l.limites,
        l.attenduDe,
        l.cible?.dite ?? '',
        l.cible?.ecart ?? '',
        l.cible?.decision ?? '',
        c.demonstration ? 'oui' : 'non',
        c.contrat.licence.nom,
      ]),
    ),
  );
