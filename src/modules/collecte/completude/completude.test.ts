/** Who owes what, over HTTP: a late figure with its reminders and its reason, one not due yet, one validated, one contested. */
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type AppDeTest, ouvrirApp, type Qui } from '../../../../tests/support/app.ts';
import { lireFormulaire } from '../../../../tests/support/formulaire.ts';
import { aLHeureDeParis } from '../../../../tests/support/fuseau.ts';
import { listComptes } from '../../comptes/sessions.queries.ts';
import { verifierEcheances } from '../../echeances/accorder.ts';
import { envoyerRappels, accorderTout } from '../../echeances/index.ts';

const QUAND = new Date('2026-11-25T10:00:00Z');
const COORDINATION: Qui = { comme: 'coordination', organisation: 'VILLE' };
/** Owed each year by the Préfecture de police alone, a count for the whole contract. */
const MESURE = '1.8-01';

let app: AppDeTest;
const accorder = aLHeureDeParis(() => accorderTout(app.base.owner, app.contratId, { maintenant: QUAND }));
beforeAll(async () => {
  app = await ouvrirApp({ horloge: () => QUAND });
  await accorder();
});
afterAll(() => app.close());

const lire = (r: { body: string }): string => r.body.replace(/<!-- -->/g, '').replace(/[  ]/g, ' ');
const enMots = (html: string): string =>
  lire({ body: html })
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ')
    .replaceAll(' , ', ', ');
const PP: Qui = { comme: 'producteur', organisation: 'PP' };
const dette = async (periode: string, mesure = MESURE) => {
  const { rows } = await sql<{ id: string; etat: string; soldeeLe: Date | null }>`
    select id::text as id, solde_etat as etat, soldee_le as "soldeeLe" from echeances
    where contrat_id = ${app.contratId} and genre = 'chiffre' and sujet = ${mesure} and periode = ${periode} and organisation_id = 'PP'`.execute(
    app.base.owner,
  );
  if (!rows[0]) throw new Error(`Aucune dette de ${mesure} pour ${periode}.`);
  return rows[0];
};
const saisir = (periode: string, valeur: string, qui = PP) =>
  app.post(
    `/chiffres/${MESURE}/saisir`,
    { periode, territoire: app.catalogue.racine.id, etat: 'valeur', valeur, source: 'Secrétariat', commentaire: '', version: '' },
    qui,
  );
const courante = async (periode: string) => {
  const { rows } = await sql<{ id: string }>`
    select id::text as id from valeurs where contrat_id = ${app.contratId} and mesure_id = ${MESURE} and periode = ${periode} and courante`.execute(
    app.base.owner,
  );
  return rows[0]?.id ?? '';
};
/** The counts of a row of the CSV of the board. */
async function ligneDuTableau(q: string, nom: string): Promise<Record<string, string>> {
  const [entete = '', ...lignes] = (await app.get(`/collecte.csv${q}`, COORDINATION)).body.replace('﻿', '').trim().split('\r\n');
  const ligne = lignes.find((l) => l.startsWith(nom)) ?? '';
  return Object.fromEntries(entete.split(';').map((t, i) => [t, ligne.split(';')[i] ?? '']));
}
const PREFECTURE = 'Préfecture de Police';
const etatsDe = async (periode: string) => {
  const l = await ligneDuTableau(`?fiche=1.8&periode=${periode}`, PREFECTURE);
  return Object.fromEntries(Object.entries(l).filter(([t, v]) => v !== '0' && t !== 'Institution'));
};

