import { auTravail } from '../../core/authorize.ts';
import { defineModule, type Emplacement } from '../../core/module.ts';
import { pluriel } from '../../ui/typographie.ts';
import { getCatalogue } from '../contrats/index.ts';
import { actualiserPreuves, reprendrePreuves, tacheDesPreuves } from './faits/preparer.ts';
import { actualiserFormules, installerSources, recalculerChiffres } from './formulaires.ts';
import { ACTES } from './indicateurs.actes.ts';
import { commandes } from './indicateurs.commandes.ts';
import { DROITS } from './indicateurs.policy.ts';
import { buildRoutes } from './indicateurs.routes.tsx';
import { nouvellesDesChiffres } from './nouvelles.ts';
import { routes as routesRecu } from './recu/recu.routes.tsx';
import { sourceChiffres } from './saisie/chiffres.dus.ts';
import { genererValeursDemo, lireRecits } from './saisie/saisie.demo.ts';
import { suivisDuDispositif, suivisRoutes } from './suivis/suivis.routes.tsx';
import { contribuerLesComptes } from './saisie/compteurs.ts';
import { recalculerTotaux } from './saisie/totaux.queries.ts';
import { sourceSignatures } from './recits/signatures.dus.ts';
import { buildRecitsRoutes } from './recits/recits.routes.tsx';
import { sourceContreValeurs } from './signature/contre-valeurs.dus.ts';
import { SERT, VOIES } from './indicateurs.sert.ts';
import { rectificatifsRoutes } from './signature/rectificatifs.routes.tsx';

declare module '../../core/module.ts' {
  interface Module {
    /** Blocks of the page of a figure. */
    chiffre?: readonly Emplacement<{ mesure: string; territoireId: string; annee: string }>[];
  }
}

export default defineModule({
  code: 'indicateurs',
  libelle: 'Indicateurs',
  plan: 'partenariat',
  depend: ['contrats', 'echeances', 'documents'],
  services: ['coffre', 'adresse', 'house'],
  routes: (s) => [...buildRoutes(s.house), ...buildRecitsRoutes(s.coffre), ...routesRecu(s.coffre), ...rectificatifsRoutes(s.adresse), ...suivisRoutes],
  dispositif: [suivisDuDispositif],
  droits: DROITS,
  sert: SERT,
  voies: VOIES,
  navigation: [
    { cle: 'chiffres', libelle: 'Chiffres à fournir', href: '/chiffres', menu: { section: 'chiffres', rang: 10 }, qui: auTravail },
    { cle: 'suivis', libelle: 'Chiffres de suivi', href: '/chiffres/suivis', menu: { section: 'chiffres', rang: 40 }, qui: auTravail },
    { cle: 'verrous', libelle: 'Périodes figées', href: '/chiffres/verrous', menu: { section: 'chiffres', rang: 50 }, qui: auTravail },
  ],
  nouvelles: nouvellesDesChiffres,
  echeances: () => [sourceChiffres, sourceContreValeurs, sourceSignatures],
  actes: ACTES,
  taches: [tacheDesPreuves],
  rendezvous: [
    {
      code: 'chiffres-des-cellules',
      libelle: 'Chiffres : nombres des cellules et des circuits, l’année finie',
      quand: '50 2 * * *',
      executer: async ({ db, contrat, config, maintenant }) =>
        pluriel(await contribuerLesComptes(db, { contrat, adresse: config.adresse, maintenant }), 'contribution entrée', 'contributions entrées'),
    },
  ],
  commandes,
  brancher: (house) =>
    installerSources(
      house.sources,
      house.modules.flatMap((m) => m.listes ?? []),
    ),
  actualiser: async (owner, contratId, { deja }) => {
    const recalculees = await actualiserFormules(owner, contratId);
    const preuves = await actualiserPreuves(owner, contratId);
    const totaux = deja ? 0 : await recalculerTotaux(owner, await getCatalogue(owner, contratId));
    const dits = [
      ...(recalculees.length > 0 ? [pluriel(recalculees.length, 'mesure recalculée', 'mesures recalculées')] : []),
      ...(preuves ? [preuves] : []),
      ...(totaux > 0 ? [pluriel(totaux, 'total de contributions recalculé', 'totaux de contributions recalculés')] : []),
    ];
    return dits.length > 0 ? dits.join(', ') : null;
  },
  verifier: (_, profils) => {
    if (profils) lireRecits(profils);
    return [];
  },
  demonstration: {
    generer: async (tx, d) => `${await genererValeursDemo(tx, await getCatalogue(tx, d.contratId), d)} chiffres fictifs`,
    achever: async (owner, { contratId }) => {
      await recalculerChiffres(owner, contratId);
      await reprendrePreuves(owner, contratId);
    },
  },
  exemples: {
    parametres: { bilan: '=3.3-04b', mesure: '=1.8-01', verrou: 'verrou', exception: 'exception', contre: 'contre', controle: '=variation-forte' },
    corps: {
      'POST /chiffres/:mesure/saisir': { periode: '2026', territoire: '=lieu', etat: 'valeur', valeur: '7', source: 'essai', version: '0' },
      'POST /chiffres/recits/:bilan': {
        periode: '2026',
        debiteur: 'REFSUR',
        territoire: '=racine',
        version: '0',
        faits: 'Un essai',
        redacteur: 'Chargée de mission',
        institution: 'Le service',
      },
      'POST /chiffres/recits/:bilan/signer': { valeur: '=valeur', fonction: 'direction du service', confirme: 'oui' },
      'POST /chiffres/:mesure/valider': { valeur: '=valeur' },
      'POST /chiffres/:mesure/confirmer': { valeur: '=valeur' },
      'POST /chiffres/:mesure/contester': { valeur: '=valeur', motif: 'Compté deux fois, voir la main courante' },
      'POST /chiffres/:mesure/contester/retirer': { valeur: '=valeur' },
      'POST /chiffres/:mesure/trancher': { debiteur: 'PP', motif: 'La préfecture tient le registre' },
      'POST /chiffres/:mesure/contre-valeurs': {
        contribution: '=valeur',
        contre: '9',
        source: 'Comptage',
        motif: 'Deux faits n’y sont pas, voir la main courante',
      },
      'POST /chiffres/:mesure/contre-valeurs/:contre/regler': { issue: 'gardee', motif: 'Le registre fait foi jusqu’à la fin de l’année' },
      'POST /chiffres/verrous': { periode: '2025', fiche: '1.8', motif: 'Publication du bilan annuel' },
      'POST /chiffres/verrous/:verrou/lever': { motif: 'Un service entier s’est trompé' },
      'POST /chiffres/verrous/:verrou/exceptions': { mesure: '2.1-01a', jusqu_au: '=demain', motif: 'Compté deux fois, voir la main courante' },
    },
    pages: ['/chiffres/1.6-10b?periode=2026', '/chiffres/2.1-01a', '/chiffres/1.7-03b'],
    pagesDeTravail: ['/chiffres/2.6-01/saisir'],
  },
});
