/** The statement printed as proof, run by anybody, gives the figure: every computed measure, several places and periods. */
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type AppDeTest, ouvrirApp } from '../../../../tests/support/app.ts';
import { definitionsDecouvertes } from '../../registres/registres.definitions.ts';
import { genererDemoDe } from '../../registres/demo/registres.demo.ts';
import { estDistinct, estStock, type Expression, type Mode } from '../calcul/atomes.rules.ts';
import { getParTerritoireDe } from '../carte.ts';
import { getAgregats } from '../agregats.queries.ts';
import type { Chiffre } from '../chiffres.rules.ts';
import { demonstrationDe } from '../../../../tests/support/demonstration.ts';
import { getFigures } from '../chiffres.ts';
import { valeurDuMode } from '../evaluation.rules.ts';
import { getFormulaire, recalculerChiffres } from '../formulaires.ts';
import { getPreuve } from './preuve.ts';
import { listFaits, texteDuComptage } from '../preuves.queries.ts';

let app: AppDeTest;
beforeAll(async () => {
  app = await ouvrirApp();
  await genererDemoDe(app.base.owner, app.catalogue, definitionsDecouvertes, {
    annees: [2025],
    graine: 11,
    jusquau: '2025-12-31',
    profils: (await demonstrationDe()).profils,
  });
  await recalculerChiffres(app.base.owner, app.contratId);
});
afterAll(() => app.close());

/** How the cells of this key are read. */
function modeDe(e: Expression, cle: string): Mode | undefined {
  if (e.genre === 'atome') return e.cle === cle ? e.mode : undefined;
  if (e.genre === 'ratio') return modeDe(e.numerateur, cle) ?? modeDe(e.denominateur, cle);
  return e.genre === 'variation' ? modeDe(e.de, cle) : undefined;
}

const executer = async (texte: string): Promise<number> => Number((await sql<{ valeur: string }>`${sql.raw(texte)}`.execute(app.base.owner)).rows[0]?.valeur);

test('la requête imprimée, exécutée telle quelle, donne le chiffre, à Paris, dans une mairie et dans un quartier', async () => {
  const f = await getFormulaire(app.base.owner, app.contratId);
  let compares = 0;
  let nonNuls = 0;
  for (const territoireId of ['paris', 'mairie-18', '75118-01']) {
    const aire = app.catalogue.aire(territoireId);
    for (const periode of ['2025', '2025-T2']) {
      for (const formule of f.formules.values()) {
        const cles = [...new Set(formule.atomes.map((a) => a.cle))];
        for (const cle of cles) {
          const atomes = formule.atomes.filter((a) => a.cle === cle);
          const mode = modeDe(formule.expression, cle) ?? 'compte';
          if (mode === 'distinct' && atomes.length > 1) continue;
          const agregat = (await getAgregats(app.db, app.contratId, [{ atomes: new Map([[cle, mode]]), periodes: [periode] }], aire)).get(`${periode}|${cle}`);
          let total = 0;
          for (const atome of atomes) {
            const source = f.sources.get(atome.source);
            if (!source) throw new Error(`source ${atome.source}`);
            total += await executer(texteDuComptage(app.db, { source, atome, contratId: app.contratId, periode, aire }));
          }
          const attendu = agregat ? valeurDuMode(mode, agregat) : 0;
          expect([formule.mesureId, cle, territoireId, periode, total]).toEqual([formule.mesureId, cle, territoireId, periode, attendu]);
          compares++;
          if (total > 0) nonNuls++;
        }
      }
    }
  }
  expect(compares).toBeGreaterThan(300);
  expect(nonNuls).toBeGreaterThan(100);
});

test('la page d’un territoire montre la requête de ce territoire, et elle donne son chiffre', async () => {
  const lire = async (url: string) => {
    const { body } = await app.get(url);
    const texte = /<pre[^>]*class="c-sql"[^>]*>([\s\S]*?)<\/pre>/.exec(body)?.[1] ?? '';
    return texte.replaceAll('&#x27;', "'").replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&').replaceAll('&quot;', '"');
  };
  const paris = await lire('/chiffres/1.6-10b?periode=2025');
  const mairie = await lire('/chiffres/1.6-10b?periode=2025&territoire=mairie-18');
  expect(mairie).not.toBe(paris);
  expect(mairie).toContain('mairie-18');
  expect(await executer(paris)).toBeGreaterThan(await executer(mairie));
});

