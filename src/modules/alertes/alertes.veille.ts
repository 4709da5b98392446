/** The thread of tensions, instructions, relays and CAP, as the manifest lists them. */
import { sql } from 'kysely';
import { type Lien, preuve, type Sert } from '../../core/capacites.ts';
import { acces, auTravail, entre } from '../../core/authorize.ts';
import { inTransaction } from '../../core/base/database.ts';
import type { Exemples } from '../../core/examples.ts';
import type { Route } from '../../core/http/http.ts';
import type { ContratLu, Entree, Module, Profils, Services } from '../../core/module.ts';
import type { Regle } from '../../core/trace/retention.ts';
import { pluriel } from '../../ui/typographie.ts';
import { getCatalogue } from '../contrats/index.ts';
import { alertesEnCours } from './alerte/alertes.journee.tsx';
import { messagesARelayer } from './cap/cap.journee.tsx';
import { capRoutes } from './cap/cap.routes.tsx';
import { surveillerAdresse } from './cap/recevoir.ts';
import { getConsignes, verifierConsignes } from './consignes/consignes.donnees.ts';
import { sourceConsignes } from './consignes/consignes.dus.ts';
import { accesConsignes, DROITS_DES_CONSIGNES } from './consignes/consignes.policy.ts';
import { consignesRoutes } from './consignes/consignes.routes.tsx';
import { sansFichier } from './sans-fichier.tsx';
import { annoncesOfficielles, nouvellesOfficielles } from './relais/relais.annonces.ts';
import { getRelais, verifierRelais } from './relais/relais.donnees.ts';
import { accesRelais, DROITS_DU_RELAIS } from './relais/relais.policy.ts';
import { expirer } from './relais/expirer.ts';
import { fluxVide } from './relais/messages.routes.tsx';
import { messagesAConfirmer } from './relais/relais.journee.tsx';
import { relaisRoutes } from './relais/relais.routes.tsx';
import { evaluer } from './veille/evaluer.ts';
import { veilleDeLInstance } from './veille/veille.blocs.tsx';
import { getVeille, veilleServie, verifierVeille } from './veille/veille.donnees.ts';
import { sourcePropositions } from './veille/veille.dus.ts';
import { accesVeille, DROITS_DE_LA_VEILLE } from './veille/veille.policy.ts';
import { CHEMIN_DU_FIL, veilleRoutes } from './veille/veille.routes.tsx';

export async function buildVeilleRoutes(s: Pick<Services, 'coffre' | 'adresse' | 'dossierContrat'>): Promise<Route[]> {
  const [veille, relais, consignes] = await Promise.all([getVeille(s.dossierContrat), getRelais(s.dossierContrat), getConsignes(s.dossierContrat)]);
  return [
    ...(veille ? veilleRoutes(veille) : [sansFichier(CHEMIN_DU_FIL, accesVeille, { titre: 'Fil des tensions', section: 'tensions', fichier: 'veille.yaml' })]),
    ...(relais
      ? [...relaisRoutes(relais, s.adresse), ...capRoutes]
      : [
          fluxVide(s.adresse),
          sansFichier('/messages', acces.public, { titre: 'Messages officiels', fichier: 'relais.yaml' }),
          sansFichier('/alertes/relais', accesRelais, { titre: 'Messages officiels', section: 'relais', fichier: 'relais.yaml' }),
        ]),
    ...(consignes
      ? consignesRoutes(consignes, s)
      : [sansFichier('/alertes/consignes', accesConsignes, { titre: 'Consignes', section: 'consignes', fichier: 'consignes.yaml' })]),
  ];
}
/** `fichiers`: of the contract's folder. */
export const verifierVeilleEtRelais = (contrat: ContratLu, fichiers: (sous: string) => Profils): string[] => {
  const lus = fichiers('');
  return [...verifierVeille(lus, contrat), ...verifierRelais(lus, contrat), ...verifierConsignes(lus, contrat)];
};

export const ACTES_DE_LA_VEILLE = {
  'tension.ecrite': 'tension écrite',
  'tension.retiree': 'tension retirée',
  'proposition.decidee': 'alerte proposée, décidée',
  'message.relaye': 'message officiel relayé',
  'message.confirme': 'message officiel confirmé par une seconde personne',
  'message.retire': 'message officiel retiré',
  'cap.recu': 'message CAP reçu',
  'consigne.diffusee': 'consigne diffusée',
  'consigne.accusee': 'consigne accusée',
  'consigne.levee': 'consigne levée',
} as const;

export const DROITS_DE_VEILLE_ET_RELAIS = [...DROITS_DE_LA_VEILLE, ...DROITS_DU_RELAIS, ...DROITS_DES_CONSIGNES];

const aller = (href: string, libelle: string, qui: Lien['qui']): Lien[] => [{ href, libelle, qui }];
export const SERT_DE_LA_VEILLE: Sert = {
  tension: preuve('GOUV-18', () => aller(CHEMIN_DU_FIL, 'Fil des tensions', accesVeille)),
  consigne: preuve('ALERTE-08', () => aller('/alertes/consignes', 'Consignes', accesConsignes)),
  'message-relaye': preuve('PUBLIC-30', () => aller('/messages', 'Messages officiels', acces.public)),
};

export const NAVIGATION_DE_LA_VEILLE: readonly Entree[] = [
  { cle: 'tensions', libelle: 'Fil des tensions', href: CHEMIN_DU_FIL, menu: { section: 'activites', rang: 31 }, qui: (u) => entre(u, accesVeille) },
  { cle: 'relais', libelle: 'Messages officiels', href: '/alertes/relais', menu: { section: 'activites', rang: 32 }, qui: (u) => entre(u, accesRelais) },
  { cle: 'consignes', libelle: 'Consignes', href: '/alertes/consignes', menu: { section: 'activites', rang: 33 }, qui: auTravail },
];

