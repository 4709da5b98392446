import { createHash } from 'node:crypto';
import { defineModule } from '../../core/module.ts';
import { pluriel } from '../../ui/typographie.ts';
import { getCatalogue } from '../contrats/index.ts';
import { ACTES } from './conventions.actes.ts';
import { actesDeFiche, actesDeLInstance } from './conventions.blocs.tsx';
import { CONSERVATION } from './conventions.conservation.ts';
import { genererConventionsDemo, verifierProfil } from './conventions.demo.ts';
import { sourceConventions } from './conventions.dus.ts';
import { DROITS } from './conventions.policy.ts';
import { chercherConventions } from './conventions.recherche.ts';
import { buildConventionsRoutes } from './conventions.routes.tsx';
import { SERT } from './conventions.sert.ts';
import { buildEchangeRoutes } from './echange.routes.tsx';
import { API } from './openapi.ts';
import { buildPartiesRoutes } from './parties.routes.tsx';
import { buildParolesRoutes } from './paroles.routes.tsx';
import { buildSuiviRoutes } from './suivi.routes.tsx';
import { buildTextesRoutes } from './textes.routes.tsx';

export default defineModule({
  code: 'conventions',
  libelle: 'Conventions et actes',
  plan: 'partenariat',
  depend: ['contrats', 'echeances', 'comptes', 'indicateurs'],
  services: ['adresse'],
  routes: (o) => [
    ...buildEchangeRoutes(o),
    ...buildConventionsRoutes(o),
    ...buildPartiesRoutes(o),
    ...buildParolesRoutes(o),
    ...buildTextesRoutes(o),
    ...buildSuiviRoutes(o),
  ],
  droits: DROITS,
  sert: SERT,
  api: API,
  navigation: [{ cle: 'conventions', libelle: 'Conventions et actes', href: '/conventions', menu: { section: 'contrat', rang: 30 } }],
  fiche: [actesDeFiche],
  instance: [actesDeLInstance],
  recherche: [chercherConventions],
  echeances: () => [sourceConventions],
  actes: ACTES,
  conservation: CONSERVATION,
  verifier: (contrat, profils) => (profils ? verifierProfil(contrat, profils) : []),
  // A contract that loaded before acts were checked is checked again.
  selon: createHash('sha256').update('conventions 1').digest('hex'),
  demonstration: {
    generer: async (tx, d) => pluriel(await genererConventionsDemo(tx, await getCatalogue(tx, d.contratId), d), 'acte fictif', 'actes fictifs'),
  },
  exemples: {
    parametres: {
      convention: 'convention',
      partieDActe: 'partieDActe',
      versionDActe: 'versionDActe',
      engagementDActe: 'engagementDActe',
      paroleDActe: 'paroleDActe',
    },
    corps: {
      'POST /conventions/nouvelle': { nature: 'convention', titre: 'Acte essayé', porteur: '=organisation', territoires: '=lieu' },
      'POST /conventions/:convention/modifier': { titre: 'Acte renommé', version: '1', _vu: '{}' },
      'POST /conventions/:convention/parties/nouvelle': { nom: 'Association essayée' },
      'POST /conventions/:convention/parties/:partieDActe': { acte: 'signer', jour: '2026-01-05', vu: '0' },
      'POST /conventions/:convention/paroles/:paroleDActe': { acte: 'annuler', vu: '1', motif: 'Un motif essayé' },
      'POST /conventions/:convention/textes/nouveau': { genre: 'texte', resume: 'Texte essayé', texte: 'Article 1' },
      'POST /conventions/:convention/revues/nouvelle': { jour: '2026-01-05', issue: 'poursuivre' },
      'POST /conventions/:convention/engagements/nouveau': { libelle: 'Engagement essayé', organisation: '=organisation', du_le: '2027-01-05' },
      'POST /conventions/:convention/engagements/:engagementDActe': { acte: 'faire', jour: '2026-01-05', du_le: '2026-01-05' },
      'POST /conventions/:convention/fin': { acte: 'denoncer', jour: '2027-01-05', motif: 'Acte essayé' },
      'POST /conventions/:convention/publier': { acte: 'publier' },
    },
    refus: { 'POST /conventions/nouvelle': 'Votre mandat ne couvre pas cet acte' },
    pages: ['/conventions'],
    pagesDeTravail: [
      '/conventions',
      '/conventions?etat=a-renouveler',
      '/conventions?systeme=CONV-05',
      '/conventions/attendus',
      '/conventions/nouvelle',
      '/conventions/import',
    ],
  },
});
