/** On whose word an act binds: signatures that others note, acts that others say they replace, what is renewed, over HTTP on a real PostgreSQL. */
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type AppDeTest, ouvrirApp, type Qui } from '../../../tests/support/app.ts';
import { aLHeureDeParis } from '../../../tests/support/fuseau.ts';
import { jourDans } from '../../../tests/support/jours.ts';
import { jour, jourCourt } from '../../ui/typographie.ts';
import { verifierEcheances } from '../echeances/accorder.ts';
import { ajouterMois, plusJours } from '../echeances/index.ts';

let app: AppDeTest;
const k = () => app.contratId;
beforeAll(async () => {
  app = await ouvrirApp();
});
afterAll(() => app.close());

const COORDINATION: Qui = { comme: 'coordination', organisation: 'DPMP' };
const PAV: Qui = { comme: 'association', organisation: 'PAV' };
const PP: Qui = { comme: 'agent', organisation: 'PP' };
const RECTORAT: Qui = { comme: 'agent', organisation: 'RECTORAT' };
const ID = /([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})/;
const lisible = (corps: string): string => corps.replace(/[\u00a0\u202f]/g, ' ').replaceAll('&#x27;', '’');
const creer = async (champs: Record<string, string | string[]>, qui: Qui = COORDINATION): Promise<string> => {
  const r = await app.post('/conventions/nouvelle', { nature: 'convention', porteur: 'DPMP', ...champs }, qui);
  expect([champs.titre, r.statusCode]).toEqual([champs.titre, 303]);
  return ID.exec(String(r.headers.location))?.[1] ?? '';
};
const partie = async (acte: string, champs: Record<string, string>, qui: Qui = COORDINATION): Promise<string> => {
  expect((await app.post(`/conventions/${acte}/parties/nouvelle`, champs, qui)).statusCode).toBe(303);
  const { rows } = await sql<{ id: string }>`select id from convention_parties where convention_id = ${acte}::uuid order by cree_le desc limit 1`.execute(
    app.base.owner,
  );
  return rows[0]?.id ?? '';
};
const texte = (acte: string, qui: Qui = COORDINATION, champs: Record<string, string> = {}) =>
  app.post(`/conventions/${acte}/textes/nouveau`, { genre: 'texte', resume: 'Texte signé', texte: 'Article 1.', ...champs }, qui);
const lire = async (url: string, qui?: Qui): Promise<string> => lisible((await app.get(url, qui)).body);
/** Without anybody: as everybody reads it. */
const enPublic = (id: string) => lire(`/conventions/${id}`);
const page = (id: string) => lire(`/conventions/${id}`, COORDINATION);
const etat = async (id: string): Promise<string> => /c-entete-page__etiquette"><strong[^>]*>([^<]+)</.exec(await page(id))?.[1] ?? '';
const dus = async (acte: string) =>
  (
    await sql<{ genre: string; qui: string; due: string; soldee: boolean; motif: string }>`
      select genre, organisation_id as qui, due_le as due, soldee_le is not null as soldee, sans_objet_motif as motif
      from echeances where contrat_id = ${k()} and sujet = ${acte} order by genre, due_le`.execute(app.base.owner)
  ).rows;
const ouverts = async (acte: string) => (await dus(acte)).filter((d) => !d.soldee && d.motif === '').map((d) => `${d.genre} ${d.qui} ${d.due}`);
const differences = aLHeureDeParis(async () =>
  (await verifierEcheances(app.base.owner, k(), { maintenant: new Date() })).differences.filter((d) => JSON.stringify(d).includes('acte-')),
);
/** Subjects of letters that wait, and to which organisation; then none does. */
const lettres = async (): Promise<string[]> => {
  const { rows } = await sql<{ dit: string }>`
    delete from courriels m using comptes c where m.contrat_id = ${k()} and c.contrat_id = m.contrat_id and c.courriel = m.destinataire
    returning c.organisation_id || ' : ' || m.sujet as dit`.execute(app.base.owner);
  return [...new Set(rows.map((r) => lisible(r.dit)))].sort();
};

