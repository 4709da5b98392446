/** Builds the content of a bilan: a handful of queries for the whole document, whatever the number of fiches. */
import { type Db, lireEnsemble } from '../../../core/base/database.ts';
import { jourDe } from '../../../core/clock.ts';
import { introuvable } from '../../../core/errors.ts';
import { enumerer, jour, nombre, pluriel } from '../../../ui/typographie.ts';
import type { Catalogue, Mesure } from '../../contrats/index.ts';
import {
  type Chiffre,
  completude,
  type Figures,
  type FormulaireDeContrat,
  getFigures,
  getAppuis,
  getRepartitions,
  listValeurs,
} from '../../indicateurs/index.ts';
import { buildFicheBilan, type LecturesFiche, mesureDeCarte } from './bilan.fiche.ts';
import type { BilanContenu, EtatChiffre, FicheBilan, LigneAnnexe } from './bilan.modele.ts';
import { ecrireChiffre, MOTS, OBTENTIONS, SENS_DES_ETATS, typographier } from './bilan.rules.ts';

export interface DemandeBilan {
  annee: number;
  territoireId: string;
  maintenant: Date;
  demonstration: boolean;
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

export async function getBilan(db: Db, formulaire: FormulaireDeContrat, d: DemandeBilan): Promise<BilanContenu> {
  const { catalogue } = formulaire;
  const territoire = catalogue.territoires.get(d.territoireId);
  if (!territoire) throw introuvable('Ce territoire');
  const contratId = catalogue.contratId;
  const debut = Number(catalogue.contrat.debut.slice(0, 4));
  const periodes = [3, 2, 1, 0]
    .map((n) => d.annee - n)
    .filter((a) => a >= debut || a === d.annee)
    .map(String);
  const aire = catalogue.aire(territoire.id);
  const fiches = [...catalogue.fiches.values()];
  const cartes = new Map(fiches.flatMap((f) => mesureDeCarte(f, formulaire) ?? []).map((m) => [m.fiche, m] as const));
  const saisies = [...catalogue.mesures.values()].filter((m) => m.obtention !== 'calcul').map((m) => m.id);
  const [figures, appuis, repartitions, valeurs] = await lireEnsemble(db, [
    () => getFigures(db, contratId, formulaire, { mesures: [...catalogue.mesures.keys()], periodes, territoireId: territoire.id, aire }),
    () => getAppuis(db, contratId, formulaire, { fiches: [...catalogue.fiches.keys()], annee: String(d.annee), territoireId: territoire.id }),
    () =>
      getRepartitions(
        db,
        contratId,
        [...cartes.values()].map((m) => m.id),
        d.annee,
      ),
    () => listValeurs(db, contratId, saisies, [String(d.annee)], [territoire.id]),
  ]);
  const sources = new Map<string, string>();
  for (const v of valeurs) sources.set(v.mesureId, v.source);
  const aujourdhui = jourDe(d.maintenant, catalogue.contrat.fuseau);
  const lectures: LecturesFiche = { formulaire, figures, appuis, repartitions, cartes, periodes, territoire, aujourdhui };
  const ecrites = fiches.map((f) => buildFicheBilan(f, lectures));
  return {
    contrat: {
      titre: typographier(catalogue.contrat.titre),
      sigle: catalogue.contrat.sigle,
      resume: typographier(catalogue.contrat.resume),
      debut: catalogue.contrat.debut,
      fin: catalogue.contrat.fin,
      signataires: catalogue.contrat.signataires.map((s) => typographier(catalogue.nomActeur(s.acteur))),
    },
    territoire: { id: territoire.id, nom: typographier(territoire.nom), contratEntier: territoire.id === catalogue.racine.id },
    annee: d.annee,
    enCours: aujourdhui <= `${d.annee}-12-31`,
    demonstration: d.demonstration,
    editeLe: aujourdhui,
    synthese: buildSynthese(catalogue, ecrites, figures.get(String(d.annee))),
    methode: buildMethode(catalogue, d, aujourdhui, territoire.nom),
    fiches: ecrites,
    annexe: [...catalogue.mesures.values()].map((m) => ligneAnnexe(m, formulaire, figures, sources, d.annee, aujourdhui)),
  };
}

type FiguresAnnee = ReadonlyMap<string, Chiffre> | undefined;

function buildSynthese(catalogue: Catalogue, fiches: readonly FicheBilan[], chiffres: FiguresAnnee): BilanContenu['synthese'] {
  const de = (liste: readonly FicheBilan[]): Chiffre[] => liste.flatMap((f) => f.mesures.flatMap((m) => chiffres?.get(m.id) ?? []));
  const dus = new Map<string, number>();
  for (const c of de(fiches)) if (c.etat === 'manquant') for (const a of c.attenduDe) dus.set(a, (dus.get(a) ?? 0) + 1);
  return {
    completude: completude(de(fiches)),
    comptes: {
      fiches: fiches.length,
      indicateurs: catalogue.indicateurs.size,
      mesures: catalogue.mesures.size,
      lignes: catalogue.lignes.size,
      lignesServies: fiches.reduce((n, f) => n + f.actions.flatMap((a) => a.lignes).filter((l) => l.preuves > 0).length, 0),
      preuves: fiches.reduce((n, f) => n + f.preuves, 0),
    },
    parAxe: catalogue.axes.map((a) => {
      const siennes = fiches.filter((f) => f.axe === a.numero);
      return {
        numero: a.numero,
        titre: typographier(a.titre),
        resume: typographier(a.resume),
        fiches: siennes.length,
        completude: completude(de(siennes)),
        preuves: siennes.reduce((n, f) => n + f.preuves, 0),
      };
    }),
    attendus: [...dus]
      .map(([id, n]) => ({ acteur: typographier(catalogue.nomActeur(id)), nombre: n }))
      .sort((x, y) => y.nombre - x.nombre || x.acteur.localeCompare(y.acteur, 'fr'))
      .slice(0, 12),
  };
}

function buildMethode(catalogue: Catalogue, d: DemandeBilan, aujourdhui: string, nom: string): BilanContenu['methode'] {
  const parObtention = Object.entries(OBTENTIONS)
    .map(([cle, o]) => ({ ...o, nombre: [...catalogue.mesures.values()].filter((m) => m.obtention === cle).length }))
    .filter((o) => o.nombre > 0);
  const entier = d.territoireId === catalogue.racine.id;
  const paragraphes = [
    `Ce bilan suit le contrat, fiche par fiche : ${pluriel(catalogue.fiches.size, 'fiche')}, ${pluriel(catalogue.indicateurs.size, 'indicateur')} et les ${pluriel(catalogue.mesures.size, 'mesure')} qui les chiffrent, ${pluriel(catalogue.lignes.size, 'ligne d’action')}.`,
    `Les mesures sont ${enumerer(parObtention.map((o) => `${o.mot === 'récit' ? 'des récits' : `${o.mot}s`.replace('enquêtes', 'issues d’enquêtes')} (${nombre(o.nombre)})`))}.`,
    entier
      ? `Les chiffres valent pour l’ensemble du territoire : ${nom}.`
      : `Les chiffres valent pour ${nom} seulement : les mesures calculées comptent ce qui s’y est passé ; les mesures collectées n’y figurent que si elles ont été saisies pour ce territoire.`,
    'Une évolution compare l’année à la précédente. Elle n’est dite favorable ou défavorable que si le contrat indique dans quel sens la mesure doit aller, et n’est pas donnée quand l’un des deux chiffres manque ou vaut zéro avant.',
    'Une ligne d’action est servie quand au moins un enregistrement des registres lui a été rattaché dans l’année ; le nombre entre parenthèses compte ces enregistrements. Il dit une activité, pas un résultat.',
  ];
  if (aujourdhui <= `${d.annee}-12-31`) paragraphes.push(`L’année ${d.annee} n’est pas terminée : les chiffres sont arrêtés au ${jour(aujourdhui)}.`);
  if (d.demonstration) paragraphes.push('Toutes les données de ce document sont fictives : elles ont été inventées pour montrer le fonctionnement de l’outil.');
  return {
    paragraphes: paragraphes.map(typographier),
    etats: (Object.keys(MOTS) as EtatChiffre[]).map((etat) => ({ etat, mot: MOTS[etat], sens: typographier(SENS_DES_ETATS[etat]) })),
    obtentions: parObtention.map((o) => ({ ...o, sens: typographier(o.sens) })),
  };
}

function ligneAnnexe(
  m: Mesure,
  formulaire: FormulaireDeContrat,
  figures: Figures,
  saisies: ReadonlyMap<string, string>,
  annee: number,
  aujourdhui: string,
): LigneAnnexe {
  const nommer = (id: string) => formulaire.catalogue.nomActeur(id);
  const c = figures.get(String(annee))?.get(m.id);
  if (!c) throw new Error(`Chiffre absent : ${m.id}`);
  const registres = (formulaire.formules.get(m.id)?.atomes ?? []).map((a) => formulaire.sources.get(a.source)?.libelle ?? a.source);
  const source = m.obtention === 'calcul' ? `Registres : ${[...new Set(registres)].join(', ') || 'autres mesures'}` : (saisies.get(m.id) ?? '');
  return {
    fiche: m.fiche,
    id: m.id,
    libelle: typographier(m.libelle),
    unite: m.unite,
    obtention: OBTENTIONS[m.obtention]?.mot ?? m.obtention,
    chiffre: ecrireChiffre(c, nommer, aujourdhui),
    source: typographier(source),
    attenduDe: c.etat === 'manquant' ? typographier(enumerer(c.attenduDe.map(nommer))) : '',
  };
}
