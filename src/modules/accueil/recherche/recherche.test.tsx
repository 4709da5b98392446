/** One search box: the contract, records, decisions and sessions; each person what they may read, and nothing more. */
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { defineModule } from '../../../core/module.ts';
import { acces } from '../../../core/authorize.ts';
import { get, page } from '../../../core/http/http.ts';
import { type AppDeTest, ouvrirApp, routesDEssai } from '../../../../tests/support/app.ts';
import { RECHERCHES } from '../../../../tests/support/recherches.ts';
import { HOUSE } from '../../../modules.ts';
import { apprendreMots } from '../../contrats/index.ts';
import { creerInstance, creerSeance } from '../../instances/instances.fixtures.ts';

let app: AppDeTest;
/** Addresses of calls that no module of the house has. */
let aVenir: string[] = [];
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
  const dAide = ['/urgence', '/aide', '/aide/guide', '/aide/trouver', '/signaler'];
  aVenir = dAide.filter((a) => !connues.has(a));
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
}, 120_000);
afterAll(() => app?.close());

const chercher = async (q: string, qui?: Parameters<AppDeTest['get']>[1], plus = '') => {
  const r = await app.get(`/recherche?q=${encodeURIComponent(q)}${plus}`, qui);
  expect(r.statusCode).toBe(200);
  return r.body.replaceAll('&#x27;', '’').replaceAll('&amp;', '&');
};

/** Links of the page below the box, in order, with help apart. */
async function lireReponse(q: string): Promise<{ appels: string[]; liens: string[]; html: string; texte: string }> {
  const html = await chercher(q);
  const corps = html.slice(html.indexOf('<main'), html.indexOf('</main>'));
  const suite = corps.slice(corps.indexOf('</form>'));
  const appels = [...suite.matchAll(/id="appel-([^"]+)"/g)].map((m) => m[1] ?? '');
  const sans = suite.replace(/<section class="c-appel"[\s\S]*?<\/section>/g, '').replace(/<nav[\s\S]*?<\/nav>/g, '');
  return { appels, liens: [...sans.matchAll(/href="([^"]+)"/g)].map((m) => m[1] ?? ''), html: suite, texte: suite.replace(/<[^>]+>/g, '') };
}

describe('Une boîte qui répond', () => {
  test.each(RECHERCHES.map((r) => [r.q, r] as const))('« %s »', async (_, r) => {
    const { appels, liens, texte } = await lireReponse(r.q);
    if (r.premier) expect([r.q, liens[0]?.startsWith(r.premier) ? r.premier : liens.slice(0, 4)]).toEqual([r.q, r.premier]);
    if (r.appel) expect([r.q, appels[0]]).toEqual([r.q, r.appel]);
    if (r.sigle) for (const dit of r.sigle) expect([r.q, texte.includes(dit) ? dit : texte.slice(0, 300)]).toEqual([r.q, dit]);
    for (const l of r.jamais ?? []) expect(liens).not.toContain(l);
  });
});

describe('Une boîte pour tout', () => {
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