describe('L’état d’une dette suit ce qui s’écrit, dans la même transaction', () => {
  test('pas encore due, en retard, reçue, validée, contestée, validée de nouveau : le tableau et la liste disent pareil', async () => {
    const avant = await ligneDuTableau('', PREFECTURE);
    const nombres = async () => ligneDuTableau('', PREFECTURE);
    const bouge = (l: Record<string, string>, etat: string) => Number(l[etat]) - Number(avant[etat]);
    expect((await dette('2026')).soldeeLe).toBeNull();
    expect((await app.get('/collecte/liste?fiche=1.8&periode=2026&etat=attendu', COORDINATION)).body).toContain(`/chiffres/${MESURE}?periode=2026`);
    expect((await app.get('/collecte/liste?fiche=1.8&periode=2025&etat=en_retard', COORDINATION)).body).toContain(`/chiffres/${MESURE}?periode=2025`);
    expect((await saisir('2025', '12')).statusCode).toBe(303);
    expect((await dette('2025')).etat).toBe('a_valider');
    expect([bouge(await nombres(), 'en retard'), bouge(await nombres(), 'reçu, à valider')]).toEqual([-1, 1]);
    const valider = async () => app.post(`/chiffres/${MESURE}/valider`, { valeur: await courante('2025') }, COORDINATION);
    expect((await valider()).statusCode).toBe(303);
    const validee = await dette('2025');
    expect([validee.etat, bouge(await nombres(), 'validé'), bouge(await nombres(), 'reçu, à valider')]).toEqual(['valide', 1, 0]);
    const contester = { valeur: await courante('2025'), motif: 'Deux services comptés deux fois' };
    expect((await app.post(`/chiffres/${MESURE}/contester`, contester, COORDINATION)).statusCode).toBe(303);
    expect([(await dette('2025')).etat, bouge(await nombres(), 'contesté'), bouge(await nombres(), 'validé')]).toEqual(['conteste', 1, 0]);
    expect((await app.get('/collecte/liste?fiche=1.8&periode=2025&etat=conteste', COORDINATION)).body).toContain(`/chiffres/${MESURE}?periode=2025`);
    // Corrected by who owes it: it waits again, and the day on which it first came stays.
    const champs = lireFormulaire((await app.get(`/chiffres/${MESURE}/saisir?periode=2025`, PP)).body, `/chiffres/${MESURE}/saisir`);
    expect((await app.post(`/chiffres/${MESURE}/saisir`, { ...champs, valeur: '11' }, PP)).statusCode).toBe(303);
    const corrigee = await dette('2025');
    expect([corrigee.etat, corrigee.soldeeLe?.toISOString()]).toEqual(['a_valider', validee.soldeeLe?.toISOString()]);
    const ecarts = await aLHeureDeParis(verifierEcheances)(app.base.owner, app.contratId, { maintenant: QUAND });
    expect(ecarts.differences).toEqual([]);
  });

  test('sans objet n’est ni dû ni en retard, et sort de la part', async () => {
    const avant = await etatsDe('2024');
    const r = await app.post(
      `/chiffres/${MESURE}/saisir`,
      { periode: '2024', territoire: app.catalogue.racine.id, etat: 'sans_objet', valeur: '', source: 'Secrétariat', commentaire: '', version: '' },
      PP,
    );
    expect(r.statusCode).toBe(303);
    const apres = await etatsDe('2024');
    expect([Number(avant.dus) - Number(apres.dus ?? 0), Number(apres['sans objet'])]).toEqual([1, 1]);
  });
});

describe('Le tableau', () => {
  test('se lit en dix secondes : ce qui est arrivé sur ce qui est dû, ce qui est en retard et de qui, ce qui attend une validation', async () => {
    const page = enMots((await app.get('/collecte', COORDINATION)).body);
    expect(page).toMatch(/\d+ chiffres? sur [\d ]+ dus? (est arrivé|sont arrivés) ; [\d ]+ sont en retard, dont \d+ d/);
    expect(page).toMatch(/1 attend une validation/);
    expect(page).toMatch(/ne sont pas encore dus/);
    expect(page).toContain('Les plus en retard');
  });

  test('chaque compte ouvre la liste de ce qu’il compte, quel que soit l’axe', async () => {
    for (const axe of ['institution', 'fiche', 'territoire', 'periode']) {
      const page = (await app.get(`/collecte?axe=${axe}`, COORDINATION)).body.replaceAll('&amp;', '&');
      const liens = [...page.matchAll(/href="(\/collecte\/liste\?[^"]+)">([^<]*)</g)].flatMap((m) => {
        const n = Number((m[2] ?? '').replace(/[^\d]/g, ''));
        return /^[\d\s  ]+$/.test(m[2] ?? '') && n > 0 ? [{ href: m[1] ?? '', n }] : [];
      });
      expect([axe, liens.length > 5]).toEqual([axe, true]);
      for (const { href, n } of liens.slice(0, 12)) {
        const lignes = (await app.get(href.replace('/collecte/liste', '/collecte/liste.csv'), COORDINATION)).body.trim().split('\r\n').length - 1;
        expect([href, lignes]).toEqual([href, n]);
      }
    }
  });

  test('ses totaux sont les mêmes par institution, par fiche, par territoire et par période', async () => {
    const totaux = await Promise.all(
      ['institution', 'fiche', 'territoire', 'periode'].map(async (axe) => {
        const [, ...lignes] = (await app.get(`/collecte.csv?axe=${axe}`, COORDINATION)).body.trim().split('\r\n');
        return [1, 2, 3, 4, 5, 6].map((i) => lignes.reduce((s, l) => s + Number(l.split(';')[i]), 0));
      }),
    );
    expect(totaux.slice(1)).toEqual([totaux[0], totaux[0], totaux[0]]);
  });

  test('est à qui travaille sur les données, et à lui seul', async () => {
    for (const url of ['/collecte', '/collecte.csv', '/collecte/liste', '/collecte/liste.csv']) {
      expect([url, (await app.get(url)).headers.location]).toEqual([url, expect.stringContaining('/connexion')]);
      expect([url, (await app.get(url, { comme: 'administrateur' })).statusCode]).toEqual([url, 403]);
      expect([url, (await app.get(url, { comme: 'agent', registre: 'formations' })).statusCode]).toEqual([url, 403]);
      expect([url, (await app.get(url, { comme: 'elu', territoire: 'mairie-18' })).statusCode]).toEqual([url, 200]);
    }
  });
});

