/** The statement printed as proof, run by anybody, gives the figure: every computed measure, several places and periods. */
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type AppDeTest, ouvrirApp } from '../../../../tests/support/app.ts';
import { genererDemo } from '../../registres/index.ts';
import type { Expression, Mode } from '../calcul/atomes.rules.ts';
import { getAgregats } from '../chiffres.queries.ts';
import { valeurDuMode } from '../evaluation.rules.ts';
import { getFormulaire, recalculerChiffres } from '../formulaires.ts';
import { listFaits, texteDuComptage } from '../preuves.queries.ts';

let app: AppDeTest;
beforeAll(async () => {
  app = await ouvrirApp();
  await genererDemo(app.base.owner, app.catalogue, { annees: [2025], graine: 11, jusquau: '2025-12-31' });
  await recalculerChiffres(app.base.owner, app.contratId);
}, 120_000);
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
          const agregat = (await getAgregats(app.db, app.contratId, new Map([[cle, mode]]), [periode], aire)).get(`${periode}|${cle}`);
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
