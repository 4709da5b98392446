/** Whatever is written, imported, moved or ended, in whatever order: what is kept is what would be computed again. */
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type AppDeTest, ouvrirApp } from '../../../../tests/support/app.ts';
import { inTransaction } from '../../../core/base/database.ts';
import { verifierChiffres } from '../../indicateurs/index.ts';
import { createRegistres } from '../registres.contexte.ts';
import { definitionsDecouvertes } from '../registres.definitions.ts';
import { liens } from '../registres.liens.ts';
import type { Contenu } from '../registres.rules.ts';
import { createActivite, getActivite, updateActivite } from '../saisie/saisie.queries.ts';
import { importerLieux } from './importer.ts';
import { rattacherTout } from './rattacher.ts';

let app: AppDeTest;
beforeAll(async () => {
  app = await ouvrirApp();
});
afterAll(() => app.close());

const auteur = { id: null, nom: 'Essai' };
const r = createRegistres(definitionsDecouvertes, liens);
const quand = new Date();

test('cellules et rattachements restent ceux que l’on recalculerait, après des écritures, des imports et des fermetures au hasard', async () => {
  let graine = 20261128;
  const tirer = (n: number): number => {
    graine = (graine * 1103515245 + 12345) % 2147483648;
    return Math.floor((graine / 2147483648) * n);
  };
  const dans = <T>(f: (tx: typeof app.db) => Promise<T>): Promise<T> => inTransaction(app.db, { contratId: app.contratId }, f);
  const ou = { contratId: app.contratId, registre: 'placements' };
  const contenu = (): Contenu => ({
    jour: `${2023 + tirer(4)}-0${1 + tirer(9)}-1${tirer(9)}`,
    fin: null,
    titre: 'Accueil',
    territoire_id: '7511801',
    adresse: null,
    ...(tirer(2) ? { lon: 2.35 + tirer(30) / 1000, lat: 48.89 + tirer(10) / 1000 } : { lon: null, lat: null }),
    organisation_id: 'VILLE',
    commentaire: '',
    fiches: [],
    lignes: [],
    etape: 'realisee',
    annulation: null,
    donnees: {
      dispositif: 'mesure-responsabilisation',
      categorie_structure: 'association',
      majorite: 'mineurs',
      personnes: 1 + tirer(5),
      ...(tirer(3) ? { lieu_connu: `ecole:E${tirer(4)}` } : {}),
    },
  });
  const importer = async (type: string, features: object[], depuis: string | null, fermer: boolean) => {
    const chemin = join(tmpdir(), `hasard-${process.pid}.geojson`);
    await writeFile(chemin, JSON.stringify({ type: 'FeatureCollection', features }));
    const d = {
      contratId: app.contratId,
      emprise: undefined,
      chemin,
      fichier: 'hasard.geojson',
      type,
      depuis,
      fermer,
      source: 's',
      licence: 'l',
      auteur: 'Essai',
      quand,
    };
    await importerLieux(app.db, { ...d, essai: false, dans }).catch((e: { id?: string }) => expect(e.id).toBe('invalide'));
  };
  const carre = (code: string, o: number, cote: number) => ({
    properties: { code, nom: `Quartier ${code}` },
    geometry: {
      type: 'Polygon',
      coordinates: [
        [
          [o, 48.89],
          [o + cote, 48.89],
          [o + cote, 48.9],
          [o, 48.9],
          [o, 48.89],
        ],
      ],
    },
  });
  const ecole = (i: number) => ({
    properties: { code: `E${i}`, nom: `École ${i}` },
    geometry: { type: 'Point', coordinates: [2.352 + (i * 8 + tirer(3)) / 1000, 48.895] },
  });
  const ids: string[] = [];
  for (let pas = 0; pas < 60; pas++) {
    const quoi = tirer(10);
    const id = ids[tirer(ids.length || 1)];
    if (quoi < 5 || !id) ids.push((await dans((tx) => createActivite(tx, r, ou, { contenu: contenu(), idExterne: null, auteur, quand }))) ?? '');
    else if (quoi < 8) {
      await dans(async (tx) => {
        const a = await getActivite(tx, app.contratId, 'placements', id, true);
        const statut = quoi === 7 && a?.statut === 'publie' ? 'retire' : 'publie';
        await updateActivite(tx, r, { ...ou, id }, { contenu: contenu(), statut, acte: 'correction', motif: 'essai', auteur, quand });
      });
    } else {
      const depuis = tirer(3) ? `${2023 + tirer(4)}-01-01` : null;
      if (tirer(2))
        await importer(
          'ecole',
          [0, 1, 2, 3]
            .filter(() => tirer(4) > 0)
            .map(ecole)
            .concat(ecole(9)),
          depuis,
          depuis !== null && tirer(2) === 0,
        );
      else
        await importer(
          'qpv',
          [carre('Q1', 2.35, 0.005 + tirer(5) / 1000), carre('Q2', 2.365, 0.01)].slice(tirer(2)),
          depuis,
          depuis !== null && tirer(2) === 0,
        );
      // Before they are attached again as after, cells are those of what is kept.
      expect((await verifierChiffres(app.base.owner, app.contratId)).differences).toEqual([]);
      await rattacherTout(app.db, r, app.contratId);
      expect((await rattacherTout(app.db, r, app.contratId)).rattaches).toBe(0);
    }
  }
  expect((await verifierChiffres(app.base.owner, app.contratId)).differences).toEqual([]);
  const { rows } = await sql<{ tenus: number; ventiles: number; etats: number }>`
    select (select count(*)::int from activite_lieux where contrat_id = ${app.contratId}) as tenus,
      (select count(*)::int from mesure_cellules where contrat_id = ${app.contratId} and mesure_id = '1.2-05a' and ventilation ->> 'lieu_ecole' like 'E%') as ventiles,
      (select count(*)::int from lieux where contrat_id = ${app.contratId}) as etats`.execute(app.base.owner);
  expect(rows[0]?.tenus).toBeGreaterThan(10);
  expect(rows[0]?.ventiles).toBeGreaterThan(3);
  expect(rows[0]?.etats).toBeGreaterThan(8);
});
