/** What makes a document sent to a list, and what residents write: each needs what it is about. */
import { creerInstance } from '../../src/modules/instances/instances.fixtures.ts';
import type { AppDeTest } from './app.ts';

interface Envoi {
  url: string;
  champs: Record<string, string>;
  table: string;
}

export function envoisPublics(app: () => AppDeTest, jour: string): Record<string, () => Promise<Envoi>> {
  const note = { titre: 'Note', texte: 'Rondes renforcées le samedi.', roles: 'coordination', lire_avant: jour, jusqu_au: jour, sans_mineur: 'oui' };
  return {
    '/documents-diffuses/nouveau': async () => ({ url: '/documents-diffuses/nouveau', champs: note, table: 'documents_diffuses' }),
    '/documents-diffuses/:documentDiffuse/remplacer': async () => {
      const ecrit = await app().post('/documents-diffuses/nouveau', note, { comme: 'coordination', organisation: 'DPMP' });
      const page = String(ecrit.headers.location).split('?')[0] ?? '';
      return { url: `${page}/remplacer`, champs: { ...note, texte: 'Rondes renforcées le dimanche.' }, table: 'documents_diffuses' };
    },
    '/participer/:instanceOuverte': async () => {
      const instance = await creerInstance(app().base.owner, app().contratId, {
        type: 'plenieres-arrondissement',
        territoire: 'mairie-18',
        porteur: 'CCPSA',
        confidentialite: 'publique',
      });
      return {
        url: `/participer/${instance}`,
        champs: { objet: 'Éclairer le passage', texte: 'Le passage reste sombre le soir.' },
        table: 'instance_contributions',
      };
    },
  };
}