describe('La page publique', () => {
  const RAISON = 'Le logiciel change en mars : le comptage reprend ensuite.';
  const retards = async () => enMots((await app.get('/chiffres-attendus/PP')).body);

  test('dit de chaque retard depuis quand et combien de rappels ; ce qui n’est pas dû est à part', async () => {
    const court = app.catalogue.mesures.get(MESURE)?.court ?? '';
    expect((await app.get('/chiffres-attendus')).body).toContain('/chiffres-attendus/PP');
    const avant = await retards();
    // Due 31 January 2024.
    expect(avant).toContain(`${court}, 2023`);
    expect(avant).toMatch(/1 029 jours : dû le 31 janvier 2024 jamais rappelé par la plateforme/);
    const [, apart = ''] = avant.split('pas encore dus');
    expect(apart).toContain(`${court}, 2026`);
    expect(avant.split('pas encore dus')[0]).not.toContain(`${court}, 2026`);
    await app.temoin(PP);
    await aLHeureDeParis(envoyerRappels)(app.db, {
      contratId: app.contratId,
      maintenant: QUAND,
      coffre: app.coffre,
      adresse: 'http://concorde.exemple',
      comptes: (db, contratId, quand) => listComptes(db, contratId, quand),
    });
    expect(await retards()).toMatch(/dû le 31 janvier 2024 rappelé 1 fois, la dernière le 25 novembre 2026/);
  });

  test('l’institution dit pourquoi et pour quand ; ses mots sont publics, signés d’elle, sans nom de personne, et finissent avec le retard', async () => {
    const { id } = await dette('2023');
    const url = `/collecte/retards/${id}`;
    const temoin = await app.temoin(PP);
    const champs = lireFormulaire((await app.get(url, temoin)).body, url);
    const court = await app.post(url, { ...champs, motif: 'Bientôt', attendu_le: '2026-01-01' }, temoin);
    expect(court.statusCode).toBe(422);
    expect(enMots(court.body)).toMatch(/de 10 à 600 caractères.*Donnez un jour à venir/);
    expect(court.body).toContain('Bientôt');
    expect((await app.post(url, { ...champs, motif: RAISON, attendu_le: '2027-03-31' }, temoin)).statusCode).toBe(303);
    const page = await retards();
    expect(page).toContain(`« ${RAISON} » ${PREFECTURE}, le 25 novembre 2026 ; annoncé pour le 31`);
    expect((await app.get('/chiffres-attendus/PP')).body).not.toMatch(/Personne \d/);
    expect((await app.get('/journal', { comme: 'dpo' })).body).toContain('raison d’un retard publiée');
    // Written again from what another had open: both are shown, nothing is lost.
    const heurt = await app.post(url, { ...champs, motif: 'Le service n’a pas encore validé ses chiffres.' }, temoin);
    expect([heurt.statusCode, heurt.body.includes('Le logiciel change')]).toEqual([409, true]);
    const encore = lireFormulaire((await app.get(url, temoin)).body, `${url}/retirer`);
    expect((await app.post(`${url}/retirer`, encore, temoin)).statusCode).toBe(303);
    expect(await retards()).not.toContain('Le logiciel change');
    const { rows } = await sql<{ n: number }>`select count(*)::int as n from retard_raisons where echeance_id = ${id}::uuid`.execute(app.base.owner);
    expect(rows[0]?.n).toBe(2);
    // Given: the debt is settled, and nothing is left to explain.
    const neufs = lireFormulaire((await app.get(url, temoin)).body, url);
    await app.post(url, { ...neufs, motif: RAISON }, temoin);
    expect((await saisir('2023', '10')).statusCode).toBe(303);
    expect(await retards()).not.toContain('Le logiciel change');
    expect((await app.post(url, { ...neufs, _cle: [], motif: RAISON }, temoin)).statusCode).toBe(409);
  });

  test('personne n’écrit à la place de l’institution : ni la coordination, ni une autre, ni le public', async () => {
    const { rows } = await sql<{ id: string }>`
      select id::text as id from echeances where contrat_id = ${app.contratId} and genre = 'chiffre' and organisation_id = 'PARQUET'
        and soldee_le is null and sans_objet_le is null and due_le < '2026-11-25' limit 1`.execute(app.base.owner);
    const url = `/collecte/retards/${rows[0]?.id}`;
    const corps = { motif: RAISON, attendu_le: '', version: '0' };
    for (const qui of [COORDINATION, PP, { comme: 'elu', organisation: 'PARQUET' } as Qui]) {
      expect([qui, (await app.get(url, qui)).statusCode]).toEqual([qui, 403]);
      expect([qui, (await app.post(url, corps, qui)).statusCode]).toEqual([qui, 403]);
    }
    expect((await app.post(url, corps)).statusCode).toBe(401);
    expect((await app.get(url, { comme: 'producteur', organisation: 'PARQUET' })).statusCode).toBe(200);
    for (const inconnue of ['/collecte/retards/pas-un-id', '/collecte/retards/00000000-0000-4000-8000-000000000000', '/chiffres-attendus/INCONNUE'])
      expect([inconnue, (await app.get(inconnue, PP)).statusCode]).toEqual([inconnue, 404]);
  });
});
