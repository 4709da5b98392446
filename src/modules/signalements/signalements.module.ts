import { auTravail } from '../../core/authorize.ts';
import { direImport, exiger } from '../../core/command.ts';
import { defineModule } from '../../core/module.ts';
import { getCatalogue } from '../contrats/index.ts';
import { importerDansMaRue } from './import/dans-ma-rue.ts';
import { ACTES } from './signalements.actes.ts';
import { genererSignalementsDemo, verifierDemo } from './signalements.demo.ts';
import { DROITS } from './signalements.policy.ts';
import { chercherSignalements } from './signalements.recherche.ts';
import { routes, taches } from './signalements.routes.tsx';
import { sourceDoleances } from './signalements.source.ts';
import { SERT } from './signalements.sert.ts';

export default defineModule({
  code: 'signalements',
  libelle: 'Signalements',
  plan: 'partenariat',
  depend: ['contrats', 'indicateurs'],
  routes: () => routes,
  droits: DROITS,
  sert: SERT,
  navigation: [{ cle: 'signalements', libelle: 'Signalements', href: '/signalements', menu: { section: 'activites', rang: 20 }, qui: auTravail }],
  recherche: [chercherSignalements],
  sources: [sourceDoleances],
  verifier: (contrat, profils) => (profils ? verifierDemo(contrat, profils) : []),
  actes: ACTES,
  taches,
  commandes: {
    'importer dans-ma-rue': {
      argument: '<fichier-ou-url>',
      sens: 'Ajoute des signalements d’habitants ; un signalement déjà connu n’est pas ajouté deux fois.',
      executer: async ({ p, db, args }) => {
        const catalogue = await getCatalogue(db, p.contratId);
        return direImport(await importerDansMaRue({ db, catalogue, source: exiger(args[0], 'fichier-ou-url'), par: 'commande' }));
      },
    },
  },
  demonstration: {
    generer: async (tx, d) => {
      const n = await genererSignalementsDemo(tx, await getCatalogue(tx, d.contratId), { ...d, jusquau: d.aujourdhui });
      return `${n} signalements fictifs`;
    },
  },
  exemples: { chemins: { signalements: 'signalement' } },
});
