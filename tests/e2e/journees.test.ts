/**
 * The day of each of the fifteen people of the demonstration: whatever it draws opens, and so does every line of what they owe.
 * Beside the browser's tests, whose model alone has that year; no browser is needed.
 */
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { openDatabase } from '../../src/core/base/database.ts';
import { listPersonas } from '../../src/modules/comptes/sessions.queries.ts';
import { verifierEcheances } from '../../src/modules/echeances/accorder.ts';
import { type AppDeTest, ouvrirApp } from '../support/app.ts';
import { type BaseDeTest, testDatabase } from '../support/database.ts';
import { aLHeureDeParis } from '../support/fuseau.ts';
import { jourDans } from '../support/jours.ts';

let base: BaseDeTest;
let app: AppDeTest;
beforeAll(async () => {
  base = await testDatabase({ demonstration: true });
  app = await ouvrirApp({ base, demonstration: true });
});
afterAll(async () => {
  const service = decodeURIComponent(new URL(await base.service(app.contratId)).username);
  await app?.close();
  await base?.close();
  // Other files are being served by the same account.
  const racine = openDatabase(inject('serveur'), { max: 1 });
  expect((await sql`select from pg_roles where rolname = ${service}`.execute(racine)).rows).toHaveLength(1);
  await racine.destroy();
});

const liensDe = (html: string): string[] => [
  ...new Set(
    [...html.matchAll(/<a\s[^>]*href="(\/[^"#]*)/g)]
      .map((m) => (m[1] ?? '').replaceAll('&amp;', '&'))
      // Built assets, and the act that ends the session.
      .filter((l) => !l.startsWith('/statique/') && l !== '/deconnexion'),
  ),
];
/** Lines of the board: what kind of thing is owed, and where it is. */
const lignesDe = (html: string): { genre: string; lien: string }[] =>
  [...html.matchAll(/<span class="c-genre">([^<]*)<\/span><a class="govuk-link" href="([^"#]*)/g)].map((m) => ({
    genre: m[1] ?? '',
    lien: (m[2] ?? '').replaceAll('&amp;', '&'),
  }));
/** Signs in by the one click of the demonstration. */
async function entrer(compte: string): Promise<string> {
  const r = await app.post('/demonstration', { compte, retour: '/ma-journee' });
  expect([r.statusCode, r.headers.location]).toEqual([303, '/ma-journee']);
  return r.cookies.map((c) => `${c.name}=${c.value}`).join('; ');
}

describe('Ma journée', () => {
  test('chacune des quinze personnes ouvre tout ce que sa journée, son menu et ses échéances lui montrent', async () => {
    const page = (await app.get('/demonstration')).body;
    const proposees = [...page.matchAll(/name="compte" value="([^"]+)"/g)].map((m) => m[1] ?? '');
    const personnes = await listPersonas(app.base.owner, app.contratId, jourDans());
    expect([proposees.length, [...proposees].sort()]).toEqual([15, personnes.map((p) => p.id).sort()]);
    const refus: string[] = [];
    const faites: number[] = [];
    const duTableau = new Set<string>();
    const autourDuTableau = new Set<string>();
    let chiffres = 0;
    const lectures = new Map<string, number>();
    /** What nobody in particular opens says the same to everybody (acces.test reads all of it too): three people open it here. */
    const assezLue = async (lien: string): Promise<boolean> => {
      const deja = lectures.get(lien) ?? ((await app.serveur.inject({ url: lien })).statusCode === 200 ? 0 : Number.NEGATIVE_INFINITY);
      lectures.set(lien, deja + 1);
      return deja >= 3;
    };
    for (const personne of personnes) {
      const cookie = await entrer(personne.id);
      /** What a link leads to, wherever it leads first. */
      const lire = async (chemin: string, sauts = 5): Promise<{ statut: number; html: string }> => {
        const r = await app.serveur.inject({ url: chemin, headers: { cookie } });
        const suite = r.statusCode >= 300 && r.statusCode < 400 && sauts > 0 ? String(r.headers.location) : '';
        if (suite.startsWith('/')) return lire(suite, sauts - 1);
        return { statut: r.statusCode, html: /html/.test(`${r.headers['content-type']}`) ? r.body : '' };
      };
      const ouvrir = async (lien: string): Promise<void> => {
        if (await assezLue(lien)) return;
        const { statut } = await lire(lien);
        if (statut >= 400) refus.push(`${personne.nom} : ${lien} ${statut}`);
      };
      const journee = await lire('/ma-journee');
      const desChiffres = new Set<string>();
      // Of what people owe, every state: late, awaited, to be validated, contested, given.
      for (const etat of ['en_retard', 'attendu', 'a_valider', 'conteste', 'donne']) {
        const { statut, html } = await lire(`/chiffres?etat=${etat}`);
        // The technical administrator and the delegate work on no figure.
        if (statut === 403 && !journee.html.includes('href="/chiffres"')) continue;
        if (statut !== 200) refus.push(`${personne.nom} : /chiffres?etat=${etat} ${statut}`);
        const liens = liensDe(html).filter((l) => l.startsWith('/chiffres/'));
        const estUnChiffre = (l: string) => /^\/chiffres\/\d/.test(l);
        // The first of each: what refuses one refuses the others of that state. What stands beside the list is the same for all states.
        const premiers = liens.filter(estUnChiffre).slice(0, 3);
        for (const lien of premiers) await ouvrir(lien);
        chiffres += premiers.length;
        for (const lien of liens) if (!estUnChiffre(lien)) desChiffres.add(lien);
      }
      const sienne = await lire('/echeances?qui=moi');
      const tableau = await lire('/echeances');
      expect([journee.statut, sienne.statut, tableau.statut]).toEqual([200, 200, 200]);
      const siens = new Set([...liensDe(journee.html), ...liensDe(sienne.html), ...desChiffres]);
      // The board is almost the same for everybody: a line of each kind for each role; its filters once.
      const lignes = lignesDe(tableau.html);
      const roles = personne.mandats.map((m) => m.role).join();
      const autour = liensDe(tableau.html).filter((l) => !lignes.some((x) => x.lien === l) && !autourDuTableau.has(l));
      for (const l of autour) autourDuTableau.add(l);
      const nouvelles = lignes.filter(({ genre }) => !duTableau.has(`${roles} ${genre}`) && duTableau.add(`${roles} ${genre}`));
      const liens = new Set([...siens, ...autour, ...nouvelles.map((x) => x.lien)]);
      faites.push(liens.size);
      for (const lien of liens) await ouvrir(lien);
    }
    expect(refus).toEqual([]);
    expect(chiffres).toBeGreaterThan(40);
    expect(duTableau.size).toBeGreaterThan(30);
    expect(Math.min(...faites)).toBeGreaterThan(15);
  }, 600_000);

  test('sur l’année de démonstration, ce qui est dû et la liste s’accordent', async () => {
    const { echeances, differences } = await aLHeureDeParis(verifierEcheances)(app.base.owner, app.contratId, { maintenant: new Date() });
    expect(differences).toEqual([]);
    expect(echeances).toBeGreaterThan(1000);
  });
});