describe('Une signature notée pour une autre organisation', () => {
  test('dit sur la parole de qui elle repose ; la partie nommée l’apprend, la confirme ou la conteste, et contestée elle ne compte plus', async () => {
    for (const qui of [COORDINATION, PAV, PP, RECTORAT]) await app.temoin(qui);
    const id = await creer({ titre: 'Convention de parole', porteur: 'PAV', effet: '2024-01-01' }, PAV);
    await partie(id, { organisation: 'PAV', signee_le: '2024-01-01' }, PAV);
    await texte(id, PAV);
    expect(await etat(id)).toBe('en vigueur');
    expect(await page(id)).toContain('notée par elle-même');
    expect(await lettres()).toEqual([]);
    const pp = await partie(id, { organisation: 'PP', signee_le: '2024-01-01', signataire: 'Ysolde Fictive' }, PAV);
    expect(await lettres()).toEqual(['PP : Signature au nom de votre organisation : Convention de parole']);
    expect(await ouverts(id)).toEqual([`acte-confirmation PP ${jourDans(30)}`]);
    expect(await etat(id)).toBe('en vigueur');
    const lu = await page(id);
    expect(lu).toContain('1 signature que sa partie n’a pas encore confirmée.');
    expect(lu).toMatch(/Signée le 1er janvier 2024, notée par [^<]+, Paris Aide aux Victimes, le [^<]+ ; pas encore confirmée par elle/);
    expect(lu).toContain('Préfecture de Police, à confirmer');
    // Everybody reads which organisation says so, and nobody's name.
    await app.post(`/conventions/${id}/publier`, { acte: 'publier' }, COORDINATION);
    const deTous = await enPublic(id);
    expect(deTous).toMatch(/notée par Paris Aide aux Victimes, le [^<]+ ; pas encore confirmée par elle/);
    expect(deTous).not.toContain('Historique des signatures');
    // The party alone answers.
    const url = `/conventions/${id}/parties/${pp}`;
    const dire = (acte: string, champs: Record<string, string> = {}, qui = PP) => app.post(url, { acte, vu: '1', ...champs }, qui);
    expect(await lire(url, PP)).toContain('Confirmer cette signature');
    expect(await lire(url, PAV)).not.toContain('Confirmer cette signature');
    expect(await lire('/echeances?genre=acte-confirmation&territoire=tous', PP)).toContain('Convention de parole');
    for (const [acte, qui] of [
      ['confirmer', PAV],
      ['confirmer', COORDINATION],
      ['contester', RECTORAT],
      ['annuler', RECTORAT],
      ['confirmer', { ...PP, territoire: 'mairie-18' }],
      ['confirmer', { ...PP, registre: 'marches' }],
    ] as const)
      expect([acte, (await dire(acte, { motif: 'Un motif essayé' }, qui)).statusCode]).toEqual([acte, 403]);
    expect((await dire('contester', { motif: 'non' })).body).toContain('Dites en une phrase pourquoi');
    const tard = await dire('contester', { motif: 'Mot qui reste', vu: '0' });
    expect([tard.statusCode, tard.body.includes('vient d’écrire'), tard.body.includes('Mot qui reste')]).toEqual([422, true, true]);
    expect((await dire('contester', { motif: 'Personne n’a signé cela ici' })).statusCode).toBe(303);
    expect(await lettres()).toEqual(['DPMP : Signature contestée : Convention de parole', 'PAV : Signature contestée : Convention de parole']);
    expect(await etat(id)).toBe('signature contestée');
    expect(await page(id)).toContain('n’est pas dit en vigueur tant que ce n’est pas réglé');
    expect(await ouverts(id)).toEqual([`acte-contestation PAV ${jourDans(30)}`]);
    expect(await enPublic(id)).toContain('Contestée par elle.');
    expect(await enPublic(id)).not.toContain('notée par Paris Aide aux Victimes');
    expect((await app.get('/api/v1/conventions?territoire=tous', PP)).json()).toMatchObject({
      donnees: [{ etat: 'contestee', parties: [{ signature: 'confirmee' }, { signature: 'contestee', notee_par: 'PAV' }] }],
    });
    // Corrected by another, it waits for the party again, and counts no more for that.
    const corrigee = { jour: '2024-02-01', signataire: 'Ysolde Fictive', motif: 'Signée un mois plus tard', vu: '2' };
    expect((await dire('corriger', { ...corrigee, motif: '' }, PAV)).body).toContain('Dites en une phrase ce qui était faux');
    expect((await dire('corriger', corrigee, PAV)).statusCode).toBe(303);
    expect(await etat(id)).toBe('signature contestée');
    expect(await ouverts(id)).toEqual([`acte-confirmation PP ${jourDans(30)}`]);
    expect(await lettres()).toEqual(['PP : Signature au nom de votre organisation : Convention de parole']);
    expect((await dire('confirmer', { vu: '3' })).statusCode).toBe(303);
    expect((await dire('confirmer', { vu: '4' })).statusCode).toBe(409);
    expect(await etat(id)).toBe('en vigueur');
    expect(await ouverts(id)).toEqual([]);
    expect(await page(id)).toContain('Signée le 1er février 2024, confirmée par elle');
    // The coordination cancels it; everything said stays, but the name.
    expect((await dire('annuler', { vu: '4', motif: 'Texte jamais signé' }, COORDINATION)).statusCode).toBe(303);
    expect((await dire('annuler', { vu: '5', motif: 'Texte jamais signé' }, COORDINATION)).statusCode).toBe(409);
    expect(await etat(id)).toBe('signée par 1 sur 2');
    const histoire = (await page(id)).split('Historique des signatures').at(-1) ?? '';
    for (const mot of [
      'signature notée, du 1er janvier 2024',
      'contestée par la partie',
      'Personne n’a signé cela ici',
      'corrigée, du 1er février',
      'confirmée par la partie',
      'Texte jamais signé',
    ])
      expect(histoire).toContain(mot);
    const { rows } = await sql`select from convention_signataires where partie_id = ${pp}::uuid`.execute(app.base.owner);
    expect(rows).toEqual([]);
    expect(await differences()).toEqual([]);
  });

  test('dite par la partie elle-même, elle n’attend personne ; d’un nom hors annuaire, elle dit qui l’a notée', async () => {
    const id = await creer({ titre: 'Convention dite par elle' });
    const pp = await partie(id, { organisation: 'PP' });
    await partie(id, { nom: 'Café hors annuaire', signee_le: jourDans(-2) });
    expect((await app.post(`/conventions/${id}/parties/${pp}`, { acte: 'signer', vu: '0', jour: jourDans(-1) }, PP)).statusCode).toBe(303);
    await texte(id);
    const lu = await page(id);
    expect(lu).toContain('notée par elle-même');
    expect(lu).toMatch(/notée par [^<,]+, [^<]+, le [^<;]+\.</);
    expect(lu).not.toContain('pas encore confirmée');
    expect((await ouverts(id)).filter((d) => d.startsWith('acte-confirmation'))).toEqual([]);
    // It corrects what it said, and nothing is asked of it.
    expect((await app.post(`/conventions/${id}/parties/${pp}`, { acte: 'corriger', vu: '1', jour: jourDans(-3), motif: 'Un autre jour' }, PP)).statusCode).toBe(
      303,
    );
    expect((await ouverts(id)).filter((d) => d.startsWith('acte-confirmation'))).toEqual([]);
    expect(await differences()).toEqual([]);
  });
});

