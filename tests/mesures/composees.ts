/** Measures made of other figures: rates and changes, read from what these are. */
import type { FormulaireDeContrat } from '../../src/modules/indicateurs/index.ts';
import { AGREGAT_VIDE, type ValeurLue } from '../../src/modules/indicateurs/chiffres.rules.ts';
import { evaluer, type Lectures } from '../../src/modules/indicateurs/evaluation.rules.ts';
import { ANNEE, AUJOURDHUI } from './essai.ts';

const AVANT = String(Number(ANNEE) - 1);
const vide = (f: FormulaireDeContrat): Lectures => ({
  formules: f.formules,
  mesures: f.mesures,
  agregats: new Map(),
  tenues: new Set(),
  valeurs: new Map(),
  debut: f.catalogue.contrat.debut,
  aujourdhui: AUJOURDHUI,
});
const collecte = (mesureId: string, periode: string, valeur: number): [string, ValeurLue] => [
  `${mesureId}|${periode}`,
  { mesureId, periode, etat: 'valeur', valeur, texte: null, provisoire: false, recues: 1, attendues: 1, partiel: false, attend: false, manquent: [] },
];
const avecValeurs =
  (...valeurs: [string, ValeurLue][]) =>
  (f: FormulaireDeContrat, id: string): number | null =>
    evaluer(id, ANNEE, { ...vide(f), valeurs: new Map(valeurs) }).valeur;

/** What a computed figure counts, this year and the year before. */
const avecComptes =
  (mesureId: string, ici: number, avant: number) =>
  (f: FormulaireDeContrat, id: string): number | null => {
    const a = f.formules.get(mesureId)?.atomes[0];
    const cle = a?.cle ?? '';
    const agregats = new Map([
      [`${ANNEE}|${cle}`, { ...AGREGAT_VIDE, nombre: ici }],
      [`${AVANT}|${cle}`, { ...AGREGAT_VIDE, nombre: avant }],
    ]);
    const tenues = new Set([ANNEE, AVANT].flatMap((p) => (a?.tenues ?? []).flatMap((t) => [`${p}|${t}`, `${p}|${t}|entiere`])));
    return evaluer(id, ANNEE, { ...vide(f), agregats, tenues }).valeur;
  };

export const COMPOSEES: Readonly<Record<string, { dit: string; vaut: number; lire: (f: FormulaireDeContrat, id: string) => number | null }>> = {
  '1.2-02c': {
    dit: 'élèves signalés deux fois, rapportés à ceux d’une première fois, de la même année',
    vaut: 25,
    lire: avecValeurs(collecte('1.2-02a', ANNEE, 50), collecte('1.2-02b', ANNEE, 200), collecte('1.2-02a', AVANT, 99), collecte('1.2-02b', AVANT, 99)),
  },
  '1.7-03a': {
    dit: 'évolution du nombre de rixes d’une année sur l’autre',
    vaut: -20,
    lire: avecComptes('1.6-01a', 40, 50),
  },
  '1.7-03b': {
    dit: 'évolution du nombre d’activations de la boucle d’alertes d’une année sur l’autre',
    vaut: 50,
    lire: avecComptes('1.6-02', 30, 20),
  },
  '3.2-06': {
    dit: 'évolution des demandes adressées au 3975',
    vaut: -10,
    lire: (f, id) => {
      const cle = `${id}#0`;
      const agregats = new Map([
        [`${ANNEE}|${cle}`, { ...AGREGAT_VIDE, nombre: 90 }],
        [`${AVANT}|${cle}`, { ...AGREGAT_VIDE, nombre: 100 }],
      ]);
      const siens = f.formules.get(id)?.atomes ?? [];
      const [a] = siens;
      if (JSON.stringify(a?.ou) !== JSON.stringify([{ canal: '3975', theme: ['incivilites', 'degradations'] }])) return null;
      // Both ways by which they arrive are kept.
      const tenues = new Set([ANNEE, AVANT].flatMap((p) => siens.flatMap((x) => x.tenues).flatMap((t) => [`${p}|${t}`, `${p}|${t}|entiere`])));
      return evaluer(id, ANNEE, { ...vide(f), agregats, tenues }).valeur;
    },
  },
};
