/** Whatever can identify someone ends together, whichever act ends it. */
import { addNavigateur, countNavigateurs } from '../alertes/envois/navigateurs.queries.ts';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type AppDeTest, ouvrirApp } from '../../../tests/support/app.ts';
import { MOT_DE_PASSE, Navigateur, poserTotp } from '../../../tests/support/navigateur.ts';
import type { Role } from '../../core/authorize.ts';
import { createLien } from './connexion/connexion.queries.ts';
import { hacher } from './mot-de-passe.ts';
import { createCompte } from './sessions.queries.ts';

let app: AppDeTest;
beforeAll(async () => {
  app = await ouvrirApp();
});
afterAll(() => app.close());

let n = 0;
async function compte(role: Role, organisationId = 'DPMP') {
  const courriel = `revoque${++n}@exemple.fr`;
  const id = await createCompte(app.base.owner, app.contratId, {
    courriel,
    nom: `Révoqué ${n}`,
    fonction: 'Essai',
    organisationId,
    motDePasse: await hacher(MOT_DE_PASSE),
    demonstration: false,
    ordre: 0,
    mandats: [{ role, territoireId: null, fiche: null }],
    accordePar: 'essai',
    debut: '2020-01-01',
  });
  const nav = new Navigateur(app);
  await nav.entrer(courriel);
  return { courriel, id: id ?? '', nav };
}
const lien = (genre: 'mot_de_passe' | 'invitation', courriel: string, compteId: string, organisation = 'DPMP') =>
  createLien(
    app.base.owner,
    app.contratId,
    {
      genre,
      courriel: genre === 'invitation' ? `invite-${courriel}` : courriel,
      compteId: genre === 'invitation' ? null : compteId,
      charge: {
        nom: 'Invité',
        fonction: 'x',
        organisation,
        mandat: { role: 'agent', territoireId: null, fiche: null, debut: '2020-01-01', fin: null },
        accordePar: 'x',
      },
      heures: 5,
      par: genre === 'invitation' ? { id: compteId, forte: true } : null,
    },
    new Date(),
  );

