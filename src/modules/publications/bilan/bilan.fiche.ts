/** One fiche of the bilan: figures, series for its chart, tiles for its map, action lines with their evidence. Pure. */
import type { Fiche, Mesure, Territoire } from '../../contrats/index.ts';
import { classer, parHabitants } from '../../../ui/maps/classes.ts';
import {
  type Appuis,
  appuiDeLigne,
  type Chiffre,
  type Comparaisons,
  direEnCours,
  type EnDirect,
  estCartographiable,
  estLueEnDirect,
  type Figures,
  type FormulaireDeContrat,
  type Repartition,
} from '../../indicateurs/index.ts';
import type { CarteBilan, ChiffreEcrit, FicheBilan, MesureBilan, SerieBilan, TexteBilan } from './bilan.modele.ts';
import { comparer, compterEtats, direEvolution, ecrireChiffre, OBTENTIONS, typographier } from './bilan.rules.ts';

export interface LecturesFiche {
  formulaire: FormulaireDeContrat;
  figures: Figures;
  /** Of the bilan's year. */
  comparaisons: Comparaisons;
  /** The same year for the whole contract; empty when this is it. */
  ensemble: ReadonlyMap<string, Chiffre>;
  habitants: { ici: number; tout: number } | null;
  appuis: Appuis;
  repartitions: ReadonlyMap<string, ReadonlyMap<string, Repartition>>;
  enDirect: EnDirect | undefined;
  /** « Signé le …, par … » of what was told, by measure. */
  signatures: ReadonlyMap<string, string>;
  /** By fiche. */
  textes: ReadonlyMap<string, TexteBilan>;
  /** Years, the oldest first; the last one is the bilan's. */
  periodes: readonly string[];
  territoire: Territoire;
  aujourdhui: string;
}

/** Series drawn for one fiche: more would no longer be read. */
const SERIES_MAX = 3;

/** Measures that a map may show: computed counts of acts, whose parts add up and whose noise is known. */
export function mesuresDeCarte(f: Fiche, formulaire: FormulaireDeContrat, enDirect: EnDirect | undefined): Mesure[] {
  return f.mesures.filter((m) => estCartographiable(formulaire, m.id) && estLueEnDirect(formulaire, m.id, enDirect));
}

export function buildFicheBilan(f: Fiche, l: LecturesFiche): FicheBilan {
  const { catalogue } = l.formulaire;
  const nommer = (id: string) => typographier(catalogue.nomActeur(id));
  const actions = f.actions.map((a) => ({
    id: a.id,
    libelle: typographier(a.libelle),
    type: a.type,
    lignes: a.lignes.map((x) => {
      const { confirmes: preuves, comptePar } = appuiDeLigne(l.appuis, x.id);
      return { id: x.id, libelle: typographier(x.libelle), niveau: x.niveau, preuves, comptePar };
    }),
  }));
  // What is told is read below, not in a cell.
  const recits = f.mesures.flatMap((m) => {
    const { texte } = chiffreDe(m, l);
    return texte === null || texte === ''
      ? []
      : [{ id: m.id, libelle: typographier(m.court), texte: typographier(texte), signature: l.signatures.get(m.id) ?? '' }];
  });
  return {
    numero: f.numero,
    axe: f.axe,
    titre: typographier(f.titre),
    resume: typographier(f.resume),
    public: typographier(f.public),
    pilotes: f.pilotes.map(nommer),
    partenaires: f.partenaires.map(nommer),
    note: f.note === null ? null : typographier(f.note),
    commentaire: l.textes.get(f.numero) ?? null,
    etat: compterEtats(f.mesures.map((m) => ecrire(chiffreDe(m, l), l))),
    mesures: f.mesures.filter((m) => chiffreDe(m, l).etat !== 'non_ventile').map((m) => buildMesure(m, l)),
    series: buildSeries(f, l),
    carte: buildCarte(f, l),
    actions,
    preuves: l.appuis.fiches.get(f.numero) ?? 0,
    recits,
  };
}

function chiffreDe(m: Mesure, l: LecturesFiche, periode = l.periodes.at(-1) ?? ''): Chiffre {
  const c = l.figures.get(periode)?.get(m.id);
  if (!c) throw new Error(`Chiffre absent : ${m.id}, ${periode}`);
  return c;
}
const ecrire = (c: Chiffre, l: LecturesFiche): ChiffreEcrit => ecrireChiffre(c, (id) => l.formulaire.catalogue.nomActeur(id));

