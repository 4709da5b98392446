/**
 * A walk of every public page at several clocks: none compares an unfinished year with a full one, none calls late what is not due.
 * What pages compare is counted again here, in the records, with bounds read from their own words.
 */
import { sql } from 'kysely';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type FormulaireDeContrat, getFormulaire } from '../src/modules/indicateurs/index.ts';
import { genererValeursDemo } from '../src/modules/indicateurs/saisie/saisie.demo.ts';
import { genererDemoDe } from '../src/modules/registres/demo/registres.demo.ts';
import { definitionsDecouvertes } from '../src/modules/registres/registres.definitions.ts';
import { getBilan } from '../src/modules/publications/bilan/bilan.contenu.ts';
import { type AppDeTest, ouvrirApp } from './support/app.ts';
import { aLHeureDeParis } from './support/fuseau.ts';
import { demonstrationDe } from './support/demonstration.ts';
import { gardeSql } from '../src/modules/indicateurs/calcul/gardes.sql.ts';
import { recalculerChiffres } from '../src/modules/indicateurs/formulaires.ts';

const ANNEES = [2024, 2025, 2026];
/** Day of the clock, and the months of the year that it calls complete. */
const HORLOGES = [
  { jour: '2026-11-25', complets: 10 },
  { jour: '2026-02-03', complets: 1 },
  { jour: '2027-02-03', complets: 12 },
  { jour: '2026-01-10', complets: 0 },
];

let app: AppDeTest;
const apps = new Map<string, AppDeTest>();
let f: FormulaireDeContrat;
beforeAll(async () => {
  app = await ouvrirApp();
  const profils = (await demonstrationDe()).profils;
  await genererDemoDe(app.base.owner, app.catalogue, definitionsDecouvertes, { annees: ANNEES, graine: 7, jusquau: '2026-12-31', profils });
  await genererValeursDemo(app.base.owner, app.catalogue, { annees: ANNEES, graine: 7, aujourdhui: '2026-11-25', profils });
  await recalculerChiffres(app.base.owner, app.contratId);
  f = await getFormulaire(app.base.owner, app.contratId);
  for (const { jour } of HORLOGES) apps.set(jour, await ouvrirApp({ base: app.base, horloge: () => new Date(`${jour}T12:00:00+01:00`) }));
}, 300_000);
afterAll(async () => {
  for (const a of apps.values()) await a.serveur.close();
  await app.close();
});

interface Comparee {
  mesure: string;
  territoire: string;
  periode: string;
  precedente: string;
  apres: number;
  avant: number;
}
interface Lue {
  comparaisons: Comparee[];
  etats: { etat: string; due: string | null; mesure: string | null; territoire: string }[];
}

const attribut = (balise: string, nom: string): string | null => new RegExp(` ${nom}="([^"]*)"`).exec(balise)?.[1] ?? null;
/** Figures of one page: each `c-chiffre` with its link, or the address of the page for the figure that it proves. */
function lire(html: string, url: string): Lue {
  const adresse = new URL(url, 'http://x');
  const dIci = adresse.pathname.startsWith('/chiffres/') ? (adresse.pathname.split('/')[2] ?? null) : null;
  const lue: Lue = { comparaisons: [], etats: [] };
  for (const morceau of html.split(/(?=<span class="c-chiffre[ "])/).slice(1)) {
    const balise = morceau.slice(0, morceau.indexOf('>') + 1);
    const lien = /^<span[^>]*>(?:<span class="c-chiffre__prefixe">[^<]*<\/span>)?<a class="c-chiffre__lien" href="\/chiffres\/([^?"]+)\?([^"]*)"/.exec(morceau);
    const q = lien ? new URLSearchParams((lien[2] ?? '').replaceAll('&amp;', '&')) : adresse.searchParams;
    const mesure = lien?.[1] ?? dIci;
    const territoire = q.get('territoire') || 'paris';
    lue.etats.push({ etat: attribut(balise, 'data-etat') ?? '', due: attribut(balise, 'data-due'), mesure, territoire });
    const evolution = /<span class="c-evolution[^>]*>/.exec(morceau)?.[0];
    if (!evolution) continue;
    const dire = (nom: string) => attribut(evolution, `data-${nom}`) ?? '';
    lue.comparaisons.push({
      mesure: mesure ?? '',
      territoire,
      periode: dire('periode'),
      precedente: dire('precedente'),
      apres: Number(dire('apres')),
      avant: Number(dire('avant')),
    });
  }
  return lue;
}

