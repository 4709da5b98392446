/**
 * Every setting, its value when nothing is said, what it is for. `vers`: whom the process then calls. docs/exploitation.md (« Réglages ») and
 * docs/conformite/securite.md (« À qui Concorde parle ») repeat it: tests/depot/documents.test.ts compares them.
 */
export const VARIABLES = {
  PORT: { defaut: '3000', sens: 'Port d’écoute.' },
  HOST: { defaut: '127.0.0.1', sens: 'Adresse d’écoute ; 0.0.0.0 pour être joint d’une autre machine.' },
  CONCORDE_DATA: { defaut: '.data', sens: 'Dossier des données : base embarquée, clés, fichiers déposés.' },
  DATABASE_URL: { defaut: '', sens: 'Base PostgreSQL 15 ou plus à utiliser au lieu de la base embarquée.', vers: 'PostgreSQL' },
  CONCORDE_DATABASE_URL_SERVICE: {
    defaut: '',
    sens: 'Compte PostgreSQL qui sert le contrat, s’il a été créé à la main ; sans DATABASE_URL, la base a été préparée ailleurs.',
    vers: 'PostgreSQL',
  },
  CONCORDE_DATABASE_URL_PUBLIC: {
    defaut: 'celui du service',
    sens: 'Avec CONCORDE_DATABASE_URL_SERVICE : compte PostgreSQL qui sert les pages de tous et ne lit rien d’autre.',
    vers: 'PostgreSQL',
  },
  CONCORDE_DATABASE_URL_NOMINATIF: {
    defaut: '',
    sens: 'Avec CONCORDE_DATABASE_URL_SERVICE : compte PostgreSQL des modules nominatifs, qui entre seul dans leur schéma.',
    vers: 'PostgreSQL',
  },
  CONCORDE_REQUETES_NOMMEES: {
    defaut: '1',
    sens: 'Préparer une fois pour toutes les requêtes les plus fréquentes (1), ou non (0) : derrière un répartiteur de connexions qui ne suit pas les requêtes préparées.',
  },
  CONCORDE_CONTRAT: { defaut: 'paris-2023-2026', sens: 'Contrat servi : nom du dossier sous contrats/.' },
  CONCORDE_CONTRATS: { defaut: 'contrats', sens: 'Dossier des contrats.' },
  CONCORDE_DEMO: { defaut: '1 sans DATABASE_URL, sinon 0', sens: 'Mode démonstration : personnes fictives et données fictives (1 ou 0).' },
  CONCORDE_URL: {
    defaut: 'http://localhost:PORT en démonstration sur cette machine, sinon à régler',
    sens: 'Adresse publique, par exemple https://concorde.exemple.fr : tous les liens des courriels en viennent ; en https, les témoins sont « Secure ».',
  },
  CONCORDE_MANDATAIRES: { defaut: '', sens: 'Adresses (ou plages CIDR, séparées par des virgules) des serveurs mandataires placés devant Concorde.' },
  CONCORDE_AUDIT_MOIS: { defaut: '12', sens: 'Mois de conservation du journal d’audit : 12, ou jusqu’à 36 si CONCORDE_AUDIT_MOTIF dit pourquoi.' },
  CONCORDE_AUDIT_MOTIF: { defaut: '', sens: 'Motif documenté d’une conservation du journal au-delà de 12 mois.' },
  CONCORDE_TROUSSEAU: {
    defaut: 'CONCORDE_DATA suivi de « -trousseau »',
    sens: 'Dossier des fragments de clés des situations nominatives. Il se copie en miroir, sans historique, et jamais avec la base : ce qui y est effacé doit l’être partout.',
  },
  CONCORDE_SAUVEGARDE: { defaut: '', sens: 'Fichier ou dossier que chaque sauvegarde écrit : « diagnostic » en surveille l’âge.' },
  CONCORDE_DANS_MA_RUE: {
    defaut: '',
    sens: 'Adresse (http ou https) du fichier « Dans Ma Rue » à importer chaque nuit ; sans elle, il s’importe à la main.',
    vers: 'qui publie le fichier',
  },
  CONCORDE_DANS_MA_RUE_PORTEE: {
    defaut: 'partie',
    sens: 'Ce qu’est ce fichier : « tout » le canal, ou une « partie » (filtre de lieu ou de type), qui ne couvre aucun jour : rien ne se publie alors par quartier.',
  },
  CONCORDE_CAP_ADRESSE: {
    defaut: '',
    sens: 'Adresse (https) d’un message d’alerte au format CAP 1.2, relue toutes les cinq minutes : ce qui en vient est proposé au relais, jamais relayé seul.',
    vers: 'qui publie le message CAP',
  },
  CONCORDE_SECURITE_CONTACT: {
    defaut: '',
    sens: 'À qui signaler une faille : mailto:securite@exemple.fr ou une page en https. Dit dans /.well-known/security.txt, qui n’est pas servi sans lui.',
  },
  SMTP_URL: {
    defaut: '',
    sens: 'Serveur de courrier : smtp://compte:motdepasse@machine:587 (STARTTLS exigé hors de cette machine ; « ?ignoreTLS=true » y renonce) ou smtps://. Sans lui, les courriels attendent (ou se lisent, en démonstration).',
    vers: 'le serveur de courrier',
  },
  SMTP_DE: { defaut: 'Concorde <concorde@localhost>', sens: 'Expéditeur des courriels.' },
  COURRIER_ENTRANT_PORT: {
    defaut: '',
    sens: 'Port où recevoir par SMTP les réponses aux courriels, transmises par votre serveur de courrier. Sans lui, aucun courriel n’est reçu.',
  },
  COURRIER_ENTRANT_HOTE: { defaut: '127.0.0.1', sens: 'Adresse d’écoute de ce port ; que seul votre serveur de courrier doit atteindre.' },
  COURRIER_ENTRANT_DOMAINE: { defaut: '', sens: 'Domaine des adresses reçues, par exemple reponses.exemple.fr : collecte+…@reponses.exemple.fr.' },
  COURRIER_ENTRANT_MAX: { defaut: '15', sens: 'Taille la plus grande d’un courriel reçu, en Mo.' },
  OIDC_EMETTEUR: {
    defaut: '',
    sens: 'Fournisseur d’identité (ProConnect) : son adresse d’émetteur.',
    vers: 'le fournisseur d’identité, aux adresses qu’il annonce',
  },
  OIDC_CLIENT: { defaut: '', sens: 'Identifiant de Concorde chez le fournisseur d’identité.' },
  OIDC_SECRET: { defaut: '', sens: 'Secret de Concorde chez le fournisseur d’identité.' },
  OIDC_PKCE: { defaut: '0', sens: 'Employer PKCE (1) ou non (0 : ProConnect refuse tout paramètre hors de sa liste).' },
  OIDC_AMR: { defaut: '1', sens: 'Demander au fournisseur comment la personne s’est identifiée (1 ou 0).' },
  CARTE_TUILES: {
    defaut: '',
    sens: 'Fond des cartes : https://tuiles.exemple.fr/{z}/{x}/{y}.png. Sans lui, aucune image ne vient d’ailleurs : les contours du contrat seuls.',
    vers: 'le serveur de tuiles, par le navigateur de chacun',
  },
  ALERTES_SMS_URL: {
    defaut: '',
    sens: 'Passerelle de SMS : adresse qui reçoit en POST {"a", "texte", "reference"}. Sans elle, les messages par téléphone sont retenus.',
    vers: 'la passerelle de SMS',
  },
  ALERTES_PUSH: {
    defaut: 'fcm.googleapis.com,*.push.services.mozilla.com,*.push.apple.com,*.notify.windows.com',
    sens: 'Services de notification des navigateurs, séparés par des virgules : aucun autre n’est joint.',
    vers: 'les services de notification des navigateurs, à l’adresse que donne chaque navigateur',
  },
  ALERTES_VAPID_PUBLIQUE: { defaut: 'faite à la première demande', sens: 'Clé publique VAPID des notifications (base64url) ; avec ALERTES_VAPID_PRIVEE.' },
  ALERTES_VAPID_PRIVEE: { defaut: 'faite à la première demande', sens: 'Clé privée VAPID des notifications (base64url).' },
  CONCORDE_MOT_DE_PASSE: { defaut: 'tiré au sort, affiché une fois', sens: 'Mot de passe du compte que font les commandes « comptes creer-… ».' },
  CONCORDE_TEST_DATABASE_URL: { defaut: '', sens: 'Base PostgreSQL utilisée par les tests au lieu de la base embarquée.' },
  CONCORDE_PARTAGE: { defaut: '../shared', sens: 'Dossier de données réelles que certains tests lisent, s’il existe.' },
  CONCORDE_GRAINE: { defaut: '20261124', sens: 'Graine des tests qui tirent au hasard : la même refait les mêmes tirages.' },
  CONCORDE_CAPTURES: { defaut: '', sens: 'Mise à 1, les tests du navigateur laissent des images des écrans dans `captures/`.' },
  CHROMIUM_PATH: { defaut: '', sens: 'Navigateur à utiliser pour les tests au lieu de celui de npm.' },
} as const;