describe('Un acte qui en remplace un autre', () => {
  test('ne finit pas l’acte d’un autre : la coordination le dit, ou qui tient les deux ; sans texte, ou dénoncé avant d’avoir pris effet, il ne remplace rien', async () => {
    const victime = await creer({ titre: 'Convention de la Préfecture', porteur: 'PP', effet: jourDans(-100) });
    await partie(victime, { organisation: 'PP', signee_le: jourDans(-100) });
    await texte(victime);
    await lettres();
    const faux = { nature: 'arrete', titre: 'Arrêté qui s’impose', porteur: 'PAV', effet: '2024-01-01' };
    const refus = await app.post('/conventions/nouvelle', { ...faux, remplace: victime }, PAV);
    expect([refus.statusCode, lisible(refus.body).includes('c’est à elle, ou à la coordination'), refus.body.includes('Arrêté qui s’impose')]).toEqual([
      422,
      true,
      true,
    ]);
    expect((await app.get('/conventions/nouvelle', PAV)).body).not.toContain(victime);
    expect((await app.get('/conventions/nouvelle', PP)).body).toContain(victime);
    const suite = await creer(faux, PAV);
    const modifier = async (id: string, remplace: string, qui: Qui) => {
      const [{ version = 0 } = {}] = (await sql<{ version: number }>`select version from conventions where id = ${id}::uuid`.execute(app.base.owner)).rows;
      return app.post(`/conventions/${id}/modifier`, { version: String(version), _vu: '{}', remplace }, qui);
    };
    expect((await modifier(suite, victime, PAV)).statusCode).toBe(422);
    expect(await etat(victime)).toBe('en vigueur');
    expect(await lettres()).toEqual([]);
    // The coordination says so: the keeper is told, and nothing ends before there is a text.
    expect((await modifier(suite, victime, COORDINATION)).statusCode).toBe(303);
    expect(await lettres()).toEqual(['PP : Votre acte est remplacé : Convention de la Préfecture']);
    expect(await etat(victime)).toBe('en vigueur');
    await texte(suite, PAV);
    expect(await etat(victime)).toBe('remplacée');
    expect(await page(victime)).toContain(`<a class="govuk-link" href="/conventions/${suite}">Arrêté qui s’impose</a>`);
    expect(await lettres()).toEqual(['PP : Votre acte est remplacé : Convention de la Préfecture']);
    expect((await modifier(suite, '', PAV)).statusCode).toBe(422);
    // Denounced for its first day, it never held.
    expect((await app.post(`/conventions/${suite}/fin`, { acte: 'denoncer', jour: '2024-01-01', motif: 'Pris par erreur' }, PAV)).statusCode).toBe(303);
    expect(await etat(victime)).toBe('en vigueur');
    expect(await lettres()).toEqual(['PP : Votre acte n’est plus remplacé : Convention de la Préfecture']);
    // Parties that have no word in it are told, each time; both pages say which ones the new act does not bind.
    const signee = await creer({ titre: 'Convention de deux maisons', porteur: 'PAV', effet: jourDans(-100) }, PAV);
    for (const [organisation, qui] of [
      ['PAV', PAV],
      ['PP', PP],
    ] as const) {
      const id = await partie(signee, { organisation }, PAV);
      expect((await app.post(`/conventions/${signee}/parties/${id}`, { acte: 'signer', vu: '0', jour: jourDans(-100) }, qui)).statusCode).toBe(303);
    }
    await texte(signee, PAV);
    await lettres();
    const seul = await creer({ nature: 'arrete', titre: 'Arrêté pris par une seule', porteur: 'PAV', effet: jourDans(-1), remplace: signee }, PAV);
    expect(await lettres()).toContain('PP : Votre acte est remplacé : Convention de deux maisons');
    await texte(seul, PAV);
    expect(await etat(signee)).toBe('remplacée');
    expect(await lettres()).toContain('PP : Votre acte est remplacé : Convention de deux maisons');
    for (const id of [signee, seul]) expect(await page(id)).toContain('sans Préfecture de Police, partie à l’acte remplacé');
    // No loop, however long.
    const [a, b, c] = [await creer({ titre: 'Rond A' }), await creer({ titre: 'Rond B' }), await creer({ titre: 'Rond C' })];
    expect((await modifier(b, a, COORDINATION)).statusCode).toBe(303);
    expect((await modifier(c, b, COORDINATION)).statusCode).toBe(303);
    expect(lisible((await modifier(a, c, COORDINATION)).body)).toContain('ne se remplacent pas en rond');
    expect((await modifier(c, '', COORDINATION)).statusCode).toBe(303);
    expect((await modifier(a, c, COORDINATION)).statusCode).toBe(303);
    expect(await differences()).toEqual([]);
  });

  test('une charte garde sa première signature quand elle part ; quittée par tous, elle le dit, et ce qu’elle a remplacé le reste', async () => {
    const ancien = await creer({ titre: 'Convention d’avant la charte', effet: jourDans(-900) });
    await partie(ancien, { nom: 'Bar premier', signee_le: jourDans(-900) });
    await texte(ancien);
    const charte = await creer({ nature: 'charte', titre: 'Charte que l’on quitte', remplace: ancien, revue: '24' });
    const premiere = await partie(charte, { nom: 'Bar premier', signee_le: jourDans(-400) });
    const seconde = await partie(charte, { nom: 'Bar second', signee_le: jourDans(-200) });
    await texte(charte);
    expect(await page(charte)).toContain('de sa première signature');
    const quitter = async (id: string, j: number) =>
      expect((await app.post(`/conventions/${charte}/parties/${id}`, { acte: 'retirer', vu: '1', jour: jourDans(j) }, COORDINATION)).statusCode).toBe(303);
    const revues = await ouverts(charte);
    await quitter(premiere, -30);
    expect(await page(charte)).toContain(`En vigueur depuis le ${lisible(jour(jourDans(-400)))}`);
    expect(await ouverts(charte)).toEqual(revues);
    await quitter(seconde, -20);
    expect([await etat(charte), await etat(ancien)]).toEqual(['quittée par tous', 'remplacée']);
    expect(await page(charte)).toContain(`le dernier le ${lisible(jour(jourDans(-20)))}`);
    expect(await ouverts(charte)).toEqual([]);
    expect((await app.get('/conventions?etat=quittee&territoire=tous', PP)).body).toContain('Charte que l’on quitte');
    await partie(charte, { nom: 'Bar troisième', signee_le: jourDans(-1) });
    expect([await etat(charte), await etat(ancien)]).toEqual(['en vigueur', 'remplacée']);
    expect(await page(charte)).toContain(`En vigueur depuis le ${lisible(jour(jourDans(-1)))}`);
    expect(await differences()).toEqual([]);
  });
});

