/** What is announced is done: words and names of what is kept for a time leave, wherever they stand, finished or not. */
import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type AppDeTest, ouvrirApp } from '../../../../tests/support/app.ts';
import { chercherPartout, libres, listTables, MARQUE, PHRASE, type Semences, semer, type Table } from '../../../../tests/support/semis.ts';
import { inTransaction } from '../../../core/base/database.ts';
import type { Regle } from '../../../core/trace/retention.ts';
import { HOUSE } from '../../../modules.ts';
import { purger, simulerPurge } from './conservation.ts';

const JOUR = 86_400_000;
type Ligne = { id: string; le: Date; etat: string; fini: boolean };
const empreinte = ({ id }: Ligne) => createHash('sha256').update(id).digest();
const nom = ({ id }: Ligne) => id;

/** What the constraints of several columns ask for, and what one table alone keeps for another reason than time. */
const SEMENCES: Semences = {
  adresses_comptees: { cle: ({ id }: Ligne) => id.replaceAll('-', ''), jeton: ({ id }: Ligne) => id.replaceAll('-', '') },
  abonnement_demandes: { genre: 'fiche', empreinte: ({ id }: Ligne) => id.replaceAll('-', ''), reseau: 'r'.repeat(32) },
  // The accelerated way of a cell is of one point alone.
  alerte_points: { cellule_le: null },
  alertes: {
    diffusee_le: ({ etat, le }: Ligne) => (['a-valider', 'ecartee'].includes(etat) ? null : le),
    levee_le: ({ etat, le }: Ligne) => (['levee', 'close'].includes(etat) ? le : null),
  },
  astreintes: { fin: ({ le }: Ligne) => new Date(le.getTime() + 3_600_000), suppleant_id: null },
  courriels_recus: {
    message_id: nom,
    fini_le: ({ etat, le }: Ligne) => (etat === 'recu' ? null : le),
    contenu: ({ etat }: Ligne) => (['recu', 'echec'].includes(etat) ? Buffer.from(MARQUE) : null),
  },
  crise_centres: { ouvert_le: ({ le }: Ligne) => le, ferme_le: ({ etat, le }: Ligne) => (etat === 'ferme' ? le : null) },
  crise_comptages: { guichet: 'G1', quoi: 'depart', code: '', annule: null },
  crises: {
    close_le: ({ etat, le }: Ligne) => (etat === 'ouverte' ? null : le),
    archivee_le: ({ etat, le }: Ligne) => (etat === 'archivee' ? le : null),
  },
  demande_suiveurs: { empreinte },
  // Choices of a closed list stay: what a person wrote is a text, and goes.
  demandes: { reponses: { mots: PHRASE, choix: ['nuit'] } },
  demandes_droits: { prolongee_le: ({ le }: Ligne) => le },
  exercices: { population: 1 },
  instance_contributions: { acceptee_le: null, ecartee_le: ({ etat, le }: Ligne) => (etat === 'ecartee' ? le : null), repondue_le: null },
  // Logos of papers are kept (`garde`); the content of an import that was published has become records.
  fichiers: { garde: false },
  import_colonnes: { organisation_id: nom },
  liens: { empreinte },
  lots: { etat: 'prepare' },
  recherche_manques: { empreinte: nom, jours: ({ le }: Ligne) => [le] },
  sessions: { empreinte },
  tension_propositions: { regle: nom, alerte_id: ({ etat, id }: Ligne) => (etat === 'alerte' ? id : null) },
  travaux: { fini_le: ({ etat, le }: Ligne) => (['fait', 'echec'].includes(etat) ? le : null), cree_le: ({ le }: Ligne) => new Date(le.getTime() - 31 * JOUR) },
};
/** What belongs to something kept for a time, and stays all the same. */
const GARDEES: Record<string, string> = { valeur_pieces: 'la pièce d’une contribution se garde avec elle, et son fichier aussi' };
/** States that a row never has when the columns alone are looked at: none may be added without a reason. */
const ETATS_A_PART: Record<string, string[]> = {
  lots: ['publie', 'annule'],
  // Published with its answer, without a name: it stands as long as the contract.
  instance_contributions: ['acceptee', 'repondue'],
};

const RANGS = Array.from({ length: 24 }, (_, k) => k);
const ids = RANGS.map(
  (k) =>
    `${(Date.now() - k)
      .toString(16)
      .padStart(12, '0')
      .replace(/^(.{8})(.{4})$/, '$1-$2')}-7000-8000-${String(k).padStart(12, '0')}`,
);

let app: AppDeTest;
let tables: Map<string, Table>;
/** Those whose words go after a time, and those that belong to them. */
let comptees: Table[];
beforeAll(async () => {
  app = await ouvrirApp();
  tables = await listTables(app.base.owner);
  const passe = (t: Table, vus: readonly string[] = []): boolean =>
    t.jours !== null || t.parents.some((p) => !vus.includes(p) && tables.has(p) && passe(tables.get(p) as Table, [...vus, t.nom]));
  comptees = [...tables.values()].filter((t) => passe(t) && !(t.nom in GARDEES));
});
afterAll(() => app.close());

const finDe = (r: Regle | undefined): string | null => (typeof r?.age === 'object' ? r.age.fin : null);
const tenue = (r: Regle | undefined): boolean => typeof r?.age === 'object' && 'tantQue' in r.age;

