import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { defineModule } from '../../core/module.ts';
import { ACTES } from './alertes.actes.ts';
import { CONSERVATION } from './alertes.conservation.ts';
import { DROITS, peutLireLesListes, peutVoirLesAlertes } from './alertes.policy.ts';
import { buildRoutes, SANS_REGLEMENT } from './alertes.routes.tsx';
import { SERT } from './alertes.sert.ts';
import { sourceAlertes } from './alertes.source.ts';
import { ORIGINE_ALERTE } from './alerte/decisions.ts';
import { sourceRetex } from './alerte/retex.dus.ts';
import { direLesTrous } from './astreintes/trous.ts';
import { genererAlertesDemo, verifierAlertesDemo } from './demo/alertes.demo.ts';
import { avancer } from './envois/horloge.ts';
import { expedierMessages } from './envois/passerelles.ts';
import { getReglement, lireReglement, verifierReglement } from './reglement/reglement.ts';

export default defineModule({
  code: 'alertes',
  libelle: 'Alertes',
  plan: 'partenariat',
  depend: ['contrats', 'echeances', 'comptes', 'annuaire', 'indicateurs', 'decisions', 'signalements'],
  services: ['coffre', 'adresse', 'dossierContrat', 'direct', 'alertes', 'suite'],
  routes: async (s) => {
    const reglement = await getReglement(s.dossierContrat);
    return reglement ? [...buildRoutes({ ...s, reglement })] : [...SANS_REGLEMENT];
  },
  droits: [...DROITS],
  navigation: [
    { cle: 'alertes', libelle: 'Alertes', href: '/alertes', menu: { section: 'travail', rang: 45 }, qui: peutVoirLesAlertes },
    { cle: 'astreintes', libelle: 'Listes et astreintes', href: '/alertes/astreintes', menu: { section: 'travail', rang: 46 }, qui: peutLireLesListes },
  ],
  actes: { ...ACTES },
  sert: { ...SERT },
  sources: [sourceAlertes],
  echeances: () => [sourceRetex],
  origines: [ORIGINE_ALERTE],
  conservation: [...CONSERVATION],
  rendezvous: [
    {
      code: 'alertes-horloge',
      libelle: 'Alertes : délais, relais, messages',
      quand: '* * * * *',
      executer: async ({ db, contrat, coffre, config, maintenant }) => {
        const reglement = await getReglement(join(config.dossierContrats, contrat.slug));
        if (!reglement) return 'sans alertes';
        const dit = await avancer({ db, contrat, maintenant }, { reglement, coffre, adresse: config.adresse });
        const o = { contratId: contrat.id, coffre, adresse: config.adresse, reglages: config.alertes, maintenant: () => new Date() };
        return `${dit}, ${await expedierMessages(db, o)} messages`;
      },
    },
    {
      code: 'alertes-trous',
      libelle: 'Alertes : trous d’astreinte avant la fin de semaine',
      quand: '0 8 * * *',
      executer: async ({ db, contrat, config, maintenant }) => {
        const reglement = await getReglement(join(config.dossierContrats, contrat.slug));
        return reglement ? direLesTrous(db, { contratId: contrat.id, reglement, adresse: config.adresse, maintenant }) : 'sans alertes';
      },
    },
  ],
  verifier: (contrat, profils, fichiers) => {
    const reglement = lireReglement(fichiers(''));
    return [
      ...(reglement ? verifierReglement(reglement, contrat).map((f) => `alertes.yaml, ${f}`) : []),
      ...(profils ? verifierAlertesDemo(profils, reglement, contrat.territoires) : []),
    ];
  },
  // A contract that loaded before its alerts were checked is checked again.
  selon: createHash('sha256').update('alertes 1').digest('hex'),
  demonstration: { generer: genererAlertesDemo },
  exemples: {
    chemins: { alertes: 'alerte' },
    parametres: {
      alerte: 'alerte',
      envoiId: 'envoiDAlerte',
      cachet: '=sceau',
      inscritId: 'inscrit',
      creneauId: 'creneau',
      membreId: 'inscrit',
      cachetDuMembre: '=sceau',
    },
    corps: {
      'POST /alertes/nouvelle': { palier: 'alerte', genre: 'rixe', territoire: '=lieu' },
      'POST /alertes/:alerte/agir': { action: 'Une patrouille passe.' },
      'POST /alertes/:alerte/point': { code: 'etablissements' },
      'POST /alertes/:alerte/ecarter': { motif: 'Déjà connue.' },
      'POST /alertes/:alerte/repondre': { reponse: 'vu' },
      'POST /alertes/:alerte/lever': { issue: 'evitee', heures: '72' },
      'POST /alertes/:alerte/fenetre': { heures: '48' },
      'POST /alertes/:alerte/retex': { retex: 'Tout le monde a répondu.', version: '1' },
      'POST /alertes/:alerte/decision': { libelle: 'Revoir la liste', organisme: '=organisation', echeance: '2030-01-01' },
      'POST /alertes/astreintes/inscrits/nouveau': {
        fonction: 'association',
        territoire: '=lieu',
        organisation: '=organisation',
        nom: 'Une association',
        courriel: 'une.association@exemple.fr',
        voies: 'courriel',
        rang: '1',
        permanent: 'oui',
      },
      'POST /alertes/astreintes/inscrits/:inscritId/creneaux': { jour_debut: '2030-01-04', heure_debut: '18:00', jour_fin: '2030-01-07', heure_fin: '08:00' },
    },
    surSoi: {
      'POST /alertes/nouvelle': 'whoever reads alerts writes one in their own name; where is tried by the tests of this module',
      'POST /alertes/notifications': 'one’s own browser',
      'POST /alertes/notifications/arreter': 'one’s own browsers',
    },
    refus: { 'POST /alertes/astreintes/inscrits/nouveau': 'Votre mandat ne couvre pas cette ligne' },
    pagesDeTravail: [
      '/alertes',
      '/alertes/nouvelle',
      '/alertes/chiffres',
      '/alertes/rixes',
      '/alertes/astreintes',
      '/alertes/astreintes/inscrits/nouveau',
      '/alertes/notifications',
    ],
  },
});
