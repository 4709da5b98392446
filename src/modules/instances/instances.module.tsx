import { CONSERVATION } from './contributions/contributions.conservation.ts';
import { sourceContributions } from './contributions/contributions.dus.ts';
import { contributionsDeLInstance, participerIci } from './contributions/contributions.routes.tsx';
import { auTravail } from '../../core/authorize.ts';
import { defineModule, type Emplacement } from '../../core/module.ts';
import { admis, getUtilisateurDeTitre, listMandatsEveilles } from '../comptes/index.ts';
import { rolesDe } from '../annuaire/index.ts';
import { getCatalogue } from '../contrats/index.ts';
import { accesParCalendrier } from './calendrier/calendrier.acces.ts';
import { lireProfilDeSeances } from './demo/seances.schema.ts';
import { installerDates } from './calendrier/dates.ts';
import { ACTES } from './instances.actes.ts';
import { instancesDuTerritoire } from './instances.blocs.tsx';
import { genererInstancesDemo } from './instances.demo.ts';
import { ORIGINE_INSTANCE } from './instances.origine.ts';
import { DROITS } from './instances.policy.ts';
import { suivreLesReferents } from './instances.referents.ts';
import { buildInstancesRoutes } from './instances.routes.ts';
import { SERT } from './instances.sert.ts';
import { sourceInstances } from './instances.sources.ts';
import { problemesDeLEnregistrement, retoursAuxHabitants } from './problemes/problemes.blocs.tsx';
import { sourceProblemes } from './problemes/problemes.dus.ts';
import { sourceRemontees } from './remontees/remontees.dus.ts';
import { sourceReunionsDues } from './reunions.dus.ts';
import { sourceSieges } from './sieges.dus.ts';
import { installerReunions, type Reunions } from './reunions.ts';
import { suivreUnDepart } from './suivre.ts';
import { type InstanceMontree, installerBlocs } from './surLaPage.ts';

declare module '../../core/module.ts' {
  interface Module {
    /** The sessions of bodies, by the one module that holds them. */
    reunions?: Reunions;
    /** Blocks of the page of a body. */
    instance?: readonly Emplacement<InstanceMontree>[];
  }
}

