import { createHash } from 'node:crypto';
import { entre } from '../../core/authorize.ts';
import { defineModule } from '../../core/module.ts';
import { ACTES } from './crises.actes.ts';
import { accesCrises, DROITS } from './crises.policy.ts';
import { buildRoutes } from './crises.routes.tsx';
import { FICHIER, lireCadre, verifierCadre } from './crises.schema.ts';
import { SERT } from './crises.sert.ts';

export default defineModule({
  code: 'crises',
  libelle: 'Crises',
  plan: 'partenariat',
  depend: ['contrats', 'documents', 'signalements'],
  services: ['direct', 'adresse', 'dossierContrat'],
  routes: buildRoutes,
  droits: DROITS,
  sert: SERT,
  actes: ACTES,
  navigation: [{ cle: 'crises', libelle: 'Crises', href: '/crises', menu: { section: 'activites', rang: 60 }, qui: (u) => entre(u, accesCrises) }],
  verifier: (contrat, _profils, fichiers) => {
    const cadre = lireCadre(fichiers(''));
    return cadre ? verifierCadre(cadre, contrat).map((faute) => `${FICHIER}.yaml, ${faute}`) : [];
  },
  // A contract that loaded before crises were checked is checked again.
  selon: createHash('sha256').update('crises 1').digest('hex'),
  exemples: {
    parametres: { crise: '=00000000-0000-4000-8000-0000000000c1' },
    pagesDeTravail: ['/crises'],
  },
});
