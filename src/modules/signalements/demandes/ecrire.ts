/** The only writer of reports: receive, pass to a state, join, note. Each act is a line of its history, moves what is owed and tells who follows. */
import { randomUUID } from 'node:crypto';
import { jourDe } from '../../../core/clock.ts';
import { invalide } from '../../../core/errors.ts';
import { avantDeCommencer, lireEnsemble } from '../../../core/base/database.ts';
import { accorder, ouvrirLaNouvelle } from '../../echeances/index.ts';
import { appliquerFaits, compterSansDire } from '../../indicateurs/index.ts';
import { type Circuit, estMuet } from '../circuits/circuit.schema.ts';
import { ditDEtat, libelleDEtat } from '../circuits/circuit.rules.ts';
import { type CodeEtat, ETATS, estUnEtat, estUnMot, etatDe } from '../circuits/etats.ts';
import { effacerPhotos } from '../photos/photos.queries.ts';
import { faitDe } from './fait.rules.ts';
import { cheminDeDemande, tirerCode } from './identifiants.ts';
import { attendue, sourceDemandes } from './demandes.dus.ts';
import {
  addEvenement,
  type Changes,
  createDemande,
  type Demande,
  listEvenements,
  listJointes,
  listLecteursDAvant,
  tirerNumero,
  type NouvelEvenement,
  type NouvelleDemande,
  updateDemande,
} from './demandes.queries.ts';
import { auteurDe, demanderDeConfirmer, ecrire, filDe, ouvrirContact, type Ou, parDe, type Services } from './lettres.ts';
import { getRecurrenceDe, getRecurrenceProche } from '../recurrences/recurrences.queries.ts';
import { rattacher } from '../recurrences/rattacher.ts';
import { confier, prevenirLesReferents } from './referents.ts';
import { type Acte, changesPour, ditAuDeclarant, duLe, estTraitee, lecteursDuMeneur, oubliDesContacts, type Qualification } from './machine.rules.ts';
import { addSuiveur, countDuJour, listAvertis, setEffacement } from './suiveurs.queries.ts';

export type { Services } from './lettres.ts';

/** Whatever form it came from: a circuit without words keeps none. Throws 422. */
function exigerSansMots(circuit: Circuit | undefined, mots: readonly string[]): void {
  if (circuit && estMuet(circuit) && mots.some((m) => m !== ''))
    throw invalide('Ce circuit ne garde aucun mot : ni réponse, ni raison, ni note. Choisissez l’étape seulement.');
}

