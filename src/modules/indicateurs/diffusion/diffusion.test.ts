/** Nobody learns of a fact of today by watching a public page: every source that is told later, every public address. */
import { randomUUID } from 'node:crypto';
import JSZip from 'jszip';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { inTransaction } from '../../../core/base/database.ts';
import type { Route } from '../../../core/http/http.ts';
import type { SourceDeFaits } from '../../../core/faits.ts';
import { type AppDeTest, ouvrirApp, routesDEssai } from '../../../../tests/support/app.ts';
import { jourDans } from '../../../../tests/support/jours.ts';
import type { Atome } from '../calcul/atomes.rules.ts';
import { estSeuil } from '../calcul/calcul.schema.ts';
import { appliquerCible } from '../calcul/cellules.queries.ts';
import { type FormulaireDeContrat, getFormulaire } from '../formulaires.ts';
import { dimensionDe } from '../sources.ts';
import { AU_PUBLIC, regimeDe } from './diffusion.rules.ts';

let app: AppDeTest;
let f: FormulaireDeContrat;
let differees: SourceDeFaits[];
const AUJOURDHUI = jourDans();
const ANNEE = AUJOURDHUI.slice(0, 4);
const QUARTIER = '7511801';

beforeAll(async () => {
  const maintenant = new Date();
  // The hour that a page shows says nothing here.
  app = await ouvrirApp({ horloge: () => maintenant });
  f = await getFormulaire(app.base.owner, app.contratId);
  differees = [...f.sources.values()].filter((s) => s.diffusion !== 'immediate');
  // What was told long ago: figures that are something.
  const jours = ['01', '03', '03', '06', '09', '11'].map((mois) => `${Number(ANNEE) - 1}-${mois}-12`);
  for (const s of differees) await faire(s, ...jours);
});
afterAll(() => app.close());

/** One fact for each atom of a source, as its filter wants it, written in the cells by what every module calls. */
async function faire(s: SourceDeFaits, ...jours: readonly string[]): Promise<void> {
  const atomes = [...f.formules.values()].flatMap((x) => x.atomes).filter((a) => a.source === s.nom);
  const lignes = atomes.flatMap((a) => jours.map((jour) => ligne(s, a, jour)));
  // The same table each time: statements on a source are prepared once.
  const table = `essai_${s.nom.replaceAll('-', '_')}`;
  const fausse = { ...s, vue: table, ...(s.vueDatee ? { vueDatee: `${table}_dates` } : {}) };
  await inTransaction(app.base.owner, { contratId: app.contratId }, async (tx) => {
    for (const [nom, vue] of [[fausse.vue, s.vue] as const, ...(fausse.vueDatee && s.vueDatee ? [[fausse.vueDatee, s.vueDatee] as const] : [])]) {
      await sql`create table if not exists ${sql.id(nom)} as select * from ${sql.id(vue)} limit 0`.execute(tx);
      await sql`insert into ${sql.id(nom)} select * from jsonb_populate_recordset(null::${sql.id(nom)}, ${JSON.stringify(lignes)}::jsonb)`.execute(tx);
    }
    await appliquerCible(tx, f, app.contratId, fausse, { ids: lignes.map((l) => String(l.id)) }, 1);
  });
}
let rang = 0;
const ligne = (s: SourceDeFaits, a: Atome, jour: string): Record<string, unknown> => {
  rang += 1;
  const valeurs = Object.entries(a.ou[0] ?? {}).map(([code, v]) => {
    const x = estSeuil(v) ? v.min : Array.isArray(v) ? v[0] : v;
    const dans = dimensionDe(s, code)?.dans;
    return dans ? [dans.colonne, { [dans.cle]: true }] : [code, x];
  });
  return {
    ...Object.fromEntries(Object.keys(s.quantites).map((q) => [q, 3])),
    ...(a.colonne && !(a.colonne in s.quantites) ? { [a.colonne]: `essai-${rang}` } : {}),
    contrat_id: app.contratId,
    id: s.cle === 'uuid' ? randomUUID() : rang,
    jour,
    territoire_id: QUARTIER,
    titre: 'Essai',
    fiches: [...f.catalogue.fiches.keys()],
    lignes: [...f.catalogue.fiches.values()].flatMap((x) => x.lignes.slice(0, 1).map((l) => l.id)),
    ...Object.fromEntries(valeurs),
  };
};

