/**
 * A session of the cell: called, prepared by numbers, opened by who presides; each item opens one situation to those who attested that they
 * are there, and closes it. Preparing needs a seat and a signature, and reads nothing; being there needs the cell open.
 */
import { code } from '../../../core/trace/details.ts';
import { conflit, type ErreurDeChamp, interdit, introuvable } from '../../../core/errors.ts';
import { type Contexte, fichier, get, lire, liste, page, post, redirige, type Reponse, type Route, champsDe } from '../../../core/http/http.ts';
import { avertir } from '../../../core/courrier/mail.ts';
import { compter, getOuverts } from '../cellule/cellule.queries.ts';
import { FIL, travail } from '../cellule/cellule.routes.tsx';
import { cheminDe, exigerOuverte, type Outils, type Ouverte, signataires, siegent, voirCellule, type Vue } from '../cellules.contexte.ts';
import { accesMembres } from '../cellules.policy.ts';
import { groupesPour } from '../charte/charte.rules.ts';
import { ConvoquerPage, ProjectionPage, SeancePage } from '../pages/SeancePages.tsx';
import { lireContenus, noterLecture } from '../situations/contenu.ts';
import { listOrientations } from '../situations/orientations.queries.ts';
import { getVisee, listHabilitations, setEtat } from '../situations/situations.queries.ts';
import { buildIcs } from './ics.ts';
import {
  addPoints,
  addPresence,
  addSeance,
  clorePoints,
  cloreSeance,
  getSeance,
  listPoints,
  listPresences,
  listProposables,
  oterPoint,
  ouvrirPoint,
  ouvrirSeance,
  partirDe,
  type Seance,
  setPreside,
} from './seances.queries.ts';
import { etatDeSeance, refusDOuvrir } from './seances.rules.ts';
import { seanceSchema } from './seances.schema.ts';

const CHEMIN = '/cellules/:cellule/seances/:reunion';
const adresseDe = (v: Vue, id: string): string => `${cheminDe(v.cellule.id)}/seances/${id}`;

/** Throws 403 without a seat and the signature of the charter as it stands. The cell may be closed: preparing reads nothing. */
async function preparer(c: Contexte, o: Outils, tenue = false) {
  const v = await voirCellule(c, o, tenue);
  const { moi } = v;
  if (!moi || !v.signee) throw interdit('Une séance se prépare par un membre qui a signé la charte en vigueur.');
  return { ...v, moi };
}
type Preparee = Awaited<ReturnType<typeof preparer>>;
async function uneSeance(c: Contexte, v: Vue): Promise<Seance> {
  const s = await getSeance(c.db, c.contrat.id, { id: c.params.reunion ?? '', celluleId: v.cellule.id });
  if (!s) throw introuvable('Cette séance');
  return s;
}
/** The session under way, of which this member presides. */
async function presider(c: Contexte, o: Outils): Promise<{ v: Ouverte; s: Seance }> {
  const v = await exigerOuverte(c, o, true);
  const s = await uneSeance(c, v);
  if (s.presideId !== v.moi.id) throw interdit('Seul qui préside la séance fait cela.');
  return { v, s };
}
function exigerOuverteCeJour(s: Seance, v: Vue): void {
  if (etatDeSeance(s, v.aujourdhui) !== 'ouverte') throw conflit('La séance n’est pas ouverte.');
}

