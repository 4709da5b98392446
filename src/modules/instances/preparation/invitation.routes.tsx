/**
 * The personal page of someone convoked, reached by the link of their mail: no account needed, the link is the right. It stops
 * holding when they leave the body. GET 200 or 404; POST 303, 422, 404.
 */
import { lireEnsemble } from '../../../core/database.ts';
import { acces } from '../../../core/authorize.ts';
import { jourDe } from '../../../core/clock.ts';
import { type ErreurDeChamp, introuvable } from '../../../core/errors.ts';
import { type Contexte, fichier, get, lire, page, post, redirige, type Route, texte } from '../../../core/http.ts';
import { conflictPage } from '../../../ui/Conflict.tsx';
import { getCatalogue } from '../../contrats/index.ts';
import { getInstance, getSeance, listParticipants, listPoints } from '../instances.queries.ts';
import { cheminInvitation, estSignature, type ServicesInstances } from '../instances.services.ts';
import { envoyerConvocations } from './convocation.ts';
import { InvitationPage } from './pages/InvitationPage.tsx';
import { datesEnregistrees, formulaireDeReponse, formulaireDesDates, rapprocherReponse, reponseEnregistree } from './invitation.formulaires.ts';
import { reponseDateSchema, reponseSchema } from './seances.schema.ts';
import * as seances from './seances.queries.ts';

async function charger(c: Contexte, services: ServicesInstances) {
  const id = c.params.participant ?? '';
  const invitation = estSignature(services.coffre, id, c.params.signature ?? '') ? await seances.getInvitation(c.db, c.contrat.id, id) : null;
  if (!invitation) throw introuvable('Cette invitation');
  const [seance, instance, participants] = await lireEnsemble(c.db, [
    () => getSeance(c.db, c.contrat.id, invitation.seanceId),
    () => getInstance(c.db, c.contrat.id, invitation.instanceId, { courriel: '', aujourdhui: jourDe(c.maintenant) }),
    () => listParticipants(c.db, c.contrat.id, invitation.seanceId),
  ]);
  const participant = participants.find((p) => p.id === id);
  if (!seance || !instance || !participant) throw introuvable('Cette invitation');
  return { seance, instance, participants, participant, ici: cheminInvitation(services.coffre, id) };
}

async function pageInvitation(c: Contexte, services: ServicesInstances, erreurs: readonly ErreurDeChamp[] = []) {
  const s = await charger(c, services);
  const [catalogue, points, documents, dates] = await lireEnsemble(c.db, [
    () => getCatalogue(c.db, c.contrat.id),
    () => listPoints(c.db, c.contrat.id, s.seance.id),
    () => seances.listDocuments(c.db, c.contrat.id, s.seance.id),
    () => seances.listDates(c.db, c.contrat.id, s.seance.id),
  ]);
  const champs = Object.fromEntries(Object.entries(c.corps).map(([cle, v]) => [cle, texte(v)]));
  const merci = texte(c.requete.merci) === 'oui';
  return page({
    titre: s.seance.titre,
    statut: erreurs.length > 0 ? 422 : 200,
    corps: <InvitationPage {...s} catalogue={catalogue} points={points} documents={documents} dates={dates} champs={champs} erreurs={erreurs} merci={merci} />,
  });
}

export function buildInvitationRoutes(services: ServicesInstances): Route[] {
  return [
    get('/invitations/:participant/:signature', acces.public, (c) => pageInvitation(c, services), { parMinute: 120 }),
    post('/invitations/:participant/:signature', acces.public, async (c) => {
      const { seance, instance, participant, ici } = await charger(c, services);
      if (seance.etat !== 'convoquee') return pageInvitation(c, services, [{ champ: 'reponse', message: 'Cette séance n’attend plus de réponse.' }]);
      const r = rapprocherReponse(c.corps, reponseEnregistree(participant));
      if (r.genre === 'heurt') return page(conflictPage({}, { formulaire: formulaireDeReponse(seance, ici), r }));
      const lu = lire(reponseSchema, r.champs);
      if (!lu.ok) return pageInvitation(c, services, lu.erreurs);
      await seances.saveReponse(c.db, c.contrat.id, participant.id, lu.valeur, c.maintenant);
      // Who declines passes the convocation on to their substitute.
      if (lu.valeur.reponse === 'refuse' && participant.reponse !== 'refuse' && participant.courriel && participant.suppleantCourriel) {
        const points = await listPoints(c.db, c.contrat.id, seance.id);
        const catalogue = await getCatalogue(c.db, c.contrat.id);
        const suppleant = { ...participant, courriel: '', reponse: null };
        await envoyerConvocations(c, services, { seance, instance, catalogue, points, participants: [suppleant] }, 'convocation');
      }
      await c.auditer('seance.reponse', `/seances/${seance.id}`, { reponse: lu.valeur.reponse });
      return redirige(`${ici}?merci=oui`);
    }),
    post('/invitations/:participant/:signature/dates', acces.public, async (c) => {
      const { seance, participant, ici } = await charger(c, services);
      const dates = await seances.listDates(c.db, c.contrat.id, seance.id);
      if (seance.jour !== null || dates.length === 0) return pageInvitation(c, services, [{ champ: 'dates', message: 'La date est déjà choisie.' }]);
      const erreurs: ErreurDeChamp[] = [];
      const r = rapprocherReponse(c.corps, datesEnregistrees(dates, participant.id));
      if (r.genre === 'heurt') return page(conflictPage({}, { formulaire: formulaireDesDates(seance, dates, ici), r }));
      const reponses = dates.flatMap((d) => {
        const lu = lire(reponseDateSchema, texte(r.champs[`date-${d.id}`]));
        if (!lu.ok) erreurs.push({ champ: `date-${d.id}`, message: 'Répondez pour chaque date : oui, si besoin ou non.' });
        return lu.ok ? [{ dateId: d.id, reponse: lu.valeur }] : [];
      });
      if (erreurs.length > 0) return pageInvitation(c, services, erreurs);
      await seances.saveReponsesDates(c.db, c.contrat.id, participant.id, reponses, c.maintenant);
      await c.auditer('seance.disponibilites', `/seances/${seance.id}`, { dates: reponses.length });
      return redirige(`${ici}?merci=oui`);
    }),
    get(
      '/invitations/:participant/:signature/documents/:document',
      acces.public,
      async (c) => {
        const { seance } = await charger(c, services);
        const d = await seances.getDocument(c.db, c.contrat.id, seance.id, c.params.document ?? '');
        if (!d) throw introuvable('Ce document');
        return fichier(d.contenu, { nom: d.nom, type: d.type });
      },
      { parMinute: 60 },
    ),
  ];
}
