/** The sheet of an agenda item: what members need under their eyes. Built live while preparing, frozen at convocation. */
import type { Cadre } from './agenda.cadre.ts';
import { type Db, lireEnsemble } from '../../../core/base/database.ts';
import { direChiffre as ecrireChiffre } from '../../../ui/Chiffre.tsx';
import { avecUnite, direComparaison, evolution as ecrireEvolution, formatPeriode, jour, pluriel } from '../../../ui/typographie.ts';
import type { Mesure } from '../../contrats/index.ts';
import {
  type Chiffre,
  appuiDeLigne,
  estSansRien,
  direEnCours,
  EN_DIRECT,
  getAppuis,
  getComparaisons,
  getFigures,
  getFormulaire,
  getParTerritoireDe,
  getPreuve,
  periodePrecedente,
} from '../../indicateurs/index.ts';
import type { DossierDePoint } from '../releve/releve.modele.ts';
import { estPlusOuverte, type Instance } from '../../instances/index.ts';
import type { Point } from '../seances.queries.ts';
import { dossierProbleme, dossierRemontee, dossierVide } from './dossiers.instances.ts';
import { direSansPreuve } from './propositions.rules.ts';
import { mouvements } from './propositions.ts';
import { listDecisionsCitables, listReportes } from './propositions.queries.ts';
import { direEtat, direSuite, getDecision, listDecisionsDeSeance, numeroEcrit } from '../../decisions/index.ts';

type Sujet = Pick<Point, 'cle' | 'genre' | 'fiche' | 'ligne' | 'territoireId' | 'expose'>;

const DECISIONS_MAX = 40;
const vide = (k: Cadre): DossierDePoint => dossierVide(k.aujourdhui);

export async function openDossiers(db: Db, contratId: number, instance: Instance, aujourdhui: string): Promise<(p: Sujet) => Promise<DossierDePoint>> {
  const k: Cadre = { db, contratId, f: await getFormulaire(db, contratId), instance, aujourdhui };
  return (p) => buildDossier(k, p);
}

async function buildDossier(k: Cadre, p: Sujet): Promise<DossierDePoint> {
  const [genre = '', a = '', b = ''] = p.cle.split(':');
  switch (genre) {
    case 'decision':
      return dossierDecision(k, a);
    case 'decisions':
      return dossierDecisions(k);
    case 'ouverture':
      return dossierOuverture(k, a);
    case 'manquants':
      return dossierManquants(k, a, b);
    case 'tendance':
      return dossierTendance(k, a, b, k.instance.territoireId);
    case 'tendances':
      return dossierTendances(k, a, b);
    case 'report':
      return dossierReporte(k, a);
    case 'lieu':
      return dossierTendance(k, b, p.cle.split(':')[3] ?? '', a);
    case 'remontee':
      return dossierRemontee(k, a);
    case 'probleme':
      return dossierProbleme(k, a);
    case 'preuves':
      return dossierPreuves(k, a, b);
    default:
      return dossierLibre(k, p);
  }
}

async function dossierDecision(k: Cadre, id: string): Promise<DossierDePoint> {
  const d = await getDecision(k.db, k.contratId, id);
  if (!d || d.origineId !== k.instance.id || estPlusOuverte(k.instance.confidentialite, d.confidentialite))
    return { ...vide(k), faits: ['La décision dont ce point parlait a été retirée.'], retire: true };
  return {
    ...vide(k),
    faits: [
      `${numeroEcrit(d)} : ${d.libelle}`,
      `En charge : ${k.f.catalogue.nomActeurA(d.responsableId, d.territoireId)}${d.echeance ? `, pour le ${jour(d.echeance)}` : ''}.`,
      [`État : ${direEtat(d, k.aujourdhui)}`, direSuite(d)].filter(Boolean).join('. '),
    ],
    chiffres: d.fiche ? await chiffresDeFiche(k, d.fiche) : [],
    source: { libelle: `${numeroEcrit(d)}, suivi complet`, href: `/decisions/${d.id}` },
  };
}

