/** What a form promises is what the write does: for any record of any register, the same measures, neither more nor fewer. */
import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type BaseDeTest, testDatabase } from '../../../../tests/support/database.ts';
import { aLHeureDeParis } from '../../../../tests/support/fuseau.ts';
import { type Db, inTransaction, openDatabase } from '../../../core/base/database.ts';
import { chargerContrat, getCatalogue } from '../../contrats/index.ts';
import type { Delta, FaitNouveau } from '../../indicateurs/index.ts';
import { lireBrut, type Brut } from '../brut.rules.ts';
import type { Champ, DefinitionRegistre } from '../definition.ts';
import { createRegistres, type Registres } from '../registres.contexte.ts';
import { definitionsDecouvertes } from '../registres.definitions.ts';
import { liens } from '../registres.liens.ts';
import { type Repertoire, repertoireDe } from '../registres.repertoire.ts';
import { pourContrat } from '../registres.rules.ts';
import { buildCreation } from '../registres.schema.ts';
import { buildSourcesDeFaits } from '../registres.sources.ts';
import { publierVues } from '../registres.views.ts';
import { createActivite } from '../saisie/saisie.queries.ts';
import { enCodes, nomsDeLieux } from '../saisie/noms.rules.ts';
import { enBref } from './pages/ComptePour.tsx';
import { contenuEnCours, proposerPour } from './proposition.ts';
import { atomesDe, tout } from '../../indicateurs/calcul/cellules.queries.ts';
import { cellulesSql } from '../../indicateurs/calcul/compilation.ts';
import { apportDe } from '../../indicateurs/calcul/apports.ts';
import { faitsComptesSql } from '../../indicateurs/faits/faits.sql.ts';
import { filtresParSource } from '../../indicateurs/faits/filtres.rules.ts';
import { actualiserFormules, getFormulaire, installerSources } from '../../indicateurs/formulaires.ts';

let base: BaseDeTest;
let db: Db;
let contratId = 0;
let registres: Registres;
let rep: Repertoire;
let definitions: readonly DefinitionRegistre[];
let deltas: readonly Delta[] = [];

beforeAll(async () => {
  base = await testDatabase();
  installerSources(definitionsDecouvertes.flatMap((d) => buildSourcesDeFaits(d)));
  await publierVues(base.owner, definitionsDecouvertes);
  contratId = (await chargerContrat(base.owner, 'contrats/paris-2023-2026', () => {})).contratId;
  await actualiserFormules(base.owner, contratId);
  const catalogue = await getCatalogue(base.owner, contratId);
  rep = repertoireDe(catalogue);
  definitions = definitionsDecouvertes.map((d) => pourContrat(d, catalogue));
  registres = createRegistres(definitionsDecouvertes, {
    ...liens,
    compterNouveau: async (tx, id, source, nouveau, cause, fait) => {
      if (fait) await comparer(tx, source, fait);
      return registres.noterMouvements(tx, id, cause, await liens.appliquerFaits(tx, id, source, { ids: [nouveau] }, 1));
    },
    noterMouvements: async (_tx, _id, _cause, d) => {
      deltas = d;
    },
  });
  db = openDatabase(await base.service(contratId), { role: 'application', contratId, max: 2 });
}, 180_000);
afterAll(async () => {
  await db?.destroy();
  await base?.close();
});

