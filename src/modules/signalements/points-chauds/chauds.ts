/** What a reader asked, and the hot spots that it has: from kept counts, through the statistic, to places with a name. */
import type { Contexte } from '../../../core/http/http.ts';
import { couper } from '../../../core/couper.ts';
import { texte } from '../../../core/http/http.ts';
import { type Db, inTransaction, lireEnsemble } from '../../../core/base/database.ts';
import { lireGarde } from '../../../core/base/kept-reads.ts';
import { jourDe } from '../../../core/clock.ts';
import { indisponible } from '../../../core/errors.ts';
import { pluriel } from '../../../ui/typographie.ts';
import { type Catalogue, choisirLieu, getCatalogue, type Lieu } from '../../contrats/index.ts';
import type { Circuits } from '../circuits/circuits.ts';
import { litEntier } from '../demandes/demandes.policy.ts';
import { THEMES } from '../import/dialecte.rules.ts';
import { canauxDe } from '../signalements.source.ts';
import { unParUn } from '../un-par-un.ts';
import {
  countCampagnes,
  countParCanal,
  countParMaille,
  type DeCanal,
  type Genre,
  getLieuxDesMailles,
  lireMailles,
  listAdressees,
  listAPlier,
  listGenres,
  listMoisComptes,
  plier,
  type Selection,
} from './chauds.queries.ts';
import { direPeriode, estPeriode, JOURS, MOMENTS, type Periode, periodeDe, unAnAvant } from './periode.rules.ts';
import { type Reference, tester, type Zone, zonesDe } from './statistique.rules.ts';

/** Shown at once; the rest is counted. */
const ZONES_MAX = 20;

export interface Demandee {
  catalogue: Catalogue;
  lieu: Lieu;
  champs: Readonly<Record<'origine' | 'categorie' | 'jours' | 'moment' | 'periode' | 'fin' | 'reference' | 'territoire', string>>;
  periode: Periode;
  avant: Periode;
  selection: Selection;
  reference: Reference;
  genres: readonly Genre[];
  /** Complete months of which something was counted, `2026-05`. */
  mois: readonly string[];
  aujourdhui: string;
}
export async function lireDemandee(c: Contexte): Promise<Demandee> {
  const catalogue = await getCatalogue(c.db, c.contrat.id);
  const [genres, connus] = await lireEnsemble(c.db, [() => listGenres(c.db, c.contrat.id), () => listMoisComptes(c.db, c.contrat.id)]);
  const q = (nom: string) => couper(texte(c.requete[nom]), 80);
  const lieu = choisirLieu(c.utilisateur, q('territoire'), catalogue);
  const origine = genres.some((g) => g.origine === q('origine')) ? q('origine') : '';
  const categorie = genres.some((g) => g.origine === origine && g.categorie === q('categorie')) ? q('categorie') : '';
  const jours = JOURS.find((j) => j.code === q('jours'));
  const moment = MOMENTS.find((m) => m.code === q('moment'));
  const code = q('periode');
  const aujourdhui = jourDe(c.maintenant);
  const complets = connus.filter((m) => m < `${aujourdhui.slice(0, 7)}-01`);
  const fin = complets.find((m) => m.slice(0, 7) === q('fin')) ?? null;
  const periode = periodeDe(estPeriode(code) ? code : '3', aujourdhui, fin);
  const reference = q('reference') === 'signalements' ? 'signalements' : 'partout';
  return {
    catalogue,
    lieu,
    champs: {
      origine,
      categorie,
      jours: jours?.code ?? '',
      moment: moment?.code ?? '',
      periode: estPeriode(code) && code !== '3' ? code : '',
      fin: fin?.slice(0, 7) ?? '',
      reference: reference === 'partout' ? '' : reference,
      territoire: lieu.champ,
    },
    periode,
    avant: unAnAvant(periode),
    selection: {
      du: periode.du,
      au: periode.au,
      origine: origine || undefined,
      categorie: categorie || undefined,
      jours: jours?.jours,
      tranche: moment ? Number(moment.code) : undefined,
    },
    reference,
    genres,
    mois: complets.map((m) => m.slice(0, 7)),
    aujourdhui,
  };
}

export interface Chaud {
  zone: Zone;
  /** Place of its most marked cell. */
  territoireId: string;
  /** From the same cells, the same months a year before. */
  avant: number;
}
export interface Resultat {
  /** Null: too little to tell. */
  chauds: readonly Chaud[] | null;
  /** Beyond those shown. */
  autres: number;
  nombre: number;
  cellules: number;
}

/**
 * At night: finished months are added up, each in a transaction of its own, so that nobody who counts in one waits for long, and that one that cannot be leaves
 * the others. Returns how many. Throws once all were tried, saying which were not: pages read those in their counts.
 */
export async function plierLesMois(db: Db, contratId: number, maintenant: Date): Promise<number> {
  const { faits, rates } = await unParUn(
    await listAPlier(db, contratId, `${jourDe(maintenant).slice(0, 7)}-01`),
    (m) => `${m.mois.slice(0, 7)}, ${m.origine}`,
    (m) => inTransaction(db, { contratId }, (tx) => plier(tx, m)),
  );
  if (rates.length > 0) throw indisponible(`${pluriel(faits, 'mois additionné', 'mois additionnés')} ; ceux-ci n’ont pas pu l’être : ${rates.join(' ; ')}.`);
  return faits;
}

/** Kept until one of its tables says otherwise: the same question is asked by many. */
export const chercherChauds = (c: Contexte, d: Demandee): Promise<Resultat> =>
  lireGarde(
    c.db,
    `points chauds ${c.contrat.id} ${d.lieu.territoire} ${d.reference} ${JSON.stringify(d.selection)}`,
    (r) => (r.chauds ?? []).reduce((n, x) => n + 200 + x.zone.cellules.length * 80, 200),
    () => calculer(c, d),
  );

