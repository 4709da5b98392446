/** The mailed link of a convocation: what it opens, to whom, until when, and what is noted of it. */
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { creerInstance, creerMembre, creerSeance } from '../../instances/instances.fixtures.ts';
import { type AppDeTest, ouvrirApp } from '../../../../tests/support/app.ts';
import { courriels } from '../../../../tests/support/courriels.ts';
import { inTransaction } from '../../../core/base/database.ts';
import { HOUSE } from '../../../modules.ts';
import { aLHeureDeParis } from '../../../../tests/support/fuseau.ts';
import { fermerCompte } from '../../comptes/gestion/gestion.queries.ts';
import { adressesDuSiege } from '../../instances/index.ts';
import { openPagesGardees, type PagesGardees } from '../../../core/http/kept-pages.ts';
import { createCompte } from '../../comptes/sessions.queries.ts';
import { testDatabase } from '../../../../tests/support/database.ts';
import { lireFormulaire } from '../../../../tests/support/formulaire.ts';
import { jourDans } from '../../../../tests/support/jours.ts';

const AU_18E = { comme: 'coordonnateur', organisation: 'DPMP', territoire: 'mairie-18' } as const;
const jour = jourDans;
let app: AppDeTest;
let pages: PagesGardees;
beforeAll(async () => {
  // As in production: pages that the public reads are kept.
  const base = await testDatabase();
  const { rows } = await sql<{ id: number }>`select id from contrats where slug = 'paris-2023-2026'`.execute(base.owner);
  pages = await openPagesGardees(await base.service(rows[0]?.id ?? 0));
  app = await ouvrirApp({ base, pages });
});
afterAll(async () => {
  await app.close();
  await pages.close();
  await app.base.close();
});

interface Convoquee {
  instance: string;
  siege: string;
  seance: string;
  lien: string;
  document: string;
}
const lienDe = (texte: string) => /\/invitations\/[0-9a-f-]{36}\/[\w-]+/.exec(texte)?.[0] ?? '';
const liens = async (seance: string, a: string) => (await courriels(app, `/seances/${seance}`)).filter((c) => c.destinataire === a).map((c) => lienDe(c.texte));
async function convoquer(confidentialite: 'restreinte' | 'partenaires', dans = 10): Promise<Convoquee> {
  const { owner } = app.base;
  const instance = await creerInstance(owner, app.contratId, { territoire: 'mairie-18', porteur: 'DPMP', nom: 'Groupe Ombrelle', confidentialite });
  const siege = await creerMembre(owner, app.contratId, instance, {
    organisation: 'PP',
    courriel: 'membre@exemple.fr',
    nom: 'Ada',
    fonction: 'Commissaire Ombrelle',
  });
  await creerMembre(owner, app.contratId, instance, { organisation: 'PM', courriel: 'autre@exemple.fr', nom: 'Bo', fonction: 'Cheffe Ombrelle' });
  const seance = await creerSeance(owner, app.contratId, instance, { titre: 'Séance Ombrelle', jour: jour(dans), points: ['Point Ombrelle'] });
  const { rows } = await sql<{ id: string }>`
    insert into seance_documents (contrat_id, seance_id, titre, nom, type, contenu, octets, depose_par, depose_le)
    values (${app.contratId}, ${seance}::uuid, 'Document Ombrelle', 'a.pdf', 'application/pdf', 'Ombrelle', 8, 'x', now()) returning id`.execute(owner);
  expect((await app.post(`/seances/${seance}/convoquer`, {}, AU_18E)).statusCode).toBe(303);
  const [lien = ''] = await liens(seance, 'membre@exemple.fr');
  return { instance, siege, seance, lien, document: `${lien}/documents/${rows[0]?.id}` };
}
const enTexte = (html: string): string => html.replace(/<[^>]*>/g, '').replace(/[\s\u00a0\u202f]+/g, ' ');
/** An account of that address, opened then closed as who manages it closes it. */
const fermer = aLHeureDeParis(async (courriel: string, nom: string) => {
  const id = await createCompte(app.base.owner, app.contratId, {
    ...{ courriel, nom, fonction: '', organisationId: 'PP', motDePasse: null, demonstration: false, ordre: 0, mandats: [] },
    ...{ accordePar: 'essai', debut: '2020-01-01' },
  });
  await inTransaction(app.db, { contratId: app.contratId }, (tx) =>
    fermerCompte(tx, app.contratId, id ?? '', { jour: jour(0), par: 'essai', maintenant: new Date(), ailleurs: HOUSE.titres }),
  );
});
/** A body with its secretary and a member who has a substitute. */
async function groupe(nom: string, confidentialite: 'restreinte' | 'partenaires' = 'partenaires') {
  const { owner } = app.base;
  const { contratId } = app;
  const instance = await creerInstance(owner, contratId, { territoire: 'mairie-18', porteur: 'DPMP', nom, confidentialite });
  const a = (qui: string) => `${qui}-${instance.slice(0, 8)}@exemple.fr`;
  await creerMembre(owner, contratId, instance, { organisation: 'DPMP', qualite: 'secretaire', nom: 'Nadia Benali', courriel: a('nadia') });
  const siege = await creerMembre(owner, contratId, instance, { organisation: 'PP', nom: 'Paul Petit', fonction: 'Commissaire', courriel: a('paul') });
  await sql`update instance_membres set suppleant_nom = 'Anne Durand', suppleant_courriel = ${a('anne')} where id = ${siege}::uuid`.execute(owner);
  return { instance, siege, a };
}
const lireUn = async <T>(requete: ReturnType<typeof sql<T>>): Promise<T | undefined> => (await requete.execute(app.base.owner)).rows[0];
const statuts = async (c: Convoquee) => [(await app.get(c.lien)).statusCode, (await app.get(c.document)).statusCode];
async function attendreFermee(c: Convoquee, phrase: string) {
  expect(await statuts(c)).toEqual([410, 410]);
  const page = (await app.get(c.lien)).body;
  expect(page).toContain(phrase);
  for (const corps of [page, (await app.get(c.document)).body]) expect(corps).not.toContain('Ombrelle');
  const reponse = await app.post(c.lien, { reponse: 'accepte' });
  expect(reponse.statusCode).toBe(410);
  const { rows } = await sql`select 1 from seance_participants where seance_id = ${c.seance}::uuid and reponse is not null`.execute(app.base.owner);
  expect(rows).toHaveLength(0);
}