/** Months of a period's words: « 2026 », « 2026-S1 », « 2026-T2 », « 2026-03 », « 2026-01..2026-10 ». */
function bornes(code: string): { annee: number; debut: number; fin: number } {
  const annee = Number(code.slice(0, 4));
  const [a, b] = code.split('..');
  if (b) return { annee, debut: Number(a?.slice(5)), fin: Number(b.slice(5)) };
  const m = /-(?:S(\d)|T(\d)|(\d\d))$/.exec(code);
  if (!m) return { annee, debut: 1, fin: 12 };
  if (m[1]) return { annee, debut: Number(m[1]) * 6 - 5, fin: Number(m[1]) * 6 };
  if (m[2]) return { annee, debut: Number(m[2]) * 3 - 2, fin: Number(m[2]) * 3 };
  return { annee, debut: Number(m[3]), fin: Number(m[3]) };
}

/** One key of a formula, counted in the records themselves. */
async function compterCle(cle: string, mesureId: string, code: string, territoire: string): Promise<number> {
  const { annee, debut, fin } = bornes(code);
  const [de, a] = [`${annee}-${String(debut).padStart(2, '0')}-01`, fin === 12 ? `${annee + 1}-01-01` : `${annee}-${String(fin + 1).padStart(2, '0')}-01`];
  const aire = app.catalogue.aire(territoire);
  const lieu = aire === null ? sql`` : sql` and territoire_id = any(${[...aire]}::text[])`;
  let total = 0;
  for (const x of f.formules.get(mesureId)?.atomes.filter((y) => y.cle === cle) ?? []) {
    const source = f.sources.get(x.source);
    const present = x.mode === 'presents' || x.mode === 'distinct-presents';
    const vue = (present && source?.vueDatee) || (source?.vue ?? '');
    const quoi =
      x.mode === 'somme'
        ? sql`coalesce(sum(${sql.ref(x.colonne ?? '')}), 0)`
        : x.mode === 'distinct' || x.mode === 'distinct-presents'
          ? sql`count(distinct ${sql.ref(x.colonne ?? '')})`
          : vue === source?.vueDatee
            ? sql`count(distinct id)`
            : sql`count(*)`;
    const quand = present ? sql`jour < ${a}::date and (fin is null or fin >= ${de}::date)` : sql`jour >= ${de}::date and jour < ${a}::date`;
    const { rows } = await sql<{ n: number }>`
      select ${quoi}::float8 as n from ${sql.table(vue)} where contrat_id = ${app.contratId} and ${quand} and ${gardeSql(x)}${lieu}`.execute(app.base.owner);
    total += rows[0]?.n ?? 0;
  }
  return total;
}

/** What institutions gave and somebody else validated, added up here on its own: debtors, places, breakdowns, then shorter periods. */
async function recompterDonnes(mesureId: string, code: string, territoire: string): Promise<number | null> {
  const mesure = f.mesures.get(mesureId);
  const { rows } = await sql<{ debiteur: string; lieu: string; periode: string; ventilation: Record<string, string>; valeur: number | null }>`
    select debiteur, territoire_id as lieu, periode, ventilation, valeur::float8 as valeur from valeurs
    where contrat_id = ${app.contratId} and validee and mesure_id = ${mesureId}
      and territoire_id = any(${[...f.catalogue.descendants(territoire)]}::text[])`.execute(app.base.owner);
  const somme = (valeurs: readonly (number | null)[]) =>
    valeurs.length === 0 || valeurs.includes(null) ? null : valeurs.reduce<number>((n, x) => n + (x ?? 0), 0);
  const dans = (siennes: typeof rows, p: string): number | null => {
    const ici = siennes.filter((r) => r.periode === p);
    const parts = ici.filter((r) => Object.keys(r.ventilation).length > 0);
    if (ici.length > 0) return somme((parts.length > 0 ? parts : ici).map((r) => r.valeur));
    if (p.length !== 4) return null;
    const courtes = ['S1', 'S2'].map((x) => dans(siennes, `${p}-${x}`));
    return courtes.includes(null) ? null : somme(courtes);
  };
  const places = [...new Set(rows.map((r) => `${r.debiteur}|${r.lieu}`))];
  const valeurs = places
    .map((x) =>
      dans(
        rows.filter((r) => `${r.debiteur}|${r.lieu}` === x),
        code,
      ),
    )
    .filter((x) => x !== null);
  if (mesure?.grain.debiteurs === 'meme-fait') return new Set(valeurs).size === 1 ? (valeurs[0] ?? null) : null;
  return somme(valeurs);
}

