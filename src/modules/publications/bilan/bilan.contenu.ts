/** Builds the content of a bilan: a handful of queries for the whole document, whatever the number of fiches. */
import { type Cible, direCible, direEcart, getCibles } from '../../decisions/index.ts';
import { avecPopulation } from '../contexte/population.ts';
import { type Db, lireEnsemble } from '../../../core/base/database.ts';
import { jourDe } from '../../../core/clock.ts';
import { introuvable } from '../../../core/errors.ts';
import { accorder, de, enumerer, nombre, pluriel } from '../../../ui/typographie.ts';
import type { Catalogue, Mesure, Territoire } from '../../contrats/index.ts';
import {
  type Chiffre,
  choisirFigures,
  type Figures,
  type FormulaireDeContrat,
  EN_DIRECT,
  type EnDirect,
  getComparaisons,
  estAValider,
  getFigures,
  getAppuis,
  getRepartitions,
  listMethodes,
  listSignatures,
  listValeurs,
} from '../../indicateurs/index.ts';
import { getRectificatifsDuBilan } from './bilan.rectificatifs.ts';
import { getVieDuBilan } from './bilan.vie.ts';
import { buildFicheBilan, buildMesure, type LecturesFiche, mesuresDeCarte } from './bilan.fiche.ts';
import { buildMethode } from './bilan.methode.ts';
import { direSignatures, type Provenance, provenances } from './bilan.provenance.ts';
import { type BilanContenu, duTerritoire, type FicheBilan, type Lecteur, type LigneAnnexe, type RepereBilan } from './bilan.modele.ts';
import { compterEtats, direJusqua, ecrireChiffre, ecrireTexte, OBTENTIONS, typographier } from './bilan.rules.ts';
import { listTextes } from './textes/textes.queries.ts';

export interface DemandeBilan {
  annee: number;
  territoireId: string;
  maintenant: Date;
  demonstration: boolean;
  pour: Lecteur;
  /** Sources that a partner reads as they are written; all when nothing is said, none for the public. */
  enDirect?: EnDirect;
  annexes?: boolean;
}

/** Years of which a bilan can be asked: those of the contract, up to the present one. */
export function anneesDe(catalogue: Catalogue, maintenant: Date): number[] {
  const debut = Number(catalogue.contrat.debut.slice(0, 4));
  const fin = Math.min(Number(catalogue.contrat.fin.slice(0, 4)), Number(jourDe(maintenant, catalogue.contrat.fuseau).slice(0, 4)));
  return Array.from({ length: Math.max(fin - debut + 1, 1) }, (_, i) => fin - i).filter((a) => a >= debut || a === fin);
}

/**
 * `'18'`, `'centre'`, `'mairie-18'`, `'75118'`, `'18e'` or nothing (the whole contract) to the territory meant; null when
 * none is. Among several of the same short name the one nearest to the whole contract wins (the mairie, not the quartier).
 */
export function territoireDe(catalogue: Catalogue, saisie: string | null | undefined): string | null {
  const voulu = (saisie ?? '').trim().toLowerCase();
  if (voulu === '') return catalogue.racine.id;
  if (catalogue.territoires.has(voulu)) return voulu;
  const rang = (id: string) => catalogue.ascendants(id).length;
  const trouves = [...catalogue.territoires.values()].filter((t) =>
    [t.nom, t.court, t.court.replace(/(er|e)$/, ''), t.id.replace(/^[a-z]+-/, '')].some((n) => n.toLowerCase() === voulu),
  );
  return trouves.sort((a, b) => rang(a.id) - rang(b.id))[0]?.id ?? null;
}

/** Years shown in charts, the bilan's included. */
const ANNEES_MONTREES = 4;

