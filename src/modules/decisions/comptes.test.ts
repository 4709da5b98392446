/** Counts kept with decisions: exact after whatever wrote them, and what each reader is shown is what they may open. */
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type AppDeTest, ouvrirApp } from '../../../tests/support/app.ts';
import { aLHeureDeParis } from '../../../tests/support/fuseau.ts';
import { creerDecision, creerInstance, creerMembre, creerSeance } from '../instances/instances.fixtures.ts';
import { verifierComptes } from './comptes.queries.ts';
import { setPromesseDesSeances } from './ecriture.queries.ts';
import { countDecisions, countDecisionsOuvertes, countDecisionsParLigne, type FiltresDecisions, listDecisions } from './listes.queries.ts';
import type { LecteurDeDecisions } from './origines.ts';
import { getUtilisateurDeSession } from '../comptes/sessions.queries.ts';

const AUJOURDHUI = '2026-11-20';
const LIGNE = '1.6-R2.5';
let app: AppDeTest;
let instances: string[];
let seance: string;
beforeAll(async () => {
  app = await ouvrirApp();
  const { owner } = app.base;
  instances = [];
  for (const [nom, territoire, confidentialite] of [
    ['Conseil', 'mairie-18', 'partenaires'],
    ['Cellule', 'mairie-18', 'restreinte'],
    ['Comité', 'mairie-12', 'publique'],
  ] as const)
    instances.push(await creerInstance(owner, app.contratId, { territoire, porteur: 'DPMP', nom, confidentialite }));
  seance = await creerSeance(owner, app.contratId, instances[0] ?? '', { titre: 'Séance', jour: '2026-10-01', etat: 'ouverte', points: ['Point'] });
  for (let i = 0; i < 24; i++)
    await creerDecision(
      owner,
      app.contratId,
      {
        instanceId: instances[i % 3] ?? '',
        seanceId: i % 3 === 0 ? seance : null,
        pointId: null,
        nature: i % 2 ? 'action' : 'decision',
        libelle: `Décision ${i} : éclairer la place`,
        responsableId: 'RATP',
        responsableNom: '',
        responsableCourriel: '',
        echeance: i % 4 === 0 ? null : `2026-${i % 4 === 1 ? '10' : '12'}-15`,
        fiche: i % 2 ? '1.6' : null,
        ligne: i % 4 === 1 ? LIGNE : null,
        territoireId: i % 3 === 2 ? 'mairie-12' : 'mairie-18',
      },
      { auteur: 'Essai', quand: new Date(Date.UTC(2026, 8, 1, 8, i)) },
    );
});
afterAll(() => app.close());

const differences = async () => (await verifierComptes(app.base.owner, app.contratId)).differences;
const changer = (etat: string, ou: ReturnType<typeof sql>) =>
  sql`update decisions set etat = ${etat}, preuve = 'vu', motif = 'sans objet', condition = 'accord',
    close_le = ${etat === 'fait' || etat === 'abandonne' ? '2026-11-01' : null}::date
    where contrat_id = ${app.contratId} and ${ou}`.execute(app.base.owner);

async function lecteur(comme: 'coordination' | 'coordonnateur' | 'agent', o: { territoire?: string; siege?: boolean } = {}): Promise<LecteurDeDecisions> {
  const temoin = await app.temoin({ comme, organisation: 'RATP', ...(o.territoire ? { territoire: o.territoire } : {}) });
  const u = await aLHeureDeParis(getUtilisateurDeSession)(app.db, app.contratId, temoin.slice(temoin.indexOf('=') + 1), new Date());
  if (!u) throw new Error('Personne');
  if (o.siege) await creerMembre(app.base.owner, app.contratId, instances[1] ?? '', { organisation: 'RATP', courriel: u.courriel });
  return { u, catalogue: app.catalogue, aujourdhui: AUJOURDHUI };
}

