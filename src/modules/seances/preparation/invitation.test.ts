/** The mailed link of a convocation: what it opens, to whom, until when, and what is noted of it. */
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { creerInstance, creerMembre, creerSeance } from '../../instances/instances.fixtures.ts';
import { type AppDeTest, ouvrirApp } from '../../../../tests/support/app.ts';
import { courriels } from '../../../../tests/support/courriels.ts';
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

describe('Le lien d’une instance restreinte', () => {
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