const saisies = new Map<string, number | null>();
async function recompter(mesureId: string, code: string, territoire: string): Promise<number | null> {
  const formule = f.formules.get(mesureId);
  if (!formule) return recompterDonnes(mesureId, code, territoire);
  const cle = `${mesureId}|${code}|${territoire}`;
  const deja = saisies.get(cle);
  if (deja !== undefined) return deja;
  const terme = (e: typeof formule.expression): Promise<number | null> =>
    e.genre === 'atome' ? compterCle(e.cle, mesureId, code, territoire) : e.genre === 'mesure' ? recompter(e.id, code, territoire) : Promise.resolve(null);
  const e = formule.expression;
  let valeur: number | null;
  if (e.genre === 'ratio') {
    const [n, d] = [await terme(e.numerateur), await terme(e.denominateur)];
    valeur = n === null || !d ? null : (n / d) * (f.mesures.get(mesureId)?.unite === '%' ? 100 : 1);
  } else valeur = await terme(e);
  saisies.set(cle, valeur);
  return valeur;
}

/** What a page says that is not honest on that day; in words, so that a failure tells what to mend. */
function fautes(lue: Lue, jour: string): string[] {
  const [annee, mois] = [Number(jour.slice(0, 4)), Number(jour.slice(5, 7))];
  return [
    ...lue.comparaisons.flatMap((c) => {
      const [ici, avant] = [bornes(c.periode), bornes(c.precedente)];
      const dit = `${c.mesure} ${c.territoire} : ${c.periode} avec ${c.precedente}`;
      return [
        ...(ici.annee > annee || (ici.annee === annee && ici.fin >= mois) ? [`${dit} : des mois qui ne sont pas finis`] : []),
        ...(avant.annee !== ici.annee - 1 || avant.debut !== ici.debut || avant.fin !== ici.fin ? [`${dit} : ce ne sont pas les mêmes mois`] : []),
      ];
    }),
    ...lue.etats.flatMap((e) => {
      const collectee = e.mesure !== null && !f.formules.has(e.mesure);
      return [
        ...(e.etat === 'manquant' && e.due !== null && e.due >= jour ? [`${e.mesure} dit en retard, dû le ${e.due}`] : []),
        ...(e.etat === 'attendu' && (e.due === null || e.due < jour) ? [`${e.mesure} dit attendu, dû le ${e.due}`] : []),
        ...(['manquant', 'attendu'].includes(e.etat) && collectee && e.territoire !== 'paris' && !f.mesures.get(e.mesure ?? '')?.grain?.territoires
          ? [`${e.mesure} réclamé à ${e.territoire}, où il n’existe pas`]
          : []),
        ...(e.etat === 'non_ventile' && e.territoire === 'paris' ? [`${e.mesure} dit non ventilé pour tout le contrat`] : []),
      ];
    }),
  ];
}

/** Rows of the tables behind the charts of a page: the label of a period and its value. */
const lignesDeGraphiques = (html: string): [string, string][] =>
  [
    ...[...html.matchAll(/<figure class="c-figure">[\s\S]*?<\/figure>/g)]
      .join('')
      .matchAll(/<th[^>]*scope="row"[^>]*>([^<]*)<\/th><td[^>]*>(?:<[^>]*>)*([^<]*)/g),
  ].map((m) => [m[1] ?? '', m[2] ?? '']);

/** Everything that an anonymous reader reaches from the home page; of each kind of page, enough of them. */
async function parcourir(a: AppDeTest, parGenre: number): Promise<Map<string, string>> {
  const vues = new Map<string, string>();
  const genres = new Map<string, number>();
  /** Of each kind, pages read and those that show a figure or a chart: two that show none are enough. */
  const lues = new Map<string, { pages: number; chiffrees: number }>();
  const genreDe = (lien: string): string =>
    `${lien
      .split('?')[0]
      ?.replace(/[\d.]+[a-z]?(?=\/|$)/g, 'N')
      .replace(/-\d+|[0-9a-f-]{36}|\d+/g, 'N')}${lien.includes('territoire=') && !lien.includes('territoire=paris') ? ' ici' : ''}`;
  const file = ['/', '/barometre', '/territoires', '/bilan', '/contrat', '/bilan/2026/paris', '/bilan/2026/mairie-18', '/bilan/2025/paris'];
  const connues = new Set(file);
  for (let url = file.shift(); url !== undefined; url = file.shift()) {
    const deja = lues.get(genreDe(url)) ?? { pages: 0, chiffrees: 0 };
    if (deja.pages >= 2 && deja.chiffrees === 0) continue;
    const r = await a.get(url);
    if (r.statusCode !== 200 || !String(r.headers['content-type']).includes('html')) continue;
    vues.set(url, r.body);
    lues.set(genreDe(url), { pages: deja.pages + 1, chiffrees: deja.chiffrees + Number(/class="c-(?:chiffre|figure)[ "]/.test(r.body)) });
    for (const m of r.body.matchAll(/href="(\/[^"#]*)/g)) {
      const lien = (m[1] ?? '').replaceAll('&amp;', '&');
      const genre = genreDe(lien);
      if (connues.has(lien) || /\/(pdf|docx|xlsx|csv|recu|donnees\.zip|zip)(\?|$)|\.(csv|css|js|ics|svg|png)|^\/(connexion|static)/.test(lien)) continue;
      connues.add(lien);
      const n = genres.get(genre) ?? 0;
      if (n >= (genre.startsWith('/chiffres/N') || genre.startsWith('/fiches/') ? 4 * parGenre : parGenre)) continue;
      genres.set(genre, n + 1);
      file.push(lien);
    }
  }
  return vues;
}