describe('Le lien d’une convocation', () => {
  let c: Convoquee;
  beforeEach(async () => {
    c = await convoquer('partenaires');
    expect(await statuts(c)).toEqual([200, 200]);
  });
  const maj = (requete: ReturnType<typeof sql>) => requete.execute(app.base.owner);

  test('ne s’ouvre plus quand le siège a fini, sans rien dire de la séance', async () => {
    await maj(sql`update instance_membres set fin = current_date - 1 where id = ${c.siege}::uuid`);
    await attendreFermee(c, 'n’est plus convié');
  });
  test('ne s’ouvre plus quand le compte de la personne est fermé, même si son siège est encore à son nom', async () => {
    await createCompte(app.base.owner, app.contratId, {
      courriel: 'membre@exemple.fr',
      nom: 'Ada',
      fonction: 'Commissaire',
      organisationId: 'PP',
      motDePasse: null,
      demonstration: false,
      ordre: 0,
      mandats: [],
      accordePar: 'essai',
      debut: '2020-01-01',
    });
    expect(await statuts(c)).toEqual([200, 200]);
    await maj(sql`update comptes set ferme_le = now() where courriel = 'membre@exemple.fr'`);
    await attendreFermee(c, 'est fermé');
    await maj(sql`update comptes set ferme_le = null where courriel = 'membre@exemple.fr'`);
    expect(await statuts(c)).toEqual([200, 200]);
  });
  test('ne s’ouvre plus quand le participant est retiré de la séance, ni quand l’instance est close', async () => {
    await maj(sql`update instances set close_le = current_date where id = ${c.instance}::uuid`);
    await attendreFermee(c, 'n’est plus convié');
    await maj(sql`update instances set close_le = null where id = ${c.instance}::uuid`);
    expect(await statuts(c)).toEqual([200, 200]);
    await maj(sql`update seance_participants set retire_le = now() where seance_id = ${c.seance}::uuid and membre_id = ${c.siege}::uuid`);
    await attendreFermee(c, 'n’est plus convié');
  });
  test('ne s’ouvre plus quand la séance est annulée', async () => {
    expect((await app.post(`/seances/${c.seance}/annuler`, { motif: 'Grève Ombrelle' }, AU_18E)).statusCode).toBe(303);
    await attendreFermee(c, 'est annulée');
  });
  test('ne s’ouvre plus quand le relevé est arrêté', async () => {
    await maj(sql`update seances set etat = 'figee', figee_le = now() where id = ${c.seance}::uuid`);
    await attendreFermee(c, 'relevé est arrêté');
  });
  test('ne s’ouvre plus quelques jours après la séance, même avancée', async () => {
    await maj(sql`update seances set jour = current_date - 3 where id = ${c.seance}::uuid`);
    expect(await statuts(c)).toEqual([200, 200]);
    await maj(sql`update seances set jour = current_date - 4 where id = ${c.seance}::uuid`);
    await attendreFermee(c, 'a expiré');
  });
  test('ne s’ouvre plus quand une autre personne tient le siège : elle seule reçoit le sien', async () => {
    await maj(sql`update instance_membres set courriel = 'successeur@exemple.fr', nom = 'Cy' where id = ${c.siege}::uuid`);
    expect(await statuts(c)).toEqual([404, 404]);
    await app.post(`/seances/${c.seance}/convoquer`, {}, AU_18E);
    const [nouveau = ''] = await liens(c.seance, 'successeur@exemple.fr');
    expect((await app.get(nouveau)).statusCode).toBe(200);
  });
  test('le plus récent remplace les précédents', async () => {
    await app.post(`/seances/${c.seance}/convoquer`, {}, AU_18E);
    await attendreFermee(c, 'plus récente');
    const dernier = (await liens(c.seance, 'membre@exemple.fr')).at(-1) ?? '';
    expect((await app.get(dernier)).statusCode).toBe(200);
  });
  test('retouché, prolongé, porté sur un autre participant ou une autre séance : il n’a jamais existé', async () => {
    const [, , participant = '', signature = ''] = c.lien.split('/');
    const [sequence, fin, sceau = ''] = signature.split(/-(?=.)/, 3);
    const reste = signature.slice(`${sequence}-${fin}-`.length);
    expect(sceau).not.toBe('');
    const [autre = ''] = await liens(c.seance, 'autre@exemple.fr');
    const ailleurs = await convoquer('partenaires');
    for (const faux of [
      `/invitations/${participant}/${sequence}-${fin}-${reste.startsWith('A') ? 'B' : 'A'}${reste.slice(1)}`,
      `/invitations/${participant}/${sequence}-zzzz-${reste}`,
      `/invitations/${participant}/1-${fin}-${reste}`,
      `/invitations/${autre.split('/')[2]}/${signature}`,
      `/invitations/${ailleurs.lien.split('/')[2]}/${signature}`,
      '/invitations/pas-un-identifiant/0-0-x',
    ])
      expect([faux, (await app.get(faux)).statusCode]).toEqual([faux, 404]);
    // Those of before this, which never ended.
    expect((await app.get(`/invitations/${participant}/${'A'.repeat(32)}`)).statusCode).toBe(410);
  });
  test('chaque lecture, celle de chaque document aussi, est notée au nom du siège ; le lien n’est écrit nulle part', async () => {
    const [, , participant = '', signature = ''] = c.lien.split('/');
    // Reads that wait to be written are told as one: each group is written before the next begins, whatever the speed.
    await app.audit.vider();
    await app.get(c.lien);
    await app.get(c.document);
    await app.audit.vider();
    const { rows } = await sql<{ objet: string; mandat: string; compte: string | null; organisation: string }>`
      select objet, mandat, compte_id as compte, organisation_id as organisation from audit
      where action = 'objet.lu' and mandat like ${`%${participant}%`} order by numero`.execute(app.base.owner);
    const document = c.document.split('/').at(-1);
    expect(rows.map((r) => r.objet).sort()).toEqual([
      `/seances/${c.seance}`,
      `/seances/${c.seance}`,
      `/seances/${c.seance}/documents/${document}`,
      `/seances/${c.seance}/documents/${document}`,
    ]);
    expect(rows.every((r) => r.mandat === `lien de convocation, titulaire ${participant}` && r.compte === null && r.organisation === 'PP')).toBe(true);
    for (const table of ['audit', 'courriels', 'seance_participants'])
      expect(
        (await sql<{ n: number }>`select count(*)::int as n from ${sql.table(table)} t where t::text like ${`%${signature}%`}`.execute(app.base.owner)).rows[0]
          ?.n,
      ).toBe(0);
  });
});

