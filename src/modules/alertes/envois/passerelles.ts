/**
 * Ways out besides mail. A message waits as a row; it is taken for a while, sent with no transaction open, then what became of it is written.
 * A process that dies between the two lets it leave once more, under the same topic (push) or reference (telephone), which receivers take for one.
 */
import { createHash } from 'node:crypto';
import webpush from 'web-push';
import { type Db, inTransaction } from '../../../core/base/database.ts';
import type { Coffre } from '../../../core/coffre.ts';
import type { ReglagesDAlertes } from '../../../core/reglages-alertes.ts';
import { getCatalogue } from '../../contrats/index.ts';
import { type Alerte, getAlerte } from '../alerte/alertes.queries.ts';
import { type Envoi, getEnvoi, getInscritDeLEnvoi } from './envois.queries.ts';
import { avisDe, avisDeFin, avisDuPalier, lienDe, texteCourt, texteDeFin } from './lettres.rules.ts';
import { type Message, noterMessage, prendreMessages } from './messages.queries.ts';
import * as n from './navigateurs.queries.ts';

export interface Cles {
  publique: string;
  privee: string;
}
/** The setting's pair, or one made here the first time and kept closed. */
export async function getCles(db: Db, contratId: number, coffre: Coffre, reglages: ReglagesDAlertes, quand: Date): Promise<Cles> {
  if (reglages.vapid) return reglages.vapid;
  const lire = async () => {
    const gardees = await n.getClesGardees(db, contratId);
    return gardees ? { publique: gardees.publique, privee: coffre.dechiffrer(gardees.ferme) } : null;
  };
  const deja = await lire();
  if (deja) return deja;
  const { publicKey, privateKey } = webpush.generateVAPIDKeys();
  await inTransaction(db, { contratId }, (tx) => n.addCles(tx, contratId, { publique: publicKey, ferme: coffre.chiffrer(privateKey), quand }));
  return (await lire()) ?? { publique: publicKey, privee: privateKey };
}

interface Abonnement {
  endpoint: string;
  p256dh: string;
  auth: string;
}
export const empreinteDe = (endpoint: string): string => createHash('sha256').update(endpoint).digest('hex').slice(0, 32);
/** Notices leave only towards services of browsers that the settings name: an address that a form gives opens nothing else. */
export function estUnService(endpoint: string, reglages: ReglagesDAlertes): boolean {
  const url = URL.canParse(endpoint) ? new URL(endpoint) : null;
  if (!url || url.username || url.password) return false;
  const locale = /^(127\.0\.0\.1|localhost)$/.test(url.hostname);
  if (url.protocol !== 'https:' && !(locale && url.protocol === 'http:')) return false;
  return reglages.pushHotes.some((h) => (h.startsWith('*.') ? url.hostname.endsWith(h.slice(1)) : url.hostname === h));
}

interface Outils {
  contratId: number;
  coffre: Coffre;
  adresse: string;
  reglages: ReglagesDAlertes;
  maintenant: () => Date;
}
type Issue = { etat: 'envoye' | 'attente' | 'echec' | 'retenu'; erreur: string };
const ENVOYE: Issue = { etat: 'envoye', erreur: '' };
const BAIL_MS = 120_000;
const DELAI_MS = 15_000;
const ESSAIS_MAX = 6;
const LOT = 100;
const ENSEMBLE = 20;
/** A passage stops there: what is left waits for the next one. */
const PASSAGE_MS = 50_000;
/** Kept by the service for a telephone that is off: until the answer is due, and for its end, as long as it is of use. */
const TTL_MIN_S = 300;
const TTL_FIN_S = 14_400;
const ttlDe = (e: Envoi, maintenant: Date): number =>
  e.genre === 'fin' ? TTL_FIN_S : Math.max(TTL_MIN_S, Math.round((e.duLe.getTime() - maintenant.getTime()) / 1000));
/** What is asked of somebody is still to be asked; read again when it leaves. */
const ATTENDUE: Readonly<Record<Envoi['genre'], readonly Alerte['etat'][]>> = {
  validation: ['a-valider'],
  accuse: ['diffusee'],
  palier: ['diffusee'],
  point: ['diffusee', 'levee', 'close'],
  fin: ['levee', 'close', 'ecartee'],
};
const PERIMEE: Issue = { etat: 'retenu', erreur: 'alerte finie' };

const selonStatut = (statut: number): Issue =>
  statut < 300 ? ENVOYE : { etat: statut >= 400 && statut < 500 && statut !== 429 ? 'echec' : 'attente', erreur: `réponse ${statut}` };

