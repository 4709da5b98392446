/** The sheet of hot spots for a meeting: where, what was done, what is stuck. One content for the page and the paper. */
import type { Contexte } from '../../../core/http/http.ts';
import { lireEnsemble } from '../../../core/base/database.ts';
import { jour, nombre, pluriel } from '../../../ui/typographie.ts';
import { type Bloc, cellule, discret, type DocumentEcrit, titre, typo } from '../../documents/index.ts';
import type { Circuits } from '../circuits/circuits.ts';
import { chercherChauds, type Demandee, direSelection, lireAdresses, lireBiais } from './chauds.ts';
import { countOperations, countSuites } from './chauds.queries.ts';
import { direAvant, nommer } from './pages/ChaudsPage.tsx';
import { lignesDeBiais } from './pages/BiaisNote.tsx';
import { direPeriode } from './periode.rules.ts';

/** As many as one page holds. */
const LIGNES = 8;

interface LigneDeFiche {
  cle: string;
  lieu: string;
  nombre: string;
  fait: string;
  bloque: string;
}
export interface Fiche {
  territoire: { id: string; nom: string };
  contrat: { titre: string; sigle: string };
  editeLe: string;
  sujet: string;
  periode: string;
  chapo: string;
  /** Null: too little to tell. */
  lignes: LigneDeFiche[] | null;
  notes: string[];
  demonstration: boolean;
}

/** « 3 ouvertes, dont 1 en retard ; 2 contestées »: what is not there is not counted one zero after the other. */
function direCeQuiAttend(s: { ouverts: number; retard: number; contestes: number }): string {
  const dits = [
    ...(s.ouverts > 0 ? [`${pluriel(s.ouverts, 'ouverte')}${s.retard > 0 ? `, dont ${nombre(s.retard)} en retard` : ''}`] : []),
    ...(s.contestes > 0 ? [pluriel(s.contestes, 'contestée')] : []),
  ];
  return dits.join(' ; ') || 'rien n’attend';
}

const VIDES = { recus: 0, repondus: 0, faits: 0, contestes: 0, ouverts: 0, retard: 0 };
export async function lireFiche(c: Contexte, d: Demandee, circuits: Circuits): Promise<Fiche> {
  const ici = d.lieu.territoire || d.catalogue.racine.id;
  const [r, biais, operations] = await lireEnsemble(c.db, [
    () => chercherChauds(c, d),
    () => lireBiais(c, d),
    () => countOperations(c.db, c.contrat.id, d.periode),
  ]);
  const chauds = r.chauds?.slice(0, LIGNES) ?? null;
  const zones = (chauds ?? []).map((x) => x.zone.cellules.map((k) => k.maille));
  const [adresses, comptees] = await lireEnsemble(c.db, [
    () => lireAdresses(c, d, chauds ?? []),
    () => countSuites(c.db, c.contrat.id, zones, d.selection, d.aujourdhui),
  ]);
  const suites = new Map(comptees.map((s) => [s.zone, s]));
  const nombreDOperations = operations.filter((o) => d.catalogue.contient(ici, o.territoireId)).reduce((n, o) => n + o.nombre, 0);
  return {
    territoire: { id: ici, nom: d.catalogue.territoires.get(ici)?.nom ?? ici },
    contrat: { titre: d.catalogue.contrat.titre, sigle: d.catalogue.contrat.sigle },
    editeLe: d.aujourdhui,
    sujet: direSelection(d, circuits),
    periode: direPeriode(d.periode),
    chapo: `${pluriel(r.nombre, 'signalement situé', 'signalements situés')} et ${pluriel(nombreDOperations, 'opération réalisée', 'opérations réalisées')} ici sur la période.`,
    lignes:
      chauds?.map((x, i) => {
        const s = suites.get(i) ?? VIDES;
        return {
          cle: String(x.zone.cellules[0]?.maille ?? i),
          lieu: `${i + 1}. ${nommer(d, x, adresses[i])}`,
          nombre: `${pluriel(x.zone.nombre, 'signalement')} (${direAvant(x)})`,
          fait:
            s.recus === 0
              ? 'rien à suivre ici : signalements importés'
              : `${pluriel(s.repondus, 'répondu')}, ${pluriel(s.faits, 'intervention faite', 'interventions faites')}`,
          bloque: s.recus === 0 ? '' : direCeQuiAttend(s),
        };
      }) ?? null,
    notes: lignesDeBiais(d.catalogue, biais),
    demonstration: c.demonstration,
  };
}

export const TITRES = { lieu: 'Lieu', nombre: 'Signalements', fait: 'Ce qui a été fait', bloque: 'Ce qui attend' } as const;
const RIEN = 'Aucun lieu ne se distingue du hasard.';
const TROP_PEU = 'Trop peu de signalements situés pour dire quoi que ce soit d’un lieu.';
export const direVide = (f: Fiche): string => (f.lignes === null ? TROP_PEU : RIEN);

export function documentDeFiche(f: Fiche): DocumentEcrit {
  const vide = f.lignes === null || f.lignes.length === 0;
  const blocs: Bloc[] = [
    { type: 'para', lignes: [typo(f.chapo)] },
    titre(1, 'Points chauds'),
    vide
      ? discret(direVide(f))
      : {
          type: 'tableau',
          legende: `Points chauds, ${f.periode}`,
          colonnes: [
            { titre: TITRES.lieu, part: 30 },
            { titre: TITRES.nombre, part: 24 },
            { titre: TITRES.fait, part: 22 },
            { titre: TITRES.bloque, part: 24 },
          ],
          lignes: (f.lignes ?? []).map((l) => [cellule(l.lieu), cellule(l.nombre), cellule(l.fait), cellule(l.bloque)]),
        },
    titre(1, 'Avant de comparer'),
    { type: 'liste', puces: f.notes.map(typo) },
  ];
  return {
    entete: { nom: typo(f.contrat.titre), lignes: [], logo: null },
    titre: `Points chauds : ${f.territoire.nom}, ${jour(f.editeLe)}`,
    genre: `Points chauds : ${f.territoire.nom}`,
    instance: '',
    contrat: f.contrat.titre,
    seance: jour(f.editeLe),
    motsCles: [f.contrat.sigle, 'points chauds', f.territoire.nom],
    date: f.editeLe,
    projet: false,
    serre: true,
    demonstration: f.demonstration,
    pied: `Points chauds : ${f.territoire.nom} · pour les partenaires du contrat`,
    destinataire: [],
    reperes: [
      { cle: 'Sujet', valeur: typo(f.sujet) },
      { cle: 'Période', valeur: typo(f.periode) },
    ],
    blocs,
  };
}
