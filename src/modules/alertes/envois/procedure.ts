/** The procedure of a grave alert: each point is told to who is charged of it, reminded halfway to its time, and passed to the next of the roster when it has come. */
import { ajouterCourriels } from '../../../core/courrier/mail.ts';
import { listObjetsRefuses } from '../../../core/courrier/envois.queries.ts';
import { type Db, inTransaction } from '../../../core/base/database.ts';
import type { ContratServi } from '../../../core/http/http.ts';
import type { Catalogue } from '../../contrats/index.ts';
import { grouper } from '../../echeances/index.ts';
import { type Alerte, getAlerte } from '../alerte/alertes.queries.ts';
import { addPoints, listPoints, type Point } from '../alerte/points.queries.ts';
import { listCreneaux, listInscrits, listInscritsParId } from '../astreintes/astreintes.queries.ts';
import { ordreDe } from '../astreintes/astreintes.rules.ts';
import { fonctionDe, libelleDeFonction, palierDe, quiTiennent } from '../reglement/reglement.ts';
import * as q from './envois.queries.ts';
import { causeDuRelais, type Cause } from './etat.rules.ts';
import { direPlace, objetDe } from './lettres.rules.ts';
import { envoyer, lettre, type Ou, type Outils, prevenirLesSuivants, type Releve, secteurDe } from './prevenir.ts';
import { suivre } from './suivis.ts';

type Trou = { acte: 'trou'; texte: string };
const fini = (p: Pick<Point, 'faitLe' | 'celluleLe'>): boolean => p.faitLe !== null || p.celluleLe !== null;

/** Opens the points that the tier asks for, and tells those who are charged of what is not done; returns the holes. Those told already are told nothing more. */
export async function chargerLaProcedure(c: Ou, o: Outils, cat: Catalogue, a: Alerte): Promise<Trou[]> {
  const { reglement: r } = o;
  if (!palierDe(r, a.palier).procedure) return [];
  await addPoints(
    c.db,
    c.contrat.id,
    a.id,
    r.procedure.map((p, ordre) => ({
      code: p.code,
      ordre,
      libelle: p.libelle,
      qui: p.qui,
      cellules: p.cellules,
      duLe: new Date(c.maintenant.getTime() + p.minutes * 60_000),
    })),
  );
  const ouverts = (await listPoints(c.db, c.contrat.id, a.id)).filter((p) => !fini(p));
  const ici = secteurDe(cat, a.territoireId);
  const inscrits = quiTiennent(r, cat, await listInscrits(c.db, c.contrat.id, { territoires: [ici, cat.racine.id] }));
  const creneaux = await listCreneaux(c.db, c.contrat.id, { debut: c.maintenant, fin: new Date(c.maintenant.getTime() + 60_000) });
  const charges = ouverts.flatMap((point) =>
    (r.procedure.find((p) => p.code === point.code)?.fonctions ?? []).map((fonction) => {
      const territoire = fonctionDe(r, fonction)?.partout ? cat.racine.id : ici;
      const { premiers } = ordreDe(
        inscrits.filter((i) => i.fonction === fonction && i.territoire === territoire),
        creneaux,
        c.maintenant,
      );
      return { point, fonction, premiers };
    }),
  );
  await envoyer(
    c,
    o,
    cat,
    a,
    charges.flatMap(({ point, premiers }) => premiers.map((t) => ({ ...t, genre: 'point' as const, pour: point.code, duLe: point.duLe, point }))),
  );
  return [
    ...grouper(
      charges.filter((x) => x.premiers.length === 0),
      (x) => x.fonction,
    ),
  ].map(([fonction, la]) => ({
    acte: 'trou',
    texte: `Procédure d’urgence, personne à prévenir : ${libelleDeFonction(r, fonction)} (${la.map((x) => x.point.libelle).join(' ; ')}).`,
  }));
}

interface Tic {
  db: Db;
  contrat: ContratServi;
  maintenant: Date;
}
const QUOI: Readonly<Record<Cause, string>> = { refus: 'courriel refusé', silence: 'pas dit fait', retard: 'message pas parti à temps' };
const MOTIFS: Readonly<Record<Cause, Releve['motif']>> = { refus: 'rebond', silence: 'silence', retard: 'retard' };
const aMiChemin = (e: q.Envoi, maintenant: Date): boolean => maintenant.getTime() >= (e.envoyeLe.getTime() + e.duLe.getTime()) / 2;