test('la liste compte autant d’enregistrements que la requête imprimée', async () => {
  const f = await getFormulaire(app.base.owner, app.contratId);
  const atome = f.formules.get('1.6-01')?.atomes[0] ?? [...f.formules.values()].flatMap((x) => x.atomes).find((a) => a.mode === 'compte');
  const source = f.sources.get(atome?.source ?? '');
  if (!atome || !source) throw new Error('mesure absente');
  const q = { source, atome, contratId: app.contratId, periode: '2025', aire: null };
  expect(await listFaits(app.db, { ...q, limite: 100_000, depuis: 0 })).toHaveLength(
    await executer(texteDuComptage(app.db, { ...q, atome: { ...atome, mode: 'compte' } })),
  );
});

test('un registre tenu une partie de l’année : la carte, la preuve et ses tableaux disent ce que dit le chiffre, partout', async () => {
  // From October on, nobody kept these; before, some people did not say how many there were.
  await sql`delete from activites where contrat_id = ${app.contratId} and registre in ('formations', 'evenements') and jour >= '2025-10-01'`.execute(
    app.base.owner,
  );
  await sql`
    update activites set donnees = donnees - 'participants'
    where contrat_id = ${app.contratId} and registre = 'formations' and territoire_id like '75118%'`.execute(app.base.owner);
  await recalculerChiffres(app.base.owner, app.contratId);
  const f = await getFormulaire(app.base.owner, app.contratId);
  const lieux = app.catalogue.enfants('paris').map((t) => t.id);
  const simples = [...f.formules.values()].filter((x) => x.expression.genre === 'atome');
  const dit = (c: Chiffre | undefined) => c && { etat: c.etat, valeur: c.valeur, incomplet: c.incomplet, depuis: c.depuis };
  const vus = new Map<string, number>();
  for (const periode of ['2025', '2025-T4', '2025-11']) {
    const ids = simples.map((x) => x.mesureId);
    const parLieu = new Map<string, ReadonlyMap<string, Chiffre> | undefined>();
    for (const lieu of lieux) {
      const figures = await getFigures(app.db, app.contratId, f, {
        mesures: ids,
        periodes: [periode],
        territoireId: lieu,
        aire: app.catalogue.aire(lieu),
        aujourdhui: '2026-11-25',
      });
      parLieu.set(lieu, figures.get(periode));
    }
    for (const { mesureId, expression } of simples) {
      const mode = expression.genre === 'atome' ? expression.mode : '';
      const preuve = await getPreuve(app.db, app.contratId, f, {
        mesureId,
        periode,
        territoireId: 'paris',
        page: 1,
        aujourdhui: '2026-11-25',
        peutLister: () => false,
      });
      if (mode !== '' && estStock(mode)) {
        expect([preuve.parMois, preuve.parTerritoire, preuve.parDimension]).toEqual([[], [], []]);
        continue;
      }
      const carte = await getParTerritoireDe(app.db, app.contratId, f, mesureId, periode, lieux, '2026-11-25');
      // A breakdown is told whole or not at all: where a table says nothing, the map has no number either.
      const dite = preuve.parTerritoire.length > 0;
      const tableau = new Map(preuve.parTerritoire[0]?.lignes.map((l) => [l.cle, l.chiffre]));
      for (const lieu of lieux) {
        const attendu = dit(parLieu.get(lieu)?.get(mesureId));
        vus.set(attendu?.etat ?? '', (vus.get(attendu?.etat ?? '') ?? 0) + 1);
        if (mode !== '' && estDistinct(mode)) continue;
        expect([mesureId, periode, lieu, 'carte', dit(carte.get(lieu))]).toEqual([mesureId, periode, lieu, 'carte', attendu]);
        const auTableau = dite ? dit(tableau.get(lieu)) : { ...attendu, valeur: null };
        expect([mesureId, periode, lieu, 'tableau', auTableau]).toEqual([mesureId, periode, lieu, 'tableau', attendu]);
      }
      const mois = preuve.parMois.filter((x) => x.chiffre.etat !== 'sans_objet').map((x) => x.mois);
      const chaque = await getFigures(app.db, app.contratId, f, {
        mesures: [mesureId],
        periodes: mois,
        territoireId: 'paris',
        aire: null,
        aujourdhui: '2026-11-25',
      });
      for (const x of preuve.parMois.filter((y) => mois.includes(y.mois)))
        expect([mesureId, x.mois, dit(x.chiffre)]).toEqual([mesureId, x.mois, dit(chaque.get(x.mois)?.get(mesureId))]);
      // What is known of a breakdown is known of the whole.
      if (preuve.chiffre.etat === 'manquant')
        expect([mesureId, preuve.parDimension.flatMap((r) => r.lignes.filter((l) => l.chiffre.etat === 'zero'))]).toEqual([mesureId, []]);
    }
  }
  for (const etat of ['valeur', 'zero', 'manquant']) expect([etat, (vus.get(etat) ?? 0) > 50]).toEqual([etat, true]);
});
