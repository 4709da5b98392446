/**
 * Reads out of turn. In emergency: a member asks with a reason, somebody of another institution agrees, it ends by itself, and the data
 * protection officer reviews it. Of what is closed: who is named for it says why, for a while.
 */
import { enPages } from '../../../core/http/list-page.ts';
import { code } from '../../../core/trace/details.ts';
import { conflit, type ErreurDeChamp, interdit, introuvable } from '../../../core/errors.ts';
import { type Contexte, get, lire, page, post, redirige, type Reponse, type Route, champsDe } from '../../../core/http/http.ts';
import { exigerConfirmation } from '../../../core/http/confirmation.ts';
import { avertir } from '../../../core/courrier/mail.ts';
import { compter, getOuverts } from '../cellule/cellule.queries.ts';
import { FIL, travail } from '../cellule/cellule.routes.tsx';
import { cheminDe, exigerOuverte, type Outils, type Ouverte, siegent, voirCellule, type Vue } from '../cellules.contexte.ts';
import { accesCellules, accesMembres } from '../cellules.policy.ts';
import { MotifPage, SecoursPage } from '../pages/AccesPages.tsx';
import { viser } from '../situations/viser.ts';
import type { Visee } from '../situations/situations.queries.ts';
import { accorder, addAcces, getEnAttente, getParNumero, listAcces, refuser, revoir } from './acces.queries.ts';
import { avisSchema, motifSchema, secoursSchema } from './acces.schema.ts';

/** How long a request waits for somebody to answer. */
const ATTENTE_MS = 24 * 3_600_000;
const apres = (quand: Date, minutes: number): Date => new Date(quand.getTime() + minutes * 60_000);

/** 200, or 422: why what is closed is read again. */
export const pageDeMotif = (o: Outils, v: Ouverte, s: Visee, erreurs: readonly ErreurDeChamp[] = []): Reponse =>
  page({
    ...travail,
    titre: `Situation n° ${s.numero}, close`,
    fil: [...FIL, { libelle: v.nom, href: cheminDe(v.cellule.id) }],
    statut: erreurs.length > 0 ? 422 : 200,
    corps: <MotifPage vue={v} charte={o.charte} situation={s} erreurs={erreurs} />,
  });

