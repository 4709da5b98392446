/** The only writer of reports: receive, pass to a state, join, note. Each act is a line of its history, moves what is owed and tells who follows. */
import { jourDe } from '../../../core/clock.ts';
import { accorder } from '../../echeances/index.ts';
import { appliquerFaits, compterSansDire } from '../../indicateurs/index.ts';
import type { Circuit } from '../circuits/circuit.schema.ts';
import { ditDEtat, libelleDEtat } from '../circuits/circuit.rules.ts';
import { type CodeEtat, etatDe } from '../circuits/etats.ts';
import { cheminDeDemande, tirerCode } from './identifiants.ts';
import { sourceDemandes } from './demandes.dus.ts';
import {
  addEvenement,
  type Changes,
  createDemande,
  type Demande,
  listJointes,
  type NouvelEvenement,
  type NouvelleDemande,
  updateDemande,
} from './demandes.queries.ts';
import { auteurDe, ecrire, filDe, type Ou, parDe, type Services } from './lettres.ts';
import { rattacher } from '../recurrences/rattacher.ts';
import { type Acte, changesPour, duLe, oubliDesContacts } from './machine.rules.ts';
import { addSuiveur, listAvertis, setEffacement } from './suiveurs.queries.ts';

export type { Services } from './lettres.ts';

/** Returns its number and the code by which its author follows it. */
export async function recevoir(
  c: Ou,
  s: Services,
  circuit: Circuit,
  d: Omit<NouvelleDemande, 'etat' | 'duLe'>,
  contact: string,
): Promise<{ numero: number; code: string }> {
  const etat = 'recu';
  const numero = await createDemande(c.db, c.contrat.id, { ...d, etat, duLe: duLe(circuit, etat, jourDe(c.maintenant), null) }, parDe(c).nom);
  await addEvenement(c.db, c.contrat.id, d.id, 1, { acte: 'recu', vers: etat, serviceId: d.serviceId, ...auteurDe(c) }, c.maintenant);
  await compterSansDire(c.db, c.contrat.id, SOURCE, d.id);
  const code = await suivre(c, s, { id: d.id }, contact, true);
  await rattacher(c, s, circuit, d);
  await accorder(c.db, c.contrat.id, sourceDemandes, [d.id], { maintenant: c.maintenant });
  if (contact)
    await ecrire(c, s, contact, `Votre demande n° ${numero} est arrivée`, [ditDEtat(circuit, etat)], `${s.adresse}/suivi/${code}`, filDe(s, circuit, d));
  return { numero, code };
}

/** Somebody more follows it: by a code of their own. */
async function suivre(c: Ou, s: Pick<Services, 'coffre'>, d: Pick<Demande, 'id'>, contact: string, declarant: boolean): Promise<string> {
  const code = tirerCode();
  await addSuiveur(c.db, c.contrat.id, { demandeId: d.id, code, contact: contact ? s.coffre.chiffrer(contact) : null, declarant, quand: c.maintenant });
  return code;
}

async function avertir(c: Ou, s: Services, circuit: Circuit, d: Pick<Demande, 'id' | 'numero'>, vers: CodeEtat | null, message: string): Promise<number> {
  const avertis = await listAvertis(c.db, c.contrat.id, d.id);
  const phrases = [
    ...(vers ? [`Votre demande est maintenant : ${libelleDEtat(circuit, vers)}. ${ditDEtat(circuit, vers)}`] : []),
    ...(message ? [message] : []),
  ];
  for (const a of avertis)
    await ecrire(
      c,
      s,
      s.coffre.dechiffrer(a.contact),
      `Des nouvelles de votre demande`,
      phrases,
      `${s.adresse}/suivi (avec le code reçu à l’envoi)`,
      filDe(s, circuit, d),
    );
  return avertis.length;
}

const SOURCE = 'demandes';
/** Does a figure look at what changes? A figure counts a service, whether it was handled, and answers to closed questions. */
const compte = (d: Demande, x: Changes): boolean =>
  (x.serviceId !== undefined && x.serviceId !== d.serviceId) ||
  x.reponses !== undefined ||
  (x.faitLe !== undefined && (x.faitLe !== null) !== (d.faitLe !== null)) ||
  (x.etat !== undefined && (x.etat === 'repondu') !== (d.etat === 'repondu'));
/** Writes the row, and moves the figures that count it. Every change of a report goes through here. Returns its new version. */
async function changer(c: Ou, d: Demande, changes: Changes): Promise<number> {
  const bouge = compte(d, changes);
  if (bouge) await appliquerFaits(c.db, c.contrat.id, SOURCE, { ids: [d.id] }, -1);
  const version = await updateDemande(c.db, c.contrat.id, d, changes, parDe(c));
  if (bouge) await appliquerFaits(c.db, c.contrat.id, SOURCE, { ids: [d.id] }, 1);
  return version;
}