async function dossierDecisions(k: Cadre): Promise<DossierDePoint> {
  const ouvertes = await listDecisionsCitables(k.db, k.contratId, k.instance);
  const retards = ouvertes.filter((d) => d.echeance !== null && d.echeance < k.aujourdhui).length;
  return {
    ...vide(k),
    faits: [`${pluriel(ouvertes.length, 'décision ou action ouverte', 'décisions et actions ouvertes')}, dont ${retards} en retard.`],
    enregistrements: ouvertes.slice(0, DECISIONS_MAX).map((d) => ({
      libelle: `${numeroEcrit(d)} ${d.libelle} (${k.f.catalogue.nomActeurA(d.responsableId, d.territoireId)}, ${direEtat(d, k.aujourdhui)})`,
      jour: d.echeance ?? '',
      href: `/decisions/${d.id}`,
    })),
    source: { libelle: 'Toutes les décisions de l’instance', href: `/decisions?instance=${k.instance.id}` },
  };
}

async function dossierOuverture(k: Cadre, seanceId: string): Promise<DossierDePoint> {
  const prises = await listDecisionsDeSeance(k.db, k.contratId, seanceId);
  return {
    ...vide(k),
    faits: [
      prises.length > 0
        ? `${pluriel(prises.length, 'décision ou action y a été prise', 'décisions et actions y ont été prises')}.`
        : 'Aucune décision n’y a été prise.',
    ],
    enregistrements: prises.map((d) => ({
      libelle: `${numeroEcrit(d)} ${d.libelle} (${direEtat(d, k.aujourdhui)})`,
      jour: d.echeance ?? '',
      href: `/decisions/${d.id}`,
    })),
    source: { libelle: 'Relevé de cette séance', href: `/seances/${seanceId}/clore` },
  };
}

async function dossierManquants(k: Cadre, fiche: string, annee: string): Promise<DossierDePoint> {
  const f = k.f.catalogue.fiches.get(fiche);
  if (!f) return { ...vide(k), faits: ['Cette fiche n’est plus dans le contrat.'], retire: true };
  const collectees = f.mesures.filter((m) => m.obtention !== 'calcul');
  const lignes = await ecrireChiffres(k, collectees, annee, k.instance.territoireId);
  const manquants = lignes.filter((l) => l.valeur.startsWith('manquant'));
  return {
    ...vide(k),
    faits: [`${pluriel(manquants.length, 'chiffre manque', 'chiffres manquent')} sur ${collectees.length} pour ${annee}.`],
    chiffres: manquants.slice(0, CHIFFRES_MAX),
    source: { libelle: `Fiche ${fiche}, ${f.titre}`, href: `/fiches/${fiche}` },
  };
}

/** What a sheet shows before it becomes a listing; the fiche has them all. */
const CHIFFRES_MAX = 12;