/** Of one alert: reminds, or asks the next of the roster. Returns its lines and how many were asked. */
async function relancer(t: Tic, tx: Db, o: Outils, cat: Catalogue, a: Alerte, refuses: ReadonlySet<string>) {
  const c = { ...t, db: tx };
  const points = new Map((await listPoints(tx, t.contrat.id, a.id)).map((p) => [p.code, p]));
  const tous = await q.listEnvois(tx, t.contrat.id, a.id, 'points');
  const attendus = (await suivre(tx, t.contrat.id, tous)).flatMap((e) => {
    const point = points.get(e.pour);
    return point && !fini(point) && e.reponse === null && e.escaladeLe === null ? [{ e, point, refus: refuses.has(e.id) }] : [];
  });
  const dus = attendus.filter((x) => x.refus || x.e.duLe <= t.maintenant);
  const aRappeler = attendus.filter((x) => !dus.includes(x) && x.e.rappeleLe === null && aMiChemin(x.e, t.maintenant));
  const inscrits = await listInscritsParId(
    tx,
    t.contrat.id,
    aRappeler.map((x) => x.e.inscritId),
  );
  await ajouterCourriels(
    tx,
    t.contrat.id,
    aRappeler.flatMap(({ e, point }) => {
      const i = inscrits.get(e.inscritId);
      return i ? [lettre(o, cat, a, e, { courriel: i.courriel, fonction: e.fonction, motif: e.motif, duLe: e.duLe, point, rappel: true })] : [];
    }),
    o.coffre,
  );
  await q.noterRappels(
    tx,
    t.contrat.id,
    aRappeler.map((x) => x.e.id),
    t.maintenant,
  );
  for (const refus of [true, false])
    await q.noterEscalade(
      tx,
      t.contrat.id,
      dus.filter((x) => x.refus === refus).map((x) => x.e.id),
      t.maintenant,
      refus,
    );
  const causes = new Map(dus.map(({ e, refus }) => [e.id, causeDuRelais({ ...e, escaladeLe: t.maintenant, rebondLe: refus ? t.maintenant : null })]));
  const causeDe = (id: string): Cause => causes.get(id) ?? 'silence';
  const suivants = await prevenirLesSuivants(
    c,
    o,
    cat,
    a,
    dus.map(({ e, point }) => ({ envoi: e, motif: MOTIFS[causeDe(e.id)], point })),
    tous,
  );
  await q.noterRelayes(
    tx,
    t.contrat.id,
    [...suivants].map(([id, s]) => ({ id, par: s.id })),
  );
  const lignes = dus.map(({ e, point }) => {
    const qui = `${libelleDeFonction(o.reglement, e.fonction)}, ${direPlace(cat, o.reglement, e.territoire)}, ${point.libelle} : ${QUOI[causeDe(e.id)]}`;
    return suivants.has(e.id)
      ? { acte: 'relais' as const, texte: `${qui}, relais demandé au suivant de la liste.` }
      : { acte: 'trou' as const, texte: `${qui}, et personne après.` };
  });
  return { lignes, relais: suivants.size };
}

/** `noter`: writes lines of the history of an alert. `tenter`: one that fails holds no other. */
export async function avancerLesPoints(
  t: Tic,
  o: Outils,
  cat: Catalogue,
  suite: {
    noter: (c: Ou, id: string, lignes: readonly { acte: 'relais' | 'trou'; texte: string }[]) => Promise<void>;
    tenter: (faire: () => Promise<number>) => Promise<number>;
  },
): Promise<number> {
  const attendent = await q.listCharges(t.db, t.contrat.id);
  const objets = new Set(await listObjetsRefuses(t.db, t.contrat.id, attendent.map(objetDe)));
  const refuses = new Set(attendent.filter((e) => objets.has(objetDe(e))).map((e) => e.id));
  const pressent = attendent.filter((e) => refuses.has(e.id) || (e.rappeleLe === null ? aMiChemin(e, t.maintenant) : e.duLe <= t.maintenant));
  let relais = 0;
  for (const id of new Set(pressent.map((e) => e.alerteId)))
    relais += await suite.tenter(() =>
      inTransaction(t.db, { contratId: t.contrat.id }, async (tx) => {
        const a = await getAlerte(tx, t.contrat.id, id, true);
        if (!a) return 0;
        const { lignes, relais: faits } = await relancer(t, tx, o, cat, a, refuses);
        await suite.noter({ ...t, db: tx }, id, lignes);
        return faits;
      }),
    );
  return relais;
}
