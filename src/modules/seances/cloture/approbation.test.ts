/** What is approved in the place of who presides: told to them, confirmed or contested by them, whoever sits there since. */
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { courriels } from '../../../../tests/support/courriels.ts';
import { lireFormulaire } from '../../../../tests/support/formulaire.ts';
import { aLHeureDeParis } from '../../../../tests/support/fuseau.ts';
import { faireTravaux } from '../../../../tests/support/travaux.ts';
import { jourDe } from '../../../core/clock.ts';
import { accorder } from '../../echeances/index.ts';
import { sourceSeances } from '../seances.dus.ts';
import { dit, type Gens, ouvrirSalle, type Salle } from '../tenue/tenue.fixtures.ts';

const lien = (texte: string): string => /\/paroles\/[0-9a-f-]{36}\/[\w-]+/.exec(texte)?.[0] ?? '';
const TITULAIRE = 'titulaire@exemple.fr';
const SUPPLEANT = 'suppleant@exemple.fr';

describe('Ce qui est approuvé à la place de la présidence', () => {
  let salle: Salle;
  let titulaire: Gens;
  let suppleant: Gens;
  beforeAll(async () => {
    salle = await ouvrirSalle();
    titulaire = await salle.personne(TITULAIRE);
    suppleant = await salle.personne(SUPPLEANT);
  });
  afterAll(() => salle.app.close());

  const lettresDe = async (objet: string) =>
    (await courriels(salle.app, `/seances/${salle.seance}`)).filter((x) => x.sujet.startsWith(objet)).map((x) => ({ a: x.pour, texte: x.texte }));
  const ouvrir = (url: string) => salle.app.serveur.inject({ url });
  const parLien = (url: string, champs: Record<string, string>, q?: Gens) =>
    salle.app.serveur.inject({
      method: 'POST',
      url,
      headers: { 'content-type': 'application/x-www-form-urlencoded', ...(q ? { cookie: q.temoin } : {}) },
      payload: new URLSearchParams(champs).toString(),
    });
  const clore = async (q: Gens) => (await salle.lire(q, '/clore')).body;
  const empreinteDe = (html: string): string => /name="empreinte" value="([0-9a-f]{64})"/.exec(html)?.[1] ?? '';
  const releve = async () => dit((await salle.lire(salle.anne, '/releve.html')).body);
  const figer = () => salle.figer();
  /** A lifted session whose president, written to, has a substitute. */
  async function lever(confidentialite = 'publique') {
    const { owner } = salle.app.base;
    await salle.preparer({}, { confidentialite });
    const maire = await salle.siege('Maire');
    const poser = sql`courriel = ${TITULAIRE}, suppleant_nom = 'Paul Petit', suppleant_courriel = ${SUPPLEANT}`;
    await sql`update seance_participants set ${poser}, presence = 'present' where id = ${maire}::uuid`.execute(owner);
    await sql`update instance_membres m set ${poser} from seance_participants p where p.id = ${maire}::uuid and m.id = p.membre_id`.execute(owner);
    await salle.convoquer();
    expect((await salle.poster(salle.anne, '/lever', { confirme_heures: 'oui' })).statusCode).toBe(303);
    await sql`update seances set relecture_jusqu_a = null where id = ${salle.seance}::uuid`.execute(owner);
    return maire;
  }
  const approuver = async (q: Gens) => {
    const [empreinte = ''] = lireFormulaire(await clore(q), `/seances/${salle.seance}/approuver`).empreinte ?? [];
    return (await salle.poster(q, '/approuver', { empreinte })).statusCode;
  };

  test('sa suppléance approuve : qui préside l’apprend, le confirme ou le conteste, avant l’arrêt comme après, et c’est dit partout', async () => {
    await lever();
    expect(await approuver(suppleant)).toBe(303);
    const [lettre, ...autres] = await lettresDe('Approbation en votre nom');
    expect([lettre?.a, autres]).toEqual([TITULAIRE, []]);
    expect(lettre?.texte).toMatch(/suppleant vient d’approuver, en suppléance, le relevé de la séance/);
    const url = lien(lettre?.texte ?? '');
    const page = await ouvrir(url);
    expect(page.statusCode).toBe(200);
    const empreinte = empreinteDe(page.body);
    expect(dit(page.body)).toMatch(/suppleant, en suppléance de Fatou Ndiaye, Maire, a approuvé le relevé de cette séance/);
    // Twice is once.
    expect((await salle.poster(suppleant, '/approuver', { empreinte })).statusCode).toBe(303);
    expect((await lettresDe('Approbation en votre nom')).length).toBe(1);
    // Given by the substitute: they do not answer for it.
    expect(dit(await clore(suppleant))).not.toContain('Contester cette approbation');
    expect((await salle.poster(suppleant, '/approbations/repondre', { empreinte, acte: 'contester', contestation: 'Je me reprends' })).statusCode).toBe(409);
    // Before it is frozen, it counts no more, and nobody else approves in their place.
    const contester = { acte: 'contester', empreinte, contestation: 'Je n’ai rien approuvé' };
    expect((await parLien(url, contester)).statusCode).toBe(303);
    expect(dit(await clore(salle.anne))).toMatch(
      /par suppleant, en suppléance, le [^;]+ ; contestée par le lien envoyé à l’adresse de la convocation de Fatou Ndiaye/,
    );
    expect((await figer()).statusCode).toBe(422);
    expect((await salle.poster(suppleant, '/approuver', { empreinte })).statusCode).toBe(409);
    expect((await lettresDe('Approbation contestée')).find((x) => x.a === SUPPLEANT)?.texte).toContain('l’approbation donnée par sa suppléance');
    // Signed in, the holder says that it is theirs after all.
    expect(dit(await clore(titulaire))).toContain('Votre suppléance a approuvé ce relevé');
    expect((await salle.poster(titulaire, '/approuver', { empreinte })).statusCode).toBe(303);
    expect(await releve()).toContain('donnée en suppléance ; confirmée depuis par titulaire');
    expect((await figer()).statusCode).toBe(303);
  });

  test('arrêtés sur la parole de sa suppléance, les relevés partis sont dits contestés à ceux qui les ont reçus, et le règlement est dû', async () => {
    await lever();
    const { owner } = salle.app.base;
    const directrice = await salle.siege('Directrice du collège');
    await sql`update seance_participants set courriel = 'directrice@exemple.fr' where id = ${directrice}::uuid`.execute(owner);
    expect(await approuver(suppleant)).toBe(303);
    const url = lien((await lettresDe('Approbation en votre nom'))[0]?.texte ?? '');
    expect((await figer()).statusCode).toBe(303);
    await faireTravaux(salle.app);
    const dus = async () =>
      (
        await sql<{ dit: string }>`
          select genre || ' ' || (soldee_le is not null) as dit from echeances where objet = ${salle.seance} and genre like 'approbation%' order by 1`.execute(
          owner,
        )
      ).rows.map((r) => r.dit);
    // A substitute approves by right: nothing is owed until the holder says that it is not theirs.
    expect([await dus(), (await releve()).includes('depuis par')]).toEqual([[], false]);
    const empreinte = empreinteDe((await ouvrir(url)).body);
    expect((await parLien(url, { acte: 'contester', empreinte, contestation: 'Je n’ai rien approuvé' })).statusCode).toBe(303);
    expect(await releve()).toContain('donnée en suppléance ; contestée depuis par le lien envoyé à l’adresse de la convocation de Fatou Ndiaye');
    expect(await dus()).toEqual(['approbation-contestee false']);
    expect((await lettresDe('Approbation contestée : relevé')).map((x) => x.a)).toEqual(expect.arrayContaining(['directrice@exemple.fr']));
    expect((await parLien(url, { acte: 'confirmer', empreinte })).statusCode).toBe(303);
    expect(await dus()).toEqual(['approbation-contestee true']);
  });

  /** Noted for the chair by who keeps the body. */
  const noter = async (participant: string) =>
    (await salle.poster(salle.anne, '/approbations', { participant, piece: 'Message du cabinet', empreinte: empreinteDe(await clore(salle.anne)) })).statusCode;
  const dus = async () => {
    const { owner } = salle.app.base;
    await aLHeureDeParis(() => accorder(owner, salle.app.contratId, sourceSeances, [salle.seance], { maintenant: new Date() }))();
    const { rows } = await sql<{ genre: string; courriel: string; chemin: string }>`
      select genre, courriel, chemin from echeances where objet = ${salle.seance} and genre like 'approbation%' and soldee_le is null and sans_objet_le is null
      order by genre`.execute(owner);
    return rows;
  };
  const rappel = async (periode: string, courriel: string) =>
    sourceSeances.ligne?.(
      salle.app.base.owner,
      { genre: 'approbation', objetId: salle.seance, periode, dueLe: null } as never,
      { courriel, nom: '' },
      { ...{ contratId: salle.app.contratId, coffre: salle.app.coffre, aujourdhui: jourDe(new Date(), 'Europe/Paris'), maintenant: new Date() } },
    );

  test('ce qui attend une présidence partie est demandé à qui tient le siège, sinon le secrétariat le pourvoit ; qui le tient répond', async () => {
    const { owner } = salle.app.base;
    const maire = await lever();
    const siege = sql`(select membre_id from seance_participants where id = ${maire}::uuid)`;
    expect(await noter(maire)).toBe(303);
    expect((await figer()).statusCode).toBe(303);
    expect(await dus()).toMatchObject([{ genre: 'approbation', courriel: TITULAIRE }]);
    // Their account is closed: their substitute holds the chair; theirs too, nobody does.
    const fermer = (courriel: string, ferme: boolean) =>
      sql`update comptes set ferme_le = case when ${ferme} then now() end where courriel = ${courriel}`.execute(owner);
    await fermer(TITULAIRE, true);
    expect(await dus()).toMatchObject([{ genre: 'approbation', courriel: SUPPLEANT }]);
    await fermer(SUPPLEANT, true);
    const { instance } = await salle.un(sql<{ instance: string }>`select instance_id as instance from seances where id = ${salle.seance}::uuid`);
    expect(await dus()).toMatchObject([{ genre: 'approbation-a-pourvoir', courriel: '', chemin: `/instances/${instance}` }]);
    for (const a of [TITULAIRE, SUPPLEANT]) await fermer(a, false);
    // The seat ended, and another person has it.
    await sql`update instance_membres set fin = current_date - 1 where id = ${siege}`.execute(owner);
    expect((await dus()).map((d) => d.genre)).toEqual(['approbation-a-pourvoir']);
    await sql`
      insert into instance_membres (contrat_id, instance_id, qualite, fonction, organisation_id, nom, courriel, debut, ordre)
      select contrat_id, instance_id, qualite, 'Nouvelle maire', organisation_id, 'Ada Neuve', 'neuve@exemple.fr', current_date, ordre
      from instance_membres where id = ${siege}`.execute(owner);
    expect(await dus()).toMatchObject([{ genre: 'approbation', courriel: 'neuve@exemple.fr' }]);
    const url = (await rappel(maire, 'neuve@exemple.fr'))?.chemin ?? '';
    const page = await ouvrir(url);
    expect([page.statusCode, dit(page.body).toLowerCase().includes('vous tenez désormais cette présidence')]).toEqual([200, true]);
    // Who presided that day still answers, whether they sit or not.
    expect((await ouvrir((await rappel(maire, TITULAIRE))?.chemin ?? '')).statusCode).toBe(200);
    // An address alone, that the secretary gave, says nothing; who reads there answers signed in.
    const neuve = await salle.personne('neuve@exemple.fr');
    const connectee = (await salle.app.serveur.inject({ url, headers: { cookie: neuve.temoin } })).body;
    const confirmer = { acte: 'confirmer', empreinte: empreinteDe(connectee) };
    expect((await parLien(url, confirmer)).statusCode).toBe(403);
    expect((await parLien(url, confirmer, neuve)).statusCode).toBe(303);
    // Under the name of the account, whatever who keeps the body wrote of the seat.
    expect(await releve()).toContain('confirmée depuis par neuve, qui préside désormais');
    expect(await dus()).toEqual([]);
  });

  test('d’une instance restreinte, ni la lettre ni la page du lien ne nomment qui a noté, approuvé ou répondu, ni son organisation', async () => {
    const maire = await lever('restreinte');
    expect(await noter(maire)).toBe(303);
    const lettres = await lettresDe('Approbation en votre nom');
    expect(lettres.map((x) => x.a).sort()).toEqual([SUPPLEANT, TITULAIRE].sort());
    for (const { texte } of lettres) {
      expect(texte).toMatch(/Il vient d’être noté que la présidence approuve le relevé d’une réunion/);
      expect(texte).not.toContain('Anne Essai');
    }
    const url = lien(lettres.find((x) => x.a === TITULAIRE)?.texte ?? '');
    const page = await ouvrir(url);
    expect([dit(page.body).includes('Il est noté, le'), dit(page.body).includes('Anne Essai')]).toEqual([true, false]);
    expect((await parLien(url, { acte: 'contester', empreinte: empreinteDe(page.body), contestation: 'Rien de tel' })).statusCode).toBe(303);
    const apres = dit((await ouvrir(url)).body);
    expect(
      ['Contestée par le lien envoyé à l’adresse de la convocation de la présidence', 'Rien de tel', 'Fatou Ndiaye'].map((x) => apres.includes(x)),
    ).toEqual([true, false, false]);
    // Their substitute approves: who presides learns it without their name.
    await lever('restreinte');
    expect(await approuver(suppleant)).toBe(303);
    expect((await lettresDe('Approbation en votre nom')).map((x) => x.texte)).toEqual([
      expect.stringMatching(/La suppléance de la présidence vient d’approuver/),
    ]);
  });

  test('d’un relevé arrêté dont un rectificatif est ouvert, ou arrêté depuis, l’approbation notée se confirme et se conteste toujours', async () => {
    const { owner } = salle.app.base;
    const maire = await lever();
    const directrice = await salle.siege('Directrice du collège');
    await sql`update seance_participants set courriel = 'directrice@exemple.fr' where id = ${directrice}::uuid`.execute(owner);
    expect(await noter(maire)).toBe(303);
    const url = lien((await lettresDe('Approbation en votre nom')).find((x) => x.a === TITULAIRE)?.texte ?? '');
    expect((await figer()).statusCode).toBe(303);
    await faireTravaux(salle.app);
    expect((await salle.poster(salle.anne, '/rectifier', { motif: 'Une date fausse' })).statusCode).toBe(303);
    // By their link, and signed in.
    const page = await ouvrir(url);
    expect([page.statusCode, dit(page.body).includes('Contester cette approbation')]).toEqual([200, true]);
    const empreinte = empreinteDe(page.body);
    const lue = dit(await clore(titulaire));
    expect(lue).toMatch(/Relevé arrêté le [^.]+\. Cette approbation est notée en votre nom/);
    const court = await salle.poster(titulaire, '/approbations/repondre', { empreinte, acte: 'contester', contestation: 'non' });
    expect([court.statusCode, dit(court.body).includes('pourquoi vous contestez')]).toEqual([422, true]);
    expect((await salle.poster(titulaire, '/approbations/repondre', { empreinte, acte: 'contester', contestation: 'Rien approuvé' })).statusCode).toBe(303);
    expect(dit((await salle.lire(salle.anne, '/releve.html?version=1')).body)).toContain('contestée depuis par titulaire');
    expect(dit(await clore(salle.anne))).toMatch(/Relevé arrêté le [^:]+ : contestée au nom de Fatou Ndiaye/);
    const dites = (await lettresDe('Approbation contestée')).map((x) => x.a);
    expect(dites).toContain('directrice@exemple.fr');
    expect((await lettresDe('Approbation contestée')).some((x) => x.texte.includes('Le rectificatif en cours, que la présidence approuve, le règle'))).toBe(
      true,
    );
    // What they contest of a former text, nobody notes again for them; they approve the corrected one, and still answer for the former.
    expect(await noter(maire)).toBe(409);
    expect(await approuver(titulaire)).toBe(303);
    expect((await figer()).statusCode).toBe(303);
    expect((await parLien(url, { acte: 'confirmer', empreinte })).statusCode).toBe(303);
    expect(dit((await salle.lire(salle.anne, '/releve.html?version=1')).body)).toContain(
      'confirmée depuis par le lien envoyé à l’adresse de la convocation de Fatou Ndiaye',
    );
    // A text that never was frozen, and changed, is answered no more.
    expect((await salle.poster(titulaire, '/approbations/repondre', { empreinte: 'x', acte: 'confirmer' })).statusCode).toBe(409);
  });

  test('un relevé dont la présidence est partie est approuvé par qui la tient depuis', async () => {
    const { owner } = salle.app.base;
    const maire = await lever();
    await sql`
      update instance_membres set nom = 'Ada Neuve', courriel = 'ada.neuve@exemple.fr', suppleant_nom = '', suppleant_courriel = ''
      where id = (select membre_id from seance_participants where id = ${maire}::uuid)`.execute(owner);
    const suite = await salle.personne('ada.neuve@exemple.fr');
    expect(dit(await clore(suite))).toContain('Approuver ce relevé');
    expect(await approuver(suite)).toBe(303);
    expect((await figer()).statusCode).toBe(303);
    expect(await releve()).toContain('ada.neuve');
  });
});
