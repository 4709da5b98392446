/** One fiche of the bilan: figures, series for its chart, tiles for its map, action lines with their evidence. Pure. */
import type { Fiche, Mesure, Territoire } from '../../contrats/index.ts';
import { type Appuis, appuiDeLigne, type Chiffre, type Figures, type FormulaireDeContrat, type Repartition } from '../../indicateurs/index.ts';
import type { CarteBilan, ChiffreEcrit, FicheBilan, MesureBilan, SerieBilan, TexteBilan } from './bilan.modele.ts';
import { comparer, compterEtats, direEvolution, ecrireChiffre, OBTENTIONS, typographier } from './bilan.rules.ts';

export interface LecturesFiche {
  formulaire: FormulaireDeContrat;
  figures: Figures;
  /** The same year for the whole contract; empty when this is it. */
  ensemble: ReadonlyMap<string, Chiffre>;
  habitants: { ici: number; tout: number } | null;
  appuis: Appuis;
  repartitions: ReadonlyMap<string, ReadonlyMap<string, Repartition>>;
  /** By fiche. */
  textes: ReadonlyMap<string, TexteBilan>;
  /** Years, the oldest first; the last one is the bilan's. */
  periodes: readonly string[];
  territoire: Territoire;
  aujourdhui: string;
  /** The year is over. */
  entiere: boolean;
}

/** Series drawn for one fiche: more would no longer be read. */
const SERIES_MAX = 3;

/** The measure that the map shows: the first computed count or sum, whose parts by territory add up to the whole. */
export function mesuresDeCarte(f: Fiche, formulaire: FormulaireDeContrat): Mesure[] {
  return f.mesures.filter((m) => {
    const e = formulaire.formules.get(m.id)?.expression;
    return e?.genre === 'atome' && (e.mode === 'compte' || e.mode === 'somme');
  });
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
    return texte === null || texte === '' ? [] : [{ id: m.id, libelle: typographier(m.libelle), texte: typographier(texte) }];
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
    mesures: f.mesures.filter((m) => !chiffreDe(m, l).nonVentile).map((m) => buildMesure(m, l)),
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
const ecrire = (c: Chiffre, l: LecturesFiche): ChiffreEcrit => ecrireChiffre(c, (id) => l.formulaire.catalogue.nomActeur(id), l.aujourdhui);

export function buildMesure(m: Mesure, l: LecturesFiche): MesureBilan {
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
    ...direEvolution(annee, avant, m.sens, l.entiere),
    comparaison: typographier(comparer(annee, l.ensemble.get(m.id), { nature: m.nature, ensemble: l.formulaire.catalogue.racine.nom, habitants: l.habitants })),
  };
}

/** Computed measures first; one that has not two known numbers draws nothing and is left to the table. */
function buildSeries(f: Fiche, l: LecturesFiche): SerieBilan[] {
  const ordonnees = [...f.mesures].sort((a, b) => Number(b.obtention === 'calcul') - Number(a.obtention === 'calcul'));
  return ordonnees
    .map((m) => ({ m, points: l.periodes.map((x) => ({ x, chiffre: ecrire(chiffreDe(m, l, x), l) })) }))
    .filter(({ points }) => points.filter((p) => p.chiffre.etat === 'valeur' && p.chiffre.valeur !== null).length > 1)
    .slice(0, SERIES_MAX)
    .map(({ m, points }) => ({ titre: typographier(m.libelle), unite: m.unite, points }));
}

/** Territories shown: the parts of the whole contract, or the neighbours among which this territory stands. */
function territoiresDeCarte(l: LecturesFiche): readonly Territoire[] {
  const { catalogue } = l.formulaire;
  const type = l.territoire.id === catalogue.racine.id ? catalogue.enfants(catalogue.racine.id).find((t) => t.tuile)?.type : l.territoire.type;
  return type === undefined ? [] : catalogue.territoiresDeType(type).filter((t) => t.tuile && !t.jusqu_a);
}

/** The first measure whose values differ from one territory to the next: a map of one colour says nothing. */
function buildCarte(f: Fiche, l: LecturesFiche): CarteBilan | null {
  const territoires = territoiresDeCarte(l);
  if (territoires.length < 2) return null;
  const cartes = mesuresDeCarte(f, l.formulaire).map((m) => carteDe(m, territoires, l));
  return cartes.find((c) => new Set(c.tuiles.flatMap((t) => t.chiffre.valeur ?? [])).size > 2) ?? null;
}

function carteDe(m: Mesure, territoires: readonly Territoire[], l: LecturesFiche): CarteBilan {
  const expression = l.formulaire.formules.get(m.id)?.expression;
  const mode = expression?.genre === 'atome' ? expression.mode : 'compte';
  const repartition = l.repartitions.get(m.id) ?? new Map<string, Repartition>();
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
