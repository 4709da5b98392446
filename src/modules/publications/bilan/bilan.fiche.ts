/** One fiche of the bilan: figures, series for its chart, tiles for its map, action lines with their evidence. Pure. */
import type { Fiche, Mesure, Territoire } from '../../contrats/index.ts';
import {
  type Appuis,
  appuiDeLigne,
  type Chiffre,
  completude,
  evolution,
  type Figures,
  type FormulaireDeContrat,
  type Repartition,
} from '../../indicateurs/index.ts';
import type { CarteBilan, ChiffreEcrit, FicheBilan, MesureBilan, SerieBilan } from './bilan.modele.ts';
import { ecrireChiffre, OBTENTIONS, typographier } from './bilan.rules.ts';

export interface LecturesFiche {
  formulaire: FormulaireDeContrat;
  figures: Figures;
  appuis: Appuis;
  repartitions: ReadonlyMap<string, ReadonlyMap<string, Repartition>>;
  /** Measure drawn on the map, by fiche. */
  cartes: ReadonlyMap<string, Mesure>;
  /** Years, the oldest first; the last one is the bilan's. */
  periodes: readonly string[];
  territoire: Territoire;
  aujourdhui: string;
}

/** Series drawn for one fiche: more would no longer be read. */
const SERIES_MAX = 6;

/** The measure that the map shows: the first computed count or sum, whose parts by territory add up to the whole. */
export function mesureDeCarte(f: Fiche, formulaire: FormulaireDeContrat): Mesure | null {
  return (
    f.mesures.find((m) => {
      const e = formulaire.formules.get(m.id)?.expression;
      return e?.genre === 'atome' && (e.mode === 'compte' || e.mode === 'somme');
    }) ?? null
  );
}

export function buildFicheBilan(f: Fiche, l: LecturesFiche): FicheBilan {
  const { catalogue } = l.formulaire;
  const nommer = (id: string) => typographier(catalogue.nomActeur(id));
  const actions = f.actions.map((a) => ({
    id: a.id,
    libelle: typographier(a.libelle),
    type: a.type,
    lignes: a.lignes.map((x) => ({ id: x.id, libelle: typographier(x.libelle), niveau: x.niveau, preuves: appuiDeLigne(l.appuis, x.id).confirmes })),
  }));
  return {
    numero: f.numero,
    axe: f.axe,
    titre: typographier(f.titre),
    resume: typographier(f.resume),
    public: typographier(f.public),
    pilotes: f.pilotes.map(nommer),
    partenaires: f.partenaires.map(nommer),
    note: f.note === null ? null : typographier(f.note),
    completude: completude(f.mesures.map((m) => chiffreDe(m, l))),
    mesures: f.mesures.map((m) => buildMesure(m, l)),
    series: buildSeries(f, l),
    carte: buildCarte(f, l),
    actions,
    preuves: l.appuis.fiches.get(f.numero) ?? 0,
    recits: f.mesures.flatMap((m) => {
      const texte = chiffreDe(m, l).texte;
      return texte === null || texte === '' ? [] : [{ id: m.id, libelle: typographier(m.libelle), texte: typographier(texte) }];
    }),
  };
}

function chiffreDe(m: Mesure, l: LecturesFiche, periode = l.periodes.at(-1) ?? ''): Chiffre {
  const c = l.figures.get(periode)?.get(m.id);
  if (!c) throw new Error(`Chiffre absent : ${m.id}, ${periode}`);
  return c;
}
const ecrire = (c: Chiffre, l: LecturesFiche): ChiffreEcrit => {
  const e = ecrireChiffre(c, (id) => l.formulaire.catalogue.nomActeur(id), l.aujourdhui);
  return { ...e, texte: e.texte === null ? null : typographier(e.texte), dette: typographier(e.dette) };
};

