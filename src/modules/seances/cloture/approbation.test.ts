/** What is approved in the place of who presides: told to them, confirmed or contested by them, whoever sits there since. */
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { courriels } from '../../../../tests/support/courriels.ts';
import { faireTravaux } from '../../../../tests/support/travaux.ts';
import { type Gens, ouvrirSalle, type Salle } from '../tenue/tenue.fixtures.ts';

/** As people read them. */
const dit = (html: string): string =>
  html
    .replace(/<[^>]+>/g, ' ')
    .replaceAll('&#x27;', '’')
    .replace(/[\s\u00a0\u202f]+/g, ' ');
const lien = (texte: string): string => /\/paroles\/[0-9a-f-]{36}\/[\w-]+/.exec(texte)?.[0] ?? '';
const TITULAIRE = 'titulaire@exemple.fr';
const SUPPLEANT = 'suppleant@exemple.fr';

describe('Ce qui est approuvé à la place de la présidence', () => {
  let salle: Salle;
  let suppleant: Gens;
  beforeAll(async () => {
    salle = await ouvrirSalle();
    suppleant = await salle.personne(SUPPLEANT);
  });
  afterAll(() => salle.app.close());

  const lettresDe = async (objet: string) =>
    (await courriels(salle.app, `/seances/${salle.seance}`)).filter((x) => x.sujet.startsWith(objet)).map((x) => ({ a: x.pour, texte: x.texte }));
  const ouvrir = (url: string) => salle.app.serveur.inject({ url });
  const parLien = (url: string, champs: Record<string, string>) =>
    salle.app.serveur.inject({
      method: 'POST',
      url,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      payload: new URLSearchParams(champs).toString(),
    });
  const clore = async (q: Gens) => (await salle.lire(q, '/clore')).body;
  const empreinteDe = (html: string): string => /name="empreinte" value="([0-9a-f]{64})"/.exec(html)?.[1] ?? '';
  const releve = async () => dit((await salle.lire(salle.anne, '/releve.html')).body);
  const figer = () => salle.poster(salle.anne, '/figer', { confirme_presences: '9', confirme_heures: 'oui' });
  /** A lifted session whose president, written to, has a substitute. */
  async function lever(confidentialite = 'publique') {
    const { owner } = salle.app.base;
    await salle.preparer({}, { confidentialite });
    const maire = await salle.siege('Maire');
    const poser = sql`courriel = ${TITULAIRE}, suppleant_nom = 'Paul Petit', suppleant_courriel = ${SUPPLEANT}`;
    await sql`update seance_participants set ${poser}, presence = 'present' where id = ${maire}::uuid`.execute(owner);
    await sql`update instance_membres m set ${poser} from seance_participants p where p.id = ${maire}::uuid and m.id = p.membre_id`.execute(owner);
    expect((await salle.poster(salle.anne, '/lever', { confirme_heures: 'oui' })).statusCode).toBe(303);
    await sql`update seances set relecture_jusqu_a = null where id = ${salle.seance}::uuid`.execute(owner);
    return maire;
  }
  const approuver = async (q: Gens) => (await salle.poster(q, '/approuver', { empreinte: empreinteDe(await clore(q)) })).statusCode;

  test('sa suppléance approuve : qui préside l’apprend, le confirme ou le conteste, avant l’arrêt comme après, et c’est dit partout', async () => {
    await lever();
    expect(await approuver(suppleant)).toBe(303);
    // Twice is once.
    expect((await salle.poster(suppleant, '/approuver', { empreinte: empreinteDe(await clore(salle.anne)) })).statusCode).toBeLessThan(410);
    const [lettre, ...autres] = await lettresDe('Approbation en votre nom');
    expect([lettre?.a, autres]).toEqual([TITULAIRE, []]);
    expect(lettre?.texte).toMatch(/suppleant vient d’approuver, en suppléance, le relevé de la séance/);
    const url = lien(lettre?.texte ?? '');
    const page = await ouvrir(url);
    expect(page.statusCode).toBe(200);
    const empreinte = empreinteDe(page.body);
    expect(dit(page.body)).toMatch(/suppleant, en suppléance de Fatou Ndiaye, Maire, a approuvé le relevé de cette séance/);
    // Given by the substitute: they do not answer for it.
    expect(dit(await clore(suppleant))).not.toContain('Contester cette approbation');
    expect((await salle.poster(suppleant, '/approbations/repondre', { empreinte, acte: 'contester', contestation: 'Je me reprends' })).statusCode).toBe(409);
    // Before it is frozen, it counts no more, and nobody else approves in their place.
    const contester = { acte: 'contester', empreinte, contestation: 'Je n’ai rien approuvé' };
    expect((await parLien(url, contester)).statusCode).toBe(303);
    expect(dit(await clore(salle.anne))).toMatch(/contestée par suppleant, en suppléance[^;]* ; contestée par Fatou Ndiaye|contestée par Fatou Ndiaye/);
    expect((await figer()).statusCode).toBe(422);
    expect((await salle.poster(suppleant, '/approuver', { empreinte })).statusCode).toBe(409);
    expect((await lettresDe('Approbation contestée')).find((x) => x.a === SUPPLEANT)?.texte).toContain('l’approbation donnée par sa suppléance');
    // Signed in, the holder says that it is theirs after all.
    const titulaire = await salle.personne(TITULAIRE);
    expect(dit(await clore(titulaire))).toContain('Votre suppléance a approuvé ce relevé');
    expect(await approuver(titulaire)).toBe(303);
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
    expect(await releve()).toContain('donnée en suppléance ; contestée depuis par Fatou Ndiaye, par le lien qui lui a été envoyé');
    expect(await dus()).toEqual(['approbation-contestee false']);
    expect((await lettresDe('Approbation contestée : relevé')).map((x) => x.a)).toEqual(expect.arrayContaining(['directrice@exemple.fr']));
    expect((await parLien(url, { acte: 'confirmer', empreinte })).statusCode).toBe(303);
    expect(await dus()).toEqual(['approbation-contestee true']);
  });
});
