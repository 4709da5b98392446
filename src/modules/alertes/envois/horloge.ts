/**
 * The clocks of alerts, once a minute: what waited long enough leaves, who is silent or out of reach is replaced by the next of the roster,
 * windows close, messages that wait leave. Everything is in the database: a stop of the process loses none of it.
 */
import { createAudit, ecrireAudit, type EntreeAudit } from '../../../core/trace/audit.ts';
import { type Db, inTransaction } from '../../../core/base/database.ts';
import { listObjetsRefuses } from '../../../core/courrier/envois.queries.ts';
import type { ContratServi } from '../../../core/http/http.ts';
import { type Catalogue, getCatalogue } from '../../contrats/index.ts';
import { grouper } from '../../echeances/index.ts';
import * as a from '../alerte/alertes.queries.ts';
import { clore, diffuser, noterRelais } from '../alerte/conduire.ts';
import { libelleDeFonction } from '../reglement/reglement.ts';
import { type Envoi, listEnvois, listSansReponse, listSilences, noterEscalade } from './envois.queries.ts';
import { objetDe, direLieu } from './lettres.rules.ts';
import { type Outils, prevenirLeSuivant } from './prevenir.ts';

interface Tic {
  db: Db;
  contrat: ContratServi;
  maintenant: Date;
}

/** Leaves by itself, or is over: read again under its lock, since somebody may have acted meanwhile. */
async function expirer(t: Tic, o: Outils, cat: Catalogue, id: string): Promise<void> {
  await inTransaction(t.db, { contratId: t.contrat.id }, async (tx) => {
    const c = { ...t, db: tx };
    const al = await a.getAlerte(tx, t.contrat.id, id, true);
    if (al?.etat === 'levee') return clore(c, id);
    if (al?.etat !== 'a-valider') return;
    const entrees: EntreeAudit[] = [];
    const auditer = createAudit({ utilisateur: null, quand: t.maintenant, adresse: null }, entrees);
    await diffuser({ ...c, auditer }, o, cat, al, { validation: 'delai', qui: null });
    await ecrireAudit(tx, t.contrat.id, entrees);
  });
}

/** Of one alert: each silent one is followed by the next of its roster; where nobody is left it is said. Returns how many were told. */
async function relayer(t: Tic, o: Outils, cat: Catalogue, alerteId: string, dus: readonly Pick<Envoi, 'id'>[], motif: 'silence' | 'rebond'): Promise<number> {
  return inTransaction(t.db, { contratId: t.contrat.id }, async (tx) => {
    const c = { ...t, db: tx };
    const al = await a.getAlerte(tx, t.contrat.id, alerteId, true);
    if (!al || (al.etat !== 'diffusee' && al.etat !== 'a-valider')) return 0;
    const ids = new Set(dus.map((e) => e.id));
    const tous = await listEnvois(tx, t.contrat.id, alerteId);
    const muets = tous.filter((e) => ids.has(e.id) && e.reponse === null && e.rebondLe === null && (motif === 'rebond' || e.escaladeLe === null));
    await noterEscalade(
      tx,
      t.contrat.id,
      muets.map((e) => e.id),
      t.maintenant,
      motif === 'rebond',
    );
    let n = 0;
    // Who was passed over already has somebody after them.
    for (const e of muets.filter((x) => x.genre === 'accuse' && x.escaladeLe === null)) {
      const deja = (await listEnvois(tx, t.contrat.id, alerteId)).filter((x) => x.genre === 'accuse').map((x) => x.inscritId);
      const suivant = await prevenirLeSuivant(c, o, cat, al, { fonction: e.fonction, territoire: e.territoire, motif, deja });
      const ou = cat.territoires.has(e.territoire)
        ? direLieu(cat, e.territoire)
        : (o.reglement.communes.find((x) => x.code === e.territoire)?.nom ?? e.territoire);
      const qui = `${libelleDeFonction(o.reglement, e.fonction)}, ${ou}`;
      const quoi = motif === 'rebond' ? 'adresse refusée' : 'pas de réponse';
      await noterRelais(
        c,
        alerteId,
        suivant ? 'relais' : 'trou',
        suivant ? `${qui} : ${quoi}, ${suivant.nom} est prévenu.` : `${qui} : ${quoi}, et personne après.`,
      );
      if (suivant) n++;
    }
    return n;
  });
}

export async function avancer(t: Tic, o: Outils): Promise<string> {
  const cat = await getCatalogue(t.db, t.contrat.id);
  const expirees = await a.listAExpirer(t.db, t.contrat.id, t.maintenant);
  for (const { id } of expirees) await expirer(t, o, cat, id);
  const attente = await listSansReponse(t.db, t.contrat.id);
  const refuses = new Set(
    await listObjetsRefuses(
      t.db,
      t.contrat.id,
      attente.map((e) => objetDe(e.alerteId, e.id)),
    ),
  );
  const rebonds = attente.filter((e) => refuses.has(objetDe(e.alerteId, e.id)));
  let relais = 0;
  for (const [id, dus] of grouper(rebonds, (e) => e.alerteId)) relais += await relayer(t, o, cat, id, dus, 'rebond');
  for (const [id, dus] of grouper(await listSilences(t.db, t.contrat.id, t.maintenant), (e) => e.alerteId))
    relais += await relayer(t, o, cat, id, dus, 'silence');
  return `${expirees.length} délais passés, ${relais} relais`;
}
