import fc from 'fast-check';
import { sql } from 'kysely';
import { SaxesParser } from 'saxes';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ADRESSE, type AppDeTest, ouvrirApp, type Qui } from '../../../../tests/support/app.ts';
import { estSimple } from '../../../../tests/support/mises-a-jour.ts';
import type { Mesure } from '../../contrats/index.ts';
import { verifierChiffres } from '../formulaires.ts';
import { listRectificatifs } from './rectificatifs.queries.ts';

const COORDINATION: Qui = { comme: 'coordination', organisation: 'DPMP' };
const VILLE: Qui = { comme: 'coordination', organisation: 'VILLE' };
const AN = '2025';
const EXPLICATION = 'Le service a recompté, registre en main';
const HOSTILE = 'Compté <deux> fois & "mal" relu\u0007 ]]> à l’accueil';

describe('Les rectificatifs', () => {
  let app: AppDeTest;
  let mesures: Mesure[];
  let coordination: string;
  let ville: string;
  let verrou: string;
  const maintenant = () => new Date('2026-11-28T10:00:00Z');
  const lire = async <T>(q: ReturnType<typeof sql<T>>): Promise<T[]> => (await q.execute(app.base.owner)).rows;
  const texte = (page: string) => page.replace(/<!-- -->/g, '').replace(/[\u00a0\u202f]/g, ' ');

  async function saisir(m: Mesure, valeur: string, plus: Record<string, string> = {}): Promise<number> {
    const [v] = await lire(sql<{ version: number }>`select coalesce(max(version), 0)::int as version from valeurs
      where contrat_id = ${app.contratId} and mesure_id = ${m.id} and periode = ${AN}`);
    const version = `${AN}|${app.catalogue.racine.id}|${m.aupres[0]}|${v?.version}`;
    const champs = {
      source: 'Comptage',
      commentaire: '',
      etat: 'valeur',
      periode: AN,
      version,
      valeur,
      rectifie: 'Un mois compté deux fois',
      explication: EXPLICATION,
    };
    const r = await app.post(`/chiffres/${m.id}/saisir`, { ...champs, ...plus }, coordination);
    return r.statusCode;
  }
  const valider = async (m: Mesure) => {
    const rows = await lire(sql<{ id: string }>`select id::text as id from valeurs
      where contrat_id = ${app.contratId} and mesure_id = ${m.id} and periode = ${AN} and courante and valide_le is null`);
    return (await app.post(`/chiffres/${m.id}/valider`, { periode: AN, valeur: rows.map((x) => x.id) }, ville)).statusCode;
  };
  /** What everyone reads of each contribution of the year. */
  const validees = async () =>
    new Map(
      (
        await lire(sql<{ mesure: string; etat: string; valeur: number | null }>`
          select mesure_id as mesure, etat, valeur::float8 as valeur from valeurs where contrat_id = ${app.contratId} and periode = ${AN} and validee`)
      ).map((v) => [v.mesure, `${v.etat} ${v.valeur}`]),
    );

  beforeAll(async () => {
    app = await ouvrirApp({ horloge: maintenant });
    [coordination, ville] = [await app.temoin(COORDINATION), await app.temoin(VILLE)];
    mesures = [...app.catalogue.mesures.values()].filter((m) => estSimple(app, m) && m.periodicite.includes('annuel')).slice(0, 5);
    expect(mesures).toHaveLength(5);
    for (const [i, m] of mesures.entries())
      if (i < 4) {
        expect(await saisir(m, String(100 + i), { rectifie: '' })).toBe(303);
        expect(await valider(m)).toBe(303);
      }
    const pose = await app.post('/chiffres/verrous', { periode: AN, fiche: '', motif: 'Publication du bilan annuel' }, coordination);
    verrou = String(pose.headers.location).split('/').at(-1) ?? '';
    expect(pose.statusCode).toBe(303);
  });
  afterAll(() => app.close());
  const ouvrir = (m: Mesure) =>
    app.post(`/chiffres/verrous/${verrou}/exceptions`, { mesure: m.id, jusqu_au: '2026-12-05', motif: 'Erreur signalée par le service' }, coordination);

  test('rien n’en est un avant la première correction : la page et le flux le disent', async () => {
    expect((await app.get('/rectificatifs')).body).toContain('Aucun rectificatif');
    expect(lireFlux((await app.get('/rectificatifs.xml')).body).entrees).toEqual([]);
  });

  test('leur suite mène, chiffre par chiffre, de ce qui était validé quand on a figé à ce qui l’est maintenant', async () => {
    const [, ...corrigees] = mesures;
    for (const m of corrigees) expect((await ouvrir(m)).statusCode).toBe(303);
    const auVerrou = await validees();
    const gestes = fc.sample(
      fc.record({
        m: fc.integer({ min: 0, max: corrigees.length - 1 }),
        valeur: fc.integer({ min: 90, max: 110 }),
        etat: fc.constantFrom('valeur', 'valeur', 'sans_objet'),
        valide: fc.boolean(),
      }),
      { numRuns: 24, seed: 7 },
    );
    for (const g of gestes) {
      const m = corrigees[g.m];
      if (!m) continue;
      expect(await saisir(m, String(g.valeur), { etat: g.etat })).toBe(303);
      if (g.valide) await valider(m);
    }
    const { rectificatifs, total } = await listRectificatifs(app.base.owner, app.catalogue, {}, { limite: 500, depuis: 0 });
    expect(rectificatifs).toHaveLength(total);
    const apres = await validees();
    const chaines = new Map<string, { de: string; a: string }>();
    const dit = (x: { etat: string; valeur: number | null } | null) => (x ? `${x.etat} ${x.valeur}` : 'rien');
    for (const r of rectificatifs.toReversed()) {
      const deja = chaines.get(r.mesure.id);
      if (deja) expect([r.mesure.id, dit(r.avant)]).toEqual([r.mesure.id, deja.a]);
      chaines.set(r.mesure.id, { de: deja?.de ?? dit(r.avant), a: dit(r.apres) });
      // Nothing that says twice the same.
      expect(dit(r.avant)).not.toBe(dit(r.apres));
    }
    for (const m of mesures) {
      const de = auVerrou.get(m.id) ?? 'rien';
      expect([m.id, chaines.get(m.id) ?? { de, a: de }]).toEqual([m.id, { de, a: apres.get(m.id) ?? 'rien' }]);
    }
    expect(total).toBeGreaterThan(4);
    expect((await verifierChiffres(app.base.owner, app.contratId)).differences).toEqual([]);
  });

  test('la page les dit à tous, page par page ; auprès du chiffre aussi ; aucun nom de personne', async () => {
    const { total } = await listRectificatifs(app.base.owner, app.catalogue, {}, { limite: 1, depuis: 0 });
    const page = texte((await app.get('/rectificatifs')).body);
    expect((page.match(/Un mois compté deux fois/g) ?? []).length).toBe(Math.min(total, 25));
    expect(page).not.toMatch(/Personne \d/);
    expect((await app.get('/rectificatifs?page=9999')).statusCode).toBe(200);
    const [, m] = mesures;
    const chiffre = texte((await app.get(`/chiffres/${m?.id}?periode=${AN}`)).body);
    expect(chiffre).toContain('Corrigé après avoir été figé');
    expect(chiffre).toMatch(/2025 : figé le 28 novembre 2026 par [^.]* : Publication du bilan annuel/);
    expect(chiffre).not.toMatch(/figé le 28 novembre 2026 par Personne/);
    // Not beside another figure, nor another year.
    expect((await app.get(`/chiffres/${mesures[0]?.id}?periode=${AN}`)).body).not.toContain('Corrigé après avoir été figé');
    expect((await app.get(`/chiffres/${m?.id}?periode=2024`)).body).not.toContain('Corrigé après avoir été figé');
  });

  test('le flux se relit par un lecteur XML : un identifiant chacun, une date, un lien, des mots que rien ne casse', async () => {
    const [, m] = mesures;
    if (!m) throw new Error('aucune mesure');
    expect(await saisir(m, '137', { rectifie: HOSTILE })).toBe(303);
    expect(await valider(m)).toBe(303);
    const r = await app.get('/rectificatifs.xml');
    expect(r.headers['content-type']).toContain('application/atom+xml');
    const { titre, entrees, attributs } = lireFlux(r.body);
    const { total } = await listRectificatifs(app.base.owner, app.catalogue, {}, { limite: 1, depuis: 0 });
    expect(titre).toContain(app.catalogue.contrat.titre);
    expect(attributs.xmlns).toBe('http://www.w3.org/2005/Atom');
    expect(entrees).toHaveLength(Math.min(total, 100));
    expect(new Set(entrees.map((e) => e.id)).size).toBe(entrees.length);
    const hostile = entrees.find((e) => e.title?.includes('137'));
    expect(hostile?.summary?.replace(/[\u00a0\u202f]/g, ' ')).toContain('Compté <deux> fois & "mal" relu ]]> à l’accueil');
    for (const e of entrees) {
      expect(e.updated).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
      expect(e.link?.startsWith(`${ADRESSE}/chiffres/`)).toBe(true);
      expect((await app.get(e.link?.slice(ADRESSE.length) ?? '')).statusCode).toBe(200);
    }
    expect(r.body).not.toMatch(/Personne \d/);
  });

  test('ce qui devient secret l’est partout : ni l’ancienne valeur, ni la nouvelle, ni les mots qui les diraient', async () => {
    const [, , m] = mesures;
    if (!m) throw new Error('aucune mesure');
    expect(await saisir(m, '7391', { rectifie: 'C’était 7391 et non 103' })).toBe(303);
    expect(await valider(m)).toBe(303);
    const partout = async () =>
      Promise.all(
        ['/rectificatifs', '/rectificatifs.xml', `/chiffres/${m.id}?periode=${AN}`, `/bilan/2026/${app.catalogue.racine.id}`].map(async (u) => [
          u,
          /7\s391\b/.test(texte((await app.get(u)).body)),
        ]),
      );
    expect((await partout()).map(([, x]) => x)).toEqual([true, true, true, true]);
    // Not validated yet, and secret already.
    expect(await saisir(m, '', { etat: 'secret', rectifie: 'Moins de cinq personnes' })).toBe(303);
    expect((await partout()).map(([, x]) => x)).toEqual([false, false, false, false]);
    expect(await valider(m)).toBe(303);
    expect((await partout()).map(([, x]) => x)).toEqual([false, false, false, false]);
    expect(texte((await app.get('/rectificatifs')).body)).toContain('elle pourrait dire ce qui est secret');
  });

  test('un choix entre deux sources fait sous exception est un rectificatif, sans valeur', async () => {
    const m = [...app.catalogue.mesures.values()].find(
      (x) => x.obtention === 'collecte' && x.nature === 'compte' && x.grain.debiteurs === 'meme-fait' && !x.grain.territoires && x.aupres.length === 2,
    );
    if (!m) throw new Error('aucune mesure de deux sources');
    expect((await ouvrir(m)).statusCode).toBe(303);
    const choix = { periode: AN, debiteur: m.aupres[1] ?? '', motif: 'Le registre de la seconde est complet' };
    expect((await app.post(`/chiffres/${m.id}/trancher`, choix, ville)).statusCode).toBe(303);
    expect(texte((await app.get('/rectificatifs')).body)).toContain(`source retenue : ${app.catalogue.nomActeur(m.aupres[1] ?? '')}`);
  });

  test('rouvrir ne les cache pas : ce qui est corrigé ensuite en est un aussi, avec la raison de la réouverture', async () => {
    const [m] = mesures;
    if (!m) throw new Error('aucune mesure');
    expect((await app.post(`/chiffres/verrous/${verrou}/lever`, { motif: 'Toute une direction s’est trompée d’année' }, ville)).statusCode).toBe(303);
    expect(await saisir(m, '109', { rectifie: '' })).toBe(422);
    expect(await saisir(m, '109')).toBe(303);
    expect(await valider(m)).toBe(303);
    const { rectificatifs } = await listRectificatifs(app.base.owner, app.catalogue, { mesureId: m.id }, { limite: 5, depuis: 0 });
    expect(rectificatifs.map((r) => [r.avant?.valeur, r.apres?.valeur, r.motif])).toEqual([[100, 109, 'Un mois compté deux fois']]);
    // On whose word it stands is said with it, in the page as in the feed.
    const [v] = await lire(sql<{ id: string }>`select id::text as id from valeurs where mesure_id = ${m.id} and periode = ${AN} and courante`);
    const conteste = { periode: AN, valeur: v?.id ?? '', motif: 'Deux faits y sont comptés en double' };
    expect((await app.post(`/chiffres/${m.id}/contester`, conteste, ville)).statusCode).toBe(303);
    for (const page of ['/rectificatifs', '/rectificatifs.xml'])
      expect(texte((await app.get(page)).body)).toMatch(
        new RegExp(`109[^<]*\\([^<]*validé, contesté par ${app.catalogue.nomActeur('VILLE').replace(/[\u00a0\u202f]/g, ' ')}\\)`),
      );
  });
});