describe('Qui a répondu à la convocation', () => {
  test('le suppléant répond pour lui, une lettre ou un autre compte note : c’est dit partout, le titulaire l’apprend et sa réponse tient', async () => {
    const { owner } = app.base;
    const c = await convoquer('partenaires');
    const [, , siege = ''] = c.lien.split('/');
    await sql`update instance_membres set suppleant_nom = 'Paul Petit', suppleant_courriel = 'paul@exemple.fr' where id = ${c.siege}::uuid`.execute(owner);
    await app.post(`/seances/${c.seance}/convoquer`, {}, AU_18E);
    const dernier = async (a: string) => (await liens(c.seance, a)).at(-1) ?? '';
    const lien = await dernier('membre@exemple.fr');
    const lettres = async () =>
      (await courriels(app, `/seances/${c.seance}`)).filter((x) => x.destinataire === 'membre@exemple.fr' && /^Réponse /.test(x.sujet));
    const page = async () => (await app.get(`/seances/${c.seance}`, AU_18E)).body.replace(/[\u00a0\u202f]/g, ' ');
    const du = async () =>
      (
        await sql<{ par: string | null }>`
          select soldee_par as par from echeances where objet = ${c.seance} and genre = 'reponse' and periode = ${siege}`.execute(owner)
      ).rows[0]?.par;
    const repondre = async (l: string, reponse: string, qui?: Parameters<typeof app.post>[2]) => {
      const champs = lireFormulaire((await app.get(l, qui)).body, l);
      return app.post(l, { ...champs, reponse }, qui);
    };
    // The secretariat follows the link of another: it is noted by it, and says so.
    const secretaire = await app.temoin(AU_18E);
    expect((await app.get(lien, secretaire)).body).toContain('Elle sera dite notée par');
    expect((await repondre(lien, 'accepte', secretaire)).statusCode).toBe(303);
    expect(await page()).toMatch(/vient, noté par [^<]+, DPMP|vient, noté par [^<]+/);
    expect(await du()).toMatch(/^Ada, noté par /);
    expect(await lettres()).toMatchObject([{ sujet: expect.stringContaining('en votre nom'), texte: expect.stringContaining('votre réponse la remplace') }]);
    // The holder replaces what was noted; nobody notes anything over it.
    expect((await app.get(lien)).body).toContain('noté par');
    expect((await repondre(lien, 'refuse')).statusCode).toBe(303);
    expect(await du()).toBe('Ada');
    const refus = await app.post(lien, { reponse: 'accepte' }, secretaire);
    expect([refus.statusCode, refus.body.includes('elle seule change sa réponse')]).toEqual([422, true]);
    // Who declines passes it to their substitute, whose answer stands beside theirs.
    const sien = await dernier('paul@exemple.fr');
    expect((await app.get(sien)).body).toContain('Vous répondez en suppléance de Ada');
    expect((await repondre(sien, 'accepte')).statusCode).toBe(303);
    expect(await page()).toContain('ne vient pas ; Paul Petit, en suppléance : vient');
    expect(await page()).toContain('dont 1 réponse en suppléance');
    expect((await repondre(lien, 'accepte')).statusCode).toBe(303);
    expect((await repondre(sien, 'refuse')).statusCode).toBe(303);
    expect(await page()).toContain('vient ; Paul Petit, en suppléance : ne vient pas');
    expect(await page()).not.toContain('en suppléance.');
    expect((await lettres()).map((x) => x.sujet.split(' : ')[0])).toEqual([
      'Réponse en votre nom',
      'Réponse de votre suppléance',
      'Réponse de votre suppléance',
    ]);
    // Calendars say of each what they said themselves.
    await sql`update seance_participants set reponse = 'refuse', reponse_voie = 'notee', reponse_par = 'X' where id = ${siege}::uuid`.execute(owner);
    await app.post(`/seances/${c.seance}/convoquer`, {}, AU_18E);
    const ical = async (a: string) =>
      (await courriels(app, `/seances/${c.seance}`))
        .filter((x) => x.destinataire === a && x.ical)
        .at(-1)
        ?.ical.replace(/\r\n /g, '')
        .match(/PARTSTAT=([A-Z-]+)/)?.[1];
    expect([await ical('membre@exemple.fr'), await ical('paul@exemple.fr')]).toEqual(['NEEDS-ACTION', 'DECLINED']);
  });
});

