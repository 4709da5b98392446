/**
 * Road casualties: the file of accidents (« caractéristiques ») says where and when, that of users (« usagers ») what became of each person
 * (`grav`: 1 unhurt, 2 killed within thirty days, 3 in hospital over a day, 4 slightly hurt). Both are of the same year.
 */
import { invalide } from '../../../../core/errors.ts';
import { type Fichier, lireRangees, type Point } from '../lecture.ts';
import type { Format } from './format.ts';

// The key was `Accident_Id` in the accidents of 2022.
const NUMERO = /^(num_acc|accident_id)$/i;
const CARACTERISTIQUES: Fichier = { nom: 'celui des caractéristiques des accidents', colonnes: { Num_Acc: NUMERO, an: /^an$/i, dep: /^dep$/i, com: /^com$/i } };
const USAGERS: Fichier = { nom: 'celui des usagers', colonnes: { Num_Acc: NUMERO, grav: /^grav$/i } };
const ACCIDENTS = 'Accidents corporels';
const ETATS: Readonly<Record<string, string>> = { '2': 'Personnes tuées', '3': 'Blessés hospitalisés', '4': 'Blessés légers' };
const UNITES: Readonly<Record<string, string>> = { [ACCIDENTS]: 'accident' };

/** `75118` since 2019; `750` and `118` before. */
export const codeInsee = (dep: string, com: string): string =>
  com.length === 5 ? com : `${(dep.length === 3 && dep.endsWith('0') ? dep.slice(0, 2) : dep).padStart(2, '0')}${com.padStart(3, '0')}`;
/** `2023`, or `18` before 2019. */
export const anneeDuBaac = (an: string): number | null => (/^20\d\d$/.test(an) ? Number(an) : /^\d{1,2}$/.test(an) ? 2000 + Number(an) : null);

export const baac: Format = {
  fichiers: [
    { champ: 'fichier', libelle: 'Caractéristiques des accidents (CSV)' },
    { champ: 'usagers', libelle: 'Usagers, de la même année (CSV)' },
  ],
  async *lire({ sources: [accidents = '', usagers = ''], territoireDe, compte }) {
    const ou = new Map<string, string>();
    const nombres = new Map<string, Map<string, number>>();
    for await (const r of lireRangees(accidents, CARACTERISTIQUES, compte)) {
      const [numero, annee] = [r.champ('Num_Acc'), anneeDuBaac(r.champ('an'))];
      const territoire = territoireDe(codeInsee(r.champ('dep'), r.champ('com')));
      if (!territoire) compte.rejeter(r.ligne, 'commune hors du contrat');
      else if (numero === '') compte.rejeter(r.ligne, 'accidents, colonne « Num_Acc », vide');
      else if (annee === null) compte.rejeter(r.ligne, 'accidents, colonne « an », année illisible', r.champ('an'));
      else if (ou.has(numero)) compte.rejeter(r.ligne, 'accidents, colonne « Num_Acc », numéro déjà lu', numero);
      else {
        const lieu = `${annee}|${territoire}`;
        ou.set(numero, lieu);
        const siens = nombres.get(lieu) ?? new Map([ACCIDENTS, ...Object.values(ETATS)].map((i) => [i, 0]));
        siens.set(ACCIDENTS, (siens.get(ACCIDENTS) ?? 0) + 1);
        nombres.set(lieu, siens);
      }
    }
    let rapproches = 0;
    for await (const r of lireRangees(usagers, USAGERS, compte)) {
      const siens = nombres.get(ou.get(r.champ('Num_Acc')) ?? '');
      const grav = r.champ('grav');
      if (!siens) compte.rejeter(r.ligne, 'usager d’un accident hors du contrat');
      else if (!/^[1-4]$/.test(grav)) compte.rejeter(r.ligne, 'usagers, colonne « grav », gravité illisible', grav);
      else {
        rapproches++;
        const etat = ETATS[grav];
        if (etat) siens.set(etat, (siens.get(etat) ?? 0) + 1);
      }
    }
    // Otherwise every count of casualties would be a false zero.
    if (ou.size > 0 && rapproches === 0)
      throw invalide('Aucun usager n’est celui d’un de ces accidents : les deux fichiers ne sont pas de la même année. Rien n’a été importé.');
    for (const [lieu, siens] of nombres) {
      const [annee = '', territoire = ''] = lieu.split('|');
      for (const [indicateur, valeur] of siens)
        yield {
          indicateur,
          unite: UNITES[indicateur] ?? 'personne',
          territoire,
          annee: Number(annee),
          etat: 'valeur',
          valeur,
          taux: null,
          denominateur: '',
        } satisfies Point;
    }
  },
};