type Porte = () => Promise<boolean>;
/** Someone with one of everything, and how to try each: true when it still opens. Keys are the columns that recognise it. */
async function equiper(role: Role = 'coordination', organisation = 'DPMP') {
  const { courriel, id, nav } = await compte(role, organisation);
  const { code } = await poserTotp(nav);
  await sql`update comptes set gestionnaire = true where id = ${id}::uuid`.execute(app.base.owner);
  await sql`insert into cles_acces (contrat_id, id, compte_id, cle_publique, nom) values (${app.contratId}, ${`cle-${id}`}, ${id}::uuid, 'x', 'Clé')`.execute(
    app.base.owner,
  );
  const jeton = /cc_[\w-]{43}/.exec((await nav.post('/mon-compte/jetons', { nom: 'Logiciel', portees: ['lire'], jours: '30' })).body)?.[0] ?? '';
  const flux = /\/calendrier\/flux\/[\w-]{32}\.ics/.exec((await nav.post('/calendrier/abonnement', { acte: 'creer' })).body)?.[0] ?? '';
  const reinitialiser = await lien('mot_de_passe', courriel, id);
  const inviter = await lien('invitation', courriel, id, organisation);
  const autre = new Navigateur(app);
  await autre.entrer(courriel);
  await autre.post('/connexion/second-facteur', { code: code(0) });
  const commencee = new Navigateur(app);
  await commencee.entrer(courriel);
  const ouvre = async (url: string, entetes = {}) =>
    (await app.serveur.inject({ url, headers: entetes, remoteAddress: `10.9.${++n % 250}.1` })).statusCode === 200;
  await addNavigateur(app.base.owner, app.contratId, { compteId: id, empreinte: id.replaceAll('-', ''), ferme: Buffer.from('clos'), quand: new Date() });
  const prevenu = async () => (await countNavigateurs(app.base.owner, app.contratId, id)) > 0;
  const portes: Record<string, Porte> = {
    'sessions.empreinte': async () => (await autre.get('/mon-compte')).statusCode === 200,
    'jetons_api.empreinte': () => ouvre('/api/v1/registres/formations?limite=1', { authorization: `Bearer ${jeton}` }),
    'calendrier_flux.empreinte': () => ouvre(flux),
    'alerte_navigateurs.empreinte': prevenu,
    'alerte_navigateurs.ferme': prevenu,
    'liens.empreinte (mot de passe)': () => ouvre(`/connexion/lien?jeton=${reinitialiser}`),
    'liens.empreinte (invitation)': () => ouvre(`/invitation?jeton=${inviter}`),
    'etapes.empreinte': async () => (await commencee.get('/connexion/second-facteur')).statusCode === 200,
  };
  return { courriel, id, nav, portes };
}
/** Factors: they prove who one is and end with the account, not with what they opened. */
const FACTEURS = ['comptes.mot_de_passe', 'comptes.totp', 'codes_secours.empreinte', 'cles_acces.cle_publique'];
/** Digests of contents, and keys that sign: they identify nobody. */
const CONTENUS = [
  // The pair of keys that signs notices: the server’s.
  'alerte_cles.ferme',
  // Of a message relayed as it was said.
  'messages_relayes.empreinte',
  // Of what was checked of a number, and of what was approved.
  'secours_verifications.empreinte',
  'seance_approbation_reponses.empreinte',
  // Of an address that follows something: what ends it is a link, whatever becomes of an account.
  'abonnement_demandes.empreinte',
  'abonnes.empreinte',
  // A browser that has signed in: it opens nothing, a password is asked there as elsewhere.
  'appareils.empreinte',
  'audit.empreinte',
  'audit_purges.empreinte',
  'audit_sceaux.cle_publique',
  'audit_sceaux.empreinte',
  'audit_sceaux.signature',
  'audit_tetes.empreinte',
  // The code of a report: nobody’s account, it opens what its holder said.
  'demande_suiveurs.empreinte',
  'contrat_chargements.empreinte',
  'contrat_objets.empreinte',
  'courriels.ferme',
  // What stood after « + » in an address: it opens nothing, the seal itself does.
  'courriels_recus.empreinte',
  // One answer to a survey, tied to nobody: the form opens whatever becomes of an account.
  'enquete_invitations.empreinte',
  'lots.empreinte',
  // A number drawn for a place.
  'adresses_comptees.jeton',
  // Of the entries of a room, each with the one before.
  'main_courante.empreinte',
  'main_courante_tetes.empreinte',
  'mesure_formules.empreinte',
  'migrations.empreinte',
  // Of a word that found nothing, never of a person.
  'recherche_manques.empreinte',
  'releves.empreinte',
  'seance_approbations.empreinte',
  'syntheses.empreinte',
  // Kept closed, and only ever given back to the provider that made it.
  'sessions.id_token',
];
const etat = async (portes: Record<string, Porte>) => {
  const vu: Record<string, boolean> = {};
  for (const [nom, essayer] of Object.entries(portes)) vu[nom] = await essayer();
  return vu;
};
const toutes = (portes: Record<string, Porte>, ouvert: boolean) => Object.fromEntries(Object.keys(portes).map((p) => [p, ouvert]));
const avis = async (courriel: string) =>
  (await sql<{ texte: string }>`select texte from courriels where destinataire = ${courriel} order by cree_le desc, id`.execute(app.base.owner)).rows
    .map((r) => r.texte)
    .join('\n');

