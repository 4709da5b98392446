import { defineModule } from '../../core/module.ts';
import { pluriel } from '../../ui/typographie.ts';
import { estCompteFerme } from '../comptes/index.ts';
import { getCatalogue } from '../contrats/index.ts';
import { compterReunionsDesCellules } from './cellules/reunions.ts';
import { tacheReleve } from './cloture/releve.documents.ts';
import { seancesDeLEnregistrement } from './seances.blocs.tsx';
import { ACTES } from './seances.actes.ts';
import { genererSeancesDemo, preparerSeancesDemo } from './seances.demo.ts';
import { sourceSeances } from './seances.dus.ts';
import { mesSeances } from './seances.journee.tsx';
import { DROITS } from './seances.policy.ts';
import { REUNIONS } from './seances.reunions.tsx';
import { chercherReleves, chercherSeances } from './seances.recherche.ts';
import { buildSeancesRoutes } from './seances.routes.ts';
import { ORIGINE_PARTIE } from './partie/partie.origine.ts';
import { SERT } from './seances.sert.ts';
import { sourceReunions, sourceReunionsDeCellules } from './seances.sources.ts';
import { nouvellesDesSeances, prochainesSeances } from './seances.suites.ts';
import { suivreUnDepart } from './suivre.ts';

export default defineModule({
  code: 'seances',
  libelle: 'Séances',
  plan: 'partenariat',
  depend: ['contrats', 'echeances', 'comptes', 'documents', 'indicateurs', 'decisions', 'instances'],
  services: ['coffre', 'adresse', 'direct'],
  routes: (s) => buildSeancesRoutes({ ...s, estParti: estCompteFerme }),
  droits: DROITS,
  sert: SERT,
  journee: [mesSeances],
  enregistrement: [seancesDeLEnregistrement],
  sources: [sourceReunions, sourceReunionsDeCellules],
  sensibles: { objets: ['/seances/:id'], dispenses: { '/seances/:id/etat': 'demandé chaque seconde pendant la séance : dit de lui-même sa première lecture' } },
  actes: ACTES,
  departs: [suivreUnDepart],
  taches: [tacheReleve],
  echeances: () => [sourceSeances],
  reunions: REUNIONS,
  rendezvous: [
    {
      code: 'reunions-des-cellules',
      libelle: 'Chiffres : réunions des cellules, les mois finis',
      quand: '40 2 * * *',
      executer: async ({ db, contrat }) => pluriel(await compterReunionsDesCellules(db, contrat.id), 'mois de cellule compté', 'mois de cellules comptés'),
    },
  ],
  origines: [ORIGINE_PARTIE],
  suites: prochainesSeances,
  nouvelles: nouvellesDesSeances,
  recherche: [chercherSeances, chercherReleves],
  demonstration: {
    generer: async (tx, d) => {
      const n = await genererSeancesDemo(tx, await getCatalogue(tx, d.contratId), { ...d, jusquau: d.aujourdhui });
      return `${n} séances et décisions fictives`;
    },
    // The agenda quotes figures.
    achever: async (owner, d) => void (await preparerSeancesDemo(owner, await getCatalogue(owner, d.contratId), { jusquau: d.aujourdhui })),
  },
  exemples: {
    chemins: { seances: 'seance', releves: 'seance' },
    corps: {
      'POST /seances/:id/liens': { objet: '=activite' },
      'POST /seances/:id/relecture': { version: '1', acte: 'clore', confirme_relecture: '2027-12-31' },
    },
    parametres: {
      seance: 'seance',
      point: 'point',
      document: 'document',
      participant: 'participant',
      amendement: 'amendement',
      vote: 'vote',
      brouillon: 'brouillon',
      lienDeSeance: 'lienDeSeance',
    },
  },
});
