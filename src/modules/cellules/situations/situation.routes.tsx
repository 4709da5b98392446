/** One situation: read by who was named for it, moved forward, added to, handed over, ended. */
import { conflit, type ErreurDeChamp, introuvable } from '../../../core/errors.ts';
import { type Contexte, get, lire, liste, page, post, redirige, type Reponse, type Route, texte } from '../../../core/http/http.ts';
import { exigerConfirmation } from '../../../core/http/confirmation.ts';
import { compter, dureesDe } from '../cellule/cellule.queries.ts';
import { champsDe, FIL, travail } from '../cellule/cellule.routes.tsx';
import { cheminDe, exigerOuverte, type Outils, type Ouverte } from '../cellules.contexte.ts';
import { accesMembres } from '../cellules.policy.ts';
import { choixDe } from '../charte/charte.rules.ts';
import { oublier } from '../cles/cles.ts';
import { detruire } from '../destruction/destruction.ts';
import { SituationPage } from '../pages/SituationPage.tsx';
import { ecrireContenu, exigerCle, lireContenus } from './contenu.ts';
import { lienDe, nouveauLien } from './lien.rules.ts';
import { addOrientation, listOrientations } from './orientations.queries.ts';
import {
  addHabilitation,
  addInformation,
  addLecture,
  avancerFin,
  getSituation,
  listHabilitations,
  listInformations,
  listLectures,
  retirerContenu,
  setEtat,
  type Situation,
} from './situations.queries.ts';
import { apresJours, COMPTEUR_DE, destructionDe, type Etat, ETATS, SUITES } from './situations.rules.ts';
import { informationSchema, parmi } from './situations.schema.ts';

const CHEMIN = '/cellules/:cellule/situations/:situation';
const LECTURES = 50;

