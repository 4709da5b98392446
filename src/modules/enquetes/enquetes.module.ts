import { createHash } from 'node:crypto';
import { auTravail } from '../../core/authorize.ts';
import { defineModule } from '../../core/module.ts';
import { pluriel } from '../../ui/typographie.ts';
import { getCatalogue } from '../contrats/index.ts';
import { verifierEnquete } from './definition/definition.rules.ts';
import { DOSSIER, lireDefinitions } from './definition/definitions.ts';
import { ACTES } from './enquetes.actes.ts';
import { DROITS } from './enquetes.policy.ts';
import { genererVaguesDemo, lireVaguesDemo } from './enquetes.demo.ts';
import { buildRoutes } from './enquetes.routes.tsx';
import { releverVagues, sourceVagues } from './vagues/vagues.dus.ts';
import { SERT, VOIES } from './enquetes.sert.ts';

export default defineModule({
  code: 'enquetes',
  libelle: 'Enquêtes',
  plan: 'partenariat',
  depend: ['contrats', 'comptes', 'indicateurs', 'echeances'],
  services: ['coffre', 'adresse', 'dossierContrat'],
  routes: buildRoutes,
  droits: DROITS,
  sert: SERT,
  voies: VOIES,
  actes: ACTES,
  echeances: () => [sourceVagues],
  rendezvous: [
    {
      code: 'vagues',
      libelle: 'Vagues d’enquête : combien ont répondu ce matin',
      quand: '40 4 * * *',
      executer: ({ db, contrat, maintenant }) => db.transaction().execute((tx) => releverVagues({ db: tx, contrat, maintenant })),
    },
  ],
  navigation: [{ cle: 'enquetes', libelle: 'Enquêtes', href: '/enquetes', menu: { section: 'chiffres', rang: 40 }, qui: auTravail }],
  verifier: (contrat, profils, fichiers) => {
    if (profils) lireVaguesDemo(profils);
    return lireDefinitions(fichiers(DOSSIER)).flatMap((e) => verifierEnquete(e, contrat).map((faute) => `enquetes/${e.code}.yaml, ${faute}`));
  },
  demonstration: {
    generer: async (tx, d) =>
      pluriel(await genererVaguesDemo(tx, await getCatalogue(tx, d.contratId), d), 'vague d’enquête fictive', 'vagues d’enquête fictives'),
  },
  // A contract that loaded before surveys were checked is checked again.
  selon: createHash('sha256').update('enquetes 1').digest('hex'),
  exemples: {
    parametres: { enquete: '=sentiment-de-securite', vague: 'vague', invitation: '=aucune-invitation' },
    corps: {
      'POST /enquetes/ouvrir/:enquete': {
        pour: 'VILLE|paris',
        periode: '2026',
        debut: '2026-01-01',
        fin: '2099-12-31',
        acces: 'ouvert',
        tirage: 'volontaires',
        invites: '',
      },
      'POST /enquetes/vagues/:vague/inviter': { adresses: 'personne@exemple.fr' },
      'POST /enquetes/vagues/:vague/clore': { confirme: 'oui' },
    },
    pagesDeTravail: ['/enquetes', '/enquetes/ouvrir/sentiment-de-securite'],
  },
});
