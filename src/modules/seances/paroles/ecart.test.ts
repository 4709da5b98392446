/** What is contested is taken back and confirms nothing; an address that was not theirs; who is nobody of a seat; whom a contestation holds, and until when. */
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { courriels } from '../../../../tests/support/courriels.ts';
import { dit, type Gens, ouvrirSalle, type Salle } from '../tenue/tenue.fixtures.ts';

const lien = (texte: string): string => /\/paroles\/[0-9a-f-]{36}\/[\w-]+/.exec(texte)?.[0] ?? '';
const [A, B, ELLE, DIRECTRICE] = ['a@maire.fr', 'b@maire.fr', 'fatou.ndiaye@maire.fr', 'directrice@maire.fr'];
const [CONFIRMER, CONTESTER, REPRENDRE] = [{ acte: 'confirmer' }, { acte: 'contester', contestation: 'Je n’ai rien approuvé' }, { acte: 'reprendre' }];

describe('Ce qui est dit d’une approbation', () => {
  let salle: Salle;
  beforeAll(async () => {
    salle = await ouvrirSalle();
  });
  afterAll(() => salle.app.close());

  let envois = 0;
  const ouvrir = async (url: string) => salle.app.serveur.inject({ url });
  const repondre = async (url: string, champs: Record<string, string>, q?: Gens) =>
    (
      await salle.app.serveur.inject({
        ...{ method: 'POST', url, remoteAddress: `10.2.${envois >> 8}.${envois++ & 255}` },
        headers: { 'content-type': 'application/x-www-form-urlencoded', ...(q ? { cookie: q.temoin } : {}) },
        payload: new URLSearchParams(champs).toString(),
      })
    ).statusCode;
  const lettres = async (a: string) => (await courriels(salle.app, `/seances/${salle.seance}`)).filter((x) => x.pour === a);
  const lienDe = async (a: string) => lien((await lettres(a)).filter((x) => x.sujet.startsWith('Approbation')).at(-1)?.texte ?? '');
  const asseoir = (participant: string, o: { nom?: string; courriel?: string; suppleant?: [string, string]; ligne?: boolean }) =>
    sql`with s as (
        update instance_membres m set nom = coalesce(${o.nom ?? null}, m.nom), courriel = coalesce(${o.courriel ?? null}, m.courriel),
          suppleant_nom = coalesce(${o.suppleant?.[0] ?? null}, m.suppleant_nom), suppleant_courriel = coalesce(${o.suppleant?.[1] ?? null}, m.suppleant_courriel)
        from seance_participants p where p.id = ${participant}::uuid and m.id = p.membre_id)
      update seance_participants set nom = coalesce(${o.nom ?? null}, nom), courriel = coalesce(${o.courriel ?? null}, courriel),
        suppleant_nom = coalesce(${o.suppleant?.[0] ?? null}, suppleant_nom), suppleant_courriel = coalesce(${o.suppleant?.[1] ?? null}, suppleant_courriel)
      where id = ${participant}::uuid and ${o.ligne ?? true}`.execute(salle.app.base.owner);
  async function lever(avant: (maire: string) => Promise<unknown> = async () => {}, seuls: Parameters<Salle['convoquer']>[0] = null) {
    await salle.preparer({}, { confidentialite: 'publique' });
    const [maire, directrice] = [await salle.siege('Maire'), await salle.siege('Directrice du collège')];
    await asseoir(maire, { courriel: A });
    await asseoir(directrice, { courriel: DIRECTRICE });
    if (seuls) await avant(maire);
    await salle.convoquer(seuls);
    if (!seuls) await avant(maire);
    await sql`update seance_participants set presence = 'present' where id = any(${[maire, directrice]}::uuid[])`.execute(salle.app.base.owner);
    expect((await salle.poster(salle.anne, '/lever', { confirme_heures: 'oui' })).statusCode).toBe(303);
    await sql`update seances set relecture_jusqu_a = null where id = ${salle.seance}::uuid`.execute(salle.app.base.owner);
    return { maire, directrice };
  }
  const clore = async (q: Gens = salle.anne) => dit((await salle.lire(q, '/clore')).body);
  const empreinteDe = async (q: Gens = salle.anne) => /name="empreinte" value="([0-9a-f]{64})"/.exec((await salle.lire(q, '/clore')).body)?.[1] ?? '';
  async function noter(maire: string) {
    const empreinte = await empreinteDe();
    const r = await salle.poster(salle.anne, '/approbations', { participant: maire, piece: 'Message', empreinte, confirme_absence: maire });
    return { empreinte, statut: r.statusCode };
  }
  /** What the minutes say changes. */
  const changer = async (directrice: string, presence: string, avant: string) =>
    expect(
      (await salle.poster(salle.anne, '/presences', { [`presence-${directrice}`]: presence, [`par-${directrice}`]: '', [`avant-${directrice}`]: `${avant}|` }))
        .statusCode,
    ).toBe(303);
  const parti = () =>
    sql`update releve_documents set pdf_id = gen_random_uuid(), docx_id = gen_random_uuid(), faits_le = now() where seance_id = ${salle.seance}::uuid`.execute(
      salle.app.base.owner,
    );
  const releve = async (version = '') => dit((await salle.lire(salle.anne, `/releve.html?genre=compte-rendu${version}`)).body);
  const ecarter = async (participant: string, adresse: string) => (await salle.poster(salle.anne, '/adresses/ecarter', { participant, adresse })).statusCode;

  test('ne plus contester ne confirme rien : le relevé arrêté, un rectificatif ouvert, redit « notée », et chacun l’apprend', async () => {
    const { maire, directrice } = await lever();
    const { empreinte } = await noter(maire);
    const sien = await lienDe(A);
    expect((await salle.figer()).statusCode).toBe(303);
    await parti();
    expect(await repondre(sien, { ...CONTESTER, empreinte })).toBe(303);
    expect((await salle.poster(salle.anne, '/rectifier', { motif: 'Ce que la maire n’a pas approuvé' })).statusCode).toBe(303);
    await changer(directrice, 'absent', 'present');
    expect(dit((await ouvrir(sien)).body)).toContain('Ne plus contester ne confirme rien');
    expect([await repondre(sien, { ...REPRENDRE, empreinte }), await repondre(sien, { ...REPRENDRE, empreinte })]).toEqual([303, 409]);
    expect(await releve('&version=1')).toContain('pas encore confirmée par la présidence');
    expect(await releve('&version=1')).not.toContain('confirmée depuis');
    expect((await lettres(DIRECTRICE)).at(-1)?.texte).toContain('l’approbation notée en son nom de ce relevé : elle est notée, ni confirmée ni contestée');
    const { rows } = await sql<{ acte: string }>`
      select action as acte from audit where objet = ${`/seances/${salle.seance}`} and action like 'seance.approbation_%' order by numero`.execute(
      salle.app.base.owner,
    );
    expect(rows.map((x) => x.acte)).toEqual(['seance.approbation_recue', 'seance.approbation_contestee', 'seance.approbation_reprise']);
    // A new one is noted, and what was noted first may be said again.
    expect((await noter(maire)).statut).toBe(303);
    expect(await repondre(sien, { ...CONFIRMER, empreinte })).toBe(303);
  });

  test('un rectificatif ouvert, ce qui est montré de l’arrêté est accepté, de chaque adresse', async () => {
    const { maire, directrice } = await lever(async (m) => {
      await asseoir(m, { courriel: B });
      await salle.convoquer();
    });
    const gens = await salle.personne(A);
    const { empreinte } = await noter(maire);
    const [premier, second] = [await lienDe(A), await lienDe(B)];
    expect((await salle.figer()).statusCode).toBe(303);
    expect(await repondre(second, { ...CONTESTER, empreinte })).toBe(303);
    expect((await salle.poster(salle.anne, '/rectifier', { motif: 'Ce que la maire n’a pas approuvé' })).statusCode).toBe(303);
    await changer(directrice, 'absent', 'present');
    expect(dit((await ouvrir(premier)).body)).toContain('Confirmer cette approbation');
    expect(await clore(gens)).toContain('Confirmer cette approbation');
    expect((await salle.poster(gens, '/approbations/repondre', { ...CONFIRMER, empreinte, participant: maire })).statusCode).toBe(303);
    // Both are said, and the contestation holds.
    expect(await releve('&version=1')).toMatch(/contestée depuis par le lien envoyé[^;]* ; confirmée d’une autre adresse du siège, par a/);
    await sql`update comptes set courriel = ${`${gens.id}@parti.fr`} where id = ${gens.id}::uuid`.execute(salle.app.base.owner);
  });

  test('une adresse qui n’était pas la sienne ne parle plus, n’est plus écrite ; ce qu’elle a dit se lit et n’arrête plus rien', async () => {
    const { maire } = await lever(async (m) => {
      await asseoir(m, { courriel: B });
      await salle.convoquer();
    });
    const { empreinte } = await noter(maire);
    const [faux, sien] = [await lienDe(A), await lienDe(B)];
    expect(await repondre(faux, { ...CONTESTER, empreinte })).toBe(303);
    expect((await salle.figer()).statusCode).toBe(422);
    // Hers answers all the same, and is not ended by it.
    expect(await repondre(sien, { ...CONFIRMER, empreinte })).toBe(303);
    expect((await salle.figer()).statusCode).toBe(422);
    expect([await ecarter(maire, 'nulle@part.fr'), await ecarter(maire, A), await ecarter(maire, A), await ecarter(maire, B)]).toEqual([409, 303, 409, 409]);
    expect(await clore()).toContain(`N’étaient pas celles de la personne : Maire : ${A}.`);
    expect((await lettres(B)).at(-1)?.texte).toContain('qu’une autre adresse que celle-ci n’était pas celle de votre siège');
    expect([(await ouvrir(faux)).statusCode, await repondre(faux, { ...CONTESTER, empreinte })]).toEqual([404, 404]);
    for (const a of [A, B]) expect((await lettres(a)).at(-1)?.sujet).toMatch(/^Adresse d’un siège/);
    expect(await releve()).toMatch(/confirmée depuis par le lien[^;]*Fatou Ndiaye ; contestée par une adresse qui n’était pas la sienne, sans effet/);
    const avant = (await lettres(A)).length;
    expect((await salle.figer()).statusCode).toBe(303);
    expect((await lettres(A)).length).toBe(avant);
    // Never taken back.
    const { droits } = await salle.un(
      sql<{ droits: boolean }>`select has_table_privilege('concorde_application', 'seance_adresses_ecartees', 'update, delete') as droits`,
    );
    expect(droits).toBe(false);
  });

  test('donnée d’une adresse qui n’était pas la sienne, une approbation attend : qui préside la confirme', async () => {
    const { maire } = await lever();
    const autre = await salle.personne(A);
    const empreinte = await empreinteDe(autre);
    expect((await salle.poster(autre, '/approuver', { empreinte, participant: maire })).statusCode).toBe(303);
    // The only address of its person is not struck out; the seat is corrected first.
    expect(await ecarter(maire, A)).toBe(409);
    await asseoir(maire, { courriel: ELLE, ligne: false });
    const elle = await salle.personne(ELLE);
    expect(await ecarter(maire, A)).toBe(303);
    expect([(await salle.figer()).statusCode, (await salle.poster(autre, '/approuver', { empreinte, participant: maire })).statusCode]).toEqual([422, 403]);
    expect(await clore()).toContain('contestée par Anne Essai');
    // An account of her name is not struck out either.
    expect(await ecarter(maire, ELLE)).toBe(409);
    const sien = lien((await lettres(ELLE)).at(-1)?.texte ?? '');
    expect(await repondre(sien, { ...CONFIRMER, empreinte })).toBe(403);
    expect(await repondre(sien, { ...CONFIRMER, empreinte }, elle)).toBe(303);
    expect((await salle.figer()).statusCode).toBe(303);
    await sql`update comptes set courriel = ${`${autre.id}@parti.fr`} where id = ${autre.id}::uuid`.execute(salle.app.base.owner);
  });

  test('qui n’était que connu et fut remplacé n’est personne : ni lettre, ni lien, ni compté parmi les prévenus', async () => {
    const { maire } = await lever(async (m) => {
      await asseoir(m, { suppleant: ['Paul Petit', 'paul@connu.fr'] });
    }, 'titulaires');
    await asseoir(maire, { suppleant: ['Pierre Neuf', 'pierre@connu.fr'] });
    await noter(maire);
    const { rows } = await sql<{ prevenus: number }>`select prevenus from seance_approbations where participant_id = ${maire}::uuid`.execute(
      salle.app.base.owner,
    );
    expect([await lettres('paul@connu.fr'), (await lettres('pierre@connu.fr')).length, rows]).toEqual([[], 1, [{ prevenus: 2 }]]);
    // The holder too, whose substitute alone was convoked.
    const suite = await lever(async (m) => void (await asseoir(m, { suppleant: ['Paul Petit', 'paul@connu.fr'] })), 'suppleants');
    await asseoir(suite.maire, { nom: 'Yves Neuf', courriel: 'yves@connu.fr' });
    await noter(suite.maire);
    await changer(suite.directrice, 'absent', 'present');
    expect([await lettres(A), (await lettres('yves@connu.fr')).length]).toEqual([[], 1]);
  });

  test('qui conteste et ne tient plus la présidence n’arrête pas qui la tient : le texte suivant se note, et se dit le sien', async () => {
    const { maire, directrice } = await lever();
    const { empreinte } = await noter(maire);
    const sien = await lienDe(A);
    expect(await repondre(sien, { ...CONTESTER, empreinte })).toBe(303);
    await changer(directrice, 'absent', 'present');
    expect([(await noter(maire)).statut, (await clore()).includes('ne cesse de contester, par le lien reçu')]).toEqual([409, true]);
    await asseoir(maire, { nom: 'Ada Neuve', courriel: 'ada@neuve.fr', ligne: false });
    const suivante = await noter(maire);
    expect(suivante.statut).toBe(303);
    expect(await releve()).toContain('au nom de Ada Neuve');
    expect((await salle.figer()).statusCode).toBe(303);
  });
});
