/** What each route of rooms of crisis needs to accept a form (envois.test). */
import { creerCrise } from '../../src/modules/crises/crises.fixtures.ts';
import type { AppDeTest } from './app.ts';
import { envoisDeConduite } from './envois-de-conduite.ts';

/** `sieger`: makes a person the member of a body. */
export function envoisDesCrises(app: () => AppDeTest, sieger: (courriel: string) => Promise<string>) {
  const salle = (o: { close?: boolean } = {}) => creerCrise(app().base.owner, app().contratId, o);
  return {
    ...envoisDeConduite(app),
    '/crises/ouvrir': () => ({
      url: '/crises/ouvrir',
      champs: { nature: 'exercice', type: 'cyber', titre: 'Panne essayée', territoire: 'mairie-18', meme: 'autre' },
      table: 'crises',
    }),
    '/crises/:crise/acteurs': async () => ({
      url: `/crises/${await salle()}/acteurs`,
      champs: { organisation: 'PP', entite: 'pp', territoire: 'mairie-18' },
      table: 'crise_acteurs',
    }),
    '/crises/:crise/entrees': async () => ({ url: `/crises/${await salle()}/entrees`, champs: { texte: 'Pont fermé' }, table: 'main_courante' }),
    '/crises/:crise/conseil': async (moi: { courriel: string }) => ({
      url: `/crises/${await salle({ close: true })}/conseil`,
      champs: { instance: await sieger(moi.courriel), texte: 'Ce que le conseil doit savoir.' },
      table: 'instance_demandes',
    }),
    '/crises/avis': () => ({
      url: '/crises/avis',
      champs: { objet: 'Fumée au métro', territoire: 'mairie-18', provenance: 'habitant' },
      table: 'crise_avis',
    }),
  };
}
