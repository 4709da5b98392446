/** Gathers the proposals of an agenda: a handful of index reads, whatever the size of the contract. */
import type { Cadre } from './agenda.cadre.ts';
import { type Db, lireEnsemble } from '../../../core/base/database.ts';
import type { Mesure } from '../../contrats/index.ts';
import {
  appuiDeLigne,
  estSansRien,
  type FormulaireDeContrat,
  EN_DIRECT,
  getAppuis,
  type Comparaisons,
  getComparaisons,
  getFigures,
  getFormulaire,
  getParTerritoireDe,
  periodePrecedente,
} from '../../indicateurs/index.ts';
import { avecUnite, de, formatPeriode, jour, nombre, pluriel } from '../../../ui/typographie.ts';
import { grouper } from '../../echeances/index.ts';
import { type Instance, listDemandesOuvertes } from '../../instances/index.ts';
import { recurrentsDus } from './recurrents.ts';
import { problemes, remontees } from './propositions.instances.ts';
import { dernierSemestre, direSansPreuve, estHorsTendance, type Proposition, VIDE } from './propositions.rules.ts';
import { direGenre, type GenrePoint } from '../seances.rules.ts';
import { cleDeReport, getDerniereTenue, listDecisionsCitables, listReportes } from './propositions.queries.ts';
import { estEnRetard, numeroEcrit } from '../../decisions/index.ts';

/** Fiches that the body serves; all of them when it serves the whole contract. */
const fichesDe = (f: FormulaireDeContrat, i: Instance): readonly string[] => {
  const siennes = i.fiches.filter((n) => f.catalogue.fiches.has(n));
  return siennes.length > 0 ? siennes : [...f.catalogue.fiches.keys()];
};

export async function listPropositions(db: Db, contratId: number, instance: Instance, aujourdhui: string): Promise<Proposition[]> {
  // What is open is said to the whole body; a reserved part writes its own.
  if (instance.reservee) return [];
  const k: Cadre = { db, contratId, f: await getFormulaire(db, contratId), instance, aujourdhui };
  const parties = await lireEnsemble(db, [
    () => reportes(k),
    () => recurrentsDus(db, contratId, instance),
    () => ouverture(k),
    () => demandes(k),
    () => remontees(k),
    () => problemes(k),
    () => decisions(k),
    () => chiffres(k),
    () => engagements(k),
    () => lieux(k),
  ]);
  return parties.flat();
}

/** What was put off comes first: it was promised. */
async function reportes(k: Cadre): Promise<Proposition[]> {
  return (await listReportes(k.db, k.contratId, k.instance)).map((p, rang) => ({
    cle: cleDeReport(p.id),
    genre: p.genre as GenrePoint,
    titre: p.titre,
    raison: `Reporté de la séance du ${jour(p.jour)}.`,
    fiche: p.fiche,
    ligne: p.ligne,
    territoireId: p.territoireId,
    minutes: p.minutes,
    rapporteur: p.rapporteur,
    poids: 2000 - rang,
  }));
}

async function ouverture(k: Cadre): Promise<Proposition[]> {
  const derniere = await getDerniereTenue(k.db, k.contratId, k.instance);
  if (!derniere) return [];
  return [
    {
      ...VIDE,
      cle: `ouverture:${derniere.id}`,
      genre: 'ouverture',
      titre: `Relevé de la séance du ${jour(derniere.jour)}`,
      raison: derniere.etat === 'relecture' ? 'Il n’est pas encore arrêté.' : 'Rappel de ce qui a été décidé.',
      minutes: 5,
      poids: 1000,
    },
  ];
}

async function demandes(k: Cadre): Promise<Proposition[]> {
  const ouvertes = await listDemandesOuvertes(k.db, k.contratId, k.instance.id);
  return ouvertes.map((d) => ({
    ...VIDE,
    cle: `demande:${d.id}`,
    genre: 'demande',
    titre: d.titre,
    raison: d.habitant ? `${direGenre('demande', k.f.catalogue.nomActeur(d.organisationId))}.` : `Demandé par ${k.f.catalogue.nomActeur(d.organisationId)}.`,
    minutes: 10,
    poids: 900,
  }));
}