/** A measure of each source, and the fiche that shows it. */
const mesuresDe = (s: SourceDeFaits): string[] =>
  [...f.formules.values()]
    .filter((x) => x.atomes.some((a) => a.source === s.nom))
    .flatMap((x) => x.mesureId)
    .slice(0, 1);

/** Every address that a parameter of these names makes; nothing for a route of other objects. */
function adressesDe(r: Route): string[] {
  const lieux = [f.catalogue.racine.id, 'mairie-18', QUARTIER];
  const mesures = [...new Set(differees.flatMap(mesuresDe))];
  const fiches = [...new Set(mesures.map((m) => f.mesures.get(m)?.fiche ?? ''))];
  const valeurs: Record<string, readonly string[]> = {
    mesure: mesures,
    numero: r.chemin.startsWith('/axes') ? f.catalogue.axes.map((a) => String(a.numero)) : fiches,
    annee: [ANNEE],
    territoire: lieux.slice(0, 2),
    ...(r.chemin.startsWith('/territoires/') ? { id: lieux } : {}),
    ...(r.chemin.startsWith('/acteurs/') ? { id: ['DPMP'] } : {}),
  };
  const chemins = [...r.chemin.matchAll(/:(\w+)/g)].reduce<string[]>(
    (tous, [mot, nom = '']) => tous.flatMap((c) => (valeurs[nom] ?? []).map((v) => c.replace(mot, v))),
    [r.chemin],
  );
  const mois = AUJOURDHUI.slice(0, 7);
  const fins = r.chemin.startsWith('/chiffres/:mesure')
    ? ['', `?periode=${mois}`, `?periode=${ANNEE}&territoire=${QUARTIER}`]
    : ['', `?annee=${ANNEE}&territoire=mairie-18`];
  // A route that counts its readers is asked a few times only.
  if (r.options.parMinute) return chemins.slice(0, 3);
  if (!r.chemin.includes(':') && !r.options.gardable) return chemins;
  // A whole bilan is made for each: one place and the whole contract say what the others would.
  if (chemins.length > 0 && r.chemin.split(':').length > 2) return chemins.slice(0, 2);
  return chemins.flatMap((c) => fins.map((fin) => c + fin));
}

