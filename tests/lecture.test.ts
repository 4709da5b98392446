import { generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'csv-stringify/sync';
import fc from 'fast-check';
import { DummyDriver, Kysely, PostgresAdapter, PostgresIntrospector, PostgresQueryCompiler } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { empreinteDe } from '../src/core/trace/audit.ts';
import { dansLeFuseau } from '../src/core/fuseau.ts';
import { createCoffre } from '../src/core/coffre.ts';
import { ErreurConfiguration, loadConfig } from '../src/core/config.ts';
import { VARIABLES } from '../src/core/variables.ts';
import type { DB } from '../src/core/base/database.types.ts';
import { lireLignes } from '../src/core/tableur/lire.ts';
import { DEPART, type EnteteChaine, empreinteDuMaillon, type Sceau, texteDuSceau, verifierChaine } from '../src/modules/comptes/journal/chaine.rules.ts';
import { lireContrat } from '../src/modules/contrats/contrats.files.ts';
import { ficheSchema } from '../src/modules/contrats/contrats.schema.ts';
import { buildLexique } from '../src/modules/contrats/lexique.rules.ts';
import { rechercher } from '../src/modules/contrats/recherche/recherche.queries.ts';
import { decoupages, lirePeriode } from '../src/modules/indicateurs/periode.rules.ts';
import { brutDe, lireBrut } from '../src/modules/registres/brut.rules.ts';
import type { Champ } from '../src/modules/registres/definition.ts';
import { protegerCellule } from '../src/core/csv.ts';
import { definitionsDecouvertes } from '../src/modules/registres/registres.definitions.ts';
import { essais, petiteVille } from '../src/modules/registres/registres.fixtures.ts';
import { pourContrat } from '../src/modules/registres/registres.rules.ts';
import { buildCreation } from '../src/modules/registres/registres.schema.ts';
import { ecrireChamp, lireDate, lireOption, nombreEcrit, lireNombre } from '../src/modules/registres/valeurs.rules.ts';
import { lireJour, slug } from '../src/modules/signalements/import/dialecte.rules.ts';
import { PARIS, VALBOURG } from './support/template.ts';

/** A JSON value with its keys in order. */
function trie(v: unknown): unknown {
  if (Array.isArray(v)) return v.map(trie);
  if (typeof v !== 'object' || v === null) return v;
  const paires = Object.entries(v).map(([k, x]): [string, unknown] => [k, trie(x)]);
  return { objet: paires.sort(([a], [b]) => (a < b ? -1 : 1)) };
}

/** What we write is read back the same, and what was altered is told: round trips over random content. */
const DANGER = /^[=+\-@\t\r]/;
const mot = fc.string({ unit: fc.constantFrom('a', 'É', '=', '+', '-', '@', '\t', '\r', '\n', '"', ';', ',', "'", ' ', '|', '0', '👍'), maxLength: 12 });
const jour = fc.date({ min: new Date('2000-01-01'), max: new Date('2100-12-31'), noInvalidDate: true }).map((d) => d.toISOString().slice(0, 10));

// The same inputs every time, so that a failure is someone's change; another seed hunts for more.
fc.configureGlobal({ seed: Number(process.env.CONCORDE_GRAINE ?? 20261124) });

describe('Ce qui sort et revient', () => {
  let dossier = '';
  beforeAll(async () => {
    dossier = await mkdtemp(join(tmpdir(), 'concorde-lecture-'));
  });
  afterAll(() => rm(dossier, { recursive: true }));
  const relire = async (contenu: string): Promise<string[][]> => {
    const chemin = join(dossier, 'essai');
    await writeFile(chemin, contenu);
    const lignes: string[][] = [];
    for (const l of (await lireLignes(chemin, 'essai.csv', null)).lignes) lignes.push(l.cellules);
    return lignes;
  };

  test('une cellule protégée ne commence jamais comme une formule, et revient par l’import', async () => {
    const cellule = mot.filter((v) => !(v.startsWith("'") && DANGER.test(v.slice(1))));
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(cellule, cellule), { minLength: 1, maxLength: 5 }), async (lignes) => {
        const protegees = lignes.map((l) => l.map(protegerCellule));
        for (const c of protegees.flat()) expect(c).not.toMatch(DANGER);
        const lues = await relire(`\ufeff${stringify([['Un', 'Deux'], ...protegees], { delimiter: ';' })}`);
        expect(lues.slice(1)).toEqual(lignes.filter((l) => l.some((c) => c.trim() !== '')));
      }),
      { numRuns: 300 },
    );
  });

  test('le formulaire d’un enregistrement redonne cet enregistrement', () => {
    const schema = buildCreation(essais, petiteVille);
    const propre = (min: number) => fc.string({ minLength: min, maxLength: 60 }).filter((t) => t.trim().length >= min && !t.includes('\r'));
    const suite = fc.record({ quoi: propre(1).map((t) => t.trim()), etat: fc.constantFrom('a-faire', 'faite') });
    const donnees = fc.record(
      {
        theme: fc.constantFrom('rixes', 'seniors'),
        conjointe: fc.boolean(),
        participants: fc.nat(5000),
        partenaire: fc.constantFrom('POLICE', 'ASSO'),
        rendu: jour,
        note: propre(1).map((t) => t.trim()),
        suites: fc.array(suite, { minLength: 1, maxLength: 4 }),
      },
      { requiredKeys: ['theme'] },
    );
    fc.assert(
      fc.property(jour, propre(1), propre(0), fc.constantFrom('ville', 'mairie-a', '99101', 'q-gare'), donnees, (j, titre, commentaire, lieu, d) => {
        const lu = schema.parse({ jour: j, titre, commentaire, territoire_id: lieu, organisation_id: 'ASSO', lignes: ['1.1-R1.1'], donnees: d });
        const contenu = {
          ...lu,
          etape: 'realisee' as const,
          annulation: null,
          fin: null,
          adresse: null,
          lon: 2.35,
          lat: -48.5,
          commentaire: commentaire.trim(),
          fiches: ['1.1'],
          lignes: ['1.1-R1.1'],
          donnees: d,
        };
        const retour = lireBrut(essais, petiteVille, schema, brutDe(essais, contenu));
        expect(retour.erreurs).toEqual([]);
        expect(retour.contenu).toEqual(contenu);
      }),
      { numRuns: 300 },
    );
  });

  test.each([PARIS, VALBOURG])('chaque valeur de chaque liste de %s se relit par son libellé et par son code', async (dossier) => {
    const { listes: siennes, champs } = await lireContrat(dossier);
    const lexique = buildLexique(siennes, champs);
    const listes = definitionsDecouvertes
      .map((d) => pourContrat(d, lexique))
      .flatMap((d) => d.champs.flatMap((c): Champ[] => (c.type === 'lignes' ? [...c.colonnes] : [c])));
    for (const l of listes)
      if (l.type === 'liste')
        for (const o of l.options)
          for (const ecrit of [o.code, o.libelle, o.libelle.toUpperCase()])
            expect([ecrit, lireOption(ecrit, l.options)]).toEqual([ecrit, { ok: true, valeur: o.code }]);
  });

  test('dates et nombres écrits pour une personne se relisent', () => {
    const rendu = essais.champs.find((c) => c.code === 'rendu');
    fc.assert(
      fc.property(jour, (j) => {
        const fr = rendu ? ecrireChamp(rendu, j, (x) => x) : '';
        dansLeFuseau('Europe/Paris', () => {
          for (const t of [j, fr, `${j}T10:00:00+02:00`, fr.replaceAll('/', '.')]) expect(lireDate(t)).toEqual({ ok: true, valeur: j });
          for (const t of [j, fr, `${j}T10:00:00+02:00`]) expect(lireJour(t)).toBe(j);
        });
      }),
    );
    fc.assert(
      fc.property(fc.integer({ min: -1e9, max: 1e9 }), fc.nat(99), (n, c) => {
        expect(lireNombre(nombreEcrit(n + c / 100), { entier: false })).toEqual({ ok: true, valeur: n + c / 100 });
      }),
    );
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (t) => {
        expect(slug(t)).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
      }),
    );
  });

  test('une période est coupée exactement par les plus petites', () => {
    const code = fc.tuple(fc.integer({ min: 2000, max: 2099 }), fc.constantFrom('', '-S1', '-S2', '-T1', '-T4', '-01', '-12')).map((p) => p.join(''));
    fc.assert(
      fc.property(code, (c) => {
        const p = lirePeriode(c);
        for (const parts of decoupages(c).map((d) => d.map(lirePeriode))) {
          expect([parts[0]?.debut, parts.at(-1)?.fin]).toEqual([p?.debut, p?.fin]);
          for (const [i, x] of parts.slice(1).entries()) expect(x?.debut).toBe(parts[i]?.fin);
        }
      }),
    );
  });

  test('une recherche ne donne à PostgreSQL que des mots', async () => {
    const vus: (readonly unknown[])[] = [];
    const mot = String.raw`[\p{L}\p{N}]+(?:\.\p{N}+)*(?::\*)?`;
    const groupe = String.raw`(?:${mot}|\(${mot}(?: \| ${mot})*\))`;
    const tous = new RegExp(`^${groupe}(?: & ${groupe}){0,11}$`, 'u');
    const certains = new RegExp(String.raw`^${mot}(?: \| ${mot})*$`, 'u');
    const db = new Kysely<DB>({
      dialect: {
        createAdapter: () => new PostgresAdapter(),
        createDriver: () => new DummyDriver(),
        createIntrospector: (k) => new PostgresIntrospector(k),
        createQueryCompiler: () => new PostgresQueryCompiler(),
      },
      log: (e) => {
        vus.push(e.query.parameters);
      },
    });
    const q = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(fc.constantFrom('rixe', '&', '|', '!', ':*', '(', ')', "'", '\\', '<->', ' ', 'É', '²'), { maxLength: 40 }).map((t) => t.join('')),
    );
    await fc.assert(
      fc.asyncProperty(q, async (texte) => {
        vus.length = 0;
        await rechercher(db, 1, texte, { parPage: 20, page: 1, genre: null });
        for (const v of vus) {
          const [stricte, exacte, large] = v;
          if (Array.isArray(stricte)) for (const m of stricte) expect(m).toMatch(/^\p{L}{4,}$/u);
          else {
            expect(stricte).toMatch(tous);
            expect(exacte).toMatch(tous);
            expect(large).toMatch(certains);
          }
        }
      }),
      { numRuns: 300 },
    );
  });
});