export function buildMesure(m: Mesure, l: LecturesFiche): MesureBilan {
  const annee = chiffreDe(m, l);
  const [periode = '', precedente] = l.periodes.slice(-2).reverse();
  const enCours = direEnCours(periode, l.aujourdhui) !== undefined;
  const avant = precedente === undefined || enCours ? null : chiffreDe(m, l, precedente);
  return {
    id: m.id,
    libelle: typographier(m.court),
    // A change is in per cent, whatever it is a change of.
    unite: annee.unite,
    obtention: OBTENTIONS[m.obtention]?.mot ?? m.obtention,
    annee: ecrire(annee, l),
    avant: avant === null ? null : ecrire(avant, l),
    ...direEvolution(l.comparaisons.get(m.id), periode, m.direction ?? null),
    comparaison: typographier(comparer(annee, l.ensemble.get(m.id), { nature: m.nature, ensemble: l.formulaire.catalogue.racine.nom, habitants: l.habitants })),
  };
}

/** Computed measures first; one that has not two known numbers draws nothing and is left to the table. */
function buildSeries(f: Fiche, l: LecturesFiche): SerieBilan[] {
  const ordonnees = [...f.mesures].sort((a, b) => Number(b.obtention === 'calcul') - Number(a.obtention === 'calcul'));
  return ordonnees
    .map((m) => ({ m, points: l.periodes.map((x) => ({ x, chiffre: ecrire(chiffreDe(m, l, x), l), enCours: direEnCours(x, l.aujourdhui) !== undefined })) }))
    .filter(({ points }) => points.filter((p) => p.chiffre.etat === 'valeur' && p.chiffre.valeur !== null).length > 1)
    .slice(0, SERIES_MAX)
    .map(({ m, points }) => ({ titre: typographier(m.court), unite: chiffreDe(m, l).unite, points }));
}

/** Territories shown: the parts of the whole contract, or the neighbours among which this territory stands. */
function territoiresDeCarte(l: LecturesFiche): readonly Territoire[] {
  const { catalogue } = l.formulaire;
  const type = l.territoire.id === catalogue.racine.id ? catalogue.enfants(catalogue.racine.id).find((t) => t.tuile)?.type : l.territoire.type;
  return type === undefined ? [] : catalogue.territoiresDeType(type).filter((t) => t.tuile && !t.jusqu_a);
}

/** The first measure whose rates differ from one territory to the next beyond chance: a map of one shade says nothing. */
function buildCarte(f: Fiche, l: LecturesFiche): CarteBilan | null {
  const territoires = territoiresDeCarte(l);
  if (territoires.length < 2 || territoires.some((t) => !l.formulaire.catalogue.habitants(t.id))) return null;
  for (const m of mesuresDeCarte(f, l.formulaire, l.enDirect)) {
    const carte = carteDe(m, territoires, l);
    if (carte) return carte;
  }
  return null;
}

function carteDe(m: Mesure, territoires: readonly Territoire[], l: LecturesFiche): CarteBilan | null {
  const { catalogue } = l.formulaire;
  const parts = l.repartitions.get(m.id) ?? new Map<string, Repartition>();
  const rapports = territoires.map((t) => ({
    nombre: catalogue.descendants(t.id).reduce((n, x) => n + (parts.get(x)?.nombre ?? 0), 0),
    base: catalogue.habitants(t.id) ?? 1,
  }));
  const classes = classer(rapports);
  const derniere = Math.max(...classes);
  if (derniere === 0) return null;
  const par = parHabitants(rapports);
  return {
    titre: typographier(m.court),
    unite: m.unite,
    par,
    tuiles: territoires.flatMap((t, i) => {
      const r = rapports[i];
      if (!t.tuile || !r) return [];
      return [
        {
          id: t.id,
          court: t.court,
          nom: typographier(t.nom),
          x: t.tuile[0],
          y: t.tuile[1],
          chiffre: ecrire(compte(r.nombre, m.unite), l),
          taux: (r.nombre / r.base) * par,
          teinte: 1 + Math.round(((classes[i] ?? 0) * 4) / derniere),
          ici: t.id === l.territoire.id,
        },
      ];
    }),
  };
}

/** Where something was counted, its registers were kept: the other places are at zero. */
const compte = (valeur: number, unite: string): Chiffre => ({
  etat: valeur === 0 ? 'zero' : 'valeur',
  valeur,
  unite,
  texte: null,
  incomplet: 0,
  attenduDe: [],
  depuis: null,
});
