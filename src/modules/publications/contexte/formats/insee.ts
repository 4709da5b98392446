/** Municipal populations, in both shapes that Insee publishes: a column for each year (`PMUN22`, `PMUN2022`), or a row for each (`TIME_PERIOD`, `OBS_VALUE`). */
import { lireAnnee, lireDecimal, lireRangees, type Point } from '../lecture.ts';
import type { Format } from './format.ts';

export const INDICATEUR = 'Population municipale';
const MUNICIPALE = 'PMUN';
const CODE = { CODGEO: /^(codgeo|geo)$/i };
const COLONNE_D_ANNEE = /^PMUN(\d{2}|\d{4})$/i;

/** `PMUN99` is of 1999: no census file is ahead of its day. */
const anneeDe = (colonne: string): number => {
  const n = Number(COLONNE_D_ANNEE.exec(colonne)?.[1]);
  return n > 99 ? n : n > 60 ? 1900 + n : 2000 + n;
};

export const insee: Format = {
  fichiers: [{ champ: 'fichier', libelle: 'Populations (CSV)' }],
  async *lire({ sources: [source = ''], territoireDe, compte }) {
    for await (const r of lireRangees(source, { nom: 'celui des populations de l’Insee', colonnes: CODE }, compte)) {
      const territoire = territoireDe(r.champ('CODGEO'));
      if (!territoire) {
        compte.rejeter(r.ligne, 'commune hors du contrat');
        continue;
      }
      const colonnes = r.entete.filter((n) => COLONNE_D_ANNEE.test(n));
      const lues =
        colonnes.length > 0
          ? colonnes.map((nom) => ({ nom, annee: anneeDe(nom) }))
          : r.champ('POPREF_MEASURE') === MUNICIPALE
            ? [{ nom: 'OBS_VALUE', annee: lireAnnee(r.champ('TIME_PERIOD')) }]
            : [];
      if (lues.length === 0) compte.rejeter(r.ligne, 'aucune population municipale (colonnes PMUN…, ou POPREF_MEASURE = PMUN)');
      for (const { nom, annee } of lues) {
        const valeur = lireDecimal(r.champ(nom));
        if (annee === null) compte.rejeter(r.ligne, 'colonne « TIME_PERIOD », année illisible', r.champ('TIME_PERIOD'));
        else if (valeur == null || valeur < 0) compte.rejeter(r.ligne, `colonne « ${nom} », population illisible`, r.champ(nom));
        else yield { indicateur: INDICATEUR, unite: 'habitant', territoire, annee, etat: 'valeur', valeur, taux: null, denominateur: '' } satisfies Point;
      }
    }
  },
};