/** Writes it and what was joined to it: everyone who reported is answered. */
async function ecrireEtSuite(c: Ou, d: Demande, changes: Changes, e: NouvelEvenement): Promise<void> {
  const ids = [d.id];
  const version = await changer(c, d, changes);
  await addEvenement(c.db, c.contrat.id, d.id, version, e, c.maintenant);
  if (d.meneurId === null)
    for (const j of await listJointes(c.db, c.contrat.id, d.id)) {
      const { etat, etatLe, reponduLe, faitLe, closLe, effaceApres, serviceId } = changes;
      const commun = { etat, etatLe, closLe, effaceApres, serviceId, duLe: null };
      const v = await changer(c, j, { ...commun, reponduLe: j.reponduLe ?? reponduLe, faitLe: j.faitLe ?? faitLe });
      await addEvenement(c.db, c.contrat.id, j.id, v, { ...e, note: '', acte: 'avec-le-meneur', lien: cheminDeDemande(d.id) }, c.maintenant);
      ids.push(j.id);
    }
  await accorder(c.db, c.contrat.id, sourceDemandes, ids, { maintenant: c.maintenant });
}

/** Passes it to a state. `par` the person who reported when they say so from their page. Returns how many were written to. */
export async function passer(c: Ou, s: Services, circuit: Circuit, d: Demande, a: Acte, plus: Changes = {}): Promise<number> {
  const ailleurs = circuit.ailleurs.find((x) => x.code === a.ailleurs);
  const message = [a.message, ailleurs ? `${ailleurs.libelle} : ${ailleurs.texte}` : ''].filter(Boolean).join('\n');
  const dit = message !== '' || etatDe(a.vers).attend === 'personne';
  const changes = {
    ...changesPour(circuit, d, a.vers, { aujourdhui: jourDe(c.maintenant), maintenant: c.maintenant, message: dit, service: a.service, jour: a.jour }),
    ...plus,
  };
  await ecrireEtSuite(c, d, changes, {
    acte: 'etat',
    de: d.etat,
    vers: a.vers,
    serviceId: changes.serviceId ?? d.serviceId,
    note: a.note,
    motif: a.motif,
    message,
    jour: a.jour,
    ...auteurDe(c),
  });
  await setEffacement(c.db, c.contrat.id, d.id, oubliDesContacts(circuit, a.vers, c.maintenant));
  return avertir(c, s, circuit, d, a.vers, message);
}

/** Words between services, or somebody of the service who takes it. */
export async function annoter(c: Ou, d: Demande, e: { acte: 'note' | 'prise'; note?: string }, changes: Changes = {}): Promise<void> {
  const version = await changer(c, d, changes);
  await addEvenement(c.db, c.contrat.id, d.id, version, { ...e, note: e.note ?? '', serviceId: d.serviceId, ...auteurDe(c) }, c.maintenant);
}

/** Says something to those who follow it, whatever its state. Returns how many were written to. */
export async function dire(c: Ou, s: Services, circuit: Circuit, d: Demande, message: string, comment: 'avec-lettre' | 'sans-lettre'): Promise<number> {
  const version = await changer(c, d, {});
  await addEvenement(c.db, c.contrat.id, d.id, version, { acte: 'message', message, serviceId: d.serviceId, ...auteurDe(c) }, c.maintenant);
  return comment === 'sans-lettre' ? 0 : avertir(c, s, circuit, d, null, message);
}

/** Says that `d` says again what `meneur` says: it takes its state, and its author follows both. Nothing is closed, and it can be undone. */
export async function joindre(c: Ou, d: Demande, meneur: Demande): Promise<void> {
  const { etat, etatLe, closLe, effaceApres, serviceId } = meneur;
  const changes = { meneurId: meneur.id, etat, etatLe, closLe, effaceApres, serviceId, duLe: null };
  const version = await changer(c, d, changes);
  await addEvenement(
    c.db,
    c.contrat.id,
    d.id,
    version,
    { acte: 'jointe', de: d.etat, vers: etat, lien: cheminDeDemande(meneur.id), ...auteurDe(c) },
    c.maintenant,
  );
  const v = await changer(c, meneur, {});
  await addEvenement(c.db, c.contrat.id, meneur.id, v, { acte: 'rejointe', lien: cheminDeDemande(d.id), ...auteurDe(c) }, c.maintenant);
  await accorder(c.db, c.contrat.id, sourceDemandes, [d.id, meneur.id], { maintenant: c.maintenant });
}
/** It stands by itself again, in the state that it shared. */
export async function disjoindre(c: Ou, circuit: Circuit, d: Demande): Promise<void> {
  const changes = { meneurId: null, duLe: duLe(circuit, d.etat, jourDe(c.maintenant), d.prevueLe) };
  const version = await changer(c, d, changes);
  await addEvenement(
    c.db,
    c.contrat.id,
    d.id,
    version,
    { acte: 'disjointe', lien: d.meneurId ? cheminDeDemande(d.meneurId) : '', ...auteurDe(c) },
    c.maintenant,
  );
  await accorder(c.db, c.contrat.id, sourceDemandes, [d.id], { maintenant: c.maintenant });
}
