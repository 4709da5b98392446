import { createHash } from 'node:crypto';
import { auTravail } from '../../core/authorize.ts';
import { blocksOf } from '../../core/house.ts';
import { defineModule } from '../../core/module.ts';
import { getCatalogue } from '../contrats/index.ts';
import { auditerDemo } from './demo/audit.ts';
import { derniersEnregistrements, enregistrer } from './liste/journee.tsx';
import { ACTES } from './registres.actes.ts';
import { CONSERVATION } from './registres.conservation.ts';
import { datesProgrammees } from './etapes/calendrier.queries.ts';
import { sourceEtapes } from './etapes/etapes.dus.ts';
import { enregistrerPourLaFiche } from './preuves/surLaFiche.tsx';
import { definitionsDecouvertes } from './registres.definitions.ts';
import { commandesDesLieux } from './lieux/lieux.commandes.ts';
import { DROITS_DES_LIEUX } from './lieux/lieux.policy.ts';
import { tacheRattachement } from './lieux/rattacher.ts';
import { genererDemoDe, verifierDemo } from './demo/registres.demo.ts';
import { liens } from './registres.liens.ts';
import { registres } from './registres.servis.ts';
import { DROITS } from './registres.policy.ts';
import { chercherAnnonces, chercherEnregistrements } from './registres.recherche.ts';
import { createRoutes } from './registres.routes.ts';
import { verifierMots } from './registres.rules.ts';
import { buildSourcesDeFaits } from './registres.sources.ts';
import { publierVues } from './registres.views.ts';
import { annoncesDuTerritoire, prochainesAnnonces } from './vitrine/vitrine.routes.tsx';
import { SERT } from './registres.sert.ts';

const ENREGISTREMENT = {
  jour: '2026-05-12',
  titre: 'Marche essayée',
  territoire_id: '=lieu',
  organisation_id: '=organisation',
};

export default defineModule({
  code: 'registres',
  libelle: 'Registres',
  plan: 'partenariat',
  depend: ['contrats', 'indicateurs', 'echeances'],
  services: ['house'],
  routes: ({ house }) => createRoutes({ ...registres, modules: house.modules, blocs: (c, objet) => blocksOf(house, (m) => m.enregistrement, c, objet) }),
  droits: [...DROITS, ...DROITS_DES_LIEUX],
  sert: SERT,
  navigation: [
    { cle: 'registres', libelle: 'Registres', href: '/registres', menu: { section: 'activites', rang: 10 }, qui: auTravail, touche: 'r' },
    { cle: 'agenda', libelle: 'Agenda', href: '/agenda', entete: 70, menu: { section: 'contrat', rang: 44 } },
    { cle: 'supports', libelle: 'Guides et documents', href: '/supports', menu: { section: 'contrat', rang: 46 } },
  ],
  journee: [enregistrer, derniersEnregistrements],
  fiche: [enregistrerPourLaFiche],
  territoire: [annoncesDuTerritoire],
  calendrier: datesProgrammees,
  suites: prochainesAnnonces,
  recherche: [chercherEnregistrements(definitionsDecouvertes), chercherAnnonces(definitionsDecouvertes)],
  sources: definitionsDecouvertes.flatMap(buildSourcesDeFaits),
  verifier: (contrat, profils) => {
    const mots = verifierMots(definitionsDecouvertes, contrat);
    return mots.length > 0 || !profils ? mots : verifierDemo(contrat, definitionsDecouvertes, profils);
  },
  selon: createHash('sha256').update(JSON.stringify(definitionsDecouvertes)).digest('hex'),
  actes: ACTES,
  sensibles: { objets: ['/registres/:registre/:id'] },
  conservation: CONSERVATION,
  taches: [tacheRattachement(liens)],
  commandes: commandesDesLieux(liens),
  registres: definitionsDecouvertes.map(({ code, libelle }) => ({ code, libelle })),
  installer: async (owner) => void (await publierVues(owner, definitionsDecouvertes)),
  echeances: () => [sourceEtapes],
  demonstration: {
    generer: async (tx, d) => {
      const n = await genererDemoDe(tx, await getCatalogue(tx, d.contratId), definitionsDecouvertes, { ...d, jusquau: d.aujourdhui });
      return `${n} enregistrements fictifs, ${await auditerDemo(tx, d.contratId)} entrées d’audit`;
    },
  },
  exemples: {
    chemins: { registres: 'activite', api: 'activite', 'lieux/imports': 'importDeLieux' },
    parametres: { registre: '=marches', lot: 'lot', rangee: '=2' },
    corps: {
      'POST /registres/:registre/nouveau': {
        ...ENREGISTREMENT,
        fiches: '=fiche',
        'donnees.creneau': 'diurne',
        'donnees.public': 'femmes',
        'donnees.objectif': 'accessibilite',
      },
      'POST /api/v1/registres/:registre': {
        ...ENREGISTREMENT,
        fiches: ['=fiche'],
        donnees: { creneau: 'diurne', public: 'femmes', objectif: 'accessibilite' },
      },
    },
    surSoi: {
      'POST /registres/:registre/imports': 'prepares a batch of one’s own; each of its rows asks the right to write (registres.test)',
      'POST /registres/:registre/compte-pour': 'writes nothing: says what the form being filled would count for',
      'POST /registres/:registre/ici': 'writes nothing: names the territory of one’s own position, within the mandate',
      'POST /registres/:registre/organisations': 'writes nothing: names that the public directory shows to all',
    },
    refus: { 'POST /registres/:registre/nouveau': 'Votre mandat ne permet pas d’enregistrer' },
    pagesDeTravail: ['/registres/formations', '/registres/formations/nouveau', '/registres/operations?q=patrouille', '/registres/formations/imports'],
  },
});
