/** One search box: the contract, records, decisions and sessions; each person what they may read, and nothing more. */
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { defineModule } from '../../../core/module.ts';
import { acces } from '../../../core/authorize.ts';
import { get, page } from '../../../core/http/http.ts';
import { type AppDeTest, ouvrirApp, routesDEssai } from '../../../../tests/support/app.ts';
import { RECHERCHES } from '../../../../tests/support/recherches.ts';
import { HOUSE } from '../../../modules.ts';
import { apprendreMots, noterManque } from '../../contrats/index.ts';
import { creerInstance, creerSeance } from '../../instances/instances.fixtures.ts';
import { creerDemande } from '../../signalements/signalements.fixtures.ts';

let app: AppDeTest;
/** Addresses of calls that no module of the house has. */
let aVenir: string[] = [];
/** Pages of help that calls lead to. */
const D_AIDE = ['/urgence', '/aide', '/aide/guide', '/aide/trouver', '/signaler', '/signaler/tranquillite-publique', '/suivi'];
const COORDINATION = { comme: 'coordination' } as const;

async function enregistrer(registre: string, titre: string, territoire: string, jour = '2026-05-12', statut = 'publie'): Promise<string> {
  const { rows } = await sql<{ id: string }>`
    insert into activites (contrat_id, registre, jour, titre, territoire_id, organisation_id, auteur, statut)
    values (${app.contratId}, ${registre}, ${jour}, ${titre}, ${territoire}, 'VILLE', 'essai', ${statut}) returning id`.execute(app.base.owner);
  return rows[0]?.id ?? '';
}
let numero = 0;
async function decider(instance: string, libelle: string, territoire: string): Promise<void> {
  await sql`
    insert into decisions (contrat_id, numero, origine_genre, origine_id, nature, libelle, responsable_id, territoire_id, confidentialite, auteur, cree_le, modifie_par, modifie_le)
    values (${app.contratId}, ${++numero}, 'instance', ${instance}::uuid, 'action', ${libelle}, 'VILLE', ${territoire}, 'partenaires', 'essai', now(), 'essai', now())`.execute(
    app.base.owner,
  );
}

beforeAll(async () => {
  const connues = new Set((await routesDEssai()).map((r) => r.chemin));
  aVenir = D_AIDE.filter((a) => !connues.has(a));
  const secours = defineModule({
    code: 'secours-d-essai',
    libelle: 'Secours',
    plan: 'partenariat',
    depend: [],
    routes: () => aVenir.map((a) => get(a, acces.public, () => page({ titre: 'Aide', corps: <p>Aide</p> }))),
  });
  app = await ouvrirApp({ modules: [secours], horloge: () => new Date('2026-11-28T09:00:00Z') });
  await enregistrer('formations', 'Formation au vélociraptor urbain', '75118');
  await enregistrer('interventions', 'Le vélociraptor expliqué aux collégiens', '75112');
  await enregistrer('formations', 'Vélociraptor retiré', '75118', '2026-05-13', 'retire');
  const ouverte = await creerInstance(app.base.owner, app.contratId, {
    type: 'conseil-parisien',
    nom: 'Conseil du vélociraptor',
    territoire: 'paris',
    porteur: 'VILLE',
    confidentialite: 'publique',
  });
  const partenaires = await creerInstance(app.base.owner, app.contratId, {
    type: 'cenomed',
    nom: 'Groupe vélociraptor du 18e',
    territoire: 'mairie-18',
    porteur: 'VILLE',
    confidentialite: 'partenaires',
  });
  const fermee = await creerInstance(app.base.owner, app.contratId, {
    type: 'cenomed',
    nom: 'Cellule secrète du vélociraptor',
    territoire: 'mairie-18',
    porteur: 'VILLE',
    confidentialite: 'restreinte',
  });
  for (const [id, titre] of [
    [ouverte, 'Séance ouverte à tous'],
    [partenaires, 'Séance entre partenaires'],
    [fermee, 'Séance à huis clos'],
  ] as const)
    await creerSeance(app.base.owner, app.contratId, id, { jour: '2026-10-01', etat: 'convoquee', titre });
  await decider(partenaires, 'Recenser chaque vélociraptor du quartier', '75118');
  await decider(fermee, 'Surveiller le vélociraptor nommé', '75118');
  await apprendreMots(
    app.db,
    HOUSE.registres.map((r) => r.code),
  );
});
afterAll(() => app?.close());

