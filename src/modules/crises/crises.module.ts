import { createHash } from 'node:crypto';
import { join } from 'node:path';
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
import { FICHIER, getCadre, lireCadre, verifierCadre } from './crises.schema.ts';
import { pluriel } from '../../ui/typographie.ts';
import { getCatalogue } from '../contrats/index.ts';
import { genererCrisesDemo, lireScenesDemo } from './crises.demo.ts';
import { CONSERVATION } from './crises.conservation.ts';
import { COMMANDES, COMMANDES_HORS_LIGNE } from './crises.commandes.ts';
import { sourceCrises } from './crises.source.ts';
import { SERT } from './crises.sert.ts';
import { sourceDuFil } from './fil/fil.dus.ts';
import { getFil } from './fil/fil.routes.tsx';
import { notesALire } from './fil/fil.journee.tsx';
import { avancerLeFil } from './fil/horloge.ts';
import { fonctionDe, lireReglement } from '../alertes/index.ts';
import { relancerLesAvis } from './roles/avis.horloge.ts';
import { sourceRetex } from './retex/retex.dus.ts';
import { ORIGINE_CRISE } from './retex/retex.origine.ts';

/** A room that no world of tests has: doors are tried, what is behind is for the tests of this module. */
const AUCUNE = '=00000000-0000-4000-8000-0000000000c1';

export default defineModule({
  code: 'crises',
  libelle: 'Crises',
  plan: 'partenariat',
  depend: ['alertes', 'contrats', 'comptes', 'decisions', 'documents', 'echeances', 'indicateurs', 'instances', 'registres', 'signalements'],
  services: ['coffre', 'direct', 'adresse', 'dossierContrat'],
  routes: buildRoutes,
  droits: [...DROITS, ...DROITS_DE_CONDUITE],
  sert: { ...SERT, ...SERT_DE_CONDUITE },
  actes: { ...ACTES, ...ACTES_DE_CONDUITE },
  origines: [ORIGINE_CRISE],
  echeances: () => [sourceRetex, sourceDuFil],
  journee: [avisEnAttente, notesALire, mesSalles],
  sources: [sourceCrises],
  sensibles: { objets: ['/crises/:crise'] },
  conservation: CONSERVATION,
  commandes: COMMANDES,
  commandesHorsLigne: COMMANDES_HORS_LIGNE,
  rendezvous: [
    {
      code: 'avis-des-mairies',
      libelle: 'Crises : ce que des mairies ont appris, et que personne n’a transmis',
      quand: '* * * * *',
      executer: async ({ db, contrat, config, maintenant }) => {
        const cadre = await getCadre(join(config.dossierContrats, contrat.slug));
        if (!cadre) return 'ce contrat n’a pas de crises';
        const n = await relancerLesAvis(db, contrat, { maintenant, adresse: config.adresse, cadre, cat: await getCatalogue(db, contrat.id) });
        return pluriel(n, 'relance');
      },
    },
    {
      code: 'notes-aux-mairies',
      libelle: 'Crises : notes aux mairies, silences et relais',
      quand: '* * * * *',
      executer: async ({ db, contrat, coffre, config, maintenant }) => {
        const dossier = join(config.dossierContrats, contrat.slug);
        const fil = await getFil(await getCadre(dossier), dossier);
        if (!fil) return 'ce contrat n’envoie pas de notes';
        return avancerLeFil({ db, contratId: contrat.id, maintenant, coffre, adresse: config.adresse, cat: await getCatalogue(db, contrat.id), fil }, contrat);
      },
    },
  ],
  navigation: [{ cle: 'crises', libelle: 'Crises', href: '/crises', menu: { section: 'activites', rang: 60 }, qui: (u) => entre(u, accesCrises) }],
  verifier: (contrat, profils, fichiers) => {
    if (profils) lireScenesDemo(profils);
    const cadre = lireCadre(fichiers(''));
    const deLaSalle = cadre ? verifierCadre(cadre, contrat).map((faute) => `${FICHIER}.yaml, ${faute}`) : [];
    const reglement = cadre?.fil ? lireReglement(fichiers('')) : null;
    const duFil =
      cadre?.fil && reglement && !fonctionDe(reglement, cadre.fil.fonction)
        ? [`${FICHIER}.yaml, fil : la fonction « ${cadre.fil.fonction} » n’est pas dans alertes.yaml`]
        : [];
    return [...deLaSalle, ...duFil, ...verifierConduite(contrat, profils, fichiers, cadre)];
  },
  // A contract that loaded before crises were checked is checked again.
  selon: createHash('sha256').update('crises 3').digest('hex'),
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
      noteDeMairie: AUCUNE,
      envoiDeNote: AUCUNE,
      sceauDeNote: '=sceau',
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
