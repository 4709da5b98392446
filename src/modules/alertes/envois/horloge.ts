/**
 * The clocks of alerts, once a minute: what left is noted, what waited long enough leaves, who is silent or out of reach is followed by the next
 * of the roster, windows close. Everything is in the database: a stop of the process loses none of it. One alert that fails holds no other.
 */
import { JOUR_MS } from '../../../core/jours.ts';
import { createAudit, ecrireAudit, type EntreeAudit } from '../../../core/trace/audit.ts';
import { type Db, inTransaction } from '../../../core/base/database.ts';
import { ErreurConcorde } from '../../../core/errors.ts';
import { listObjetsRefuses } from '../../../core/courrier/envois.queries.ts';
import type { ContratServi } from '../../../core/http/http.ts';
import { pluriel } from '../../../ui/typographie.ts';
import { type Catalogue, getCatalogue } from '../../contrats/index.ts';
import { grouper } from '../../echeances/index.ts';
import * as a from '../alerte/alertes.queries.ts';
import { clore, direLesDeparts, diffuser, noterRelais } from '../alerte/conduire.ts';
import { libelleDeFonction } from '../reglement/reglement.ts';
import * as q from './envois.queries.ts';
import { causeDuRelais, type Cause } from './etat.rules.ts';
import { direPlace, objetDe } from './lettres.rules.ts';
import { type Outils, prevenirLesSuivants, type Releve } from './prevenir.ts';
import { avancerLesPoints } from './procedure.ts';
import { suivre } from './suivis.ts';

interface Tic {
  db: Db;
  contrat: ContratServi;
  maintenant: Date;
}
/** A letter that did not leave by then never will: `core/courrier` gave it up. */
const DEPARTS_J = 3;

/** Without anybody’s word: its delay passed, or nobody can be asked. */
async function partirSeule(t: Tic, tx: Db, o: Outils, cat: Catalogue, al: a.Alerte): Promise<void> {
  const entrees: EntreeAudit[] = [];
  const auditer = createAudit({ utilisateur: null, quand: t.maintenant, adresse: null }, entrees);
  await diffuser({ ...t, db: tx, auditer }, o, cat, al, { validation: 'delai', qui: null });
  await ecrireAudit(tx, t.contrat.id, entrees);
}

/** Leaves by itself, or is over: read again under its lock, since somebody may have acted meanwhile. */
async function expirer(t: Tic, o: Outils, cat: Catalogue, id: string): Promise<void> {
  await inTransaction(t.db, { contratId: t.contrat.id }, async (tx) => {
    const al = await a.getAlerte(tx, t.contrat.id, id, true);
    if (al?.etat === 'levee') await clore({ ...t, db: tx }, id);
    if (al?.etat === 'a-valider') await partirSeule(t, tx, o, cat, al);
  });
}

/** When each message was handed over: the time to answer runs from there. */
async function noterLesDeparts(t: Tic): Promise<void> {
  const attendent = await q.listAPartir(t.db, t.contrat.id, new Date(t.maintenant.getTime() - DEPARTS_J * JOUR_MS));
  const partis = (await suivre(t.db, t.contrat.id, attendent)).filter((e) => e.partiLe !== null);
  if (partis.length === 0) return;
  await inTransaction(t.db, { contratId: t.contrat.id }, async (tx) => {
    await q.noterDeparts(tx, t.contrat.id, partis);
    for (const id of new Set(partis.map((e) => e.alerteId))) await direLesDeparts({ ...t, db: tx }, id);
  });
}

const QUOI: Readonly<Record<Cause, string>> = { refus: 'courriel refusé', silence: 'pas de réponse', retard: 'message pas parti à temps' };
const MOTIFS: Readonly<Record<Cause, Releve['motif']>> = { refus: 'rebond', silence: 'silence', retard: 'retard' };

