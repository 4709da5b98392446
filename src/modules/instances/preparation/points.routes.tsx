/** The agenda of a session in preparation: items added, taken from proposals, ordered, changed, taken out. */
import { accesMetier } from '../../../core/authorize.ts';
import { jourDe } from '../../../core/clock.ts';
import { introuvable, invalide } from '../../../core/errors.ts';
import { type Contexte, lire, liste, post, redirige, type Route, texte } from '../../../core/http.ts';
import type { SeanceChargee } from '../instances.contexte.ts';
import { listPoints } from '../instances.queries.ts';
import { champsDe, demandesDe, exigerEnPreparation, pointDe, pointLibre } from './preparation.contexte.ts';
import { pagePreparer } from './preparation.pages.tsx';
import { listPropositions } from './propositions.ts';
import { pointSchema } from './seances.schema.ts';
import * as seances from './seances.queries.ts';

function lirePoint(c: Contexte, s: SeanceChargee) {
  const lu = lire(pointSchema, c.corps);
  if (!lu.ok) return lu;
  const fiche = lu.valeur.fiche || null;
  if (fiche && !s.catalogue.fiches.has(fiche)) return { ok: false as const, erreurs: [{ champ: 'fiche', message: 'Cette fiche n’est pas dans le contrat.' }] };
  return { ok: true as const, valeur: { ...lu.valeur, fiche } };
}

export const pointsRoutes: Route[] = [
  /** A proposal taken up (`cle`), or an item of one's own. */
  post(
    '/seances/:id/points',
    accesMetier,
    async (c) => {
      const s = await exigerEnPreparation(c);
      const cles = liste(c.corps.cle);
      if (cles.length > 0) {
        const propositions = await listPropositions(c.db, c.contrat.id, s.instance, jourDe(c.maintenant));
        const choisies = propositions.filter((p) => cles.includes(p.cle));
        await seances.addPoints(c.db, c.contrat.id, s.seance.id, choisies.map(pointDe));
        await seances.markDemandesInscrites(c.db, c.contrat.id, s.instance.id, demandesDe(choisies));
      } else {
        const lu = lirePoint(c, s);
        if (!lu.ok) return pagePreparer(c, { champs: champsDe(c), erreurs: lu.erreurs });
        await seances.addPoints(c.db, c.contrat.id, s.seance.id, [{ ...pointLibre(lu.valeur.titre), ...lu.valeur }]);
      }
      await c.auditer('seance.ordre_du_jour', `/seances/${s.seance.id}`, { ajout: cles.length || 1 });
      return redirige(`/seances/${s.seance.id}/preparer#ordre-du-jour`);
    },
    { creation: true },
  ),
  /** `ordre`: ids as they stand; `deplacer`: `<id>:haut` or `<id>:bas`. */
  post('/seances/:id/ordre', accesMetier, async (c) => {
    const s = await exigerEnPreparation(c);
    const points = await listPoints(c.db, c.contrat.id, s.seance.id);
    const connus = new Set(points.map((p) => p.id));
    const ordre = liste(c.corps.ordre).filter((id) => connus.has(id));
    const [id = '', sens = ''] = texte(c.corps.deplacer).split(':');
    const rang = ordre.indexOf(id);
    const voisin = sens === 'haut' ? rang - 1 : rang + 1;
    if (rang >= 0 && voisin >= 0 && voisin < ordre.length) [ordre[rang], ordre[voisin]] = [ordre[voisin] ?? '', ordre[rang] ?? ''];
    if (ordre.length === 0) throw invalide('L’ordre reçu est vide. Rechargez la page et recommencez.');
    await seances.orderPoints(c.db, c.contrat.id, s.seance.id, ordre);
    await c.auditer('seance.ordre_du_jour', `/seances/${s.seance.id}`, { points: ordre.length });
    return redirige(`/seances/${s.seance.id}/preparer#${id ? `point-${id}` : 'ordre-du-jour'}`);
  }),
  post('/seances/:id/points/:point/modifier', accesMetier, async (c) => {
    const s = await exigerEnPreparation(c);
    const id = c.params.point ?? '';
    const lu = lirePoint(c, s);
    if (!lu.ok) return pagePreparer(c, { champs: { ...champsDe(c), point_modifie: id }, erreurs: lu.erreurs });
    if (!(await seances.updatePoint(c.db, { contratId: c.contrat.id, seanceId: s.seance.id, id }, lu.valeur))) throw introuvable('Ce point');
    await c.auditer('seance.point_modifie', `/seances/${s.seance.id}`);
    return redirige(`/seances/${s.seance.id}/preparer#point-${id}`);
  }),
  post('/seances/:id/points/:point/retirer', accesMetier, async (c) => {
    const s = await exigerEnPreparation(c);
    const cle = await seances.deletePoint(c.db, { contratId: c.contrat.id, seanceId: s.seance.id, id: c.params.point ?? '' });
    if (cle === null) throw introuvable('Ce point');
    if (cle.startsWith('demande:')) await seances.rouvrirDemande(c.db, c.contrat.id, cle.slice(8));
    await c.auditer('seance.point_retire', `/seances/${s.seance.id}`);
    return redirige(`/seances/${s.seance.id}/preparer#ordre-du-jour`);
  }),
];