interface Flux {
  titre: string;
  attributs: Record<string, string>;
  entrees: Partial<Record<'id' | 'title' | 'updated' | 'summary' | 'link', string>>[];
}
/** Throws on what is not well formed. */
function lireFlux(xml: string): Flux {
  const flux: Flux = { titre: '', attributs: {}, entrees: [] };
  const chemin: string[] = [];
  const lecteur = new SaxesParser({ xmlns: true });
  lecteur.on('error', (e) => {
    throw e;
  });
  lecteur.on('opentag', (b) => {
    chemin.push(b.name);
    if (b.name === 'feed') flux.attributs = Object.fromEntries(Object.values(b.attributes).map((a) => [a.name, a.value]));
    if (b.name === 'entry') flux.entrees.push({});
    const entree = flux.entrees.at(-1);
    if (b.name === 'link' && chemin.at(-2) === 'entry' && entree) entree.link = b.attributes.href?.value ?? '';
  });
  lecteur.on('text', (t) => {
    const entree = flux.entrees.at(-1);
    const nom = chemin.at(-1);
    if (nom === 'title' && chemin.at(-2) === 'feed') flux.titre += t;
    else if (entree && chemin.at(-2) === 'entry' && (nom === 'id' || nom === 'title' || nom === 'updated' || nom === 'summary'))
      entree[nom] = (entree[nom] ?? '') + t;
  });
  lecteur.on('closetag', () => {
    chemin.pop();
  });
  lecteur.write(xml).close();
  return flux;
}
