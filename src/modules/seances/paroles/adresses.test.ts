/** From which address something noted in somebody's name is answered: each order in which who keeps the body may change what the seat says. */
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { courriels } from '../../../../tests/support/courriels.ts';
import { dit, type Gens, ouvrirSalle, type Salle } from '../tenue/tenue.fixtures.ts';

const lien = (texte: string): string => /\/paroles\/[0-9a-f-]{36}\/[\w-]+/.exec(texte)?.[0] ?? '';
const [MAIRE, DIRECTRICE] = ['maire@convoquee.fr', 'directrice@convoquee.fr'];
const AILLEURS = 'dont l’adresse n’est pas celle de la convocation';

describe('Ce qui est noté au nom de quelqu’un', () => {
  let salle: Salle;
  beforeAll(async () => {
    salle = await ouvrirSalle();
  });
  afterAll(() => salle.app.close());

  let envois = 0;
  const ouvrir = async (url: string, q?: Gens) => dit((await salle.app.serveur.inject({ url, headers: q ? { cookie: q.temoin } : {} })).body);
  const repondre = async (url: string, champs: Record<string, string>, q?: Gens) =>
    (
      await salle.app.serveur.inject({
        method: 'POST',
        url,
        // From as many places as it takes: how often each may write is another matter.
        remoteAddress: `10.1.${envois >> 8}.${envois++ & 255}`,
        headers: { 'content-type': 'application/x-www-form-urlencoded', ...(q ? { cookie: q.temoin } : {}) },
        payload: new URLSearchParams(champs).toString(),
      })
    ).statusCode;
  /** The link of the last letter of this kind to this address. */
  const lienDe = async (objet: string, a: string) =>
    lien((await courriels(salle.app, `/seances/${salle.seance}`)).filter((x) => x.sujet.startsWith(objet) && x.pour === a).at(-1)?.texte ?? '');
  const poser = (participant: string, courriel: string, ligne: boolean) =>
    sql`with s as (update instance_membres m set courriel = ${courriel} from seance_participants p where p.id = ${participant}::uuid and m.id = p.membre_id)
      update seance_participants set courriel = case when ${ligne} then ${courriel} else courriel end where id = ${participant}::uuid`.execute(
      salle.app.base.owner,
    );
  const releve = async () => dit((await salle.lire(salle.anne, '/releve.html?genre=compte-rendu')).body);
  /** Convoked, then what `avant` does of the seats before the session, then lifted. */
  async function lever(avant: (maire: string, directrice: string) => Promise<unknown> = async () => {}, seuls: 'suppleants' | null = null) {
    const { owner } = salle.app.base;
    await salle.preparer({}, { confidentialite: 'publique' });
    const [maire, directrice] = [await salle.siege('Maire'), await salle.siege('Directrice du collège')];
    await poser(maire, MAIRE, true);
    await poser(directrice, DIRECTRICE, true);
    // Who is written to alone is known before the letters leave.
    if (seuls) await avant(maire, directrice);
    await salle.convoquer(seuls);
    if (!seuls) await avant(maire, directrice);
    await sql`update seance_participants set presence = 'present' where id = ${maire}::uuid`.execute(owner);
    await sql`update seance_participants set presence = 'absent' where id = ${directrice}::uuid`.execute(owner);
    expect((await salle.poster(salle.anne, '/lever', { confirme_heures: 'oui' })).statusCode).toBe(303);
    await sql`update seances set relecture_jusqu_a = null where id = ${salle.seance}::uuid`.execute(owner);
    return { maire, directrice };
  }
  const noterPresence = async (id: string, presence: string, avant: string) =>
    expect((await salle.poster(salle.anne, '/presences', { [`presence-${id}`]: presence, [`par-${id}`]: '', [`avant-${id}`]: `${avant}|` })).statusCode).toBe(
      303,
    );
  async function noter(maire: string): Promise<string> {
    const empreinte = /name="empreinte" value="([0-9a-f]{64})"/.exec((await salle.lire(salle.anne, '/clore')).body)?.[1] ?? '';
    expect((await salle.poster(salle.anne, '/approbations', { participant: maire, piece: 'Message', empreinte, confirme_absence: maire })).statusCode).toBe(
      303,
    );
    return empreinte;
  }
  const RIEN = { acte: 'contester', contestation: 'Ce n’est pas exact' };

  const changer = (participant: string, nom: string, courriel: string, ligne: boolean) =>
    sql`with s as (update instance_membres m set nom = ${nom}, courriel = ${courriel} from seance_participants p where p.id = ${participant}::uuid and m.id = p.membre_id)
      update seance_participants set nom = case when ${ligne} then ${nom} else nom end, courriel = case when ${ligne} then ${courriel} else courriel end
      where id = ${participant}::uuid`.execute(salle.app.base.owner);

  test('une présence contestée ne se reprend pas d’une adresse donnée depuis, et l’ancienne apprend ce qui est noté après', async () => {
    const { directrice } = await lever();
    await noterPresence(directrice, 'present', 'absent');
    await noterPresence(directrice, 'absent', 'present');
    const sien = await lienDe('Votre présence', DIRECTRICE);
    expect(await repondre(sien, RIEN)).toBe(303);
    await poser(directrice, 'boite1@ailleurs.fr', false);
    await noterPresence(directrice, 'present', 'absent');
    await noterPresence(directrice, 'absent', 'present');
    const boite = await lienDe('Votre présence', 'boite1@ailleurs.fr');
    const recues = (await courriels(salle.app, `/seances/${salle.seance}`)).filter((x) => x.pour === DIRECTRICE && x.sujet.startsWith('Votre présence'));
    expect([boite === '', recues.length]).toEqual([false, 4]);
    expect(await ouvrir(boite)).toContain('connectez-vous avec le compte de cette adresse');
    for (const champs of [{ acte: 'reprendre' }, RIEN]) expect(await repondre(boite, champs)).toBe(403);
    // Signed in as that very account, they say their own word and take back theirs alone.
    const compte = await salle.personne('boite1@ailleurs.fr');
    expect(await repondre(boite, { acte: 'reprendre' }, compte)).toBe(409);
    expect(await repondre(boite, RIEN, compte)).toBe(303);
    expect(await releve()).toContain('contestée par le lien envoyé à l’adresse de la convocation de Jeanne Essai : « Ce n’est pas exact »');
    expect(await repondre(boite, { acte: 'reprendre' }, compte)).toBe(303);
    expect(await releve()).toContain('1 présence contestée');
    // What was said there stands beside, under its own name.
    expect(await repondre(boite, RIEN, compte)).toBe(303);
    expect(await repondre(sien, { acte: 'reprendre' })).toBe(303);
    expect(await releve()).toContain(`contestée par boite1, ${AILLEURS}`);
  });

  test('une adresse changée avant la séance, où rien n’est parti, ne confirme pas ; celle de la convocation l’apprend et répond', async () => {
    const { maire } = await lever((id) => poser(id, 'boite2@ailleurs.fr', true));
    const empreinte = await noter(maire);
    const [boite, sien] = [await lienDe('Approbation', 'boite2@ailleurs.fr'), await lienDe('Approbation', MAIRE)];
    for (const champs of [{ acte: 'confirmer' }, RIEN]) expect(await repondre(boite, { ...champs, empreinte })).toBe(403);
    expect(await repondre(sien, { acte: 'confirmer', empreinte })).toBe(303);
    expect(await releve()).toContain('confirmée depuis par le lien envoyé à l’adresse de la convocation de Fatou Ndiaye');
  });

  test('le compte d’une adresse donnée depuis parle connecté, sous sa propre voix ; qui fut convoqué répond toujours après lui', async () => {
    const { maire } = await lever();
    const collegue = await salle.personne('collegue@ailleurs.fr');
    await poser(maire, 'collegue@ailleurs.fr', false);
    const empreinte = await noter(maire);
    const [leur, sien] = [await lienDe('Approbation', 'collegue@ailleurs.fr'), await lienDe('Approbation', MAIRE)];
    const confirmer = { acte: 'confirmer', empreinte };
    expect(await repondre(leur, confirmer)).toBe(403);
    expect(await ouvrir(leur, collegue)).toContain('votre adresse n’est pas celle de la convocation');
    expect(await repondre(leur, confirmer, collegue)).toBe(303);
    expect(await releve()).toContain(`confirmée depuis par collegue, ${AILLEURS}`);
    // Who was convoked learns it, contests it, and that account says nothing after them.
    const suite = (await courriels(salle.app, `/seances/${salle.seance}`)).filter((x) => x.pour === MAIRE).at(-1);
    expect(suite?.texte).toContain(`collegue, ${AILLEURS}, vient de confirmer`);
    expect(await repondre(lien(suite?.texte ?? ''), { ...RIEN, empreinte })).toBe(303);
    for (const champs of [confirmer, { ...RIEN, empreinte }]) expect(await repondre(leur, champs, collegue)).toBe(409);
    expect(dit((await salle.lire(salle.anne, '/clore')).body)).toContain('contestée par le lien envoyé à l’adresse de la convocation de Fatou Ndiaye');
    expect(await repondre(sien, confirmer)).toBe(303);
  });

  test('qui fut convoqué d’abord, puis remplacé avant la séance, conteste sous sa propre voix ; qui le fut après et siège répond après lui', async () => {
    const { maire, directrice } = await lever(async (m, d) => {
      for (const [id, nom, courriel] of [
        [m, 'Yves Neuf', 'yves@convoque.fr'],
        [d, 'Zoé Neuve', 'zoe@convoquee.fr'],
      ])
        await sql`
          with s as (update instance_membres m set nom = ${nom}, courriel = ${courriel} from seance_participants p where p.id = ${id}::uuid and m.id = p.membre_id)
          update seance_participants set nom = ${nom}, courriel = ${courriel} where id = ${id}::uuid`.execute(salle.app.base.owner);
      await salle.convoquer();
    });
    const empreinte = await noter(maire);
    const [fatou, yves] = [await lienDe('Approbation', MAIRE), await lienDe('Approbation', 'yves@convoque.fr')];
    expect(await ouvrir(fatou)).toContain('Une autre personne tient ce siège depuis votre convocation');
    expect(await repondre(fatou, { acte: 'confirmer', empreinte })).toBe(403);
    expect(await repondre(fatou, { ...RIEN, empreinte })).toBe(303);
    const dabord = 'Fatou Ndiaye, convoqué d’abord à ce siège, dit que ce n’est pas exact';
    const lue = dit((await salle.lire(salle.anne, '/clore')).body);
    expect([lue.includes(dabord), lue.includes('pas encore confirmée par la présidence')]).toEqual([true, true]);
    expect(await repondre(yves, { acte: 'confirmer', empreinte })).toBe(303);
    expect(await releve()).toContain(`confirmée depuis par le lien envoyé à l’adresse de la convocation de Yves Neuf ; ${dabord}, par le lien`);
    expect(await repondre(fatou, { ...RIEN, empreinte })).toBe(409);
    // Of a presence: said as such, and hers alone.
    await noterPresence(directrice, 'present', 'absent');
    await noterPresence(directrice, 'absent', 'present');
    expect(await repondre(await lienDe('Votre présence', DIRECTRICE), RIEN)).toBe(303);
    expect(await releve()).toContain('contestée par le lien envoyé à l’adresse de la convocation de Jeanne Essai, convoqué d’abord à ce siège');
    expect(await repondre(await lienDe('Votre présence', 'zoe@convoquee.fr'), { acte: 'reprendre' })).toBe(409);
    // Nobody is at that address: who keeps the body may close it.
    expect(dit((await salle.lire(salle.anne, '/clore')).body)).toContain('Contestations de personnes parties');
  });

  test('une approbation donnée d’une adresse donnée depuis le dit ; qui fut convoqué l’apprend et la conteste, qui l’a donnée ne répond pas', async () => {
    const { maire } = await lever();
    const jean = await salle.personne('jean@ailleurs.fr');
    // Her name is written otherwise on the seat too: it is nobody else's.
    await changer(maire, 'FATOU  ndiaye', 'jean@ailleurs.fr', false);
    const empreinte = /name="empreinte" value="([0-9a-f]{64})"/.exec((await salle.lire(jean, '/clore')).body)?.[1] ?? '';
    expect((await salle.poster(jean, '/approuver', { empreinte, participant: maire })).statusCode).toBe(303);
    expect(await releve()).toContain(`jean, ${AILLEURS}`);
    const suite = (await courriels(salle.app, `/seances/${salle.seance}`)).filter((x) => x.pour === MAIRE).at(-1);
    expect(suite?.texte).toContain(`jean, ${AILLEURS}, vient d’approuver le relevé`);
    expect((await salle.poster(jean, '/approbations/repondre', { ...RIEN, empreinte, participant: maire })).statusCode).toBe(409);
    expect(await repondre(lien(suite?.texte ?? ''), { ...RIEN, empreinte })).toBe(303);
    expect((await salle.poster(jean, '/approuver', { empreinte, participant: maire })).statusCode).toBe(409);
    expect((await salle.figer()).statusCode).toBe(422);
    expect(dit((await salle.lire(salle.anne, '/clore')).body)).toContain(`par jean, ${AILLEURS}`);
    expect(await repondre(lien(suite?.texte ?? ''), { acte: 'confirmer', empreinte })).toBe(303);
    expect(await releve()).toContain(
      'donnée d’une adresse qui n’est pas celle de la convocation ; confirmée depuis par le lien envoyé à l’adresse de la convocation de Fatou Ndiaye',
    );
  });

  const empreinteLue = async (q: Gens) => /name="empreinte" value="([0-9a-f]{64})"/.exec((await salle.lire(q, '/clore')).body)?.[1] ?? '';
  const figer = async () => (await salle.figer()).statusCode;

  test('ce qu’une présidence sans compte conteste d’un texte qui change, son lien le reprend : son approbation se note de nouveau, et s’arrête', async () => {
    const { maire, directrice } = await lever();
    const empreinte = await noter(maire);
    const sien = await lienDe('Approbation', MAIRE);
    expect(await repondre(sien, { ...RIEN, empreinte })).toBe(303);
    await noterPresence(directrice, 'present', 'absent');
    expect(dit((await salle.lire(salle.anne, '/clore')).body)).not.toContain('Enregistrer une approbation reçue');
    expect(await ouvrir(sien)).toMatch(/Tant que vous contestez, rien n’est noté en votre nom[\s\S]*Ne plus contester/);
    expect([await repondre(sien, { ...RIEN, empreinte }), await repondre(sien, { acte: 'reprendre', empreinte })]).toEqual([409, 303]);
    const suivante = await noter(maire);
    expect(await repondre(await lienDe('Approbation', MAIRE), { acte: 'confirmer', empreinte: suivante })).toBe(303);
    expect([(await releve()).includes('confirmée depuis par le lien envoyé à l’adresse de la convocation de Fatou Ndiaye'), await figer()]).toEqual([
      true,
      303,
    ]);
  });

  test('qui a présidé sans être convoqué de nouveau approuve : qui le fut d’abord le dit à côté, et n’arrête rien', async () => {
    const { maire } = await lever((m) => changer(m, 'Yves Neuf', 'yves@assis.fr', true));
    const yves = await salle.personne('yves@assis.fr');
    const empreinte = await empreinteLue(yves);
    expect((await salle.poster(yves, '/approuver', { empreinte, participant: maire })).statusCode).toBe(303);
    const suite = (await courriels(salle.app, `/seances/${salle.seance}`)).filter((x) => x.pour === MAIRE).at(-1);
    expect(suite?.texte).toMatch(/yves, dont l’adresse n’est pas celle de la convocation, vient d’approuver[\s\S]*Une autre personne tient ce siège/);
    expect(await repondre(lien(suite?.texte ?? ''), { ...RIEN, empreinte })).toBe(303);
    const lettres = (await courriels(salle.app, `/seances/${salle.seance}`)).filter((x) => x.sujet.startsWith('Approbation'));
    expect(lettres.filter((x) => x.pour === 'yves@assis.fr').map((x) => x.texte)).toEqual(
      expect.arrayContaining([expect.stringContaining('Cela ne change rien à cette approbation')]),
    );
    expect(await releve()).toContain('Fatou Ndiaye, convoqué d’abord à ce siège, dit que ce n’est pas exact');
    // Twice is once; the minutes are frozen, and the public reads nothing contested.
    expect([await repondre(lien(suite?.texte ?? ''), { ...RIEN, empreinte }), await figer()]).toEqual([409, 303]);
  });

  test('absente le jour de la convocation, qui préside parle d’où son siège était, après sa suppléance', async () => {
    const poserPaul = (m: string) =>
      sql`with s as (update instance_membres x set suppleant_nom = 'Paul Petit', suppleant_courriel = 'paul@suppleant.fr' from seance_participants p
          where p.id = ${m}::uuid and x.id = p.membre_id)
        update seance_participants set suppleant_nom = 'Paul Petit', suppleant_courriel = 'paul@suppleant.fr' where id = ${m}::uuid`.execute(
        salle.app.base.owner,
      );
    const { maire } = await lever(poserPaul, 'suppleants');
    const fatou = await salle.personne(MAIRE);
    const empreinte = await noter(maire);
    expect(await repondre(await lienDe('Approbation', 'paul@suppleant.fr'), { acte: 'confirmer', empreinte })).toBe(303);
    // Nothing was sent to her: with her account, and in her own name.
    const sien = await lienDe('Approbation', MAIRE);
    expect(await repondre(sien, { ...RIEN, empreinte })).toBe(403);
    expect(await repondre(sien, { ...RIEN, empreinte }, fatou)).toBe(303);
    const lue = dit((await salle.lire(salle.anne, '/clore')).body);
    expect([lue.includes('contestée par maire'), lue.includes(AILLEURS)]).toEqual([true, false]);
    expect((await salle.poster(fatou, '/approuver', { empreinte, participant: maire })).statusCode).toBe(303);
    expect(await releve()).toContain('confirmée depuis par maire');
    await sql`delete from sessions where compte_id = ${fatou.id}::uuid`.execute(salle.app.base.owner);
    await sql`update comptes set courriel = 'maire.partie@exemple.fr' where id = ${fatou.id}::uuid`.execute(salle.app.base.owner);
  });

  test('convoquée à deux adresses, ce qui est donné de la seconde se dit à la première, qui y répond ; l’inverse non', async () => {
    const { maire } = await lever(async (m) => {
      await poser(m, 'bis@convoquee.fr', true);
      await salle.convoquer();
    });
    const bis = await salle.personne('bis@convoquee.fr');
    const empreinte = await empreinteLue(bis);
    expect((await salle.poster(bis, '/approuver', { empreinte, participant: maire })).statusCode).toBe(303);
    const suite = (await courriels(salle.app, `/seances/${salle.seance}`)).filter((x) => x.pour === MAIRE).at(-1);
    expect(suite?.texte).toContain('bis, à une autre adresse que celle-ci, vient d’approuver le relevé');
    expect(await repondre(lien(suite?.texte ?? ''), { ...RIEN, empreinte })).toBe(303);
    expect((await salle.poster(bis, '/approuver', { empreinte, participant: maire })).statusCode).toBe(409);
    expect(dit((await salle.lire(salle.anne, '/clore')).body)).toContain('contestée par le lien envoyé à l’adresse de la convocation de Fatou Ndiaye');
    const avis = (await courriels(salle.app, `/seances/${salle.seance}`)).filter((x) => x.pour === 'bis@convoquee.fr').at(-1);
    expect(avis?.texte).toContain('conteste, par le lien envoyé à l’adresse de la convocation, l’approbation donnée en son nom d’une autre adresse');
    expect(await repondre(lien(suite?.texte ?? ''), { acte: 'confirmer', empreinte })).toBe(303);
    expect((await salle.poster(bis, '/approbations/repondre', { ...RIEN, empreinte, participant: maire })).statusCode).toBe(409);
    expect(await figer()).toBe(303);
  });

  test('l’adresse corrigée d’un siège n’est le départ de personne : rien ne se classe ; deux contestations d’une ligne se classent chacune', async () => {
    const { directrice } = await lever(async (_, d) => {
      await changer(d, 'Zoé Neuve', 'zoe@neuve.fr', true);
      await salle.convoquer();
    });
    await noterPresence(directrice, 'present', 'absent');
    await noterPresence(directrice, 'absent', 'present');
    const [jeanne, zoe] = [await lienDe('Votre présence', DIRECTRICE), await lienDe('Votre présence', 'zoe@neuve.fr')];
    expect([await repondre(jeanne, RIEN), await repondre(zoe, { ...RIEN, contestation: 'J’y siégeais' })]).toEqual([303, 303]);
    // Both are read.
    for (const dite of [
      'contestée par le lien envoyé à l’adresse de la convocation de Zoé Neuve : « J’y siégeais »',
      'contestée par le lien envoyé à l’adresse de la convocation de Jeanne Essai, convoqué d’abord à ce siège',
    ])
      expect(await releve()).toContain(dite);
    await poser(directrice, 'zoe@corrigee.fr', false);
    const rangs = async () =>
      [...(await salle.lire(salle.anne, '/clore')).body.matchAll(/name="rang" value="(\d+)"/g)].map((m) => Number(m[1])).sort((a, b) => a - b);
    const classer = async (rang: number) =>
      (await salle.poster(salle.anne, '/presences/classer', { participant: directrice, rang: String(rang), vu: 'absent|', classement: `Motif ${rang}` }))
        .statusCode;
    const [une, autre] = [3, 4];
    expect([await rangs(), await classer(autre)]).toEqual([[une], 409]);
    await changer(directrice, 'Une autre', 'autre@neuve.fr', false);
    expect(await rangs()).toEqual([une, autre]);
    expect(await classer(autre)).toBe(303);
    expect(await releve()).toContain('« J’y siégeais » ; contestation classée par Anne Essai : « Motif 4 »');
    expect([await rangs(), await classer(autre), await classer(une)]).toEqual([[une], 409, 303]);
  });

  test('quoi que fasse qui tient l’instance, avant la séance et après, dans quelque ordre, personne ne dit ni ne finit la parole d’un autre, et qui a présidé approuve', async () => {
    let graine = 7;
    const hasard = (n: number): number => {
      graine = (graine * 48271) % 2147483647;
      return graine % n;
    };
    const boites = [0, 1, 2].map((n) => `boite-${n}@tierce.fr`);
    const comptes = new Map<string, Gens>();
    const { owner } = salle.app.base;
    for (let tour = 0; tour < 5; tour += 1) {
      const { maire, directrice } = await lever(async (m, d) => {
        for (let pas = tour === 0 ? 0 : hasard(4); pas > 0; pas -= 1) {
          await poser(hasard(2) ? m : d, boites[hasard(3)] ?? '', true);
          if (hasard(2)) await salle.convoquer();
        }
      });
      let etat = 'absent';
      const siege = { nom: 'Jeanne Essai', courriel: DIRECTRICE };
      const empreinte = await noter(maire);
      await noterPresence(directrice, 'present', etat);
      await noterPresence(directrice, 'absent', 'present');
      // Theirs, said before anything else.
      const [leMaire, laDirectrice] = [await lienDe('Approbation', MAIRE), await lienDe('Votre présence', DIRECTRICE)];
      const [confirmer, contester] = [
        { acte: 'confirmer', empreinte },
        { ...RIEN, empreinte },
      ];
      const conteste = tour % 2 === 0;
      expect([await repondre(leMaire, conteste ? contester : confirmer), await repondre(laDirectrice, RIEN)]).toEqual([303, 303]);
      /** Everything that somebody who reads there may try, by links and signed in. */
      const tenter = async (boite: string) => {
        const compte = comptes.get(boite);
        for (const url of [await lienDe('Approbation', boite), await lienDe('Votre présence', boite)].filter((x) => x !== ''))
          for (const acte of ['confirmer', 'reprendre', 'contester']) for (const q of [undefined, compte]) await repondre(url, { ...RIEN, acte, empreinte }, q);
        if (!compte) return;
        for (const champs of [confirmer, contester]) await salle.poster(compte, '/approbations/repondre', { ...champs, participant: maire });
        await salle.poster(compte, '/approuver', { empreinte, participant: maire });
        for (const acte of ['reprendre', 'contester'])
          await salle.poster(compte, '/presences/contester', { ...RIEN, acte, participant: directrice, vu: `${etat}|` });
      };
      for (let pas = 0; pas < 14; pas += 1) {
        const boite = boites[hasard(3)] ?? '';
        const geste = hasard(6);
        if (geste === 0) {
          const [qui, nom] =
            hasard(3) > 0 ? [maire, ['Fatou Ndiaye', 'Autre Maire'][hasard(2)]] : [directrice, ['Jeanne Essai', 'Autre Directrice'][hasard(2)]];
          await changer(qui, nom ?? '', boite, false);
          if (qui === directrice) Object.assign(siege, { nom, courriel: boite });
          await tenter(boite);
        } else if (geste === 1 && !comptes.has(boite)) comptes.set(boite, await salle.personne(boite));
        else if (geste === 2) {
          const suite = etat === 'absent' ? 'present' : 'absent';
          await noterPresence(directrice, suite, etat);
          etat = suite;
        } else if (geste === 3) {
          const dites = await sql<{ rang: number }>`
            select rang from seance_presence_mots where participant_id = ${directrice}::uuid and acte = 'contestee' and adresse = ${DIRECTRICE} order by rang`.execute(
            owner,
          );
          for (const { rang } of dites.rows) {
            const champs = { participant: directrice, rang: String(rang), vu: `${etat}|`, classement: 'Motif du classement' };
            const classee = (await salle.poster(salle.anne, '/presences/classer', champs)).statusCode === 303;
            expect([tour, pas, classee && siege.nom === 'Jeanne Essai']).toEqual([tour, pas, false]);
          }
        } else if (geste === 4) {
          await salle.convoquer();
          await salle.poster(salle.anne, '/approbations', { participant: maire, piece: 'Message', empreinte, confirme_absence: maire });
        } else await tenter(boite);
      }
      if (etat === 'present') await noterPresence(directrice, 'absent', 'present');
      const dites = await sql<{ ailleurs: number }>`
        select (select count(*) from seance_presence_mots d where d.seance_id = ${salle.seance}::uuid and d.acte <> 'notee' and not d.depuis
            and not exists (select from seance_convocations k where k.participant_id = d.participant_id and k.adresse = d.adresse))::int
          + (select count(*) from seance_approbation_reponses r where r.seance_id = ${salle.seance}::uuid and not r.depuis and r.voie <> 'successeur'
            and not exists (select from seance_convocations k where k.participant_id = r.participant_id and k.adresse = r.adresse))::int as ailleurs`.execute(
        owner,
      );
      expect([tour, dites.rows]).toEqual([tour, [{ ailleurs: 0 }]]);
      const dite = `${conteste ? 'contestée' : 'confirmée'} par le lien envoyé à l’adresse de la convocation de Fatou Ndiaye`;
      expect([tour, dit((await salle.lire(salle.anne, '/clore')).body)]).toEqual([tour, expect.stringContaining(dite)]);
      expect([tour, await releve()]).toEqual([tour, expect.stringContaining('contestée par le lien envoyé à l’adresse de la convocation de Jeanne Essai')]);
      // They alone end it, by the same links; closed, she says it again.
      const [classee] = (
        await sql<{ acte: string }>`
          select acte from seance_presence_mots where participant_id = ${directrice}::uuid and adresse = ${DIRECTRICE} and acte <> 'notee' order by rang desc`.execute(
          owner,
        )
      ).rows;
      expect(await repondre(laDirectrice, classee?.acte === 'classee' ? RIEN : { acte: 'reprendre' })).toBe(303);
      // What she confirmed, nobody answers, herself included.
      expect(await repondre(leMaire, conteste ? confirmer : contester)).toBe(conteste ? 303 : 409);
      // Whoever really presided: of a text that changed too, to the end.
      await noterPresence(directrice, 'present', 'absent');
      const suivante = await noter(maire);
      expect(await repondre(await lienDe('Approbation', MAIRE), { acte: 'confirmer', empreinte: suivante })).toBe(303);
      expect([tour, await figer()]).toEqual([tour, 303]);
    }
  }, 120_000);
});