describe.each(HORLOGES)('Le $jour', ({ jour, complets }) => {
  let pages = new Map<string, string>();
  beforeAll(async () => {
    pages = await parcourir(apps.get(jour) as AppDeTest, 5);
  }, 300_000);

  test('aucune page publique ne compare une année inachevée à une année entière, ni n’appelle en retard ce qui n’est pas dû', () => {
    const lues = [...pages].map(([url, html]) => ({ url, lue: lire(html, url) }));
    expect(lues.flatMap(({ url, lue }) => fautes(lue, jour).map((x) => `${url} : ${x}`))).toEqual([]);
    // The walk has seen what it judges.
    const periodes = new Set(lues.flatMap((x) => x.lue.comparaisons.map((c) => c.periode)));
    const attendue = { 10: '2026-01..2026-10', 1: '2026-01', 12: '2026', 0: '2025' }[complets] ?? '';
    expect([pages.size > 60, [...periodes].includes(attendue), [...periodes].includes('2025')]).toEqual([true, true, true]);
    const etats = new Set(lues.flatMap((x) => x.lue.etats.map((e) => e.etat)));
    for (const etat of ['valeur', 'manquant', 'non_ventile', ...(complets === 12 ? [] : ['attendu'])]) expect([etat, etats.has(etat)]).toEqual([etat, true]);
  });

  test('ce que les pages comparent est ce que les enregistrements contiennent', async () => {
    const vues = new Map([...pages].flatMap(([url, html]) => lire(html, url).comparaisons.map((c) => [JSON.stringify(c), { ...c, url }] as const)));
    expect(vues.size).toBeGreaterThan(60);
    for (const c of vues.values())
      for (const [code, dit] of [
        [c.periode, c.apres],
        [c.precedente, c.avant],
      ] as const) {
        const vrai = await recompter(c.mesure, code, c.territoire);
        expect([c.url, c.mesure, c.territoire, code, Math.round(dit * 1000)]).toEqual([
          c.url,
          c.mesure,
          c.territoire,
          code,
          Math.round((vrai ?? Number.NaN) * 1000),
        ]);
      }
  });

  test('un graphique dit de l’année en cours qu’elle n’est pas finie, et ne dessine pas d’axe sans valeur', () => {
    const dites = [...pages]
      .filter(([url]) => url.startsWith('/chiffres/'))
      .flatMap(([url, html]) => lignesDeGraphiques(html).map(([quand, valeur]) => ({ url, quand, valeur })));
    const deLAnnee = dites.filter((x) => x.quand === jour.slice(0, 4) && /^\D{0,10}\d/.test(x.valeur));
    expect(deLAnnee.filter((x) => !/en cours|jusqu’à/.test(x.valeur))).toEqual([]);
    expect(dites.filter((x) => x.quand < jour.slice(0, 4) && x.valeur.includes('année en cours'))).toEqual([]);
    if (complets !== 12) expect(deLAnnee.length).toBeGreaterThan(10);
    const axes = [...pages.values()].flatMap((html) => [...html.matchAll(/<svg class="c-svg c-svg--large"[\s\S]*?<\/svg>/g)].map((m) => m[0]));
    expect(axes.filter((svg) => />0,2</.test(svg) && !/c-svg__(point|encours|barre)/.test(svg))).toEqual([]);
  });

  test('le bilan et ses fichiers, le baromètre en CSV et chaque figure en CSV disent de même', async () => {
    const a = apps.get(jour) as AppDeTest;
    const colonnes = { columns: true, delimiter: ';', bom: true } as const;
    const lignes = parse((await a.get('/barometre.csv?annee=2026')).body, colonnes) as Record<string, string>[];
    expect(lignes.filter((l) => (l.etat === 'manquant' && (l['du le'] ?? '') >= jour) || (l.etat === 'attendu' && (l['du le'] ?? '') < jour))).toEqual([]);
    expect(
      lignes.filter(
        (l) => l.compare !== '' && l.etat !== 'à paraître' && !(complets === 12 ? /^(jusqu’à .*)?$/ : /^(année en cours|jusqu’à)/).test(l['en cours'] ?? ''),
      ),
    ).toEqual([]);
    expect(lignes.some((l) => l.compare !== '')).toBe(true);
    for (const territoireId of ['paris', 'mairie-18']) {
      const bilan = await aLHeureDeParis(getBilan)(a.db, f, {
        annee: 2026,
        territoireId,
        maintenant: new Date(`${jour}T12:00:00+01:00`),
        demonstration: true,
        pour: 'public',
        annexes: true,
      });
      const mesures = bilan.fiches.flatMap((x) => x.mesures);
      if (complets !== 12) expect(mesures.filter((m) => m.avant !== null)).toEqual([]);
      const mots =
        complets === 10
          ? /^(janvier à (octobre|septembre)\s: |2025\s: |$)/
          : complets === 1
            ? /^(janvier\s: |2025\s: |$)/
            : complets === 0
              ? /^(2025\s: .* en 2024|$)/
              : /^(?!.*janvier)/;
      expect(mesures.map((m) => m.evolution).filter((t) => !mots.test(t))).toEqual([]);
      expect(mesures.filter((m) => m.evolution !== '').length).toBeGreaterThan(5);
      const dus = bilan.annexe.map((l) => l.chiffre);
      expect(dus.filter((c) => (c.mot === 'manquant') !== /en retard depuis/.test(c.dette) || (c.mot === 'attendu') !== / pour le \d/.test(c.dette))).toEqual(
        [],
      );
      if (complets !== 12) expect(bilan.fiches.flatMap((x) => x.series.flatMap((s) => s.points)).filter((p) => (p.x === '2026') !== p.enCours)).toEqual([]);
    }
  });
});

