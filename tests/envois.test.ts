/** One form, sent twice at the same moment or again later, makes one thing; generated over the routes that make something. */
import { creerMonde } from './support/monde.ts';
import { decisionDe } from './support/scenes.ts';
import { getAcces } from '../src/modules/collecte/campagnes/campagnes.queries.ts';
import { cheminDeReponse } from '../src/modules/collecte/reponse/lien.rules.ts';
import type { LightMyRequestResponse } from 'fastify';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Route } from '../src/core/http/http.ts';
import { creerInstance, creerMembre, creerSeance } from '../src/modules/instances/instances.fixtures.ts';
import type { EtatSeance } from '../src/modules/instances/instances.rules.ts';
import { creerDemande, recurrenceAOuvrir } from '../src/modules/signalements/signalements.fixtures.ts';
import { creerStructure } from '../src/modules/annuaire/annuaire.fixtures.ts';
import { creerInvitation, creerVague } from '../src/modules/enquetes/enquetes.fixtures.ts';
import { type AppDeTest, ouvrirApp, type Qui, routesDEssai } from './support/app.ts';
import { envoisDesConventions } from './support/envois-conventions.ts';
import { envoisDesCrises, envoisPublics } from './support/envois-crises.ts';
import { jourDans } from './support/jours.ts';
import { creationsDAlertes } from './support/scenes-alertes.ts';

const AU_18E: Qui = { comme: 'coordonnateur', organisation: 'DPMP', territoire: 'mairie-18' };
const COORDINATION: Qui = { comme: 'coordination', organisation: 'DPMP' };
const JOUR = jourDans(100);
const FORMATION = { jour: '2026-03-14', titre: 'Session du matin', territoire_id: 'mairie-18', organisation_id: 'DPMP' };
const DONNEES = { type: 'continue', theme: 'rixes', employeur: 'dpmp', public: 'police-municipale', participants: '3' };
const CONTRIBUTIONS = { contributions: [{ mesure: '1.8-01', periode: '2025', valeur: 7, source: 'Logiciel d’essai' }] };
const MANDAT = { role: 'producteur', territoire: '', fiche: '', registre: '', debut: '', fin: '2099-01-01' };
const SEANCE = { titre: 'Séance de mars', choix: 'fixe', jour: JOUR, heure: '10:00', duree_minutes: '60' };
const SIGNALE = { categorie: 'stationnement', danger: 'non', territoire: '7511801', canal: 'partenaire', meme: 'non' };
const OPERATION = { titre: 'Passages', jour: JOUR, type: 'patrouille', service: 'police-municipale', cadre: 'ordinaire' };
const AVIS = { 'q.secteur': 'ouest', 'q.jour': 'plutot', 'q.nuit': 'plutot', 'q.idee': 'Des bancs' };
const DECISION = { nature: 'decision', libelle: 'Renforcer les entrées', responsable: 'PP', echeance: '' };
interface Exemple {
  qui: Qui;
  url: string;
  champs: Record<string, string>;
  /** Table that gains rows, and how many for one form. */
  table: string;
  n?: number;
  fichier?: { champ: string; nom: string; contenu: string };
}

