/** What is done with a place that comes back: opened, closed, followed, the decisions that it caused and what they changed. */
import { JOUR_MS } from '../../../core/jours.ts';
import type { Circuit } from '../circuits/circuit.schema.ts';
import { oubliDesContacts } from '../demandes/machine.rules.ts';
import type { Demande } from '../demandes/demandes.queries.ts';
import { listDemandes } from '../demandes/demandes.queries.ts';
import { dire, LETTRES_PAR_JOUR, sceauDAdresse } from '../demandes/ecrire.ts';
import { countDuJour } from '../demandes/suiveurs.queries.ts';
import { auteurDe, demanderDeConfirmer, type Ou, oublierLesLettres, ouvrirContact, parDe, type Services } from '../demandes/lettres.ts';
import { ecrireAuxSuiveurs } from './rattacher.ts';
import {
  addEvenementDeRecurrence,
  createRecurrence,
  type EvenementDeRecurrence,
  lierALaRecurrence,
  lierDecision,
  listIdsDeRecurrence,
  listLieuxSuivis,
  type Recurrence,
  setEffet,
  setOubliDesSuiveurs,
  setSuiviDuLieu,
  updateRecurrence,
} from './recurrences.queries.ts';

export const cheminDeRecurrence = (id: string): string => `/signalements/recurrences/${id}`;
/** Fewer say no pattern, and their authors would be told of each other. */
export const MINIMUM = 3;

async function noter(c: Ou, r: Recurrence, e: Pick<EvenementDeRecurrence, 'acte'> & Partial<EvenementDeRecurrence>, changes = {}): Promise<void> {
  const rang = await updateRecurrence(c.db, c.contrat.id, r, changes, parDe(c));
  const { auteur, organisationId } = auteurDe(c);
  await addEvenementDeRecurrence(c.db, c.contrat.id, r.id, { rang, quand: c.maintenant, auteur, organisationId, ...e });
}

/** Of these reports, all of one circuit and kind; its place is that of the latest one that has a point. */
export async function ouvrir(c: Ou, demandes: readonly Demande[], meneuse: Demande): Promise<string> {
  const situee = demandes.find((d) => d.lon !== null) ?? meneuse;
  const { circuit, categorie, titre, territoireId, serviceId } = meneuse;
  const lecteurs = demandes.some((d) => d.lecteurs === null) ? null : [...new Set(demandes.flatMap((d) => d.lecteurs ?? []))];
  const lieu = { adresse: situee.adresse || meneuse.adresse, lon: situee.lon, lat: situee.lat };
  const id = await createRecurrence(c.db, c.contrat.id, { circuit, categorie, titre, territoireId, ...lieu, serviceId, lecteurs }, parDe(c));
  const { auteur, organisationId } = auteurDe(c);
  await addEvenementDeRecurrence(c.db, c.contrat.id, id, { rang: 1, quand: c.maintenant, acte: 'ouverte', auteur, organisationId });
  await lierALaRecurrence(
    c.db,
    c.contrat.id,
    id,
    demandes.map((d) => d.id),
    c.maintenant,
  );
  return id;
}

/** With what was seen there, told to those who follow it. A later report opens it again. */
export async function clore(c: Ou, s: Services, circuit: Circuit, r: Recurrence, message: string): Promise<number> {
  const effaceApres = new Date(c.maintenant.getTime() + circuit.conservation.contenu * JOUR_MS);
  await noter(c, r, { acte: 'close', message }, { closeLe: c.maintenant, effaceApres });
  const avertis = await ecrireAuxSuiveurs(c, s, r, 'Un lieu que vous suivez', [`Le suivi de ce lieu est clos. ${message}`]);
  await setOubliDesSuiveurs(c.db, c.contrat.id, r.id, oubliDesContacts(circuit, 'repondu', c.maintenant));
  return avertis;
}

/** False when it is linked already. */
export async function lier(c: Ou, r: Recurrence, decisionId: string): Promise<boolean> {
  if (!(await lierDecision(c.db, c.contrat.id, r.id, decisionId, parDe(c)))) return false;
  await noter(c, r, { acte: 'decision', lien: `/decisions/${decisionId}` });
  return true;
}

/** Tells what a decision changed to the authors of all its reports, and to who follows the place. Null when it was told already. */
export async function direLEffet(
  c: Ou,
  s: Services,
  circuits: ReadonlyMap<string, Circuit>,
  r: Recurrence,
  decisionId: string,
  effet: string,
): Promise<number | null> {
  if (!(await setEffet(c.db, c.contrat.id, r.id, decisionId, effet, c.maintenant))) return null;
  await noter(c, r, { acte: 'effet', message: effet, lien: `/decisions/${decisionId}` });
  let avertis = await ecrireAuxSuiveurs(c, s, r, 'Un lieu que vous suivez', [effet], true);
  const demandes = await listDemandes(c.db, c.contrat.id, await listIdsDeRecurrence(c.db, c.contrat.id, r.id), true);
  for (const d of demandes) {
    const circuit = circuits.get(d.circuit);
    // What is joined to another hears it once, with its lead, when that one is of this place too.
    if (circuit) avertis += await dire(c, s, circuit, d, effet, demandes.some((x) => x.id === d.meneurId) ? 'sans-lettre' : 'avec-lettre');
  }
  return avertis;
}

type DuLieu = Pick<Recurrence, 'id'>;
/** `prouvee`: the address left with the report, which its holder confirmed. False past that many letters in a day to one address. */
export async function suivreLeLieu(c: Ou, s: Services, r: DuLieu, suiveurId: string, a: { courriel: string; prouvee: boolean }): Promise<boolean> {
  const sceau = sceauDAdresse(s, a.courriel);
  if (!a.prouvee && (await countDuJour(c.db, c.contrat.id, sceau)) >= LETTRES_PAR_JOUR) return false;
  const adresse = { contact: s.coffre.chiffrer(a.courriel), sceau, confirmeLe: a.prouvee ? c.maintenant : null };
  await setSuiviDuLieu(c.db, c.contrat.id, r.id, suiveurId, adresse, c.maintenant);
  if (!a.prouvee) await demanderDeConfirmer(c, s, { a: a.courriel, pour: r.id, suiveurId });
  return true;
}
/** Nothing more is sent of it, not even what waits. */
export async function quitterLeLieu(c: Ou, s: Services, r: DuLieu, suiveurId: string): Promise<void> {
  for (const x of await listLieuxSuivis(c.db, c.contrat.id, suiveurId)) {
    const a = x.recurrenceId === r.id ? ouvrirContact(s, x.contact) : null;
    if (a !== null) await oublierLesLettres(c, s, r.id, a);
  }
  await setSuiviDuLieu(c.db, c.contrat.id, r.id, suiveurId, { contact: null, sceau: '', confirmeLe: null }, c.maintenant);
}