export async function getBilan(db: Db, f: FormulaireDeContrat, d: DemandeBilan): Promise<BilanContenu> {
  const catalogue = await avecPopulation(db, f.catalogue);
  const formulaire = { ...f, catalogue };
  const territoire = catalogue.territoires.get(d.territoireId);
  if (!territoire) throw introuvable('Ce territoire');
  const { contratId } = catalogue;
  const entier = territoire.id === catalogue.racine.id;
  const debut = Number(catalogue.contrat.debut.slice(0, 4));
  const periodes = Array.from({ length: ANNEES_MONTREES }, (_, n) => d.annee - (ANNEES_MONTREES - 1 - n))
    .filter((a) => a >= debut || a === d.annee)
    .map(String);
  const aire = catalogue.aire(territoire.id);
  const mesures = [...catalogue.mesures.keys()];
  const fiches = [...catalogue.fiches.values()];
  const enDirect = d.pour === 'partenaires' ? (d.enDirect ?? EN_DIRECT) : undefined;
  const cartographiees = fiches.flatMap((x) => mesuresDeCarte(x, formulaire, enDirect)).map((m) => m.id);
  const saisies = [...catalogue.mesures.values()].filter((m) => m.obtention !== 'calcul').map((m) => m.id);
  const aujourdhui = jourDe(d.maintenant, catalogue.contrat.fuseau);
  const annee = String(d.annee);
  const demande = { mesures, territoireId: territoire.id, aire, aujourdhui, enDirect };
  const [figures, comparaisons, ensemble, appuis, repartitions, valeurs, textes, vie, rectificatifs] = await lireEnsemble(db, [
    () => getFigures(db, contratId, formulaire, { ...demande, periodes }),
    () => getComparaisons(db, contratId, formulaire, { ...demande, periode: annee }),
    () => (entier ? null : getFigures(db, contratId, formulaire, { ...demande, periodes: [annee], territoireId: catalogue.racine.id, aire: null })),
    () => getAppuis(db, contratId, formulaire, { fiches: [...catalogue.fiches.keys()], annee, territoireId: territoire.id, aujourdhui, enDirect }),
    () => getRepartitions(db, contratId, cartographiees, d.annee),
    () => listValeurs(db, contratId, saisies, [annee], [territoire.id]),
    () => listTextes(db, contratId, { annee: d.annee, territoireId: territoire.id }),
    () => getVieDuBilan(db, catalogue, { annee: d.annee, territoire, aujourdhui, pour: d.pour }),
    () => getRectificatifsDuBilan(db, catalogue, { annee: d.annee, aire }),
  ]);
  const [methodes, signatures] = await lireEnsemble(db, [
    () => listMethodes(db, contratId, saisies),
    () =>
      listSignatures(
        db,
        contratId,
        valeurs.filter((v) => v.texte !== null).map((v) => v.id),
      ),
  ]);
  const ecrits = new Map(
    textes.filter((t) => t.texte !== '').map((t) => [t.fiche, ecrireTexte({ ...t, le: jourDe(t.le, catalogue.contrat.fuseau) }, d.pour === 'partenaires')]),
  );
  const enCours = aujourdhui <= `${d.annee}-12-31`;
  const lectures: LecturesFiche = {
    formulaire,
    figures,
    comparaisons,
    ensemble: ensemble?.get(annee) ?? new Map(),
    habitants: habitantsDe(catalogue, territoire),
    appuis,
    repartitions,
    enDirect,
    textes: ecrits,
    signatures: direSignatures(catalogue, valeurs, signatures),
    periodes,
    territoire,
    aujourdhui,
  };
  const ecrites = fiches.map((x) => buildFicheBilan(x, lectures));
  const cibles = await getCibles(db, contratId, mesures, { f: formulaire, territoireId: territoire.id, annee, aujourdhui, enDirect });
  const sources = provenances(catalogue, valeurs, methodes);
  const annexe = [...catalogue.mesures.values()].map((m) =>
    ligneAnnexe(
      m,
      formulaire,
      figures,
      sources,
      d.annee,
      cibles.find((x) => x.mesureId === m.id && x.annee >= d.annee),
    ),
  );
  const lieu = {
    territoire: { id: territoire.id, nom: typographier(territoire.nom), de: typographier(territoire.de ?? de(territoire.nom)), contratEntier: entier },
  };
  return {
    contrat: {
      titre: typographier(catalogue.contrat.titre),
      sigle: catalogue.contrat.sigle,
      resume: typographier(catalogue.contrat.resume),
      debut: catalogue.contrat.debut,
      fin: catalogue.contrat.fin,
      signataires: catalogue.contrat.signataires.map((s) => typographier(catalogue.nomActeur(s.acteur))),
      licence: catalogue.contrat.licence,
    },
    ...lieu,
    ensemble: typographier(catalogue.racine.nom),
    annee: d.annee,
    enCours,
    demonstration: d.demonstration,
    pour: d.pour,
    annexes: d.annexes ?? false,
    editeLe: aujourdhui,
    essentiel: ecrits.get('') ?? null,
    reperes: reperes(catalogue, figures.get(annee) ?? new Map(), lectures),
    ...vie,
    rectificatifs,
    synthese: buildSynthese(catalogue, ecrites, annexe, figures.get(annee) ?? new Map(), { ...lieu, annee: d.annee }),
    methode: buildMethode(catalogue, d, { aujourdhui, territoire, compare: lectures.habitants !== null }),
    fiches: ecrites,
    annexe,
  };
}

