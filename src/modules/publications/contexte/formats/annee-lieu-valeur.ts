/** Any other series: a year, a place by its Insee code, a value; « secret » is kept as such. What it counts is said by its definition. */
import { type Fichier, lireAnnee, lireDecimal, lireRangees, type Point } from '../lecture.ts';
import type { Format } from './format.ts';

const FICHIER: Fichier = {
  nom: 'une série « annee ; lieu ; valeur »',
  colonnes: { annee: /^ann[eé]e$/i, lieu: /^lieu$/i, valeur: /^valeur$/i },
};

export const anneeLieuValeur: Format = {
  fichiers: [{ champ: 'fichier', libelle: 'Fichier « annee ; lieu ; valeur » (CSV)' }],
  async *lire({ sources: [source = ''], serie, territoireDe, compte }) {
    const { nom = serie.titre, unite = '' } = serie.indicateur ?? {};
    for await (const r of lireRangees(source, FICHIER, compte)) {
      const [annee, territoire] = [lireAnnee(r.champ('annee')), territoireDe(r.champ('lieu'))];
      const secret = r.champ('valeur').toLowerCase() === 'secret';
      const valeur = secret ? null : lireDecimal(r.champ('valeur'));
      if (annee === null) compte.rejeter(r.ligne, 'colonne « annee », année illisible', r.champ('annee'));
      else if (!territoire) compte.rejeter(r.ligne, 'colonne « lieu », inconnu du contrat', r.champ('lieu'));
      else if (valeur === undefined || (valeur === null && !secret)) compte.rejeter(r.ligne, 'colonne « valeur », nombre illisible', r.champ('valeur'));
      else yield { indicateur: nom, unite, territoire, annee, etat: secret ? 'secret' : 'valeur', valeur, taux: null, denominateur: '' } satisfies Point;
    }
  },
};
