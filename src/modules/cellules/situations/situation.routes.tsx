/** One situation: read by who was named for it, moved forward, added to, handed over, ended. */
import { enPages } from '../../../core/http/list-page.ts';
import { plusJours } from '../../../core/jours.ts';
import { code } from '../../../core/trace/details.ts';
import { conflit, type ErreurDeChamp, interdit, introuvable } from '../../../core/errors.ts';
import { type Contexte, get, lire, liste, page, post, redirige, type Reponse, type Route, texte, champsDe } from '../../../core/http/http.ts';
import { exigerConfirmation } from '../../../core/http/confirmation.ts';
import { compter, dureesDe } from '../cellule/cellule.queries.ts';
import { FIL, travail } from '../cellule/cellule.routes.tsx';
import { cheminDe, exigerOuverte, type Outils } from '../cellules.contexte.ts';
import { accesMembres } from '../cellules.policy.ts';
import { delaisDOrientation } from '../acceleree/acceleree.rules.ts';
import { accelereeDe, choixDe, groupesPour } from '../charte/charte.rules.ts';
import { oublier, reculDe } from '../cles/cles.ts';
import { detruire } from '../destruction/destruction.ts';
import { compterSuivies } from '../nombres/nombres.queries.ts';
import { ApportsPage } from '../pages/ApportsPage.tsx';
import { SituationPage } from '../pages/SituationPage.tsx';
import { pageDeMotif } from '../acces/acces.routes.tsx';
import { listDemandes } from '../droits/droits.queries.ts';
import { avecDifferes, ecrireContenu, exigerCle, lireContenus, noterLecture } from './contenu.ts';
import { lienDe, nouveauLien } from './lien.rules.ts';
import { addOrientation, getOrientation, listOrientations, setAccuse, setIssue, setLien } from './orientations.queries.ts';
import {
  addHabilitation,
  addInformation,
  avancerFin,
  listApportsDe,
  listContenus,
  listHabilitations,
  listInformations,
  listLectures,
  retirerContenu,
  setEtat,
} from './situations.queries.ts';
import { borneDuDiffere, COMPTEUR_DE, destructionDe, type Etat, ETATS, manqueDInformation, SUITES } from './situations.rules.ts';
import { informationSchema, parmi } from './situations.schema.ts';
import { exigerDesigne, exigerLisible, type Lisible, viser } from './viser.ts';

const CHEMIN = '/cellules/:cellule/situations/:situation';
const LECTURES = 50;
/** From one institution, withdrawn ones included. */
const APPORTS_MAX = 20;