export function buildSeancesRoutes(o: Outils): Route[] {
  const fil = (v: Vue) => [...FIL, { libelle: v.nom, href: cheminDe(v.cellule.id) }];
  const pageConvoquer = (v: Preparee, c: Contexte, erreurs: readonly ErreurDeChamp[] = []): Reponse =>
    page({
      ...travail,
      titre: 'Convoquer une séance',
      fil: fil(v),
      statut: erreurs.length > 0 ? 422 : 200,
      corps: <ConvoquerPage vue={v} champs={champsDe(c)} erreurs={erreurs} />,
    });
  async function montrer(c: Contexte, v: Preparee, s: Seance, erreurs: readonly ErreurDeChamp[] = []): Promise<Reponse> {
    const etat = etatDeSeance(s, v.aujourdhui);
    return page({
      ...travail,
      titre: 'Séance de la cellule',
      fil: fil(v),
      statut: erreurs.length > 0 ? 422 : 200,
      corps: (
        <SeancePage
          vue={v}
          seance={s}
          etat={etat}
          points={await listPoints(c.db, c.contrat.id, s.id)}
          presences={await listPresences(c.db, c.contrat.id, s.id)}
          proposables={
            etat === 'prevue' || etat === 'ouverte'
              ? await listProposables(c.db, c.contrat.id, { celluleId: v.cellule.id, seanceId: s.id, aujourdhui: v.aujourdhui })
              : []
          }
          erreurs={erreurs}
        />
      ),
    });
  }
  /** Items that close: what was ready becomes examined. */
  async function clore(c: Contexte, v: Ouverte, s: Seance): Promise<void> {
    for (const p of await clorePoints(c.db, c.contrat.id, s.id, c.maintenant)) {
      const qui = { id: p.situationId, celluleId: v.cellule.id, membreId: v.moi.id, aujourdhui: v.aujourdhui, maintenant: c.maintenant };
      const x = await getVisee(c.db, c.contrat.id, qui, true);
      if (x?.etat === 'recevable') {
        await setEtat(c.db, c.contrat.id, x, { etat: 'examinee', etatLe: v.aujourdhui, destructionLe: x.destructionLe });
        await compter(c.db, c.contrat.id, v.cellule.id, 'examinees', v.aujourdhui);
      }
      await c.auditer('cellule.point_clos', `${cheminDe(v.cellule.id)}/situations/${p.situationId}`, { seance: code(s.id), membre: code(v.moi.id) });
    }
  }

  return [
    get('/cellules/:cellule/seances/convoquer', accesMembres, async (c) => pageConvoquer(await preparer(c, o), c)),
    /** 303 called: every member is told, in words that say nothing; 422. */
    post(
      '/cellules/:cellule/seances/convoquer',
      accesMembres,
      async (c) => {
        const v = await preparer(c, o, true);
        const lu = lire(seanceSchema(v.aujourdhui, new Set(signataires(v).map((m) => m.id))), champsDe(c));
        if (!lu.ok) return pageConvoquer(v, c, lu.erreurs);
        const { jour, heure, preside } = lu.valeur;
        const id = await addSeance(c.db, c.contrat.id, { celluleId: v.cellule.id, jour, heure, presideId: preside, membreId: v.moi.id }, c.maintenant);
        const ouverts = await getOuverts(
          c.db,
          siegent(v).map((m) => m.compteId),
        );
        for (const compte of ouverts) await avertir(c.db, compte, `${o.adresse}${adresseDe(v, id)}`);
        await c.auditer('cellule.seance', cheminDe(v.cellule.id), { seance: code(id), jour: code(jour), membre: code(v.moi.id) });
        return redirige(adresseDe(v, id));
      },
      { anonyme: true },
    ),
    /** 200 numbers, states and who is there; 403 without a signature. */
    get(CHEMIN, accesMembres, async (c) => {
      const v = await preparer(c, o);
      return montrer(c, v, await uneSeance(c, v));
    }),
    /** 200 for a calendar: confidential, in words that say nothing. */
    get(`${CHEMIN}/agenda.ics`, accesMembres, async (c) => {
      const v = await preparer(c, o);
      const s = await uneSeance(c, v);
      const adresse = `${o.adresse}${adresseDe(v, s.id)}`;
      return fichier(buildIcs({ id: s.id, jour: s.jour, heure: s.heure, adresse, maintenant: c.maintenant }), {
        nom: 'reunion.ics',
        type: 'text/calendar; charset=utf-8',
      });
    }),
    /** 303 on the agenda, once, whoever else puts it at the same time; 409 over; 422 nothing chosen. */
    post(
      `${CHEMIN}/inscrire`,
      accesMembres,
      async (c) => {
        const v = await preparer(c, o, true);
        const s = await uneSeance(c, v);
        if (!['prevue', 'ouverte'].includes(etatDeSeance(s, v.aujourdhui))) throw conflit('Cette séance est finie : son ordre du jour ne change plus.');
        const voulues = new Set(liste(c.corps.situations));
        const possibles = await listProposables(c.db, c.contrat.id, { celluleId: v.cellule.id, seanceId: s.id, aujourdhui: v.aujourdhui });
        const situations = possibles.filter((p) => voulues.has(p.id)).map((p) => p.id);
        if (voulues.size === 0) return montrer(c, v, s, [{ champ: 'situations', message: 'Choisissez au moins une situation.' }]);
        const nombre = await addPoints(c.db, c.contrat.id, { seanceId: s.id, membreId: v.moi.id, situations });
        await c.auditer('cellule.ordre_du_jour', cheminDe(v.cellule.id), { seance: code(s.id), membre: code(v.moi.id), inscrites: nombre });
        return redirige(adresseDe(v, s.id));
      },
      { anonyme: true },
    ),
    /** 303 off the agenda; 409 opened already, or gone. */
    post(`${CHEMIN}/oter/:pointDeCellule`, accesMembres, async (c) => {
      const v = await preparer(c, o, true);
      const s = await uneSeance(c, v);
      if (!(await oterPoint(c.db, c.contrat.id, { id: c.params.pointDeCellule ?? '', seanceId: s.id })))
        throw conflit('Ce point a déjà été ouvert, ou n’y est plus.');
      await c.auditer('cellule.ordre_du_jour', cheminDe(v.cellule.id), { seance: code(s.id), membre: code(v.moi.id), ote: code(c.params.pointDeCellule) });
      return redirige(adresseDe(v, s.id));
    }),
    /** 303 there, by one's own act, that day; 409 another day, over, or there already. */
    post(
      `${CHEMIN}/present`,
      accesMembres,
      async (c) => {
        const v = await exigerOuverte(c, o, true);
        const s = await uneSeance(c, v);
        if (s.jour !== v.aujourdhui || s.closeLe) throw conflit('On atteste sa présence le jour de la séance, avant sa clôture.');
        if (!(await addPresence(c.db, c.contrat.id, { seanceId: s.id, membreId: v.moi.id }, c.maintenant))) throw conflit('Votre présence est déjà notée.');
        await c.auditer('cellule.present', cheminDe(v.cellule.id), { seance: code(s.id), membre: code(v.moi.id) });
        return redirige(adresseDe(v, s.id));
      },
      { anonyme: true },
    ),
    /** 303 gone: what is open closes for this member; 409 was not there. */
    post(`${CHEMIN}/partir`, accesMembres, async (c) => {
      const v = await preparer(c, o, true);
      const s = await uneSeance(c, v);
      if (!(await partirDe(c.db, c.contrat.id, { seanceId: s.id, membreId: v.moi.id }, c.maintenant))) throw conflit('Votre présence n’est pas notée.');
      await c.auditer('cellule.parti', cheminDe(v.cellule.id), { seance: code(s.id), membre: code(v.moi.id) });
      return redirige(adresseDe(v, s.id));
    }),
    /** 303 takes the chair before the session is opened; 409 opened already. */
    post(`${CHEMIN}/presider`, accesMembres, async (c) => {
      const v = await preparer(c, o, true);
      const s = await uneSeance(c, v);
      if (etatDeSeance(s, v.aujourdhui) !== 'prevue') throw conflit('La présidence change avant l’ouverture de la séance.');
      await setPreside(c.db, c.contrat.id, s.id, v.moi.id);
      await c.auditer('cellule.presidence', cheminDe(v.cellule.id), { seance: code(s.id), membre: code(v.moi.id) });
      return redirige(adresseDe(v, s.id));
    }),
    /** 303; 403 not who presides; 409 another day. */
    post(`${CHEMIN}/ouvrir`, accesMembres, async (c) => {
      const { v, s } = await presider(c, o);
      if (etatDeSeance(s, v.aujourdhui) !== 'prevue' || s.jour !== v.aujourdhui) throw conflit('Une séance s’ouvre le jour pour lequel elle est convoquée.');
      await ouvrirSeance(c.db, c.contrat.id, s.id, c.maintenant);
      await c.auditer('cellule.seance_ouverte', cheminDe(v.cellule.id), { seance: code(s.id), membre: code(v.moi.id) });
      return redirige(adresseDe(v, s.id));
    }),
    /** 303 over, and the item that was open with it. */
    post(`${CHEMIN}/fermer`, accesMembres, async (c) => {
      const { v, s } = await presider(c, o);
      exigerOuverteCeJour(s, v);
      await clore(c, v, s);
      await cloreSeance(c.db, c.contrat.id, s.id, c.maintenant);
      await compter(c.db, c.contrat.id, v.cellule.id, 'seances', v.aujourdhui);
      await c.auditer('cellule.seance_close', cheminDe(v.cellule.id), { seance: code(s.id), membre: code(v.moi.id) });
      return redirige(adresseDe(v, s.id));
    }),
    /** 303 this situation opens to those who are there, and the one before closes; 409 not two institutions, or nobody who is named for it. */
    post(`${CHEMIN}/points/:pointDeCellule/ouvrir`, accesMembres, async (c) => {
      const { v, s } = await presider(c, o);
      exigerOuverteCeJour(s, v);
      const p = (await listPoints(c.db, c.contrat.id, s.id)).find((x) => x.id === c.params.pointDeCellule);
      if (!p) throw introuvable('Ce point');
      const presents = (await listPresences(c.db, c.contrat.id, s.id)).filter((x) => x.partiLe === null);
      const designes = new Set((await listHabilitations(c.db, c.contrat.id, p.situationId)).map((h) => h.membreId));
      const refus = refusDOuvrir(presents, designes);
      if (refus) throw conflit(refus);
      await clore(c, v, s);
      await ouvrirPoint(c.db, c.contrat.id, { id: p.id, seanceId: s.id }, c.maintenant);
      await c.auditer('cellule.point_ouvert', `${cheminDe(v.cellule.id)}/situations/${p.situationId}`, { seance: code(s.id), membre: code(v.moi.id) });
      return redirige(adresseDe(v, s.id));
    }),
    /** 303 closed to everybody who is not named for it. */
    post(`${CHEMIN}/points/:pointDeCellule/clore`, accesMembres, async (c) => {
      const { v, s } = await presider(c, o);
      exigerOuverteCeJour(s, v);
      await clore(c, v, s);
      return redirige(adresseDe(v, s.id));
    }),
    /** 200 what goes on the wall: the open item, without name nor birth; nothing when none is. */
    get(
      `${CHEMIN}/projeter`,
      accesMembres,
      async (c) => {
        const v = await exigerOuverte(c, o);
        const s = await uneSeance(c, v);
        const p = (await listPoints(c.db, c.contrat.id, s.id)).find((x) => x.ouvertLe !== null && x.closLe === null);
        const qui = { id: p?.situationId ?? '', celluleId: v.cellule.id, membreId: v.moi.id, aujourdhui: v.aujourdhui, maintenant: c.maintenant };
        const x = p && (await getVisee(c.db, c.contrat.id, qui));
        // Those who are named for it, but not in the room, project nothing.
        const dit = x?.seanceId === s.id ? await lireContenus(c.db, c.contrat.id, o.trousseau, v.cle, x, groupesPour(o.charte, 'projection')) : null;
        if (x && dit) await noterLecture(c.db, c.contrat.id, { situation: x, membre: v.moi, titre: 'projection', lue: dit, quand: c.maintenant });
        return page({
          titre: 'Vue projetée',
          sobre: true,
          rafraichir: 15,
          corps: (
            <ProjectionPage
              vue={v}
              charte={o.charte}
              seance={s}
              situation={dit && x ? x : null}
              lue={dit}
              orientations={dit && x ? await listOrientations(c.db, c.contrat.id, x.id) : []}
            />
          ),
        });
      },
      { sensible: true },
    ),
  ];
}
