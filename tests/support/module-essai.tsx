/** A whole module, as someone would add one: a page, a right, a block on a fiche, a job, an audit act, a table in the register of processing. */
import { acces, accesMetier, auTravail } from '../../src/core/authorize.ts';
import { interdit } from '../../src/core/errors.ts';
import { get, page, post, redirige } from '../../src/core/http/http.ts';
import { ajouterTravail } from '../../src/core/jobs/jobs.ts';
import { defineModule } from '../../src/core/module.ts';
import { sql } from 'kysely';

export default defineModule({
  code: 'visites',
  libelle: 'Visites',
  plan: 'partenariat',
  depend: ['contrats'],
  services: ['adresse'],
  routes: (s) => [
    get('/visites', accesMetier, () => page({ titre: 'Visites', largeur: 'travail', section: 'visites', corps: <p>Visites de {s.adresse}</p> })),
    post('/visites', acces.connecte, async (c) => {
      if (!auTravail(c.utilisateur)) throw interdit();
      const travail = { genre: 'visite', libelle: 'Visite', charge: {}, demandePar: c.utilisateur?.id ?? null };
      const id = await ajouterTravail(c.db, c.contrat.id, travail);
      await c.auditer('visite.demandee', '/visites');
      return redirige(`/travaux/${id}`);
    }),
  ],
  droits: [{ objet: 'Visites', action: 'demander une visite', permis: (u) => auTravail(u) }],
  navigation: [{ cle: 'visites', libelle: 'Visites', href: '/visites', menu: { section: 'activites', rang: 90 }, qui: auTravail }],
  fiche: [async (_, { fiche }) => ({ rang: 90, corps: <p>Visites de la fiche {fiche}</p> })],
  actes: { 'visite.demandee': 'visite demandée' },
  annotations: {
    visites: { traitement: 'activites', duree: 'Le temps du contrat', jours: 40, colonnes: { contrat_id: 'technique', id: 'technique', le: 'contrat' } },
  },
  conservation: [
    {
      code: 'visites',
      table: 'visites',
      libelle: 'Visites de plus de 40 jours',
      fondement: 'Essai.',
      jours: 40,
      age: 'le',
      condition: sql`true`,
      acte: 'supprimer',
    },
  ],
  taches: [{ genre: 'visite', executer: async () => ({ texte: 'Visite faite' }) }],
});