describe('Qui est représenté nomme qui le représente', () => {
  test('par son lien ; la séance s’ouvre sur sa parole, qui la tient corrige, et le relevé dit l’un et l’autre', async () => {
    const { owner } = app.base;
    const c = await convoquer('partenaires', 0);
    const [, , siege = ''] = c.lien.split('/');
    const page = (await app.get(c.lien)).body;
    for (const mot of ['Qui vous représente', 'list="membres"', '<option value="Bo"']) expect(page).toContain(mot);
    const repondre = async (champs: Record<string, string>) => app.post(c.lien, { ...lireFormulaire((await app.get(c.lien)).body, c.lien), ...champs });
    const refus = await repondre({ reponse: 'accepte', representant: 'Cy Doe' });
    expect([refus.statusCode, refus.body.includes('ou videz ce champ'), refus.body.includes('value="Cy Doe"')]).toEqual([422, true, true]);
    expect((await repondre({ reponse: 'refuse', representant: 'Cy Doe' })).statusCode).toBe(303);
    const lire = async (chemin: string) =>
      (await app.get(`/seances/${c.seance}${chemin}`, AU_18E)).body.replace(/<[^>]+>/g, ' ').replace(/[\s\u00a0\u202f]+/g, ' ');
    expect(await lire('')).toContain('ne vient pas, représenté par Cy Doe');
    // Coming after all takes it back; what was typed anew would be asked about.
    expect((await repondre({ reponse: 'accepte' })).statusCode).toBe(303);
    expect(await lire('')).not.toContain('Cy Doe');
    expect((await repondre({ reponse: 'refuse', representant: 'Bo' })).statusCode).toBe(303);
    expect((await app.post(`/seances/${c.seance}/ouvrir`, { confirme: 'oui' }, AU_18E)).statusCode).toBe(303);
    expect(await lire('/tenir')).toContain('1 représenté et 1 à noter');
    expect(await lire('')).toMatch(/représenté par Bo ; selon sa réponse à la convocation/);
    expect(await lire('')).toMatch(/de « non pointé » à « représenté par Bo » Ada, réponse à la convocation/);
    expect((await app.post(`/seances/${c.seance}/lever`, { confirme_heures: 'oui' }, AU_18E)).statusCode).toBe(303);
    const lettres = (await courriels(app, `/seances/${c.seance}`)).filter((x) => x.sujet.startsWith('Votre présence')).map((x) => x.texte);
    expect(lettres).toHaveLength(2);
    for (const mot of ['que vous représentiez Ada, comme sa réponse', 'comme vous l’avez répondu']) expect(lettres.join('\n')).toContain(mot);
    const releve = () => lire('/releve.html?genre=compte-rendu');
    expect(await releve()).toContain('au titre de Ada, selon sa réponse à la convocation');
    const corriger = { [`presence-${siege}`]: 'absent', [`par-${siege}`]: '', [`avant-${siege}`]: 'represente|Bo' };
    expect((await app.post(`/seances/${c.seance}/presences`, corriger, AU_18E)).statusCode).toBe(303);
    expect(await lire('')).toContain('absent ; sa réponse à la convocation disait : représenté par Bo');
    expect(await releve()).toMatch(/autrement que sa réponse : Commissaire Ombrelle[^«]*« absent » ; la réponse disait « représenté par Bo »/);
    // Of a restricted body the members are not told by mail; one names whom one wants.
    const fermee = await convoquer('restreinte');
    const discrete = (await app.get(fermee.lien)).body;
    expect([discrete.includes('Qui vous représente'), discrete.includes('list="membres"'), discrete.includes('value="Bo"')]).toEqual([true, false, false]);
    const { rows } = await sql<{ dite: boolean }>`
      select (details ->> 'representee')::boolean as dite from audit where action = 'seance.reponse' and objet = ${`/seances/${c.seance}`} order by numero`.execute(
      owner,
    );
    expect(rows.map((r) => r.dite)).toEqual([true, null, true]);
  });
});