function habitantsDe(c: Catalogue, t: Territoire): { ici: number; tout: number } | null {
  const [ici, tout] = [c.habitants(t.id), c.habitants(c.racine.id)];
  return ici === null || tout === null || t.id === c.racine.id ? null : { ici, tout };
}

/** The few figures that a reader looks at first. */
const REPERES_PAR_AXE = 3;
function reperes(c: Catalogue, chiffres: ReadonlyMap<string, Chiffre>, l: LecturesFiche): RepereBilan[] {
  const suivi = new Map(
    [...c.mesures.values()].flatMap((mesure) => {
      const chiffre = chiffres.get(mesure.id);
      return chiffre ? [[mesure.id, { mesure, chiffre }] as const] : [];
    }),
  );
  return choisirFigures(c, suivi, REPERES_PAR_AXE).map(({ mesure }) => ({ ...buildMesure(mesure, l), fiche: mesure.fiche }));
}

function buildSynthese(
  catalogue: Catalogue,
  fiches: readonly FicheBilan[],
  annexe: readonly LigneAnnexe[],
  chiffres: ReadonlyMap<string, Chiffre>,
  o: Pick<BilanContenu, 'territoire' | 'annee'>,
): BilanContenu['synthese'] {
  const etat = compterEtats(annexe.map((l) => l.chiffre));
  const comptes = {
    fiches: fiches.length,
    indicateurs: catalogue.indicateurs.size,
    mesures: catalogue.mesures.size,
    lignes: catalogue.lignes.size,
    lignesServies: fiches.reduce((n, f) => n + f.actions.flatMap((a) => a.lignes).filter((l) => l.preuves > 0).length, 0),
    preuves: fiches.reduce((n, f) => n + f.preuves, 0),
  };
  const dues = (etat: Chiffre['etat']) =>
    [...catalogue.mesures.keys()].flatMap((id) => chiffres.get(id) ?? []).filter((c) => c.etat === etat && !c.fige && !estAValider(c));
  return {
    phrase: typographier(direSynthese(etat, o)),
    etat,
    comptes,
    parAxe: catalogue.axes.map((a) => {
      const siennes = fiches.filter((f) => f.axe === a.numero);
      const numeros = new Set(siennes.map((f) => f.numero));
      return {
        numero: a.numero,
        titre: typographier(a.titre),
        resume: typographier(a.resume),
        fiches: siennes.length,
        etat: compterEtats(annexe.filter((l) => numeros.has(l.fiche)).map((l) => l.chiffre)),
        preuves: siennes.reduce((n, f) => n + f.preuves, 0),
      };
    }),
    enRetard: parActeur(catalogue, dues('manquant')).map(({ acteur, nombre }) => ({ acteur, nombre })),
    aVenir: parActeur(catalogue, dues('attendu')),
  };
}

