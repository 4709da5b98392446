import { createHash } from 'node:crypto';
import { defineModule } from '../../core/module.ts';
import { ACTES } from './alertes.actes.ts';
import { DROITS } from './alertes.policy.ts';
import { alertesRoutes } from './alertes.routes.tsx';
import { getCatalogue } from '../contrats/index.ts';
import { LISTES } from './reglement/reglement.ts';
import { SERT } from './alertes.sert.ts';
import {
  ACTES_DE_LA_VEILLE,
  BLOCS_DE_LA_VEILLE,
  buildVeilleRoutes,
  CONSERVATION_DE_LA_VEILLE,
  DROITS_DE_VEILLE_ET_RELAIS,
  ECHEANCES_DE_LA_VEILLE,
  EXEMPLES_DE_LA_VEILLE,
  NAVIGATION_DE_LA_VEILLE,
  RENDEZVOUS_DE_LA_VEILLE,
  SERT_DE_LA_VEILLE,
  verifierVeilleEtRelais,
} from './alertes.veille.ts';
import { genererVeilleDemo, verifierVeilleDemo } from './veille/veille.demo.ts';

export default defineModule({
  code: 'alertes',
  libelle: 'Alertes',
  plan: 'partenariat',
  depend: ['contrats', 'echeances', 'annuaire', 'registres', 'instances', 'signalements'],
  services: ['coffre', 'adresse', 'dossierContrat'],
  listes: LISTES,
  routes: async (s) => [...alertesRoutes(s), ...(await buildVeilleRoutes(s))],
  droits: [...DROITS, ...DROITS_DE_VEILLE_ET_RELAIS],
  navigation: [...NAVIGATION_DE_LA_VEILLE],
  ...BLOCS_DE_LA_VEILLE,
  echeances: () => ECHEANCES_DE_LA_VEILLE,
  actes: { ...ACTES, ...ACTES_DE_LA_VEILLE },
  sert: { ...SERT, ...SERT_DE_LA_VEILLE },
  conservation: [...CONSERVATION_DE_LA_VEILLE],
  rendezvous: [...RENDEZVOUS_DE_LA_VEILLE],
  verifier: (contrat, profils, fichiers) => [...verifierVeilleEtRelais(contrat, fichiers), ...(profils ? verifierVeilleDemo(profils, contrat) : [])],
  // A contract that loaded before its thread was checked is checked again.
  selon: createHash('sha256').update('veille 1').digest('hex'),
  demonstration: {
    generer: async (tx, d) => `${await genererVeilleDemo(tx, await getCatalogue(tx, d.contratId), d)} tensions, messages et consignes fictifs`,
  },
  exemples: EXEMPLES_DE_LA_VEILLE,
});