export const CONSERVATION_DE_LA_VEILLE: readonly Regle[] = [
  {
    code: 'mots-des-tensions',
    table: 'tensions',
    libelle: 'Mots et auteurs des tensions de plus de 180 jours',
    fondement: 'Le lieu, le moment et la nature suffisent aux tendances ; les mots ne servaient qu’à agir.',
    jours: 180,
    age: 'ecrite_le',
    condition: sql`anonymisee_le is null`,
    acte: 'anonymiser',
    seule: true,
  },
  {
    code: 'raisons-des-propositions',
    table: 'tension_propositions',
    libelle: 'Raisons et noms des propositions d’alerte de plus de 180 jours',
    fondement: 'La règle, le lieu et la suite suffisent ; la raison dit souvent ce que disaient les signaux.',
    jours: 180,
    age: 'ouverte_le',
    condition: sql`anonymisee_le is null`,
    acte: 'anonymiser',
    seule: true,
  },
  {
    code: 'correspondants-des-consignes',
    table: 'consigne_envois',
    libelle: 'Personnes et adresses prévenues d’une consigne depuis plus de 365 jours',
    fondement: 'Qui a lu se dit tant que la consigne se discute ; ensuite le site et le jour suffisent.',
    jours: 365,
    age: 'envoye_le',
    condition: sql`anonymisee_le is null`,
    acte: 'anonymiser',
    seule: true,
  },
  {
    code: 'cap-recus',
    table: 'cap_recus',
    libelle: 'Messages CAP reçus depuis plus de 365 jours',
    fondement: 'Ce qui fut relayé garde son texte et son origine ; le fichier reçu ne sert plus.',
    jours: 365,
    age: 'recu_le',
    condition: sql`true`,
    acte: 'supprimer',
    seule: true,
  },
];

export const ECHEANCES_DE_LA_VEILLE = [sourcePropositions, sourceConsignes];
export const BLOCS_DE_LA_VEILLE = {
  instance: [veilleDeLInstance],
  journee: [alertesEnCours, messagesAConfirmer, messagesARelayer],
  annonces: annoncesOfficielles,
  nouvelles: nouvellesOfficielles,
};

export const RENDEZVOUS_DE_LA_VEILLE: NonNullable<Module['rendezvous']> = [
  {
    code: 'messages-officiels',
    libelle: 'Messages officiels : fin de ceux dont l’heure est venue',
    quand: '* * * * *',
    executer: async ({ db, contrat, config, maintenant }) =>
      pluriel(await expirer(db, contrat.id, config.adresse, maintenant), 'message fini', 'messages finis'),
  },
  {
    code: 'fil-des-tensions',
    libelle: 'Fil des tensions : alertes proposées',
    quand: '*/10 * * * *',
    executer: async ({ db, contrat, maintenant }) => {
      const v = veilleServie(contrat.slug);
      if (!v) return 'ce contrat n’a pas de fil';
      const catalogue = await getCatalogue(db, contrat.id);
      return pluriel(await inTransaction(db, { contratId: contrat.id }, (tx) => evaluer(tx, catalogue, v, maintenant)), 'alerte proposée', 'alertes proposées');
    },
  },
  {
    code: 'adresse-cap',
    libelle: 'Messages CAP : adresse surveillée',
    quand: '*/5 * * * *',
    executer: ({ db, contrat, config, maintenant }) => surveillerAdresse(db, contrat.id, config.adresseCap, maintenant),
  },
];

/** An object that no world of tests has: doors are tried, what is behind is for the tests of this module. */
const AUCUN = '=00000000-0000-4000-8000-0000000000ae';
export const EXEMPLES_DE_LA_VEILLE: Exemples = {
  parametres: {
    tensionId: AUCUN,
    propositionDAlerte: AUCUN,
    messageRelaye: AUCUN,
    relaisId: AUCUN,
    capRecu: AUCUN,
    consigne: '=vigilance',
    consigneDiffusee: AUCUN,
    envoiDeConsigne: AUCUN,
    sceauDeConsigne: '=sceau',
  },
  corps: {
    'POST /alertes/tensions/nouvelle': {
      nature: 'tension',
      jour: '2026-03-14',
      creneau: 'soiree',
      territoire: '=lieu',
      lieu: 'hall',
      fiabilite: 'rapporte',
      ailleurs: 'non',
      texte: '',
    },
    'POST /alertes/relais/nouveau': {
      origine: 'PP',
      titre: 'Message essayé',
      texte: 'Un texte essayé.',
      origine_jour: '2026-03-14',
      origine_heure: '10:00',
      origine_lien: '',
      genre: 'meteo',
      territoire: '=lieu',
      jusqua_jour: '2030-01-01',
      jusqua_heure: '10:00',
      exercice: '',
    },
    'POST /alertes/consignes/diffuser/:consigne': {
      autorite: 'PP',
      ordonnee_jour: '2026-03-14',
      ordonnee_heure: '10:00',
      territoire: '=lieu',
      precision: '',
      exercice: '',
    },
  },
  surSoi: {
    'POST /alertes/tensions/nouvelle': 'what one’s own house saw, in its name; where is refused in the form, what was typed kept (veille.test)',
    'POST /alertes/cap/deposer': 'a file of others: it changes nothing until somebody passes it on, where their mandate says (veille.test)',
  },
  pages: ['/messages'],
  pagesDeTravail: [
    CHEMIN_DU_FIL,
    `${CHEMIN_DU_FIL}/nouvelle`,
    '/alertes/relais',
    '/alertes/relais/nouveau',
    '/alertes/cap',
    '/alertes/consignes',
    '/alertes/consignes/diffuser/vigilance?territoire={lieu}',
  ],
};