export function buildSituationRoutes(o: Outils): Route[] {
  async function montrer(c: Contexte, x: Lisible, erreurs: readonly ErreurDeChamp[] = [], lien: string | null = null): Promise<Reponse> {
    const { v, s, titre } = x;
    const lue = await lireContenus(c.db, c.contrat.id, o.trousseau, v.cle, s, avecDifferes(groupesPour(o.charte, titre)));
    await noterLecture(c.db, c.contrat.id, { situation: s, membre: v.moi, titre, lue, quand: c.maintenant });
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
          titre={titre}
          lue={lue}
          habilitations={await listHabilitations(c.db, c.contrat.id, s.id)}
          informations={await listInformations(c.db, c.contrat.id, s.id)}
          orientations={await listOrientations(c.db, c.contrat.id, s.id)}
          lectures={await listLectures(c.db, c.contrat.id, { celluleId: v.cellule.id, situationId: s.id }, LECTURES)}
          demandes={await listDemandes(c.db, c.contrat.id, { celluleId: v.cellule.id, situationId: s.id })}
          champs={champsDe(c)}
          erreurs={erreurs}
          lien={lien}
        />
      ),
    });
  }

  return [
    /** 200, noted before it is shown, or the reason that is asked of what is closed; 404 no right to it now; 403 the cell is not open here. */
    get(
      CHEMIN,
      accesMembres,
      async (c) => {
        const { titre, ...x } = await viser(c, o, false);
        return titre === 'motif' ? pageDeMotif(o, x.v, x.s) : montrer(c, { ...x, titre });
      },
      { sensible: true },
    ),
    /** 303 moved; 422 followed, and nobody was informed; 409 moved by another, or not from there. */
    post(`${CHEMIN}/avancer`, accesMembres, async (c) => {
      const x = await exigerDesigne(c, o, true);
      const { v, s, chemin } = x;
      const durees = dureesDe(v.cellule);
      const etat = texte(c.corps.etat) as Etat;
      if (!durees || !(etat in ETATS) || !SUITES[s.etat].includes(etat) || texte(c.corps.version) !== String(s.version))
        throw conflit('Cette situation n’est plus au même point. Rechargez sa page : elle dit où elle en est.');
      if (etat === 'suivie') {
        const manque = manqueDInformation(await listInformations(c.db, c.contrat.id, s.id), s, v.aujourdhui);
        if (manque) return montrer(c, x, [{ champ: 'qui', message: manque }]);
      }
      const { identite } = await lireContenus(c.db, c.contrat.id, o.trousseau, v.cle, s, new Set(['identite'] as const));
      const naissance = identite && { mois: identite.naissance, recul: await reculDe(await exigerCle(c.db, c.contrat.id, o.trousseau, v.cle, s.id)) };
      const destructionLe = destructionDe({ genre: v.genre, durees, jour: v.aujourdhui, etat, avant: { etat: s.etat, le: s.destructionLe }, naissance });
      // Before it leaves follow-up, and once it enters it.
      const suivies = { jour: v.aujourdhui, situationId: s.id };
      await compterSuivies(c.db, c.contrat.id, suivies);
      await setEtat(c.db, c.contrat.id, s, { etat, etatLe: v.aujourdhui, destructionLe });
      await compterSuivies(c.db, c.contrat.id, suivies);
      await compter(c.db, c.contrat.id, v.cellule.id, COMPTEUR_DE[etat], v.aujourdhui);
      await c.auditer('situation.etat', chemin, { membre: code(v.moi.id) });
      return redirige(chemin);
    }),
    /** 303 given in the name of the member's institution; 422 nothing chosen. */
    post(
      `${CHEMIN}/apporter`,
      accesMembres,
      async (c) => {
        const x = await exigerLisible(c, o, true);
        const { v, s, chemin } = x;
        if (x.titre !== 'designe' && x.titre !== 'present') throw interdit('On apporte en séance, ou quand on est désigné pour la situation.');
        const possibles = new Set(choixDe(o.charte, 'apports', v.genre.code).map((x) => x.code));
        const codes = liste(c.corps.codes).filter((x) => possibles.has(x));
        if (codes.length === 0)
          return montrer(c, x, [{ champ: 'codes', message: 'Choisissez ce que votre institution peut dire, ou « Je ne peux pas partager ».' }]);
        const siens = (await listContenus(c.db, c.contrat.id, s.id)).filter((x) => x.groupe === 'apport' && x.organisationId === v.moi.organisationId);
        if (siens.length >= APPORTS_MAX)
          throw conflit(`Votre institution a déjà apporté ${APPORTS_MAX} fois ici. Retirez ce qui ne vaut plus avant d’ajouter.`);
        const cle = await exigerCle(c.db, c.contrat.id, o.trousseau, v.cle, s.id);
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
        await c.auditer('situation.apport', chemin, { membre: code(v.moi.id) });
        return redirige(chemin);
      },
      { anonyme: true },
    ),
    /** 200 what one's institution said in this cell, by number: withdrawn without being named for the situation. */
    get('/cellules/:cellule/apports', accesMembres, async (c) => {
      const v = await exigerOuverte(c, o);
      const apports = await listApportsDe(c.db, c.contrat.id, { celluleId: v.cellule.id, organisationId: v.moi.organisationId, aujourdhui: v.aujourdhui });
      return page({
        ...travail,
        titre: 'Ce que mon institution a apporté',
        fil: [...FIL, { libelle: v.nom, href: cheminDe(v.cellule.id) }],
        corps: <ApportsPage vue={v} apports={enPages(c, apports, 50)} retire={texte(c.requete.fait) === 'retrait'} />,
      });
    }),
    /** 303 withdrawn by the institution that gave it, whoever is named for the situation; 404 another's. */
    post(`${CHEMIN}/retirer/:apport`, accesMembres, async (c) => {
      const v = await exigerOuverte(c, o, true);
      const situationId = c.params.situation ?? '';
      const apport = { id: c.params.apport ?? '', celluleId: v.cellule.id, situationId, organisationId: v.moi.organisationId };
      if (!(await retirerContenu(c.db, c.contrat.id, apport, c.maintenant))) throw introuvable('Cet apport de votre institution');
      await c.auditer('situation.retrait', `${cheminDe(v.cellule.id)}/situations/${situationId}`, { membre: code(v.moi.id) });
      return redirige(`${cheminDe(v.cellule.id)}/apports?fait=retrait`);
    }),
    /** 303 one more member needs to know; 422 not an active signatory of this cell. */
    post(
      `${CHEMIN}/designer`,
      accesMembres,
      async (c) => {
        const x = await exigerDesigne(c, o, true);
        const { v, s, chemin } = x;
        const membre = v.membres.find(
          (m) => m.id === texte(c.corps.membre) && m.excluLe === null && v.signatures.some((x) => x.membreId === m.id && x.empreinte === v.empreinte),
        );
        if (!membre) return montrer(c, x, [{ champ: 'membre', message: 'Choisissez un membre qui a signé la charte en vigueur.' }]);
        await addHabilitation(c.db, c.contrat.id, { situationId: s.id, membreId: membre.id, parMembreId: v.moi.id }, c.maintenant);
        await c.auditer('situation.habilitee', chemin, { membre: code(membre.id), par: code(v.moi.id) });
        return redirige(chemin);
      },
      { anonyme: true },
    ),
    /** 303 noted; 422. */
    post(
      `${CHEMIN}/informer`,
      accesMembres,
      async (c) => {
        const x = await exigerDesigne(c, o, true);
        const { v, s, chemin } = x;
        const lu = lire(informationSchema(o.charte, v.genre.code, { aujourdhui: v.aujourdhui, creeeLe: s.creeeLe }), { le: '', motif: '', ...champsDe(c) });
        if (!lu.ok) return montrer(c, x, lu.erreurs);
        const { qui, etat, le, motif } = lu.valeur;
        const differe = o.charte.differes.find((d) => d.code === motif);
        const borne = differe ? borneDuDiffere(differe, { creeeLe: s.creeeLe, aujourdhui: v.aujourdhui }) : null;
        if (etat === 'differee' && borne === null)
          return montrer(c, x, [{ champ: 'motif', message: 'Ce motif a servi aussi longtemps que la charte le permet : informez, ou dites un autre motif.' }]);
        const dit = etat === 'faite' ? { le, avantLe: null } : { le: v.aujourdhui, avantLe: borne };
        const information = await addInformation(c.db, c.contrat.id, { situationId: s.id, qui, membreId: v.moi.id, ...dit });
        if (etat === 'differee') {
          const cle = await exigerCle(c.db, c.contrat.id, o.trousseau, v.cle, s.id);
          const commun = { celluleId: v.cellule.id, situationId: s.id, membre: v.moi, cle, quand: c.maintenant };
          await ecrireContenu(c.db, c.contrat.id, { ...commun, groupe: 'differe', dit: { information, motif } });
          oublier(cle);
        }
        await c.auditer('situation.information', chemin, { membre: code(v.moi.id) });
        return redirige(chemin);
      },
      { anonyme: true },
    ),
    /** 200 decided, with the link to hand over, shown this once; 409 not examined yet; 422. */
    post(
      `${CHEMIN}/orienter`,
      accesMembres,
      async (c) => {
        const x = await exigerDesigne(c, o, true);
        const { v, s, chemin } = x;
        if (s.etat !== 'examinee' && s.etat !== 'suivie') throw conflit('Une orientation se décide quand la situation a été examinée.');
        const genre = texte(c.corps.orientation);
        const lu = parmi(o.charte, 'orientations', v.genre.code, 'Choisissez l’orientation.').safeParse(genre);
        const choix = o.charte.orientations.find((x) => x.code === genre);
        if (!lu.success || !choix) return montrer(c, x, [{ champ: 'orientation', message: 'Choisissez l’orientation dans la liste.' }]);
        const lien = nouveauLien();
        const delais = delaisDOrientation(choix, s.examenAvant === null ? null : accelereeDe(o.charte, v.genre.code));
        await addOrientation(c.db, c.contrat.id, {
          situationId: s.id,
          celluleId: v.cellule.id,
          genre,
          membreId: v.moi.id,
          faiteLe: v.aujourdhui,
          accuseAvant: plusJours(v.aujourdhui, delais.accuse),
          issueAvant: plusJours(v.aujourdhui, delais.issue),
          lien: lien.empreinte,
        });
        await compter(c.db, c.contrat.id, v.cellule.id, 'orientations', v.aujourdhui);
        await c.auditer('situation.orientee', chemin, { membre: code(v.moi.id) });
        return montrer(c, x, [], lienDe(o.adresse, lien.jeton));
      },
      { anonyme: true },
    ),
    /** 303 the answer that came by another way, noted; 422 nothing chosen; 404 ended already. */
    post(
      `${CHEMIN}/orientations/:orientation/noter`,
      accesMembres,
      async (c) => {
        const x = await exigerDesigne(c, o, true);
        const { v, s, chemin } = x;
        const orientation = await getOrientation(c.db, c.contrat.id, { id: c.params.orientation ?? '', situationId: s.id });
        if (!orientation) throw introuvable('Cette orientation');
        const reponse = texte(c.corps.reponse);
        const possible = reponse === 'accuse' ? !orientation.accuseLe : choixDe(o.charte, 'issues', v.genre.code).some((i) => i.code === reponse);
        if (!possible) return montrer(c, x, [{ champ: `reponse-${orientation.id}`, message: 'Choisissez la réponse reçue.' }]);
        if (reponse === 'accuse') await setAccuse(c.db, c.contrat.id, orientation.id, v.aujourdhui);
        else await setIssue(c.db, c.contrat.id, orientation.id, reponse, v.aujourdhui);
        if (!orientation.accuseLe) await compter(c.db, c.contrat.id, v.cellule.id, 'accuses', v.aujourdhui);
        if (reponse !== 'accuse') await compter(c.db, c.contrat.id, v.cellule.id, 'issues', v.aujourdhui);
        await c.auditer(reponse === 'accuse' ? 'situation.accuse' : 'situation.issue', chemin, { orientation: code(orientation.id), par: code(v.moi.id) });
        return redirige(chemin);
      },
      { anonyme: true },
    ),
    /** 200 another link, shown this once; the former opens nothing more; 404 ended already. */
    post(
      `${CHEMIN}/orientations/:orientation/relier`,
      accesMembres,
      async (c) => {
        const x = await exigerDesigne(c, o, true);
        const orientation = await getOrientation(c.db, c.contrat.id, { id: c.params.orientation ?? '', situationId: x.s.id });
        if (!orientation) throw introuvable('Cette orientation');
        const lien = nouveauLien();
        await setLien(c.db, c.contrat.id, orientation.id, lien.empreinte);
        await c.auditer('situation.lien', x.chemin, { orientation: code(orientation.id), par: code(x.v.moi.id) });
        return montrer(c, x, [], lienDe(o.adresse, lien.jeton));
      },
      { anonyme: true },
    ),
    /** 303 destroyed before its day; 422 not confirmed. */
    post(
      `${CHEMIN}/detruire`,
      accesMembres,
      async (c) => {
        const x = await exigerDesigne(c, o, false);
        const { v, s, chemin } = x;
        const confirmation = exigerConfirmation(c, chemin);
        if (confirmation) return confirmation;
        if (texte(c.corps.confirme) !== 'oui') return montrer(c, x, [{ champ: 'confirme', message: 'Cochez la case : rien ne rend une situation détruite.' }]);
        // Kept first: cut after this, tonight's purge ends the work.
        await c.db.transaction().execute((tx) => avancerFin(tx, c.contrat.id, s.id, v.aujourdhui));
        await detruire(c.db, { ...o, contratId: c.contrat.id, maintenant: c.maintenant, utilisateur: c.utilisateur }, s.id);
        return redirige(`${cheminDe(v.cellule.id)}?fait=detruite`);
      },
      { sansTransaction: true },
    ),
  ];
}
