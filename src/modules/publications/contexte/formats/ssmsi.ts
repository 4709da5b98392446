/** Recorded crime by commune. A value that is not published (`ndiff`) is *secret*: the mean given for such communes never fills it. */
import { type Fichier, lireAnnee, lireDecimal, lireRangees, type Point } from '../lecture.ts';
import type { Format } from './format.ts';

const FICHIER: Fichier = {
  nom: 'la base communale du SSMSI',
  colonnes: {
    CODGEO: /^codgeo/i,
    annee: /^annee$/i,
    indicateur: /^indicateur$/i,
    unite_de_compte: /^unite_de_compte$/i,
    nombre: /^nombre$/i,
    taux_pour_mille: /^taux_pour_mille$/i,
    est_diffuse: /^est_diffuse$/i,
  },
};
const LIBELLE_MAX = 200;

export const ssmsi: Format = {
  fichiers: [{ champ: 'fichier', libelle: 'Base communale (CSV ou CSV.GZ)' }],
  async *lire({ sources: [source = ''], territoireDe, compte }) {
    for await (const r of lireRangees(source, FICHIER, compte)) {
      const [annee, valeur, taux] = [lireAnnee(r.champ('annee')), lireDecimal(r.champ('nombre')), lireDecimal(r.champ('taux_pour_mille'))];
      const territoire = territoireDe(r.champ('CODGEO'));
      const secret = r.champ('est_diffuse') === 'ndiff';
      const [indicateur, unite] = [r.champ('indicateur'), r.champ('unite_de_compte')];
      if (!territoire) compte.rejeter(r.ligne, 'commune hors du contrat');
      else if (annee === null) compte.rejeter(r.ligne, 'colonne « annee », année illisible', r.champ('annee'));
      else if (valeur === undefined || (valeur === null && !secret)) compte.rejeter(r.ligne, 'colonne « nombre », nombre illisible', r.champ('nombre'));
      else if (taux === undefined) compte.rejeter(r.ligne, 'colonne « taux_pour_mille », nombre illisible', r.champ('taux_pour_mille'));
      else if (indicateur === '' || indicateur.length > LIBELLE_MAX) compte.rejeter(r.ligne, 'colonne « indicateur », vide ou trop long', indicateur);
      else if (unite.length > LIBELLE_MAX) compte.rejeter(r.ligne, 'colonne « unite_de_compte », trop long', unite);
      else {
        yield {
          indicateur,
          unite,
          territoire,
          annee,
          ...(secret ? { etat: 'secret', valeur: null, taux: null } : { etat: 'valeur', valeur, taux }),
          denominateur: /cambriolage/i.test(indicateur) ? 'logements' : 'habitants',
        } satisfies Point;
      }
    }
  },
};