describe('Ce qui est reconduit', () => {
  test('un avenant dit le terme qui courait, et ceux d’avant restent ; une dénonciation d’après le préavis demande si elle a été faite à temps', async () => {
    const premier = jourDans(-10);
    const id = await creer({ titre: 'Convention reconduite', effet: jourDans(-700), fin: premier, reconduction: '12' });
    await partie(id, { organisation: 'DPMP', signee_le: jourDans(-700) });
    await texte(id);
    const terme = ajouterMois(premier, 12);
    const [signe, fin] = [jourDans(-1), plusJours(terme, 500)];
    expect((await texte(id, COORDINATION, { genre: 'avenant', resume: 'Prolonge', signee_le: signe, fin })).statusCode).toBe(303);
    expect(await page(id)).toContain(lisible(`portée du ${jourCourt(terme)} au ${jourCourt(fin)}`));
    expect((await dus(id)).filter((d) => d.genre === 'acte-renouvellement').map((d) => [d.due, d.soldee, d.motif])).toEqual([
      [premier, false, 'reconduite tacitement'],
      [terme, true, ''],
      [fin, false, ''],
    ]);
    const bientot = await creer({ titre: 'Convention déjà reconduite', effet: jourDans(-700), fin: jourDans(5), preavis: '30', reconduction: '12' });
    await partie(bientot, { organisation: 'DPMP', signee_le: jourDans(-700) });
    await texte(bientot);
    const finir = (champs: Record<string, string>) =>
      app.post(`/conventions/${bientot}/fin`, { acte: 'denoncer', motif: 'Une partie se retire', ...champs }, COORDINATION);
    const question = await finir({ jour: jourDans(5) });
    expect(question.statusCode).toBe(422);
    expect(lisible(question.body)).toContain(`reconduit jusqu’au ${lisible(jour(ajouterMois(jourDans(5), 12)))}`);
    expect(question.body).toContain('Une partie se retire');
    expect((await finir({ jour: jourDans(100) })).statusCode).toBe(303);
    expect((await app.post(`/conventions/${bientot}/fin`, { acte: 'annuler' }, COORDINATION)).statusCode).toBe(303);
    const confirme = /name="confirme"[^>]*value="([^"]+)"/.exec(question.body)?.[1] ?? '';
    expect((await finir({ jour: jourDans(4), confirme })).statusCode).toBe(422);
    expect((await finir({ jour: jourDans(5), confirme })).statusCode).toBe(303);
    expect(await page(bientot)).toContain(`cesse le ${lisible(jour(jourDans(5)))}`);
    expect(await differences()).toEqual([]);
  });
});

