import { createHash } from 'node:crypto';
import { auTravail } from '../../core/authorize.ts';
import { defineModule } from '../../core/module.ts';
import { verifierSecours } from './secours.donnees.ts';
import { ACTES, DROITS } from './secours.policy.ts';
import { buildRoutes } from './secours.routes.tsx';
import { SERT } from './secours.sert.ts';

export default defineModule({
  code: 'secours',
  libelle: 'Aide et urgence',
  plan: 'public',
  depend: ['contrats', 'annuaire'],
  services: ['dossierContrat'],
  routes: buildRoutes,
  droits: DROITS,
  actes: ACTES,
  sert: SERT,
  navigation: [
    { cle: 'urgence', libelle: 'Urgence', href: '/urgence', bandeau: 10 },
    { cle: 'aide', libelle: 'Aide aux victimes', href: '/aide', bandeau: 20 },
    { cle: 'signaler', libelle: 'Signaler', href: '/signaler', bandeau: 30 },
    { cle: 'orientation', libelle: 'Orientation', href: '/aide/professionnels', menu: { section: 'contrat', rang: 60 }, qui: auTravail },
  ],
  verifier: (contrat, _, fichiers) => verifierSecours(contrat, fichiers),
  // A contract that loaded before its help was checked is checked again.
  selon: createHash('sha256').update('secours 2').digest('hex'),
  exemples: {
    parametres: { demarche: '=ligne-soignants', langue: '=ar', chemin: '=aca' },
    corps: { 'POST /aide/demarches/:demarche/corriger': { version: '0', etapes: 'Appelez votre médecin', reserve: '' } },
    pages: ['/urgence/ar', '/aide/ar', '/aide/zh', '/aide/falc', '/aide/guide/acb', '/aide/demarches/ordonnance-protection'],
    pagesDeTravail: ['/aide/demarches/ligne-soignants/corriger'],
  },
});
