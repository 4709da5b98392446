import { auTravail } from '../../core/authorize.ts';
import { defineModule } from '../../core/module.ts';
import { admis, estCompteFerme, getUtilisateurDeTitre, listMandatsEveilles } from '../comptes/index.ts';
import { getCatalogue } from '../contrats/index.ts';
import { accesParCalendrier } from './calendrier/calendrier.acces.ts';
import { tacheReleve } from '../seances/cloture/releve.documents.ts';
import { ACTES } from './instances.actes.ts';
import { instancesDuTerritoire } from './instances.blocs.tsx';
import { genererInstancesDemo, preparerSeancesDemo } from './instances.demo.ts';
import { sourcesDEcheances } from './dus/index.ts';
import { mesSeances } from '../seances/seances.journee.tsx';
import { ORIGINE_INSTANCE } from './instances.origine.ts';
import { DROITS } from './instances.policy.ts';
import { buildInstancesRoutes } from './instances.routes.ts';
import { sourceInstances, sourceReunions } from './instances.sources.ts';
import { SERT } from './instances.sert.ts';

export default defineModule({
  code: 'instances',
  libelle: 'Instances',
  plan: 'partenariat',
  depend: ['contrats', 'echeances', 'comptes', 'documents', 'indicateurs', 'decisions'],
  services: ['coffre', 'adresse', 'direct', 'demonstration'],
  routes: (s) =>
    buildInstancesRoutes({
      ...s,
      identifier: async (...qui) => admis(await getUtilisateurDeTitre(...qui), s.demonstration),
      mandatsDe: listMandatsEveilles,
      estParti: estCompteFerme,
    }),
  droits: DROITS,
  sert: SERT,
  navigation: [
    {
      cle: 'instances',
      libelle: 'Instances',
      href: '/instances',
      entete: 50,
      menu: { section: 'seances', rang: 10 },
      qui: auTravail,
      touche: 's',
      aide: 'Instances et séances',
    },
    { cle: 'calendrier', libelle: 'Calendrier', href: '/calendrier', menu: { section: 'seances', rang: 20 }, qui: auTravail, touche: 'c' },
  ],
  journee: [mesSeances],
  territoire: [instancesDuTerritoire],
  sources: [sourceReunions, sourceInstances],
  actes: ACTES,
  titres: [accesParCalendrier],
  taches: [tacheReleve],
  echeances: () => sourcesDEcheances,
  origines: [ORIGINE_INSTANCE],
  demonstration: {
    generer: async (tx, d) => {
      const n = await genererInstancesDemo(tx, await getCatalogue(tx, d.contratId), { ...d, jusquau: d.aujourdhui });
      return `${n} instances, séances et décisions fictives`;
    },
    // The agenda quotes figures.
    achever: async (owner, d) => void (await preparerSeancesDemo(owner, await getCatalogue(owner, d.contratId), { jusquau: d.aujourdhui })),
  },
  exemples: {
    chemins: { instances: 'instance', seances: 'seance', releves: 'seance' },
    parametres: {
      instance: 'instance',
      membre: 'membre',
      seance: 'seance',
      point: 'point',
      demande: 'demande',
      document: 'document',
      participant: 'participant',
      amendement: 'amendement',
      vote: 'vote',
      flux: 'flux',
      type: '=conseil-parisien',
    },
    corps: {
      'POST /instances/nouvelle': { nom: 'Instance essayée', territoire: '=lieu', porteur: '=organisation', confidentialite: 'partenaires' },
      'POST /decisions/nouvelle': { instance: '=instance', nature: 'action', libelle: 'Action essayée', responsable: '=organisation' },
      'POST /instances/:id/reglages': { nom: 'Renommée', confidentialite: 'partenaires', version: '1', heure: '10:00', duree_minutes: '60' },
    },
    surSoi: { 'POST /calendrier/abonnement': 'one’s own feed' },
  },
});