/** One computed measure over a period: its past, the places it is made of, the last records it counts. */
async function dossierTendance(k: Cadre, mesureId: string, periode: string, territoireId: string): Promise<DossierDePoint> {
  const c = k.f.catalogue;
  const m = k.f.mesures.get(mesureId);
  const t = c.territoires.get(territoireId);
  if (!m || !t || m.obtention !== 'calcul') return { ...vide(k), faits: ['Ce chiffre n’est plus dans le contrat.'], retire: true };
  const avant = periodePrecedente(periode);
  const voisins = c.enfants(territoireId).length > 0 ? c.enfants(territoireId) : c.enfants(c.ascendants(territoireId)[1]?.id ?? '');
  const ids = voisins.map((v) => v.id);
  const [preuve, apres, av] = await lireEnsemble(k.db, [
    () =>
      getPreuve(k.db, k.contratId, k.f, {
        mesureId,
        periode,
        territoireId,
        page: 1,
        aujourdhui: k.aujourdhui,
        enDirect: EN_DIRECT,
        peutLister: (s) => s.publique,
      }),
    () => getParTerritoireDe(k.db, k.contratId, k.f, mesureId, periode, ids, k.aujourdhui, EN_DIRECT),
    () => getParTerritoireDe(k.db, k.contratId, k.f, mesureId, avant, ids, k.aujourdhui, EN_DIRECT),
  ]);
  const atome = preuve.atomes[0];
  return {
    ...vide(k),
    faits: [
      `${t.nom}, ${formatPeriode(periode)} : ${direChiffre(k, preuve.chiffre)}${preuve.precedent ? `, contre ${direChiffre(k, preuve.precedent)} au ${formatPeriode(avant)}` : ''}.`,
      ...(preuve.ensemble ? [`Ensemble du contrat : ${direChiffre(k, preuve.ensemble)}.`] : []),
    ],
    chiffres: preuve.parAnnee.slice(-4).map(({ annee, chiffre, enCours }) => ({
      id: m.id,
      libelle: `${m.court}, ${annee}${enCours ? ` (${enCours})` : ''}`,
      valeur: direChiffre(k, chiffre),
      avant: '',
      evolution: '',
      href: `/chiffres/${m.id}?periode=${annee}&territoire=${territoireId}`,
    })),
    lieux: voisins
      .flatMap((v) => {
        const valeur = apres.get(v.id)?.valeur ?? null;
        return valeur === null ? [] : [{ nom: v.court, valeur, avant: av.get(v.id)?.valeur ?? null }];
      })
      .filter((x) => x.valeur > 0 || (x.avant ?? 0) > 0)
      .sort((x, y) => y.valeur - x.valeur)
      .slice(0, 12),
    enregistrements: (atome?.faits ?? []).slice(0, 5).map((x) => ({ libelle: x.titre, jour: x.jour, href: atome?.source.lien(x.id) ?? '' })),
    source: { libelle: 'La preuve de ce chiffre', href: `/chiffres/${m.id}?periode=${periode}&territoire=${territoireId}` },
  };
}

/** Every computed figure of a fiche that moved over that half-year, at the body's place. */
async function dossierTendances(k: Cadre, fiche: string, semestre: string): Promise<DossierDePoint> {
  const f = k.f.catalogue.fiches.get(fiche);
  if (!f) return { ...vide(k), faits: ['Cette fiche n’est plus dans le contrat.'], retire: true };
  const { territoireId } = k.instance;
  const calculees = f.mesures.filter((m) => m.obtention === 'calcul' && m.unite !== '%');
  const mues = await getComparaisons(k.db, k.contratId, k.f, {
    mesures: calculees.map((m) => m.id),
    periode: semestre,
    territoireId,
    aire: k.f.catalogue.aire(territoireId),
    aujourdhui: k.aujourdhui,
    enDirect: EN_DIRECT,
  });
  const bouges = mouvements(calculees, mues);
  return {
    ...vide(k),
    faits: [`${pluriel(bouges.length, 'chiffre a nettement bougé', 'chiffres ont nettement bougé')} au ${formatPeriode(semestre)}.`],
    chiffres: bouges.slice(0, CHIFFRES_MAX).map(({ m, avant, apres }) => ({
      id: m.id,
      libelle: m.court,
      valeur: avecUnite(apres, m.unite),
      avant: avecUnite(avant, m.unite),
      evolution: ecrireEvolution({ avant, apres, unite: m.unite }),
      href: `/chiffres/${m.id}?periode=${semestre}&territoire=${territoireId}`,
    })),
    source: { libelle: `Fiche ${fiche}, ${f.titre}`, href: `/fiches/${fiche}` },
  };
}

/** What members had when it was put off, as it stands today. */
async function dossierReporte(k: Cadre, pointId: string): Promise<DossierDePoint> {
  const [p] = await listReportes(k.db, k.contratId, k.instance, pointId);
  if (!p) return { ...vide(k), faits: ['La séance qui avait reporté ce point ne se lit plus ici.'], retire: true };
  const d = await buildDossier(k, { ...p, genre: p.genre as Sujet['genre'], expose: '' });
  return { ...d, faits: [`Reporté de la séance du ${jour(p.jour)}.`, ...d.faits] };
}

