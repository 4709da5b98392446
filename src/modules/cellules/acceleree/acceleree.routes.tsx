/**
 * Opened by an alert, by who composes the cell and reads none of its situations: a session called at once, and for some days a way by which
 * situations enter with short clocks. No word goes from one plane to the other.
 */
import { enPages } from '../../../core/http/list-page.ts';
import { JOUR_MS, plusJours } from '../../../core/jours.ts';
import { code } from '../../../core/trace/details.ts';
import { conflit, type ErreurDeChamp, interdit, introuvable } from '../../../core/errors.ts';
import { type Contexte, get, lire, page, post, redirige, type Reponse, type Route, champsDe } from '../../../core/http/http.ts';
import { avertir } from '../../../core/courrier/mail.ts';
import { getOuverts } from '../cellule/cellule.queries.ts';
import { FIL, travail } from '../cellule/cellule.routes.tsx';
import { cheminDe, type Outils, signataires, siegent, voirCellule, type Vue } from '../cellules.contexte.ts';
import { accesCellules } from '../cellules.policy.ts';
import { accelereeDe } from '../charte/charte.rules.ts';
import type { Acceleree } from '../charte/charte.schema.ts';
import { AccelereePage } from '../pages/AccelereePage.tsx';
import { addSeance } from '../seances/seances.queries.ts';
import { addUrgence, direOuverte, listAlertesGraves, listUrgences } from './acceleree.queries.ts';
import { type AlerteGrave, finDeVoie, ouvrables } from './acceleree.rules.ts';
import { ouvertureSchema } from './acceleree.schema.ts';

export function buildAccelereeRoutes(o: Outils): Route[] {
  async function voir(c: Contexte, tenue = false): Promise<{ v: Vue; acceleree: Acceleree }> {
    const v = await voirCellule(c, o, tenue);
    const acceleree = accelereeDe(o.charte, v.genre.code);
    if (!acceleree) throw introuvable('Cette page');
    if (!v.compose && !v.controle && !v.signee) throw interdit('Signez d’abord la charte en vigueur : ouvrez la page de la cellule.');
    return { v, acceleree };
  }
  /** For who may open it: what may be opened, and what was. */
  async function lireVoies(c: Contexte, v: Vue, acceleree: Acceleree) {
    const urgences = await listUrgences(c.db, c.contrat.id, v.cellule.id);
    const depuis = new Date(c.maintenant.getTime() - (acceleree.jours + 1) * JOUR_MS);
    const { territoireId } = v.cellule;
    const alertes = v.compose
      ? ouvrables(await listAlertesGraves(c.db, depuis), {
          acceleree,
          territoireId,
          deja: urgences,
          aujourdhui: v.aujourdhui,
          contient: v.cat.contient,
        })
      : [];
    return { urgences, alertes };
  }
  async function montrer(c: Contexte, v: Vue, acceleree: Acceleree, erreurs: readonly ErreurDeChamp[] = []): Promise<Reponse> {
    const { urgences, alertes } = await lireVoies(c, v, acceleree);
    return page({
      ...travail,
      titre: 'Recours accéléré',
      fil: [...FIL, { libelle: v.nom, href: cheminDe(v.cellule.id) }],
      statut: erreurs.length > 0 ? 422 : 200,
      corps: (
        <AccelereePage
          vue={v}
          acceleree={acceleree}
          urgences={enPages(c, urgences, 50)}
          alertes={alertes}
          champs={champsDe(c)}
          visee={c.params.alerteGrave ?? null}
          erreurs={erreurs}
        />
      ),
    });
  }
  async function exigerAlerte(c: Contexte, v: Vue, acceleree: Acceleree): Promise<AlerteGrave> {
    const { urgences, alertes } = await lireVoies(c, v, acceleree);
    if (urgences.some((u) => u.alerteId === c.params.alerteGrave)) throw conflit('Cette alerte a déjà ouvert le recours accéléré : rechargez la page.');
    const alerte = alertes.find((a) => a.id === c.params.alerteGrave);
    if (!alerte) throw introuvable('Cette alerte');
    return alerte;
  }
  return [
    /** 200 what alerts opened, and may open; 403 without a signature; 404 a kind of cell without it. */
    get('/cellules/:cellule/acceleree', accesCellules, async (c) => {
      const { v, acceleree } = await voir(c);
      return montrer(c, v, acceleree);
    }),
    /** 303 opened: a session is called, members are told in words that say nothing, the alert learns when; 403 not who composes; 404 no such alert here; 409 opened already, or nobody signed; 422. */
    post(
      '/cellules/:cellule/acceleree/:alerteGrave/ouvrir',
      accesCellules,
      async (c) => {
        const { v, acceleree } = await voir(c, true);
        const u = c.utilisateur;
        if (!u || !v.compose) throw interdit('Le recours accéléré s’ouvre par la coordination.');
        const alerte = await exigerAlerte(c, v, acceleree);
        const signes = signataires(v);
        if (signes.length === 0) throw conflit('Personne n’a signé la charte en vigueur : aucune séance ne peut se tenir. Prévenez les membres.');
        const lu = lire(
          ouvertureSchema({
            aujourdhui: v.aujourdhui,
            dernier: plusJours(v.aujourdhui, acceleree.seance_jours),
            membres: new Set(signes.map((m) => m.id)),
            jours: acceleree.seance_jours,
          }),
          champsDe(c),
        );
        if (!lu.ok) return montrer(c, v, acceleree, lu.erreurs);
        const { jour, heure, preside } = lu.valeur;
        const urgenceId = await addUrgence(
          c.db,
          c.contrat.id,
          {
            celluleId: v.cellule.id,
            alerteId: alerte.id,
            palier: alerte.palier,
            alerteLe: alerte.diffuseeLe,
            ouvertePar: u.id,
            jusquAu: finDeVoie(acceleree, alerte),
          },
          c.maintenant,
        );
        if (!urgenceId) throw conflit('Cette alerte a déjà ouvert le recours accéléré : rechargez la page.');
        const seance = await addSeance(
          c.db,
          c.contrat.id,
          { celluleId: v.cellule.id, jour, heure, presideId: preside, membreId: null, urgenceId },
          c.maintenant,
        );
        await direOuverte(c.db, alerte.id, c.maintenant);
        const ouverts = await getOuverts(
          c.db,
          siegent(v).map((m) => m.compteId),
        );
        for (const compte of ouverts) await avertir(c.db, compte, `${o.adresse}${cheminDe(v.cellule.id)}/seances/${seance}`);
        await c.auditer('cellule.acceleree', cheminDe(v.cellule.id), { urgence: code(urgenceId) });
        return redirige(`${cheminDe(v.cellule.id)}/acceleree?fait=ouvert`);
      },
      { anonyme: true },
    ),
  ];
}