describe('Ce qui a été touché se voit', () => {
  test('une fiche du contrat abîmée en un point est refusée à cet endroit', async () => {
    const racine = 'contrats/paris-2023-2026/fiches';
    const noms = await readdir(racine);
    const fiches = await Promise.all(noms.map(async (n) => parse(await readFile(join(racine, n), 'utf8')) as unknown));
    const feuilles = (v: unknown, ou: string[]): string[][] =>
      typeof v === 'object' && v !== null ? Object.entries(v).flatMap(([k, x]) => (k === 'calcul' || k === 'prevu' ? [] : feuilles(x, [...ou, k]))) : [ou];
    fc.assert(
      fc.property(fc.nat(), fc.nat(), (f, p) => {
        const fiche = structuredClone(fiches[f % fiches.length]);
        const chemins = feuilles(fiche, []);
        const ou = chemins[p % chemins.length] ?? [];
        let objet = fiche as Record<string, unknown>;
        for (const k of ou.slice(0, -1)) objet = objet[k] as Record<string, unknown>;
        objet[ou.at(-1) ?? ''] = { abime: true };
        const lu = ficheSchema.safeParse(fiche);
        expect(lu.success ? [] : lu.error.issues.map((i) => i.path.join('.'))).toContain(ou.join('.'));
      }),
      { numRuns: 300 },
    );
  });

  test('un export scellé : lignes ôtées, doublées, échangées ou sceau changé, rien ne passe', async () => {
    const { privateKey, publicKey } = generateKeyPairSync('ed25519');
    let avant = DEPART.empreinte;
    const maillons = Array.from({ length: 6 }, (_, i) => {
      const ligne = JSON.stringify([i + 1, '2026-01-01T00:00:00.000Z', `essai ${i}`]);
      const m = { id: i + 1, precedente: avant, empreinte: empreinteDuMaillon(avant, ligne), ligne };
      avant = m.empreinte;
      return m;
    });
    const point = { numero: 6, empreinte: avant };
    const signature = sign(null, texteDuSceau('c', point, 'hier'), privateKey).toString('base64');
    const sceau: Sceau = { ...point, signataire: 'dpo', quand: 'hier', clePublique: publicKey.export({ type: 'spki', format: 'pem' }).toString(), signature };
    const entete: EnteteChaine = { type: 'chaine', version: 1, contrat: 'c', exporteLe: '', depart: DEPART, tete: point, sceaux: [sceau] };
    const corps = maillons.map((m) => JSON.stringify(m));
    async function* lire(e: unknown, l: readonly string[]) {
      yield JSON.stringify(e);
      yield* l;
    }
    expect((await verifierChaine(lire(entete, corps))).valide).toBe(true);
    const rang = fc.nat(5);
    await fc.assert(
      fc.asyncProperty(fc.constantFrom('oter', 'doubler', 'echanger', 'inserer'), rang, rang, fc.string(), async (geste, i, j, t) => {
        const l = [...corps];
        if (geste === 'oter') l.splice(i, 1);
        else if (geste === 'doubler') l.splice(j, 0, corps[i] ?? '');
        else if (geste === 'inserer') l.splice(i, 0, `${t}x`);
        else [l[i], l[j]] = [l[j] ?? '', l[i] ?? ''];
        fc.pre(l.join('\n') !== corps.join('\n'));
        expect((await verifierChaine(lire(entete, l))).valide).toBe(false);
      }),
      { numRuns: 300 },
    );
    for (const [cle, v] of Object.entries({ contrat: 'd', depart: point, tete: DEPART }))
      expect((await verifierChaine(lire({ ...entete, [cle]: v }, corps))).valide).toBe(false);
    await fc.assert(
      fc.asyncProperty(fc.constantFrom('quand', 'signature', 'clePublique', 'numero', 'empreinte'), fc.jsonValue(), async (cle, v) => {
        fc.pre(JSON.stringify(v) !== JSON.stringify(sceau[cle]));
        expect((await verifierChaine(lire({ ...entete, sceaux: [{ ...sceau, [cle]: v }] }, corps))).valide).toBe(false);
      }),
      { numRuns: 300 },
    );
    await fc.assert(
      fc.asyncProperty(fc.jsonValue(), fc.array(fc.string()), async (e, l) => {
        await expect(verifierChaine(lire(e, l))).rejects.toThrow('n’est pas un export du journal');
      }),
    );
  });

  test('deux contenus différents ont deux empreintes ; une autre clé n’ouvre pas le coffre', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (a, b) => {
        expect(empreinteDe(a) === empreinteDe(b)).toBe(JSON.stringify(trie(a)) === JSON.stringify(trie(b)));
        expect(empreinteDe([a, b])).not.toBe(empreinteDe([[a, b]]));
        expect(empreinteDe({ x: a })).not.toBe(empreinteDe({ y: a }));
      }),
    );
    const [un, autre] = [createCoffre(randomBytes(32)), createCoffre(randomBytes(32))];
    fc.assert(
      fc.property(fc.string(), (t) => {
        expect(() => autre.dechiffrer(un.chiffrer(t))).toThrow();
      }),
    );
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (o) => {
        expect(() => un.dechiffrer(Buffer.from(o))).toThrow();
      }),
    );
  });

  test('chaque variable, écrite n’importe comment, se lit ou se refuse en la nommant', () => {
    const valeur = fc.oneof(fc.string(), fc.constantFrom('0', '1', '12', '36', 'https://x.fr', 'postgres://h/b', '::1, 10.0.0.0/8'));
    const env = fc.record(Object.fromEntries(Object.keys(VARIABLES).map((v) => [v, valeur])), { requiredKeys: [] });
    fc.assert(
      fc.property(env, (e) => {
        try {
          const c = loadConfig(e);
          expect(Number.isInteger(c.port) && Number.isInteger(c.auditMois)).toBe(true);
        } catch (faute) {
          expect(faute).toBeInstanceOf(ErreurConfiguration);
          expect(Object.keys(VARIABLES).some((v) => (faute as Error).message.includes(`${v} = «`))).toBe(true);
        }
      }),
      { numRuns: 500 },
    );
  });
});