export default defineModule({
  code: 'instances',
  libelle: 'Instances',
  plan: 'partenariat',
  depend: ['contrats', 'echeances', 'comptes', 'documents', 'indicateurs', 'registres', 'decisions', 'signalements', 'annuaire'],
  services: ['adresse', 'demonstration'],
  brancher: (house) => {
    installerReunions(house.modules.flatMap((m) => m.reunions ?? []));
    installerBlocs(house);
    installerDates(house.modules.flatMap((m) => m.calendrier ?? []));
  },
  routes: (s) =>
    buildInstancesRoutes({
      ...s,
      identifier: async (...qui) => admis(await getUtilisateurDeTitre(...qui), s.demonstration),
      mandatsDe: listMandatsEveilles,
    }),
  droits: DROITS,
  sert: SERT,
  navigation: [
    {
      cle: 'instances',
      libelle: 'Instances',
      href: '/instances',
      entete: 50,
      menu: { section: 'seances', rang: 10 },
      touche: 's',
      aide: 'Instances et séances',
    },
    { cle: 'participer', libelle: 'Participer', href: '/participer', entete: 55, menu: { section: 'contrat', rang: 60 } },
    { cle: 'calendrier', libelle: 'Calendrier', href: '/calendrier', menu: { section: 'seances', rang: 20 }, qui: auTravail, touche: 'c' },
  ],
  territoire: [retoursAuxHabitants, instancesDuTerritoire, participerIci],
  enregistrement: [problemesDeLEnregistrement],
  sources: [sourceInstances],
  actes: ACTES,
  titres: [accesParCalendrier],
  verifier: (contrat, profils) => {
    if (profils) lireProfilDeSeances(profils);
    const roles = new Set(rolesDe(contrat).map((r) => r.code));
    return [...contrat.typesInstance].flatMap(([type, t]) =>
      t.composition.flatMap((s) =>
        s.referents && !roles.has(s.referents) ? [`instances.yaml, ${type}, composition : rôle de référents « ${s.referents} » inconnu`] : [],
      ),
    );
  },
  departs: [suivreUnDepart],
  echeances: () => [sourceReunionsDues, sourceSieges, sourceRemontees, sourceProblemes, sourceContributions],
  conservation: CONSERVATION,
  instance: [contributionsDeLInstance],
  origines: [ORIGINE_INSTANCE],
  referents: [suivreLesReferents],
  demonstration: {
    generer: async (tx, d) => `${await genererInstancesDemo(tx, await getCatalogue(tx, d.contratId), { ...d, jusquau: d.aujourdhui })} instances fictives`,
  },
  exemples: {
    chemins: { instances: 'instance', remontees: 'remontee', problemes: 'probleme' },
    parametres: {
      instance: 'instance',
      membre: 'membre',
      demande: 'demande',
      instanceOuverte: 'instanceOuverte',
      contributionDHabitant: 'contributionDHabitant',
      contributionSuivie: 'contributionDHabitant',
      rattachement: 'rattachement',
      lienObjet: 'lienObjet',
      recurrent: 'recurrent',
      flux: 'flux',
      type: '=conseil-parisien',
      territoire: 'lieu',
    },
    corps: {
      'POST /instances/nouvelle': { nom: 'Instance essayée', territoire: '=lieu', porteur: '=organisation', confidentialite: 'partenaires' },
      'POST /participer/:instanceOuverte': { objet: 'Éclairage du passage', texte: 'Le passage reste sombre le soir.' },
      'POST /instances/:id/contributions/:contributionDHabitant/ecarter': { motif: 'Hors du sujet de l’instance' },
      'POST /instances/:id/contributions/:contributionDHabitant/retirer': { motif: 'Quelqu’un s’y reconnaît' },
      'POST /instances/:id/contributions/:contributionDHabitant/repondre': { reponse: 'L’éclairage sera revu au printemps.' },
      'POST /instances/:id/reglages': { nom: 'Renommée', confidentialite: 'partenaires', version: '1', heure: '10:00', duree_minutes: '60' },
      'POST /instances/:id/rattachements/nouveau': { parente: '=autreInstance', debut: '2030-01-01' },
      'POST /instances/:id/rattachements/:rattachement': { parente: '=autreInstance', mission: '', debut: '2026-01-01', fin: '', version: '1' },
      'POST /instances/:id/remontees/nouvelle': { vers: '=autreInstance', nature: 'avis', titre: 'Avis essayé' },
      'POST /instances/:id/problemes/nouveau': { titre: 'Problème essayé', territoire: '=lieu', constat: 'Un constat essayé.' },
      'POST /problemes/:id/modifier': {
        titre: 'Problème changé',
        lieu: '',
        territoire: '=lieu',
        constat: 'Un constat changé.',
        reponse: '',
        organisation: '',
        qui: '',
        echeance: '',
        critere: '',
        version: '1',
      },
      'POST /instances/:id/recurrents/nouveau': { titre: 'Point essayé' },
      'POST /instances/:id/recurrents/:recurrent': { titre: 'Point changé', expose: '', minutes: '5', rapporteur: '', tous_les: '2', arrete: '', version: '1' },
      'POST /problemes/:id/suivi': { etat: 'en_cours', texte: 'Suite essayée.' },
      'POST /problemes/:id/public': { public_phrase: 'Le square est éclairé.', version: '1' },
      'POST /problemes/:id/liens': { objet: '=activite' },
      'POST /remontees/:id/repondre': { issue: 'refusee', reponse: 'Réponse essayée.' },
      'POST /papiers/:organisation/:territoire': { nom: 'Mairie essayée', adresse: '', telephone: '', courriel: '', lieu: '', logo_alt: '', version: '0' },
      'POST /decisions/nouvelle': { instance: '=instance', nature: 'action', libelle: 'Action essayée', responsable: '=organisation' },
    },
    surSoi: { 'POST /calendrier/abonnement': 'one’s own feed' },
  },
});
