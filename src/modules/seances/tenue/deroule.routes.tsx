/** The course of a session: opening, items, attendance, closing. */
import { lireEnsemble } from '../../../core/base/database.ts';
import { accesMetier } from '../../../core/authorize.ts';
import { jourDe } from '../../../core/clock.ts';
import { type Contexte, lire, page, post, type Reponse, redirige, type Route, texte } from '../../../core/http/http.ts';
import { appliquerFaits } from '../../indicateurs/index.ts';
import { listParticipants, listPoints } from '../seances.queries.ts';
import { peutPasser } from '../seances.rules.ts';
import { AvantPage } from './pages/AutresPages.tsx';
import { cadrePage, chargerPourEcrire, dire, fait, peutEcrire, pointDe, refuser, refusSiFermee, type ServicesTenue } from './tenue.contexte.tsx';
import type { SeanceChargee } from '../seances.contexte.ts';
import { addInvite, addPoint, leverSeance, ouvrirSeance, passerAu, setEtatPoint } from './tenue.queries.ts';
import { finDeRelecture, momentDe, suivantDe } from './tenue.rules.ts';
import { ageSchema, inviteSchema, nouveauPointSchema } from './tenue.schema.ts';
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
      aujourdhui={jourDe(c.maintenant)}
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
  /** 303 to the screen (also when it is already open); 422 another day without confirmation; 409 not convoked; 403; 404. */
  post('/seances/:id/ouvrir', accesMetier, async (c) => {
    const s = await chargerPourEcrire(c, true);
    const { seance } = s;
    if (!peutPasser(seance.etat, 'ouverte')) return redirige(ici(seance.id));
    const aujourdhui = jourDe(c.maintenant);
    if (seance.jour !== aujourdhui && texte(c.corps.confirme) !== 'oui')
      return pageAvant(c, s, [{ champ: 'confirme', message: 'La séance n’est pas prévue aujourd’hui : confirmez qu’elle se tient bien maintenant.' }]);
    await ouvrirSeance(c.db, c.contrat.id, seance.id, c.maintenant);
    await suivreSeance(c, seance);
    await c.auditer('seance.ouverte', ici(seance.id), { prevue: seance.jour });
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
      const ferme = await refusSiFermee(c, s, [{ libelle: 'Point', texte: texte(c.corps.titre) }]);
      if (ferme) return ferme;
      const lu = lire(nouveauPointSchema, c.corps);
      if (!lu.ok) return refuser(c, k, s, 'point', lu.erreurs);
      const id = await addPoint(c.db, c.contrat.id, s.seance.id, lu.valeur);
      if (id) {
        await c.auditer('seance.point_ajoute', ici(s.seance.id), { point: id });
        await dire(c, s.seance.id, { genre: 'points' });
      }
      const point = id ?? lu.valeur.id ?? null;
      return fait(c, s.seance.id, { point }, { point });
    },
    { creation: true },
  ),
  /** Someone who came without being convoked. 303 or 200; 422; 409; 403; 404. */
  post(
    '/seances/:id/participants',
    accesMetier,
    async (c) => {
      const s = await chargerPourEcrire(c, true);
      const ferme = await refusSiFermee(c, s, [{ libelle: 'Personne présente', texte: texte(c.corps.nom) || texte(c.corps.fonction) }]);
      if (ferme) return ferme;
      const lu = lire(inviteSchema, c.corps);
      const erreurs = lu.ok ? [] : [...lu.erreurs];
      if (lu.ok && !s.catalogue.acteurs.has(lu.valeur.organisation))
        erreurs.push({ champ: 'organisation', message: 'Cette organisation n’est pas dans l’annuaire.' });
      if (!lu.ok || erreurs.length > 0) return refuser(c, k, s, 'invite', erreurs);
      const { nom, fonction, organisation } = lu.valeur;
      const id = await addInvite(c.db, c.contrat.id, s.seance.id, { ...lu.valeur, fonction: fonction || 'Invité', nom, organisation });
      if (id) {
        await c.auditer('seance.presences', ici(s.seance.id), { invite: id });
        await dire(c, s.seance.id, { genre: 'presences' });
      }
      return fait(c, s.seance.id, { point: texte(c.corps.point), ancre: 'presences' });
    },
    { creation: true },
  ),
  /** 303 to the minutes; 409 with who closed it when it is already closed; 403; 404. */
  post('/seances/:id/lever', accesMetier, async (c) => {
    const s = await chargerPourEcrire(c, true);
    const ferme = await refusSiFermee(c, s);
    if (ferme) return ferme;
    const { seance } = s;
    // What was being discussed has been dealt with; what was not reached is deferred.
    await passerAu(c.db, c.contrat.id, seance, { fin: 'traite', vers: null, quand: c.maintenant });
    const relectureJusqua = finDeRelecture(jourDe(c.maintenant));
    const { reportes } = await leverSeance(c.db, c.contrat.id, seance.id, { quand: c.maintenant, par: s.u.nom, relectureJusqua });
    await appliquerFaits(c.db, c.contrat.id, 'reunions', { ids: [seance.id] }, 1);
    await suivreSeance(c, seance);
    await c.auditer('seance.levee', ici(seance.id), { reportes: reportes.length, relectureJusqua });
    await dire(c, seance.id, { genre: 'etat', etat: 'relecture', par: s.u.nom });
    return redirige(`/seances/${seance.id}/clore`);
  }),
];
