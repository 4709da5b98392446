/** Lines of lists, as two people correct them at once; forms that make something of an alert. */
import { creerAlerte, creerInscrit } from '../../src/modules/alertes/alertes.fixtures.ts';
import { sql } from 'kysely';
import type { AppDeTest } from './app.ts';
import { creationsDeVeille } from './scenes-veille.ts';
import { jourDans } from './jours.ts';
import { AU_18E, colonne, type MiseAJour } from './scenes.ts';

export const ALERTES: Readonly<Record<string, MiseAJour>> = {
  '/alertes/astreintes/inscrits/:inscritId/corriger': {
    preparer: async (app) => {
      const id = await creerInscrit(app.base.owner, app.contratId);
      const url = `/alertes/astreintes/inscrits/${id}/corriger`;
      return { page: url, action: url, qui: AU_18E, lire: colonne(app, 'alerte_inscrits', id, {}) };
    },
    champ: 'nom',
    valeurs: ['Poste de jour', 'Poste de nuit'],
    autre: ['telephone', '01 02 03 04 05'],
  },
};
/** What each route that makes something needs. */
export const creationsDAlertes = (app: () => AppDeTest) => ({
  ...creationsDeVeille(app),
  '/alertes/nouvelle': () => ({ url: '/alertes/nouvelle', champs: { palier: 'rixe', genre: 'rixe', territoire: '7511502' }, table: 'alertes' }),
  '/alertes/rixes/apprise': () => ({
    url: '/alertes/rixes/apprise',
    champs: { palier: 'rixe', genre: 'rixe', territoire: '7511502', jour: jourDans(-20), heure: '03:30' },
    table: 'alertes',
  }),
  '/alertes/:alerte/decision': async () => {
    const id = await creerAlerte(app().base.owner, app().contratId, { etat: 'levee' });
    await sql`update alertes set retex_le = now(), retex = 'Relire la liste.' where id = ${id}::uuid`.execute(app().base.owner);
    return { url: `/alertes/${id}/decision`, champs: { libelle: 'Relire la liste', organisme: 'DPMP', echeance: '2099-01-01' }, table: 'decisions' };
  },
  '/alertes/notifications': () => ({
    url: '/alertes/notifications',
    champs: { endpoint: 'http://127.0.0.1:9/essai', p256dh: 'B'.repeat(87), auth: 'A'.repeat(22) },
    table: 'alerte_navigateurs',
  }),
  '/alertes/astreintes/inscrits/nouveau': () => ({
    url: '/alertes/astreintes/inscrits/nouveau',
    champs: {
      fonction: 'association',
      territoire: 'mairie-18',
      organisation: 'PAV',
      nom: 'Une association',
      courriel: 'une.association@exemple.fr',
      voies: 'courriel',
      rang: '1',
      permanent: 'oui',
    },
    table: 'alerte_inscrits',
  }),
  '/alertes/astreintes/inscrits/:inscritId/creneaux': async () => ({
    url: `/alertes/astreintes/inscrits/${await creerInscrit(app().base.owner, app().contratId)}/creneaux`,
    champs: { jour_debut: '2099-01-02', heure_debut: '20:00', jour_fin: '2099-01-03', heure_fin: '08:00', suppleant: '' },
    table: 'astreintes',
  }),
});
