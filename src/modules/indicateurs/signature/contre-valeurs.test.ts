import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type AppDeTest, ouvrirApp, type Qui } from '../../../../tests/support/app.ts';
import { aLHeureDeParis } from '../../../../tests/support/fuseau.ts';
import type { Mesure } from '../../contrats/index.ts';
import { verifierEcheances } from '../../echeances/accorder.ts';
import { verifierChiffres } from '../formulaires.ts';
import { reprendreTotaux } from '../saisie/totaux.queries.ts';

const COORDINATION: Qui = { comme: 'coordination', organisation: 'DPMP' };
const VILLE: Qui = { comme: 'coordination', organisation: 'VILLE' };
const AN = '2025';
const MOTIF = 'Deux faits de la rue ne sont pas au registre';

describe('Une contre-valeur', () => {
  let app: AppDeTest;
  /** Given by one acteur for each mairie: a mairie disputes what is said of its place. */
  let locale: Mesure;
  /** Given by one acteur for the whole: a partner of the fiche disputes it. */
  let entiere: Mesure;
  let partenaire: Qui;
  let mairie: Qui;
  const maintenant = () => new Date('2026-11-28T10:00:00Z');
  const lire = async <T>(q: ReturnType<typeof sql<T>>): Promise<T[]> => (await q.execute(app.base.owner)).rows;
  const texte = (page: string) => page.replace(/<!-- -->/g, '').replace(/[\u00a0\u202f]/g, ' ');
  const courante = async (m: Mesure, territoire: string) =>
    (
      await lire(sql<{ id: string; version: number; valeur: number | null; parOrganisation: string; source: string }>`
        select id::text as id, version, valeur::float8 as valeur, saisi_par_organisation as "parOrganisation", source from valeurs
        where contrat_id = ${app.contratId} and mesure_id = ${m.id} and periode = ${AN} and territoire_id = ${territoire} and courante`)
    )[0];
  const saisir = async (m: Mesure, territoire: string, valeur: string, plus: Record<string, string> = {}) => {
    const v = await courante(m, territoire);
    const version = `${AN}|${territoire}|${m.aupres[0]}|${v?.version ?? 0}`;
    const champs = {
      source: 'Comptage',
      explication: 'Le service a recompté, registre en main',
      commentaire: '',
      etat: 'valeur',
      periode: AN,
      debiteur: m.aupres[0] ?? '',
      territoire,
      version,
      valeur,
      ...plus,
    };
    return (await app.post(`/chiffres/${m.id}/saisir`, champs, COORDINATION)).statusCode;
  };
  const valider = async (m: Mesure, territoire: string, qui: Qui = VILLE) =>
    (await app.post(`/chiffres/${m.id}/valider`, { periode: AN, valeur: (await courante(m, territoire))?.id ?? '' }, qui)).statusCode;
  const proposer = async (m: Mesure, territoire: string, contre: string, qui: Qui, plus: Record<string, string> = {}) =>
    app.post(
      `/chiffres/${m.id}/contre-valeurs`,
      { periode: AN, contribution: (await courante(m, territoire))?.id ?? '', contre, source: 'Main courante de la mairie', motif: MOTIF, ...plus },
      qui,
    );
  const ouvertes = (m: Mesure) => lire(sql<{ id: string }>`select id::text as id from contre_valeurs where issue is null and mesure_id = ${m.id}`);
  const regler = async (m: Mesure, territoire: string, issue: string, qui: Qui, plus: Record<string, string> = {}) =>
    app.post(
      `/chiffres/${m.id}/contre-valeurs/${(await ouvertes(m))[0]?.id}/regler`,
      { periode: AN, issue, motif: 'Le registre a été relu ligne à ligne', valeur: (await courante(m, territoire))?.id ?? '', ...plus },
      qui,
    );
  const page = async (m: Mesure, territoire: string, qui?: Qui) => texte((await app.get(`/chiffres/${m.id}?periode=${AN}&territoire=${territoire}`, qui)).body);
  const sansEcart = async () => {
    expect((await verifierChiffres(app.base.owner, app.contratId)).differences).toEqual([]);
    const e = await aLHeureDeParis(verifierEcheances)(app.base.owner, app.contratId, { maintenant: maintenant() });
    expect(e.differences).toEqual([]);
  };

  beforeAll(async () => {
    app = await ouvrirApp({ horloge: maintenant });
    const c = app.catalogue;
    const nombres = [...c.mesures.values()].filter(
      (m) =>
        m.obtention === 'collecte' &&
        m.nature === 'compte' &&
        m.grain.ventilations.length === 0 &&
        m.periodicite.includes('annuel') &&
        m.aupres.length === 1 &&
        m.aupres.every((d) => !c.acteurs.get(d)?.local),
    );
    const autres = (m: Mesure) =>
      [...(c.fiches.get(m.fiche)?.pilotes ?? []), ...(c.fiches.get(m.fiche)?.partenaires ?? [])].filter((x) => !m.aupres.includes(x));
    const [a, b] = [nombres.find((m) => m.grain.territoires === 'mairie'), nombres.find((m) => !m.grain.territoires && autres(m).length > 0)];
    if (!a || !b) throw new Error('aucune mesure de ce grain');
    [locale, entiere] = [a, b];
    partenaire = { comme: 'producteur', organisation: autres(b)[0] ?? '' };
    mairie = { comme: 'coordonnateur', organisation: 'DPMP', territoire: 'mairie-18' };
    expect(await saisir(locale, 'mairie-18', '12')).toBe(303);
    expect(await saisir(entiere, c.racine.id, '31')).toBe(303);
  });
  afterAll(() => app.close());

  test('la propose qui est concerné et ne doit pas le chiffre ; ni le débiteur, ni ailleurs, ni un étranger à la fiche, ni personne', async () => {
    const racine = app.catalogue.racine.id;
    const etrangere = [...app.catalogue.acteurs.keys()].find(
      (x) =>
        !entiere.aupres.includes(x) &&
        !app.catalogue.fiches.get(entiere.fiche)?.pilotes.includes(x) &&
        !app.catalogue.fiches.get(entiere.fiche)?.partenaires.includes(x),
    );
    for (const [m, t, qui] of [
      [locale, 'mairie-18', { comme: 'producteur', organisation: locale.aupres[0] ?? '' }],
      [locale, 'mairie-18', { ...mairie, territoire: 'mairie-19' }],
      [entiere, racine, { comme: 'producteur', organisation: etrangere ?? '' }],
      [entiere, racine, { ...partenaire, fiche: '9.9' }],
    ] as const) {
      expect([m.id, qui, (await proposer(m, t, '14', qui)).statusCode]).toEqual([m.id, qui, 403]);
      expect(await page(m, t, qui)).not.toContain('Proposer une autre valeur');
    }
    expect((await app.post(`/chiffres/${locale.id}/contre-valeurs`, { contre: '3' })).statusCode).toBe(401);
    expect(await page(locale, 'mairie-18', mairie)).toContain('Proposer une autre valeur');
    for (const [contre, plus, mot] of [
      ['douze', {}, 'Contre-valeur'],
      ['', {}, 'écrivez le nombre'],
      ['12', {}, 'déjà donnée'],
      ['14', { motif: 'non' }, 'Dites pourquoi'],
      ['14', { source: '' }, 'Dites d’où vient'],
    ] as const) {
      const r = await proposer(locale, 'mairie-18', contre, mairie, plus);
      expect([contre, r.statusCode, r.body.includes(mot)]).toEqual([contre, 422, true]);
    }
    expect((await proposer(locale, 'mairie-18', '14', mairie)).statusCode).toBe(303);
    expect((await proposer(entiere, racine, '37', partenaire)).statusCode).toBe(303);
    const double = await proposer(locale, 'mairie-18', '15', mairie);
    expect([double.statusCode, double.body.includes('déjà une contre-valeur ouverte')]).toEqual([409, true]);
    await sansEcart();
  });

  test('les partenaires lisent les deux ; le public, dès que la première est validée, les valeurs et les institutions seules', async () => {
    expect(await page(locale, 'mairie-18', COORDINATION)).toContain(MOTIF);
    expect(await page(locale, 'mairie-18')).not.toContain('Contre-valeurs');
    expect(await valider(locale, 'mairie-18')).toBe(303);
    const publique = await page(locale, 'mairie-18');
    expect(publique).toMatch(/donne 12 [^.]*propose 14 /);
    expect(publique).not.toMatch(/Deux faits de la rue|Main courante de la mairie|Personne \d/);
    // A counter-value counts in no total.
    expect(/c-preuve__chiffre[\s\S]*?c-chiffre__valeur">([^<]*)/.exec(publique)?.[1]).toBe('12');
    const [e] = await lire(sql<{ n: number }>`select count(*)::int as n from echeances where genre = 'contre_valeur' and soldee_le is null`);
    expect(e?.n).toBe(2);
  });

  test('la règle le pilote ou la coordination, jamais qui l’a proposée ; gardée, avec une raison ; prise, c’est la version suivante', async () => {
    const racine = app.catalogue.racine.id;
    const pilote: Qui = { comme: 'pilote', organisation: 'VILLE', fiche: locale.fiche };
    expect((await regler(locale, 'mairie-18', 'prise', mairie)).statusCode).toBe(403);
    expect((await regler(locale, 'mairie-18', 'prise', { ...pilote, fiche: entiere.fiche === locale.fiche ? '9.9' : entiere.fiche })).statusCode).toBe(403);
    expect((await regler(locale, 'mairie-18', 'autre', pilote)).statusCode).toBe(422);
    expect((await regler(locale, 'mairie-18', 'gardee', pilote, { motif: '' })).statusCode).toBe(422);
    // Settled on what is no longer in force: read again first, nothing half done.
    expect((await regler(locale, 'mairie-18', 'prise', pilote, { valeur: '00000000-0000-4000-8000-000000000000' })).statusCode).toBe(409);
    expect(await ouvertes(locale)).toHaveLength(1);
    // Taken, it is a figure as any: what surprises is explained, or it is not taken.
    await sql`insert into valeurs (contrat_id, mesure_id, periode, territoire_id, debiteur, ventilation, version, etat, valeur, source, commentaire,
      saisi_par, saisi_par_organisation, saisi_le, validee, valide_le, valide_par)
      select contrat_id, mesure_id, '2024', territoire_id, debiteur, '{}', 1, 'valeur', 900, 'Comptage', '', 'Une personne', saisi_par_organisation, saisi_le,
        true, saisi_le, 'Une autre' from valeurs where mesure_id = ${locale.id} and periode = ${AN} and territoire_id = 'mairie-18' and version = 1`.execute(
      app.base.owner,
    );
    await reprendreTotaux(app.base.owner, app.catalogue);
    const surprend = await regler(locale, 'mairie-18', 'prise', COORDINATION);
    expect([surprend.statusCode, surprend.body.includes('name="explication"'), surprend.body.includes('Le registre a été relu ligne à ligne')]).toEqual([
      422,
      true,
      true,
    ]);
    expect([await ouvertes(locale), await courante(locale, 'mairie-18')]).toMatchObject([[{}], { version: 1 }]);
    expect(
      (await regler(locale, 'mairie-18', 'prise', COORDINATION, { explication: 'Le registre de 2024 comptait aussi les mains courantes' })).statusCode,
    ).toBe(303);
    const prise = await courante(locale, 'mairie-18');
    expect(prise).toMatchObject({ version: 2, valeur: 14 });
    expect(prise?.source).toMatch(/Main courante de la mairie \(contre-valeur de .* retenue par /);
    // Nobody validates what they took themselves: until then everyone reads the former value.
    expect(await page(locale, 'mairie-18')).not.toContain('Contre-valeurs');
    expect(await valider(locale, 'mairie-18')).toBe(303);
    expect(await page(locale, 'mairie-18')).toContain('14');
    expect((await regler(entiere, racine, 'gardee', COORDINATION)).statusCode).toBe(303);
    expect(await courante(entiere, racine)).toMatchObject({ version: 1, valeur: 31 });
    expect(await page(entiere, racine, COORDINATION)).toContain('Le registre a été relu ligne à ligne');
    expect([...(await ouvertes(locale)), ...(await ouvertes(entiere))]).toEqual([]);
    await sansEcart();
  });

  test('celle de son institution se retire, et une autre peut suivre ; sous un verrou, la prendre attend une exception', async () => {
    const racine = app.catalogue.racine.id;
    expect(await valider(entiere, racine)).toBe(303);
    expect((await proposer(entiere, racine, '39', partenaire)).statusCode).toBe(303);
    const retirer = async (qui: Qui) => app.post(`/chiffres/${entiere.id}/contre-valeurs/${(await ouvertes(entiere))[0]?.id}/retirer`, {}, qui);
    expect((await retirer(COORDINATION)).statusCode).toBe(403);
    expect((await retirer(partenaire)).statusCode).toBe(303);
    expect((await app.post('/chiffres/verrous', { periode: AN, fiche: '', motif: 'Publication du bilan annuel' }, COORDINATION)).statusCode).toBe(303);
    expect((await proposer(entiere, racine, '38', partenaire)).statusCode).toBe(303);
    const refus = await regler(entiere, racine, 'prise', VILLE);
    expect([refus.statusCode, refus.body.includes('figé le')]).toEqual([409, true]);
    expect(await ouvertes(entiere)).toHaveLength(1);
    await sansEcart();
  });

  test('ce qui devient secret n’est plus dit par celle qui le disputait, et ne se dispute plus', async () => {
    const racine = app.catalogue.racine.id;
    expect(await page(entiere, racine)).toMatch(/propose 38 /);
    const [verrou] = await lire(sql<{ id: string }>`select id::text as id from verrous where leve_le is null`);
    expect((await app.post(`/chiffres/verrous/${verrou?.id}/lever`, { motif: 'Un service entier s’est trompé' }, COORDINATION)).statusCode).toBe(303);
    expect(await saisir(entiere, racine, '', { etat: 'secret', rectifie: 'Moins de cinq personnes' })).toBe(303);
    expect(await page(entiere, racine)).not.toMatch(/propose 38|Contre-valeurs/);
    const lue = await page(entiere, racine, COORDINATION);
    expect([lue.includes(`38 ${entiere.unite}`), lue.includes(`31 ${entiere.unite}`), lue.includes(MOTIF)]).toEqual([false, false, false]);
    expect(lue).toContain('couvert par le secret');
    expect((await regler(entiere, racine, 'prise', VILLE)).statusCode).toBe(422);
    expect((await proposer(entiere, racine, '40', { ...partenaire, organisation: partenaire.organisation ?? '' })).statusCode).toBe(422);
    // A value again, under the same counter-value: what was secret is not told by it.
    expect(await saisir(entiere, racine, '38', { rectifie: 'Le secret est levé' })).toBe(303);
    expect(await page(entiere, racine)).not.toMatch(/propose 38/);
    await sansEcart();
  });
});
