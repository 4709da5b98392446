import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { defineModule } from '../../core/module.ts';
import { pluriel } from '../../ui/typographie.ts';
import { ACTES } from './alertes.actes.ts';
import { accesParNotification } from './envois/notifications.acces.ts';
import { CONSERVATION } from './alertes.conservation.ts';
import { DROITS, peutLireLesListes, peutVoirLesAlertes } from './alertes.policy.ts';
import { buildRoutes, SANS_REGLEMENT } from './alertes.routes.tsx';
import { SERT } from './alertes.sert.ts';
import { sourceAlertes, sourceRixes } from './alertes.source.ts';
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
import { ORIGINE_ALERTE } from './alerte/decisions.ts';
import { sourceDesAlertes } from './alerte/alertes.dus.ts';
import { capDesAlertes } from './cap/alerte.routes.ts';
import { suivreUnDepart } from './astreintes/depart.ts';
import { direLesTrous } from './astreintes/trous.ts';
import { genererAlertesDemo, verifierAlertesDemo } from './demo/alertes.demo.ts';
import { avancer } from './envois/horloge.ts';
import { expedierMessages } from './envois/passerelles.ts';
import { getReglement, lireReglement, verifierReglement } from './reglement/reglement.ts';
import { getCatalogue } from '../contrats/index.ts';
import { genererVeilleDemo, verifierVeilleDemo } from './veille/veille.demo.ts';

