import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { sql } from 'kysely';
import { pluriel } from '../../ui/typographie.ts';
import { auTravail } from '../../core/authorize.ts';
import { inTransaction } from '../../core/base/database.ts';
import { direImport, exiger, MauvaisUsage } from '../../core/command.ts';
import { defineModule } from '../../core/module.ts';
import { rolesDe } from '../annuaire/index.ts';
import { getCatalogue, lireDossier } from '../contrats/index.ts';
import { codesDesRegistres } from '../registres/index.ts';
import { formulairesSchema, verifierCircuit, verifierChiffresDesCircuits, verifierFormulaires, verifierReponsesComptees } from './circuits/circuit.rules.ts';
import { circuitsDe, DOSSIER, lireCircuits, listCircuits } from './circuits/circuits.ts';
import { arreterLaNuit } from './bilan/nuit.ts';
import { bilanRoutes } from './bilan/bilan.routes.tsx';
import { adequationDuChiffre } from './points-chauds/adequation.bloc.tsx';
import { plierLesMois } from './points-chauds/chauds.ts';
import { chaudsRoutes } from './points-chauds/chauds.routes.tsx';
import { boiteRoutes } from './boite/boite.routes.tsx';
import { demandeRoutes } from './boite/demande.routes.tsx';
import { requalifierRoutes } from './boite/requalifier.routes.tsx';
import { photosRoutes } from './photos/photos.routes.tsx';
import { receptionSignalements } from './courriel/reception.ts';
import { fichierRoutes } from './fichier/fichier.routes.tsx';
import { open311Routes } from './open311/open311.routes.ts';
import { cloreSansRetour } from './demandes/silence.ts';
import { DROITS_DES_DEMANDES } from './demandes/demandes.policy.ts';
import { genererDemandesDemo, verifierDemandesDemo } from './demandes/demandes.demo.ts';
import { genererLieuxDemo, verifierLieuxDemo } from './demandes/lieux.demo.ts';
import { sourceDemandes } from './demandes/demandes.dus.ts';
import { importerChaqueNuit } from './import/chaque-nuit.ts';
import { estPortee } from './import/couverture.rules.ts';
import { importerDansMaRue } from './import/dans-ma-rue.ts';
import { ACTES } from './signalements.actes.ts';
import { genererSignalementsDemo, verifierDemo } from './signalements.demo.ts';
import { DROITS } from './signalements.policy.ts';
import { chercherDemandes, chercherSignalements } from './signalements.recherche.ts';
import { routes, taches } from './signalements.routes.tsx';
import { operationsRoutes } from './operations/operations.routes.tsx';
import { recurrencesRoutes } from './recurrences/recurrences.routes.tsx';
import { originesDeLEnregistrement } from './etapes/etapes.blocs.tsx';
import { etapesRoutes } from './etapes/etapes.routes.tsx';
import { listCompteurs, fautesDesCompteurs } from './compteurs/compteurs.ts';
import { genererCompteursDemo } from './compteurs/compteurs.demo.ts';
import { ouvrirPeriodes, sourceCompteurs } from './compteurs/compteurs.dus.ts';
import { compteursRoutes } from './compteurs/compteurs.routes.tsx';
import { formulaireRoutes } from './compteurs/formulaire.tsx';
import { chargerLangues, motsATraduire, TRADUCTIONS } from './langues/langues.ts';
import { DOSSIER_DES_LANGUES, motsDuContratSchema } from './langues/traduire.rules.ts';
import { recevoirUnAppel } from './signaler/saisir.journee.tsx';
import { saisirRoutes } from './signaler/saisir.routes.tsx';
import { signalerRoutes } from './signaler/signaler.routes.tsx';
import { CONSERVATION } from './signalements.conservation.ts';
import { canauxDe, reponsesComptees, sourceDesDemandes, sourceDoleances } from './signalements.source.ts';
import { LISTE_SYSTEMES, SERT } from './signalements.sert.ts';
import { suiviRoutes } from './suivi/suivi.routes.tsx';

