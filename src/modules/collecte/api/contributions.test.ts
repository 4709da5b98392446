/** Figures given by a program: the rights of whoever made the token, all of them or none, each refusal by its rank. */
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type AppDeTest, ouvrirApp, type Qui } from '../../../../tests/support/app.ts';
import { estSimple } from '../../../../tests/support/mises-a-jour.ts';
import { MOT_DE_PASSE, Navigateur } from '../../../../tests/support/navigateur.ts';
import { hacher } from '../../comptes/mot-de-passe.ts';
import { createCompte } from '../../comptes/sessions.queries.ts';
import type { Mesure } from '../../contrats/index.ts';
import { casesDe } from '../../indicateurs/index.ts';

let app: AppDeTest;
let mesure: Mesure;
let autre: Mesure;
let du: Qui;
let jeton = '';
beforeAll(async () => {
  app = await ouvrirApp();
  const simples = [...app.catalogue.mesures.values()].filter((m) => estSimple(app, m) && m.periodicite.join() === 'annuel');
  mesure = simples[0] as Mesure;
  autre = simples.find((m) => m.aupres[0] !== mesure.aupres[0]) as Mesure;
  du = { comme: 'producteur', organisation: mesure.aupres[0] ?? '' };
  jeton = await creer(['contribuer']);
});
afterAll(() => app.close());

let n = 0;
async function creer(portees: string[], organisation = mesure.aupres[0] ?? '', fiche: string | null = null): Promise<string> {
  const courriel = `programme${++n}@exemple.fr`;
  await createCompte(app.base.owner, app.contratId, {
    ...{ courriel, nom: `Programme ${n}`, fonction: 'Essai', organisationId: organisation, motDePasse: await hacher(MOT_DE_PASSE) },
    ...{ demonstration: false, ordre: 0, accordePar: 'essai', debut: '2020-01-01', fin: null },
    mandats: [{ role: 'producteur', territoireId: null, fiche }],
  });
  const nav = new Navigateur(app);
  await nav.entrer(courriel);
  return /cc_[\w-]{43}/.exec((await nav.post('/mon-compte/jetons', { nom: 'Logiciel', portees, jours: '30' })).body)?.[0] ?? '';
}
const contribution = (plus: Record<string, unknown> = {}) => ({ mesure: mesure.id, periode: '2025', valeur: 1250, source: 'Logiciel du service', ...plus });
async function envoyer(contributions: unknown, o: { jeton?: string; cle?: string; cookie?: string } = {}) {
  const r = await app.serveur.inject({
    method: 'POST',
    url: '/api/v1/contributions',
    headers: {
      'content-type': 'application/json',
      ...(o.cookie ? { cookie: o.cookie } : { authorization: `Bearer ${o.jeton ?? jeton}` }),
      ...(o.cle ? { 'idempotency-key': o.cle } : {}),
    },
    payload: JSON.stringify({ contributions }),
  });
  return {
    statut: r.statusCode,
    corps: r.json<{ title?: string; erreurs?: { champ: string; message: string }[]; contributions?: { etat: string; version: number }[] }>(),
  };
}
const attendues = async (q = 'annee=2025', par = jeton) =>
  (await app.serveur.inject({ url: `/api/v1/contributions/attendues?${q}`, headers: { authorization: `Bearer ${par}` } })).json<{
    donnees: { mesure: string; periode: string; etat: string; version: number; debiteur: string; donnee: { valeur: number } | null }[];
    suite: string | null;
  }>();
const compter = async () =>
  (await sql<{ n: number }>`select count(*)::int as n from valeurs where mesure_id = ${mesure.id}`.execute(app.base.owner)).rows[0]?.n;
const refus = (r: Awaited<ReturnType<typeof envoyer>>) => [r.statut, (r.corps.erreurs ?? []).map((e) => e.champ)];

