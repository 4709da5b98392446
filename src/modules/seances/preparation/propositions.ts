/** Gathers the proposals of an agenda: a handful of index reads, whatever the size of the contract. */
import { type Db, lireEnsemble } from '../../../core/base/database.ts';
import type { Mesure } from '../../contrats/index.ts';
import { evolution, type FormulaireDeContrat, getFigures, getFormulaire, getParTerritoireDe, getPreuves, periodePrecedente } from '../../indicateurs/index.ts';
import { avecUnite, evolution as ecrireEvolution, formatPeriode, jour, nombre, pluriel } from '../../../ui/typographie.ts';
import { type Instance, listDemandesOuvertes } from '../../instances/index.ts';
import { dernierSemestre, estHorsTendance, type Proposition } from './propositions.rules.ts';
import { getDerniereTenue, listDecisionsCitables } from './propositions.queries.ts';
import { estEnRetard, numeroEcrit } from '../../decisions/index.ts';

interface Cadre {
  db: Db;
  contratId: number;
  f: FormulaireDeContrat;
  instance: Instance;
  aujourdhui: string;
}

const VIDE = { fiche: null, ligne: null, territoireId: null };

/** Fiches that the body serves; all of them when it serves the whole contract. */
const fichesDe = (f: FormulaireDeContrat, i: Instance): readonly string[] => {
  const siennes = i.fiches.filter((n) => f.catalogue.fiches.has(n));
  return siennes.length > 0 ? siennes : [...f.catalogue.fiches.keys()];
};

export async function listPropositions(db: Db, contratId: number, instance: Instance, aujourdhui: string): Promise<Proposition[]> {
  const k: Cadre = { db, contratId, f: await getFormulaire(db, contratId), instance, aujourdhui };
  const parties = await lireEnsemble(db, [() => ouverture(k), () => demandes(k), () => decisions(k), () => chiffres(k), () => engagements(k), () => lieux(k)]);
  return parties.flat();
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
    raison: `Demandé par ${k.f.catalogue.nomActeur(d.organisationId)}.`,
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
        titre: d.libelle,
        raison:
          d.etat === 'bloque'
            ? `${numeroEcrit(d)} est bloquée : ${d.condition}`
            : `${numeroEcrit(d)} était attendue de ${k.f.catalogue.nomActeur(d.responsableId)} le ${jour(d.echeance ?? '')}.`,
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
  const annee = String(Number(k.aujourdhui.slice(0, 4)) - 1);
  const semestre = dernierSemestre(k.aujourdhui);
  const avant = periodePrecedente(semestre);
  const [dues, mues] = await lireEnsemble(k.db, [
    () =>
      getFigures(k.db, k.contratId, k.f, { mesures: mesures.filter((m) => m.obtention !== 'calcul').map((m) => m.id), periodes: [annee], territoireId, aire }),
    () => getFigures(k.db, k.contratId, k.f, { mesures: calculees.map((m) => m.id), periodes: [semestre, avant], territoireId, aire }),
  ]);
  const manquants = new Map<string, Mesure[]>();
  // A body of one place is owed the figures that are asked by place, not those of the whole contract.
  const local = territoireId !== c.racine.id;
  for (const m of mesures.filter((x) => !local || x.ventilations.includes('territoire')))
    if (dues.get(annee)?.get(m.id)?.etat === 'manquant') manquants.set(m.fiche, [...(manquants.get(m.fiche) ?? []), m]);
  return [
    ...[...manquants].map(
      ([fiche, ms]): Proposition => ({
        ...VIDE,
        cle: `manquants:${fiche}:${annee}`,
        genre: 'chiffre',
        titre: `Chiffres attendus de la fiche ${fiche}`,
        raison: `${pluriel(ms.length, 'chiffre manque', 'chiffres manquent')} pour ${annee} : ${[...new Set(ms.flatMap((m) => m.aupres.map(c.nomActeur)))].slice(0, 3).join(', ')}.`,
        fiche,
        minutes: 10,
        poids: 500 + Math.min(50, ms.length),
      }),
    ),
    ...calculees.flatMap((m): Proposition[] => {
      const [apres, av] = [mues.get(semestre)?.get(m.id), mues.get(avant)?.get(m.id)];
      if (!apres || !av || apres.valeur === null || av.valeur === null || !estHorsTendance(av.valeur, apres.valeur)) return [];
      const vue = evolution(apres, av);
      if (!vue) return [];
      return [
        {
          cle: `tendance:${m.id}:${semestre}`,
          genre: 'chiffre',
          titre: m.libelle,
          raison: `${ecrireEvolution(vue)} au ${formatPeriode(semestre)} : ${avecUnite(apres.valeur, m.unite)}, contre ${nombre(av.valeur)} un an avant.`,
          fiche: m.fiche,
          ligne: null,
          territoireId,
          minutes: 10,
          poids: 600 + Math.min(99, Math.abs((vue.apres - vue.avant) / vue.avant) * 10),
        },
      ];
    }),
  ];
}

/** Commitments of its fiches that nothing recorded this year supports. */
async function engagements(k: Cadre): Promise<Proposition[]> {
  const c = k.f.catalogue;
  const annee = k.aujourdhui.slice(0, 4);
  const fiches = fichesDe(k.f, k.instance).flatMap((n) => c.fiches.get(n) ?? []);
  const preuves = await getPreuves(
    k.db,
    k.contratId,
    fiches.flatMap((f) => f.lignes.map((l) => l.id)),
    annee,
    c.aire(k.instance.territoireId),
  );
  return fiches.flatMap((f): Proposition[] => {
    const sans = f.lignes.filter((l) => (preuves.get(l.id) ?? 0) === 0);
    if (sans.length === 0) return [];
    return [
      {
        ...VIDE,
        cle: `preuves:${f.numero}:${annee}`,
        genre: 'preuve',
        titre: `Fiche ${f.numero} : engagements sans preuve`,
        raison: `Rien n’est enregistré en ${annee} pour ${pluriel(sans.length, 'engagement')} sur ${f.lignes.length} de « ${f.titre} ».`,
        fiche: f.numero,
        minutes: 10,
        poids: 300 + Math.round((100 * sans.length) / f.lignes.length),
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
  const [apres, avant] = await lireEnsemble(k.db, [
    () => getParTerritoireDe(k.db, k.contratId, k.f, mesure.id, semestre, places),
    () => getParTerritoireDe(k.db, k.contratId, k.f, mesure.id, periodePrecedente(semestre), places),
  ]);
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

/** The measure that counts what residents report, whatever its number in this contract. */
function mesureDesDoleances(f: FormulaireDeContrat): Mesure | null {
  const candidates = [...f.formules.values()].filter(
    (x) => x.expression.genre === 'atome' && x.atomes.every((a) => a.source === 'doleances' && a.mode === 'compte'),
  );
  // The widest filter tells most.
  const large = candidates.sort((a, b) => Object.keys(a.atomes[0]?.ou ?? {}).length - Object.keys(b.atomes[0]?.ou ?? {}).length)[0];
  return large ? (f.mesures.get(large.mesureId) ?? null) : null;
}
