/** Where a value goes before and after somebody validates it: pages and files of everyone, lists and sheets of partners. */
import { parse } from 'csv-parse/sync';
import JSZip from 'jszip';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type AppDeTest, ouvrirApp, type Qui, routesDEssai } from '../../../../tests/support/app.ts';
import { PAGES } from '../../../../tests/support/exemples.ts';
import { genreDe } from './grain.rules.ts';
import { recalculerTotaux } from './totaux.queries.ts';

const COORDINATION: Qui = { comme: 'coordination', organisation: 'DPMP' };
const AUTRE: Qui = { comme: 'coordination', organisation: 'VILLE' };
/** Nothing else on a page is written with them. */
const NOMBRE = 918_273;
const PHRASE = 'Sentinelle du bilan que personne ne relit';
const SOURCE = 'Carnet bleu du bureau 418';
const lisible = (s: string): string => s.replace(/<!-- -->/g, '').replace(/[\s\u00a0\u202f]/g, '');

describe('Ce qui n’est pas validé', () => {
  let app: AppDeTest;
  let nombre: string;
  let recit: string;
  /** Session of who gave them. */
  let auteur: string;
  beforeAll(async () => {
    app = await ouvrirApp({ horloge: () => new Date('2026-11-28T10:00:00Z') });
    const simples = [...app.catalogue.mesures.values()].filter(
      (m) =>
        m.obtention !== 'calcul' && m.aupres.length === 1 && !m.grain.territoires && m.grain.ventilations.length === 0 && m.periodicite.join() === 'annuel',
    );
    const trouver = (genre: string) => simples.find((m) => genreDe(m) === genre && !app.catalogue.acteurs.get(m.aupres[0] ?? '')?.local)?.id ?? '';
    [nombre, recit] = [trouver('nombre'), trouver('texte')];
    expect([nombre, recit]).not.toContain('');
    auteur = await app.temoin(COORDINATION);
    const commun = { periode: '2025', etat: 'valeur', source: SOURCE, commentaire: '', version: '' };
    for (const [id, champs] of [
      [nombre, { valeur: String(NOMBRE), confirme: String(NOMBRE) }],
      [recit, { texte: PHRASE }],
    ] as const) {
      const r = await app.serveur.inject({
        method: 'POST',
        url: `/chiffres/${id}/saisir`,
        headers: { cookie: auteur, 'content-type': 'application/x-www-form-urlencoded' },
        payload: new URLSearchParams({ ...commun, ...champs }).toString(),
      });
      expect([id, r.statusCode]).toEqual([id, 303]);
    }
  });
  afterAll(() => app.close());

  const publics = async (): Promise<string[]> => {
    const routes = (await routesDEssai(false)).filter((r) => r.methode === 'GET' && r.acces.genre === 'public' && !r.chemin.includes(':'));
    const deLaMesure = [nombre, recit].flatMap((id) => {
      const fiche = app.catalogue.mesures.get(id)?.fiche;
      return [
        ...['', '/evolution.csv', '/contributions.csv', '/enregistrements.csv', '/recu'].map((x) => `/chiffres/${id}${x}?periode=2025`),
        `/fiches/${fiche}`,
        `/fiches/${fiche}?annee=2025`,
        `/fiches/${fiche}/donnees`,
        `/fiches/${fiche}/donnees.zip`,
        `/bilan/2025/paris/fiches/${fiche}`,
        `/axes/${fiche?.slice(0, 1)}?annee=2025`,
      ];
    });
    return [
      ...new Set([
        ...routes.map((r) => r.chemin),
        ...PAGES,
        ...deLaMesure,
        '/barometre?annee=2025',
        '/bilan/2025/paris',
        '/bilan/2025/paris/annexes',
        '/etat/2025/paris',
      ]),
    ];
  };
  /** The text of an answer, whatever holds it. */
  async function lire(url: string): Promise<{ statut: number; texte: string }> {
    const premiere = await app.get(url);
    const r = premiere.statusCode === 303 ? await app.get(String(premiere.headers.location)) : premiere;
    if (!/zip/.test(String(r.headers['content-type']))) return { statut: r.statusCode, texte: r.body };
    const zip = await JSZip.loadAsync(r.rawPayload);
    const textes = await Promise.all(Object.values(zip.files).map((f) => (f.dir ? '' : f.async('string'))));
    return { statut: r.statusCode, texte: textes.join('\n') };
  }
  const trahies = async () => {
    const ouvertes: string[] = [];
    const disent: string[] = [];
    for (const url of await publics()) {
      const { statut, texte } = await lire(url);
      if (statut === 200) ouvertes.push(url);
      const lu = lisible(texte);
      if ([String(NOMBRE), lisible(PHRASE), lisible(SOURCE)].some((x) => lu.includes(x))) disent.push(url);
    }
    return { ouvertes, disent };
  };
  const csv = async (url: string): Promise<Record<string, string>[]> => parse((await app.get(url)).body, { bom: true, columns: true, delimiter: ';' });

  test('n’est sur aucune page publique, dans aucun fichier public', async () => {
    const { ouvertes, disent } = await trahies();
    expect(disent).toEqual([]);
    expect(ouvertes.length).toBeGreaterThan(35);
    // The walk would see it: partners do.
    expect(lisible((await app.get(`/chiffres/${nombre}?periode=2025`, COORDINATION)).body)).toContain(String(NOMBRE));
  }, 240_000);

  test('se dit « à valider » : ni en retard, ni zéro, ni nombre, sur la page, dans le CSV et dans le dossier de la fiche', async () => {
    expect((await app.get(`/chiffres/${nombre}?periode=2025`)).body).toContain('donné, en attente de validation');
    const [ligne] = (await csv(`/chiffres/${nombre}/evolution.csv?periode=2025`)).filter((l) => l.cle === '2025');
    expect([ligne?.etat, ligne?.valeur, ligne?.validation]).toEqual(['à valider', '', 'en attente de validation']);
    const page = (await app.get(`/chiffres/${nombre}?periode=2025`)).body;
    expect([page.includes('Manque : '), /<title>[^<]*2025 : manquant/.test(page)]).toEqual([false, false]);
    const du = (await csv('/barometre.csv?annee=2025')).find((l) => l.mesure === nombre);
    expect([du?.etat, du?.valeur, du?.['attendu de'], du?.['du le'], du?.validation]).toEqual(['à valider', '', '', '', 'en attente de validation']);
    const zip = await lire(`/fiches/${app.catalogue.mesures.get(nombre)?.fiche}/donnees.zip`);
    expect(zip.texte).toMatch(new RegExp(`${nombre};[^\\n]*;2025;à valider;;[^\\n]*en attente de validation`));
  });

  test('ne manque plus à ceux qui préparent une séance, et attend dans la liste de qui le valide', async () => {
    const liste = async (qui: Qui, plus = '') => lisible((await app.get(`/chiffres?etat=a_valider${plus}`, qui)).body);
    const acte = lisible(`href="/chiffres/${nombre}?periode=2025#contributions">Valider`);
    expect(await liste(AUTRE)).toContain(acte);
    // Nobody validates what they gave.
    const soi = (await app.serveur.inject({ url: '/chiffres?etat=a_valider&aupres=tous', headers: { cookie: auteur } })).body;
    expect(lisible(soi)).toContain(lisible(`href="/chiffres/${nombre}?periode=2025#contributions"`));
    expect(lisible(soi)).not.toContain(acte);
    expect(await liste({ comme: 'agent', organisation: 'PM', territoire: 'mairie-18' })).not.toContain(acte);
    for (const etat of ['en_retard', 'attendu'])
      expect(lisible((await app.get(`/chiffres?etat=${etat}&aupres=tous&periode=2025`, COORDINATION)).body)).not.toContain(`/chiffres/${nombre}/saisir`);
  });

  test('un nombre d’avant, là où un document est demandé, n’est montré nulle part : le document est attendu', async () => {
    const m = [...app.catalogue.mesures.values()].find((x) => x.nature === 'document' && x.aupres.length === 1 && !x.grain.territoires);
    const [id, debiteur] = [m?.id ?? '', m?.aupres[0] ?? ''];
    await sql`insert into valeurs (contrat_id, mesure_id, periode, territoire_id, debiteur, ventilation, version, etat, valeur, source, saisi_par,
        saisi_par_organisation, saisi_le, valide_par, valide_le, validee)
      values (${app.contratId}, ${id}, '2025', ${app.catalogue.racine.id}, ${debiteur}, '{}', 1, 'valeur', ${NOMBRE + 1}, 'Ancien comptage', 'Quelqu’un',
        ${debiteur}, now(), 'Une autre', now(), true)`.execute(app.base.owner);
    await recalculerTotaux(app.base.owner, app.catalogue);
    const fiche = m?.fiche ?? '';
    for (const qui of [undefined, COORDINATION])
      for (const url of [
        `/chiffres/${id}?periode=2025`,
        `/chiffres/${id}/evolution.csv?periode=2025`,
        `/chiffres/${id}/contributions.csv?periode=2025`,
        `/fiches/${fiche}?annee=2025`,
      ])
        expect([url, lisible((await app.get(url, qui)).body).includes(String(NOMBRE + 1))]).toEqual([url, false]);
    for (const url of [`/fiches/${fiche}/donnees.zip`, `/bilan/2025/paris/fiches/${fiche}`])
      expect(lisible((await lire(url)).texte)).not.toContain(String(NOMBRE + 1));
    expect((await app.get(`/chiffres/${id}?periode=2025`)).body).toContain('Document attendu');
    // It is owed still.
    expect((await app.get(`/chiffres?etat=en_retard&aupres=tous&periode=2025&fiche=${fiche}`, COORDINATION)).body).toContain(
      `/chiffres/${id}/saisir?periode=2025`,
    );
  });

  test('une fois validé, est partout, avec son état', async () => {
    for (const id of [nombre, recit]) {
      const { rows } = await sql<{ id: string }>`select id::text as id from valeurs where mesure_id = ${id} and courante`.execute(app.base.owner);
      expect((await app.post(`/chiffres/${id}/valider`, { periode: '2025', valeur: rows.map((r) => r.id) }, AUTRE)).statusCode).toBe(303);
    }
    const { disent } = await trahies();
    const fiche = app.catalogue.mesures.get(nombre)?.fiche;
    for (const url of [
      `/chiffres/${nombre}?periode=2025`,
      `/chiffres/${nombre}/evolution.csv?periode=2025`,
      `/fiches/${fiche}/donnees.zip`,
      '/bilan/2025/paris/annexes',
    ])
      expect(disent).toContain(url);
    const [ligne] = (await csv(`/chiffres/${nombre}/evolution.csv?periode=2025`)).filter((l) => l.cle === '2025');
    expect([ligne?.etat, ligne?.valeur, ligne?.validation]).toEqual(['valeur', String(NOMBRE), 'validé']);
  }, 240_000);
});