function buildMesure(m: Mesure, l: LecturesFiche): MesureBilan {
  const annee = chiffreDe(m, l);
  const precedente = l.periodes.at(-2);
  const avant = precedente === undefined ? null : chiffreDe(m, l, precedente);
  return {
    id: m.id,
    libelle: typographier(m.libelle),
    unite: m.unite,
    obtention: OBTENTIONS[m.obtention]?.mot ?? m.obtention,
    annee: ecrire(annee, l),
    avant: avant === null ? null : ecrire(avant, l),
    // A rate of evolution of texts has no meaning.
    evolution: annee.valeur === null || avant === null ? null : evolution(annee, avant),
    sens: m.sens,
  };
}

/** Computed measures first; a measure without one known number in these years draws nothing and is left to the table. */
function buildSeries(f: Fiche, l: LecturesFiche): SerieBilan[] {
  const ordonnees = [...f.mesures].sort((a, b) => Number(b.obtention === 'calcul') - Number(a.obtention === 'calcul'));
  return ordonnees
    .map((m) => ({ m, points: l.periodes.map((x) => ({ x, chiffre: ecrire(chiffreDe(m, l, x), l) })) }))
    .filter(({ points }) => points.some((p) => p.chiffre.etat === 'valeur' && p.chiffre.valeur !== null))
    .slice(0, SERIES_MAX)
    .map(({ m, points }) => ({ titre: typographier(m.libelle), unite: m.unite, points }));
}

/** Territories shown: the parts of the whole contract, or the neighbours among which this territory stands. */
function territoiresDeCarte(l: LecturesFiche): readonly Territoire[] {
  const { catalogue } = l.formulaire;
  const type = l.territoire.id === catalogue.racine.id ? catalogue.enfants(catalogue.racine.id).find((t) => t.tuile)?.type : l.territoire.type;
  return type === undefined ? [] : catalogue.territoiresDeType(type).filter((t) => t.tuile && !t.jusqu_a);
}

function buildCarte(f: Fiche, l: LecturesFiche): CarteBilan | null {
  const m = l.cartes.get(f.numero);
  const territoires = territoiresDeCarte(l);
  if (!m || territoires.length < 2) return null;
  const expression = l.formulaire.formules.get(m.id)?.expression;
  const mode = expression?.genre === 'atome' ? expression.mode : 'compte';
  const repartition = l.repartitions.get(m.id) ?? new Map<string, Repartition>();
  // Nothing anywhere, and nobody kept the register: a map of zeros would lie.
  const muette = repartition.size === 0 && chiffreDe(m, l).etat === 'manquant';
  if (muette) return null;
  return {
    titre: typographier(m.libelle),
    unite: m.unite,
    tuiles: territoires.flatMap((t) => {
      if (!t.tuile) return [];
      const total = somme(l.formulaire.catalogue.descendants(t.id).flatMap((x) => repartition.get(x) ?? []));
      return [
        {
          id: t.id,
          court: t.court,
          nom: typographier(t.nom),
          x: t.tuile[0],
          y: t.tuile[1],
          chiffre: ecrire(chiffreDuTotal(total, mode, m), l),
          ici: t.id === l.territoire.id,
        },
      ];
    }),
  };
}

const somme = (parts: readonly Repartition[]): Repartition =>
  parts.reduce((t, p) => ({ nombre: t.nombre + p.nombre, somme: t.somme + p.somme, sansValeur: t.sansValeur + p.sansValeur }), {
    nombre: 0,
    somme: 0,
    sansValeur: 0,
  });

function chiffreDuTotal(r: Repartition, mode: string, m: Mesure): Chiffre {
  const base: Chiffre = { etat: 'zero', valeur: 0, unite: m.unite, texte: null, incomplet: 0, attenduDe: [], depuis: null };
  const valeur = mode === 'somme' ? r.somme : r.nombre;
  if (mode === 'somme' && r.nombre > 0 && r.sansValeur === r.nombre) return { ...base, etat: 'manquant', valeur: null, attenduDe: m.aupres };
  return { ...base, etat: valeur === 0 ? 'zero' : 'valeur', valeur, incomplet: mode === 'somme' ? r.sansValeur : 0 };
}
