/**
 * Each minute: which letters left; a mairie that is silent, whose letter was refused or did not leave in time, is asked through the next of its roster;
 * where nobody is left, its room is told, to call it. One mairie that fails holds no other.
 */
import { JOUR_MS } from '../../../core/jours.ts';
import { createAudit, ecrireAudit, type EntreeAudit } from '../../../core/trace/audit.ts';
import { listEtatsDesLettres, listObjetsRefuses } from '../../../core/courrier/envois.queries.ts';
import { inTransaction } from '../../../core/base/database.ts';
import { emettre } from '../../../core/direct/direct.ts';
import { ErreurConcorde } from '../../../core/errors.ts';
import type { ContratServi } from '../../../core/http/http.ts';
import { causeDuRelais, departDe } from '../../alertes/index.ts';
import { grouper } from '../../echeances/index.ts';
import { salleDe } from '../crises.contexte.ts';
import { getCrise } from '../crises.queries.ts';
import { noter } from '../main-courante/ecrire.ts';
import { phrase, su } from '../main-courante/phrase.rules.ts';
import * as q from './fil.queries.ts';
import { objetDe } from './fil.rules.ts';
import { ecrireA, type Ou, toursDe } from './prevenir.ts';

/** A letter that did not leave by then never will. */
const DEPARTS_J = 3;
const MOTIFS = { refus: 'rebond', silence: 'silence', retard: 'retard' } as const;
const DIRE = { refus: 'courriel refusé', silence: 'pas de réponse', retard: 'lettre pas partie à temps' } as const;

async function noterLesDeparts(o: Ou, suivis: Awaited<ReturnType<typeof q.listSuivis>>): Promise<void> {
  const attendent = suivis.filter((e) => !e.partiLe);
  const lettres = grouper(
    await listEtatsDesLettres(
      o.db,
      o.contratId,
      attendent.map((e) => objetDe(e.criseId, e.id)),
    ),
    (l) => l.objet,
  );
  const partis = attendent.flatMap((e) => {
    const remises = (lettres.get(objetDe(e.criseId, e.id)) ?? []).map((l) => ({ voie: 'courriel' as const, etat: l.etat, depuis: e.envoyeLe, le: l.envoyeLe }));
    const d = departDe({ ...e, genre: 'accuse' }, remises);
    return d.partiLe ? [{ id: e.id, criseId: e.criseId, ...d }] : [];
  });
  if (partis.length === 0) return;
  await inTransaction(o.db, { contratId: o.contratId }, async (tx) => {
    await q.noterDeparts(tx, o.contratId, partis);
    for (const id of new Set(partis.map((e) => e.criseId))) await emettre(tx, salleDe(o.contratId, id), { genre: 'note' });
  });
}

/** Of one mairie, read again under the lock of its room. Returns how many were asked. */
async function relever(o: Ou, contrat: ContratServi, criseId: string, mairieId: string, ids: ReadonlySet<string>, refus: boolean): Promise<number> {
  return inTransaction(o.db, { contratId: o.contratId }, async (tx) => {
    const crise = await getCrise(tx, o.contratId, criseId, true);
    const mairie = await q.getMairie(tx, o.contratId, mairieId, true);
    if (crise?.etat !== 'ouverte' || !mairie || mairie.accuseLe) return 0;
    const envois = await q.listEnvois(tx, o.contratId, [mairieId]);
    const muets = envois.filter((e) => ids.has(e.id) && !e.rebondLe && (refus || !e.escaladeLe));
    await q.noterEscalades(
      tx,
      o.contratId,
      muets.map((e) => e.id),
      o.maintenant,
      refus,
    );
    const aRelever = muets.filter((e) => !e.escaladeLe);
    const [premier] = aRelever;
    if (!premier) return 0;
    const cause = causeDuRelais({ ...premier, escaladeLe: o.maintenant, rebondLe: refus ? o.maintenant : null });
    const dans = { ...o, db: tx };
    const tours = (await toursDe(dans, [mairie.territoireId])).get(mairie.territoireId);
    const demandes = new Set(envois.map((e) => e.inscritId));
    const suivants = [...(tours?.premiers ?? []), ...(tours?.suivants ?? [])].filter((i) => !demandes.has(i.id)).slice(0, aRelever.length);
    const faits = await ecrireA(
      dans,
      crise,
      mairie.note,
      suivants.map((inscrit) => ({ mairie, inscrit, motif: MOTIFS[cause] })),
    );
    // Somebody else of the same mairie may still answer in time.
    const attendus = envois.some((e) => !ids.has(e.id) && !e.escaladeLe && !e.rebondLe);
    if (faits === 0 && !attendus && !mairie.sansSuiteLe) {
      await q.setSansSuite(tx, o.contratId, mairieId, o.maintenant);
      const entrees: EntreeAudit[] = [];
      const auditer = createAudit({ utilisateur: null, quand: o.maintenant, adresse: null }, entrees);
      await noter({ db: tx, contrat, utilisateur: null, maintenant: o.maintenant, auditer }, criseId, {
        classe: 'information',
        contenu: phrase`${su(o.cat.territoires.get(mairie.territoireId)?.nom ?? mairie.territoireId)}, note n° ${mairie.note} : ${su(DIRE[cause])}, et personne après sur sa liste. À appeler.`,
      });
      await ecrireAudit(tx, o.contratId, entrees);
    }
    await emettre(tx, salleDe(o.contratId, criseId), { genre: 'note' });
    return faits;
  });
}

export async function avancerLeFil(o: Ou, contrat: ContratServi): Promise<string> {
  const fautes: Error[] = [];
  const tenter = (faire: () => Promise<number>): Promise<number> =>
    faire().catch((e: Error) => {
      fautes.push(e);
      return 0;
    });
  const depuis = new Date(o.maintenant.getTime() - DEPARTS_J * JOUR_MS);
  await tenter(async () => {
    await noterLesDeparts(o, await q.listSuivis(o.db, o.contratId, depuis));
    return 0;
  });
  const attendus = (await q.listSuivis(o.db, o.contratId, depuis)).filter((e) => e.attend && !e.rebondLe);
  const refuses = new Set(
    await listObjetsRefuses(
      o.db,
      o.contratId,
      attendus.map((e) => objetDe(e.criseId, e.id)),
    ),
  );
  let relais = 0;
  for (const refus of [true, false]) {
    const dus = attendus.filter((e) => {
      const refuse = refuses.has(objetDe(e.criseId, e.id));
      return refus ? refuse : !refuse && !e.escaladeLe && e.duLe <= o.maintenant;
    });
    for (const [mairieId, lignes] of grouper(dus, (e) => e.mairieId))
      relais += await tenter(() => relever(o, contrat, lignes[0]?.criseId ?? '', mairieId, new Set(lignes.map((e) => e.id)), refus));
  }
  if (fautes.length > 0) {
    for (const e of fautes) process.stderr.write(`crises : ${e.stack ?? e.message}\n`);
    throw new ErreurConcorde('interne', `${relais} relais ; en faute : ${fautes.length}`);
  }
  return `${relais} relais`;
}