export function buildSituationRoutes(o: Outils): Route[] {
  async function uneSituation(c: Contexte, tenue: boolean): Promise<{ v: Ouverte; s: Situation; chemin: string }> {
    const v = await exigerOuverte(c, o);
    const s = await getSituation(
      c.db,
      c.contrat.id,
      { id: c.params.situation ?? '', celluleId: v.cellule.id, membreId: v.moi.id, aujourdhui: v.aujourdhui },
      tenue,
    );
    if (!s) throw introuvable('Cette situation');
    return { v, s, chemin: `${cheminDe(v.cellule.id)}/situations/${s.id}` };
  }
  async function montrer(c: Contexte, v: Ouverte, s: Situation, erreurs: readonly ErreurDeChamp[] = [], lien: string | null = null): Promise<Reponse> {
    const lue = await lireContenus(c.db, c.contrat.id, o.trousseau, v.cle, s);
    const groupes = ['saisine', ...(lue.identite ? ['identite'] : []), ...(lue.apports.length > 0 ? ['apport'] : [])];
    await addLecture(c.db, c.contrat.id, {
      celluleId: v.cellule.id,
      situationId: s.id,
      numero: s.numero,
      membreId: v.moi.id,
      organisationId: v.moi.organisationId,
      groupes,
      le: c.maintenant,
    });
    return page({
      ...travail,
      titre: `Situation n° ${s.numero}`,
      fil: [...FIL, { libelle: v.nom, href: cheminDe(v.cellule.id) }],
      statut: erreurs.length > 0 ? 422 : 200,
      corps: (
        <SituationPage
          vue={v}
          charte={o.charte}
          situation={s}
          lue={lue}
          habilitations={await listHabilitations(c.db, c.contrat.id, s.id)}
          informations={await listInformations(c.db, c.contrat.id, s.id)}
          orientations={await listOrientations(c.db, c.contrat.id, s.id)}
          lectures={await listLectures(c.db, c.contrat.id, { celluleId: v.cellule.id, situationId: s.id }, LECTURES)}
          champs={champsDe(c)}
          erreurs={erreurs}
          lien={lien}
        />
      ),
    });
  }

  return [
    /** 200, noted before it is shown; 404 not named for it, or its end has come; 403 the cell is not open here. */
    get(
      CHEMIN,
      accesMembres,
      async (c) => {
        const { v, s } = await uneSituation(c, false);
        return montrer(c, v, s);
      },
      { sensible: true },
    ),
    /** 303 moved; 409 moved by another, or not from there. */
    post(`${CHEMIN}/avancer`, accesMembres, async (c) => {
      const { v, s, chemin } = await uneSituation(c, true);
      const durees = dureesDe(v.cellule);
      const etat = texte(c.corps.etat) as Etat;
      if (!durees || !(etat in ETATS) || !SUITES[s.etat].includes(etat) || texte(c.corps.version) !== String(s.version))
        throw conflit('Cette situation n’est plus au même point. Rechargez sa page : elle dit où elle en est.');
      const { identite } = await lireContenus(c.db, c.contrat.id, o.trousseau, v.cle, s);
      const naissance = identite?.naissance ?? null;
      const destructionLe = destructionDe({ genre: v.genre, durees, jour: v.aujourdhui, etat, avant: { etat: s.etat, le: s.destructionLe }, naissance });
      await setEtat(c.db, c.contrat.id, s, { etat, etatLe: v.aujourdhui, destructionLe });
      await compter(c.db, c.contrat.id, v.cellule.id, COMPTEUR_DE[etat], v.aujourdhui);
      await c.auditer('situation.etat', chemin, { membre: v.moi.id, etat, fin: destructionLe });
      return redirige(chemin);
    }),
    /** 303 given in the name of the member's institution; 422 nothing chosen. */
    post(
      `${CHEMIN}/apporter`,
      accesMembres,
      async (c) => {
        const { v, s, chemin } = await uneSituation(c, true);
        const possibles = new Set(choixDe(o.charte, 'apports', v.genre.code).map((x) => x.code));
        const codes = liste(c.corps.codes).filter((x) => possibles.has(x));
        if (codes.length === 0)
          return montrer(c, v, s, [{ champ: 'codes', message: 'Choisissez ce que votre institution peut dire, ou « Je ne peux pas partager ».' }]);
        const cle = await exigerCle(o.trousseau, v.cle, s.id);
        await ecrireContenu(c.db, c.contrat.id, {
          celluleId: v.cellule.id,
          situationId: s.id,
          groupe: 'apport',
          dit: { codes },
          membre: v.moi,
          cle,
          quand: c.maintenant,
        });
        oublier(cle);
        await c.auditer('situation.apport', chemin, { membre: v.moi.id, institution: v.moi.organisationId });
        return redirige(chemin);
      },
      { anonyme: true },
    ),
    /** 303 withdrawn by the institution that gave it; 404 another's. */
    post(`${CHEMIN}/retirer/:apport`, accesMembres, async (c) => {
      const { v, s, chemin } = await uneSituation(c, true);
      const apport = { id: c.params.apport ?? '', situationId: s.id, organisationId: v.moi.organisationId };
      if (!(await retirerContenu(c.db, c.contrat.id, apport, c.maintenant))) throw introuvable('Cet apport de votre institution');
      await c.auditer('situation.retrait', chemin, { membre: v.moi.id, institution: v.moi.organisationId });
      return redirige(chemin);
    }),
    /** 303 one more member needs to know; 422 not an active signatory of this cell. */
    post(
      `${CHEMIN}/designer`,
      accesMembres,
      async (c) => {
        const { v, s, chemin } = await uneSituation(c, true);
        const membre = v.membres.find(
          (m) => m.id === texte(c.corps.membre) && m.excluLe === null && v.signatures.some((x) => x.membreId === m.id && x.empreinte === v.empreinte),
        );
        if (!membre) return montrer(c, v, s, [{ champ: 'membre', message: 'Choisissez un membre qui a signé la charte en vigueur.' }]);
        await addHabilitation(c.db, c.contrat.id, { situationId: s.id, membreId: membre.id, parMembreId: v.moi.id }, c.maintenant);
        await c.auditer('situation.habilitee', chemin, { membre: membre.id, par: v.moi.id });
        return redirige(chemin);
      },
      { anonyme: true },
    ),
    /** 303 noted; 422. */
    post(
      `${CHEMIN}/informer`,
      accesMembres,
      async (c) => {
        const { v, s, chemin } = await uneSituation(c, true);
        const lu = lire(informationSchema(o.charte, v.genre.code, v.aujourdhui), { le: '', motif: '', ...champsDe(c) });
        if (!lu.ok) return montrer(c, v, s, lu.erreurs);
        const { qui, etat, le, motif } = lu.valeur;
        const jours = o.charte.differes.find((d) => d.code === motif)?.jours ?? 0;
        const dit = etat === 'faite' ? { le, motif: null, avantLe: null } : { le: v.aujourdhui, motif, avantLe: apresJours(v.aujourdhui, jours) };
        await addInformation(c.db, c.contrat.id, { situationId: s.id, qui, membreId: v.moi.id, ...dit });
        await c.auditer('situation.information', chemin, { membre: v.moi.id, etat });
        return redirige(chemin);
      },
      { anonyme: true },
    ),
    /** 200 decided, with the link to hand over, shown this once; 409 not examined yet; 422. */
    post(
      `${CHEMIN}/orienter`,
      accesMembres,
      async (c) => {
        const { v, s, chemin } = await uneSituation(c, true);
        if (s.etat !== 'examinee' && s.etat !== 'suivie') throw conflit('Une orientation se décide quand la situation a été examinée.');
        const genre = texte(c.corps.orientation);
        const lu = parmi(o.charte, 'orientations', v.genre.code, 'Choisissez l’orientation.').safeParse(genre);
        const choix = o.charte.orientations.find((x) => x.code === genre);
        if (!lu.success || !choix) return montrer(c, v, s, [{ champ: 'orientation', message: 'Choisissez l’orientation dans la liste.' }]);
        const lien = nouveauLien();
        await addOrientation(c.db, c.contrat.id, {
          situationId: s.id,
          celluleId: v.cellule.id,
          genre,
          membreId: v.moi.id,
          faiteLe: v.aujourdhui,
          accuseAvant: apresJours(v.aujourdhui, choix.accuse_jours),
          issueAvant: apresJours(v.aujourdhui, choix.issue_jours),
          lien: lien.empreinte,
        });
        await compter(c.db, c.contrat.id, v.cellule.id, 'orientations', v.aujourdhui);
        await c.auditer('situation.orientee', chemin, { membre: v.moi.id, genre });
        return montrer(c, v, s, [], lienDe(o.adresse, lien.jeton));
      },
      { anonyme: true },
    ),
    /** 303 destroyed before its day; 422 not confirmed. */
    post(
      `${CHEMIN}/detruire`,
      accesMembres,
      async (c) => {
        const { v, s, chemin } = await uneSituation(c, false);
        const confirmation = exigerConfirmation(c, chemin);
        if (confirmation) return confirmation;
        if (texte(c.corps.confirme) !== 'oui')
          return montrer(c, v, s, [{ champ: 'confirme', message: 'Cochez la case : rien ne rend une situation détruite.' }]);
        // Kept first: cut after this, tonight's purge ends the work.
        await c.db.transaction().execute((tx) => avancerFin(tx, c.contrat.id, s.id, v.aujourdhui));
        await detruire(c.db, { ...o, contratId: c.contrat.id, maintenant: c.maintenant, utilisateur: c.utilisateur }, s.id);
        return redirige(`${cheminDe(v.cellule.id)}?fait=detruite`);
      },
      { sansTransaction: true },
    ),
  ];
}
