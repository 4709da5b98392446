import { auTravail } from '../../core/authorize.ts';
import { auPlan } from '../../core/base/plans.ts';
import { defineModule } from '../../core/module.ts';
import { inTransaction } from '../../core/base/database.ts';
import { getCatalogue, lireDossier } from '../contrats/index.ts';
import { ACTES } from './annuaire.actes.ts';
import { DROITS } from './annuaire.policy.ts';
import { routes as acteursRoutes } from './annuaire.routes.tsx';
import { SERT } from './annuaire.sert.ts';
import { commandesDeLAnnuaire } from './echange/echange.commandes.ts';
import { echangeRoutes } from './echange/echange.routes.tsx';
import { genererAnnuaireDemo, verifierProfil } from './demo/annuaire.demo.ts';
import { CONSERVATION } from './annuaire.conservation.ts';
import { installerSuites, LISTES, type SuitesDesReferents } from './referents/referents.ts';
import { sourceReferents, suivreUnDepart } from './referents/referents.dus.ts';
import { referentsRoutes } from './referents/referents.routes.tsx';
import { recalculerOuvertures } from './structures/ecrire.ts';
import { chargerNommees, listPortees } from './structures/nommees.ts';
import { lireNommees, verifierNommees } from './structures/nommees.schema.ts';
import { servicesRoutes } from './structures/services.routes.tsx';
import { buildStructuresRoutes } from './structures/structures.routes.tsx';
import { buildTrouverRoutes } from './trouver/trouver.routes.tsx';
import { sourceSansOrganisme, sourceStructures } from './verification/verification.dus.ts';
import { buildVerificationRoutes } from './verification/verification.routes.tsx';

/** What is everyone's is read by the account of everyone, which reaches neither correspondents nor referents. */
const estAuPublic = (chemin: string): boolean => /^\/(acteurs|aide)(\/|$)/.test(chemin);

declare module '../../core/module.ts' {
  interface Module {
    /** What it does when who holds a role of referent changed. */
    referents?: readonly SuitesDesReferents[];
  }
}

export default defineModule({
  code: 'annuaire',
  libelle: 'Annuaire',
  plan: 'partenariat',
  depend: ['contrats', 'echeances', 'comptes'],
  services: ['coffre', 'adresse'],
  brancher: installerSuites,
  routes: (s) => {
    const toutes = [
      ...acteursRoutes,
      ...buildTrouverRoutes(s),
      ...buildStructuresRoutes(s),
      ...servicesRoutes,
      ...buildVerificationRoutes(s),
      ...echangeRoutes,
      ...referentsRoutes,
    ];
    return [
      ...auPlan(
        'public',
        toutes.filter((r) => estAuPublic(r.chemin)),
      ),
      ...toutes.filter((r) => !estAuPublic(r.chemin)),
    ];
  },
  droits: DROITS,
  sert: SERT,
  portees: listPortees,
  navigation: [
    { cle: 'acteurs', libelle: 'Acteurs', href: '/acteurs', entete: 60, menu: { section: 'contrat', rang: 40 } },
    { cle: 'trouver', libelle: 'Trouver un lieu', href: '/aide/trouver', entete: 65, menu: { section: 'contrat', rang: 42 } },
    { cle: 'structures', libelle: 'Lieux d’aide', href: '/annuaire/structures', menu: { section: 'contrat', rang: 44 }, qui: auTravail },
    { cle: 'referents', libelle: 'Référents', href: '/annuaire/referents', menu: { section: 'contrat', rang: 50 }, qui: auTravail },
  ],
  departs: [suivreUnDepart],
  echeances: () => [sourceStructures, sourceSansOrganisme, sourceReferents],
  actes: ACTES,
  listes: LISTES,
  commandes: commandesDeLAnnuaire,
  conservation: CONSERVATION,
  rendezvous: [
    {
      code: 'ouvertures',
      libelle: 'Horaires des lieux d’aide',
      quand: '10 1 * * *',
      executer: async ({ db, contrat, maintenant }) =>
        `${await inTransaction(db, { contratId: contrat.id }, (tx) => recalculerOuvertures(tx, contrat.id, maintenant))} lieux`,
    },
  ],
  verifier: (contrat, profils, fichiers) => {
    const nommees = lireNommees(fichiers(''));
    return [...verifierNommees(nommees, contrat), ...(profils ? verifierProfil(profils, nommees) : [])];
  },
  // What the contract names is there before anyone writes.
  actualiser: async (owner, contratId, { deja, dossier }) =>
    deja ? null : chargerNommees(owner, await getCatalogue(owner, contratId), lireNommees((await lireDossier(dossier))('')), new Date()),
  demonstration: {
    generer: async (tx, d) => genererAnnuaireDemo(tx, await getCatalogue(tx, d.contratId), d),
  },
  exemples: {
    chemins: {},
    parametres: {
      structure: 'structure',
      service: 'serviceDeStructure',
      referent: 'referent',
      doublon: 'doublon',
      importation: 'importDAnnuaire',
      verification: 'verification',
      sceau: '=sceau',
    },
    corps: {
      'POST /annuaire/structures/nouvelle': { nom: 'Lieu essayé', territoire: '=lieu', organisation: '=organisation' },
      'POST /annuaire/structures/:structure/corriger': { nom: 'Lieu corrigé', territoire: '=lieu', organisation: '=organisation', version: '1', _vu: '{}' },
      'POST /annuaire/structures/:structure/retirer': { acte: 'retirer' },
      'POST /annuaire/structures/:structure/retablir': { jusqua: '1' },
      'POST /annuaire/structures/:structure/services/nouveau': { nom: 'Écoute essayée', besoins: 'victime' },
      'POST /annuaire/structures/:structure/services/:service': { nom: 'Écoute corrigée', besoins: 'victime', version: '1', _vu: '{}' },
      'POST /annuaire/doublons/:doublon': { acte: 'joindre' },
      'POST /annuaire/referents/nouveau': {
        role: 'cenomed',
        organisation: '=organisation',
        territoire: '=lieu',
        nom: 'Une personne',
        courriel: 'une.personne@exemple.fr',
        debut: '2026-01-01',
      },
      'POST /annuaire/referents/:referent/corriger': {
        role: 'cenomed',
        organisation: '=organisation',
        territoire: '=lieu',
        nom: 'Une autre',
        courriel: 'une.autre@exemple.fr',
        debut: '2026-01-01',
        version: '1',
        _vu: '{}',
      },
    },
    refus: {
      'POST /annuaire/structures/nouvelle': 'Votre mandat ne couvre pas ce lieu',
      'POST /annuaire/referents/nouveau': 'Votre mandat ne couvre pas ce lieu',
    },
    pages: ['/acteurs/PP', '/aide/trouver', '/aide/trouver?besoin=victime&ouvert=1&lieu={lieu}', '/aide/trouver?ici=48.892,2.346'],
    pagesDeTravail: ['/annuaire/structures', '/annuaire/structures/nouvelle', '/annuaire/echanges', '/annuaire/referents', '/annuaire/referents/nouveau'],
  },
});