describe('Qui est parti', () => {
  test('n’est plus convoqué ni compté joint, quel que soit son siège : sa suppléance prend la suite, et un successeur est dû', async () => {
    const { owner } = app.base;
    const { instance, siege, a } = await groupe('Groupe des partants');
    const seance = await creerSeance(owner, app.contratId, instance, { titre: 'Séance des partants', jour: jour(10), points: ['Un point'] });
    const page = async (suite = '') => enTexte((await app.get(`/seances/${seance}${suite}`, AU_18E)).body);
    const recus = async () => (await courriels(app, `/seances/${seance}`)).map((x) => x.destinataire.split('-')[0]);
    const reponse = () =>
      lireUn(sql<{ a: string; qui: string; soldee: boolean }>`
        select courriel as a, personne as qui, soldee_le is not null as soldee from echeances
        where objet = ${seance} and genre = 'reponse' and organisation_id = 'PP' and sans_objet_le is null`);
    await app.post(`/seances/${seance}/convoquer`, {}, AU_18E);
    expect(await recus()).toEqual(['nadia', 'paul']);
    const [lien = ''] = await liens(seance, a('paul'));
    expect((await app.post(lien, { reponse: 'accepte' })).statusCode).toBe(303);
    expect([await reponse(), (await page()).includes('1 vient,')]).toEqual([{ a: a('paul'), qui: 'Paul Petit', soldee: true }, true]);
    const due = () =>
      lireUn(sql<{ titre: string; du: string }>`
        select titre, ouverte_le::text as du from echeances where objet = ${instance} and genre = 'siege' and sans_objet_le is null and soldee_le is null`);
    expect(await due()).toBeUndefined();

    await fermer(a('paul'), 'Paul Petit');
    expect(await due()).toMatchObject({ titre: expect.stringMatching(/^1.siège dont le compte est fermé.: Groupe des partants$/), du: jour(0) });
    expect(enTexte((await app.get(`/instances/${instance}`, AU_18E)).body)).toContain('Paul Petit (compte fermé) Désigner : Commissaire');
    expect(await reponse()).toEqual({ a: a('anne'), qui: 'Anne Durand', soldee: false });
    const vue = await page();
    for (const dit of ['envoyé à 1 membre.', '1 siège n’a pas reçu la convocation et peut la recevoir : Anne Durand.', 'Paul Petit (compte fermé)', '0 vient,'])
      expect([dit, vue.includes(dit)]).toEqual([dit, true]);
    const apercu = (await app.get(`/seances/${seance}/convoquer`, AU_18E)).body;
    expect([apercu.includes(a('anne')), apercu.includes(a('paul'))]).toEqual([true, false]);
    await app.post(`/seances/${seance}/convoquer`, { qui: 'nouveaux' }, AU_18E);
    expect((await recus()).slice(2)).toEqual(['anne']);
    expect(await page()).toContain('envoyé à 2 membres.');
    await app.post(`/seances/${seance}/convoquer`, {}, AU_18E);
    expect((await recus()).slice(3).sort()).toEqual(['anne', 'nadia']);

    // Nobody is left to read for that seat: it says so, and asks for a name.
    await fermer(a('anne'), 'Anne Durand');
    expect(await page()).toContain('envoyé à 1 membre, 1 siège sans adresse : 1 dont le compte du membre est fermé');
    expect(await page('/convoquer')).toContain('Paul Petit (compte fermé)');
    expect(enTexte((await app.get('/ma-journee', AU_18E)).body)).toContain('1 siège sans adresse');
    await app.post(`/seances/${seance}/annuler`, { motif: 'Personne' }, AU_18E);
    expect((await recus()).slice(5)).toEqual(['nadia']);
    // Another person named settles it.
    const chemin = `/instances/${instance}/membres/${siege}`;
    const champs = { nom: 'Claire Martin', courriel: a('claire'), suppleant_nom: '', suppleant_courriel: '' };
    expect((await app.post(chemin, { ...lireFormulaire((await app.get(chemin, AU_18E)).body, chemin), ...champs }, AU_18E)).statusCode).toBe(303);
    expect(await due()).toBeUndefined();
    // Whoever keeps the body is written to under the same rule.
    const secretariat = aLHeureDeParis(async () =>
      (await adressesDuSiege(app.db, app.contratId, [instance], 'secretaire', jour(0))).get(instance)?.map((x) => [x.nom, x.courriel]),
    );
    expect(await secretariat()).toEqual([['Nadia Benali', a('nadia')]]);
    await sql`update instance_membres set suppleant_nom = 'Sam Roy', suppleant_courriel = ${a('sam')} where qualite = 'secretaire' and instance_id = ${instance}::uuid`.execute(
      owner,
    );
    await fermer(a('nadia'), 'Nadia Benali');
    expect(await secretariat()).toEqual([['Sam Roy', a('sam')]]);
    await fermer(a('sam'), 'Sam Roy');
    expect(await secretariat()).toBeUndefined();
  });

  test('emporte ses réponses aux dates proposées ; qui prend le siège n’a rien répondu', async () => {
    const { instance, siege, a } = await groupe('Groupe aux dates');
    const champs = { titre: 'Séance à dater', choix: 'sondage', duree_minutes: '60', jour_1: jour(5), heure_1: '10:00', jour_2: jour(6), heure_2: '10:00' };
    const r = await app.post(`/instances/${instance}/seances/nouvelle`, champs, AU_18E);
    const seance = /\/seances\/([0-9a-f-]{36})/.exec(String(r.headers.location))?.[1] ?? '';
    const repondre = async (adresse: string, qui?: string) => {
      const lien = (await liens(seance, adresse)).at(-1) ?? '';
      const dates = [...(await app.get(lien)).body.matchAll(/name="(date-[0-9a-f-]{36})"/g)].map((m) => m[1] ?? '');
      return { lien, faite: await app.post(`${lien}/dates`, Object.fromEntries(dates.map((d) => [d, 'oui'])), qui) };
    };
    const du = () =>
      lireUn(sql<{ qui: string; par: string | null }>`
        select personne as qui, soldee_par as par from echeances
        where objet = ${seance} and genre = 'choix-date' and organisation_id = 'PP' and sans_objet_le is null`);
    const gardees = () =>
      lireUn(sql<{ n: number }>`select count(*)::int as n from seance_dates_reponses r join seance_participants p on p.contrat_id = r.contrat_id
        and p.id = r.participant_id where p.seance_id = ${seance}::uuid and p.membre_id = ${siege}::uuid`);
    const { lien, faite } = await repondre(a('paul'));
    expect([faite.statusCode, await gardees(), await du()]).toEqual([303, { n: 2 }, { qui: 'Paul Petit', par: 'Paul Petit' }]);
    // Who would note it for him reads that it is his, and has no form that would be refused.
    const vue = (await app.get(lien, AU_18E)).body;
    expect([vue.includes('Paul Petit a répondu'), vue.includes('name="date-'), vue.includes('Elle sera dite')]).toEqual([true, false, false]);
    const chemin = `/instances/${instance}/membres/${siege}`;
    const tenir = async (plus: Record<string, string>) =>
      app.post(chemin, { ...lireFormulaire((await app.get(chemin, AU_18E)).body, chemin), ...plus }, AU_18E);
    // Another substitute: the holder's own answers stay.
    expect((await tenir({ suppleant_nom: 'Zoé Nouvelle', suppleant_courriel: a('zoe') })).statusCode).toBe(303);
    expect(await gardees()).toEqual({ n: 2 });
    expect((await tenir({ nom: 'Claire Martin', courriel: a('claire') })).statusCode).toBe(303);
    expect([await gardees(), await du()]).toEqual([{ n: 0 }, { qui: 'Claire Martin', par: null }]);
  });
});