describe('Qui reprend sa propre signature', () => {
  test('n’est plus attendu : ni échéance, ni « à signer », tant qu’il ne signe pas de nouveau ; annulée par un autre, elle l’est', async () => {
    const signer = { acte: 'signer', jour: jourDans(-90) };
    for (const [nature, apres] of [
      ['convention', 'signature reprise'],
      ['charte', 'en vigueur'],
    ] as const) {
      const id = await creer({ titre: `Acte dont on se ravise, ${nature}`, nature, effet: jourDans(-100) });
      await partie(id, { organisation: 'DPMP', signee_le: jourDans(-100) });
      const pp = await partie(id, { organisation: 'PP' });
      await texte(id);
      const sur = (champs: Record<string, string>, qui: Qui) => app.post(`/conventions/${id}/parties/${pp}`, { motif: 'Signée par erreur', ...champs }, qui);
      expect((await sur({ ...signer, vu: '0' }, PP)).statusCode).toBe(303);
      expect((await sur({ acte: 'annuler', vu: '1' }, PP)).statusCode).toBe(303);
      expect([await ouverts(id), await etat(id)]).toEqual([[], apres]);
      expect((await dus(id)).find((d) => d.genre === 'acte-signature' && d.qui === 'PP')?.motif).toContain('a repris sa signature le');
      expect(await page(id)).toContain('Signature reprise par elle le');
      expect(await page(id)).not.toContain('signature attendue');
      // It signs again; who keeps the papers then says that it never did: it is waited for.
      expect((await sur({ ...signer, vu: '2' }, PP)).statusCode).toBe(303);
      expect([await etat(id), await differences()]).toEqual(['en vigueur', []]);
      expect((await sur({ acte: 'annuler', vu: '3' }, COORDINATION)).statusCode).toBe(303);
      expect((await ouverts(id)).map((d) => d.split(' ').slice(0, 2).join(' '))).toEqual(['acte-signature PP']);
    }
  });
});