function direSynthese(e: BilanContenu['synthese']['etat'], o: Pick<BilanContenu, 'territoire' | 'annee'>): string {
  const ou = o.territoire.contratEntier ? '' : ` à l’échelle ${duTerritoire(o)}`;
  const suite = [
    e.enRetard > 0 ? `${pluriel(e.enRetard, 'est en retard', 'sont en retard')}` : '',
    e.aValider > 0 ? `${pluriel(e.aValider, 'est donné et attend', 'sont donnés et attendent')} d’être validé${e.aValider > 1 ? 's' : ''}` : '',
    e.aVenir > 0 ? `${pluriel(e.aVenir, 'est attendu', 'sont attendus')} plus tard` : '',
    e.secrets > 0 ? pluriel(e.secrets, 'est secret', 'sont secrets') : '',
  ].filter(Boolean);
  const phrase = `Pour ${o.annee}, ${pluriel(e.connus, 'chiffre')} sur ${nombre(e.attendus)} ${accorder(e.connus, 'est connu', 'sont connus')}${ou}${suite.length > 0 ? ` ; ${suite.join(', ')}` : ''}.`;
  return e.nonVentiles === 0
    ? phrase
    : `${phrase} ${pluriel(e.nonVentiles, 'autre mesure du contrat n’existe', 'autres mesures du contrat n’existent')} que pour l’ensemble : elles sont au bilan général et ne manquent pas ici.`;
}

/** Who owes most first, with the first day asked. */
function parActeur(c: Catalogue, dues: readonly Chiffre[]): { acteur: string; nombre: number; pour: string }[] {
  const comptes = new Map<string, { nombre: number; pour: string }>();
  for (const d of dues)
    for (const a of d.attenduDe) {
      const deja = comptes.get(a);
      const pour = d.depuis ?? '';
      comptes.set(a, { nombre: (deja?.nombre ?? 0) + 1, pour: deja && deja.pour < pour ? deja.pour : pour });
    }
  return [...comptes]
    .map(([id, x]) => ({ acteur: typographier(c.nomActeur(id)), ...x }))
    .sort((x, y) => y.nombre - x.nombre || x.acteur.localeCompare(y.acteur, 'fr'))
    .slice(0, 12);
}

function ligneAnnexe(
  m: Mesure,
  formulaire: FormulaireDeContrat,
  figures: Figures,
  saisies: ReadonlyMap<string, Provenance>,
  annee: number,
  cible: Cible | undefined,
): LigneAnnexe {
  const nommer = (id: string) => formulaire.catalogue.nomActeur(id);
  const c = figures.get(String(annee))?.get(m.id);
  if (!c) throw new Error(`Chiffre absent : ${m.id}`);
  const dite = saisies.get(m.id);
  const registres = (formulaire.formules.get(m.id)?.atomes ?? []).map((a) => formulaire.sources.get(a.source)?.libelle ?? a.source);
  const source = m.obtention === 'calcul' ? `Registres : ${[...new Set(registres)].join(', ') || 'autres mesures'}` : (dite?.source ?? '');
  return {
    fiche: m.fiche,
    id: m.id,
    libelle: typographier(m.part ? `${m.court} (en partie : ${m.part})` : m.court),
    unite: c.unite,
    obtention: OBTENTIONS[m.obtention]?.mot ?? m.obtention,
    chiffre: ecrireChiffre(c, nommer),
    source: typographier(source),
    methode: typographier(dite?.methode ?? ''),
    limites: typographier([dite?.limites, direJusqua(c)].filter(Boolean).join(' ; ')),
    attenduDe: c.attenduDe.length > 0 ? typographier(enumerer(c.attenduDe.map(nommer))) : '',
    cible: cible ? { dite: `${direCible(cible)}, 31 décembre ${cible.annee}`, ecart: direEcart(cible.ecart), decision: cible.reference } : null,
  };
}
