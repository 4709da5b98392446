/** A record counts, the figures that it moves are told, and every page tells the same story of what it is evidence for. */
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { getFormulaire, verifierChiffres } from '../src/modules/indicateurs/index.ts';
import { getInstance } from '../src/modules/instances/index.ts';
import { creerInstance } from '../src/modules/instances/instances.fixtures.ts';
import { getBilan } from '../src/modules/publications/bilan/bilan.contenu.ts';
import { definitionsDecouvertes } from '../src/modules/registres/registres.definitions.ts';
import { openDossiers } from '../src/modules/seances/preparation/dossiers.ts';
import { listPropositions } from '../src/modules/seances/preparation/propositions.ts';
import { type AppDeTest, ouvrirApp } from './support/app.ts';
import { aLHeureDeParis } from './support/fuseau.ts';
import { lireFormulaire } from './support/formulaire.ts';

let app: AppDeTest;
/** One person, the coordinator of the 18e. */
let temoin = '';
const MAINTENANT = new Date('2026-11-28T09:00:00Z');

beforeAll(async () => {
  app = await ouvrirApp({ horloge: () => MAINTENANT });
  temoin = await app.temoin({ comme: 'coordonnateur', territoire: 'mairie-18', organisation: 'VILLE' });
}, 180_000);
afterAll(() => app?.close());

const texte = (html: string): string =>
  html
    .replace(/<[^>]+>/g, ' ')
    .replaceAll('&#x27;', '’')
    .replaceAll('&amp;', '&')
    .replace(/[\s\u00a0\u202f]+/g, ' ')
    .replace(/ ([;:)]) /g, ' $1 ');
const voir = async (url: string) => (await app.serveur.inject({ url, headers: { cookie: temoin } })).body;
const lire = async (url: string) => texte(await voir(url));
const corps = (champs: Record<string, string | string[]>) =>
  new URLSearchParams(Object.entries(champs).flatMap(([k, v]) => [v].flat().map((x) => [k, x]))).toString();
const envoyer = (url: string, champs: Record<string, string | string[]>) =>
  app.serveur.inject({
    url,
    method: 'POST',
    headers: { cookie: temoin, 'content-type': 'application/x-www-form-urlencoded', origin: 'http://concorde.exemple' },
    payload: corps(champs),
  });
const formation = (o: Record<string, string | string[]> = {}) => ({
  jour: '2026-11-20',
  titre: 'Prévenir les rixes',
  territoire_id: '75118',
  organisation_id: 'DPMP',
  'donnees.type': 'continue',
  'donnees.theme': 'rixes',
  'donnees.employeur': 'dpmp',
  'donnees.public': 'agents-accueil',
  'donnees.participants': '17',
  ...o,
});
/** Records made by others, elsewhere and before. */
async function former(territoire: string, participants: number, plus: Record<string, string | string[]> = {}): Promise<string> {
  const r = await app.post('/registres/formations/nouveau', formation({ territoire_id: territoire, 'donnees.participants': String(participants), ...plus }), {
    comme: 'coordination',
  });
  expect(r.statusCode, texte(r.body).slice(0, 500)).toBe(303);
  return String(r.headers.location);
}
async function enregistrer(o: Record<string, string | string[]> = {}): Promise<string> {
  const r = await envoyer('/registres/formations/nouveau', formation(o));
  expect(r.statusCode, texte(r.body).slice(0, 800)).toBe(303);
  return String(r.headers.location);
}
const version = async (url: string) =>
  (await sql<{ version: number }>`select version from activites where id = ${url.split('/').at(-1)}::uuid`.execute(app.base.owner)).rows[0]?.version ?? 0;