const chercher = async (q: string, qui?: Parameters<AppDeTest['get']>[1], plus = '') => {
  const r = await app.get(`/recherche?q=${encodeURIComponent(q)}${plus}`, qui);
  expect(r.statusCode).toBe(200);
  return r.body.replaceAll('&#x27;', '’').replaceAll('&amp;', '&');
};

/** Links of the page below the box, in order, with help apart. */
async function lireReponse(q: string) {
  const html = await chercher(q);
  const corps = html.slice(html.indexOf('<main'), html.indexOf('</main>'));
  const suite = corps.slice(corps.indexOf('</form>'));
  const appels = [...suite.matchAll(/id="appel-([^"]+)"/g)].map((m) => m[1] ?? '');
  const sans = suite.replace(/<section class="c-appel"[\s\S]*?<\/section>/g, '').replace(/<nav[\s\S]*?<\/nav>/g, '');
  return { appels, liens: [...sans.matchAll(/href="([^"]+)"/g)].map((m) => m[1] ?? ''), html: suite, texte: suite.replace(/<[^>]+>/g, '') };
}

describe('Une boîte qui répond', () => {
  const vus = new Set<string>();
  test.each(RECHERCHES.map((r) => [r.q, r] as const))('« %s »', async (_, r) => {
    const { appels, liens, texte } = await lireReponse(r.q);
    for (const l of liens.slice(0, 4)) vus.add(l.replace(/#.*$/, ''));
    if (r.premier) expect([r.q, liens[0]?.startsWith(r.premier) ? r.premier : liens.slice(0, 4)]).toEqual([r.q, r.premier]);
    if (r.appel) expect([r.q, appels[0]]).toEqual([r.q, r.appel]);
    if (r.sigle) for (const dit of r.sigle) expect([r.q, texte.includes(dit) ? dit : texte.slice(0, 300)]).toEqual([r.q, dit]);
  });

  test('les premières réponses mènent toutes à une page', async () => {
    expect(vus.size).toBeGreaterThan(40);
    for (const l of vus) expect([l, (await app.get(l)).statusCode]).toEqual([l, 200]);
  });

  test('un appel passe avant tout, et ne mène qu’à des pages que la maison a', async () => {
    const { html, appels } = await lireReponse('je suis victime');
    expect(appels).toEqual(['victime']);
    expect(html.indexOf('class="c-appel"')).toBeLessThan(html.indexOf('c-resultats'));
    const dits = app.catalogue.recherche.appels.flatMap((a) => a.liens.map((l) => l.adresse.replace(/[?#].*$/, '')));
    expect([...new Set(dits)].filter((a) => !D_AIDE.includes(a))).toEqual([]);
    for (const a of new Set(dits)) expect([a, (await app.get(a)).statusCode]).toEqual([a, 200]);
    const nue = await ouvrirApp({ base: app.base });
    const sansEux = (await nue.get('/recherche?q=victime')).body;
    await nue.close();
    for (const a of aVenir) expect(sansEux).not.toContain(`href="${a}"`);
    // Statistics and words that call for nothing have no help above them.
    for (const q of ['rixes', 'GPO', '18e', 'agents formés aux rixes', 'bailleurs sociaux']) expect([q, (await lireReponse(q)).appels]).toEqual([q, []]);
  });

  test('un résultat dit ce qu’il est, où sont les mots cherchés, et son chiffre avec l’année et le lieu', async () => {
    const { html } = await lireReponse('agents formés aux rixes');
    expect(html).toMatch(/Chiffre 1\.6-\d+/);
    expect(html).toMatch(/<mark>(Agents|agents|form|rixes)/);
    expect(html).toMatch(/data-etat="[a-z-]+"[\s\S]{0,400}, (<!-- -->)?2026/);
    expect((await lireReponse('crack')).html).toContain('<mark>crack</mark>');
    expect((await lireReponse('PP')).html).toContain('Acteur : signataire, État');
  });

  test('chaque page de résultats a son titre', async () => {
    const titre = async (plus: string) => /<title>([^<]*)/.exec(await chercher('paris', undefined, plus))?.[1];
    const titres = await Promise.all(['', '&page=2', '&genre=systeme', '&genre=mesure&page=2'].map(titre));
    expect(titres[0]).toContain('Recherche : paris');
    expect(titres[1]).toMatch(/page 2 sur \d/);
    expect(new Set(titres).size).toBe(4);
  });

  test('ce qui ne contient pas tous les mots le dit', async () => {
    expect((await lireReponse('subventions des licornes')).texte).toContain('Rien ne contient tous ces mots');
    expect((await lireReponse('xyzqwv')).texte).toContain('Rien ne correspond');
  });
});

describe('Les sigles du contrat', () => {
  const brute = async (url: string) => (await app.serveur.inject(url)).body;
  test('se déplient partout où le public les lit, une fois par page, jamais dans un attribut', async () => {
    const fiche = [...app.catalogue.fiches.keys()];
    const pages = [
      '/',
      '/contrat',
      '/barometre',
      '/dispositifs',
      '/acteurs',
      '/instances',
      '/chiffres/1.6-10b',
      '/territoires/mairie-18',
      ...fiche.map((f) => `/fiches/${f}`),
    ];
    let deplies = 0;
    for (const url of pages) {
      const html = await brute(url);
      const corps = html.slice(html.indexOf('<main'), html.indexOf('</main>'));
      const nus = corps.replace(/<(abbr|dfn|script|style|svg|textarea|select|datalist|code|pre)\b[\s\S]*?<\/\1>/g, ' ').replace(/<[^>]*>/g, ' \n ');
      const dits = new Set([...corps.matchAll(/<abbr title="([^"]+)">([^<]+)<\/abbr>/g)].map((m) => m[2] ?? ''));
      const restes = [...nus.matchAll(/(?<![\p{L}\d_@#.-])[\p{Lu}\d]{2,}(?![\p{L}\d_@-])/gu)]
        .map((m) => m[0])
        .filter((s) => app.catalogue.sigles.has(s) && !dits.has(s));
      expect([url, [...new Set(restes)]]).toEqual([url, []]);
      expect([url, corps.match(/="[^"]*<abbr/)]).toEqual([url, null]);
      deplies += dits.size;
    }
    expect(deplies).toBeGreaterThan(200);
    expect(await brute('/fiches/3.13')).toContain('<abbr title="Caisse d’allocations familiales (fiche 3.13 : Centre d’Accueil des Familles)">CAF</abbr>');
  });

  test('ceux que le contrat emploie ont un sens, et l’on dit quand le contrat ne le donne pas', async () => {
    const sans = ['RATP', 'GLTD', 'VSS'].map((s) => app.catalogue.sigles.get(s));
    expect(sans.map((s) => s?.developpe)).toEqual([false, false, false]);
    expect(await chercher('GLTD')).toContain('Le contrat ne développe pas ce sigle');
    expect(await chercher('GPO')).not.toContain('Le contrat ne développe pas ce sigle');
    const glossaire = (await app.get('/glossaire')).body;
    for (const s of ['GPO', 'RIMS', 'CLAV', 'MPCE', 'SCOP', 'DPMP']) expect(glossaire).toContain(`id="${s}"`);
  });
});

describe('Ce qui ne trouve rien', () => {
  const sansReponse = async (qui: Parameters<AppDeTest['get']>[1] = COORDINATION) => (await app.get('/recherche/sans-reponse', qui)).body;
  const lus = async (des: string) =>
    (
      await sql<{ mot: string | null; jours: number }>`
        select mot, cardinality(jours) as jours from recherche_manques
        where contrat_id = ${app.contratId} and (empreinte like 'empreinte-du-mot-%') = ${des === 'essai'}`.execute(app.base.owner)
    ).rows;

  test('un mot n’est écrit qu’une fois cherché cinq jours différents ; une recherche, jamais', async () => {
    const jours = ['2026-11-01', '2026-11-02', '2026-11-02', '2026-11-03', '2026-11-04'];
    for (const j of jours) await noterManque(app.db, ['licornes', 'zzzagr'], (m) => `empreinte-du-mot-${m}`, j);
    expect((await lus('essai')).map((m) => [m.mot, m.jours])).toEqual([
      [null, 4],
      [null, 4],
    ]);
    expect(await sansReponse()).toContain('Aucun mot pour l’instant');
    await noterManque(app.db, ['licornes'], (m) => `empreinte-du-mot-${m}`, '2026-11-20');
    const page = await sansReponse();
    expect(page).toMatch(/licornes[\s\S]*5.jours[\s\S]*20.novembre.2026/);
    expect(page).not.toContain('zzzagr');
    await expect(sql`select mot from recherche_manques`.execute(app.db)).rejects.toThrow(/permission denied/);
  });

  test('seule une recherche sans aucune réponse compte, sans nom, numéro ni adresse', async () => {
    for (const q of ['qqxyzw', 'rixes', '18e', 'victime', 'GPO', 'mme qqxyzv', 'Jean Qqxyzu', 'qqxyzt@exemple.fr', '0612345678 qqxyzs'])
      await app.get(`/recherche?q=${encodeURIComponent(q)}`);
    // Of all that this file searched, two words found nothing at all: this one and that of the page that says so.
    await expect
      .poll(async () => await lus('recherches'))
      .toEqual([
        { mot: null, jours: 1 },
        { mot: null, jours: 1 },
      ]);
  });

  test('la coordination seule lit ces mots', async () => {
    for (const [qui, code] of [
      [COORDINATION, 200],
      [{ comme: 'agent' }, 403],
      [{ comme: 'administrateur' }, 403],
    ] as const)
      expect([qui, (await app.get('/recherche/sans-reponse', qui)).statusCode]).toEqual([qui, code]);
    expect((await app.get('/recherche/sans-reponse')).statusCode).toBe(303);
  });
});

describe('Une boîte pour tout', () => {
  test('le numéro d’une demande la trouve, pour qui peut la lire ; ce qui ne trouve rien dit où l’on a cherché', async () => {
    const { id } = await creerDemande(app.base.owner, app.contratId, { territoireId: '7511801' });
    const reservee = await creerDemande(app.base.owner, app.contratId, { territoireId: '7511801', lecteurs: ['MUS'] });
    const { rows } = await sql<{ id: string; numero: string }>`select id, numero::text as numero from demandes`.execute(app.base.owner);
    const numeroDe = (x: string) => rows.find((r) => r.id === x)?.numero ?? '';
    const agent = { comme: 'agent', organisation: 'RATP' } as const;
    for (const q of [numeroDe(id), `n° ${numeroDe(id)}`, `Demande n°${numeroDe(id)}`])
      expect([q, (await chercher(q, agent)).includes(`href="/signalements/demandes/${id}"`)]).toEqual([q, true]);
    const lien = `/signalements/demandes/${reservee.id}`;
    const trouve = async (qui?: Parameters<AppDeTest['get']>[1]) => (await chercher(`n° ${numeroDe(reservee.id)}`, qui)).includes(lien);
    expect([await trouve(COORDINATION), await trouve({ comme: 'agent', organisation: 'MUS' }), await trouve(agent), await trouve()]).toEqual([
      true,
      true,
      false,
      false,
    ]);
    expect(await chercher(`n° ${numeroDe(id)}`)).not.toContain(id);
    expect((await chercher('xyzqwv')).includes('Cherché dans le contrat et ses actes publiés, les séances publiques, l’agenda à venir')).toBe(true);
    expect(await chercher('xyzqwv', agent)).toContain('parmi les numéros de demande');
  });

  test('ce qui est dans l’agenda public et dans un relevé publié se trouve sans compte, et rien de plus', async () => {
    const annoncer = (titre: string, donnees: object, jour = '2026-12-12') =>
      sql`
      insert into activites (contrat_id, registre, jour, titre, territoire_id, organisation_id, auteur, statut, etape, donnees)
      values (${app.contratId}, 'evenements', ${jour}, ${titre}, '75118', 'VILLE', 'essai', 'publie', 'programmee', ${JSON.stringify(donnees)}::jsonb)`.execute(
        app.base.owner,
      );
    await annoncer('Rendez-vous du zébulon', { annonce: true });
    await annoncer('Répétition du zébulon', { annonce: false });
    await annoncer('Passage du zébulon', { annonce: true }, '2026-11-01');
    const publie = await chercher('zébulon');
    expect(publie).toMatch(/<h2[^>]*>Agenda<[\s\S]*href="\/agenda#a-[0-9a-f-]{36}"[^>]*>Rendez-vous du zébulon/);
    for (const autre of ['Répétition du', 'Passage du']) expect(publie).not.toContain(`${autre} zébulon`);
    // Who reads the records finds them there, once.
    expect(await chercher('zébulon', COORDINATION)).not.toContain('/agenda#a-');

    const ouverte = await creerInstance(app.base.owner, app.contratId, {
      type: 'conseil-parisien',
      nom: 'Conseil des relevés',
      territoire: 'paris',
      porteur: 'VILLE',
      confidentialite: 'publique',
    });
    const seance = await creerSeance(app.base.owner, app.contratId, ouverte, { jour: '2026-09-01', etat: 'figee', titre: 'Séance arrêtée' });
    await sql`update seances set confidentialite = 'publique' where id = ${seance}::uuid`.execute(app.base.owner);
    const publier = async (version: number, mot: string) => {
      const contenu = JSON.stringify({ instance: { nom: 'Conseil des relevés' }, decisions: [{ libelle: `Poser un ${mot} place des Fêtes` }] });
      await sql`insert into releves (contrat_id, seance_id, version, numero, contenu, empreinte, fige_par, fige_le)
        values (${app.contratId}, ${seance}::uuid, ${version}, 'CP/2026/1', ${contenu}::jsonb, 'x', 'essai', now())`.execute(app.base.owner);
      await sql`insert into releve_publications (contrat_id, seance_id, version, contenu, publie_par, publie_le)
        values (${app.contratId}, ${seance}::uuid, ${version}, ${contenu}::jsonb, 'essai', now())`.execute(app.base.owner);
    };
    await publier(1, 'girafeau');
    expect(await chercher('girafeau')).toMatch(new RegExp(`Relevés publiés[\\s\\S]*href="/releves/${seance}"`));
    // A later version took the word out: it is found no more.
    await publier(2, 'banc');
    expect(await chercher('girafeau')).not.toContain(`/releves/${seance}`);
    expect(await chercher('banc fêtes')).toContain(`/releves/${seance}`);
    await sql`update releve_publications set retire_le = now() where seance_id = ${seance}::uuid`.execute(app.base.owner);
    expect(await chercher('banc fêtes')).not.toContain(`/releves/${seance}`);
  });

  test('une personne au travail trouve enregistrements, décisions et séances, chacun avec le chemin de sa liste', async () => {
    const html = await chercher('vélociraptor', COORDINATION);
    for (const dit of [
      'Formation au vélociraptor urbain',
      'Le vélociraptor expliqué aux collégiens',
      'Recenser chaque vélociraptor',
      'Séance entre partenaires',
      'Séance ouverte à tous',
    ])
      expect(html).toContain(dit);
    for (const href of ['/registres/formations?q=v%C3%A9lociraptor', '/registres/interventions?q=', '/decisions?q=v%C3%A9lociraptor'])
      expect(html).toContain(href);
    expect(html).not.toContain('Vélociraptor retiré');
    const liste = /href="(\/registres\/formations\?q=[^"]+)"/.exec(html)?.[1] ?? '';
    expect((await app.get(liste, COORDINATION)).body).toContain('Formation au vélociraptor urbain');
  });

  test('sans accent, en capitales, au pluriel ou mal tapé, les mêmes', async () => {
    for (const q of ['velociraptor', 'VÉLOCIRAPTORS', 'velociraptr', 'vellociraptor', 'vélocir'])
      expect([q, (await chercher(q, COORDINATION)).includes('Formation au vélociraptor urbain')]).toEqual([q, true]);
  });

  test('le public ne trouve que le contrat et ce qui est public', async () => {
    const html = await chercher('vélociraptor');
    expect(html).toContain('Séance ouverte à tous');
    for (const tu of ['Formation au vélociraptor', 'collégiens', 'Recenser', 'Séance entre partenaires', 'huis clos', 'Surveiller'])
      expect(html).not.toContain(tu);
    expect(await chercher('rixe')).toContain('/fiches/1.6');
  });

  test('ce qui est fermé ne se trouve pas sans le droit de le lire ; il se trouve avec', async () => {
    const association = await chercher('vélociraptor', { comme: 'association', organisation: 'VILLE' });
    expect(association).toContain('Recenser chaque vélociraptor');
    for (const tu of ['Surveiller le vélociraptor', 'huis clos', 'Cellule secrète']) expect(association).not.toContain(tu);
    const coordination = await chercher('vélociraptor', COORDINATION);
    for (const dit of ['Surveiller le vélociraptor', 'huis clos']) expect(coordination).toContain(dit);
  });

  test('qui administre la technique ne lit aucun enregistrement ; un mandat limité à un registre n’en ouvre qu’un', async () => {
    const technique = await chercher('vélociraptor', { comme: 'administrateur' });
    for (const tu of ['Formation au vélociraptor', 'Recenser', 'Séance entre partenaires']) expect(technique).not.toContain(tu);
    const limitee = await chercher('vélociraptor', { comme: 'agent', registre: 'formations' });
    expect(limitee).toContain('Formation au vélociraptor urbain');
    expect(limitee).not.toContain('collégiens');
  });

  test('une personne d’un territoire y cherche d’abord, et peut demander tout le contrat, comme dans ses listes', async () => {
    const u = { comme: 'coordonnateur', territoire: 'mairie-18' } as const;
    const ici = await chercher('vélociraptor', u);
    expect(ici).toContain('Formation au vélociraptor urbain');
    expect(ici).not.toContain('collégiens');
    expect(await chercher('vélociraptor', u, '&territoire=tous')).toContain('collégiens');
  });

  test('un autre contrat ne se trouve pas, même par les fonctions qui cherchent', async () => {
    const autre = await sql<{ id: number }>`insert into contrats (slug, nom, fuseau) values ('ailleurs', 'Ailleurs', 'Europe/Paris') returning id`.execute(
      app.base.owner,
    );
    await sql`
      insert into activites (contrat_id, registre, jour, titre, territoire_id, organisation_id, auteur)
      values (${autre.rows[0]?.id}, 'formations', '2026-11-01', 'Vélociraptor d’ailleurs', 'x', 'x', 'essai')`.execute(app.base.owner);
    const { rows } = await sql<{ n: number }>`select count(*)::int as n from chercher_activites('velociraptor:*', array['formations'], 50)`.execute(app.db);
    expect(rows[0]?.n).toBe(1);
    await expect(sql`select * from recherche_mots`.execute(app.db)).rejects.toThrow(/permission denied/);
  });

  test('des signes de la langue des requêtes ne cassent rien', async () => {
    for (const q of ["'; drop table recherche; --", '!!! & | <->', '():*', '%_\\', '1.6-10b']) await chercher(q, COORDINATION);
  });
});
