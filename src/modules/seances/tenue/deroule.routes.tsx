/** The course of a session: opening, items, attendance, closing. */
import { code } from '../../../core/trace/details.ts';
import { lireEnsemble } from '../../../core/base/database.ts';
import { accesMetier } from '../../../core/authorize.ts';
import { jourDe } from '../../../core/clock.ts';
import { type Contexte, page, post, type Reponse, redirige, type Route, texte } from '../../../core/http/http.ts';
import { appliquerFaits } from '../../indicateurs/index.ts';
import { listParticipants, listPoints } from '../seances.queries.ts';
import { aConfirmerPourLever, aConfirmerPourOuvrir } from '../heures.rules.ts';
import { momentDuMur, peutPasser } from '../seances.rules.ts';
import { faire } from './actes.ts';
import { AvantPage } from './pages/AutresPages.tsx';
import { LeverPage } from './pages/LeverPage.tsx';
import { cadrePage, chargerPourEcrire, dire, fait, lireTenue, peutEcrire, pointDe, refusSiFermee, repondre, type ServicesTenue } from './tenue.contexte.tsx';
import type { SeanceChargee } from '../seances.contexte.ts';
import { leverSeance, ouvrirSeance, passerAu, setEtatPoint } from './tenue.queries.ts';
import { finDeRelecture, momentDe, suivantDe } from './tenue.rules.ts';
import { ageSchema } from './tenue.schema.ts';
import { ecrireAuxPresences } from './presences.lettres.ts';
import { noterLesRepresentes } from './presences.reponses.ts';
import { suivreSeance } from '../suivre.ts';

/** The page of a session that is not open yet, or never will be. */
export async function pageAvant(c: Contexte, s: SeanceChargee, erreurs: { champ: string; message: string }[] = []): Promise<Reponse> {
  const [points, participants] = await lireEnsemble(c.db, [
    () => listPoints(c.db, c.contrat.id, s.seance.id),
    () => listParticipants(c.db, c.contrat.id, s.seance.id),
  ]);
  const { seance, instance, catalogue, tient } = s;
  const moi = { id: c.utilisateur?.id ?? '', nom: c.utilisateur?.nom ?? '' };
  const corps = (
    <AvantPage
      {...{ seance, instance, catalogue, tient, erreurs, participants, moi }}
      ecrit={peutEcrire(c, s)}
      questions={aConfirmerPourOuvrir(seance, momentDuMur(c.maintenant))}
      points={points.length}
    />
  );
  return page({ ...cadrePage(s), statut: erreurs.length > 0 ? 422 : 200, corps });
}

const ici = (id: string) => `/seances/${id}/tenir`;

/** Acts on the items: the session is locked and open, the item exists; an act that came too late changes nothing. */
function acteSurPoint(chemin: string, agir: (c: Contexte, s: Awaited<ReturnType<typeof chargerPourEcrire>>) => Promise<string | null>): Route {
  return post(`/seances/:id/points/:point/${chemin}`, accesMetier, async (c) => {
    const s = await chargerPourEcrire(c, true);
    const ferme = await refusSiFermee(c, s);
    if (ferme) return ferme;
    const vers = await agir(c, s);
    await dire(c, s.seance.id, { genre: 'points' });
    return fait(c, s.seance.id, { point: vers ?? c.params.point ?? '', ancre: 'point' }, { point: vers });
  });
}