describe('Ce qui a bougé', () => {
  let url = '';
  test('le premier enregistrement d’un chiffre fait passer de « attendu » à sa valeur', async () => {
    const premier = await enregistrer({ 'donnees.participants': '41', jour: '2026-03-02' });
    expect(await lire(premier)).toMatch(/1\.6-10b .* : attendu → 41 \(2026, Paris\)/);
    await former('75112', 378);
  });

  test('après un enregistrement, la page dit ce qui a bougé, à Paris et dans le 18e, et le redit quand on la relit', async () => {
    url = await enregistrer();
    for (const lecture of [await lire(url), await lire(url)]) {
      expect(lecture).toContain('C’est enregistré');
      expect(lecture).toMatch(/1\.6-10b [^:]*formés à la prévention des rixes : 419 → 436 \(2026, Paris\) ; 18e : 41 → 58/);
      expect(lecture).toMatch(/1\.6-05a [^:]* : 2 → 3 \(2026, Paris\) ; 18e : 1 → 2/);
      expect(lecture).toMatch(/1\.6-10a [^:]* : 2 → 3 \(2026, Paris\) ; 18e : 1 → 2/);
    }
    // What others write since changes nothing of what this one moved.
    await former('75112', 100);
    expect(await lire(url)).toContain('419 → 436');
    expect(await voir(url)).toContain('href="/chiffres/1.6-10b?periode=2026&amp;territoire=mairie-18"');
  });

  test('le public ne voit que l’enregistrement : ni bandeau, ni proposition', async () => {
    const page = texte((await app.get(url)).body);
    expect(page).toContain('Prévenir les rixes');
    expect(page).not.toContain('→');
    expect(page).not.toContain('Confirmer');
  });

  test('une correction dit l’écart, un retrait le rend, un rétablissement le redonne', async () => {
    const corriger = (participants: string, v: number) =>
      envoyer(`${url}/corriger`, { ...formation({ 'donnees.participants': participants }), version: String(v), _vu: '{}', motif: 'recompté' });
    expect((await corriger('20', 1)).statusCode).toBe(303);
    expect(await lire(url)).toMatch(/C’est corrigé .*1\.6-10b [^:]* : 536 → 539 \(2026, Paris\) ; 18e : 58 → 61/);
    // A correction of the title moves nothing, and says so.
    const r = await envoyer(`${url}/corriger`, {
      ...formation({ 'donnees.participants': '20', titre: 'Autre titre' }),
      version: '2',
      _vu: '{}',
      motif: 'titre',
    });
    expect(r.statusCode).toBe(303);
    expect(await lire(url)).toContain('Aucun chiffre du contrat n’a bougé.');
    expect((await envoyer(`${url}/retirer`, { motif: 'double', version: '3', _vu: '{}' })).statusCode).toBe(303);
    expect(await lire(url)).toMatch(/C’est retiré .*1\.6-10b [^:]* : 539 → 519 \(2026, Paris\) ; 18e : 61 → 41/);
    expect((await envoyer(`${url}/retablir`, { version: '4' })).statusCode).toBe(303);
    expect(await lire(url)).toMatch(/C’est rétabli .*1\.6-10b [^:]* : 519 → 539/);
    expect((await verifierChiffres(app.base.owner, app.contratId)).differences).toEqual([]);
  });
});