describe('Contributions par l’API', () => {
  test('un jeton sans la portée « contribuer » ne fournit rien, même s’il écrit dans les registres', async () => {
    for (const portees of [['lire'], ['lire', 'ecrire']]) {
      const r = await envoyer([contribution()], { jeton: await creer(portees) });
      expect([r.statut, r.corps.title]).toEqual([403, expect.stringContaining('« contribuer »')]);
    }
    expect((await envoyer([contribution()], { jeton: 'cc_'.padEnd(46, 'x') })).statut).toBe(401);
    const registre = await app.serveur.inject({ url: '/api/v1/registres/formations', headers: { authorization: `Bearer ${jeton}` } });
    expect([registre.statusCode, await compter()]).toEqual([403, 0]);
  });

  test('ce que le porteur doit, et rien d’autre ; par pages qui ne perdent ni ne répètent rien', async () => {
    const tout = (await attendues()).donnees;
    expect(tout.length).toBeGreaterThan(1);
    expect(tout.every((a) => a.debiteur === mesure.aupres[0] && a.etat === 'a_donner' && a.version === 0)).toBe(true);
    expect(tout.some((a) => a.mesure === mesure.id && a.periode === '2025')).toBe(true);
    const parUne: string[] = [];
    for (let suite: string | null = ''; suite !== null; ) {
      const p = await attendues(`annee=2025&limite=1&apres=${encodeURIComponent(suite)}`);
      parUne.push(...p.donnees.map((a) => JSON.stringify(a)));
      suite = p.suite;
    }
    expect(parUne).toEqual(tout.map((a) => JSON.stringify(a)));
  });

  test('la façon de compter vient avec un chiffre, se relit avec ce qui est dû, et reste quand on ne la redit pas', async () => {
    const sien = await creer(['contribuer', 'lire'], autre.aupres[0] ?? '');
    const une = (plus: Record<string, unknown>) => ({ mesure: autre.id, periode: '2025', valeur: 12, source: 'Logiciel du service', ...plus });
    expect((await envoyer([une({ methode: 'x'.repeat(601) })], { jeton: sien })).statut).toBe(422);
    expect((await envoyer([une({ methode: 'Compté au 31 décembre.', limites: 'Sans les mineurs.' })], { jeton: sien })).statut).toBe(201);
    expect((await envoyer([une({ valeur: 13, version: 1, limites: 'Sans les mineurs non suivis.' })], { jeton: sien })).statut).toBe(201);
    const lu = await app.serveur.inject({ url: '/api/v1/contributions/attendues?annee=2025', headers: { authorization: `Bearer ${sien}` } });
    expect(lu.json<{ donnees: { mesure: string; methode: string; limites: string }[] }>().donnees.find((x) => x.mesure === autre.id)).toMatchObject({
      methode: 'Compté au 31 décembre.',
      limites: 'Sans les mineurs non suivis.',
    });
    const csv = (await app.get(`/chiffres/${autre.id}/contributions.csv?periode=2025`, { comme: 'coordination', organisation: 'DPMP' })).body;
    expect([csv.includes(';methode;limites;') || csv.includes(',methode,limites,'), csv.includes('Sans les mineurs non suivis.')]).toEqual([true, true]);
  });

  test('une seule faute et rien n’est enregistré ; chaque faute est nommée par son rang', async () => {
    const r = await envoyer([
      contribution(),
      contribution({ mesure: '9.9-99' }),
      contribution({ valeur: 'environ 12' }),
      contribution({ valeur: 12.5 }),
      contribution({ periode: '2025-T1' }),
      contribution({ mesure: autre.id }),
      contribution({ etat: 'secret' }),
      contribution({ valeur: undefined }),
      contribution({ periode: '2024', version: 3 }),
      contribution(),
      contribution({ ventilation: { sexe: 'f' } }),
    ]);
    expect(refus(r)).toEqual([
      422,
      ['1.mesure', '2.valeur', '3.valeur', '4.periode', '5.mesure', '6.etat', '7.valeur', '8.version', '9.mesure', '10.ventilation'].map(
        (x) => `contributions.${x}`,
      ),
    ]);
    expect(r.corps.title).toBe('Rien n’a été enregistré : 10 fautes sont à corriger.');
    expect(await compter()).toBe(0);
  });

  test('un envoi mal formé, vide ou trop long est refusé', async () => {
    expect(refus(await envoyer([]))).toEqual([422, ['contributions']]);
    expect(refus(await envoyer(Array.from({ length: 501 }, () => contribution())))).toEqual([422, ['contributions']]);
    expect(refus(await envoyer([contribution({ source: '' })]))).toEqual([422, ['contributions.0.source']]);
    expect((await envoyer([contribution({ inconnu: 1 })])).statut).toBe(422);
    expect((await envoyer('x')).statut).toBe(422);
    expect(await compter()).toBe(0);
  });

  test('la même clé n’enregistre qu’une fois ; le même chiffre, renvoyé sans clé, n’est pas récrit', async () => {
    const auditees = async () =>
      (await sql<{ n: number }>`select count(*)::int as n from audit where action = 'valeur.saisie'`.execute(app.base.owner)).rows[0]?.n ?? 0;
    const avant = await auditees();
    const [a, b] = [await envoyer([contribution()], { cle: 'envoi-du-service-1' }), await envoyer([contribution()], { cle: 'envoi-du-service-1' })];
    expect([a.statut, a.corps.contributions?.map((x) => [x.etat, x.version])]).toEqual([201, [['enregistree', 1]]]);
    expect(b).toEqual(a);
    const encore = await envoyer([contribution()]);
    expect([encore.statut, encore.corps.contributions?.map((x) => x.etat)]).toEqual([201, ['inchangee']]);
    expect(await compter()).toBe(1);
    expect((await auditees()) - avant).toBe(1);
    const due = (await attendues()).donnees.find((x) => x.mesure === mesure.id && x.periode === '2025');
    expect([due?.etat, due?.version, due?.donnee?.valeur]).toEqual(['donnee', 1, 1250]);
  });

  test('une correction dit la version qu’elle corrige, et ce qui surprend est confirmé', async () => {
    expect(refus(await envoyer([contribution({ valeur: 1300 })]))).toEqual([422, ['contributions.0.version']]);
    expect(refus(await envoyer([contribution({ valeur: 13_000, version: 1 })]))).toEqual([422, ['contributions.0.explication']]);
    const juste = await envoyer([contribution({ valeur: 13_000, version: 1, explication: 'Un nouveau logiciel compte aussi les mains courantes.' })]);
    expect([juste.statut, juste.corps.contributions?.map((x) => x.version)]).toEqual([201, [2]]);
    const secret = await envoyer([contribution({ valeur: undefined, etat: 'secret', version: 2 })]);
    expect([secret.statut, await compter()]).toEqual([201, 3]);
  });

  test('deux envois au même instant : l’un est gardé, l’autre l’apprend', async () => {
    const deux = await Promise.all([
      envoyer([contribution({ periode: '2024', valeur: 10, explication: 'Première année : la collecte commençait.' })]),
      envoyer([contribution({ periode: '2024', valeur: 11, explication: 'Première année : la collecte commençait.' })]),
    ]);
    expect(deux.map((r) => r.statut).sort()).toEqual([201, 422]);
    expect((await sql<{ n: number }>`select count(*)::int as n from valeurs where periode = '2024' and courante`.execute(app.base.owner)).rows[0]?.n).toBe(1);
  });

  test('une session ordinaire a les mêmes droits que sur les écrans, et un autre organisme n’en a aucun', async () => {
    expect(
      (await envoyer([contribution({ periode: '2023', explication: 'Un nouveau logiciel compte autrement.' })], { cookie: await app.temoin(du) })).statut,
    ).toBe(201);
    const ailleurs = await app.temoin({ comme: 'producteur', organisation: autre.aupres[0] ?? '' });
    expect(refus(await envoyer([contribution({ periode: '2026' })], { cookie: ailleurs }))).toEqual([422, ['contributions.0.mesure']]);
  });

  test('1.8-01, voie-interface : ce que doit un organisme arrive par son jeton', async () => {
    const [organisation = ''] = app.catalogue.mesures.get('1.8-01')?.aupres ?? [];
    const r = await envoyer([contribution({ mesure: '1.8-01', valeur: 7 })], { jeton: await creer(['contribuer'], organisation) });
    expect([r.statut, r.corps.contributions?.map((x) => x.etat)]).toEqual([201, ['enregistree']]);
  });

  test('ce qui dépasse un chiffre hors du mandat, pas encore validé, est refusé avec la règle, sans ce chiffre', async () => {
    const [partie, tout] = [app.catalogue.mesures.get('2.6-01'), app.catalogue.mesures.get('2.1-01a')];
    const [organisation = ''] = partie?.aupres ?? [];
    expect([partie?.fiche === tout?.fiche, tout?.aupres.includes(organisation)]).toEqual([false, true]);
    const [ici] = partie ? casesDe(partie, app.catalogue).filter((x) => x.debiteur === organisation) : [];
    await sql`
      insert into valeurs (contrat_id, mesure_id, periode, territoire_id, debiteur, version, etat, valeur, source, saisi_par, saisi_par_organisation, saisi_le)
      select ${app.contratId}, '2.1-01a', '2024-S' || s, ${ici?.territoireId ?? ''}, ${organisation}, 1, 'valeur', 4, 'Reprise', 'Quelqu’un', ${organisation}, now()
      from generate_series(1, 2) s`.execute(app.base.owner);
    const donner = async (fiche: string | null) =>
      envoyer([contribution({ mesure: '2.6-01', periode: '2024', valeur: 17, territoire: ici?.territoireId })], {
        jeton: await creer(['contribuer'], organisation, fiche),
      });
    const r = await donner(partie?.fiche ?? '');
    expect(refus(r)).toEqual([422, ['contributions.0.explication']]);
    const dit = r.corps.erreurs?.[0]?.message ?? '';
    expect(dit).toContain('est une plainte d’une victime, reçue par le même service');
    expect(dit).not.toMatch(/17 dépasse|\b8\b/);
    // Whoever answers for both reads both.
    expect((await donner(null)).corps.erreurs?.[0]?.message).toContain('17 dépasse ce dont c’est une partie, 8');
  });

  test('l’API se décrit', async () => {
    const d = (await app.get('/api/v1/openapi.json')).json<{ paths: Record<string, unknown>; components: { schemas: Record<string, unknown> } }>();
    expect(
      Object.keys(d.paths)
        .filter((p) => p.includes('contributions'))
        .sort(),
    ).toEqual(['/api/v1/contributions', '/api/v1/contributions/attendues']);
    expect(JSON.stringify(d.components.schemas.ContributionsEnvoi)).toContain('"explication"');
  });
});