describe('Deux réponses au même instant', () => {
  test('ce qui est noté pour une personne n’écrase pas ce qu’elle dit au même moment', async () => {
    const { owner } = app.base;
    const { instance, a } = await groupe('Groupe pressé');
    const seance = await creerSeance(owner, app.contratId, instance, { titre: 'Séance pressée', jour: jour(10), points: ['Un point'] });
    await app.post(`/seances/${seance}/convoquer`, {}, AU_18E);
    const [lien = ''] = await liens(seance, a('paul'));
    const secretaire = await app.temoin(AU_18E);
    // Both read that nobody answered, and wait to write, he first.
    const [sienne, notee] = await owner.transaction().execute(async (tx) => {
      await sql`select from seance_participants where seance_id = ${seance}::uuid for update`.execute(tx);
      const attendre = async (n: number) => {
        for (let vus = -1; vus !== n; )
          vus =
            (
              await sql<{ n: number }>`
              select count(distinct l.pid)::int as n from pg_locks l
              join pg_locks r on r.pid = l.pid and r.relation = 'seance_participants'::regclass
                and r.database = (select oid from pg_database where datname = current_database())
              where not l.granted`.execute(tx)
            ).rows[0]?.n ?? 0;
      };
      const premiere = app.post(lien, { reponse: 'accepte' });
      await attendre(1);
      const seconde = app.post(lien, { reponse: 'refuse' }, secretaire);
      await attendre(2);
      return [premiere, seconde].map((envoi) => ({ envoi }));
    });
    expect((await sienne?.envoi)?.statusCode).toBe(303);
    const refus = await notee?.envoi;
    expect([refus?.statusCode, refus?.body.includes('elle seule change sa réponse')]).toEqual([422, true]);
    expect(
      await lireUn(sql`select reponse, reponse_voie as voie from seance_participants where seance_id = ${seance}::uuid and courriel = ${a('paul')}`),
    ).toEqual({ reponse: 'accepte', voie: 'titulaire' });
    // Nobody is told of a note that was not taken.
    expect((await courriels(app, `/seances/${seance}`)).some((x) => x.sujet.startsWith('Réponse'))).toBe(false);
  });
});