async function calculer(c: Contexte, d: Demandee): Promise<Resultat> {
  const lues = await lireMailles(c.db, c.contrat.id, d.selection, d.lieu.territoires);
  const nombre = lues.nombres.reduce((n, x) => n + x, 0);
  const testees = tester(lues, d.reference);
  if (!testees) return { chauds: null, autres: 0, nombre, cellules: lues.mailles.length };
  const zones = zonesDe(testees);
  const montrees = zones.slice(0, ZONES_MAX);
  const premieres = montrees.flatMap((z) => z.cellules[0]?.maille ?? []);
  // Of the year before, only the cells that are shown.
  const [anciens, lieux] = await lireEnsemble(c.db, [
    () =>
      countParMaille(
        c.db,
        c.contrat.id,
        { ...d.selection, du: d.avant.du, au: d.avant.au },
        montrees.flatMap((z) => z.cellules.map((x) => x.maille)),
      ),
    () => getLieuxDesMailles(c.db, c.contrat.id, premieres, d.lieu.territoires),
  ]);
  const avant = new Map(anciens.map((x) => [x.maille, x.nombre]));
  return {
    chauds: montrees.map((zone) => ({
      zone,
      territoireId: lieux.get(zone.cellules[0]?.maille ?? 0) ?? '',
      avant: zone.cellules.reduce((n, x) => n + (avant.get(x.maille) ?? 0), 0),
    })),
    autres: zones.length - montrees.length,
    nombre,
    cellules: lues.mailles.length,
  };
}

/** Cells of a place in which an address is looked for: the most marked ones; and in each, among how many of the last said. */
const OU_CHERCHER = 3;
const PAR_MAILLE = 20;
/**
 * The address last said in each place by a report that is counted there, in the order of the places; empty where this person handles
 * none of them: for others, the quartier. The last one is mostly one that they read: more are looked at only where it is not.
 */
export async function lireAdresses(c: Contexte, d: Demandee, chauds: readonly Chaud[]): Promise<string[]> {
  const cherchees = chauds.map((x) => x.zone.cellules.slice(0, OU_CHERCHER).map((k) => k.maille));
  const chercher = async (mailles: readonly number[], parMaille: number) => {
    const dites = await listAdressees(c.db, c.contrat.id, mailles, d.selection, parMaille);
    const lisibles = dites.filter((x) => litEntier(c.utilisateur, x, d.catalogue, d.catalogue.contient));
    const premiere = (m: number) => lisibles.find((x) => x.maille === m)?.adresse;
    return { dite: (m: number) => dites.some((x) => x.maille === m), premiere };
  };
  const dernieres = await chercher(cherchees.flat(), 1);
  // Up to the first cell where something was said.
  const premiers = cherchees.map((mailles) => mailles.find(dernieres.dite));
  const plus = await chercher(cherchees.filter((_, i) => premiers[i] !== undefined && dernieres.premiere(premiers[i]) === undefined).flat(), PAR_MAILLE);
  return cherchees.map((mailles, i) => {
    const m = premiers[i];
    if (m === undefined) return '';
    return dernieres.premiere(m) ?? mailles.flatMap((x) => plus.premiere(x) ?? [])[0] ?? '';
  });
}

/** What stands beside every comparison: counts say what is reported, by whom it can be. */
export interface Biais {
  periode: string;
  avant: string;
  canaux: readonly DeCanal[];
  canauxAvant: readonly DeCanal[];
  campagnes: number;
  campagnesAvant: number;
  habitants: number | null;
}
export async function lireBiais(c: Contexte, d: Demandee): Promise<Biais> {
  const dans = d.lieu.territoires;
  const [canaux, canauxAvant, campagnes, campagnesAvant] = await lireEnsemble(c.db, [
    () => countParCanal(c.db, c.contrat.id, d.selection, dans),
    () => countParCanal(c.db, c.contrat.id, { ...d.selection, du: d.avant.du, au: d.avant.au }, dans),
    () => countCampagnes(c.db, c.contrat.id, d.periode, dans),
    () => countCampagnes(c.db, c.contrat.id, d.avant, dans),
  ]);
  const habitants = d.catalogue.habitants(d.lieu.territoire || d.catalogue.racine.id);
  return { periode: direPeriode(d.periode), avant: direPeriode(d.avant), canaux, canauxAvant, campagnes, campagnesAvant, habitants };
}

/** A circuit’s title, or the channel of imported ones. */
export const direOrigine = (d: Pick<Demandee, 'catalogue'>, circuits: Circuits, origine: string): string =>
  circuits.get(origine)?.titre ?? canauxDe(d.catalogue).find((x) => `canal:${x.code}` === origine)?.libelle ?? origine;
export const direCategorie = (circuits: Circuits, g: Genre): string =>
  circuits.get(g.origine)?.categories.find((k) => k.code === g.categorie)?.libelle ?? THEMES.find((t) => t.code === g.categorie)?.libelle ?? g.categorie;
/** In the words of the filters: « Bruit, tapage, samedi et dimanche, de minuit à 6 h ». */
export function direSelection(d: Demandee, circuits: Circuits): string {
  const mots = [
    d.champs.categorie ? direCategorie(circuits, d.champs) : d.champs.origine ? direOrigine(d, circuits, d.champs.origine) : 'Tous les signalements',
    JOURS.find((j) => j.code === d.champs.jours)?.libelle.toLowerCase(),
    MOMENTS.find((m) => m.code === d.champs.moment)?.libelle.toLowerCase(),
  ];
  return mots.filter(Boolean).join(', ');
}
