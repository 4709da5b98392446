/** What still runs in a room: shown before it is closed, settled or said when it is, shown after until it is settled. */
import type { Contexte } from '../../../core/http/http.ts';
import { enumerer, pluriel } from '../../../ui/typographie.ts';
import { fermerCentres } from '../centres/fermer.ts';
import { listCentres } from '../centres/centres.queries.ts';
import type { Chargee } from '../crises.contexte.ts';
import { getExercice, setHorloge } from '../exercices/exercices.queries.ts';
import { dureeDePause, marche } from '../exercices/horloge.rules.ts';
import { listObligations, type Obligation } from '../main-courante/obligations.queries.ts';
import { type Phrase, phrase, su } from '../main-courante/phrase.rules.ts';
import { listMoyens, passerMoyen } from '../moyens/moyens.queries.ts';
import { DEHORS } from '../moyens/moyens.rules.ts';
import { listPoints } from '../points/points.queries.ts';
import { listRetex } from '../retex/retex.queries.ts';
import { ceQuiManque } from '../retex/retex.rules.ts';
import { listTaches } from '../roles/taches.queries.ts';
import type { Soutien } from '../soutien.schema.ts';

export interface EnCours {
  /** The first of what is due, and how many. */
  dues: readonly Obligation[];
  restent: number;
  /** Tasks of the roles that are in the room. */
  taches: { faites: number; total: number };
  /** Means: out, and asked for without an answer. */
  dehors: number;
  sansReponse: number;
  centres: readonly string[];
  /** Situation report that is drafted and not signed. */
  point: { id: string; numero: number } | null;
  exercice: boolean;
  /** Times of the lessons that are not signed. */
  retex: readonly string[];
}
type Ici = Pick<Contexte, 'db' | 'contrat'>;

export async function lireEnCours(c: Ici, k: Pick<Chargee, 'crise' | 'entites' | 'acteurs'>): Promise<EnCours> {
  const ou = [c.db, c.contrat.id, k.crise.id] as const;
  const { dues, restent } = await listObligations(...ou);
  const nommees = k.entites.filter((e) => k.acteurs.some((a) => a.entite === e.code));
  const pointees = (await listTaches(...ou)).filter((t) => t.faiteLe && nommees.some((e) => e.code === t.entite));
  const { demandes } = await listMoyens(...ou, null);
  const point = (await listPoints(...ou)).find((p) => p.signeLe === null);
  const e = k.crise.exercice ? await getExercice(...ou) : undefined;
  return {
    dues,
    restent,
    taches: { faites: pointees.length, total: nommees.reduce((n, x) => n + x.taches.length, 0) },
    dehors: demandes.filter((m) => DEHORS.includes(m.etat)).reduce((n, m) => n + m.nombre, 0),
    sansReponse: demandes.filter((m) => m.etat === 'demande').length,
    centres: (await listCentres(...ou)).filter((x) => x.etat === 'ouvert').map((x) => x.nom),
    point: point ? { id: point.id, numero: point.numero } : null,
    exercice: e !== undefined && ['en_cours', 'en_pause'].includes(marche(e)),
    // What is learnt is of the room that went on.
    retex: k.crise.jointeA ? [] : ceQuiManque((await listRetex(...ou)).map((r) => r.temps)),
  };
}

/** « Salle close. À faire encore : 3. Moyens encore dehors : 2. » */
export function direCloture(e: EnCours): Phrase {
  const encore = [
    `À faire encore : ${e.restent}.`,
    ...(e.dehors > 0 ? [`Moyens encore dehors : ${e.dehors}.`] : []),
    ...(e.sansReponse > 0 ? [`Demandes de moyens restées sans réponse, retirées : ${e.sansReponse}.`] : []),
    ...(e.centres.length > 0 ? [`Centres fermés avec elle : ${e.centres.length}.`] : []),
    ...(e.point ? [`Point de situation n° ${e.point.numero} pas encore signé.`] : []),
  ];
  return phrase`Salle close. ${su(encore.join(' '))}`;
}

/** Ends what can only run in an open room: its exercise, requests that nobody answered, its centres. To be called while the crisis is held, inside `surCrise`. */
export async function finirEnCours(c: Contexte, k: Chargee, soutien: Pick<Soutien, 'centres'> | undefined): Promise<void> {
  const u = c.utilisateur;
  const e = k.crise.exercice ? await getExercice(c.db, c.contrat.id, k.crise.id, true) : undefined;
  if (e && ['en_cours', 'en_pause'].includes(marche(e)))
    await setHorloge(c.db, c.contrat.id, k.crise.id, { ...e, pauseLe: null, pausesS: e.pausesS + dureeDePause(e, c.maintenant), finLe: c.maintenant });
  const qui = { par: u?.nom ?? 'Concorde', organisationId: u?.organisationId ?? '', le: c.maintenant };
  for (const d of (await listMoyens(c.db, c.contrat.id, k.crise.id, null)).demandes)
    if (d.etat === 'demande') await passerMoyen(c.db, c.contrat.id, d.id, { ...qui, etat: 'retire', motif: 'La salle est close.' });
  if (soutien) await fermerCentres(c, k, soutien);
}

/** What must be settled before the archive; empty when nothing is. */
export function avantArchive(e: EnCours): string | null {
  const manque = [
    ...(e.retex.length > 0 ? [`il manque ${enumerer(e.retex)}`] : []),
    ...(e.dehors > 0 ? [`${pluriel(e.dehors, 'moyen est', 'moyens sont')} encore dehors, à dire ${e.dehors > 1 ? 'rendus' : 'rendu'}`] : []),
  ];
  return manque.length === 0 ? null : `Avant l’archivage, ${enumerer(manque)}.`;
}

/** What a close ends, in words; empty when nothing runs. */
export function ceQuiFinira(e: EnCours): string {
  const finira = [
    ...(e.centres.length > 0 ? [`${e.centres.length > 1 ? 'les centres ouverts ferment' : 'le centre ouvert ferme'} (${enumerer([...e.centres])})`] : []),
    ...(e.sansReponse > 0 ? [`${pluriel(e.sansReponse, 'demande')} de moyen sans réponse ${e.sansReponse > 1 ? 'sont retirées' : 'est retirée'}`] : []),
    ...(e.exercice ? ['l’horloge de l’exercice s’arrête'] : []),
  ];
  return finira.length === 0 ? '' : `En la closant, ${enumerer(finira)}.`;
}
