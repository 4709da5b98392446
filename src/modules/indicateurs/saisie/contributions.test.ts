import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type AppDeTest, ouvrirApp, type Qui } from '../../../../tests/support/app.ts';
import { verifierEcheances } from '../../echeances/accorder.ts';
import { aLHeureDeParis } from '../../../../tests/support/fuseau.ts';
import { verifierChiffres } from '../formulaires.ts';
import { getContributions } from './contributions.ts';

const COORDINATION: Qui = { comme: 'coordination', organisation: 'DPMP' };

describe('Les contributions d’un chiffre', () => {
  let app: AppDeTest;
  const maintenant = () => new Date('2026-11-28T10:00:00Z');
  beforeAll(async () => {
    app = await ouvrirApp({ horloge: maintenant });
  });
  afterAll(() => app.close());
  const saisir = (mesure: string, champs: Record<string, string>, qui: Qui = COORDINATION) =>
    app.post(`/chiffres/${mesure}/saisir`, { source: 'Comptage du service', commentaire: '', version: '', ...champs }, qui);
  /** All that waits, or the first ones. */
  const valider = async (mesure: string, combien?: number) => {
    const { rows } = await sql<{ id: string; periode: string }>`
      select id::text as id, periode from valeurs where mesure_id = ${mesure} and courante and valide_le is null
      order by id limit ${combien ?? null}`.execute(app.base.owner);
    const r = await app.post(`/chiffres/${mesure}/valider`, { valeur: rows.map((x) => x.id) }, { comme: 'coordination', organisation: 'VILLE' });
    expect([r.statusCode, mesure]).toEqual([303, mesure]);
  };
  const lire = async (mesure: string, periode: string, qui?: Qui) =>
    (await app.get(`/chiffres/${mesure}?periode=${periode}`, qui)).body.replace(/<!-- -->/g, '').replace(/[\u00a0\u202f]/g, ' ');
  const enGrand = (page: string) => /c-preuve__chiffre[\s\S]*?c-chiffre__valeur">([^<]*)/.exec(page)?.[1];
  const sansEcart = async () => {
    expect((await verifierChiffres(app.base.owner, app.contratId)).differences).toEqual([]);
    const e = await aLHeureDeParis(verifierEcheances)(app.base.owner, app.contratId, { maintenant: maintenant() });
    expect(e.differences).toEqual([]);
  };

  test('INDIC-03, parts-par-structure, periodes-emboitees : 2.2-03, six partenaires et des mois, aucun ne remplace l’autre, le total est celui des six, « au moins » avant', async () => {
    const { aupres = [] } = app.catalogue.mesures.get('2.2-03') ?? {};
    expect(aupres).toHaveLength(6);
    for (const [i, organisation] of aupres.entries())
      for (const p of i === 0 ? Array.from({ length: 6 }, (_, n) => `2025-0${n + 1}`) : ['2025-S1'])
        expect(
          (await saisir('2.2-03', { periode: p, valeur: i === 0 ? '3' : String(10 * i), etat: 'valeur' }, { comme: 'producteur', organisation })).statusCode,
        ).toBe(303);
    // 6 x 3 by the months of the first, then 10 + 20 + 30 + 40 + 50.
    expect(enGrand(await lire('2.2-03', '2025-S1', COORDINATION))).toBe('168');
    expect(await lire('2.2-03', '2025-S1')).toContain('en attente de validation');
    // The six months of the first and three of the others: two are read by nobody yet.
    await valider('2.2-03', 9);
    expect(await lire('2.2-03', '2025-S1')).toMatch(/au moins[\s\S]{0,300}9 contributions sur 11, une valeur plus récente attend sa validation/);
    await valider('2.2-03');
    expect(enGrand(await lire('2.2-03', '2025-S1'))).toBe('168');
    expect(await lire('2.2-03', '2025')).toMatch(/Au moins 168 signalements/);
    await sansEcart();
  });

  test('1.3-02, dix-sept mairies, chacune la sienne : Paris apparaît, avec qui manque', async () => {
    const mairies = app.catalogue.territoiresDeType('mairie');
    const cellules = app.catalogue.mesures.get('1.3-02')?.grain.ventilations[0]?.valeurs.map((v) => v.code) ?? [];
    const grille = (t: string, n: number) =>
      Object.fromEntries(
        cellules.flatMap((code) => [
          [`valeur.${t}.partenaire-${code}`, String(n)],
          [`etat.${t}.partenaire-${code}`, 'valeur'],
        ]),
      );
    const du = (territoire: string): Qui => ({ comme: 'coordonnateur', organisation: 'DPMP', territoire });
    for (const [i, t] of mairies.slice(0, 12).entries())
      expect([t.id, (await saisir('1.3-02', { periode: '2025', territoire: t.id, ...grille(t.id, i + 1) }, du(t.id))).statusCode]).toEqual([t.id, 303]);
    const partiel = await lire('1.3-02', '2025', COORDINATION);
    expect(partiel).toMatch(new RegExp(`Au moins ${78 * cellules.length} signalements, 12 contributions reçues sur 17`));
    expect(partiel).toContain('Manquent : ');
    await valider('1.3-02');
    expect(await lire('1.3-02', '2025')).toMatch(new RegExp(`Au moins ${78 * cellules.length} signalements`));
    for (const [i, t] of mairies.slice(12).entries())
      expect((await saisir('1.3-02', { periode: '2025', territoire: t.id, ...grille(t.id, i + 13) }, du(t.id))).statusCode).toBe(303);
    await valider('1.3-02');
    expect(enGrand(await lire('1.3-02', '2025'))).toBe(String(153 * cellules.length));
    // Elsewhere, it is neither asked nor accepted.
    expect((await saisir('1.3-02', { periode: '2025', territoire: 'mairie-19', ...grille('mairie-19', 1) }, du('mairie-18'))).statusCode).toBe(403);
    await sansEcart();
  });

  test('INDIC-01, ventilations : 2.1-01a, par semestre et par sexe, pour dix-sept mairies en une grille, une part secrète rend secret tout ce qui la contient', async () => {
    const mairies = app.catalogue.territoiresDeType('mairie').map((t) => t.id);
    const remplir = (periode: string, plus: Record<string, string> = {}) =>
      saisir(
        '2.1-01a',
        {
          periode,
          territoire: 'tous',
          debiteur: 'DSPAP',
          ...Object.fromEntries(
            mairies.flatMap((t) => [
              [`valeur.${t}.sexe-femmes`, '3'],
              [`valeur.${t}.sexe-hommes`, '2'],
              [`valeur.${t}.sexe-non-precise`, '1'],
            ]),
          ),
          ...plus,
        },
        { comme: 'producteur', organisation: 'DSPAP' },
      );
    expect((await remplir('2025-S1')).statusCode).toBe(303);
    await valider('2.1-01a');
    expect(await lire('2.1-01a', '2025')).toMatch(/Au moins 102 plaintes/);
    expect((await remplir('2025-S2')).statusCode).toBe(303);
    await valider('2.1-01a');
    expect(enGrand(await lire('2.1-01a', '2025-S1'))).toBe('102');
    expect(enGrand(await lire('2.1-01a', '2025'))).toBe('204');
    expect(await lire('2.1-01a', '2025-S1')).toMatch(/Femmes[\s\S]{0,400}51[\s\S]*Hommes[\s\S]{0,400}34[\s\S]*Sexe non précisé[\s\S]{0,400}17/);
    expect(
      (
        await saisir(
          '2.1-01a',
          { periode: '2025-S2', territoire: 'mairie-7', debiteur: 'DSPAP', 'etat.mairie-7.sexe-hommes': 'secret', version: '2025-S2|mairie-7|DSPAP|3' },
          COORDINATION,
        )
      ).statusCode,
    ).toBe(303);
    // Not validated, and secret already.
    const publique = await lire('2.1-01a', '2025');
    expect([enGrand(publique), /c-preuve__chiffre[\s\S]{0,300}secret/.test(publique)]).toEqual([undefined, true]);
    expect(enGrand(await lire('2.1-01a', '2025-S1'))).toBe('102');
    await sansEcart();
  });

  test('deux sources d’un même fait ne s’additionnent pas : l’écart attend le pilote, qui tranche', async () => {
    const mesure = [...app.catalogue.mesures.values()].find(
      (m) =>
        m.obtention === 'collecte' &&
        m.nature === 'compte' &&
        m.grain.debiteurs === 'meme-fait' &&
        !m.grain.territoires &&
        m.grain.ventilations.length === 0 &&
        m.aupres.length === 2,
    );
    const [a = '', b = ''] = mesure?.aupres ?? [];
    const id = mesure?.id ?? '';
    for (const [debiteur, valeur] of [
      [a, '31'],
      [b, '35'],
    ] as const)
      expect((await saisir(id, { periode: '2025', debiteur, valeur, etat: 'valeur' })).statusCode).toBe(303);
    expect(await lire(id, '2025', COORDINATION)).toContain('Écart à trancher');
    expect(enGrand(await lire(id, '2025', COORDINATION))).toBeUndefined();
    const trancher = (qui: Qui) => app.post(`/chiffres/${id}/trancher`, { periode: '2025', debiteur: b, motif: 'Le registre de la seconde est complet' }, qui);
    expect((await trancher({ comme: 'producteur', organisation: a })).statusCode).toBe(403);
    expect((await trancher({ comme: 'pilote', organisation: 'VILLE', fiche: mesure?.fiche ?? '' })).statusCode).toBe(303);
    expect(enGrand(await lire(id, '2025', COORDINATION))).toBe('35');
    await sansEcart();
  });

  test('ce qui est saisi au nom d’un autre le dit partout, lui est annoncé, et ne vaut que dit par un autre ; contesté, il le reste même validé', async () => {
    const mesure = [...app.catalogue.mesures.values()].find(
      (m) =>
        m.obtention === 'collecte' &&
        m.nature === 'compte' &&
        !m.grain.territoires &&
        m.grain.ventilations.length === 0 &&
        m.aupres.length === 1 &&
        !['DPMP', 'VILLE', 'PP'].includes(m.aupres[0] ?? ''),
    );
    const [id, debiteur = ''] = [mesure?.id ?? '', mesure?.aupres[0]];
    const nom = app.catalogue.nomActeur(debiteur);
    const donne = `${nom}, saisi par ${app.catalogue.nomActeur('DPMP')}`.replace(/[\u00a0\u202f]/g, ' ');
    const DEBITEUR: Qui = { comme: 'producteur', organisation: debiteur };
    expect((await app.get(`/chiffres/${id}/saisir?periode=2025`, COORDINATION)).body).toContain('Vous saisissez pour un autre');
    expect((await app.get(`/chiffres/${id}/saisir?periode=2025`, DEBITEUR)).body).not.toContain('Vous saisissez pour un autre');
    expect((await saisir(id, { periode: '2025', valeur: '40', etat: 'valeur' })).statusCode).toBe(303);
    const csv = async (qui?: Qui) => (await app.get(`/chiffres/${id}/contributions.csv?periode=2025`, qui)).body.replace(/[\u00a0\u202f]/g, ' ');
    const un = async () =>
      (await sql<{ id: string }>`select id::text as id from valeurs where mesure_id = ${id} and courante and periode = '2025'`.execute(app.base.owner)).rows[0]
        ?.id ?? '';
    const acte = async (quoi: string, qui: Qui) =>
      (await app.post(`/chiffres/${id}/${quoi}`, { periode: '2025', valeur: await un(), motif: 'Nous en comptons trente' }, qui)).statusCode;
    // Told to the debtor, as what it owes an answer to.
    const dette = async () =>
      (
        await sql<{ organisation: string; soldee: boolean }>`
          select organisation_id as organisation, soldee_le is not null as soldee from echeances
          where genre = 'chiffre-a-confirmer' and sujet = ${id} and sans_objet_le is null`.execute(app.base.owner)
      ).rows;
    expect(await dette()).toEqual([{ organisation: debiteur, soldee: false }]);
    expect((await app.get('/ma-journee', DEBITEUR)).body).toContain('Chiffre donné en votre nom');
    // Validated by another account of the same organisation: nobody else has said it.
    const AUTRE: Qui = { comme: 'pilote', organisation: 'DPMP', fiche: mesure?.fiche ?? '' };
    expect(await acte('valider', AUTRE)).toBe(303);
    for (const page of [await lire(id, '2025'), await lire(id, '2025', DEBITEUR)]) {
      expect(page.split(donne).length).toBeGreaterThan(2);
      expect(page).toContain(`provisoire, validé par qui l’a saisi, à confirmer par ${nom}`);
      expect(page).not.toMatch(/>validé</);
    }
    expect(await csv()).toContain('provisoire, validé par qui');
    expect(await csv()).toContain(`saisi par ${app.catalogue.nomActeur('DPMP')}`);
    await sansEcart();
    // The debtor says it is so: neither its author nor a third party does.
    expect([await acte('confirmer', COORDINATION), await acte('confirmer', { comme: 'producteur', organisation: 'RATP' })]).toEqual([403, 403]);
    expect([await acte('confirmer', DEBITEUR), await acte('confirmer', DEBITEUR)]).toEqual([303, 409]);
    expect(await lire(id, '2025')).toContain(`validé, confirmé par ${nom}`);
    expect(await dette()).toEqual([{ organisation: debiteur, soldee: true }]);
    await sansEcart();
    // Contested once validated, it is said to everyone; nobody's name is.
    expect((await saisir(id, { periode: '2025', valeur: '41', etat: 'valeur', version: `2025|${app.catalogue.racine.id}|${debiteur}|1` })).statusCode).toBe(
      303,
    );
    expect(await acte('valider', { comme: 'coordination', organisation: 'VILLE' })).toBe(303);
    expect(await csv()).toMatch(/;validé;/);
    expect(await acte('contester', DEBITEUR)).toBe(303);
    for (const [page, tableur] of [
      [await lire(id, '2025'), await csv()],
      [await lire(id, '2025', COORDINATION), await csv(COORDINATION)],
    ] as const) {
      expect(page).toContain(`validé, contesté par ${nom}`);
      expect(page).toMatch(/c-preuve__chiffre[\s\S]{0,400}provisoire/);
      expect(page).not.toMatch(/>validé</);
      expect(tableur).toContain(`validé, contesté par ${nom}`);
      expect(tableur).not.toMatch(/;"?validé"?;/);
    }
    expect((await lire(id, '2025')).includes('Nous en comptons trente')).toBe(false);
    await sansEcart();
    // It gives its own: nothing is said of anybody else any more.
    expect(
      (await saisir(id, { periode: '2025', valeur: '30', etat: 'valeur', version: `2025|${app.catalogue.racine.id}|${debiteur}|2` }, DEBITEUR)).statusCode,
    ).toBe(303);
    expect(await acte('valider', { comme: 'coordination', organisation: 'VILLE' })).toBe(303);
    expect(await csv()).toMatch(/;validé;/);
    expect(await csv()).not.toContain('saisi par');
    await sansEcart();
  });

  test('une carte n’est pas un nombre : un lien ou un fichier, une phrase, une date, un auteur', async () => {
    const id = '1.6-01c';
    expect((await saisir(id, { periode: '2025', etat: 'valeur', texte: 'Rixes localisées' })).body).toContain('Joignez le fichier');
    const champs = {
      periode: '2025',
      etat: 'valeur',
      texte: 'Deux quartiers concentrent les rixes.',
      lien: 'https://cartes.exemple.fr/rixes',
      document_le: '2026-01-15',
      document_auteur: 'Cellule bandes',
    };
    expect((await saisir(id, { ...champs, lien: 'javascript:alert(1)' })).body).toContain('commence par https://');
    expect((await saisir(id, champs)).statusCode).toBe(303);
    await valider(id);
    const page = await lire(id, '2025');
    for (const mot of ['Deux quartiers concentrent', 'https://cartes.exemple.fr/rixes', 'Cellule bandes, 15 janvier 2026']) expect(page).toContain(mot);
    expect([page.includes('c-chiffre__valeur'), page.includes('id="evolution"')]).toEqual([false, false]);
  });

  test('rien de ce qui est demandé à quelqu’un ne répond 403 : chaque chiffre de « Ma journée » ouvre son formulaire', async () => {
    const personnes: Qui[] = [
      { comme: 'coordonnateur', organisation: 'DPMP', territoire: 'mairie-18' },
      { comme: 'elu', organisation: 'VILLE', territoire: 'mairie-18' },
      { comme: 'producteur', organisation: 'MA', territoire: 'mairie-18' },
      { comme: 'producteur', organisation: 'COMM', territoire: 'mairie-12' },
      { comme: 'producteur', organisation: 'BAILLEURS' },
      { comme: 'producteur', organisation: 'ISC' },
      { comme: 'producteur', organisation: 'DSPAP' },
      { comme: 'producteur', organisation: 'DSPAP', territoire: 'mairie-18' },
      { comme: 'producteur', organisation: 'RECTORAT', fiche: '1.2' },
      { comme: 'producteur', organisation: 'PP', registre: 'operations' },
      { comme: 'pilote', organisation: 'VILLE', fiche: '1.6' },
      { comme: 'agent', organisation: 'PM', territoire: 'mairie-18' },
      { comme: 'coordination', organisation: 'DPMP' },
    ];
    let ouverts = 0;
    for (const qui of personnes) {
      const cookie = await app.temoin(qui);
      const aller = (url: string) => app.serveur.inject({ url, headers: { cookie } });
      const pages = await Promise.all(
        ['/ma-journee', '/echeances?qui=moi&genre=chiffre', '/echeances?qui=moi&genre=chiffre&territoire=tous', '/chiffres'].map(aller),
      );
      const actes = new Set(
        pages.flatMap((p) => [...p.body.matchAll(/href="(\/chiffres\/[^"]*\/saisir[^"]*)"/g)].map((m) => (m[1] ?? '').replaceAll('&amp;', '&'))),
      );
      for (const url of actes) expect([qui, url, (await aller(url)).statusCode]).toEqual([qui, url, 200]);
      ouverts += actes.size;
    }
    expect(ouverts).toBeGreaterThan(50);
  });

  test('un secret ferme ce qui le contient, si nombreuses que soient les versions qui le précèdent', async () => {
    const [m] = [...app.catalogue.mesures.values()].filter((x) => x.id === '1.3-02');
    const [premiere = '', derniere = ''] = [app.catalogue.territoiresDeType('mairie')[0]?.id, app.catalogue.territoiresDeType('mairie').at(-1)?.id];
    const code = m?.grain.ventilations[0]?.valeurs.at(-1)?.code ?? '';
    const ecrire = (place: string, version: number, combien: number, etat: string, courante: boolean) =>
      sql`
      insert into valeurs (contrat_id, mesure_id, periode, territoire_id, debiteur, ventilation, version, etat, valeur, source, saisi_par, saisi_par_organisation,
        courante, validee, valide_le, saisi_le)
      select ${app.contratId}, '1.3-02', '2024', ${place}, ${m?.aupres[0] ?? ''}, jsonb_build_object('partenaire', ${code}::text), ${version} + n - 1, ${etat},
        case when ${etat} = 'valeur' then n end, 'Reprise', 'Quelqu’un', 'VILLE', ${courante}, ${courante}, now(), now()
      from generate_series(1, ${combien}) n`.execute(app.base.owner);
    const [debut, fin] = [premiere, derniere].sort();
    await ecrire(debut ?? '', 1, 2100, 'valeur', false);
    await ecrire(debut ?? '', 2101, 1, 'valeur', true);
    await ecrire(fin ?? '', 1, 1, 'secret', true);
    await ecrire(app.catalogue.racine.id, 1, 1, 'valeur', true);
    const x = m && (await getContributions(app.base.owner, app.catalogue, m, { periode: '2024', territoireId: app.catalogue.racine.id, partenaire: true }));
    // Whole of the contract, which the secret part of one mairie is in: not told either.
    expect(x?.lignes.map((v) => [v.territoireId, v.etat]).sort()).toEqual(
      [
        [app.catalogue.racine.id, 'secret'],
        [debut, 'valeur'],
        [fin, 'secret'],
      ].sort(),
    );
    expect(x?.versions).toHaveLength(2103);
    // Seen from the one that is open, the secret of the other is not listed.
    const ici = m && (await getContributions(app.base.owner, app.catalogue, m, { periode: '2024', territoireId: debut ?? '', partenaire: true }));
    expect([ici?.lignes.map((v) => v.etat), ici?.versions.length]).toEqual([['valeur'], 2101]);
    await sql`delete from valeurs where mesure_id = '1.3-02' and periode = '2024'`.execute(app.base.owner);
  });

  test('quelle que soit la suite de saisies, corrections, validations, secrets et contestations : aucun total ne s’écarte de ses contributions', async () => {
    const mesures = ['2.2-03', '3.10-04', '2.2-20a', '1.8-05'].flatMap((id) => app.catalogue.mesures.get(id) ?? []);
    const etape = fc.record({
      mesure: fc.constantFrom(...mesures),
      periode: fc.constantFrom('2024', '2024-S1', '2024-S2', '2024-03'),
      rang: fc.nat(5),
      valeur: fc.integer({ min: 0, max: 60 }),
      etat: fc.constantFrom('valeur', 'valeur', 'valeur', 'secret', 'sans_objet'),
      acte: fc.constantFrom('saisir', 'saisir', 'saisir', 'valider', 'contester'),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(etape, { minLength: 5, maxLength: 14 }), async (suite) => {
        for (const { mesure, periode, rang, valeur, etat, acte } of suite) {
          const { rows } = await sql<{ id: string }>`
            select id::text as id from valeurs where mesure_id = ${mesure.id} and courante and periode like '2024%' order by saisi_le, id`.execute(
            app.base.owner,
          );
          const un = rows[rang % Math.max(rows.length, 1)]?.id ?? '';
          const debiteur = mesure.aupres[rang % mesure.aupres.length] ?? '';
          const page = await app.get(`/chiffres/${mesure.id}/saisir?periode=${periode}&debiteur=${debiteur}`, COORDINATION);
          const noms = [...page.body.matchAll(/name="(valeur[^"]*)"/g)].map((m) => m[1] ?? '');
          const nom = noms[rang % Math.max(noms.length, 1)] ?? 'valeur';
          const version = /name="version" value="([^"]*)"/.exec(page.body)?.[1] ?? '';
          const r =
            acte === 'saisir'
              ? await saisir(mesure.id, { periode, debiteur, version, [nom]: String(valeur), [nom.replace('valeur', 'etat')]: etat, confirme: String(valeur) })
              : acte === 'valider'
                ? await app.post(`/chiffres/${mesure.id}/valider`, { valeur: un }, { comme: 'coordination', organisation: 'VILLE' })
                : await app.post(`/chiffres/${mesure.id}/contester`, { valeur: un, motif: 'Compté deux fois, à revoir' }, COORDINATION);
          expect([303, 404, 409, 422]).toContain(r.statusCode);
        }
        await sansEcart();
      }),
      { numRuns: 8 },
    );
  }, 240_000);
});
