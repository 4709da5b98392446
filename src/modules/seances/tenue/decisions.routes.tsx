/** Decisions, actions and votes typed while the session is open. */
import { code } from '../../../core/trace/details.ts';
import { accesMetier } from '../../../core/authorize.ts';
import { conflit, introuvable } from '../../../core/errors.ts';
import { type Contexte, json, page, post, type Route, texte, veutJson, champsDe } from '../../../core/http/http.ts';
import { changesDepuis, enTextes } from '../../../core/http/versions.ts';
import { conflictPage, mergedPage, removalPage } from '../../../ui/Conflict.tsx';
import { type Decision, ecritureEnregistree, formulaireDEcriture, numeroEcrit, retirer } from '../../decisions/index.ts';
import type { SeanceEcrite } from '../seances.contexte.ts';
import { listPoints } from '../seances.queries.ts';
import { chargerDecision, direConflit, faire, faireCorrection } from './actes.ts';
import { finirBrouillon } from './brouillons.queries.ts';
import { cadrePage, chargerPourEcrire, dire, fait, refuser, refusSiFermee, repondre, type ServicesTenue } from './tenue.contexte.tsx';
import { deleteVote } from './tenue.queries.ts';

const ecritDe = (c: Contexte) => [{ libelle: 'Décision ou action', texte: texte(c.corps.libelle) }];

async function formulaireDe(c: Contexte, s: SeanceEcrite, d: Decision, acte?: 'retirer') {
  const points = new Map((await listPoints(c.db, c.contrat.id, s.seance.id)).map((p) => [p.id, p.titre]));
  return formulaireDEcriture(d, s.catalogue, { seanceId: s.seance.id, points, ...(acte ? { acte } : {}) });
}
export const buildDecisionsRoutes = (k: ServicesTenue): Route[] => [
  /** 303 to the item (or 200 with its number), the same when it was already sent; 409 the session is closed; 422; 403; 404. */
  post(
    '/seances/:id/decisions',
    accesMetier,
    async (c) => {
      const s = await chargerPourEcrire(c, true);
      const ferme = await refusSiFermee(c, s, ecritDe(c), 'decision');
      if (ferme) return ferme;
      return repondre(c, k, s, 'decision', await faire(c, s, 'decision', c.corps));
    },
    { creation: true },
  ),
  /** 303 to the item; 409 changed meanwhile, already followed up, or session closed; 422; 403; 404. */
  post('/seances/:id/decisions/:decision', accesMetier, async (c) => {
    const s = await chargerPourEcrire(c, true);
    const ferme = await refusSiFermee(c, s, ecritDe(c), `correction:${c.params.decision ?? ''}`);
    if (ferme) return ferme;
    const avant = await chargerDecision(c, s, c.params.decision ?? '');
    const r = await faireCorrection(c, s, avant, c.corps);
    if (r.genre === 'heurt')
      return veutJson(c.brut.request)
        ? json({ message: direConflit(avant) }, 409)
        : page(conflictPage(cadrePage(s), { formulaire: await formulaireDe(c, s, avant), r: r.r }));
    if (r.genre === 'refus') return refuser(c, k, s, 'decision', r.erreurs, { corrigee: avant, champs: { ...champsDe(c), ...enTextes(r.r.champs) } });
    await finirBrouillon(c.db, c.contrat.id, s.seance.id, texte(c.corps.brouillon));
    if (r.change) await dire(c, s.seance.id, { genre: 'decisions', point: r.point });
    if (r.change && r.r.venus.length > 0 && !veutJson(c.brut.request)) {
      const formulaire = await formulaireDe(c, s, avant);
      return page(mergedPage(cadrePage(s), formulaire, r.r, formulaire.retour));
    }
    return fait(c, s.seance.id, { point: r.point }, { id: avant.id });
  }),
  /** 303; 409 when someone has already followed it up; 403; 404. */
  post('/seances/:id/decisions/:decision/retirer', accesMetier, async (c) => {
    const s = await chargerPourEcrire(c, true);
    const ferme = await refusSiFermee(c, s);
    if (ferme) return ferme;
    const d = await chargerDecision(c, s, c.params.decision ?? '');
    const actuel = ecritureEnregistree(d);
    const ecarts = changesDepuis(c.corps, actuel);
    if (ecarts.length > 0)
      return veutJson(c.brut.request)
        ? json({ message: direConflit(d) }, 409)
        : page(removalPage(cadrePage(s), { formulaire: await formulaireDe(c, s, d, 'retirer'), actuel, ecarts, acte: `Retirer ${numeroEcrit(d)}` }));
    if (d.version > 1) throw conflit(`${numeroEcrit(d)} a déjà une suite : elle ne se retire plus. Abandonnez-la depuis sa page, avec le motif.`);
    await retirer(c, d);
    await dire(c, s.seance.id, { genre: 'decisions', point: d.pointId });
    return fait(c, s.seance.id, { point: d.pointId });
  }),
  /** 303 (or 200), the same when already sent; 404 also where this body does not vote; 409; 422; 403. */
  post(
    '/seances/:id/votes',
    accesMetier,
    async (c) => {
      const s = await chargerPourEcrire(c, true);
      if (!s.instance.vote) throw introuvable('Le vote');
      const ferme = await refusSiFermee(c, s, [{ libelle: 'Vote', texte: texte(c.corps.objet) }], 'vote');
      if (ferme) return ferme;
      return repondre(c, k, s, 'vote', await faire(c, s, 'vote', c.corps));
    },
    { creation: true },
  ),
  /** 303; nothing to do when it is already gone; 409; 403; 404. */
  post('/seances/:id/votes/:vote/retirer', accesMetier, async (c) => {
    const s = await chargerPourEcrire(c, true);
    const ferme = await refusSiFermee(c, s);
    if (ferme) return ferme;
    if (await deleteVote(c.db, c.contrat.id, s.seance.id, c.params.vote ?? '')) {
      await c.auditer('seance.vote_retire', `/seances/${s.seance.id}/tenir`, { vote: code(c.params.vote) });
      await dire(c, s.seance.id, { genre: 'votes' });
    }
    return fait(c, s.seance.id, { point: texte(c.corps.point) });
  }),
];