/** Every rule, as the desk applies it; how many rows each took. */
async function toutPurger(maintenant: Date): Promise<Record<string, number>> {
  const [purgees, fautes]: [Record<string, number>, string[]] = [{}, []];
  for (const regle of HOUSE.conservation)
    await inTransaction(app.db, { contratId: app.contratId }, async (tx) => {
      const vise = await simulerPurge(tx, app.contratId, regle, maintenant);
      purgees[regle.code] = vise.nombre;
      await purger(tx, app.contratId, vise, { maintenant, compteId: null, simulation: false });
    }).catch((e: unknown) => fautes.push(`${regle.code} : ${(e as Error).message}`));
  expect(fautes).toEqual([]);
  return purgees;
}

test('aucune durée ne part d’un événement qui peut ne jamais venir', () => {
  const obligatoire = (table: string, colonne: string) => tables.get(table)?.colonnes.find((c) => c.nom === colonne)?.obligatoire === true;
  const fautes = HOUSE.conservation.flatMap((r) => {
    const debut = typeof r.age === 'string' ? r.age : 'sinon' in r.age ? r.age.sinon : null;
    if (debut !== null && !obligatoire(r.table, debut)) return [`${r.code} : ${r.table}.${debut} peut rester vide`];
    if (typeof r.age === 'string') return [];
    if ('tantQue' in r.age) return r.age.tantQue.length > 10 ? [] : [`${r.code} : sans raison`];
    return r.age.recours === tables.get(r.table)?.recours ? [] : [`${r.code} : le registre n’annonce pas ${r.age.recours} jours de recours`];
  });
  expect(fautes).toEqual([]);
  expect(
    HOUSE.conservation
      .filter(tenue)
      .map((r) => r.code)
      .toSorted(),
  ).toEqual(['correspondants', 'inscrits-retires', 'referents']);
});

test('ce qui appartient à un objet gardé un temps annonce une durée lui aussi, dès qu’une phrase peut y entrer', () => {
  expect(comptees.filter((t) => t.jours === null && libres(t).length > 0).map((t) => t.nom)).toEqual([]);
  expect(comptees.length).toBeGreaterThan(40);
});

test('une phrase semée partout, dans chaque état, fini ou jamais, n’est nulle part après la purge', async () => {
  const maintenant = Date.now();
  const fautes: string[] = [];
  for (const t of comptees) {
    const regle = HOUSE.conservation.find((r) => r.table === t.nom);
    const seulementFinis = tenue(regle);
    const agees = (fini: boolean) => new Date(maintenant - ((t.jours ?? 0) + (fini ? 0 : t.recours) + 2) * JOUR);
    const refus: string[] = [];
    const semee = await semer(app.base.owner, t, {
      contratId: app.contratId,
      ids,
      semences: SEMENCES,
      agees,
      seulementFinis,
      fin: finDe(regle),
      refus: (_, e, erreur) => refus.push(`${e.etat ?? ''} ${e.fini ? 'fini' : 'jamais fini'} : ${erreur.message}`),
    });
    const muettes = libres(t).filter((c) => !semee.dites.has(c.nom) && t.jours !== null);
    if (muettes.length > 0 || semee.nombre === 0)
      fautes.push(`${t.nom} : ${muettes.map((c) => c.nom).join(', ')} jamais dite (${refus.slice(0, 2).join(' ; ')})`);
    const etats = /'([^']*)'::text/g;
    const possibles = t.regles
      .filter((r) => r.colonnes.join() === 'etat' && r.texte.includes('= ANY'))
      .flatMap((r) => [...r.texte.matchAll(etats)].map((m) => m[1] ?? ''));
    const absents = possibles.filter((e) => !semee.etats.has(e) && !ETATS_A_PART[t.nom]?.includes(e));
    if (absents.length > 0) fautes.push(`${t.nom} : ${absents.join(', ')} jamais écrit (${refus.slice(0, 2).join(' ; ')})`);
  }
  expect(fautes).toEqual([]);
  expect((await chercherPartout(app.base.owner, tables.keys())).length).toBeGreaterThan(40);

  const purgees = await toutPurger(new Date(maintenant));
  expect(Object.entries(purgees).filter(([, n]) => n === 0)).toEqual([]);
  expect(await chercherPartout(app.base.owner, tables.keys())).toEqual([]);
});

test('les mots suivent l’objet dont ils sont, même là où les noms durent plus longtemps', async () => {
  const maintenant = Date.now();
  const plusTard = comptees.flatMap((t) =>
    t.parents.flatMap((p) => [tables.get(p)].filter((x) => x !== undefined && (x.jours ?? 9999) < (t.jours ?? 0)).map((x) => ({ t, parent: x as Table }))),
  );
  expect(plusTard.map(({ t, parent }) => `${t.nom} de ${parent.nom}`)).toEqual(expect.arrayContaining(['alerte_evenements de alertes']));
  const neufs = ids.map((id) => id.replace('-7000-', '-7001-'));
  for (const { t, parent } of plusTard)
    for (const x of [parent, t])
      await semer(app.base.owner, x, {
        contratId: app.contratId,
        ids: neufs,
        semences: SEMENCES,
        agees: () => new Date(maintenant - ((parent.jours ?? 0) + parent.recours + 2) * JOUR),
        seulementFinis: false,
      });
  await toutPurger(new Date(maintenant));
  const restes: string[] = [];
  for (const { t } of plusTard)
    for (const c of libres(t).filter((x) => x.mots))
      if (
        (
          await sql<{ n: number }>`select count(*)::int as n from ${sql.table(t.nom)} x where x.${sql.ref(c.nom)}::text like ${`%${MARQUE}%`}`.execute(
            app.base.owner,
          )
        ).rows[0]?.n
      )
        restes.push(`${t.nom}.${c.nom}`);
  expect(restes).toEqual([]);
});
