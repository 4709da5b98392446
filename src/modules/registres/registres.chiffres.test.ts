/** Whatever people do with records, the figures kept are those that a full recomputation gives. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { aLHeureDeParis } from '../../../tests/support/fuseau.ts';
import { type BaseDeTest, testDatabase } from '../../../tests/support/database.ts';
import { type Db, inTransaction, openDatabase } from '../../core/base/database.ts';
import { chargerContrat, getCatalogue } from '../contrats/index.ts';
import { type Delta, getFigures, getFormulaire, verifierChiffres } from '../indicateurs/index.ts';
import type { DefinitionRegistre } from './definition.ts';
import { horloge, jourDe } from '../../core/clock.ts';
import { lireLignes } from '../../core/tableur/lire.ts';
import { annulerLot, publierLot } from './import/lots.queries.ts';
import { preparerLot } from './import/preparation.ts';
import { definitionsDecouvertes } from './registres.definitions.ts';
import { buildSourcesDeFaits } from './registres.sources.ts';
import { createRegistres, type Registres } from './registres.contexte.ts';
import { avecCibles } from './liens/liens.ts';
import { liens } from './registres.liens.ts';
import { type Repertoire, repertoireDe } from './registres.repertoire.ts';
import { type Contenu, pourContrat } from './registres.rules.ts';
import { publierVues } from './registres.views.ts';
import { createActivite, getActivite, updateActivite } from './saisie/saisie.queries.ts';
import { actualiserFormules, installerSources } from '../indicateurs/formulaires.ts';
import { ceQuiABouge } from '../indicateurs/mouvements/mouvements.ts';
import type { Mouvement } from '../indicateurs/mouvements/mouvements.rules.ts';

const auteur = { id: null, nom: 'Essai' };
const quand = new Date('2026-07-01T10:00:00Z');
let base: BaseDeTest;
let db: Db;
let contratId = 0;
let dossier = '';
let registres: Registres;
/** What each write said that it moved. */
let dits: { deltas: readonly Delta[]; chiffres: readonly Mouvement[] }[] = [];
let rep: Repertoire;
let d: DefinitionRegistre;
/** Records of another register, that those of this one may point to. */
const CIBLES = ['00000000-0000-4000-8000-000000000001', '00000000-0000-4000-8000-000000000002'];

beforeAll(async () => {
  base = await testDatabase();
  dossier = await mkdtemp(join(tmpdir(), 'concorde-chiffres-'));
  installerSources(definitionsDecouvertes.flatMap((d) => buildSourcesDeFaits(d)));
  await publierVues(base.owner, definitionsDecouvertes);
  contratId = (await chargerContrat(base.owner, 'contrats/paris-2023-2026', () => {})).contratId;
  await actualiserFormules(base.owner, contratId);
  rep = repertoireDe(await getCatalogue(base.owner, contratId));
  registres = createRegistres(definitionsDecouvertes, {
    ...liens,
    compterNouveau: async (tx, id, source, nouveau, cause) =>
      registres.noterMouvements(tx, id, cause, await liens.appliquerFaits(tx, id, source, { ids: [nouveau] }, 1)),
    noterMouvements: async (tx, id, cause, deltas) => {
      dits = [...dits, { deltas, chiffres: (await ceQuiABouge(tx, id, deltas, 10_000)).chiffres }];
      await liens.noterMouvements(tx, id, cause, deltas);
    },
  });
  const formations = definitionsDecouvertes.find((x) => x.code === 'formations');
  if (!formations) throw new Error('registre absent');
  d = pourContrat(formations, await getCatalogue(base.owner, contratId));
  db = openDatabase(await base.service(contratId), { role: 'application', contratId, max: 2 });
  const autre = {
    ...contenuDe({ jour: '2025-01-01', territoire: 0, theme: 'rixes', employeur: 'dpmp', participants: 3, etape: 'realisee', cible: null }),
    donnees: { type: 'colloque' },
  };
  for (const id of CIBLES)
    await inTransaction(db, { contratId }, (tx) =>
      createActivite(tx, registres, { contratId, registre: 'evenements' }, { id, contenu: autre, idExterne: null, auteur, quand }),
    );
});
afterAll(async () => {
  await db.destroy();
  await base.close();
  await rm(dossier, { recursive: true, force: true });
});