/** As a form sends it. Values of required lists are always there, the others sometimes. */
function valeurs(c: Champ): fc.Arbitrary<Record<string, string>> {
  const nom = `donnees.${c.code}`;
  const un = (a: fc.Arbitrary<string>) => (c.obligatoire ? a : fc.oneof(a, fc.constant(''))).map((v) => ({ [nom]: v }));
  switch (c.type) {
    case 'liste':
      return un(fc.constantFrom(...c.options.map((o) => o.code)));
    case 'booleen':
      return un(fc.constantFrom('oui', 'non'));
    case 'nombre':
      return un(fc.integer({ min: 0, max: Math.min(c.max ?? 24, 24) }).map(String));
    case 'acteur':
      return un(fc.constantFrom(...[...rep.acteurs.values()].slice(0, 5).map((a) => a.nom)));
    case 'lignes':
      return fc
        .array(fc.record(Object.fromEntries(c.colonnes.map((col) => [col.code, cellule(col)]))), { maxLength: 3 })
        .map((ls) => Object.fromEntries(ls.flatMap((l, i) => Object.entries(l).map(([col, v]) => [`${nom}.${i}.${col}`, v]))));
    default:
      return fc.constant({});
  }
}
const cellule = (col: { type: string; options?: readonly { code: string }[] }): fc.Arbitrary<string> =>
  col.type === 'liste' && col.options
    ? fc.constantFrom(...col.options.map((o) => o.code))
    : col.type === 'date'
      ? fc.constantFrom('2026-03-02', '2026-05-04')
      : col.type === 'nombre'
        ? fc.integer({ min: 0, max: 9 }).map(String)
        : fc.constant('Relevé');

const saisie = (d: DefinitionRegistre): fc.Arbitrary<Brut> =>
  fc
    .tuple(fc.constantFrom('realisee', 'programmee', 'annulee'), fc.constantFrom(...rep.acteurs.keys()), ...d.champs.map(valeurs))
    .map(([etape, qui, ...champs]) => ({
      jour: '2026-02-03',
      titre: 'Essai',
      territoire_id: [...nomsDeLieux(rep).values()].at(-1) ?? '',
      organisation_id: qui as string,
      ...(d.etapes ? { etape: etape as string, annulation: etape === 'annulee' ? 'Pluie' : '' } : {}),
      ...Object.assign({}, ...champs),
    }));

/** What one record adds, as the process works it out alone, against what the database says of its view. */
const comparees = { dites: 0, cellules: 0, faits: 0, laissees: new Set<string>() };
async function comparer(tx: Db, source: string, fait: FaitNouveau): Promise<void> {
  const f = await getFormulaire(tx, contratId);
  for (const s of f.sources.values()) {
    if (s.nom !== source && s.de !== source) continue;
    const apport = apportDe(f, s, fait);
    if (!apport) {
      comparees.laissees.add(s.nom);
      continue;
    }
    const cible = { ids: [fait.id] };
    const atomes = atomesDe(f, s.nom);
    const cellules = await sql<{
      mesureId: string;
      mois: string;
      territoireId: string;
      ventilation: object;
      nombre: number;
      somme: number;
      sansValeur: number;
    }>`
      ${cellulesSql({ source: s, atomes, contratId, cible, ...tout(f, s) })}`.execute(tx);
    const parCle = new Map<string, { nombre: number; somme: number; sansValeur: number }>();
    const trie = (v: object) => Object.entries(v).sort(([a], [b]) => (a < b ? -1 : 1));
    for (const c of apport.cellules) {
      const cle = JSON.stringify([c.cle, c.mois, c.territoireId, trie(c.ventilation)]);
      const deja = parCle.get(cle) ?? { nombre: 0, somme: 0, sansValeur: 0 };
      parCle.set(cle, { nombre: deja.nombre + c.nombre, somme: deja.somme + c.somme, sansValeur: deja.sansValeur + c.sansValeur });
    }
    const attendues = new Map(
      cellules.rows.map((c) => [
        JSON.stringify([c.mesureId, c.mois, c.territoireId, trie(c.ventilation)]),
        { nombre: c.nombre, somme: c.somme, sansValeur: c.sansValeur },
      ]),
    );
    expect({ source: s.nom, cellules: new Map([...parCle].sort()) }).toEqual({ source: s.nom, cellules: new Map([...attendues].sort()) });
    const { rows } = await sql<{ cle: string; fin: string | null }>`
      select filtre::text as cle, fin from (${faitsComptesSql(s, filtresParSource(f.formules).get(s.nom) ?? [], contratId, cible)}) as x order by 1`.execute(
      tx,
    );
    expect([...apport.filtres].sort((a, b) => (a.cle < b.cle ? -1 : 1))).toEqual(rows);
    comparees.dites++;
    comparees.cellules += parCle.size;
    comparees.faits += rows.length;
  }
}

