import { createHash } from 'node:crypto';
import { entre } from '../../core/authorize.ts';
import { defineModule } from '../../core/module.ts';
import { ACTES } from './crises.actes.ts';
import { ACTES_DE_CONDUITE } from './conduite.actes.ts';
import { genererExerciceDemo } from './conduite.demo.ts';
import { DROITS_DE_CONDUITE } from './conduite.policy.ts';
import { SERT_DE_CONDUITE } from './conduite.sert.ts';
import { verifierConduite } from './conduite.verifier.ts';
import { avisEnAttente, mesSalles } from './crises.journee.tsx';
import { accesCrises, DROITS } from './crises.policy.ts';
import { buildRoutes } from './crises.routes.tsx';
import { FICHIER, lireCadre, verifierCadre } from './crises.schema.ts';
import { pluriel } from '../../ui/typographie.ts';
import { getCatalogue } from '../contrats/index.ts';
import { genererCrisesDemo, lireScenesDemo } from './crises.demo.ts';
import { CONSERVATION } from './crises.conservation.ts';
import { COMMANDES, COMMANDES_HORS_LIGNE } from './crises.commandes.ts';
import { sourceCrises } from './crises.source.ts';
import { SERT } from './crises.sert.ts';
import { sourceRetex } from './retex/retex.dus.ts';
import { ORIGINE_CRISE } from './retex/retex.origine.ts';

/** A room that no world of tests has: doors are tried, what is behind is for the tests of this module. */
const AUCUNE = '=00000000-0000-4000-8000-0000000000c1';

export default defineModule({
  code: 'crises',
  libelle: 'Crises',
  plan: 'partenariat',
  depend: ['contrats', 'comptes', 'decisions', 'documents', 'echeances', 'indicateurs', 'instances', 'registres', 'signalements'],
  services: ['direct', 'adresse', 'dossierContrat', 'tuiles'],
  routes: buildRoutes,
  droits: [...DROITS, ...DROITS_DE_CONDUITE],
  sert: { ...SERT, ...SERT_DE_CONDUITE },
  actes: { ...ACTES, ...ACTES_DE_CONDUITE },
  origines: [ORIGINE_CRISE],
  echeances: () => [sourceRetex],
  journee: [avisEnAttente, mesSalles],
  sources: [sourceCrises],
  sensibles: { objets: ['/crises/:crise'] },
  conservation: CONSERVATION,
  commandes: COMMANDES,
  commandesHorsLigne: COMMANDES_HORS_LIGNE,
  navigation: [{ cle: 'crises', libelle: 'Crises', href: '/crises', menu: { section: 'activites', rang: 60 }, qui: (u) => entre(u, accesCrises) }],
  verifier: (contrat, profils, fichiers) => {
    if (profils) lireScenesDemo(profils);
    const cadre = lireCadre(fichiers(''));
    const deLaSalle = cadre ? verifierCadre(cadre, contrat).map((faute) => `${FICHIER}.yaml, ${faute}`) : [];
    return [...deLaSalle, ...verifierConduite(contrat, profils, fichiers, cadre)];
  },
  // A contract that loaded before crises were checked is checked again.
  selon: createHash('sha256').update('crises 2').digest('hex'),
  demonstration: {
    generer: async (tx, d) => {
      const cat = await getCatalogue(tx, d.contratId);
      const n = (await genererCrisesDemo(tx, cat, d)) + (await genererExerciceDemo(tx, cat, d));
      return pluriel(n, 'salle de crise fictive', 'salles de crise fictives');
    },
  },
  exemples: {
    parametres: {
      crise: AUCUNE,
      avis: AUCUNE,
      entite: '=pp',
      tache: '=direction',
      demandeDeMoyen: AUCUNE,
      centre: AUCUNE,
      pointDeSituation: AUCUNE,
      inject: AUCUNE,
    },
    // Places outside a mandate are refused in the form, what was typed kept (crises.test).
    surSoi: {
      'POST /crises/ouvrir': 'ouvre une salle de son propre ressort, au nom de son organisation',
      'POST /crises/avis': 'dit ce que sa propre organisation vient d’apprendre, là où elle agit',
    },
    corps: {
      'POST /crises/ouvrir': { nature: 'exercice', type: 'cyber', titre: 'Panne essayée', territoire: '=lieu' },
      'POST /crises/avis': { objet: 'Fumée au métro', territoire: '=lieu', provenance: 'habitant' },
    },
    pagesDeTravail: ['/crises', '/crises/avis', '/crises/ouvrir'],
  },
});