async function pousser(db: Db, o: Outils, cles: Cles, m: Message): Promise<Issue> {
  const gardee = m.navigateurId ? await n.getNavigateur(db, o.contratId, m.navigateurId) : null;
  const envoi = await getEnvoi(db, o.contratId, m.envoiId);
  const alerte = envoi && (await getAlerte(db, o.contratId, envoi.alerteId));
  if (!gardee || !alerte) return { etat: 'echec', erreur: 'navigateur oublié' };
  if (!ATTENDUE[envoi.genre].includes(alerte.etat)) return PERIMEE;
  const abonnement = JSON.parse(o.coffre.dechiffrer(gardee.ferme)) as Abonnement;
  if (!estUnService(abonnement.endpoint, o.reglages)) return { etat: 'echec', erreur: 'service que le réglage ne nomme plus' };
  const cat = await getCatalogue(db, o.contratId);
  const avis = (envoi.genre === 'fin' ? avisDeFin : envoi.genre === 'palier' ? avisDuPalier : avisDe)(cat, alerte);
  const { endpoint, ...keys } = abonnement;
  const demande = webpush.generateRequestDetails({ endpoint, keys }, JSON.stringify(avis), {
    vapidDetails: {
      subject: o.adresse.startsWith('https:') ? o.adresse : 'mailto:concorde@localhost',
      publicKey: cles.publique,
      privateKey: cles.privee,
    },
    TTL: ttlDe(envoi, o.maintenant()),
    urgency: 'high',
    topic: m.id.replaceAll('-', ''),
  });
  const r = await fetch(demande.endpoint, {
    method: 'POST',
    headers: demande.headers as Record<string, string>,
    body: demande.body ? new Uint8Array(demande.body) : null,
    redirect: 'error',
    signal: AbortSignal.timeout(DELAI_MS),
  });
  // Gone for good: the service says so, and nothing more is sent there.
  if (r.status === 404 || r.status === 410) {
    await inTransaction(db, { contratId: o.contratId }, (tx) => n.oublierNavigateur(tx, o.contratId, gardee.id));
    return { etat: 'echec', erreur: 'ce navigateur n’est plus là : oublié' };
  }
  return selonStatut(r.status);
}

async function telephoner(db: Db, o: Outils, m: Message): Promise<Issue> {
  if (!o.reglages.smsUrl) return { etat: 'retenu', erreur: 'ALERTES_SMS_URL n’est pas réglé' };
  const [inscrit, envoi] = [await getInscritDeLEnvoi(db, o.contratId, m.envoiId), await getEnvoi(db, o.contratId, m.envoiId)];
  const alerte = envoi && (await getAlerte(db, o.contratId, envoi.alerteId));
  if (!inscrit?.telephone || !envoi || !alerte) return { etat: 'echec', erreur: 'plus de numéro' };
  if (!ATTENDUE[envoi.genre].includes(alerte.etat)) return PERIMEE;
  const cat = await getCatalogue(db, o.contratId);
  const lien = `${o.adresse}${lienDe(o.coffre, { ...envoi, courriel: inscrit.courriel })}`;
  const texte = envoi.genre === 'fin' ? texteDeFin(cat, alerte) : texteCourt(cat, alerte, lien, envoi.genre);
  const r = await fetch(o.reglages.smsUrl, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ a: inscrit.telephone, texte, reference: m.id }),
    redirect: 'error',
    signal: AbortSignal.timeout(DELAI_MS),
  });
  return selonStatut(r.status);
}

/** Sends what is due, for less than a minute; safe to call at any time and from several processes. Returns how many left. */
export async function expedierMessages(db: Db, o: Outils): Promise<number> {
  let partis = 0;
  const limite = performance.now() + PASSAGE_MS;
  while (performance.now() < limite) {
    const quand = o.maintenant();
    const lot = await inTransaction(db, { contratId: o.contratId }, (tx) =>
      prendreMessages(tx, o.contratId, { quand, jusqua: new Date(quand.getTime() + BAIL_MS), limite: LOT }),
    );
    if (lot.length === 0) return partis;
    const cles = lot.some((m) => m.voie === 'push') ? await getCles(db, o.contratId, o.coffre, o.reglages, quand) : null;
    for (let i = 0; i < lot.length; i += ENSEMBLE)
      await Promise.all(
        lot.slice(i, i + ENSEMBLE).map(async (m) => {
          const issue = await (m.voie === 'push' && cles ? pousser(db, o, cles, m) : telephoner(db, o, m)).catch(
            (e: Error): Issue => ({ etat: 'attente', erreur: e.name }),
          );
          const finale: Issue = issue.etat === 'attente' && m.essais >= ESSAIS_MAX ? { ...issue, etat: 'echec' } : issue;
          if (finale.etat === 'envoye') partis++;
          const fini = o.maintenant();
          await inTransaction(db, { contratId: o.contratId }, (tx) =>
            noterMessage(tx, o.contratId, m.id, {
              ...finale,
              prochainLe: new Date(fini.getTime() + 30_000 * 2 ** (m.essais - 1)),
              envoyeLe: finale.etat === 'envoye' ? fini : null,
            }),
          );
        }),
      );
  }
  return partis;
}
