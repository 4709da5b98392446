import { createHash } from 'node:crypto';
import { auTravail } from '../../core/authorize.ts';
import { defineModule } from '../../core/module.ts';
import { routes as routesBilan, tacheBilan } from './bilan/bilan.routes.tsx';
import { CONSERVATION } from './diffusions/diffusions.conservation.ts';
import { sourceDiffusions } from './diffusions/diffusions.dus.ts';
import { DROITS_DES_DIFFUSIONS } from './diffusions/diffusions.policy.ts';
import { diffusionsRoutes } from './diffusions/diffusions.routes.tsx';
import { ACTES } from './publications.actes.ts';
import { routes as routesTextes } from './bilan/textes/textes.routes.tsx';
import { genererTextesDemo, lireTextesDemo } from './bilan/textes/textes.demo.ts';
import { getCatalogue } from '../contrats/index.ts';
import { reprendreLesDonnees, routes as routesDonnees } from './donnees/donnees.routes.tsx';
import { etatDeMonTerritoire, etatDuTerritoire, routes as routesEtat } from './etat/etat.routes.tsx';
import { DROITS } from './publications.policy.ts';
import { commandes } from './publications.commandes.ts';
import { buildRoutes as buildContexteRoutes, taches as tachesContexte } from './contexte/contexte.routes.tsx';
import { DOSSIER, lireSeries, verifierSerie } from './contexte/serie.schema.ts';
import { contexteDeLaFiche } from './contexte/surLaFiche.tsx';
import { routes as routesTravaux } from './travaux/travaux.routes.tsx';
import { SERT } from './publications.sert.ts';

export default defineModule({
  code: 'publications',
  libelle: 'Publications',
  plan: 'partenariat',
  depend: ['contrats', 'echeances', 'comptes', 'documents', 'indicateurs', 'decisions', 'instances'],
  droits: [...DROITS, ...DROITS_DES_DIFFUSIONS],
  echeances: () => [sourceDiffusions],
  conservation: CONSERVATION,
  sensibles: { objets: ['/documents-diffuses/:documentDiffuse'] },
  sert: SERT,
  services: ['adresse', 'coffre', 'dossierContrat'],
  routes: async (s) => [
    ...routesBilan,
    ...routesTextes,
    ...routesEtat,
    ...routesDonnees(s.adresse),
    ...(await buildContexteRoutes(s.dossierContrat)),
    ...routesTravaux,
    ...diffusionsRoutes(s),
  ],
  navigation: [
    { cle: 'bilan', libelle: 'Bilan', href: '/bilan', entete: 40, menu: { section: 'chiffres', rang: 30 } },
    { cle: 'observatoire', libelle: 'Observatoire', href: '/observatoire', menu: { section: 'chiffres', rang: 40 }, qui: auTravail },
    { cle: 'documents-diffuses', libelle: 'Documents à lire', href: '/documents-diffuses', menu: { section: 'travail', rang: 30 }, qui: auTravail },
  ],
  journee: [etatDeMonTerritoire],
  fiche: [contexteDeLaFiche, reprendreLesDonnees],
  territoire: [etatDuTerritoire],
  actes: ACTES,
  taches: [tacheBilan, ...tachesContexte],
  commandes,
  verifier: (contrat, profils, fichiers) => {
    if (profils) lireTextesDemo(profils);
    return lireSeries(fichiers(DOSSIER)).flatMap((s) => verifierSerie(s, contrat).map((faute) => `contexte/${s.code}.yaml, ${faute}`));
  },
  // A contract that loaded before its series were checked is checked again.
  selon: createHash('sha256').update('contexte 1').digest('hex'),
  demonstration: {
    generer: async (tx, d) => `${await genererTextesDemo(tx, await getCatalogue(tx, d.contratId), d)} textes de bilan fictifs`,
  },
  exemples: {
    chemins: { travaux: 'travail' },
    surSoi: {
      'POST /bilan': 'a document of what is public',
      'POST /documents-diffuses/nouveau': 'sent in the name of one’s own organisation; limits of place and fiche are tried by its scenario',
    },
    // A part that neither a mandate for one fiche nor another mairie may write.
    corps: {
      'POST /documents-diffuses/nouveau': {
        titre: 'Note d’information',
        texte: 'Rondes renforcées le samedi.',
        roles: 'pilote',
        lire_avant: '=demain',
        jusqu_au: '=demain',
        sans_mineur: 'oui',
      },
      'POST /documents-diffuses/:documentDiffuse/retirer': { motif: 'Une erreur de date' },
      'POST /documents-diffuses/:documentDiffuse/remplacer': {
        titre: 'Note d’information',
        texte: 'Rondes renforcées le dimanche.',
        lire_avant: '=demain',
        jusqu_au: '=demain',
        sans_mineur: 'oui',
      },
      'POST /bilan/:annee/:territoire/rediger': { essentiel: 'Une année d’essai' },
    },
    parametres: {
      documentDiffuse: 'documentDiffuse',
      lecteur: 'lecteur',
      sceauDeLecture: 'sceauDeLecture',
      annee: '=2026',
      territoire: 'lieu',
      partie: '=essentiel',
      format: '=csv',
      serie: '=delinquance-enregistree',
    },
    pages: ['/bilan/2026/{lieu}', '/bilan/2026/{lieu}/fiches/1.6', '/bilan/2026/{lieu}/annexes', '/observatoire?serie=population'],
    pagesDeTravail: ['/etat/{lieu}', '/observatoire/imports', '/bilan/2026/{lieu}/rediger', '/bilan/2026/{lieu}/textes/essentiel'],
  },
});