test('le contrôle voit une comparaison malhonnête, un retard inventé, une dette que personne n’a', () => {
  const seule = [...f.mesures.values()].find((m) => m.obtention === 'collecte' && !m.grain?.territoires)?.id;
  const span = (o: string, dedans = '') =>
    `<span class="c-chiffre" ${o}><a class="c-chiffre__lien" href="/chiffres/${seule}?periode=2026&amp;territoire=mairie-18">37</a>${dedans}</span>`;
  const page = [
    '<main>',
    span('data-etat="valeur"', '<span class="c-evolution" data-periode="2026" data-precedente="2025" data-apres="37" data-avant="41">x</span>'),
    span('data-etat="valeur"', '<span class="c-evolution" data-periode="2026-01..2026-10" data-precedente="2025" data-apres="34" data-avant="41">x</span>'),
    span('data-etat="manquant" data-due="2027-01-31"'),
  ].join('');
  const vues = fautes(lire(page, '/'), '2026-11-25');
  for (const mot of ['pas finis', 'pas les mêmes mois', 'dit en retard', 'où il n’existe pas'])
    expect([mot, vues.some((v) => v.includes(mot))]).toEqual([mot, true]);
});

test('l’accueil et le baromètre comptent à part ce qui est en retard et ce qui n’est pas encore dû ; une mairie, seulement ce qui y existe', async () => {
  const texte = async (jour: string, url: string) => ((await apps.get(jour)?.get(url))?.body ?? '').replace(/<[^>]*>/g, '').replace(/[\u00a0\u202f]/g, ' ');
  const novembre = await texte('2026-11-25', '/');
  expect(novembre).toMatch(/\d+ chiffres connus sur \d+, (\d+ en retard, )?(\d+ à valider, )?\d+ attendus d’ici au 31 janvier 2027/);
  expect(novembre).toMatch(/En retard pour les années d’avant : \d+ pour 2025/);
  const fevrier = await texte('2027-02-03', '/');
  expect(fevrier).toMatch(/\d+ chiffres connus sur \d+, \d+ en retard/);
  expect(fevrier).not.toMatch(/attendus d’ici/);
  const mairie = await texte('2026-11-25', '/territoires/mairie-18');
  const total = Number(/connus? sur (\d+)/.exec(mairie)?.[1]);
  const dAilleurs = [...f.mesures.values()].filter((m) => !f.formules.has(m.id) && m.grain.territoires);
  expect(total).toBeLessThanOrEqual(f.formules.size + dAilleurs.length);
  expect(mairie).toMatch(/autres mesures n’existent que pour l’ensemble du contrat/);
});
