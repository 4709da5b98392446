import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { auTravail } from '../../core/authorize.ts';
import { inTransaction } from '../../core/base/database.ts';
import { jourDe } from '../../core/clock.ts';
import { defineModule } from '../../core/module.ts';
import { pluriel } from '../../ui/typographie.ts';
import { chargerSecours, verifierSecours } from './secours.donnees.ts';
import { ACTES, DROITS } from './secours.policy.ts';
import { buildRoutes } from './secours.routes.tsx';
import { SERT } from './secours.sert.ts';
import { sourceNumeros, suivreNumeros } from './verifications/verifications.dus.ts';
import { connaitreNumeros } from './verifications/verifications.queries.ts';
import { aConnaitre } from './verifications/verifications.rules.ts';

export default defineModule({
  code: 'secours',
  libelle: 'Aide et urgence',
  plan: 'public',
  depend: ['contrats', 'echeances', 'annuaire'],
  services: ['dossierContrat'],
  routes: buildRoutes,
  droits: DROITS,
  actes: ACTES,
  sert: SERT,
  echeances: () => [sourceNumeros],
  rendezvous: [
    {
      code: 'numeros-d-aide',
      libelle: 'Numéros d’aide à faire vérifier',
      quand: '0 5 * * *',
      plan: 'partenariat',
      executer: async ({ db, contrat, config, maintenant }) => {
        const { numeros } = await chargerSecours(join(config.dossierContrats, contrat.slug));
        const connus = numeros ? aConnaitre(numeros) : [];
        const nouveaux = await inTransaction(db, { contratId: contrat.id }, async (tx) => {
          const n = await connaitreNumeros(tx, contrat.id, connus, jourDe(maintenant));
          await suivreNumeros({ db: tx, contrat, maintenant });
          return n;
        });
        return pluriel(nouveaux, 'nouveau numéro', 'nouveaux numéros');
      },
    },
  ],
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
    parametres: { numeroDAide: '=enfance', demarche: '=ligne-soignants', langue: '=ar', chemin: '=aca' },
    corps: {
      'POST /aide/numeros/:numeroDAide': { version: '0', moyen: 'page', juste: 'oui' },
      'POST /aide/demarches/:demarche/corriger': { version: '0', etapes: 'Appelez votre médecin', reserve: '' },
    },
    pages: ['/urgence/ar', '/aide/ar', '/aide/zh', '/aide/falc', '/aide/guide/acb', '/aide/demarches/ordonnance-protection'],
    pagesDeTravail: ['/aide/demarches/ligne-soignants/corriger', '/aide/numeros', '/aide/numeros/enfance'],
  },
});