/** Of one alert: each silent one is followed by the next of its roster; where nobody is left it is said. Returns how many were asked. */
async function relayer(t: Tic, o: Outils, cat: Catalogue, alerteId: string, ids: ReadonlySet<string>, refus: boolean): Promise<number> {
  return inTransaction(t.db, { contratId: t.contrat.id }, async (tx) => {
    const c = { ...t, db: tx };
    const al = await a.getAlerte(tx, t.contrat.id, alerteId, true);
    if (!al || (al.etat !== 'diffusee' && al.etat !== 'a-valider')) return 0;
    const tous = await q.listEnvois(tx, t.contrat.id, alerteId);
    const demande = al.etat === 'diffusee' ? 'accuse' : 'validation';
    const muets = tous.filter((e) => ids.has(e.id) && e.reponse === null && e.rebondLe === null && (refus || e.escaladeLe === null));
    await q.noterEscalade(
      tx,
      t.contrat.id,
      muets.map((e) => e.id),
      t.maintenant,
      refus,
    );
    // Who was passed over already has somebody after them; who is asked no more needs nobody.
    const aRelever = muets
      .filter((e) => e.genre === demande && e.escaladeLe === null)
      .map((envoi) => ({ envoi, cause: causeDuRelais({ ...envoi, escaladeLe: t.maintenant, rebondLe: refus ? t.maintenant : null }) }));
    const suivants = await prevenirLesSuivants(
      c,
      o,
      cat,
      al,
      aRelever.map(({ envoi, cause }) => ({ envoi, motif: MOTIFS[cause] })),
      tous,
    );
    await q.noterRelayes(
      tx,
      t.contrat.id,
      [...suivants].map(([id, s]) => ({ id, par: s.id })),
    );
    await noterRelais(
      c,
      alerteId,
      aRelever.map(({ envoi: e, cause }) => {
        const qui = `${libelleDeFonction(o.reglement, e.fonction)}, ${direPlace(cat, o.reglement, e.territoire)} : ${QUOI[cause]}`;
        return suivants.has(e.id)
          ? { acte: 'relais' as const, texte: `${qui}, relais demandé au suivant de la liste.` }
          : { acte: 'trou' as const, texte: `${qui}, et personne après.` };
      }),
    );
    // Nobody left who could validate: it leaves, as where nobody is on duty.
    const demandes = await q.listEnvois(tx, t.contrat.id, alerteId);
    if (al.etat === 'a-valider' && demandes.every((e) => e.genre !== 'validation' || e.rebondLe !== null)) await partirSeule(t, tx, o, cat, al);
    return suivants.size;
  });
}

/** Does all of it, then says how many failed: the passage is seen as failed, and nothing waited for it. */
export async function avancer(t: Tic, o: Outils): Promise<string> {
  const cat = await getCatalogue(t.db, t.contrat.id);
  const fautes: Error[] = [];
  const tenter = async (faire: () => Promise<number>): Promise<number> =>
    faire().catch((e: Error) => {
      fautes.push(e);
      return 0;
    });
  await tenter(async () => {
    await noterLesDeparts(t);
    return 1;
  });
  let delais = 0;
  for (const { id } of await a.listAExpirer(t.db, t.contrat.id, t.maintenant))
    delais += await tenter(async () => {
      await expirer(t, o, cat, id);
      return 1;
    });
  const attente = await q.listSansReponse(t.db, t.contrat.id);
  const refuses = new Set(await listObjetsRefuses(t.db, t.contrat.id, attente.map(objetDe)));
  let relais = 0;
  const relayerTous = async (lignes: readonly { id: string; alerteId: string }[], refus: boolean) => {
    for (const [id, dus] of grouper(lignes, (e) => e.alerteId)) relais += await tenter(() => relayer(t, o, cat, id, new Set(dus.map((e) => e.id)), refus));
  };
  await relayerTous(
    attente.filter((e) => refuses.has(objetDe(e))),
    true,
  );
  await relayerTous(await q.listSilences(t.db, t.contrat.id, t.maintenant), false);
  relais += await avancerLesPoints(t, o, cat, { noter: noterRelais, tenter });
  if (fautes.length > 0) {
    for (const e of fautes) process.stderr.write(`alertes : ${e.stack ?? e.message}\n`);
    throw new ErreurConcorde('interne', `${delais} délais passés, ${relais} relais ; en faute : ${fautes.length}`);
  }
  return `${pluriel(delais, 'délai passé')}, ${relais} relais`;
}