describe('Un formulaire envoyé deux fois ne fait qu’une chose', () => {
  let app: AppDeTest;
  let routes: Route[];
  beforeAll(async () => {
    app = await ouvrirApp();
    routes = await routesDEssai();
  });
  afterAll(() => app.close());
  const instance = () => creerInstance(app.base.owner, app.contratId, { territoire: 'mairie-18', porteur: 'DPMP', vote: true });
  const seance = async (etat: EtatSeance) => creerSeance(app.base.owner, app.contratId, await instance(), { jour: JOUR, etat, points: ['Un point'] });
  const dernierCompte = async () =>
    (await sql<{ id: string; courriel: string }>`select id, courriel from comptes order by cree_le desc, ordre desc limit 1`.execute(app.base.owner))
      .rows[0] ?? { id: '', courriel: '' };
  const PROBLEME = { titre: 'Square occupé la nuit', territoire: 'mairie-18', constat: 'Des rassemblements tous les soirs.' };
  /** A record of the 18e. */
  const enregistrement = async () => {
    const champs = { ...FORMATION, ...Object.fromEntries(Object.entries(DONNEES).map(([cle, v]) => [`donnees.${cle}`, v])) };
    return (
      String((await app.post('/registres/formations/nouveau', champs, COORDINATION)).headers.location)
        .split('?')[0]
        ?.split('/')
        .pop() ?? ''
    );
  };
  const sieger = async (courriel: string) => {
    const id = await instance();
    await creerMembre(app.base.owner, app.contratId, id, { organisation: 'DPMP', courriel });
    return id;
  };
  /** What each route needs to accept a form, for the person whose account is `moi`. */
  const EXEMPLES: Record<string, (moi: { id: string; courriel: string }) => Promise<Omit<Exemple, 'qui'>> | Omit<Exemple, 'qui'>> = {
    ...{ ...envoisDesCrises(() => app, sieger), ...envoisPublics(() => app, JOUR), ...envoisDesConventions(() => app) },
    '/cellules/creer': () => ({ url: '/cellules/creer', champs: { genre: 'cenomed', territoire: 'mairie-18' }, table: 'nominatif.cellules' }),
    '/collecte/campagnes/nouvelle': () => ({
      url: '/collecte/campagnes/nouvelle',
      champs: { titre: 'Bilan essayé', due_le: `${new Date().getFullYear() + 1}-12-01`, message: '' },
      table: 'campagnes',
    }),
    '/collecte/campagnes/:id/repondants': async () => ({
      url: `/collecte/campagnes/${(await creerMonde(app)).campagne}/repondants`,
      champs: { organisation: 'PP', nom: 'Une personne', courriel: 'une.personne@exemple.fr' },
      table: 'campagne_acces',
    }),
    '/collecte/repondre/:acces/:signature/deleguer': async () => {
      const acces = await getAcces(app.base.owner, app.contratId, (await creerMonde(app)).accesDeCampagne);
      if (!acces) throw new Error('Le monde n’a pas d’accès de campagne.');
      return {
        url: `${cheminDeReponse(app.coffre, acces)}/deleguer`,
        champs: { nom: 'Une collègue', courriel: 'une.collegue@exemple.fr' },
        table: 'campagne_acces',
      };
    },
    '/suivre': () => ({ url: '/suivre', champs: { courriel: 'une.personne@exemple.fr', jour: '1', fiche: '1.6' }, table: 'abonnement_demandes' }),
    ...creationsDAlertes(() => app),
    '/annuaire/structures/nouvelle': () => ({
      url: '/annuaire/structures/nouvelle',
      champs: { nom: 'Lieu essayé', territoire: 'mairie-18', organisation: 'DPMP' },
      table: 'structures',
    }),
    '/annuaire/structures/:structure/services/nouveau': async () => ({
      url: `/annuaire/structures/${await creerStructure(app.base.owner, app.contratId, { territoire_id: 'mairie-18' })}/services/nouveau`,
      champs: { nom: 'Écoute essayée', besoins: 'victime' },
      table: 'structure_services',
    }),
    '/annuaire/echanges': () => ({
      url: '/annuaire/echanges',
      champs: {},
      table: 'structure_imports',
      fichier: { champ: 'fichier', nom: 'lieux.json', contenu: '[{"source": "x", "id": "1", "nom": "Lieu essayé", "date_maj": "2026-01-02"}]' },
    }),
    '/annuaire/referents/nouveau': () => ({
      url: '/annuaire/referents/nouveau',
      champs: { role: 'cenomed', organisation: 'DPMP', territoire: 'mairie-18', nom: 'Une personne', courriel: 'une.personne@exemple.fr', debut: '2026-01-01' },
      table: 'referents',
    }),
    '/chiffres/verrous': () => ({
      url: '/chiffres/verrous',
      champs: { periode: '2024', fiche: '3.9', motif: 'Publication du bilan annuel' },
      table: 'verrous',
    }),
    '/chiffres/verrous/:verrou/exceptions': async () => {
      const m = await creerMonde(app);
      return {
        url: `/chiffres/verrous/${m.verrou}/exceptions`,
        champs: { mesure: '2.1-01a', jusqu_au: m.demain, motif: 'Compté deux fois, voir la main courante' },
        table: 'verrou_exceptions',
      };
    },
    '/chiffres/:mesure/contre-valeurs': async () => ({
      url: '/chiffres/1.8-01/contre-valeurs',
      champs: {
        contribution: (await creerMonde(app)).valeur,
        contre: '11',
        source: 'Comptage',
        motif: 'Deux faits n’y sont pas, voir la main courante',
      },
      table: 'contre_valeurs',
    }),
    '/enquetes/ouvrir/:enquete': () => ({
      url: '/enquetes/ouvrir/sentiment-de-securite',
      champs: { pour: 'VILLE|paris', periode: '2026', debut: '2026-01-01', fin: '2099-12-31', acces: 'ouvert', tirage: 'volontaires', invites: '' },
      table: 'enquete_vagues',
    }),
    '/signaler/:circuit': () => ({
      url: '/signaler/tranquillite-publique',
      champs: { ...SIGNALE, adresse: `${1 + Math.floor(Math.random() * 99)} rue des Envois` },
      table: 'demandes',
    }),
    '/signalements/operations/nouvelle': async () => ({
      url: '/signalements/operations/nouvelle',
      champs: { ...OPERATION, demandes: (await creerDemande(app.base.owner, app.contratId)).id },
      table: 'demande_operations',
    }),
    '/signalements/recurrences/nouvelle': () => recurrenceAOuvrir(app.base.owner, app.contratId),
    '/signalements/saisir/:circuit/fichier': () => ({
      url: '/signalements/saisir/halls-occupes/fichier',
      champs: {},
      table: 'demandes',
      fichier: {
        champ: 'fichier',
        nom: 'halls.csv',
        contenu: `Catégorie;Adresse;Quartier;creneau;faits;surveillance\r\nhall;${1 + Math.floor(Math.random() * 99)} rue des Fichiers;${SIGNALE.territoire};nuit;bruit;non\r\n`,
      },
    }),
    '/signalements/saisir/:circuit': () => ({
      url: '/signalements/saisir/tranquillite-publique',
      champs: { ...SIGNALE, adresse: `${1 + Math.floor(Math.random() * 99)} avenue des Saisies` },
      table: 'demandes',
    }),
    '/enquetes/vagues/:vague/repondre': async () => ({
      url: `/enquetes/vagues/${await creerVague(app.base.owner, app.contratId)}/repondre`,
      champs: AVIS,
      table: 'enquete_textes',
    }),
    '/enquetes/invitation/:invitation': async () => {
      const vague = await creerVague(app.base.owner, app.contratId, { acces: 'invitation' });
      return { url: `/enquetes/invitation/${await creerInvitation(app.base.owner, app.contratId, vague)}`, champs: AVIS, table: 'enquete_textes' };
    },
    '/enquetes/vagues/:vague/inviter': async () => ({
      url: `/enquetes/vagues/${await creerVague(app.base.owner, app.contratId, { acces: 'invitation' })}/inviter`,
      champs: { adresses: 'une@exemple.fr' },
      table: 'enquete_invitations',
    }),
    '/bilan': () => ({ url: '/bilan', champs: { annee: '2026', territoire: 'mairie-18', format: 'csv' }, table: 'travaux' }),
    '/registres/:registre/nouveau': () => ({
      url: '/registres/formations/nouveau',
      champs: { ...FORMATION, ...Object.fromEntries(Object.entries(DONNEES).map(([cle, v]) => [`donnees.${cle}`, v])) },
      table: 'activites',
    }),
    '/registres/:registre/listes': () => ({
      url: '/registres/formations/listes',
      champs: { champ: 'theme', libelle: 'Thème neuf' },
      table: 'listes_extensions',
    }),
    '/registres/:registre/imports': async () => ({
      url: '/registres/formations/imports',
      champs: {},
      table: 'lots',
      fichier: {
        champ: 'fichier',
        nom: 'formations.csv',
        contenu: `${(await app.get('/registres/formations/modele.csv', COORDINATION)).body.split('\n')[0]}\n14/03/2026;Session\n`,
      },
    }),
    '/lieux/imports': () => ({
      url: '/lieux/imports',
      champs: { type: 'qpv', source: 'Essai', licence: 'Licence Ouverte 2.0' },
      table: 'lieu_imports',
      fichier: { champ: 'fichier', nom: 'lieux.csv', contenu: 'code;nom;lon;lat\nQ1;Quartier essayé;2.35;48.89\n' },
    }),
    '/seances/:id/reserver': async (moi) => {
      const id = await creerSeance(app.base.owner, app.contratId, await sieger(moi.courriel), { jour: JOUR, etat: 'preparation', points: ['Un point'] });
      return { url: `/seances/${id}/reserver`, champs: { confirme: 'oui' }, table: 'seances' };
    },
    '/observatoire/imports': () => ({
      url: '/observatoire/imports',
      champs: { serie: 'population' },
      table: 'travaux',
      fichier: { champ: 'fichier', nom: 'population.csv', contenu: 'CODGEO;PMUN23\n75118;1000\n' },
    }),
    '/decisions/cibles/:mesure': async () => ({
      url: '/decisions/cibles/2.1-01a',
      champs: {
        acte: 'fixer',
        annee: '2026',
        sens: 'au-moins',
        valeur: '60',
        territoire: 'mairie-18',
        vu: '0',
        decision: await decisionDe(app, await instance(), { fiche: '2.1', nature: 'decision' }),
      },
      table: 'cibles',
    }),
    '/signalements/imports': () => ({
      url: '/signalements/imports',
      champs: { portee: 'tout' },
      table: 'travaux',
      fichier: { champ: 'fichier', nom: 'dmr.csv', contenu: 'a;b\n1;2\n' },
    }),
    '/instances/types/:type': () => ({ url: '/instances/types/rav', champs: {}, table: 'instances', n: 17 }),
    '/instances/nouvelle': () => ({
      url: '/instances/nouvelle',
      champs: { nom: 'Groupe de travail', territoire: 'mairie-18', porteur: 'DPMP', confidentialite: 'partenaires', duree_minutes: '90', heure: '09:30' },
      table: 'instances',
    }),
    '/instances/:id/demandes': async (moi) => ({
      url: `/instances/${await sieger(moi.courriel)}/demandes`,
      champs: { titre: 'Éclairage du square', expose: '' },
      table: 'instance_demandes',
    }),
    '/instances/:id/declarer': async () => ({
      url: `/instances/${await instance()}/declarer`,
      champs: { jour: '2026-02-03', presents: '12' },
      table: 'seances',
    }),
    '/instances/:id/membres/nouveau': async () => ({
      url: `/instances/${await instance()}/membres/nouveau`,
      champs: { qualite: 'membre', fonction: 'Commissaire central', organisation: 'PP', nom: '', courriel: '', debut: '2026-01-01', fin: '' },
      table: 'instance_membres',
    }),
    '/instances/:id/rattachements/nouveau': async () => ({
      url: `/instances/${await instance()}/rattachements/nouveau`,
      champs: { parente: await instance(), debut: '2030-01-01' },
      table: 'instance_rattachements',
    }),
    '/instances/:id/remontees/nouvelle': async () => ({
      url: `/instances/${await instance()}/remontees/nouvelle`,
      champs: { vers: await instance(), nature: 'avis', titre: 'Avis sur le square' },
      table: 'instance_remontees',
    }),
    '/instances/:id/problemes/nouveau': async () => ({ url: `/instances/${await instance()}/problemes/nouveau`, champs: PROBLEME, table: 'problemes' }),
    '/instances/:id/recurrents/nouveau': async () => ({
      url: `/instances/${await instance()}/recurrents/nouveau`,
      champs: { titre: 'Tour de table' },
      table: 'points_recurrents',
    }),
    '/problemes/:id/liens': async () => {
      const ouvert = await app.post(`/instances/${await instance()}/problemes/nouveau`, PROBLEME, AU_18E);
      return { url: `${String(ouvert.headers.location)}/liens`, champs: { objet: await enregistrement() }, table: 'instance_liens' };
    },
    '/seances/:id/liens': async () => ({
      url: `/seances/${await seance('preparation')}/liens`,
      champs: { objet: await enregistrement() },
      table: 'instance_liens',
    }),
    '/instances/:id/seances/nouvelle': async () => ({ url: `/instances/${await instance()}/seances/nouvelle`, champs: SEANCE, table: 'seances' }),
    '/seances/:id/points': async () => ({
      url: `/seances/${await seance('preparation')}/points`,
      champs: { titre: 'Point libre', minutes: '10' },
      table: 'seance_points',
    }),
    '/seances/:id/documents': async () => ({
      url: `/seances/${await seance('preparation')}/documents`,
      champs: { titre: 'Rapport' },
      table: 'seance_documents',
      fichier: { champ: 'fichier', nom: 'rapport.pdf', contenu: '%PDF-1.7 essai' },
    }),
    '/seances/:id/points-ajoutes': async () => ({
      url: `/seances/${await seance('ouverte')}/points-ajoutes`,
      champs: { titre: 'Point de dernière minute' },
      table: 'seance_points',
    }),
    '/seances/:id/participants': async () => ({
      url: `/seances/${await seance('ouverte')}/participants`,
      champs: { nom: 'Invitée', fonction: '', organisation: 'VILLE' },
      table: 'seance_participants',
    }),
    '/seances/:id/decisions': async () => ({ url: `/seances/${await seance('ouverte')}/decisions`, champs: DECISION, table: 'decisions' }),
    '/seances/:id/votes': async () => {
      const id = await seance('ouverte');
      const { rows } = await sql<{ point: string }>`select id as point from seance_points where seance_id = ${id}::uuid`.execute(app.base.owner);
      const champs = { point: rows[0]?.point ?? '', objet: 'Le calendrier', pour: '3', contre: '0', abstention: '1' };
      return { url: `/seances/${id}/votes`, champs, table: 'seance_votes' };
    },
    '/seances/:id/amender': async (moi) => {
      const id = await creerSeance(app.base.owner, app.contratId, await sieger(moi.courriel), { jour: '2026-02-03', etat: 'relecture' });
      await sql`update seances set relecture_jusqu_a = current_date + 5 where id = ${id}::uuid`.execute(app.base.owner);
      await sql`update seance_participants set nom = 'Une personne', presence = 'present' where seance_id = ${id}::uuid`.execute(app.base.owner);
      return { url: `/seances/${id}/amender`, champs: { texte: 'Lire « nord » et non « sud ».' }, table: 'seance_amendements' };
    },
    '/decisions/nouvelle': async () => ({ url: '/decisions/nouvelle', champs: { ...DECISION, instance: await instance() }, table: 'decisions' }),
    '/calendrier/abonnement': () => ({ url: '/calendrier/abonnement', champs: { acte: 'creer' }, table: 'calendrier_flux' }),
    '/mon-compte/jetons': () => ({ url: '/mon-compte/jetons', champs: { nom: 'Tableur', portees: 'lire', jours: '30' }, table: 'jetons_api' }),
    '/mon-compte/delegations': async (moi) => {
      await app.temoin({ ...COORDINATION });
      const collegue = await dernierCompte();
      // A coordination's mandate is lent by two people: what is made at once is the proposal.
      const { rows } = await sql<{ id: string }>`select id from mandats where compte_id = ${moi.id}::uuid`.execute(app.base.owner);
      const jour = jourDans();
      return { url: '/mon-compte/delegations', champs: { mandat: rows[0]?.id ?? '', compte: collegue.id, debut: jour, fin: jour }, table: 'propositions' };
    },
    '/comptes/inviter': () => ({
      url: '/comptes/inviter',
      champs: { ...MANDAT, courriel: 'invitee@exemple.fr', nom: 'Invitée', fonction: 'Agent', organisation: 'DPMP' },
      table: 'liens',
    }),
    '/comptes/:id/mandats': async () => {
      await app.temoin({ comme: 'agent', organisation: 'DPMP' });
      return { url: `/comptes/${(await dernierCompte()).id}/mandats`, champs: MANDAT, table: 'mandats' };
    },
    '/dpo/demandes/nouvelle': () => ({
      url: '/dpo/demandes/nouvelle',
      champs: { recue_le: '2026-11-02', nature: 'acces', demandeur: 'C. E.', moyen: 'courriel', objet: 'Copie de ce que vous avez sur moi' },
      table: 'demandes_droits',
    }),
    '/api/v1/registres/:registre': () => ({ url: '/api/v1/registres/formations', champs: {}, table: 'activites' }),
    '/api/v1/contributions': () => ({ url: '/api/v1/contributions', champs: {}, table: 'valeurs' }),
  };
  const QUI: Record<string, Qui> = {
    ...Object.fromEntries(['/alertes/nouvelle', '/alertes/rixes/apprise'].map((c) => [c, COORDINATION])),
    '/observatoire/imports': COORDINATION,
    '/decisions/cibles/:mesure': COORDINATION,
    '/dpo/demandes/nouvelle': { comme: 'dpo', organisation: 'DPMP' },
    // The mairie of the place, which does not owe it.
    '/chiffres/:mesure/contre-valeurs': { comme: 'coordonnateur', organisation: 'DPMP', territoire: 'mairie-12' },
  };
  const NATIONALES =
    /^\/(annuaire|cellules|chiffres|crises|collecte|comptes|mon-compte|bilan|registres|lieux|signalements|enquetes|instances\/types|conventions\/import$|documents-diffuses|api\/v1\/contributions)/;

  const envoyer = (route: Route, e: Exemple, cookie: string, cle: string | null): Promise<LightMyRequestResponse> => {
    const champs = { ...e.champs, ...(cle ? { _cle: cle } : {}) };
    if (route.options.api)
      return app.serveur.inject({
        method: 'POST',
        url: e.url,
        headers: { cookie, ...(cle ? { 'idempotency-key': cle } : {}) },
        payload: route.chemin === '/api/v1/contributions' ? CONTRIBUTIONS : { ...FORMATION, donnees: { ...DONNEES, participants: 3 } },
      });
    if (!e.fichier)
      return app.serveur.inject({
        method: 'POST',
        url: e.url,
        headers: { cookie, 'content-type': 'application/x-www-form-urlencoded' },
        payload: new URLSearchParams(champs).toString(),
      });
    const parts = Object.entries(champs).map(([nom, v]) => `--lim\r\ncontent-disposition: form-data; name="${nom}"\r\n\r\n${v}\r\n`);
    const { champ, nom, contenu } = e.fichier;
    const joint = `--lim\r\ncontent-disposition: form-data; name="${champ}"; filename="${nom}"\r\ncontent-type: application/octet-stream\r\n\r\n${contenu}\r\n--lim--\r\n`;
    return app.serveur.inject({
      method: 'POST',
      url: e.url,
      headers: { cookie, 'content-type': 'multipart/form-data; boundary=lim' },
      payload: parts.join('') + joint,
    });
  };
  const compter = async (table: string) =>
    (await sql<{ n: number }>`select count(*)::int as n from ${sql.table(table)} where contrat_id = ${app.contratId}`.execute(app.base.owner)).rows[0]?.n ?? -1;
  const preparer = async (route: Route): Promise<{ e: Exemple; cookie: string }> => {
    const exemple = EXEMPLES[route.chemin];
    if (!exemple) throw new Error(`Donnez un exemple de formulaire à ${route.chemin}.`);
    const qui = QUI[route.chemin] ?? (NATIONALES.test(route.chemin) ? COORDINATION : AU_18E);
    const cookie = await app.temoin(qui);
    return { cookie, e: { qui, ...(await exemple(await dernierCompte())) } };
  };
  const dite = (r: LightMyRequestResponse) => [r.statusCode, r.headers.location ?? null, r.body];

  test('deux fois au même instant, puis encore une fois : la même réponse, un seul enregistrement, sur chaque route qui crée', async () => {
    // By a token alone: open311.test sends its forms twice.
    const creatrices = routes.filter((r) => r.options.creation && !r.options.cleApi);
    expect(creatrices.map((r) => r.chemin).sort()).toEqual(Object.keys(EXEMPLES).sort());
    for (const route of creatrices) {
      const { e, cookie } = await preparer(route);
      const avant = await compter(e.table);
      const cle = `cle-${Math.random()}`;
      const [une, deux] = await Promise.all([envoyer(route, e, cookie, cle), envoyer(route, e, cookie, cle)]);
      const trois = await envoyer(route, e, cookie, cle);
      expect([
        route.chemin,
        une.statusCode,
        une.statusCode < 400 ? '' : (/govuk-error-(?:summary__list|message)">(.{0,300})/.exec(une.body)?.[1] ?? une.body.slice(0, 500)),
      ]).toEqual([route.chemin, route.options.api ? 201 : une.statusCode, '']);
      expect([route.chemin, ...dite(deux)]).toEqual([route.chemin, ...dite(une)]);
      expect([route.chemin, ...dite(trois)]).toEqual([route.chemin, ...dite(une)]);
      expect([route.chemin, e.table, (await compter(e.table)) - avant]).toEqual([route.chemin, e.table, e.n ?? 1]);
    }
  });

  test('sans clé, deux envois font deux enregistrements ; ce qui a été changé entre-temps est un autre formulaire', async () => {
    const route = routes.find((r) => r.chemin === '/registres/:registre/nouveau' && r.methode === 'POST') as Route;
    const { e, cookie } = await preparer(route);
    const avant = await compter('activites');
    await Promise.all([envoyer(route, e, cookie, null), envoyer(route, e, cookie, null)]);
    expect((await compter('activites')) - avant).toBe(2);
    const autre = { ...e, champs: { ...e.champs, titre: 'Session de l’après-midi' } };
    const [une, deux] = [await envoyer(route, e, cookie, 'cle-du-retour'), await envoyer(route, autre, cookie, 'cle-du-retour')];
    expect(une.headers.location).not.toBe(deux.headers.location);
    expect((await compter('activites')) - avant).toBe(4);
  });

  test('une saisie refusée ne prend pas la clé ; la clé d’une autre personne n’ouvre rien', async () => {
    const route = routes.find((r) => r.chemin === '/instances/nouvelle' && r.methode === 'POST') as Route;
    const { e, cookie } = await preparer(route);
    const faute = await envoyer(route, { ...e, champs: { ...e.champs, heure: 'midi' } }, cookie, 'cle-corrigee');
    expect(faute.statusCode).toBe(422);
    expect(faute.body).not.toContain('cle-corrigee');
    const bonne = await envoyer(route, e, cookie, 'cle-corrigee');
    expect(bonne.statusCode).toBe(303);
    const voisine = await envoyer(route, e, await app.temoin(AU_18E), 'cle-corrigee');
    expect([voisine.statusCode, voisine.headers.location === bonne.headers.location]).toEqual([303, false]);
  });

  test('une réponse qui n’a rien fait, « confirmez qui vous êtes », ne prend pas la clé', async () => {
    const cookie = await app.temoin(COORDINATION);
    const { id } = await dernierCompte();
    const confirmee = (quand: string) => sql`update sessions set confirmee_le = ${quand}::timestamptz where compte_id = ${id}::uuid`.execute(app.base.owner);
    const creer = () =>
      app.serveur.inject({
        method: 'POST',
        url: '/mon-compte/jetons',
        headers: { cookie, 'content-type': 'application/x-www-form-urlencoded' },
        payload: 'nom=Tableur&portees=lire&jours=30&_cle=cle-avant-confirmation',
      });
    await confirmee('2020-01-01');
    expect((await creer()).headers.location).toMatch(/^\/confirmer/);
    await confirmee(new Date().toISOString());
    expect((await creer()).statusCode).toBe(200);
  });

  test('par l’API : même clé et autre contenu, 422 ; clé mal formée, 422', async () => {
    const cookie = await app.temoin(COORDINATION);
    const poster = (titre: string, cle: string) =>
      app.serveur.inject({
        method: 'POST',
        url: '/api/v1/registres/formations',
        headers: { cookie, 'idempotency-key': cle },
        payload: { ...FORMATION, titre, donnees: { ...DONNEES, participants: 3 } },
      });
    const une = await poster('Par l’API', 'cle-api-000001');
    expect([une.statusCode, (await poster('Par l’API', 'cle-api-000001')).json()]).toEqual([201, une.json()]);
    const autre = await poster('Autre titre', 'cle-api-000001');
    expect([autre.statusCode, autre.json<{ title: string }>().title]).toEqual([422, expect.stringContaining('a déjà servi pour un autre contenu')]);
    expect((await poster('x', 'court')).statusCode).toBe(422);
  });

  test('ce qui est gardé d’une réponse ne se lit pas sans la clé du formulaire', async () => {
    const cookie = await app.temoin(COORDINATION);
    const r = await app.serveur.inject({
      method: 'POST',
      url: '/mon-compte/jetons',
      headers: { cookie, 'content-type': 'application/x-www-form-urlencoded' },
      payload: 'nom=Tableur&portees=lire&jours=30&_cle=cle-du-jeton-cree',
    });
    const { rows } = await sql<{ reponse: Buffer; ligne: string }>`
      select reponse, s::text as ligne from soumissions s where route = 'POST /mon-compte/jetons' order by le desc limit 1`.execute(app.base.owner);
    expect([r.statusCode, (rows[0]?.reponse.length ?? 0) > 500]).toEqual([200, true]);
    expect(rows[0]?.reponse.toString('latin1')).not.toContain('govuk');
    expect(rows[0]?.ligne).not.toContain('cle-du-jeton-cree');
  });

  test('les pages publiques gardées en mémoire n’ont jamais la clé d’une autre personne', async () => {
    const cle = async () => /name="_cle" value="([^"]+)"/.exec((await app.get('/connexion')).body)?.[1];
    const [une, deux] = [await cle(), await cle()];
    expect(une).toMatch(/^[0-9a-f-]{36}$/);
    expect(une).not.toBe(deux);
  });
});
