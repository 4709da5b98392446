import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Gens, ouvrirSalle, type Salle } from './tenue.fixtures.ts';

const dit = (html: string): string => html.replace(/<[^>]+>/g, ' ').replace(/[\s\u00a0\u202f]+/g, ' ');

describe('Rien de ce qui est commencé en séance ne se perd', () => {
  let salle: Salle;
  beforeAll(async () => {
    salle = await ouvrirSalle();
  });
  afterAll(() => salle.app.close());
  beforeEach(() => salle.preparer({}, { vote: true }));

  const commencer = (q: Gens, formulaire: string, champs: Record<string, string>, id = randomUUID()) =>
    salle.poster(q, '/brouillons', { brouillon: id, formulaire, champs: JSON.stringify(champs) }, true).then((r) => ({ r, id }));
  const nombre = async (): Promise<number> =>
    (await salle.un(sql<{ n: number }>`select count(*)::int as n from seance_brouillons where seance_id = ${salle.seance}::uuid and ecarte_le is null`)).n;
  const decisions = async () =>
    (
      await sql<{ libelle: string }>`select libelle from decisions where seance_id = ${salle.seance}::uuid order by numero`.execute(salle.app.base.owner)
    ).rows.map((r) => r.libelle);
  const lever = (champs: Record<string, string> = {}) => salle.poster(salle.anne, '/lever', champs);
  const entiere = () => ({ ...salle.decision({ libelle: 'Poser des lampes rue Lepic', responsable_nom: 'Le chef de projet' }), id: '' });

  test.each([
    [
      'decision',
      () => ({ nature: 'action', libelle: 'Poser des lampes', responsable: 'PP', responsable_nom: 'Cdt Moreau', echeance: '2027-03-01' }),
      ['Poser des lampes', 'Cdt Moreau', '2027-03-01'],
    ],
    ['vote', () => ({ objet: 'Adopter le plan', pour: '5', contre: '2', abstention: '1' }), ['Adopter le plan', 'value="5"', 'value="2"']],
    ['invite', () => ({ nom: 'Ada Invitée', fonction: 'Riveraine', organisation: 'VILLE' }), ['Ada Invitée', 'Riveraine']],
    ['point', () => ({ titre: 'Questions diverses de dernière minute' }), ['Questions diverses de dernière minute']],
  ])('« %s » : chaque champ se retrouve sur un autre appareil de la même personne, et chez elle seule', async (formulaire, champs, attendus) => {
    expect((await commencer(salle.anne, formulaire, { ...champs(), point: salle.points[1] ?? '' })).r.statusCode).toBe(200);
    const sienne = (await salle.lire(salle.anne, '/tenir')).body;
    for (const mot of attendus) expect([mot, sienne.includes(mot)]).toEqual([mot, true]);
    const formulaireDeBruno = /<form[^>]*data-brouillon="[\s\S]*?<\/form>/g;
    const autre = [...(await salle.lire(salle.bruno, '/tenir')).body.matchAll(formulaireDeBruno)].map((m) => m[0]).join('');
    expect(autre.includes(attendus[0] ?? '')).toBe(false);
  });

  test('ce qui est ajouté n’est plus commencé, même si la dernière frappe arrive après', async () => {
    const { id } = await commencer(salle.anne, 'decision', entiere());
    expect((await salle.poster(salle.anne, '/decisions', { ...entiere(), id }, true)).statusCode).toBe(200);
    expect(await nombre()).toBe(0);
    const tard = await commencer(salle.anne, 'decision', entiere(), id);
    expect(tard.r.json()).toMatchObject({ ok: true, fait: true });
    expect(await nombre()).toBe(0);
    const vide = await commencer(salle.anne, 'point', { titre: 'Un point' });
    await salle.poster(salle.anne, '/brouillons', { brouillon: vide.id, formulaire: 'point', champs: '' }, true);
    expect(await nombre()).toBe(0);
  });

  test('lever demande ce que devient chaque saisie, celles des autres aussi ; rien ne disparaît', async () => {
    await commencer(salle.anne, 'decision', { nature: 'action', libelle: 'Commencée par Anne', point: salle.points[1] ?? '' });
    await commencer(salle.bruno, 'decision', { nature: 'decision', libelle: 'Commencée par Bruno' });
    const refus = await lever({ confirme_heures: 'oui' });
    expect(refus.statusCode).toBe(422);
    for (const mot of [
      '2 saisies commencées',
      'Action commencée, point 2',
      'Commencée par Anne',
      'par Bruno Essai',
      'Commencée par Bruno',
      'Lever la séance malgré cela',
    ])
      expect([mot, dit(refus.body).includes(mot)]).toEqual([mot, true]);
    // One that comes after the question is asked about too.
    await commencer(salle.bruno, 'point', { titre: 'Arrivé entre-temps' });
    expect((await lever({ confirme_heures: 'oui', confirme_brouillons: '2' })).statusCode).toBe(422);
    expect((await lever({ confirme_heures: 'oui', confirme_brouillons: '3' })).statusCode).toBe(303);
    const clore = dit((await salle.lire(salle.anne, '/clore')).body);
    for (const mot of ['Commencée par Anne', 'Commencée par Bruno', 'Arrivé entre-temps', '3 saisies commencées ne sont ni ajoutées ni écartées'])
      expect([mot, clore.includes(mot)]).toEqual([mot, true]);
  });

  test('arrêter est refusé tant qu’une saisie n’est ni ajoutée ni écartée ; incomplète, elle se complète ; écartée, elle se reprend', async () => {
    const { id: complete1 } = await commencer(salle.anne, 'decision', entiere());
    const { id: courte } = await commencer(salle.bruno, 'decision', { nature: 'action', libelle: 'Sans personne ni date' });
    const { id: autre } = await commencer(salle.bruno, 'point', { titre: 'Une question' });
    await lever({ confirme_heures: 'oui', confirme_brouillons: '3' });
    await sql`update seances set relecture_jusqu_a = null where id = ${salle.seance}::uuid`.execute(salle.app.base.owner);
    const figer = await salle.poster(salle.anne, '/figer', { confirme_presences: '9' });
    expect([figer.statusCode, dit(figer.body)]).toEqual([422, expect.stringContaining('3 saisies commencées ne sont ni ajoutées ni écartées')]);

    expect((await salle.poster(salle.anne, `/brouillons/${complete1}/ajouter`, {})).headers.location).toBe(`/seances/${salle.seance}/clore#brouillons`);
    const page = await salle.poster(salle.anne, `/brouillons/${courte}/ajouter`, {});
    expect(page.statusCode).toBe(422);
    for (const mot of ['Sans personne ni date', 'Choisissez qui en est chargé', `/brouillons/${courte}/ajouter`])
      expect([mot, page.body.includes(mot)]).toEqual([mot, true]);
    const complete = { libelle: 'Avec personne et date', responsable: 'PP', echeance: '2027-03-01' };
    expect((await salle.poster(salle.anne, `/brouillons/${courte}/ajouter`, complete)).statusCode).toBe(303);
    expect(await decisions()).toEqual(['Poser des lampes rue Lepic', 'Avec personne et date']);

    await salle.poster(salle.anne, `/brouillons/${autre}/ecarter`, {});
    expect(dit((await salle.lire(salle.anne, '/clore')).body)).toMatch(/1 saisie écartée .*Une question/);
    await salle.poster(salle.anne, `/brouillons/${autre}/reprendre`, {});
    expect(await nombre()).toBe(1);
    await salle.poster(salle.anne, `/brouillons/${autre}/ajouter`, {});
    expect(await nombre()).toBe(0);
    const p = await salle.un(sql<{ etat: string }>`select etat from seance_points where seance_id = ${salle.seance}::uuid and titre = 'Une question'`);
    expect(p.etat).toBe('reporte');
  });

  test('ce qui arrive après la levée (réseau perdu) attend dans le relevé : décision, et notes qui se joignent à celles du point', async () => {
    const point = salle.points[0] ?? '';
    await salle.poster(salle.anne, `/points/${point}/notes`, { version: '0', texte: 'Le maire ouvre.' }, true);
    await lever({ confirme_heures: 'oui' });
    const acte = { ...entiere(), id: randomUUID(), age: '120' };
    for (let i = 0; i < 2; i++) {
      const tard = await salle.poster(salle.bruno, '/decisions', acte, true);
      expect([tard.statusCode, tard.json().message]).toEqual([409, expect.stringContaining('attend dans le relevé')]);
      const notes = await salle.poster(salle.bruno, `/points/${point}/notes`, { version: '1', texte: 'Le maire ouvre.\nLa directrice répond.' }, true);
      expect(notes.statusCode).toBe(409);
    }
    expect(await nombre()).toBe(2);
    const { id } = await salle.un(sql<{ id: string }>`select id from seance_brouillons where seance_id = ${salle.seance}::uuid and formulaire like 'notes:%'`);
    expect((await salle.poster(salle.anne, `/brouillons/${id}/ajouter`, {})).statusCode).toBe(303);
    expect((await salle.poster(salle.anne, `/brouillons/${acte.id}/ajouter`, {})).statusCode).toBe(303);
    expect(await decisions()).toEqual(['Poser des lampes rue Lepic']);
    const lues = await salle.un(sql<{ notes: string }>`select notes from seance_points where id = ${point}::uuid`);
    expect(lues.notes).toBe('Le maire ouvre.\nLa directrice répond.');
  });

  test('une correction commencée se retrouve et s’ajoute ; ce qu’un autre a changé entre-temps est montré', async () => {
    const d = salle.decision();
    await salle.poster(salle.anne, '/decisions', d, true);
    const lu = (await salle.lire(salle.anne, `/tenir?corriger=${d.id}`)).body;
    const version = /name="version" value="(\d{5,})"/.exec(lu)?.[1] ?? '';
    const vu = (/name="_vu" value="([^"]*)"/.exec(lu)?.[1] ?? '').replaceAll('&quot;', '"');
    const { id } = await commencer(salle.anne, `correction:${d.id}`, { ...d, version, _vu: vu, libelle: 'Présence matin et soir' });
    expect((await salle.lire(salle.anne, `/tenir?corriger=${d.id}`)).body).toContain('Présence matin et soir');
    await salle.poster(salle.bruno, `/decisions/${d.id}`, { ...d, version, _vu: vu, libelle: 'Présence le midi' }, true);
    const heurt = await salle.poster(salle.anne, `/brouillons/${id}/ajouter`, {});
    expect([heurt.statusCode, dit(heurt.body)]).toEqual([422, expect.stringContaining('Présence le midi')]);
    expect(heurt.body).toContain('Présence matin et soir');
  });

  test('un agent qui ne fait que suivre ne commence rien et ne lit pas les saisies ; un identifiant quelconque est refusé', async () => {
    await commencer(salle.anne, 'decision', { nature: 'action', libelle: 'Pas pour les lecteurs' });
    const suit = await salle.app.get(`/seances/${salle.seance}/tenir`, { comme: 'agent', organisation: 'PP', territoire: 'mairie-18' });
    expect(suit.body).not.toContain('Pas pour les lecteurs');
    expect((await commencer(salle.anne, 'n-importe', { a: 'b' })).r.statusCode).toBe(422);
    expect((await salle.poster(salle.anne, '/brouillons', { brouillon: 'x', formulaire: 'point', champs: '{}' }, true)).statusCode).toBe(422);
    expect((await salle.poster(salle.anne, '/brouillons', { brouillon: randomUUID(), formulaire: 'point', champs: '[' }, true)).statusCode).toBe(422);
  });
});