export default defineModule({
  code: 'signalements',
  libelle: 'Signalements',
  plan: 'partenariat',
  depend: ['contrats', 'echeances', 'documents', 'indicateurs', 'registres', 'decisions', 'secours', 'annuaire', 'comptes'],
  services: ['coffre', 'adresse', 'dossierContrat', 'demonstration', 'domaineEntrant', 'tuiles'],
  routes: async (s) => {
    const circuits = await listCircuits(s.dossierContrat);
    const compteurs = await listCompteurs(s.dossierContrat);
    const langues = chargerLangues((await lireDossier(s.dossierContrat))(DOSSIER_DES_LANGUES), circuits);
    return [
      ...routes,
      ...signalerRoutes(s, circuits, langues),
      ...saisirRoutes(s, circuits),
      ...suiviRoutes(s, circuits, langues),
      ...boiteRoutes(s, circuits),
      ...demandeRoutes(s, circuits),
      ...requalifierRoutes(s, circuits),
      ...open311Routes(s, circuits),
      ...photosRoutes,
      ...fichierRoutes(s, circuits),
      ...bilanRoutes(circuits),
      ...chaudsRoutes(s, circuits),
      ...operationsRoutes(s, circuits),
      ...recurrencesRoutes(s, circuits),
      ...etapesRoutes(s, circuits, compteurs),
      ...compteursRoutes(compteurs),
      ...formulaireRoutes(s, circuits),
    ];
  },
  reception: [receptionSignalements],
  droits: [...DROITS, ...DROITS_DES_DEMANDES],
  sert: SERT,
  enregistrement: [originesDeLEnregistrement],
  chiffre: [adequationDuChiffre],
  journee: [recevoirUnAppel],
  navigation: [
    { cle: 'boite', libelle: 'Demandes à traiter', href: '/signalements/boite', menu: { section: 'travail', rang: 40 }, qui: auTravail },
    { cle: 'points-chauds', libelle: 'Points chauds', href: '/signalements/points-chauds', menu: { section: 'activites', rang: 21 }, qui: auTravail },
    { cle: 'recurrences', libelle: 'Lieux qui reviennent', href: '/signalements/recurrences', menu: { section: 'activites', rang: 22 }, qui: auTravail },
    { cle: 'signalements', libelle: 'Signalements', href: '/signalements', menu: { section: 'activites', rang: 20 }, qui: auTravail },
  ],
  echeances: () => [sourceDemandes, sourceCompteurs],
  sensibles: { objets: ['/signalements/demandes/:demandeId', '/signalements/recurrences/:recurrenceId', '/signalements/operations/:operationId'] },
  conservation: CONSERVATION,
  rendezvous: [
    {
      code: 'import-dans-ma-rue',
      libelle: 'Import des signalements « Dans Ma Rue »',
      quand: '20 4 * * *',
      executer: ({ db, contrat, config }) => importerChaqueNuit(db, contrat.id, { source: config.dansMaRue, portee: config.dansMaRuePortee }),
    },
    {
      code: 'demandes-sans-retour',
      libelle: 'Demandes faites, sans retour du déclarant',
      quand: '40 3 * * *',
      executer: async ({ db, contrat, coffre, config, maintenant }) => {
        const circuits = await listCircuits(join(config.dossierContrats, contrat.slug));
        return pluriel(await cloreSansRetour(db, { contrat, circuits, coffre, adresse: config.adresse, maintenant }), 'demande close', 'demandes closes');
      },
    },
    {
      code: 'bilans-des-signalements',
      libelle: 'Ce qui est dit à tous des signalements : mois et trimestres finis, arrêtés une fois',
      quand: '20 0 * * *',
      executer: async ({ db, contrat, config, maintenant }) => {
        const circuits = await listCircuits(join(config.dossierContrats, contrat.slug));
        const catalogue = await getCatalogue(db, contrat.id);
        const faits = await arreterLaNuit((acte) => inTransaction(db, { contratId: contrat.id }, acte), { catalogue, circuits, maintenant });
        return pluriel(faits, 'bilan arrêté', 'bilans arrêtés');
      },
    },
    {
      code: 'mailles-des-mois-finis',
      libelle: 'Points chauds : comptes des mois finis, additionnés',
      quand: '50 4 * * *',
      executer: async ({ db, contrat, maintenant }) => pluriel(await plierLesMois(db, contrat.id, maintenant), 'mois additionné', 'mois additionnés'),
    },
    {
      code: 'compteurs-de-circuits',
      libelle: 'Nombres demandés à qui tient un circuit ailleurs',
      quand: '10 5 * * *',
      executer: async ({ db, contrat, config, maintenant }) =>
        pluriel(
          await ouvrirPeriodes({ db, contrat, maintenant }, await listCompteurs(join(config.dossierContrats, contrat.slug))),
          'période ouverte',
          'périodes ouvertes',
        ),
    },
  ],
  // Next year is there before it begins.
  actualiser: async (owner) => {
    await sql`select ouvrir_annee(a) from generate_series(extract(year from now())::int, extract(year from now())::int + 2) as a`.execute(owner);
    return null;
  },
  recherche: [chercherDemandes, chercherSignalements],
  sources: [sourceDoleances, sourceDesDemandes],
  listes: [LISTE_SYSTEMES],
  verifier: (contrat, profils, fichiers) => [
    ...(profils
      ? [
          ...verifierDemo(contrat, profils),
          ...verifierDemandesDemo(profils, circuitsDe(fichiers), contrat.territoires),
          ...verifierLieuxDemo(profils, circuitsDe(fichiers), contrat.territoires),
        ]
      : []),
    ...lireCircuits(fichiers(DOSSIER)).flatMap((c) =>
      verifierCircuit(c, {
        ...contrat,
        canaux: canauxDe(contrat).map((x) => x.code),
        registres: codesDesRegistres,
        roles: rolesDe(contrat).map((r) => r.code),
      }).map((faute) => `circuits/${c.code}.yaml, ${faute}`),
    ),
    ...verifierFormulaires(fichiers('secours').lire('numeros', formulairesSchema)?.signaler ?? [], lireCircuits(fichiers(DOSSIER))),
    ...fautesDesCompteurs(contrat, fichiers),
    ...fichiers(DOSSIER_DES_LANGUES).noms.flatMap((code) => {
      const lu = fichiers(DOSSIER_DES_LANGUES).lire(code, motsDuContratSchema);
      return lu && !(code in TRADUCTIONS) ? [`langues/${code}.yaml, langue inconnue (connues : ${Object.keys(TRADUCTIONS).join(', ')})`] : [];
    }),
    ...verifierReponsesComptees(reponsesComptees(contrat), lireCircuits(fichiers(DOSSIER))),
    ...verifierChiffresDesCircuits(contrat.mesures, lireCircuits(fichiers(DOSSIER))),
  ],
  aTraduire: motsATraduire,
  // A contract that loaded before circuits were checked is checked again.
  selon: createHash('sha256').update('circuits 7').digest('hex'),
  actes: ACTES,
  taches,
  commandes: {
    'importer dans-ma-rue': {
      argument: '<fichier-ou-url>',
      sens: 'Ajoute des signalements d’habitants ; un signalement déjà connu n’est pas ajouté deux fois.',
      obligatoires: [['--portee <portee>', '« tout » : le fichier de tout le canal ; « partie » : un filtre de lieu ou de type, qui ne couvre aucun jour']],
      executer: async ({ p, db, args, options: { portee } }) => {
        if (!estPortee(portee)) throw new MauvaisUsage('« portee » est « tout » ou « partie ».');
        const catalogue = await getCatalogue(db, p.contratId);
        return direImport(await importerDansMaRue({ db, catalogue, source: exiger(args[0], 'fichier-ou-url'), portee, par: 'commande' }));
      },
    },
  },
  demonstration: {
    generer: async (tx, d) => {
      const n = await genererSignalementsDemo(tx, await getCatalogue(tx, d.contratId), { ...d, jusquau: d.aujourdhui });
      const demandes = await genererDemandesDemo(tx, await getCatalogue(tx, d.contratId), await listCircuits(d.dossier), d);
      const situees = await genererLieuxDemo(tx, await getCatalogue(tx, d.contratId), await listCircuits(d.dossier), d);
      await arreterLaNuit((acte) => acte(tx), {
        catalogue: await getCatalogue(tx, d.contratId),
        circuits: await listCircuits(d.dossier),
        maintenant: new Date(`${d.aujourdhui}T08:00:00Z`),
      });
      const nombres = await genererCompteursDemo(tx, d, await listCompteurs(d.dossier));
      return `${n} signalements, ${demandes + situees} demandes et ${nombres} relevés de circuits fictifs`;
    },
  },
  exemples: {
    chemins: { signalements: 'signalement' },
    parametres: {
      circuit: '=tranquillite-publique',
      code: '=2222-2222-2222',
      suiveurId: '=00000000-0000-4000-8000-000000000000',
      preuveDAdresse: '=x',
      demandeId: 'demandeSuivie',
      operationId: 'operationSuivie',
      recurrenceId: 'recurrenceSuivie',
      periodeId: 'periodeDeCircuit',
      formatDeFiche: '=pdf',
      photoId: 'photoSuivie',
      open311Service: '=tranquillite-publique_bruit.xml',
      open311Demande: '=rien.xml',
      open311Jeton: '=2222-2222-2222.xml',
    },
    corps: {
      'POST /signalements/demandes/:demandeId/acte': { version: '1', vers: 'pris-en-charge' },
      'POST /signalements/demandes/:demandeId/photos/:photoId': { acte: 'ecarter' },
      'POST /signalements/demandes/:demandeId/note': { note: 'Vu sur place.' },
      'POST /signalements/demandes/:demandeId/joindre': { meneur: '=demandeSuivie' },
      'POST /signalements/operations/:operationId/compte': { message: 'Deux passages du soir.' },
      'POST /signalements/operations/nouvelle': {
        demandes: '=demandeSuivie',
        titre: 'Passages du soir',
        jour: '2026-03-14',
        type: 'patrouille',
        service: 'police-municipale',
        cadre: 'ordinaire',
      },
      'POST /signalements/recurrences/nouvelle': { demandes: '=demandeSuivie' },
      'POST /signalements/recurrences/:recurrenceId/clore': { message: 'Plus rien depuis un mois.' },
      'POST /signalements/recurrences/:recurrenceId/decision': { decision: '=decision' },
      'POST /signalements/recurrences/:recurrenceId/effet': { decision: '=decision', effet: 'Le banc est déplacé.' },
      'POST /signalements/compteurs/:periodeId': { version: '0', 'n.prises': '12', source: 'Relevé du service' },
      'POST /signalements/boite/lot': { demande: '=demandeSuivie', acte: 'note', motif: 'Vu sur place.' },
      'POST /signalements/saisir/:circuit': { categorie: 'stationnement', adresse: '1 rue des Essais', territoire: '7510101', canal: 'partenaire' },
    },
    surSoi: {
      'POST /signalements/saisir/:circuit/fichier': 'asks something of a service, as its form does: refused row by row (fichier.test)',
      'POST /signalements/saisir/:circuit': 'asks something of a service, as everyone may: what becomes of it is the service’s to say (demandes.test)',
    },
    pagesDeTravail: [
      '/signalements/points-chauds',
      '/signalements/operations',
      '/signalements/boite?vue=carte&service=tous&territoire=tous&etat=ouvertes',
      '/signalements/points-chauds/fiche',
      '/signalements/points-chauds/moyens',
      '/signalements/boite',
      '/signalements/recurrences',
      '/signalements/etapes',
      '/signalements/saisir',
      '/signalements/saisir/tranquillite-publique?categorie=bruit',
    ],
    pages: [
      '/signaler/tranquillite-publique',
      '/signaler/tranquillite-publique?langue=ar',
      '/suivi',
      '/suivi?langue=en',
      '/signaler/quartiers',
      '/signaler/bilan',
      '/signaler/tranquillite-publique/parcours',
    ],
  },
});