describe('Tout prend fin ensemble', () => {
  test('chaque colonne de la base qui reconnaît quelqu’un est essayée ici, ou dite sans effet', async () => {
    const { rows } = await sql<{ c: string }>`
      select c.table_name || '.' || c.column_name as c from information_schema.columns c
      join information_schema.tables t using (table_schema, table_name)
      where c.table_schema = 'public' and t.table_type = 'BASE TABLE'
        and c.column_name ~ '(empreinte|jeton|token|secret|signature|cle_publique|mot_de_passe|^totp$|ferme$)' and c.data_type in ('bytea', 'text')
      order by 1`.execute(app.base.owner);
    const { portes } = await equiper();
    const essayees = new Set(Object.keys(portes).map((p) => p.split(' ')[0] ?? ''));
    const connues = new Set([...essayees, ...FACTEURS, ...CONTENUS]);
    expect(rows.map((r) => r.c).filter((c) => !connues.has(c))).toEqual([]);
    expect([...essayees].filter((c) => !rows.some((r) => r.c === c))).toEqual([]);
    expect(await etat(portes)).toEqual(toutes(portes, true));
  });

  type Acte = (p: Awaited<ReturnType<typeof equiper>>, chef: Navigateur) => Promise<unknown>;
  const actes: Record<string, Acte> = {
    'choisir un nouveau mot de passe': ({ nav }) => nav.post('/mon-compte/mot-de-passe', { mot_de_passe: 'Encore une phrase, 9 mots' }),
    'choisir un nouveau mot de passe par le lien reçu': async ({ courriel, id }) =>
      new Navigateur(app).post('/connexion/lien', { jeton: await lien('mot_de_passe', courriel, id), mot_de_passe: 'Encore une phrase, 9 mots' }),
    'changer d’application': async ({ nav }) => (await poserTotp(nav)).pose,
    'retirer l’application': ({ nav }) => nav.post('/mon-compte/second-facteur/retirer'),
    'retirer une clé': ({ nav, id }) => nav.post('/mon-compte/cles/retirer', { cle: `cle-${id}` }),
    'tout fermer ailleurs': ({ nav }) => nav.post('/mon-compte/sessions', { tout: '1' }),
    'le gestionnaire ferme ses accès': ({ id }, chef) => chef.post(`/comptes/${id}/acces/fermer`),
    'le compte est fermé': ({ id }, chef) => chef.post(`/comptes/${id}/fermer`, { confirme: '1' }),
  };
  test.each(Object.keys(actes))('%s : sessions, jetons, calendriers, liens et connexions commencées ne s’ouvrent plus, et un message le dit', async (nom) => {
    const chef = await compte('coordination', 'MAIRIE');
    await poserTotp(chef.nav);
    const p = await equiper('agent');
    expect(await etat(p.portes)).toEqual(toutes(p.portes, true));
    const avant = await avis(p.courriel);
    await actes[nom]?.(p, chef.nav);
    expect(await etat(p.portes)).toEqual(toutes(p.portes, false));
    const dit = (await avis(p.courriel)).replace(avant, '');
    for (const mot of ['Ont pris fin', 'jeton de l’API', 'adresse de calendrier', 'session']) expect(dit).toContain(mot);
  });

  test('le départ d’une organisation ferme tout de chacun', async () => {
    const chef = await compte('coordination', 'MAIRIE');
    await poserTotp(chef.nav);
    const p = await equiper('agent', 'RATP');
    expect((await chef.nav.post('/comptes/organisations/RATP/fermer')).statusCode).toBe(303);
    expect(await etat(p.portes)).toEqual(toutes(p.portes, false));
    expect(await avis(p.courriel)).toContain('Votre organisation quitte le contrat');
    const { rows } = await sql<{ n: number }>`
      select (select count(*) from cles_acces where compte_id = ${p.id}::uuid)::int + (select count(*) from codes_secours where compte_id = ${p.id}::uuid)::int
        + (select count(*) from comptes where id = ${p.id}::uuid and totp is not null)::int as n`.execute(app.base.owner);
    expect(rows[0]?.n).toBe(0);
  });

  test('sans aucun facteur restant, la session n’est plus forte et les codes de secours ne valent plus rien', async () => {
    const p = await equiper('coordination');
    expect((await p.nav.get('/comptes')).statusCode).toBe(200);
    await p.nav.post('/mon-compte/cles/retirer', { cle: `cle-${p.id}` });
    expect((await p.nav.get('/comptes')).statusCode).toBe(200);
    await p.nav.post('/mon-compte/second-facteur/retirer');
    expect((await p.nav.get('/comptes')).statusCode).toBe(403);
    const { rows } = await sql`select 1 from codes_secours where compte_id = ${p.id}::uuid`.execute(app.base.owner);
    expect(rows).toHaveLength(0);
  });

  test('une invitation ne donne que ce que son auteur peut encore donner', async () => {
    const chef = await compte('coordination', 'MAIRIE');
    await poserTotp(chef.nav);
    const jeton = await lien('invitation', chef.courriel, chef.id);
    const ouvrir = async () => (await new Navigateur(app).get(`/invitation?jeton=${jeton}`)).statusCode;
    expect(await ouvrir()).toBe(200);
    await sql`update liens set forte = default where cree_par = ${chef.id}::uuid`.execute(app.base.owner);
    expect(await ouvrir()).toBe(404);
    await sql`update liens set forte = true where cree_par = ${chef.id}::uuid`.execute(app.base.owner);
    await sql`update mandats set fin = current_date - 1 where compte_id = ${chef.id}::uuid`.execute(app.base.owner);
    expect(await ouvrir()).toBe(404);
    expect((await new Navigateur(app).post('/invitation', { jeton, nom: 'Entrée', mot_de_passe: MOT_DE_PASSE })).statusCode).toBe(404);
  });
});