export const buildDerouleRoutes = (k: ServicesTenue): Route[] => [
  /** 303 to the screen (also when it is already open); 422 outside of the planned time without confirmation; 409 not convoked; 403; 404. */
  post('/seances/:id/ouvrir', accesMetier, async (c) => {
    const s = await chargerPourEcrire(c, true);
    const { seance } = s;
    if (!peutPasser(seance.etat, 'ouverte')) return redirige(ici(seance.id));
    const questions = aConfirmerPourOuvrir(seance, momentDuMur(c.maintenant));
    if (questions.length > 0 && texte(c.corps.confirme) !== 'oui')
      return pageAvant(c, s, [{ champ: 'confirme', message: `${questions.join(' ')} Confirmez qu’elle se tient bien maintenant.` }]);
    await ouvrirSeance(c.db, c.contrat.id, seance.id, c.maintenant);
    await noterLesRepresentes(c, s);
    await suivreSeance(c, seance);
    await c.auditer('seance.ouverte', ici(seance.id), { prevue: code(seance.jour), ...(questions.length > 0 ? { confirme: questions.length } : {}) });
    await dire(c, seance.id, { genre: 'etat', etat: 'ouverte' });
    return redirige(ici(seance.id));
  }),
  /** The item becomes the current one; the former one is dealt with. 303 or 200; 409; 403; 404. */
  acteSurPoint('demarrer', async (c, s) => {
    const p = pointDe(await listPoints(c.db, c.contrat.id, s.seance.id), c.params.point ?? '');
    if (s.seance.pointCourant === p.id) return p.id;
    const quand = momentDe(ageSchema.parse(c.corps.age), c.maintenant, s.seance.pointDepuis);
    await passerAu(c.db, c.contrat.id, s.seance, { fin: 'traite', vers: p.id, quand });
    return p.id;
  }),
  /** The item is dealt with, the next one begins. Nothing when it is no longer the current one. */
  acteSurPoint('suivant', async (c, s) => {
    const points = await listPoints(c.db, c.contrat.id, s.seance.id);
    const p = pointDe(points, c.params.point ?? '');
    if (s.seance.pointCourant !== p.id) return s.seance.pointCourant;
    const vers = suivantDe(points, p.id)?.id ?? null;
    const quand = momentDe(ageSchema.parse(c.corps.age), c.maintenant, s.seance.pointDepuis);
    await passerAu(c.db, c.contrat.id, s.seance, { fin: 'traite', vers, quand });
    return vers;
  }),
  /** The item goes to a later session; when it was the current one, the next begins. */
  acteSurPoint('reporter', async (c, s) => {
    const points = await listPoints(c.db, c.contrat.id, s.seance.id);
    const p = pointDe(points, c.params.point ?? '');
    if (s.seance.pointCourant !== p.id) {
      if (p.etat === 'a_venir') await setEtatPoint(c.db, c.contrat.id, s.seance.id, p.id, 'reporte');
      return s.seance.pointCourant;
    }
    const vers = suivantDe(points, p.id)?.id ?? null;
    const quand = momentDe(ageSchema.parse(c.corps.age), c.maintenant, s.seance.pointDepuis);
    await passerAu(c.db, c.contrat.id, s.seance, { fin: 'reporte', vers, quand });
    return vers;
  }),
  /** An item that came up in the session. 303 or 200; 422; 409; 403; 404. */
  post(
    '/seances/:id/points-ajoutes',
    accesMetier,
    async (c) => {
      const s = await chargerPourEcrire(c, true);
      const ferme = await refusSiFermee(c, s, [{ libelle: 'Point', texte: texte(c.corps.titre) }], 'point');
      if (ferme) return ferme;
      return repondre(c, k, s, 'point', await faire(c, s, 'point', c.corps));
    },
    { creation: true },
  ),
  /** Someone who came without being convoked. 303 or 200; 422; 409; 403; 404. */
  post(
    '/seances/:id/participants',
    accesMetier,
    async (c) => {
      const s = await chargerPourEcrire(c, true);
      const ferme = await refusSiFermee(c, s, [{ libelle: 'Personne présente', texte: texte(c.corps.nom) || texte(c.corps.fonction) }], 'invite');
      if (ferme) return ferme;
      return repondre(c, k, s, 'invite', await faire(c, s, 'invite', c.corps), 'presences');
    },
    { creation: true },
  ),
  /** 303 to the minutes; 422 asks: an unusual hour, something begun and not added; 409 with who closed it when it is already closed; 403; 404. */
  post('/seances/:id/lever', accesMetier, async (c) => {
    const s = await chargerPourEcrire(c, true);
    const ferme = await refusSiFermee(c, s);
    if (ferme) return ferme;
    const { seance } = s;
    const ouverte = seance.ouverteLe ? momentDuMur(seance.ouverteLe) : null;
    const questions = aConfirmerPourLever(seance, ouverte, momentDuMur(c.maintenant));
    const t = await lireTenue(c, s, '');
    const commencees = t.brouillons.filter((b) => b.ecarteLe === null).length;
    // What someone began after the question was asked is asked about too.
    const aDemander = (questions.length > 0 && texte(c.corps.confirme_heures) !== 'oui') || commencees > Number(texte(c.corps.confirme_brouillons) || 0);
    if (aDemander) return page({ ...cadrePage(s), statut: 422, corps: <LeverPage t={t} questions={questions} /> });
    // What was being discussed has been dealt with; what was not reached is deferred.
    await passerAu(c.db, c.contrat.id, seance, { fin: 'traite', vers: null, quand: c.maintenant });
    const relectureJusqua = finDeRelecture(jourDe(c.maintenant));
    const { reportes } = await leverSeance(c.db, c.contrat.id, seance.id, { quand: c.maintenant, par: s.u.nom, relectureJusqua });
    await appliquerFaits(c.db, c.contrat.id, 'reunions', { ids: [seance.id] }, 1);
    await ecrireAuxPresences(
      c,
      s,
      k,
      t.participants,
      t.participants.filter((p) => p.presence === 'represente'),
    );
    await suivreSeance(c, seance);
    await c.auditer('seance.levee', ici(seance.id), {
      reportes: reportes.length,
      relectureJusqua: code(relectureJusqua),
      ...(questions.length > 0 ? { confirme: questions.length } : {}),
      ...(commencees > 0 ? { commencees } : {}),
    });
    await dire(c, seance.id, { genre: 'etat', etat: 'relecture', par: s.u.nom });
    return redirige(`/seances/${seance.id}/clore`);
  }),
];