const fait = fc.record({
  jour: fc.constantFrom('2024-12-31', '2025-01-01', '2026-02-28', '2026-06-15'),
  territoire: fc.integer({ min: 0, max: 30 }),
  theme: fc.constantFrom('rixes', 'vif', 'vss'),
  employeur: fc.constantFrom('dpmp', 'police-nationale', 'association'),
  participants: fc.option(fc.integer({ min: 0, max: 40 })),
  etape: fc.constantFrom('realisee' as const, 'realisee' as const, 'programmee' as const, 'annulee' as const),
  cible: fc.constantFrom(null, ...CIBLES),
});
type Fait = typeof fait extends fc.Arbitrary<infer F> ? F : never;
const acte = fc.oneof(
  fc.record({ genre: fc.constant('creer' as const), fait }),
  fc.record({ genre: fc.constant('corriger' as const), rang: fc.nat(30), fait }),
  fc.record({ genre: fc.constant('statut' as const), rang: fc.nat(30) }),
  fc.record({ genre: fc.constant('cible' as const), rang: fc.nat(30) }),
  fc.record({ genre: fc.constant('importer' as const), faits: fc.array(fc.tuple(fc.integer({ min: 1, max: 6 }), fait), { minLength: 1, maxLength: 4 }) }),
  fc.record({ genre: fc.constant('annuler' as const), rang: fc.nat(30) }),
);

const contenuDe = (f: Fait): Contenu => ({
  jour: f.jour,
  fin: null,
  etape: f.etape,
  annulation: f.etape === 'annulee' ? 'météo' : null,
  titre: 'Essai',
  territoire_id: [...rep.territoires.keys()][f.territoire] ?? '',
  adresse: null,
  lon: null,
  lat: null,
  organisation_id: [...rep.acteurs.keys()][0] ?? '',
  commentaire: '',
  fiches: ['1.6'],
  lignes: f.theme === 'rixes' ? ['1.6-R1.5'] : [],
  donnees: {
    type: 'continue',
    theme: f.theme,
    employeur: f.employeur,
    ...(f.participants === null ? {} : { participants: f.participants }),
    ...(f.cible ? { evenement: f.cible } : {}),
  },
});

/** The event is withdrawn or put back: what points to it stays a fact, and says so. */
async function basculerCible(tx: Db, id: string): Promise<void> {
  const cible = await getActivite(tx, contratId, 'evenements', id, true);
  if (!cible) throw new Error('cible absente');
  const statut = cible.statut === 'publie' ? 'retire' : 'publie';
  await updateActivite(
    tx,
    registres,
    { contratId, registre: 'evenements', id },
    { contenu: cible.contenu, statut, acte: 'correction', motif: 'essai', auteur, quand },
  );
}

const jouer = aLHeureDeParis(async (a: typeof acte extends fc.Arbitrary<infer A> ? A : never): Promise<void> => {
  const ou = { contratId, registre: d.code };
  await inTransaction(db, { contratId }, async (tx) => {
    if (a.genre === 'creer') {
      await createActivite(tx, registres, ou, { contenu: contenuDe(a.fait), idExterne: null, auteur, quand });
    } else if (a.genre === 'importer') {
      const autres = d.champs.filter((c) => c.type === 'liste').filter((c) => c.obligatoire && !['type', 'theme', 'employeur'].includes(c.code));
      const uniques = [...new Map(a.faits).entries()];
      const lignes = uniques.map(([n, f]) =>
        [
          `x${n}`,
          f.jour,
          'Essai',
          [...rep.territoires.keys()][f.territoire],
          [...rep.acteurs.keys()][0],
          'continue',
          f.theme,
          f.employeur,
          f.participants ?? 0,
          f.etape,
          f.etape === 'annulee' ? 'météo' : '',
          f.cible ?? '',
          ...autres.map((c) => c.options[0]?.code),
        ].join(';'),
      );
      const chemin = join(dossier, 'lot.csv');
      await writeFile(
        chemin,
        [
          `id;date;titre;territoire;organisation;type;theme;employeur;participants;etape;annulation;evenement;${autres.map((c) => c.code).join(';')}`,
          ...lignes,
        ].join('\n'),
      );
      const lot = await preparerLot(tx, {
        ou,
        d,
        rep: await avecCibles(registres, { db: tx, contratId, u: null }, rep, CIBLES),
        auteur,
        quand,
        fichier: { nom: 'lot.csv', ouvert: { ...(await lireLignes(chemin, 'lot.csv', null)), empreinte: lignes.join() } },
        permet: () => true,
        retenues: null,
        titres: 'presents',
      });
      await publierLot(tx, registres, ou, lot, { auteur, quand, acte: 'import', motif: '' });
    } else if (a.genre === 'cible') {
      await basculerCible(tx, CIBLES[a.rang % CIBLES.length] ?? '');
    } else if (a.genre === 'annuler') {
      const { rows } = await sql<{ id: string }>`select id from lots where contrat_id = ${contratId} and etat = 'publie' order by id`.execute(tx);
      const lot = rows[a.rang % Math.max(1, rows.length)];
      if (lot) await annulerLot(tx, registres, ou, lot.id, { auteur, quand, motif: 'essai' });
    } else {
      const { rows } = await sql<{ id: string }>`select id from activites where contrat_id = ${contratId} order by id`.execute(tx);
      const id = rows[a.rang % Math.max(1, rows.length)]?.id;
      const avant = id ? await getActivite(tx, contratId, d.code, id, true) : null;
      if (!id || !avant) return;
      const statut = a.genre === 'statut' && avant.statut === 'publie' ? 'retire' : 'publie';
      const contenu = a.genre === 'corriger' ? contenuDe(a.fait) : avant.contenu;
      await updateActivite(tx, registres, { ...ou, id }, { contenu, statut, acte: 'correction', motif: 'essai', auteur, quand });
    }
  });
});