/** Its number, the code by which its author follows it, and whether they are written to. */
export async function recevoir(
  c: Ou,
  s: Services,
  circuit: Circuit,
  d: Omit<NouvelleDemande, 'etat' | 'duLe'>,
  contact: string,
  /** A letter itself proved whose the address is; what its acknowledgement says besides. */
  lettre?: { dits: readonly string[] },
): Promise<{ numero: number; code: string; ecrit: boolean }> {
  const etat = 'recu';
  exigerSansMots(circuit, [d.texte, d.adresse]);
  const sceau = contact ? sceauDAdresse(s, contact) : '';
  const confiee = await confier(c, d);
  d = confiee.d;
  // All that is read, before its transaction begins: those that only write are done together (`core/base/transaction.ts`).
  const avant = avantDeCommencer(c.db);
  const [numero, proche, lettres] = await lireEnsemble(avant, [
    () => tirerNumero(avant),
    () => (circuit.lieu === 'aucun' ? null : getRecurrenceProche(avant, c.contrat.id, d, circuit.rapprocher.metres)),
    () => (sceau === '' ? 0 : countDuJour(avant, c.contrat.id, sceau)),
  ]);
  // Received elsewhere on a day that is said, its delay began that day.
  const demande = { ...d, etat, duLe: duLe(circuit, etat, circuit.debut ? d.jour : jourDe(c.maintenant), null) };
  await createDemande(c.db, c.contrat.id, demande, numero, parDe(c).nom);
  await addEvenement(c.db, c.contrat.id, d.id, 1, { acte: 'recu', vers: etat, note: confiee.trou, serviceId: d.serviceId, ...auteurDe(c) }, c.maintenant);
  const ecrit = contact !== '' && lettres < LETTRES_PAR_JOUR;
  const [code, suiveurId] = [tirerCode(), randomUUID()];
  await addSuiveur(c.db, c.contrat.id, {
    id: suiveurId,
    demandeId: d.id,
    code,
    // Past that many in a day, the code alone.
    ...(ecrit ? { contact: s.coffre.chiffrer(contact), sceau } : { contact: null, sceau: '' }),
    confirmeLe: ecrit && lettre ? c.maintenant : null,
    quand: c.maintenant,
  });
  if (proche) await rattacher(c, s, proche, d);
  const due = attendue({ ...demande, numero, etatLe: d.recuLe, closLe: null, meneurId: null, modifiePar: parDe(c).nom });
  await ouvrirLaNouvelle(c.db, c.contrat.id, sourceDemandes, due, { maintenant: c.maintenant });
  await prevenirLesReferents(c, s, circuit, { ...demande, numero }, confiee);
  if (ecrit && lettre)
    await ecrire(
      c,
      s,
      contact,
      d.id,
      'Votre demande est arrivée',
      [ditDEtat(circuit, etat), ...lettre.dits],
      `${s.adresse}/suivi/${code}`,
      filDe(s, circuit, d.id),
    );
  else if (ecrit) await demanderDeConfirmer(c, s, { a: contact, pour: d.id, suiveurId });
  await compterSansDire(c.db, c.contrat.id, SOURCE, d.id, faitDe(demande));
  return { numero, code, ecrit };
}

/** Nobody proved that an address is theirs: it is written to about so many reports a day, and no more. */
export const LETTRES_PAR_JOUR = 5;
export const sceauDAdresse = (s: Pick<Services, 'coffre'>, a: string): string => s.coffre.signer(`suiveur\n${a.toLowerCase()}`);
const direLEtat = (circuit: Circuit, etat: CodeEtat): string => `Votre demande est maintenant : ${libelleDEtat(circuit, etat)}. ${ditDEtat(circuit, etat)}`;
const NOUVELLES = 'Des nouvelles de votre demande';
const suiteDeLettre = (s: Services): string => `${s.adresse}/suivi (avec le code reçu à l’envoi)`;
/** What was answered before the address was confirmed left for nobody: it leaves now. The code stays with who reported. */
export async function direApresConfirmation(c: Ou, s: Services, circuit: Circuit, d: Demande, a: string): Promise<void> {
  const dits = (await listEvenements(c.db, c.contrat.id, d.id)).filter((e) => e.message !== '');
  if (d.etat === 'recu' && dits.length === 0) return;
  const phrases = [...(estUnEtat(d.etat) ? [direLEtat(circuit, d.etat)] : []), ...dits.slice(-1).map((e) => e.message)];
  await ecrire(c, s, a, d.id, NOUVELLES, phrases, suiteDeLettre(s), filDe(s, circuit, d.id));
}
/** Each in the thread of what they reported. Returns how many. */
async function avertir(c: Ou, s: Services, circuit: Circuit, demandes: readonly string[], vers: CodeEtat | null, message: string): Promise<number> {
  const avertis = (await listAvertis(c.db, c.contrat.id, demandes)).flatMap((x) => {
    const a = ouvrirContact(s, x.contact);
    return a === null ? [] : [{ a, demandeId: x.demandeId }];
  });
  const phrases = [...(vers ? [direLEtat(circuit, vers)] : []), ...(message ? [message] : [])];
  for (const x of avertis) await ecrire(c, s, x.a, x.demandeId, NOUVELLES, phrases, suiteDeLettre(s), filDe(s, circuit, x.demandeId));
  return avertis.length;
}

