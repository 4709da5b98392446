/** Systems over HTTP: what the list filters, what a page says, and never a link that its reader may not open. */
import { cp, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type AppDeTest, ouvrirApp, type Qui } from '../../../../tests/support/app.ts';
import { VALBOURG } from '../../../../tests/support/template.ts';
import { HOUSE } from '../../../modules.ts';
import { chargerPlateforme } from '../../../preparation.ts';
import { lireContrat } from '../contrats.files.ts';
import { lesSiens } from '../../../core/capacites.ts';
import { servedOf } from '../../../core/house.ts';
import { aLHeureDeParis } from '../../../../tests/support/fuseau.ts';
import { getUtilisateurDeSession } from '../../comptes/sessions.queries.ts';
import type { Systeme } from '../contrats.schema.ts';
import { couvrir, servicesDe } from '../couverture.rules.ts';

let app: AppDeTest;
beforeAll(async () => {
  app = await ouvrirApp();
});
afterAll(() => app.close());
const texte = (html: string): string => html.replace(/<[^>]+>/g, ' ').replace(/[\s\u00a0\u202f]+/g, ' ');
const principal = (html: string): string => /<main[\s\S]*<\/main>/.exec(html)?.[0] ?? '';

describe('La liste des dispositifs', () => {
  test('compte chaque état, et chacun se choisit par son lien, les autres filtres gardés', async () => {
    const { servis, partiels, prevus, horsPerimetre } = couvrir(app.catalogue, HOUSE, await servedOf(HOUSE, app.base.owner, app.contratId)).systemes;
    const page = (await app.get('/dispositifs')).body;
    const dit = texte(page);
    for (const attendu of [`Tous (477)`, `Servis (${servis})`, `Servis en partie (${partiels})`, `Prévus (${prevus})`, `Hors périmètre (${horsPerimetre})`])
      expect(dit).toContain(attendu);
    expect(dit).not.toContain('Sans réponse');
    const filtree = (await app.get('/dispositifs?archetype=CELL&fiche=1.2&etat=servi')).body;
    expect(filtree).toContain('/dispositifs?archetype=CELL&amp;etat=prevu&amp;fiche=1.2');
    expect(filtree).toContain('name="etat" value="servi"');
    const lignes = [...principal(filtree).matchAll(/href="\/dispositifs\/([A-Z]+-\d+)"/g)].map((m) => m[1] ?? '');
    expect(lignes).toEqual(['CELL-01', 'CELL-02', 'CELL-03', 'CELL-04', 'CELL-05']);
  });
  test('un état ou un genre inventés ne cassent rien', async () => {
    expect((await app.get('/dispositifs?etat=magique&archetype=<b>&fiche=9.9&page=99')).statusCode).toBe(200);
    expect((await app.get('/dispositifs/RIEN-1')).statusCode).toBe(404);
  });
  test('la recherche et la fiche mènent à la page du dispositif', async () => {
    expect((await app.get('/recherche?q=GOUV-03')).body).toContain('href="/dispositifs/GOUV-03"');
  });
});

