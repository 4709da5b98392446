/** Reading a note and saying that it is seen: by the link of its letter, without an account, or signed in. Looking never answers. */
import { acces } from '../../../core/authorize.ts';
import { type ErreurDeChamp, interdit, introuvable } from '../../../core/errors.ts';
import { type Contexte, get, page, post, redirige, type Reponse, type Route, texte } from '../../../core/http/http.ts';
import type { Services } from '../../../core/module.ts';
import { listInscritsParId } from '../../alertes/index.ts';
import { type Catalogue, getCatalogue } from '../../contrats/index.ts';
import { getCrise } from '../crises.queries.ts';
import type { Crise } from '../crises.types.ts';
import { accesCrises, peutAccuserNote, peutConduire } from '../crises.policy.ts';
import type { Cadre } from '../crises.schema.ts';
import { FIL, travail } from '../salle/cadre.ts';
import { accuser } from './accuser.ts';
import { type Envoi, getEnvoi, getMairie, listEnvois, listNotes, type Note, type NoteDeMairie } from './fil.queries.ts';
import { CHEMIN_DU_LIEN, estSigne } from './fil.rules.ts';
import { NotePage } from './pages/NotePage.tsx';
import type { Fil } from './prevenir.ts';

interface Ouverte {
  crise: Crise;
  note: Note;
  mairie: NoteDeMairie;
  cat: Catalogue;
}
export function buildAccuserRoutes({ coffre, cadre, fil }: Pick<Services, 'coffre'> & { cadre: Cadre; fil: Fil }): Route[] {
  async function ouvrir(c: Contexte, mairieId: string): Promise<Ouverte> {
    const mairie = await getMairie(c.db, c.contrat.id, mairieId);
    const crise = mairie ? await getCrise(c.db, c.contrat.id, mairie.criseId) : undefined;
    const note = mairie ? (await listNotes(c.db, c.contrat.id, mairie.criseId, mairie.note))[0] : undefined;
    if (!mairie || !crise || !note) throw introuvable('Cette note');
    return { crise, note, mairie, cat: await getCatalogue(c.db, c.contrat.id) };
  }
  const montrer = (c: Contexte, o: Ouverte, p: { sobre: boolean; peut: boolean; erreurs?: readonly ErreurDeChamp[] }): Reponse => {
    const corps = (
      <NotePage
        {...o}
        fil={fil}
        cadre={cadre}
        action={c.url.pathname}
        peut={p.peut && o.crise.etat === 'ouverte' && !o.mairie.accuseLe}
        champs={{ retour: texte(c.corps.retour), besoin: texte(c.corps.besoin) }}
        erreurs={p.erreurs ?? []}
      />
    );
    const titre = `${o.crise.exercice ? 'Exercice : ' : ''}Note n° ${o.note.numero}, ${o.cat.territoires.get(o.mairie.territoireId)?.nom ?? ''}`;
    const statut = p.erreurs?.length ? 422 : 200;
    return p.sobre ? page({ titre, sobre: true, statut, corps }) : page({ ...travail, fil: FIL, titre, statut, corps });
  };
  /** 404 for a link that is not whole, whose address changed, or whose holder left the list. */
  async function parLien(c: Contexte): Promise<Ouverte & { envoi: Envoi }> {
    const envoi = await getEnvoi(c.db, c.contrat.id, c.params.envoiDeNote ?? '');
    const inscrit = envoi ? (await listInscritsParId(c.db, c.contrat.id, [envoi.inscritId])).get(envoi.inscritId) : undefined;
    if (!envoi || !inscrit || !estSigne(coffre, { ...envoi, courriel: inscrit.courriel }, c.params.sceauDeNote ?? '')) throw introuvable('Cette note');
    const o = await ouvrir(c, envoi.mairieId);
    c.noterLecture(`/crises/${o.crise.id}/fil`, { organisationId: o.mairie.organisationId, titre: `lien de note ${envoi.id}` });
    return { ...o, envoi };
  }
  /** 403 for who neither answers for that mairie nor conducts the room. `fonction`: of the roster, when this person is on it. */
  async function parCompte(c: Contexte): Promise<Ouverte & { peut: boolean; fonction: string | null }> {
    const o = await ouvrir(c, c.params.noteDeMairie ?? '');
    const u = c.utilisateur;
    const envois = await listEnvois(c.db, c.contrat.id, [o.mairie.id]);
    const inscrits = await listInscritsParId(
      c.db,
      c.contrat.id,
      envois.map((e) => e.inscritId),
    );
    const sien = envois.find((e) => inscrits.get(e.inscritId)?.courriel.toLowerCase() === u?.courriel.toLowerCase());
    const lieu = { organisationId: o.mairie.organisationId, territoireId: o.mairie.territoireId, fiche: o.crise.fiche };
    const peut = sien !== undefined || peutAccuserNote(u, lieu, o.cat.contient);
    const conduit = peutConduire(u, { territoireId: o.crise.territoireId, fiche: o.crise.fiche, acteurs: [] }, o.cat.contient);
    if (!peut && !conduit) throw interdit('Cette note est pour la mairie qu’elle nomme : elle se lit par ceux de sa liste et de son organisation.');
    return { ...o, peut, fonction: sien?.fonction ?? null };
  }
  return [
    /** 200 what is said, and whether it was seen · 404 */
    get(CHEMIN_DU_LIEN, acces.public, async (c) => montrer(c, await parLien(c), { sobre: true, peut: true }), { parMinute: 60, secrete: true }),
    /** 303 seen · 409 seen already, or closed · 422 with what was typed · 404 */
    post(
      CHEMIN_DU_LIEN,
      acces.public,
      async (c) => {
        const o = await parLien(c);
        const erreurs = await accuser(c, o.cat, o.mairie, { fonction: o.envoi.fonction, voie: 'lien' });
        return erreurs ? montrer(c, o, { sobre: true, peut: true, erreurs }) : redirige(c.url.pathname);
      },
      { parMinute: 30, secrete: true },
    ),
    /** 200 · 403 · 404 */
    get(
      '/crises/notes/:noteDeMairie',
      accesCrises,
      async (c) => {
        const o = await parCompte(c);
        return montrer(c, o, { sobre: false, peut: o.peut });
      },
      { sensible: true },
    ),
    /** 303 seen · 409 · 422 · 403 who conducts does not answer for a mairie · 404 */
    post('/crises/notes/:noteDeMairie', accesCrises, async (c) => {
      const o = await parCompte(c);
      if (!o.peut) throw interdit('La mairie accuse réception elle-même.');
      const erreurs = await accuser(c, o.cat, o.mairie, { fonction: o.fonction, voie: 'compte' });
      return erreurs ? montrer(c, o, { sobre: false, peut: true, erreurs }) : redirige(c.url.pathname);
    }),
  ];
}