const SOURCE = 'demandes';
/** Does a figure look at what changes? A figure counts what it is, where and when, a service, whether it was handled, and answers to closed questions. */
const compte = (d: Demande, x: Changes): boolean =>
  x.qualifieeLe !== undefined ||
  // It is there until it is closed.
  (x.closLe !== undefined && x.closLe?.getTime() !== d.closLe?.getTime()) ||
  (x.serviceId !== undefined && x.serviceId !== d.serviceId) ||
  x.reponses !== undefined ||
  estTraitee({ etat: x.etat ?? d.etat, confirmeLe: x.confirmeLe === undefined ? d.confirmeLe : x.confirmeLe }) !== estTraitee(d);
/** Writes the row, and moves the figures that count it. Every change of a report goes through here. Returns its new version. */
async function changer(c: Ou, d: Demande, changes: Changes): Promise<number> {
  const bouge = compte(d, changes);
  if (bouge) await appliquerFaits(c.db, c.contrat.id, SOURCE, { ids: [d.id] }, -1);
  const version = await updateDemande(c.db, c.contrat.id, d, changes, parDe(c));
  if (bouge) await appliquerFaits(c.db, c.contrat.id, SOURCE, { ids: [d.id] }, 1);
  return version;
}

const avec = (lecteurs: readonly string[] | null, autres: readonly (string | undefined)[] | null): string[] | null =>
  lecteurs === null || autres === null ? (lecteurs === null ? null : [...lecteurs]) : [...new Set([...lecteurs, ...autres.filter((x) => x !== undefined)])];

/**
 * Writes it and what was joined to it: everyone who reported is answered. What somebody says of their own report is said of no other, and
 * what becomes of the lead is not written over what another said. Returns those that changed. `dit`: something is said with it.
 */
async function ecrireEtSuite(c: Ou, d: Demande, changes: Changes, e: NouvelEvenement & { vers: CodeEtat }, dit: boolean): Promise<string[]> {
  const ids = [d.id];
  const version = await changer(c, d, changes);
  await addEvenement(c.db, c.contrat.id, d.id, version, e, c.maintenant);
  if (d.meneurId === null && !estUnMot(e.vers))
    for (const j of await listJointes(c.db, c.contrat.id, d.id)) {
      if (j.etat === 'resolu') continue;
      const { etat, etatLe, closLe, effaceApres, serviceId, texte, textePublic, reponses, adresse, lon, lat } = changes;
      const commun = { etat, etatLe, closLe, effaceApres, serviceId, texte, textePublic, reponses, adresse, lon, lat, duLe: null };
      const v = await changer(c, j, {
        ...Object.fromEntries(Object.entries(commun).filter(([, x]) => x !== undefined)),
        lecteurs: avec(j.lecteurs, [serviceId]),
        reponduLe: j.reponduLe ?? (dit ? c.maintenant : null),
        faitLe: j.faitLe ?? ('fait' in ETATS[e.vers] ? c.maintenant : null),
      });
      await addEvenement(c.db, c.contrat.id, j.id, v, { ...e, note: '', acte: 'avec-le-meneur', lien: cheminDeDemande(d.id) }, c.maintenant);
      ids.push(j.id);
    }
  if (changes.texte === '') await effacerPhotos(c.db, c.contrat.id, ids);
  await accorder(c.db, c.contrat.id, sourceDemandes, ids, { maintenant: c.maintenant });
  return ids;
}

