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
import { listPoints } from '../seances.queries.ts';
import type { ServicesSeances } from '../seances.services.ts';
import { envoyerConvocations } from './convocation.ts';
import { chargerInvitation, type Invitation, noterLectureParLien, pageFin } from './invitation.contexte.tsx';
import { InvitationPage } from './pages/InvitationPage.tsx';
import { datesEnregistrees, formulaireDeReponse, formulaireDesDates, rapprocherReponse, reponseEnregistree } from './invitation.formulaires.ts';
import { reponseDateSchema, reponseSchema } from './seances.schema.ts';
import { aReponduLuiMeme, direRepresentant } from './reponses.rules.ts';
import { ecrireAuTitulaire } from './reponses.lettres.ts';
import { saveReponse, saveReponsesDates } from './reponses.queries.ts';
import { REPONSES } from '../seances.rules.ts';
import { jour } from '../../../ui/typographie.ts';
import { REPONSES_DATE } from './pages/TableauDesDates.tsx';
import { suivreSeance } from '../suivre.ts';
import { getDocument, listDocuments } from './documents.queries.ts';
import * as seances from './seances.queries.ts';

const SIENNE = 'La personne qui tient ce siège a répondu elle-même : elle seule change sa réponse.';

/** A substitute names nobody; whoever comes after all, and left the field as it was, is not represented any more. */
function avecRepresentant(champs: Readonly<Record<string, unknown>>, { participant, qui }: Invitation) {
  const ancien = champs.representant === participant.representeDit && champs.reponse !== 'refuse';
  return qui.voie === 'suppleant' || ancien ? { ...champs, representant: '' } : champs;
}

async function pageInvitation(c: Contexte, i: Invitation, erreurs: readonly ErreurDeChamp[] = []) {
  const [points, documents, dates] = await lireEnsemble(c.db, [
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
    corps: <InvitationPage {...i} points={points} documents={documents} dates={dates} champs={champs} erreurs={erreurs} merci={merci} />,
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
        const { seance, instance, catalogue, participant, ici, qui } = i;
        if (seance.etat !== 'convoquee') return pageInvitation(c, i, [{ champ: 'reponse', message: 'Cette séance n’attend plus de réponse.' }]);
        if (qui.voie === 'notee' && aReponduLuiMeme(participant)) return pageInvitation(c, i, [{ champ: 'reponse', message: SIENNE }]);
        const r = rapprocherReponse(c.corps, reponseEnregistree(participant, qui.voie));
        if (r.genre === 'heurt') return page(conflictPage({}, { formulaire: formulaireDeReponse(seance, ici, qui.voie), r }));
        const lu = lire(reponseSchema, avecRepresentant(r.champs, i));
        if (!lu.ok) return pageInvitation(c, i, lu.erreurs);
        const { reponse, representant, mot } = lu.valeur;
        if (!(await saveReponse(c.db, c.contrat.id, participant.id, lu.valeur, { ...qui, quand: c.maintenant })))
          return ouvrir((_, lue) => pageInvitation(c, lue, [{ champ: 'reponse', message: SIENNE }]))(c);
        await ecrireAuTitulaire(c, services, i, `${REPONSES[reponse]}${direRepresentant({ representeDit: representant })}${mot ? ` (${mot})` : ''}`);
        // Who declines passes the convocation on to their substitute.
        if (
          qui.voie !== 'suppleant' &&
          reponse === 'refuse' &&
          participant.reponse !== 'refuse' &&
          participant.courriel &&
          !participant.parti &&
          !participant.absent &&
          participant.suppleantCourriel
        ) {
          const points = await listPoints(c.db, c.contrat.id, seance.id);
          const suppleant = { ...participant, courriel: '', reponse: null };
          await envoyerConvocations(c, services, { seance, instance, catalogue, points, participants: [suppleant] }, 'convocation');
        }
        await suivreSeance(c, seance);
        await c.auditer('seance.reponse', `/seances/${seance.id}`, {
          ...{ reponse, participant: code(participant.id), par: qui.voie },
          ...(representant ? { representee: true } : {}),
        });
        return redirige(`${ici}?merci=oui`);
      }),
      { parMinute: 30, secrete: true },
    ),
    post(
      '/invitations/:participant/:signature/dates',
      acces.public,
      ouvrir(async (c, i) => {
        const { seance, participant, ici, qui } = i;
        const dates = await seances.listDates(c.db, c.contrat.id, seance.id);
        if (seance.jour !== null || dates.length === 0) return pageInvitation(c, i, [{ champ: 'dates', message: 'La date est déjà choisie.' }]);
        const erreurs: ErreurDeChamp[] = [];
        if (qui.voie === 'notee' && dates.some((d) => d.reponses[participant.id]?.titulaire))
          return pageInvitation(c, i, [{ champ: 'dates', message: SIENNE }]);
        const r = rapprocherReponse(c.corps, datesEnregistrees(dates, participant.id, qui.voie));
        if (r.genre === 'heurt') return page(conflictPage({}, { formulaire: formulaireDesDates(seance, dates, ici), r }));
        const reponses = dates.flatMap((d) => {
          const lu = lire(reponseDateSchema, texte(r.champs[`date-${d.id}`]));
          if (!lu.ok) erreurs.push({ champ: `date-${d.id}`, message: 'Répondez pour chaque date : oui, si besoin ou non.' });
          return lu.ok ? [{ dateId: d.id, reponse: lu.valeur }] : [];
        });
        if (erreurs.length > 0) return pageInvitation(c, i, erreurs);
        await saveReponsesDates(c.db, c.contrat.id, participant.id, reponses, { ...qui, quand: c.maintenant });
        const dites = dates.map((d) => `${jour(d.jour)}, ${REPONSES_DATE[reponses.find((x) => x.dateId === d.id)?.reponse ?? 'non']}`);
        await ecrireAuTitulaire(c, services, i, dites.join(' ; '), dates);
        await suivreSeance(c, seance);
        await c.auditer('seance.disponibilites', `/seances/${seance.id}`, { dates: reponses.length, participant: code(participant.id), par: qui.voie });
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