test('ce qu’une organisation sortie du contrat conteste se règle par qui tient l’acte : sa signature s’annule, son retrait compte sans elle', async () => {
  const id = await creer({ titre: 'Convention d’une partie sortie', effet: jourDans(-100) });
  await partie(id, { organisation: 'DPMP', signee_le: jourDans(-100) });
  const pp = await partie(id, { organisation: 'PP', signee_le: jourDans(-100) });
  await texte(id);
  const sur = (champs: Record<string, string>, qui: Qui) => app.post(`/conventions/${id}/parties/${pp}`, { motif: 'Elle a quitté le contrat', ...champs }, qui);
  expect((await sur({ acte: 'contester', vu: '1' }, PP)).statusCode).toBe(303);
  expect(await etat(id)).toBe('signature contestée');
  await sql`update convention_parties set organisation_id = 'SORTIE' where id = ${pp}::uuid`.execute(app.base.owner);
  expect((await sur({ acte: 'annuler', vu: '2' }, COORDINATION)).statusCode).toBe(303);
  expect(await lire(`/conventions/${id}/parties/${pp}`, COORDINATION)).toContain('son retrait compte dès qu’il est noté');
  expect((await sur({ acte: 'retirer', vu: '3', jour: jourDans(-1) }, COORDINATION)).statusCode).toBe(303);
  expect([await etat(id), await ouverts(id), await differences()]).toEqual(['en vigueur', [], []]);
  const { rows } = await sql<{ quoi: string }>`
    select details ->> 'quoi' as quoi from audit where objet = ${`/conventions/${id}`} and action in ('convention.signee', 'convention.retrait') order by numero`.execute(
    app.base.owner,
  );
  expect(rows.map((r) => r.quoi)).toEqual(['contester', 'annuler', 'retirer']);
});