async function dossierPreuves(k: Cadre, fiche: string, annee: string): Promise<DossierDePoint> {
  const c = k.f.catalogue;
  const f = c.fiches.get(fiche);
  if (!f) return { ...vide(k), faits: ['Cette fiche n’est plus dans le contrat.'], retire: true };
  const appuis = await getAppuis(k.db, k.contratId, k.f, {
    fiches: [fiche],
    annee,
    territoireId: k.instance.territoireId,
    aujourdhui: k.aujourdhui,
    enDirect: EN_DIRECT,
  });
  const sans = f.lignes.filter((l) => estSansRien(appuiDeLigne(appuis, l.id)));
  const comptees = f.lignes.filter((l) => appuiDeLigne(appuis, l.id).confirmes === 0 && !sans.includes(l));
  return {
    ...vide(k),
    faits: [
      direSansPreuve({ annee, sans: sans.length, engagements: f.lignes.length, comptes: appuis.fiches.get(fiche) ?? 0, titre: f.titre }),
      ...(comptees.length > 0
        ? [`${pluriel(comptees.length, 'autre est compté', 'autres sont comptés')} par un chiffre sans qu’aucune action n’y soit confirmée.`]
        : []),
      ...sans.slice(0, 12).map((l) => `${l.id} ${l.libelle}`),
    ],
    chiffres: await chiffresDeFiche(k, fiche),
    source: { libelle: `Fiche ${fiche}, ${f.titre}`, href: `/fiches/${fiche}` },
  };
}

async function dossierLibre(k: Cadre, p: Sujet): Promise<DossierDePoint> {
  const f = p.fiche ? k.f.catalogue.fiches.get(p.fiche) : undefined;
  return {
    ...vide(k),
    faits: p.expose ? [p.expose] : [],
    chiffres: f ? await chiffresDeFiche(k, f.numero) : [],
    source: f ? { libelle: `Fiche ${f.numero}, ${f.titre}`, href: `/fiches/${f.numero}` } : null,
  };
}

/** The first computed figures of a fiche over the year before and this one. */
const chiffresDeFiche = (k: Cadre, fiche: string): Promise<DossierDePoint['chiffres']> =>
  ecrireChiffres(
    k,
    (k.f.catalogue.fiches.get(fiche)?.mesures ?? []).filter((m) => m.obtention === 'calcul').slice(0, 6),
    k.aujourdhui.slice(0, 4),
    k.instance.territoireId,
  );

async function ecrireChiffres(k: Cadre, mesures: readonly Mesure[], annee: string, territoireId: string): Promise<DossierDePoint['chiffres']> {
  const avant = String(Number(annee) - 1);
  const demande = { mesures: mesures.map((m) => m.id), territoireId, aire: k.f.catalogue.aire(territoireId), aujourdhui: k.aujourdhui };
  const [figures, comparaisons] = await lireEnsemble(k.db, [
    () => getFigures(k.db, k.contratId, k.f, { ...demande, periodes: [annee, avant], enDirect: EN_DIRECT }),
    () => getComparaisons(k.db, k.contratId, k.f, { ...demande, periode: annee, enDirect: EN_DIRECT }),
  ]);
  const enCours = direEnCours(annee, k.aujourdhui);
  return mesures.flatMap((m) => {
    const [apres, av] = [figures.get(annee)?.get(m.id), figures.get(avant)?.get(m.id)];
    if (!apres || !av) return [];
    const v = comparaisons.get(m.id);
    return [
      {
        id: m.id,
        libelle: m.court,
        valeur: direChiffre(k, apres),
        // A year that is not over stands beside the same months, never beside a full year.
        avant: enCours ? '' : direChiffre(k, av),
        evolution: !v ? '' : v.periode === annee ? ecrireEvolution(v) : direComparaison(v, annee),
        href: `/chiffres/${m.id}?periode=${annee}&territoire=${territoireId}`,
      },
    ];
  });
}

const direChiffre = (k: Cadre, c: Chiffre): string => ecrireChiffre({ ...c, nommer: k.f.catalogue.nomActeur });
