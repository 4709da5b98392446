/**
 * `/seances/:id/tenir` and everything during a session. Readers of the session follow it; who keeps it, its secretariat and
 * its presidency write. GET answers 200, or 404 for unknown and hidden alike.
 */
import { accesMetier } from '../../../core/authorize.ts';
import { couper } from '../../../core/couper.ts';
import { emettreEcriture } from '../../../core/direct/direct.ts';
import { ErreurConcorde, indisponible } from '../../../core/errors.ts';
import { type Contexte, flux, get, json, post, type Route, texte } from '../../../core/http/http.ts';
import { chargerSeance } from '../seances.contexte.ts';
import { buildBlocs } from './blocs.tsx';
import { buildBrouillonsRoutes } from './brouillons.routes.tsx';
import { buildDecisionsRoutes } from './decisions.routes.tsx';
import { buildDerouleRoutes, pageAvant } from './deroule.routes.tsx';
import { emargementRoutes } from './emargement.routes.ts';
import { buildNotesRoutes } from './notes.routes.tsx';
import { buildPresencesRoutes } from './presences.routes.tsx';
import { ecran, lireTenue, salleDe, type ServicesTenue } from './tenue.contexte.tsx';
import { secondesDe } from './tenue.rules.ts';
import { getDecision } from '../../decisions/index.ts';

export type { ServicesTenue } from './tenue.contexte.tsx';

/** The whole live state for a page that comes back, or the part that an event spoke of. */
async function etat(c: Contexte, k: ServicesTenue) {
  const s = await chargerSeance(c);
  const t = await lireTenue(c, s, texte(c.requete.point));
  const quoi = texte(c.requete.quoi);
  const notesDe = texte(c.requete.notes).split(',');
  const points = quoi === 'notes' ? t.points.filter((p) => notesDe.includes(p.id)) : t.points;
  if (quoi === '') await c.auditer('objet.lu', `/seances/${s.seance.id}/etat`);
  const commun = { etat: s.seance.etat, maintenant: c.maintenant.toISOString() };
  const notes = points.map((p) => ({ id: p.id, notesVersion: p.notesVersion, notesPar: p.notesPar, ...(quoi === 'blocs' ? {} : { notes: p.notes }) }));
  if (quoi === 'notes') {
    const lues = t.ecrit ? [] : buildBlocs(t).filter((b) => points.some((p) => b.id === `b-notes-${p.id}`));
    return json({ ...commun, points: notes, blocs: lues });
  }
  return json({
    ...commun,
    pointCourant: s.seance.pointCourant,
    pointDepuis: s.seance.pointDepuis,
    points: t.points.map((p, i) => ({ rang: i + 1, titre: p.titre, etat: p.etat, secondes: secondesDe(p, s.seance, c.maintenant), ...notes[i] })),
    participants: t.participants.map((p) => ({ id: p.id, presence: p.presence, representePar: p.representePar, parti: p.retireLe !== null })),
    decisions: t.decisions.map((d) => ({ id: d.id, point: d.pointId, numero: d.numero, nature: d.nature, libelle: d.libelle, echeance: d.echeance })),
    votes: t.votes,
    presents: k.direct?.presents(salleDe(c.contrat.id, s.seance.id)) ?? [],
    blocs: buildBlocs(t),
  });
}

const lisible = (c: Contexte): Promise<boolean> =>
  chargerSeance(c).then(
    () => true,
    (e) => {
      if (e instanceof ErreurConcorde) return false;
      throw e;
    },
  );

export function buildTenueRoutes(k: ServicesTenue): Route[] {
  return [
    /** The one screen; read-only for who does not write, and once the session is closed. */
    get(
      '/seances/:id/tenir',
      accesMetier,
      async (c) => {
        const s = await chargerSeance(c);
        const { etat: e, id } = s.seance;
        if (e !== 'ouverte' && e !== 'relecture' && e !== 'figee') return pageAvant(c, s);
        const corrigee = texte(c.requete.corriger) ? await getDecision(c.db, c.contrat.id, texte(c.requete.corriger)) : null;
        return ecran(c, k, s, { corrigee: e === 'ouverte' && corrigee?.seanceId === id ? corrigee : null });
      },
      { sensible: true },
    ),
    /** JSON for the island; `quoi=notes&notes=<item>` gives those notes only, `quoi=blocs` everything else, `point` the item on the screen. */
    get('/seances/:id/etat', accesMetier, (c) => etat(c, k)),
    /** Server-sent events; 503 where nothing is told live. Closed when the session ends or the right is lost. */
    get(
      '/seances/:id/direct',
      accesMetier,
      async (c) => {
        const s = await chargerSeance(c);
        if (!k.direct) throw indisponible('Le direct n’est pas ouvert sur ce serveur. La page se met à jour de temps en temps.');
        const { id = '', nom = '' } = c.utilisateur ?? {};
        return flux(k.direct.ouvrirFlux(salleDe(c.contrat.id, s.seance.id), { id, nom }), (u) => lisible({ ...c, utilisateur: u, maintenant: new Date() }));
      },
      { sensible: true },
    ),
    /** What this window is writing on: told to the others, kept nowhere. 200; 404. */
    post(
      '/seances/:id/ici',
      accesMetier,
      async (c) => {
        const s = await chargerSeance(c);
        const o = { cle: couper(texte(c.corps.cle), 40), sur: couper(texte(c.corps.point), 40), personneId: c.utilisateur?.id ?? '' };
        await emettreEcriture(c.db, salleDe(c.contrat.id, s.seance.id), o);
        return json({ ok: true });
      },
      { sansEffetPublic: true },
    ),
    ...emargementRoutes,
    ...buildDerouleRoutes(k),
    ...buildPresencesRoutes(k),
    ...buildNotesRoutes(k),
    ...buildBrouillonsRoutes(),
    ...buildDecisionsRoutes(k),
  ];
}