describe('Ce qui vaut pour tout l’acte', () => {
  test('qui n’agit que dans un de ses lieux ne le dénonce pas, ne confirme ni ne reprend une dénonciation pour tous ; il peut la contester', async () => {
    const id = await creer({ titre: 'Convention de deux lieux', effet: jourDans(-100), fin: jourDans(400), territoires: ['mairie-18', 'mairie-19'] });
    await partie(id, { organisation: 'DPMP', signee_le: jourDans(-100) });
    const pp = await partie(id, { organisation: 'PP' });
    await texte(id);
    expect((await app.post(`/conventions/${id}/parties/${pp}`, { acte: 'signer', vu: '0', jour: jourDans(-99) }, PP)).statusCode).toBe(303);
    const borne: Qui = { ...PP, territoire: 'mairie-18' };
    const fin = `/conventions/${id}/fin`;
    const finir = (champs: Record<string, string>, qui: Qui) => app.post(fin, { acte: 'denoncer', jour: jourDans(-1), motif: 'Une raison', ...champs }, qui);
    const repondre = async (acte: string, qui: Qui) => {
      const { rows } = await sql<{ id: string; vu: string }>`select id, max(rang)::text as vu from convention_paroles
        where convention_id = ${id}::uuid and genre = 'denonciation' group by id`.execute(app.base.owner);
      return app.post(`/conventions/${id}/paroles/${rows[0]?.id}`, { acte, vu: rows[0]?.vu ?? '', motif: 'Un motif essayé' }, qui);
    };
    expect((await lire(`/conventions/${id}`, borne)).includes(`href="${fin}"`)).toBe(false);
    expect([(await lire(`/conventions/${id}`, PP)).includes(`href="${fin}"`), (await finir({}, borne)).statusCode]).toEqual([true, 403]);
    expect((await finir({ par: 'PP' }, COORDINATION)).statusCode).toBe(303);
    // Each is told what they can do: who acts in one place contests, and nothing else.
    const recues = await sql<{ borne: boolean; sujet: string; confirmer: boolean }>`
      select distinct exists (select from mandats d where d.contrat_id = c.contrat_id and d.compte_id = c.id and d.territoire_id = 'mairie-18') as borne,
        split_part(m.sujet, ':', 1) as sujet, m.texte like '%Confirmez-le%' as confirmer
      from courriels m join comptes c on c.contrat_id = m.contrat_id and c.courriel = m.destinataire
      where m.contrat_id = ${k()} and c.organisation_id = 'PP' and m.texte like '%Convention de deux lieux%' and m.objet like '%/paroles/%' order by 1`.execute(
      app.base.owner,
    );
    expect(recues.rows.map((r) => ({ ...r, sujet: lisible(r.sujet).trim() }))).toEqual([
      { borne: false, sujet: 'À confirmer au nom de votre organisation', confirmer: true },
      { borne: true, sujet: 'Dit au nom de votre organisation', confirmer: false },
    ]);
    const refus = await repondre('confirmer', borne);
    expect([refus.statusCode, lisible(refus.body).includes('votre mandat n’en couvre qu’une partie')]).toEqual([403, true]);
    expect([(await repondre('annuler', borne)).statusCode, (await repondre('contester', borne)).statusCode]).toEqual([403, 303]);
    expect([(await repondre('confirmer', PP)).statusCode, await etat(id)]).toEqual([303, 'dénoncée']);
    expect([(await repondre('annuler', borne)).statusCode, (await finir({ acte: 'annuler' }, borne)).statusCode]).toEqual([403, 403]);
    expect([(await finir({ acte: 'annuler' }, PP)).statusCode, await etat(id), await differences()]).toEqual([303, 'en vigueur', []]);
    // Leaving a charter, noted from one place, waits for who speaks for all of them.
    const charte = await creer({ titre: 'Charte de deux lieux', nature: 'charte', effet: jourDans(-100), territoires: ['mairie-18', 'mairie-19'] });
    const ligne = await partie(charte, { organisation: 'PP' });
    const sur = (champs: Record<string, string>, qui: Qui) => app.post(`/conventions/${charte}/parties/${ligne}`, champs, qui);
    expect((await sur({ acte: 'signer', vu: '0', jour: jourDans(-99) }, PP)).statusCode).toBe(303);
    expect((await sur({ acte: 'retirer', vu: '1', jour: jourDans(-1) }, borne)).statusCode).toBe(303);
    expect(await page(charte)).toContain('retrait à confirmer');
    // Out of it while its object is corrected, then back: its signature waits for its word on what changed.
    await partie(charte, { organisation: 'DPMP', signee_le: jourDans(-99) });
    await texte(charte);
    expect((await sur({ acte: 'retirer', vu: '2', jour: jourDans(-1) }, PP)).statusCode).toBe(303);
    const [{ version = 0 } = {}] = (await sql<{ version: number }>`select version from conventions where id = ${charte}::uuid`.execute(app.base.owner)).rows;
    const corrige = { version: String(version), _vu: '{}', objet: 'Un autre objet', motif_correction: 'Mal recopié' };
    expect((await app.post(`/conventions/${charte}/modifier`, corrige, COORDINATION)).statusCode).toBe(303);
    expect(await ouverts(charte)).toEqual([]);
    const { rows } = await sql<{ id: string; vu: string }>`select id, max(rang)::text as vu from convention_paroles
      where convention_id = ${charte}::uuid and genre = 'retrait' group by id having bool_or(par_elle) order by max(rang)`.execute(app.base.owner);
    const revenir = { acte: 'annuler', vu: rows[0]?.vu ?? '', motif: 'Nous restons' };
    expect((await app.post(`/conventions/${charte}/paroles/${rows[0]?.id}`, revenir, borne)).statusCode).toBe(403);
    expect((await app.post(`/conventions/${charte}/paroles/${rows[0]?.id}`, revenir, PP)).statusCode).toBe(303);
    expect(await page(charte)).toContain('pendant son retrait : objet : Mal recopié');
    expect(await ouverts(charte)).toEqual([`acte-confirmation PP ${jourDans(30)}`]);
    expect(await differences()).toEqual([]);
  });
});