describe('La page d’un dispositif', () => {
  test('dit ce qu’il demande, ce qui le sert, ce qui manque avec le module attendu, et d’où il vient', async () => {
    const page = (await app.get('/dispositifs/GOUV-16', { comme: 'agent' })).body;
    const dit = texte(principal(page));
    for (const attendu of [
      'servi en partie',
      '4 choses demandées, dont 3 dans Concorde ; il en manque 1.',
      'Le relevé relu, approuvé, arrêté',
      'Chiffre 1.6-04b',
      'Le suivi d’un plan, mesure par mesure, avec responsables et échéances',
      'Attendu du module « Le contrat »',
    ])
      expect(dit).toContain(attendu);
    for (const lien of ['/instances/types/copil-sppr', '/fiches/1.6']) expect(page).toContain(`href="${lien}"`);
  });
  test('tenu ailleurs, dit par qui', async () => {
    const dit = texte((await app.get('/dispositifs/CELL-15')).body);
    expect(dit).toContain('hors périmètre');
    expect(dit).toContain('Tenu par la justice');
    expect(dit).not.toContain('choses demandées');
  });

  const lecteurs: [string, Qui | undefined][] = [
    ['le public', undefined],
    ['un agent', { comme: 'agent' }],
    ['un agent limité au registre des formations', { comme: 'agent', registre: 'formations' }],
    ['l’administrateur technique', { comme: 'administrateur' }],
    ['la coordination', { comme: 'coordination' }],
  ];
  /** The first, the middle and the last page of every archetype, and those to which another module adds: what pages link to is said by `servicesDe`. */
  const aDessiner = (): ReadonlySet<string> => {
    const tous = [...app.catalogue.systemes.values()];
    const parGenre = [...new Set(tous.map((s) => s.archetype))].map((genre) => tous.filter((s) => s.archetype === genre));
    const suivis = [...app.catalogue.suivis.values()].flatMap((s) => s.systemes);
    return new Set([...parGenre.flatMap((l) => [0, l.length >> 1, l.length - 1].map((i) => l[i]?.id ?? '')), ...suivis]);
  };
  const publics = new Set<string>();
  test.each(lecteurs)('ne donne à %s aucun lien qui se refuse', async (lecteur, qui) => {
    const cookie = qui ? await app.temoin(qui) : '';
    const lire = (url: string) => app.serveur.inject({ url, headers: cookie ? { cookie } : {} });
    const u = qui ? await aLHeureDeParis(getUtilisateurDeSession)(app.base.owner, app.contratId, cookie.split('=')[1] ?? '', new Date()) : null;
    expect(u?.mandats.map((m) => m.role)).toEqual(qui?.comme && [qui.comme]);
    const servi = await servedOf(HOUSE, app.base.owner, app.contratId);
    const liensDe = (s: Systeme): string[] => [
      ...servicesDe(app.catalogue, s, servi).demandes.flatMap((d) => lesSiens(d.liens ?? [], u).map((l) => l.href)),
      ...[...s.fiches, ...s.lignes.map((l) => l.replace(/-.*/, ''))].filter((f) => app.catalogue.fiches.has(f)).map((f) => `/fiches/${f}`),
      `/dispositifs?archetype=${s.archetype}`,
    ];
    const systemes = [...app.catalogue.systemes.values()];
    const liens = new Set(systemes.flatMap(liensDe).map((l) => l.replace(/#.*/, '')));
    expect(liens.size).toBeGreaterThan(100);
    const [dessines, ajoutes] = [aDessiner(), new Set<string>()];
    // The one who is shown the most reads them all.
    for (const s of systemes.filter((x) => lecteur === 'la coordination' || dessines.has(x.id))) {
      const r = await lire(`/dispositifs/${s.id}`);
      expect([s.id, r.statusCode]).toEqual([s.id, 200]);
      for (const m of principal(r.body).matchAll(/href="(\/[^"#]*)/g)) {
        const href = (m[1] ?? '').replaceAll('&amp;', '&');
        if (!liens.has(href)) ajoutes.add(href);
      }
    }
    // What the page adds by itself is what is followed beside the measures.
    expect([...ajoutes].filter((l) => !/^\/chiffres\//.test(l))).toEqual([]);
    // What everybody is shown is there or not for everybody: the public asks for all of it, the one who is shown the most for all the rest, the
    // others for some of each path: who may enter is said by path.
    if (!qui) for (const url of liens) publics.add(url);
    const parGenre = new Map<string, number>();
    const aDemander = [...liens, ...ajoutes].filter((url) => {
      if (publics.has(url) ? !qui : lecteur === 'la coordination') return true;
      const genre = url.replace(/\?.*/, '').replace(/(?<=.\/)[^/]*\d[^/]*/g, 'N');
      parGenre.set(genre, (parGenre.get(genre) ?? 0) + 1);
      return (parGenre.get(genre) ?? 0) <= 3;
    });
    const refuses: [string, number][] = [];
    for (const url of aDemander) {
      const { statusCode } = await lire(url);
      if (statusCode !== 200) refuses.push([url, statusCode]);
    }
    expect(refuses).toEqual([]);
  });
});

describe('Un dispositif mal écrit refuse le contrat, et le message dit où et quoi faire', () => {
  const EXIGE = '[{ registre: formations, ou: { theme: rixes } }]';
  const ville = async (remplacer: string, par: string) => {
    const copie = join(await mkdtemp(join(tmpdir(), 'concorde-dispositifs-')), 'valbourg-2025-2028');
    await cp(VALBOURG, copie, { recursive: true });
    const chemin = join(copie, 'systemes.yaml');
    await writeFile(chemin, (await readFile(chemin, 'utf8')).replace(remplacer, par));
    return copie;
  };
  test.each([
    ['un état écrit', `exige: ${EXIGE}`, `etat: servi, exige: ${EXIGE}`, /systemes\.yaml, \[0\]\.etat : l’état d’un dispositif se calcule : ôtez « etat »/],
    ['ce qui le porte', `exige: ${EXIGE}`, 'porte_par: "registre:formations"', /\[0\]\.porte_par : l’état d’un dispositif se calcule/],
    ['un registre nu', EXIGE, '[{ registre: formations }]', /\[0\]\.exige\[0\] : dites quels enregistrements/],
    ['un module nu', EXIGE, '[{ module: instances }]', /\[0\]\.exige\[0\]\.module : dites quels enregistrements/],
    ['une instance nue', EXIGE, '[{ instance: conseil-local }]', /\[0\]\.exige\[0\] : dites quels enregistrements/],
    ['une capacité inconnue', EXIGE, '[{ capacites: [magie] }]', /exige\[0\]\.capacites\[0\] : « magie » n’est pas une capacité connue/],
    ['un filtre sans registre', EXIGE, '[{ ou: { theme: rixes } }]', /exige\[0\]\.ou : « ou » filtre un registre/],
    ['un registre et une instance', EXIGE, '[{ registre: formations, instance: conseil-local, capacites: [vote] }]', /pas les deux/],
    ['un enregistrement sans filtre', EXIGE, '[{ registre: formations, capacites: [enregistrement] }]', /se dit en filtrant un registre/],
    ['une mesure inconnue', EXIGE, '[{ mesures: ["9.9-01"], capacites: [chiffre] }]', /systemes\.yaml, V-1, exige\[0\], mesures : mesure « 9\.9-01 » inconnue/],
    ['une ligne inconnue', 'porteur: Mairie', 'porteur: Mairie, lignes: [9.9-R1]', /V-1, lignes : ligne « 9\.9-R1 » inconnue/],
    [
      'hors périmètre et une demande',
      `exige: ${EXIGE}`,
      `hors_perimetre: tenu par la mairie, exige: ${EXIGE}`,
      /« exige » ou « hors_perimetre », pas les deux/,
    ],
    ['hors périmètre sans tenant', `exige: ${EXIGE}`, 'hors_perimetre: ailleurs', /attendu : « tenu par …/],
  ])('%s', async (_, remplacer, par, message) => {
    await expect(lireContrat(await ville(remplacer, par))).rejects.toThrow(message);
  });
  test.each([
    ['un registre inconnu', '[{ registre: rien, ou: { theme: rixes } }]', /systemes\.yaml, V-1, exige\[0\] : le registre « rien » n’existe pas/],
    ['un champ inconnu', '[{ registre: formations, ou: { couleur: rouge } }]', /V-1, exige\[0\] : le registre « formations » n’a pas de dimension « couleur »/],
    ['une valeur inconnue', '[{ registre: formations, ou: { theme: magie } }]', /« magie » n’est pas une valeur de « theme » dans le registre « formations »/],
    ['un oui pour une liste', '[{ registre: formations, ou: { theme: true } }]', /n’est pas du type de la dimension/],
  ])('%s est vu par le contrôle des formules', async (_, par, message) => {
    await expect(chargerPlateforme(app.base.owner, await ville(EXIGE, par))).rejects.toThrow(message);
  });
  test('une ville qui ne demande rien à un dispositif le voit sans réponse', async () => {
    const lu = await lireContrat(await ville(`exige: ${EXIGE}`, 'exige: []'));
    const [v1] = lu.systemes;
    expect(v1 && servicesDe(app.catalogue, v1, { sert: HOUSE.sert, portees: new Map() }).etat).toBe('non_servi');
  });
});