/** Passes it to a state. `par` the person who reported when they say so from their page. Returns how many were written to. */
export async function passer(c: Ou, s: Services, circuit: Circuit, d: Demande, a: Acte, plus: Changes = {}): Promise<number> {
  exigerSansMots(circuit, [a.message, a.motif, a.note]);
  const ailleurs = circuit.ailleurs.find((x) => x.code === a.ailleurs);
  const message = [ditAuDeclarant(a), ailleurs ? `${ailleurs.libelle} : ${ailleurs.texte}` : ''].filter(Boolean).join('\n');
  const dit = message !== '' || etatDe(a.vers).attend === 'personne';
  const changes: Changes = {
    ...changesPour(circuit, d, a.vers, { aujourdhui: jourDe(c.maintenant), maintenant: c.maintenant, message: dit, service: a.service, jour: a.jour }),
    ...plus,
  };
  const { note, motif, jour } = a;
  const serviceId = changes.serviceId ?? d.serviceId;
  // Passed on, it is no more the referents'.
  if (serviceId !== d.serviceId) changes.roleReferent = '';
  const e = { acte: 'etat', de: d.etat, vers: a.vers, serviceId, note, motif, message, jour, ...auteurDe(c) };
  const ids = await ecrireEtSuite(c, d, changes, e, dit);
  await setEffacement(c.db, c.contrat.id, ids, oubliDesContacts(circuit, a.vers, c.maintenant));
  return avertir(c, s, circuit, ids, a.vers, message);
}

/** Words between services, or somebody of the service who takes it. */
export async function annoter(
  c: Ou,
  circuit: Circuit | undefined,
  d: Demande,
  e: { acte: 'note' | 'prise'; note?: string },
  changes: Changes = {},
): Promise<void> {
  exigerSansMots(circuit, [e.note ?? '']);
  const version = await changer(c, d, changes);
  await addEvenement(c.db, c.contrat.id, d.id, version, { ...e, note: e.note ?? '', serviceId: d.serviceId, ...auteurDe(c) }, c.maintenant);
}

/**
 * Corrects what it is about, where and when: figures, hot spots and what is owed follow, and a place that comes back takes it in. Who handles it
 * stays in charge. `dit`: the correction in words, for the services.
 */
export async function requalifier(c: Ou, s: Services, circuit: Circuit, d: Demande, q: Qualification, dit: string): Promise<void> {
  const due = circuit.debut && d.etat === 'recu' && q.jour !== d.jour ? { duLe: duLe(circuit, d.etat, q.jour, null) } : {};
  // Given by what it was about and where: of another place or object, it is no more of those referents.
  const role = d.roleReferent !== '' && (q.territoireId !== d.territoireId || q.categorie !== d.categorie) ? { roleReferent: '' } : {};
  const version = await changer(c, d, { ...q, ...due, ...role, qualifieeLe: c.maintenant });
  await addEvenement(
    c.db,
    c.contrat.id,
    d.id,
    version,
    { acte: 'requalifiee', note: estMuet(circuit) ? '' : dit, serviceId: d.serviceId, ...auteurDe(c) },
    c.maintenant,
  );
  const [liee, proche] = await lireEnsemble(c.db, [
    () => getRecurrenceDe(c.db, c.contrat.id, d.id),
    () => (circuit.lieu === 'aucun' ? null : getRecurrenceProche(c.db, c.contrat.id, { ...d, ...q }, circuit.rapprocher.metres)),
  ]);
  if (proche && !liee) await rattacher(c, s, proche, d);
  await accorder(c.db, c.contrat.id, sourceDemandes, [d.id], { maintenant: c.maintenant });
}

/** Says something to those who follow it, whatever its state. Returns how many were written to. */
export async function dire(c: Ou, s: Services, circuit: Circuit, d: Demande, message: string, comment: 'avec-lettre' | 'sans-lettre'): Promise<number> {
  exigerSansMots(circuit, [message]);
  // A letter of a service is an answer; what a rule says by itself is not.
  const version = await changer(c, d, comment === 'avec-lettre' ? { reponduLe: d.reponduLe ?? c.maintenant } : {});
  await addEvenement(c.db, c.contrat.id, d.id, version, { acte: 'message', message, serviceId: d.serviceId, ...auteurDe(c) }, c.maintenant);
  return comment === 'sans-lettre' ? 0 : avertir(c, s, circuit, [d.id], null, message);
}

/**
 * Says that `d` says again what `meneur` says, on which a service has still to act: it takes its state, and its author has the same answers.
 * Nothing is closed, who reads one reads the other, and it can be undone.
 */