export function buildAccesRoutes(o: Outils): Route[] {
  async function pageDeSecours(c: Contexte, v: Vue, erreurs: readonly ErreurDeChamp[] = []): Promise<Reponse> {
    return page({
      ...travail,
      titre: 'Lectures d’urgence',
      fil: [...FIL, { libelle: v.nom, href: cheminDe(v.cellule.id) }],
      statut: erreurs.length > 0 ? 422 : 200,
      corps: (
        <SecoursPage
          vue={v}
          charte={o.charte}
          acces={enPages(c, await listAcces(c.db, c.contrat.id, v.cellule.id), 50)}
          maintenant={c.maintenant}
          champs={champsDe(c)}
          erreurs={erreurs}
        />
      ),
    });
  }
  /** Everybody else of the cell, in words that say nothing. */
  async function prevenir(c: Contexte, v: Ouverte, comptes: readonly string[]): Promise<void> {
    const ouverts = await getOuverts(c.db, comptes);
    for (const compte of new Set(comptes))
      if (ouverts.has(compte) && compte !== v.moi.compteId) await avertir(c.db, compte, `${o.adresse}${cheminDe(v.cellule.id)}/secours`);
  }

  return [
    /** 200 requests, what they opened, what the review said; 403 the coordination. */
    get('/cellules/:cellule/secours', accesCellules, async (c) => {
      const v = await voirCellule(c, o);
      if (!v.controle && !(v.moi && v.signee))
        throw interdit('Cette page est ouverte aux membres qui ont signé la charte et au délégué à la protection des données.');
      return pageDeSecours(c, v);
    }),
    /** 303 asked: the others are told; 422 no such number, no reason. */
    post(
      '/cellules/:cellule/secours/demander',
      accesMembres,
      async (c) => {
        const v = await exigerOuverte(c, o, true);
        const confirmation = exigerConfirmation(c, `${cheminDe(v.cellule.id)}/secours`);
        if (confirmation) return confirmation;
        const lu = lire(secoursSchema(new Set(o.charte.secours.motifs.map((m) => m.code))), champsDe(c));
        if (!lu.ok) return pageDeSecours(c, v, lu.erreurs);
        const s = await getParNumero(c.db, c.contrat.id, { celluleId: v.cellule.id, numero: lu.valeur.numero, aujourdhui: v.aujourdhui });
        if (!s) return pageDeSecours(c, v, [{ champ: 'numero', message: 'Aucune situation ne porte ce numéro dans cette cellule.' }]);
        const expireLe = new Date(c.maintenant.getTime() + ATTENTE_MS);
        const demande = { celluleId: v.cellule.id, situationId: s.id, numero: s.numero, genre: 'secours' as const, membreId: v.moi.id, motif: lu.valeur.motif };
        const id = await addAcces(c.db, c.contrat.id, { ...demande, demandeLe: c.maintenant, expireLe, accordePar: null });
        await compter(c.db, c.contrat.id, v.cellule.id, 'secours', v.aujourdhui);
        await prevenir(c, v, [...siegent(v).map((m) => m.compteId), ...(v.cellule.dureesPar ? [v.cellule.dureesPar] : [])]);
        await c.auditer('situation.secours', `${cheminDe(v.cellule.id)}/situations/${s.id}`, { membre: code(v.moi.id), demande: code(id) });
        return redirige(`${cheminDe(v.cellule.id)}/secours?fait=demande`);
      },
      { anonyme: true },
    ),
    /** 303 opened for a while; 403 one's own request, or of one's own institution; 404 answered already, or too late. */
    post('/cellules/:cellule/secours/:urgence/accorder', accesMembres, async (c) => {
      const v = await exigerOuverte(c, o, true);
      const confirmation = exigerConfirmation(c, `${cheminDe(v.cellule.id)}/secours`);
      if (confirmation) return confirmation;
      const a = await demandee(c, v);
      const expireLe = apres(c.maintenant, o.charte.secours.minutes);
      await accorder(c.db, c.contrat.id, a.id, { par: v.moi.id, le: c.maintenant, expireLe });
      const demandeur = v.membres.find((m) => m.id === a.membreId);
      if (demandeur) await prevenir(c, v, [demandeur.compteId]);
      await c.auditer('situation.secours_accorde', `${cheminDe(v.cellule.id)}/situations/${a.situationId}`, { membre: code(v.moi.id), demande: code(a.id) });
      return redirige(`${cheminDe(v.cellule.id)}/secours?fait=accord`);
    }),
    post('/cellules/:cellule/secours/:urgence/refuser', accesMembres, async (c) => {
      const v = await exigerOuverte(c, o, true);
      const a = await demandee(c, v);
      await refuser(c.db, c.contrat.id, a.id, c.maintenant);
      await c.auditer('situation.secours_refuse', `${cheminDe(v.cellule.id)}/situations/${a.situationId}`, { membre: code(v.moi.id), demande: code(a.id) });
      return redirige(`${cheminDe(v.cellule.id)}/secours?fait=refus`);
    }),
    /** 303 reviewed by the data protection officer; 409 already; 422 no opinion. */
    post('/cellules/:cellule/secours/:urgence/revoir', accesCellules, async (c) => {
      const v = await voirCellule(c, o, true);
      const u = c.utilisateur;
      if (!u || !v.controle) throw interdit('Une lecture d’urgence est revue par le délégué à la protection des données.');
      const lu = lire(avisSchema, champsDe(c));
      if (!lu.ok) return pageDeSecours(c, v, [{ champ: `avis-${c.params.urgence}`, message: 'Choisissez votre avis.' }]);
      const revue = { id: c.params.urgence ?? '', celluleId: v.cellule.id, par: u.id, avis: lu.valeur.avis, le: c.maintenant };
      if (!(await revoir(c.db, c.contrat.id, revue))) throw conflit('Cette lecture est déjà revue, ou n’a jamais été accordée.');
      await c.auditer('situation.secours_revu', cheminDe(v.cellule.id), { demande: code(revue.id) });
      return redirige(`${cheminDe(v.cellule.id)}/secours?fait=revue`);
    }),
    /** 303 closed, and open for a while to who is named for it; 422 no reason; 409 not closed. */
    post(
      '/cellules/:cellule/situations/:situation/relire',
      accesMembres,
      async (c) => {
        const { v, s, chemin } = await viser(c, o, true);
        if (s.etat !== 'close' || !s.designe) throw conflit('Cette situation n’est pas close : sa page s’ouvre sans motif.');
        const lu = motifSchema(new Set(o.charte.archive.motifs.map((m) => m.code))).safeParse(champsDe(c).motif ?? '');
        if (!lu.success) return pageDeMotif(o, v, s, [{ champ: 'motif', message: 'Choisissez pourquoi vous relisez cette situation.' }]);
        await addAcces(c.db, c.contrat.id, {
          celluleId: v.cellule.id,
          situationId: s.id,
          numero: s.numero,
          genre: 'archive',
          membreId: v.moi.id,
          motif: lu.data,
          demandeLe: c.maintenant,
          expireLe: apres(c.maintenant, o.charte.archive.minutes),
          accordePar: v.moi.id,
        });
        await c.auditer('situation.relue', chemin, { membre: code(v.moi.id) });
        return redirige(chemin);
      },
      { anonyme: true },
    ),
  ];

  /** Throws 404, or 403: nobody grants what they or their institution asked for. */
  async function demandee(c: Contexte, v: Ouverte) {
    const a = await getEnAttente(c.db, c.contrat.id, { id: c.params.urgence ?? '', celluleId: v.cellule.id, maintenant: c.maintenant });
    if (!a) throw introuvable('Cette demande');
    const demandeur = v.membres.find((m) => m.id === a.membreId);
    if (demandeur?.organisationId === v.moi.organisationId) throw interdit('Une lecture d’urgence s’accorde par un membre d’une autre institution.');
    return a;
  }
}