const ecrit = (c: { etat: string; valeur: number | null }): string => (c.valeur === null ? c.etat : c.valeur.toFixed(3));
const LIEUX: readonly string[] = ['paris', 'mairie-centre', 'mairie-5'];
const cleDe = (m: Mouvement): string => `${m.mesureId}|${m.periode}|${m.territoireId}`;

/** Every figure that the acts above may change, read as pages read them. */
async function chiffresDits(): Promise<Map<string, string>> {
  const f = await getFormulaire(db, contratId);
  const lus = new Map<string, string>();
  for (const territoireId of LIEUX) {
    const figures = await getFigures(db, contratId, f, {
      mesures: [...f.formules.keys()],
      periodes: ['2024', '2025', '2026'],
      territoireId,
      aire: f.catalogue.aire(territoireId),
      aujourdhui: jourDe(horloge(), f.catalogue.contrat.fuseau),
    });
    for (const [p, parMesure] of figures) for (const [id, c] of parMesure) lus.set(`${id}|${p}|${territoireId}`, ecrit(c));
  }
  return lus;
}

/** Links kept that no record says, or said and not kept. */
async function liensFaux(): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*)::int as n
    from (select id, (donnees ->> 'evenement')::uuid as cible from activites where contrat_id = ${contratId} and donnees ->> 'evenement' is not null) a
    full join (select activite_id as id, cible_id as cible from activite_liens where contrat_id = ${contratId}) l on l.id = a.id and l.cible = a.cible
    where a.id is null or l.id is null`.execute(base.owner);
  return rows[0]?.n ?? -1;
}

test('toute suite de créations, corrections, retraits, imports et annulations, avec étapes et liens, laisse les chiffres justes', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(acte, { minLength: 1, maxLength: 12 }), async (actes) => {
      for (const a of actes) {
        const avant = await aLHeureDeParis(chiffresDits)();
        dits = [];
        await jouer(a);
        const apres = await aLHeureDeParis(chiffresDits)();
        for (const { deltas, chiffres: tous } of dits) {
          const chiffres = tous.filter((m) => LIEUX.includes(m.territoireId));
          const annees = new Set(deltas.map((x) => x.mois.slice(0, 4)));
          // A register that begins makes zeros everywhere; only the places written in are told.
          const lieux = new Set(deltas.flatMap((x) => [rep.racine.id, ...LIEUX.filter((l) => rep.contient(l, x.territoireId))]));
          const concerne = ([, annee = '', lieu = '']: string[]) => annees.has(annee) && lieux.has(lieu);
          const changes = [...apres].filter(([cle, v]) => concerne(cle.split('|')) && avant.get(cle) !== v);
          expect(new Map(chiffres.map((m) => [cleDe(m), ecrit(m.avant)]))).toEqual(new Map(changes.map(([cle]) => [cle, avant.get(cle)])));
          expect(new Map(chiffres.map((m) => [cleDe(m), ecrit(m.apres)]))).toEqual(new Map(changes));
        }
      }
      const v = await verifierChiffres(base.owner, contratId);
      expect(v.differences).toEqual([]);
      expect(await liensFaux()).toBe(0);
    }),
    { numRuns: 10 },
  );
  const { rows } = await sql<{ n: number; fautes: unknown }>`
    select (select count(*)::int from activites) as n, (select jsonb_agg(distinct erreurs) from lot_lignes where etat = 'erreur') as fautes`.execute(
    base.owner,
  );
  expect(rows[0]?.n).toBeGreaterThan(5);
  expect(rows[0]?.fautes).toBeNull();
});
