/** Reserving a part of a session to members who are named. GET 200; POST 303, 422 with what was chosen; 403; 404; 409 held, or one exists. */
import { code } from '../../../core/trace/details.ts';
import { accesMetier } from '../../../core/authorize.ts';
import { lireEnsemble } from '../../../core/base/database.ts';
import { jourDe } from '../../../core/clock.ts';
import { conflit, type ErreurDeChamp, interdit } from '../../../core/errors.ts';
import { type Contexte, get, liste, page, post, redirige, type Route, texte } from '../../../core/http/http.ts';
import { cadreDePage } from '../preparation/preparation.contexte.ts';
import { chargerSeance } from '../seances.contexte.ts';
import { getPartie, listParticipants, listPoints } from '../seances.queries.ts';
import { suivreSeance } from '../suivre.ts';
import { ReserverPage } from './pages/ReserverPage.tsx';
import { reservable } from './partie.contexte.ts';
import { createPartie } from './partie.queries.ts';
import { deplacable, dOffice } from './partie.rules.ts';

async function charger(c: Contexte, verrou = false) {
  const s = await chargerSeance(c, verrou);
  const u = c.utilisateur;
  if (!u || !reservable(c, s)) throw interdit('Avant la séance, sa présidence, ou qui la tient et y siège, peut en réserver une partie à certains membres.');
  if (await getPartie(c.db, c.contrat.id, s.seance.id)) throw conflit('Cette séance a déjà une partie réservée.');
  const [participants, points] = await lireEnsemble(c.db, [
    () => listParticipants(c.db, c.contrat.id, s.seance.id),
    () => listPoints(c.db, c.contrat.id, s.seance.id),
  ]);
  const sieges = participants.flatMap((p) => (p.membreId !== null && p.retireLe === null ? [{ ...p, id: p.membreId }] : []));
  const moi = u.courriel.toLowerCase();
  return {
    ...s,
    u,
    offices: sieges.filter((p) => dOffice(p, moi)),
    autres: sieges.filter((p) => !dOffice(p, moi)),
    // Once the convocation left, everybody has read the agenda.
    deplacables: s.seance.etat === 'preparation' ? points.filter(deplacable) : [],
  };
}

async function pageReserver(c: Contexte, erreurs: readonly ErreurDeChamp[] = []) {
  const s = await charger(c);
  return page({
    ...cadreDePage(s),
    titre: 'Réserver une partie de la séance',
    statut: erreurs.length > 0 ? 422 : 200,
    corps: <ReserverPage {...s} choisis={liste(c.corps.sieges)} points={liste(c.corps.points)} erreurs={erreurs} />,
  });
}

export const partieRoutes: Route[] = [
  get('/seances/:id/reserver', accesMetier, (c) => pageReserver(c), { sensible: true }),
  post(
    '/seances/:id/reserver',
    accesMetier,
    async (c) => {
      const s = await charger(c, true);
      const voulus = new Set(liste(c.corps.sieges));
      if (texte(c.corps.confirme) !== 'oui')
        return pageReserver(c, [{ champ: 'confirme', message: 'Cochez la case qui confirme : le choix des membres ne se change plus.' }]);
      const sieges = [...s.offices, ...s.autres.filter((p) => voulus.has(p.id))].map((p) => p.id);
      const choisis = new Set(liste(c.corps.points));
      const points = s.deplacables.filter((p) => choisis.has(p.id)).map((p) => p.id);
      const par = { compteId: s.u.id, quand: c.maintenant, aujourdhui: jourDe(c.maintenant) };
      const id = await createPartie(c.db, c.contrat.id, s.seance, { sieges, points }, par);
      await suivreSeance(c, { id, instanceId: s.seance.instanceId });
      await c.auditer('seance.reservee', `/seances/${id}`, { seance: code(s.seance.id), sieges: sieges.length, points: points.length });
      return redirige(`/seances/${id}/preparer`);
    },
    { creation: true },
  ),
];