const EN_DETAIL = 3;
/** The most overdue and the blocked ones each have their item; the others are reviewed together. */
async function decisions(k: Cadre): Promise<Proposition[]> {
  const ouvertes = await listDecisionsCitables(k.db, k.contratId, k.instance);
  const pressantes = ouvertes.filter((d) => estEnRetard(d, k.aujourdhui) || d.etat === 'bloque');
  const reste = pressantes.length - EN_DETAIL;
  return [
    ...pressantes.slice(0, EN_DETAIL).map(
      (d, rang): Proposition => ({
        ...VIDE,
        cle: `decision:${d.id}`,
        genre: 'decision',
        titre: `Suivi de ${numeroEcrit(d)} : ${d.libelle}`,
        raison:
          d.etat === 'bloque'
            ? `${numeroEcrit(d)} est bloquée : ${d.condition}`
            : `${numeroEcrit(d)} était attendue ${de(k.f.catalogue.nomActeurA(d.responsableId, d.territoireId))} pour le ${jour(d.echeance ?? '')}.`,
        fiche: d.fiche,
        ligne: d.ligne,
        territoireId: d.territoireId,
        minutes: 10,
        poids: 800 - rang,
      }),
    ),
    ...(reste > 0
      ? [
          {
            ...VIDE,
            cle: `decisions:${k.instance.id}`,
            genre: 'decision' as const,
            titre: `Suivi de ${pluriel(ouvertes.length, 'décision ouverte', 'décisions ouvertes')}`,
            raison: `${pluriel(reste, 'autre est en retard ou bloquée', 'autres sont en retard ou bloquées')}.`,
            minutes: 15,
            poids: 700,
          },
        ]
      : []),
  ];
}

/** Figures owed for the last full year, by fiche; computed figures that moved over the last full half-year. */
async function chiffres(k: Cadre): Promise<Proposition[]> {
  const c = k.f.catalogue;
  const { territoireId } = k.instance;
  const aire = c.aire(territoireId);
  const mesures = fichesDe(k.f, k.instance).flatMap((n) => c.fiches.get(n)?.mesures ?? []);
  const calculees = mesures.filter((m) => m.obtention === 'calcul' && m.unite !== '%');
  const donnees = mesures.filter((m) => m.obtention !== 'calcul').map((m) => m.id);
  const annee = String(Number(k.aujourdhui.slice(0, 4)) - 1);
  const semestre = dernierSemestre(k.aujourdhui);
  const ou = { territoireId, aire, aujourdhui: k.aujourdhui };
  const [dues, mues] = await lireEnsemble(k.db, [
    // Partners read what was given, validated or not: it is not owed any more.
    () => getFigures(k.db, k.contratId, k.f, { ...ou, mesures: donnees, periodes: [annee], ensemble: 'recent', enDirect: EN_DIRECT }),
    () => getComparaisons(k.db, k.contratId, k.f, { ...ou, mesures: calculees.map((m) => m.id), periode: semestre, enDirect: EN_DIRECT }),
  ]);
  const doit = (id: string): boolean => {
    const lu = dues.get(annee)?.get(id);
    return lu !== undefined && lu.etat === 'manquant' && !lu.fige;
  };
  const manquants = new Map<string, Mesure[]>();
  // A body of one place is owed the figures that are asked by place, not those of the whole contract.
  const local = territoireId !== c.racine.id;
  for (const m of mesures.filter((x) => !local || x.grain.territoires !== undefined || x.ventilations.includes('territoire')))
    if (doit(m.id)) manquants.set(m.fiche, [...(manquants.get(m.fiche) ?? []), m]);
  return [
    ...[...manquants].map(
      ([fiche, ms]): Proposition => ({
        ...VIDE,
        cle: `manquants:${fiche}:${annee}`,
        genre: 'chiffre',
        titre: `Chiffres à fournir : ${c.fiches.get(fiche)?.titre ?? `fiche ${fiche}`}`,
        raison: `${pluriel(ms.length, 'chiffre manque', 'chiffres manquent')} pour ${annee} : ${[...new Set(ms.flatMap((m) => m.aupres.map(c.nomActeur)))].slice(0, 3).join(', ')}.`,
        fiche,
        minutes: 10,
        poids: 500 + Math.min(50, ms.length),
      }),
    ),
    ...[...grouper(mouvements(calculees, mues), (x) => x.m.fiche)].map(([fiche, ms]): Proposition => {
      const tries = ms.sort((a, b) => Math.abs(b.pct) - Math.abs(a.pct));
      return {
        cle: `tendances:${fiche}:${semestre}`,
        genre: 'chiffre',
        titre: `Ce que montrent les chiffres : ${c.fiches.get(fiche)?.titre ?? `fiche ${fiche}`}`,
        raison: `Au ${formatPeriode(semestre)} : ${tries.slice(0, 2).map(direMouvement).join(' ; ')}${tries.length > 2 ? ` ; et ${pluriel(tries.length - 2, 'autre')}` : ''}.`,
        fiche,
        ligne: null,
        territoireId,
        minutes: 10,
        poids: 600 + Math.min(99, Math.abs(tries[0]?.pct ?? 0) / 10),
      };
    }),
  ];
}