describe('Comptes des décisions', () => {
  test('exacts après créations, changements d’état, de lieu, de promesse et retraits, un à un ou en bloc', async () => {
    expect(await differences()).toEqual([]);
    await changer('fait', sql`numero % 3 = 1`);
    await changer('bloque', sql`numero % 5 = 2`);
    await changer('abandonne', sql`numero = 4`);
    await changer('a_faire', sql`numero = 4 and origine_id = ${instances[0]}::uuid`);
    expect(await differences()).toEqual([]);
    await sql`update decisions set territoire_id = 'mairie-14', fiche = '3.5', ligne = null where contrat_id = ${app.contratId} and numero = 5`.execute(
      app.base.owner,
    );
    await setPromesseDesSeances(app.base.owner, app.contratId, [seance], 'restreinte');
    await sql`delete from decisions where contrat_id = ${app.contratId} and numero = 8 and version = 1 and seance_id is null`.execute(app.base.owner);
    expect(await differences()).toEqual([]);
  });

  test('exacts quand plusieurs écrivent à la fois, et quand l’un d’eux renonce', async () => {
    const { rows } = await sql<{ id: string }>`select id from decisions where contrat_id = ${app.contratId} order by id`.execute(app.base.owner);
    const etats = ['a_faire', 'en_cours', 'bloque', 'fait', 'abandonne'];
    await Promise.all(
      rows.map(({ id }, i) =>
        app.base.owner
          .transaction()
          .execute(async (tx) => {
            const etat = etats[i % 5] ?? 'fait';
            const close = etat === 'fait' || etat === 'abandonne' ? '2026-11-02' : null;
            await sql`update decisions set etat = ${etat}, preuve = 'vu', motif = 'x', condition = 'y', close_le = ${close}::date
              where contrat_id = ${app.contratId} and id = ${id}::uuid`.execute(tx);
            if (i % 4 === 3) throw new Error('renonce');
          })
          .catch((e: Error) => expect(e.message).toBe('renonce')),
      ),
    );
    expect(await differences()).toEqual([]);
  });

  test('l’application ne peut pas les écrire', async () => {
    await expect(sql`update decision_comptes set nombre = nombre + 1`.execute(app.db)).rejects.toThrow(/permission denied/);
    await expect(sql`delete from decision_comptes`.execute(app.db)).rejects.toThrow(/permission denied/);
  });

  test('chacun lit le nombre de ce qu’il peut ouvrir, quels que soient les filtres', async () => {
    const lecteurs = [
      await lecteur('coordination'),
      await lecteur('coordonnateur', { territoire: 'mairie-18' }),
      await lecteur('agent'),
      await lecteur('agent', { siege: true }),
    ];
    const filtres: FiltresDecisions[] = [
      {},
      { territoires: ['mairie-18'] },
      { territoires: ['mairie-12', 'mairie-14', 'mairie-12'] },
      { fiche: '1.6' },
      { ligne: LIGNE },
      { fiche: '1.6', ligne: LIGNE },
      { fiche: '1.6', territoires: ['mairie-18'] },
      { nature: 'action' },
      { q: 'éclairer' },
      { qui: 'mon-organisation' },
      { origine: { genre: 'instance', id: instances[1] ?? '' } },
      { origine: { genre: 'instance', id: instances[0] ?? '' }, territoires: ['mairie-18'] },
      { etat: 'fait' },
      { retard: true },
    ];
    const vus = new Set<number>();
    for (const l of lecteurs) {
      for (const f of filtres) {
        const lues = await listDecisions(app.db, app.contratId, l, { ...f, etat: undefined, retard: false }, null, 1000);
        const comptes = await countDecisions(app.db, app.contratId, l, f);
        const attendus = Object.fromEntries(
          (['a_faire', 'en_cours', 'bloque', 'fait', 'abandonne'] as const).map((e) => [e, lues.filter((d) => d.etat === e).length]),
        );
        const retard = lues.filter((d) => d.closeLe === null && d.echeance !== null && d.echeance < AUJOURDHUI).length;
        expect(comptes, JSON.stringify(f)).toEqual({ ...attendus, retard });
        vus.add(lues.length);
      }
      const toutes = await listDecisions(app.db, app.contratId, l, { etat: 'ouvertes' }, null, 1000);
      const parInstance = await countDecisionsOuvertes(app.db, app.contratId, l, 'instance');
      for (const id of instances) expect(parInstance.get(id) ?? 0).toBe(toutes.filter((d) => d.origineId === id).length);
    }
    // Readers and filters do not all see the same number: the comparison above could have failed.
    expect(vus.size).toBeGreaterThan(4);
  });

  test('ce que chacun lit d’une ligne d’action laisse de côté ce qui est fermé aux autres', async () => {
    const { rows } = await sql<{ n: number }>`
      select count(*)::int as n from decisions d join instances i on i.contrat_id = d.contrat_id and i.id = d.origine_id
      where d.contrat_id = ${app.contratId} and d.ligne = ${LIGNE} and 'restreinte' not in (i.confidentialite, d.confidentialite) and d.close_le is null`.execute(
      app.base.owner,
    );
    const comptes = await countDecisionsParLigne(app.db, app.contratId, [LIGNE, '9.9-inconnue']);
    expect(comptes.get(LIGNE)?.ouvertes ?? 0).toBe(rows[0]?.n);
    expect(comptes.has('9.9-inconnue')).toBe(false);
  });
});