export default defineModule({
  code: 'alertes',
  libelle: 'Alertes',
  plan: 'partenariat',
  depend: ['contrats', 'echeances', 'comptes', 'annuaire', 'indicateurs', 'registres', 'decisions', 'instances', 'signalements'],
  services: ['coffre', 'adresse', 'dossierContrat', 'direct', 'alertes', 'suite'],
  routes: async (s) => {
    const reglement = await getReglement(s.dossierContrat);
    return [...(reglement ? [...capDesAlertes(reglement, s.adresse), ...buildRoutes({ ...s, reglement })] : SANS_REGLEMENT), ...(await buildVeilleRoutes(s))];
  },
  droits: [...DROITS, ...DROITS_DE_VEILLE_ET_RELAIS],
  navigation: [
    { cle: 'alertes', libelle: 'Alertes', href: '/alertes', menu: { section: 'travail', rang: 45 }, qui: peutVoirLesAlertes },
    { cle: 'astreintes', libelle: 'Listes et astreintes', href: '/alertes/astreintes', menu: { section: 'travail', rang: 46 }, qui: peutLireLesListes },
    ...NAVIGATION_DE_LA_VEILLE,
  ],
  ...BLOCS_DE_LA_VEILLE,
  actes: { ...ACTES, ...ACTES_DE_LA_VEILLE },
  sert: { ...SERT, ...SERT_DE_LA_VEILLE },
  sources: [sourceAlertes, sourceRixes],
  departs: [suivreUnDepart],
  echeances: () => [sourceDesAlertes, ...ECHEANCES_DE_LA_VEILLE],
  origines: [ORIGINE_ALERTE],
  titres: [accesParNotification],
  sensibles: {
    objets: ['/alertes/:alerte', '/alertes/astreintes/inscrits/:inscritId', '/alertes/consignes/:consigneDiffusee', '/alertes/cap/:capRecu'],
  },
  conservation: [...CONSERVATION, ...CONSERVATION_DE_LA_VEILLE],
  rendezvous: [
    {
      code: 'alertes-horloge',
      libelle: 'Alertes : délais et relais',
      quand: '* * * * *',
      executer: async ({ db, contrat, coffre, config, maintenant }) => {
        const reglement = await getReglement(join(config.dossierContrats, contrat.slug));
        if (!reglement) return 'sans alertes';
        return avancer({ db, contrat, maintenant }, { reglement, coffre, adresse: config.adresse });
      },
    },
    {
      // Apart: what waits for a service that does not answer holds no clock.
      code: 'alertes-messages',
      libelle: 'Alertes : notifications et SMS qui attendent',
      quand: '* * * * *',
      executer: async ({ db, contrat, coffre, config }) => {
        const o = { contratId: contrat.id, coffre, adresse: config.adresse, reglages: config.alertes, maintenant: () => new Date() };
        return pluriel(await expedierMessages(db, o), 'message envoyé', 'messages envoyés');
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
    ...RENDEZVOUS_DE_LA_VEILLE,
  ],
  verifier: (contrat, profils, fichiers) => {
    const reglement = lireReglement(fichiers(''));
    return [
      ...(reglement ? verifierReglement(reglement, contrat).map((f) => `alertes.yaml, ${f}`) : []),
      ...verifierVeilleEtRelais(contrat, fichiers),
      ...(profils ? [...verifierAlertesDemo(profils, reglement, contrat), ...verifierVeilleDemo(profils, contrat)] : []),
    ];
  },
  // A contract that loaded before its alerts were checked is checked again.
  selon: createHash('sha256').update('alertes 3, veille 1').digest('hex'),
  demonstration: {
    generer: async (tx, d) =>
      `${await genererAlertesDemo(tx, d)}, ${await genererVeilleDemo(tx, await getCatalogue(tx, d.contratId), d)} tensions, messages et consignes`,
  },
  exemples: {
    chemins: { alertes: 'alerte' },
    parametres: {
      ...EXEMPLES_DE_LA_VEILLE.parametres,
      alerte: 'alerte',
      envoiId: 'envoiDAlerte',
      cachet: '=sceau',
      inscritId: 'inscrit',
      creneauId: 'creneau',
      membreId: 'inscrit',
      cachetDuMembre: '=sceau',
    },
    corps: {
      ...EXEMPLES_DE_LA_VEILLE.corps,
      'POST /alertes/nouvelle': { palier: 'alerte', genre: 'rixe', territoire: '=lieu' },
      'POST /alertes/rixes/apprise': { palier: 'rixe', genre: 'rixe', territoire: '=lieu', jour: '2026-03-14', heure: '21:30' },
      'POST /alertes/:alerte/palier': { palier: 'grave' },
      'POST /alertes/:alerte/erreur': { motif_erreur: 'Un essai parti pour de vrai.' },
      'POST /alertes/:alerte/agir': { action: 'Une patrouille passe.' },
      'POST /alertes/:alerte/point': { code: 'etablissements' },
      'POST /alertes/:alerte/ecarter': { motif: 'Déjà connue.' },
      'POST /alertes/:alerte/repondre': { reponse: 'vu' },
      'POST /alertes/:alerte/lever': { issue: 'evitee', heures: '72' },
      'POST /alertes/:alerte/fenetre': { heures: '48' },
      'POST /alertes/:alerte/retex': { retex: 'Tout le monde a répondu.', version: '1' },
      'POST /alertes/:alerte/decision': { libelle: 'Revoir la liste', organisme: '=organisation', echeance: '2030-01-01' },
      'POST /alertes/astreintes/inscrits/nouveau': {
        fonction: 'commissariat',
        territoire: '=lieu',
        organisation: '=organisation',
        nom: 'Un poste',
        courriel: 'un.poste@exemple.fr',
        voies: 'courriel',
        rang: '1',
        permanent: 'oui',
      },
      'POST /alertes/astreintes/inscrits/:inscritId/creneaux': { jour_debut: '2030-01-04', heure_debut: '18:00', jour_fin: '2030-01-07', heure_fin: '08:00' },
    },
    surSoi: {
      ...EXEMPLES_DE_LA_VEILLE.surSoi,
      'POST /alertes/nouvelle': 'whoever reads alerts writes one in their own name; where is tried by the tests of this module',
      'POST /alertes/rixes/apprise': 'whoever conducts somewhere enters one in their own name; where is tried by the tests of this module',
      'POST /alertes/notifications': 'one’s own browser',
      'POST /alertes/notifications/arreter': 'one’s own browsers',
    },
    refus: { 'POST /alertes/astreintes/inscrits/nouveau': 'Votre mandat ne couvre pas cette ligne' },
    pages: EXEMPLES_DE_LA_VEILLE.pages ?? [],
    pagesDeTravail: [
      ...(EXEMPLES_DE_LA_VEILLE.pagesDeTravail ?? []),
      '/alertes',
      '/alertes/nouvelle',
      '/alertes/chiffres',
      '/alertes/rixes',
      '/alertes/rixes/apprise',
      '/alertes/astreintes',
      '/alertes/astreintes/inscrits/nouveau',
      '/alertes/notifications',
    ],
  },
});