class Defaire extends Error {}
let tour = 0;
/** Measures whose cells the write moved; nothing stays written. */
const ecrire = aLHeureDeParis(async (d: DefinitionRegistre, brut: Brut): Promise<string[] | null> => {
  const lu = lireBrut(d, rep, buildCreation(d, rep), brut);
  if (!lu.contenu) return null;
  tour++;
  const parmi = (liste: readonly string[]) => liste.filter((_, i) => i % 7 === tour % 7).slice(0, tour % 4);
  const contenu = {
    ...lu.contenu,
    fiches: parmi([...rep.fiches.keys()]),
    lignes: parmi([...rep.ficheDe.keys()]),
    fin: d.fin && tour % 2 === 0 ? '2026-04-05' : null,
  };
  deltas = [];
  const quand = new Date('2026-07-01T10:00:00Z');
  const fini = inTransaction(db, { contratId }, async (tx) => {
    await createActivite(tx, registres, { contratId, registre: d.code }, { contenu, idExterne: null, auteur: { id: null, nom: 'Essai' }, quand });
    throw new Defaire();
  });
  await expect(fini).rejects.toThrow(Defaire);
  return [...new Set(deltas.filter((x) => !x.cle.startsWith('_')).map((x) => x.cle.split('#')[0] ?? ''))].sort();
});

describe('« Compte pour », avant d’enregistrer', () => {
  test('pour tout enregistrement de tout registre, annonce exactement les chiffres que l’écriture fait bouger', async () => {
    let comptes = 0;
    let ecrits = 0;
    for (const d of definitions)
      await fc.assert(
        fc.asyncProperty(saisie(d), async (typed) => {
          const brut = enCodes(d, rep, typed);
          const bouge = await ecrire(d, brut);
          if (bouge === null) return;
          ecrits++;
          const p = await proposerPour(db, registres, { contratId, d, rep, contenu: contenuEnCours(d, rep, brut) });
          const promis = p.comptePour.map((m) => m.id).sort();
          if (d.etapes && brut.etape !== 'realisee') {
            expect(bouge).toEqual([]);
            expect(enBref(d, brut, p)).toMatch(brut.etape === 'annulee' ? /^Ne comptera dans aucun chiffre/ : /^(Comptera, une fois réalisé|Ne compte encore)/);
            return;
          }
          expect({ registre: d.code, promis }).toEqual({ registre: d.code, promis: bouge });
          comptes += bouge.length;
        }),
        { numRuns: 40, seed: 12 },
      );
    // The property speaks of something: most records are accepted, and many count.
    expect(ecrits).toBeGreaterThan(150);
    expect(comptes).toBeGreaterThan(100);
    // Nearly all of them are counted without the database; those that it must count are known.
    expect(comparees.dites).toBeGreaterThan(150);
    expect(comparees.cellules).toBeGreaterThan(500);
    expect(comparees.faits).toBeGreaterThan(50);
    const lignes = ['audits-preconisations', 'etablissements-sanctions', 'marches-preconisations', 'operations-atteintes', 'operations-infractions'];
    expect([...comparees.laissees].sort()).toEqual([...lignes, 'etablissements', 'postes', 'sites'].sort());
  }, 240_000);

  test('chaque territoire s’écrit d’un nom à lui, que le formulaire relit', () => {
    const noms = [...nomsDeLieux(rep)];
    expect(new Set(noms.map(([, n]) => n)).size).toBe(noms.length);
    for (const d of definitions.slice(0, 1)) for (const [id, nom] of noms) expect(enCodes(d, rep, { territoire_id: nom }).territoire_id).toBe(id);
  });
});