describe('Le lien d’une instance restreinte', () => {
  test('et ses lettres ne disent ni nom, ni mot, ni suppléance de qui répond', async () => {
    const { instance, a } = await groupe('Groupe Ombrelle', 'restreinte');
    const seance = await creerSeance(app.base.owner, app.contratId, instance, { titre: 'Séance Ombrelle', jour: jour(10), points: ['Point Ombrelle'] });
    expect((await app.post(`/seances/${seance}/convoquer`, {}, AU_18E)).statusCode).toBe(303);
    const [lien = ''] = await liens(seance, a('paul'));
    const secretaire = await app.temoin(AU_18E);
    expect((await app.post(lien, { reponse: 'refuse', mot: 'Anne Durand a le dossier' }, secretaire)).statusCode).toBe(303);
    const [sien = ''] = await liens(seance, a('anne'));
    expect((await app.post(sien, { reponse: 'accepte', mot: 'Mot Ombrelle' })).statusCode).toBe(303);
    const lettres = (await courriels(app, `/seances/${seance}`)).filter((x) => x.sujet.startsWith('Réponse'));
    expect(lettres.map((x) => [x.destinataire, x.sujet.split(' : ')[0]])).toEqual([
      [a('paul'), 'Réponse en votre nom'],
      [a('paul'), 'Réponse de votre suppléance'],
    ]);
    for (const { texte } of lettres) {
      expect(texte).not.toMatch(/Anne|Durand|dossier|Ombrelle|Personne|ne vient pas|: vient/);
      expect(lienDe(texte)).not.toBe('');
    }
  });
  test('dit où et quand, laisse répondre, et ne dit ni son nom, ni son ordre du jour, ni ses documents', async () => {
    const c = await convoquer('restreinte');
    const page = await app.get(c.lien);
    expect(page.statusCode).toBe(200);
    for (const mot of ['Viendrez-vous', 'Salle d’essai', 'connectez-vous']) expect(page.body).toContain(mot);
    expect(page.body).not.toContain('Ombrelle');
    expect((await app.get(c.document)).statusCode).toBe(404);
    expect((await app.post(c.lien, { reponse: '' })).body).not.toContain('Ombrelle');
    expect((await app.post(c.lien, { reponse: 'accepte' })).statusCode).toBe(303);
    expect((await app.get(`/seances/${c.seance}`, AU_18E)).body).toContain('vient');
    await app.audit.vider();
    const { rows } =
      await sql`select 1 from audit where action = 'objet.lu' and objet = ${`/seances/${c.seance}`} and mandat like 'lien de convocation%'`.execute(
        app.base.owner,
      );
    expect(rows.length).toBeGreaterThan(0);
  });

  test.each([
    ['l’instance s’ouvre après la convocation', 'restreinte', sql`update instances set confidentialite = 'partenaires' where id = `, 'instance'],
    ['la séance seule est fermée après la convocation', 'partenaires', sql`update seances set confidentialite = 'restreinte' where id = `, 'seance'],
  ] as const)('suit ce qui a été promis à la séance : %s', async (_, promise, change, quoi) => {
    const c = await convoquer(promise);
    await sql`${change} ${c[quoi]}::uuid`.execute(app.base.owner);
    const page = await app.get(c.lien);
    expect([page.statusCode, page.body.includes('Ombrelle'), page.headers['cache-control']]).toEqual([200, false, 'private, no-store']);
    expect((await app.get(c.document)).statusCode).toBe(404);
  });

  test('un choix de dates se répond par son lien, jusqu’à quelques jours après la dernière date proposée', async () => {
    const instance = await creerInstance(app.base.owner, app.contratId, {
      territoire: 'mairie-18',
      porteur: 'DPMP',
      nom: 'Groupe Ombrelle',
      confidentialite: 'restreinte',
    });
    await creerMembre(app.base.owner, app.contratId, instance, { organisation: 'PP', courriel: 'sonde@exemple.fr' });
    const r = await app.post(
      `/instances/${instance}/seances/nouvelle`,
      { titre: 'Séance Ombrelle', choix: 'sondage', duree_minutes: '60', jour_1: jour(5), heure_1: '10:00', jour_2: jour(6), heure_2: '10:00' },
      AU_18E,
    );
    const seance = /\/seances\/([0-9a-f-]{36})/.exec(String(r.headers.location))?.[1] ?? '';
    const [lien = ''] = await liens(seance, 'sonde@exemple.fr');
    const page = (await app.get(lien)).body;
    expect(page).toContain('Quelles dates vous conviennent');
    expect(page).not.toContain('Ombrelle');
    const fin = Number.parseInt(lien.split('/')[3]?.split('-')[1] ?? '', 36);
    expect(fin).toBe(Math.floor(Date.parse(`${jour(6)}T00:00:00Z`) / 86_400_000) + 3);
    const dates = [...page.matchAll(/name="(date-[0-9a-f-]{36})"/g)].map((m) => m[1] ?? '');
    expect((await app.post(`${lien}/dates`, Object.fromEntries(dates.map((d) => [d, 'oui'])))).statusCode).toBe(303);
  });
});