export async function joindre(c: Ou, d: Demande, meneur: Demande): Promise<void> {
  const { etat, serviceId } = meneur;
  const lecteurs = avec(d.lecteurs, meneur.lecteurs);
  const version = await changer(c, d, { meneurId: meneur.id, etat, etatLe: c.maintenant, closLe: null, effaceApres: null, serviceId, lecteurs, duLe: null });
  // Whose it was and who read it, so that it can be given back.
  const e = { acte: 'jointe', de: d.etat, vers: etat, serviceId: d.serviceId, lien: cheminDeDemande(meneur.id), lecteurs: d.lecteurs, ...auteurDe(c) };
  await addEvenement(c.db, c.contrat.id, d.id, version, e, c.maintenant);
  const v = await changer(c, meneur, { lecteurs: avec(meneur.lecteurs, d.lecteurs) });
  await addEvenement(
    c.db,
    c.contrat.id,
    meneur.id,
    v,
    { acte: 'rejointe', lien: cheminDeDemande(d.id), lecteurs: meneur.lecteurs, ...auteurDe(c) },
    c.maintenant,
  );
  await setEffacement(c.db, c.contrat.id, [d.id], null);
  await accorder(c.db, c.contrat.id, sourceDemandes, [d.id, meneur.id], { maintenant: c.maintenant });
}
/** It stands by itself again, as it was before: to be handled, unless its author said that it is solved; neither is read by who read it for the other alone. */
export async function disjoindre(c: Ou, circuit: Circuit, d: Demande, meneur: Demande | null): Promise<void> {
  const jointe = (await listEvenements(c.db, c.contrat.id, d.id)).findLast((e) => e.acte === 'jointe');
  const etat = d.etat === 'resolu' ? d.etat : (jointe?.de ?? 'recu');
  const rendue = { etat, serviceId: jointe?.serviceId ?? d.serviceId, etatLe: c.maintenant, closLe: null, effaceApres: null };
  // What was answered or done while it was joined was the lead's.
  const avant = (x: Date | null) => (x !== null && jointe && x >= jointe.quand ? null : x);
  const sienne = { reponduLe: avant(d.reponduLe), faitLe: avant(d.faitLe) };
  const [serviceId, avantElle] = [d.etat === 'resolu' ? d.serviceId : rendue.serviceId, jointe?.lecteurs];
  const lecteurs = d.lecteurs !== null && avantElle ? { lecteurs: [...new Set([...avantElle, serviceId])] } : {};
  const changes = {
    meneurId: null,
    ...lecteurs,
    ...(d.etat === 'resolu' ? {} : { ...rendue, ...sienne }),
    duLe: duLe(circuit, etat, jourDe(c.maintenant), d.prevueLe),
  };
  const version = await changer(c, d, changes);
  const e = { acte: 'disjointe', de: d.etat, vers: etat, lien: d.meneurId ? cheminDeDemande(d.meneurId) : '', ...auteurDe(c) };
  await addEvenement(c.db, c.contrat.id, d.id, version, e, c.maintenant);
  if (meneur) await separer(c, meneur, d);
  if (d.etat !== 'resolu') await setEffacement(c.db, c.contrat.id, [d.id], null);
  await accorder(c.db, c.contrat.id, sourceDemandes, [d.id], { maintenant: c.maintenant });
}
async function separer(c: Ou, meneur: Demande, d: Demande): Promise<void> {
  const restantes = (await listJointes(c.db, c.contrat.id, meneur.id)).map((x) => x.id);
  const [evenements, avant] = [await listEvenements(c.db, c.contrat.id, meneur.id), await listLecteursDAvant(c.db, c.contrat.id, restantes)];
  const lecteurs = meneur.lecteurs === null ? null : lecteursDuMeneur(meneur, evenements, avant);
  const version = await changer(c, meneur, lecteurs === null ? {} : { lecteurs });
  await addEvenement(c.db, c.contrat.id, meneur.id, version, { acte: 'separee', lien: cheminDeDemande(d.id), ...auteurDe(c) }, c.maintenant);
}
