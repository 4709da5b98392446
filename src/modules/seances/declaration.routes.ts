/** Meetings entered after the fact, from the page of their body. POST 303, 422 with what was typed, 403, 404. */
import { code } from '../../core/trace/details.ts';
import { accesMetier } from '../../core/authorize.ts';
import { jourDe } from '../../core/clock.ts';
import { interdit, invalide } from '../../core/errors.ts';
import { lire, post, redirige, type Route, texte } from '../../core/http/http.ts';
import { chargerInstance, pageInstance } from '../instances/index.ts';
import { declareSeance } from './reunions.queries.ts';
import { buildDeclarationSchema } from './declaration.schema.ts';
import { suivreSeance } from './suivre.ts';

export const declarationRoutes: Route[] = [
  /** A meeting held without preparation here: day and number of persons. */
  post(
    '/instances/:id/declarer',
    accesMetier,
    async (c) => {
      const { instance, tient } = await chargerInstance(c, c.params.id, true);
      if (!tient || !c.utilisateur) throw interdit();
      const lu = lire(buildDeclarationSchema(jourDe(c.maintenant)), c.corps);
      if (!lu.ok) return pageInstance(c, { erreurs: lu.erreurs, champs: Object.fromEntries(Object.entries(c.corps).map(([cle, v]) => [cle, texte(v)])) });
      if (lu.valeur.jour < '2015-01-01') throw invalide('Cette date est trop ancienne.');
      const id = await declareSeance(c.db, c.contrat.id, instance, lu.valeur, { compteId: c.utilisateur.id });
      await suivreSeance(c, { id, instanceId: instance.id });
      await c.auditer('seance.declaree', `/seances/${id}`, { jour: code(lu.valeur.jour), presents: lu.valeur.presents });
      return redirige(`/instances/${instance.id}#seances`);
    },
    { creation: true },
  ),
];
