/**
 * The personal page of someone convoked, reached by the link of their mail: no account needed. It opens while the session is to come
 * and the seat is held (`lien.rules.ts`); each read is noted. GET 200, 404 no such link, 410 it opens nothing any more; POST 303, 422.
 */
import { code } from '../../../core/trace/details.ts';
import { lireEnsemble } from '../../../core/base/database.ts';
import { acces } from '../../../core/authorize.ts';
import { type ErreurDeChamp, introuvable } from '../../../core/errors.ts';
import { type Contexte, fichier, get, lire, page, post, redirige, type Reponse, type Route, texte } from '../../../core/http/http.ts';
import { typeServi } from '../../../core/nature.ts';
import { conflictPage } from '../../../ui/Conflict.tsx';
import { getCatalogue } from '../../contrats/index.ts';
import { listPoints } from '../seances.queries.ts';
import type { ServicesSeances } from '../seances.services.ts';
import { envoyerConvocations } from './convocation.ts';
import { chargerInvitation, type Invitation, noterLectureParLien, pageFin } from './invitation.contexte.tsx';
import { InvitationPage } from './pages/InvitationPage.tsx';
import { datesEnregistrees, formulaireDeReponse, formulaireDesDates, rapprocherReponse, reponseEnregistree } from './invitation.formulaires.ts';
import { reponseDateSchema, reponseSchema } from './seances.schema.ts';
import { suivreSeance } from '../suivre.ts';
import { getDocument, listDocuments } from './documents.queries.ts';
import * as seances from './seances.queries.ts';

async function pageInvitation(c: Contexte, i: Invitation, erreurs: readonly ErreurDeChamp[] = []) {
  const [catalogue, points, documents, dates] = await lireEnsemble(c.db, [
    () => getCatalogue(c.db, c.contrat.id),
    async () => (i.discrete ? [] : listPoints(c.db, c.contrat.id, i.seance.id)),
    async () => (i.discrete ? [] : listDocuments(c.db, c.contrat.id, i.seance.id)),
    () => seances.listDates(c.db, c.contrat.id, i.seance.id),
  ]);
  const champs = Object.fromEntries(Object.entries(c.corps).map(([cle, v]) => [cle, texte(v)]));
  const merci = texte(c.requete.merci) === 'oui';
  noterLectureParLien(c, i, `/seances/${i.seance.id}`);
  return page({
    titre: i.discrete ? 'Réunion' : i.seance.titre,
    statut: erreurs.length > 0 ? 422 : 200,
    corps: <InvitationPage {...i} catalogue={catalogue} points={points} documents={documents} dates={dates} champs={champs} erreurs={erreurs} merci={merci} />,
  });
}

export function buildInvitationRoutes(services: ServicesSeances): Route[] {
  const ouvrir =
    (suite: (c: Contexte, i: Invitation) => Promise<Reponse>) =>
    async (c: Contexte): Promise<Reponse> => {
      const i = await chargerInvitation(c, services);
      return 'fin' in i ? pageFin(i.fin) : suite(c, i);
    };
  return [
    get(
      '/invitations/:participant/:signature',
      acces.public,
      ouvrir((c, i) => pageInvitation(c, i)),
      { parMinute: 120, secrete: true },
    ),
    post(
      '/invitations/:participant/:signature',
      acces.public,
      ouvrir(async (c, i) => {
        const { seance, instance, participant, ici } = i;
        if (seance.etat !== 'convoquee') return pageInvitation(c, i, [{ champ: 'reponse', message: 'Cette séance n’attend plus de réponse.' }]);
        const r = rapprocherReponse(c.corps, reponseEnregistree(participant));
        if (r.genre === 'heurt') return page(conflictPage({}, { formulaire: formulaireDeReponse(seance, ici), r }));
        const lu = lire(reponseSchema, r.champs);
        if (!lu.ok) return pageInvitation(c, i, lu.erreurs);
        await seances.saveReponse(c.db, c.contrat.id, participant.id, lu.valeur, c.maintenant);
        // Who declines passes the convocation on to their substitute.
        if (
          lu.valeur.reponse === 'refuse' &&
          participant.reponse !== 'refuse' &&
          participant.courriel &&
          !participant.absent &&
          participant.suppleantCourriel
        ) {
          const points = await listPoints(c.db, c.contrat.id, seance.id);
          const catalogue = await getCatalogue(c.db, c.contrat.id);
          const suppleant = { ...participant, courriel: '', reponse: null };
          await envoyerConvocations(c, services, { seance, instance, catalogue, points, participants: [suppleant] }, 'convocation');
        }
        await suivreSeance(c, seance);
        await c.auditer('seance.reponse', `/seances/${seance.id}`, { reponse: lu.valeur.reponse, participant: code(participant.id), par: i.par });
        return redirige(`${ici}?merci=oui`);
      }),
      { parMinute: 30, secrete: true },
    ),
    post(
      '/invitations/:participant/:signature/dates',
      acces.public,
      ouvrir(async (c, i) => {
        const { seance, participant, ici } = i;
        const dates = await seances.listDates(c.db, c.contrat.id, seance.id);
        if (seance.jour !== null || dates.length === 0) return pageInvitation(c, i, [{ champ: 'dates', message: 'La date est déjà choisie.' }]);
        const erreurs: ErreurDeChamp[] = [];
        const r = rapprocherReponse(c.corps, datesEnregistrees(dates, participant.id));
        if (r.genre === 'heurt') return page(conflictPage({}, { formulaire: formulaireDesDates(seance, dates, ici), r }));
        const reponses = dates.flatMap((d) => {
          const lu = lire(reponseDateSchema, texte(r.champs[`date-${d.id}`]));
          if (!lu.ok) erreurs.push({ champ: `date-${d.id}`, message: 'Répondez pour chaque date : oui, si besoin ou non.' });
          return lu.ok ? [{ dateId: d.id, reponse: lu.valeur }] : [];
        });
        if (erreurs.length > 0) return pageInvitation(c, i, erreurs);
        await seances.saveReponsesDates(c.db, c.contrat.id, participant.id, reponses, c.maintenant);
        await suivreSeance(c, seance);
        await c.auditer('seance.disponibilites', `/seances/${seance.id}`, { dates: reponses.length, participant: code(participant.id), par: i.par });
        return redirige(`${ici}?merci=oui`);
      }),
      { parMinute: 30, secrete: true },
    ),
    get(
      '/invitations/:participant/:signature/documents/:document',
      acces.public,
      ouvrir(async (c, i) => {
        const d = i.discrete ? null : await getDocument(c.db, c.contrat.id, i.seance.id, c.params.document ?? '');
        if (!d) throw introuvable('Ce document');
        noterLectureParLien(c, i, `/seances/${i.seance.id}/documents/${c.params.document}`);
        return fichier(d.contenu, { nom: d.nom, type: typeServi(d.type) });
      }),
      { parMinute: 60, secrete: true },
    ),
  ];
}
