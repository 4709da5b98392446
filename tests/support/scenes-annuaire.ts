/** Cards, services, referents and acts, as two people correct them at once. */
import { creerReferent, creerService, creerStructure } from '../../src/modules/annuaire/annuaire.fixtures.ts';
import { creerActe } from '../../src/modules/conventions/conventions.fixtures.ts';
import { AU_18E, colonne, type MiseAJour } from './scenes.ts';

export const ANNUAIRE: Readonly<Record<string, MiseAJour>> = {
  '/annuaire/structures/:structure/corriger': {
    preparer: async (app) => {
      const id = await creerStructure(app.base.owner, app.contratId, { organisation_id: 'DPMP', territoire_id: 'mairie-18' });
      const url = `/annuaire/structures/${id}/corriger`;
      return { page: url, action: url, qui: AU_18E, lire: colonne(app, 'structures', id, {}) };
    },
    champ: 'adresse',
    valeurs: ['1 rue Haute', '2 rue Basse'],
    autre: ['telephone', '01 02 03 04 05'],
  },
  '/annuaire/structures/:structure/services/:service': {
    preparer: async (app) => {
      const structure = await creerStructure(app.base.owner, app.contratId, { organisation_id: 'DPMP', territoire_id: 'mairie-18' });
      const id = await creerService(app.base.owner, app.contratId, structure);
      const url = `/annuaire/structures/${structure}/services/${id}`;
      return { page: url, action: url, qui: AU_18E, lire: colonne(app, 'structure_services', id, {}) };
    },
    champ: 'nom',
    valeurs: ['Écoute du matin', 'Écoute du soir'],
    autre: ['lien_mobilisation', 'https://exemple.fr/rendez-vous'],
  },
  '/annuaire/referents/:referent/corriger': {
    preparer: async (app) => {
      const id = await creerReferent(app.base.owner, app.contratId);
      const url = `/annuaire/referents/${id}/corriger`;
      return { page: url, action: url, qui: AU_18E, lire: colonne(app, 'referents', id, {}) };
    },
    champ: 'fonction',
    valeurs: ['Chef de projet', 'Chargée de mission'],
    autre: ['telephone', '01 02 03 04 05'],
  },
  '/conventions/:convention/modifier': {
    preparer: async (app) => {
      const { convention: id } = await creerActe(app.base.owner, app.contratId, { territoire: 'mairie-18' });
      const url = `/conventions/${id}/modifier`;
      return { page: url, action: url, qui: AU_18E, lire: colonne(app, 'conventions', id, {}) };
    },
    champ: 'reference',
    valeurs: ['A-1', 'B-2'],
    autre: ['objet', 'Un objet essayé'],
  },
};