/** What an observer compares: the answer, and everything that says whether it changed. */
async function voir(adresses: readonly string[], qui?: string): Promise<Map<string, string>> {
  const vus = new Map<string, string>();
  for (const a of adresses) {
    const r = await app.get(a, qui);
    const { etag, 'last-modified': modifie, 'content-length': taille } = r.headers;
    // An archive says its second, and a workbook is one: what it holds is compared.
    const zip = /zip|spreadsheetml/.test(String(r.headers['content-type']));
    if (zip) {
      const fichiers = Object.values((await JSZip.loadAsync(r.rawPayload)).files);
      vus.set(a, JSON.stringify(await Promise.all(fichiers.map(async (x) => [x.name, await x.async('string')]))));
    } else vus.set(a, JSON.stringify([r.statusCode, etag, modifie, taille, r.body.replace(/nonce="[^"]*"/g, ''), r.headers.location]));
  }
  return vus;
}
const differences = (avant: ReadonlyMap<string, string>, apres: ReadonlyMap<string, string>) => [...avant].flatMap(([a, x]) => (apres.get(a) === x ? [] : [a]));

describe('Un fait d’aujourd’hui', () => {
  test('d’aucune source qui se lit plus tard ne change rien de ce que lit le public ; qui y travaille le voit', async () => {
    expect(differees.length).toBeGreaterThan(8);
    expect([...f.sources.values()].filter((s) => !s.publique && s.diffusion === 'immediate')).toEqual([]);
    const publiques = (await routesDEssai(false)).filter((r) => r.methode === 'GET' && r.acces.genre === 'public');
    const toutes = publiques.flatMap(adressesDe);
    for (const chemin of [
      '/chiffres/1.6-02',
      '/chiffres/1.6-02/evolution.csv',
      '/barometre.csv',
      '/territoires/mairie-18',
      '/fiches/1.6',
      '/nouvelles.xml',
      '/sitemap.xml',
    ])
      expect(toutes).toContain(chemin);
    const temoin = await app.temoin({ comme: 'coordination', organisation: 'DPMP' });
    const siennes = new Map(differees.map((s) => [s.nom, mesuresDe(s).map((m) => `/chiffres/${m}/evolution.csv?periode=${ANNEE}`)]));
    const avant = await voir(toutes);
    expect([...avant].filter(([, x]) => x.startsWith('[429')).map(([a]) => a)).toEqual([]);
    const dedans = await voir([...siennes.values()].flat(), temoin);
    for (const s of differees) await faire(s, AUJOURDHUI);
    const suspectes = differences(avant, await voir(toutes));
    // What never answers twice the same (a receipt says its second, a form its key) tells nothing by changing.
    const [une, deux] = [await voir(suspectes), await voir(suspectes)];
    const changeantes = differences(une, deux);
    expect(changeantes.length, changeantes.join('\n')).toBeLessThan(toutes.length / 4);
    expect(suspectes.filter((a) => !changeantes.includes(a))).toEqual([]);
    const bouge = differences(dedans, await voir([...siennes.values()].flat(), temoin));
    expect([...siennes].filter(([, a]) => a.length > 0 && !a.some((x) => bouge.includes(x))).map(([nom]) => nom)).toEqual([]);
  });

  test('qui n’a de mandat que sur un registre lit les autres comme le public', async () => {
    const borne = await app.temoin({ comme: 'agent', organisation: 'PP', registre: 'formations' });
    const lire = async (qui?: string) => (await app.get(`/chiffres/1.6-02/evolution.csv?periode=${ANNEE}`, qui)).body;
    expect(await lire(borne)).toBe(await lire());
    expect(await lire(await app.temoin({ comme: 'coordination', organisation: 'DPMP' }))).not.toBe(await lire());
  });

  test('ce qui se lit plus tard le dit, et un petit nombre est secret : jamais zéro', async () => {
    const page = (await app.get(`/chiffres/1.6-02?periode=${ANNEE}`)).body;
    expect(page).toContain('Publié avec deux mois de retard');
    expect(page).toContain('à paraître');
    expect((await app.get(`/chiffres/1.6-02?periode=${Number(ANNEE) - 1}&territoire=${QUARTIER}`)).body).toContain('non ventilé');
    const crises = f.mesures.get('3.13-01a');
    expect(crises && regimeDe(f, crises.id, AU_PUBLIC)?.grain).toBe('contrat');
    // Held by another figure of the same source: seven crises and five centres would tell two without any.
    for (const [id, contenant] of [
      ['3.13-01b', '3.13-01a'],
      ['3.8-01b', '3.8-01a'],
    ] as const)
      expect([id, [...(regimeDe(f, id, AU_PUBLIC)?.restes.values() ?? [])].flat().map((r) => r.contenant.cle)]).toEqual([
        id,
        expect.arrayContaining([contenant]),
      ]);
    await faire(f.sources.get('alertes') as SourceDeFaits, `${Number(ANNEE) - 3}-05-02`);
    const csv = (await app.get(`/chiffres/1.6-02/evolution.csv?periode=${Number(ANNEE) - 3}`)).body;
    expect(csv).toMatch(new RegExp(`annee [^;]*;${Number(ANNEE) - 3};secret;;`));
  });
});