export interface Mouvement {
  m: Mesure;
  avant: number;
  apres: number;
  pct: number;
}
/** Computed figures that moved enough to be spoken of, from one half-year to the same a year later. */
export function mouvements(mesures: readonly Mesure[], mues: Comparaisons): Mouvement[] {
  return mesures.flatMap((m) => {
    const v = mues.get(m.id);
    return v && estHorsTendance(v.avant, v.apres) ? [{ m, avant: v.avant, apres: v.apres, pct: ((v.apres - v.avant) / v.avant) * 100 }] : [];
  });
}
const direMouvement = ({ m, avant, apres }: Mouvement): string => `${m.court}, ${avecUnite(apres, m.unite)} contre ${nombre(avant)} un an avant`;

/** Commitments of its fiches that nothing recorded this year supports. */
async function engagements(k: Cadre): Promise<Proposition[]> {
  const c = k.f.catalogue;
  const annee = k.aujourdhui.slice(0, 4);
  const fiches = fichesDe(k.f, k.instance).flatMap((n) => c.fiches.get(n) ?? []);
  const appuis = await getAppuis(k.db, k.contratId, k.f, {
    fiches: fiches.map((f) => f.numero),
    annee,
    territoireId: k.instance.territoireId,
    aujourdhui: k.aujourdhui,
    enDirect: EN_DIRECT,
  });
  return fiches.flatMap((f): Proposition[] => {
    const sans = f.lignes.filter((l) => estSansRien(appuiDeLigne(appuis, l.id)));
    if (sans.length === 0) return [];
    const comptes = appuis.fiches.get(f.numero) ?? 0;
    return [
      {
        ...VIDE,
        cle: `preuves:${f.numero}:${annee}`,
        genre: 'preuve',
        titre: `Avancement des engagements : ${f.titre}`,
        raison: direSansPreuve({ annee, sans: sans.length, engagements: f.lignes.length, comptes, titre: f.titre }),
        fiche: f.numero,
        minutes: 10,
        // Where something counted is recorded, the fiche lives: what is left to confirm can wait.
        poids: (comptes > 0 ? 200 : 300) + Math.round((100 * sans.length) / f.lignes.length),
      },
    ];
  });
}

/** Places below the body's territory where residents report much more than a year before. */
async function lieux(k: Cadre): Promise<Proposition[]> {
  const c = k.f.catalogue;
  const places = c.descendants(k.instance.territoireId).filter((t) => c.enfants(t).length === 0);
  const mesure = mesureDesDoleances(k.f);
  if (!mesure || places.length < 2 || places.length > 200) return [];
  const semestre = dernierSemestre(k.aujourdhui);
  const [apres, avant, tenu] = await lireEnsemble(k.db, [
    () => getParTerritoireDe(k.db, k.contratId, k.f, mesure.id, semestre, places, k.aujourdhui, EN_DIRECT),
    () => getParTerritoireDe(k.db, k.contratId, k.f, mesure.id, periodePrecedente(semestre), places, k.aujourdhui, EN_DIRECT),
    () =>
      getComparaisons(k.db, k.contratId, k.f, {
        mesures: [mesure.id],
        periode: semestre,
        territoireId: c.racine.id,
        aire: null,
        aujourdhui: k.aujourdhui,
        enDirect: EN_DIRECT,
      }),
  ]);
  if (!tenu.has(mesure.id)) return [];
  return places.flatMap((t): Proposition[] => {
    const [a, b] = [apres.get(t)?.valeur ?? null, avant.get(t)?.valeur ?? null];
    // A year in which nobody kept them is not a year without any.
    if (a === null || b === null || a <= b || !estHorsTendance(b, a)) return [];
    const nom = c.territoires.get(t)?.nom ?? t;
    return [
      {
        cle: `lieu:${t}:${mesure.id}:${semestre}`,
        genre: 'lieu',
        titre: `${nom} : demandes des habitants`,
        raison: `${a} au ${formatPeriode(semestre)}, contre ${b} un an avant.`,
        fiche: mesure.fiche,
        ligne: null,
        territoireId: t,
        minutes: 10,
        poids: 650 + Math.min(49, ((a - b) / b) * 10),
      },
    ];
  });
}

const etroitesse = (f: { atomes: readonly { ou: readonly object[] }[] }): number => Object.keys(f.atomes[0]?.ou[0] ?? {}).length;

/** What residents say, imported or received here. */
const DITES: ReadonlySet<string> = new Set(['doleances', 'demandes']);
/** The measure that counts what residents report, whatever its number in this contract. */
function mesureDesDoleances(f: FormulaireDeContrat): Mesure | null {
  const candidates = [...f.formules.values()].filter(
    (x) =>
      x.expression.genre === 'atome' && x.atomes.some((a) => a.source === 'doleances') && x.atomes.every((a) => DITES.has(a.source) && a.mode === 'compte'),
  );
  // The widest filter tells most.
  const large = candidates.sort((a, b) => etroitesse(a) - etroitesse(b))[0];
  return large ? (f.mesures.get(large.mesureId) ?? null) : null;
}
