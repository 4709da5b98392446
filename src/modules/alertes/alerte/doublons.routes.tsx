/** Joining an alert to the one that it repeats. POST 303; 403 not who conducts in both places; 404; 409 it changed meanwhile; 422 none chosen. */
import { accesMetier } from '../../../core/authorize.ts';
import { conflit, interdit, introuvable } from '../../../core/errors.ts';
import { post, redirige, type Route, texte, champsDe } from '../../../core/http/http.ts';
import { charger, estDeGarde, exigerConduite, expedierEnsuite, type Outillage, quiDe } from '../alertes.contexte.ts';
import { peutConduire } from '../alertes.policy.ts';
import { getAlerteLisible, lisibles } from './alertes.queries.ts';
import { ecran } from './alertes.routes.tsx';
import { joindre } from './doublons.ts';

export const buildDoublonsRoutes = (k: Outillage): Route[] => [
  post('/alertes/:alerte/doublon', accesMetier, async (c) => {
    const x = await charger(c, k, true);
    const { alerte: a, cat } = x;
    exigerConduite(x);
    if (a.doublonDe) throw conflit('Cette alerte est déjà jointe à une autre.');
    if (a.etat === 'ecartee' || a.erreurLe) throw conflit('Cette alerte a été écartée, ou dite envoyée par erreur : elle ne compte pas.');
    const autre = texte(c.corps.autre);
    if (autre === '') return ecran(c, k, { champs: champsDe(c), erreurs: [{ champ: 'autre', message: 'Choisissez l’alerte dont celle-ci parle aussi.' }] });
    const u = c.utilisateur;
    const vers = u && autre !== a.id ? await getAlerteLisible(c.db, c.contrat.id, autre, lisibles(u, cat), true) : null;
    if (!vers || vers.exercice !== a.exercice) throw introuvable('L’alerte choisie');
    if (vers.doublonDe || vers.erreurLe || vers.appriseLe || vers.etat === 'ecartee')
      throw conflit('L’alerte choisie vient d’être écartée ou jointe à une autre : choisissez-en une en cours.');
    if (!peutConduire(u, { territoireId: vers.territoireId }, cat.contient) && !(await estDeGarde(c, k, cat, vers.territoireId)))
      throw interdit('Vous conduisez cette alerte, mais pas l’autre : demandez à sa coordination de les joindre.');
    await joindre(c, k, cat, a, vers, quiDe(c));
    expedierEnsuite(c, k);
    return redirige(`/alertes/${vers.id}`);
  }),
];