describe('La preuve', () => {
  test('page, fiche, ordre du jour, dossier et bilan disent la même chose de ce qui compte pour une fiche', async () => {
    const url = await enregistrer({ titre: 'Une de plus' });
    const page = await lire(url);
    expect(page).toMatch(/Compte pour la fiche 1\.6 Prévenir et lutter contre les phénomènes de bandes et les rixes/);
    for (const m of ['1.6-05a', '1.6-10a', '1.6-10b']) expect(page).toContain(m);
    expect(page).not.toContain('Aucune fiche du contrat');
    const { rows } = await sql<{ paris: number; local: number }>`
      select count(*)::int as paris, (count(*) filter (where territoire_id = '75118'))::int as local
      from activites where statut = 'publie' and donnees ->> 'theme' = 'rixes'`.execute(app.base.owner);
    const { paris = 0, local = 0 } = rows[0] ?? {};
    expect([paris, local]).toEqual([5, 3]);

    const fiche = await lire('/fiches/1.6?annee=2026&territoire=mairie-18');
    expect(fiche).toContain('En 2026, 3 enregistrements comptent pour cette fiche ; aucune de ses 13 lignes d’action n’est appuyée');
    expect(fiche).toContain('compté par 1.6-05a , 1.6-10a , 1.6-10b , sans enregistrement relié à cette ligne même');
    expect(await lire('/fiches/1.6?annee=2026')).toContain('En 2026, 5 enregistrements comptent pour cette fiche');

    const f = await getFormulaire(app.db, app.contratId);
    const id = await creerInstance(app.base.owner, app.contratId, { nom: 'Cellule du 18e', territoire: 'mairie-18', porteur: 'VILLE', fiches: ['1.6', '1.3'] });
    const instance = await getInstance(app.db, app.contratId, id, { courriel: '', aujourdhui: '2026-11-28' });
    if (!instance) throw new Error('instance absente');
    const points = await listPropositions(app.db, app.contratId, instance, '2026-11-28');
    const rixes = points.find((p) => p.cle === 'preuves:1.6:2026');
    // The body itself is attached to both fiches: it is recorded too.
    expect(texte(rixes?.raison ?? '')).toMatch(
      /^\d enregistrements comptent pour « Prévenir et lutter contre .* engagements? sur 13 .* encore aucune preuve\.$/,
    );
    expect(JSON.stringify(points.filter((p) => p.fiche === '1.6'))).not.toContain('Rien n’est enregistré');
    const dossier = await (await openDossiers(app.db, app.contratId, instance, '2026-11-28'))({
      cle: 'preuves:1.6:2026',
      genre: 'preuve',
      fiche: '1.6',
      ligne: null,
      territoireId: null,
      expose: '',
    });
    expect(dossier.faits[0]).toBe(rixes?.raison);

    const n = Number(/^(\d+)/.exec(rixes?.raison ?? '')?.[1]);
    const bilan = await aLHeureDeParis(getBilan)(app.db, f, {
      annee: 2026,
      territoireId: 'mairie-18',
      maintenant: MAINTENANT,
      demonstration: false,
      pour: 'partenaires',
    });
    expect(bilan.fiches.find((x) => x.numero === '1.6')?.preuves).toBe(n);
    const adresse = '/fiches/1.6?annee=2026&territoire=mairie-18';
    expect(await lire(adresse)).toContain(`En 2026, ${n} enregistrements comptent`);
    // That a body was just opened is its partners'.
    expect(texte((await app.get(adresse)).body)).toContain('En 2026, 3 enregistrements comptent');
  });

  test('quelques lignes sont proposées d’après ce qui compte ; une se confirme d’un clic, et seulement par une personne', async () => {
    const url = await enregistrer({ titre: 'À confirmer' });
    const avant = await lire(url);
    expect(avant).toMatch(/Est-ce aussi la preuve de… 1\.6-R1\.5 – Formation et échanges/);
    const v = await version(url);
    expect((await envoyer(`${url}/confirmer`, { ligne: '9.9-X', version: String(v) })).statusCode).toBe(422);
    expect((await envoyer(`${url}/confirmer`, { ligne: '1.6-R1.5', version: String(v + 1) })).statusCode).toBe(409);
    expect(
      (await app.post(`${url}/confirmer`, { ligne: '1.6-R1.5', version: String(v) }, { comme: 'coordonnateur', territoire: 'mairie-12' })).statusCode,
    ).toBe(403);
    expect((await envoyer(`${url}/confirmer`, { ligne: '1.6-R1.5', version: String(v) })).statusCode).toBe(303);
    // A second click does nothing more.
    expect((await envoyer(`${url}/confirmer`, { ligne: '1.6-R1.5', version: String(v) })).statusCode).toBe(303);
    expect(await version(url)).toBe(v + 1);
    const apres = await lire(url);
    expect(apres).toContain('Action confirmée : 1.6-R1.5');
    expect(apres).not.toMatch(/Est-ce aussi la preuve de… 1\.6-R1\.5/);
    const fiche = await lire('/fiches/1.6?annee=2026&territoire=mairie-18');
    expect(fiche).toContain('une de ses 13 lignes d’action est appuyée par un enregistrement confirmé');
    expect((await verifierChiffres(app.base.owner, app.contratId)).differences).toEqual([]);
  });

  test('le formulaire ne montre jamais cinq cents cases : quelques lignes, et une recherche qui garde ce qui est tapé', async () => {
    for (const d of definitionsDecouvertes) {
      const html = await voir(`/registres/${d.code}/nouveau`);
      const formulaire = html.slice(html.indexOf('<main'), html.indexOf('</main>'));
      const cases = formulaire.match(/type="checkbox"/g)?.length ?? 0;
      const noeuds = formulaire.match(/<[a-z]/g)?.length ?? 0;
      expect({ registre: d.code, cases: cases < 40, noeuds: noeuds < 900, n: noeuds < 900 ? 0 : noeuds }).toEqual({
        registre: d.code,
        cases: true,
        noeuds: true,
        n: 0,
      });
    }
    const r = await envoyer('/registres/formations/nouveau', formation({ ajouter: 'preuves', ligne_cherchee: 'cellules de veille', titre: 'Gardé' }));
    expect(r.statusCode).toBe(200);
    expect(r.body).toContain('value="1.6-R1.3"');
    expect(r.body).toContain('value="Gardé"');
    expect(texte(r.body)).toMatch(/Compte pour : fiche 1\.6 : .*\(1\.6-05a\), .*\(1\.6-10a\) et .*\(1\.6-10b\)/);
    const url = await enregistrer({ titre: 'Avec deux lignes', lignes: ['1.6-R1.3', '1.6-R1.5'], ajouter: 'preuves', ligne_cherchee: '' });
    expect(await lire(url)).toMatch(/Action confirmée : 1\.6-R1\.3 .* Action confirmée : 1\.6-R1\.5/);
  });

  test('de la fiche on enregistre dans les registres qui la nourrissent, rattaché à elle, dans son arrondissement', async () => {
    const fiche = await voir('/fiches/1.6');
    expect(fiche).toContain('href="/registres/formations/nouveau?fiche=1.6"');
    expect(fiche).not.toContain('href="/registres/placements/nouveau?fiche=1.6"');
    const formulaire = await voir('/registres/formations/nouveau?fiche=1.6');
    const champs = lireFormulaire(formulaire, '/registres/formations/nouveau');
    expect(champs.territoire_id).toEqual(['Mairie du 18e']);
    expect(champs.organisation_id).toEqual(['Ville de Paris']);
    expect(formulaire).toContain('Fiche 1.6');
    expect(texte((await app.get('/fiches/1.6')).body)).not.toContain('Enregistrer une action pour cette fiche');
  });
});
