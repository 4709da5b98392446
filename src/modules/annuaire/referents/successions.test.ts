/** What a referent leaves behind: an address that nobody reads any more, a successor who is owed, seats that stay as they were. */
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type AppDeTest, ouvrirApp, type Qui } from '../../../../tests/support/app.ts';
import { aLHeureDeParis } from '../../../../tests/support/fuseau.ts';
import { jourDans } from '../../../../tests/support/jours.ts';
import { gestesSurLesReferents } from '../../../../tests/support/referents.ts';
import { inTransaction } from '../../../core/base/database.ts';
import { HOUSE } from '../../../modules.ts';
import { fermerCompte } from '../../comptes/gestion/gestion.queries.ts';
import { createCompte, listComptes } from '../../comptes/sessions.queries.ts';
import type { Echeance } from '../../echeances/index.ts';
import { sourceDemandes } from '../../signalements/demandes/demandes.dus.ts';
import { peutTraiter } from '../../signalements/demandes/demandes.policy.ts';
import { creerReferent } from '../annuaire.fixtures.ts';
import { addReferent } from './referents.queries.ts';
import { prevenirDesReferents } from './referents.ts';

const COORDINATION: Qui = { comme: 'coordination', organisation: 'DPMP' };
const RECTORAT: Qui = { comme: 'agent', organisation: 'RECTORAT' };
const PAV: Qui = { comme: 'association', organisation: 'PAV' };

let app: AppDeTest;
beforeAll(async () => {
  app = await ouvrirApp();
});
afterAll(() => app.close());
const { lire, signaler, lettres, nommer } = gestesSurLesReferents(() => app);

describe('Un référent dont le compte est fermé', () => {
  const ALIX = { nom: 'Andrée Partie', courriel: 'andree.partie@exemple.fr' };
  const fermer = aLHeureDeParis((id: string) =>
    inTransaction(app.db, { contratId: app.contratId }, (tx) =>
      fermerCompte(tx, app.contratId, id, { jour: jourDans(0), par: 'essai', maintenant: new Date(), ailleurs: HOUSE.titres }),
    ),
  );
  const compte = async (o: { nom: string; courriel: string; territoire: string }) =>
    (await createCompte(app.base.owner, app.contratId, {
      ...{ nom: o.nom, courriel: o.courriel, fonction: '', organisationId: 'MA', motDePasse: null, demonstration: false, ordre: 0 },
      ...{ mandats: [{ role: 'agent', territoireId: o.territoire, fiche: null }], accordePar: 'essai', debut: '2020-01-01' },
    })) ?? '';
  const ouvertes = aLHeureDeParis(async () => (await listComptes(app.db, app.contratId, new Date())).ouverts);
  /** Who is reminded of that report today. */
  const rappeles = aLHeureDeParis(async (id: string): Promise<string[]> => {
    const echeances = await lire(sql<Echeance>`select * from echeances where objet_id = ${id} and genre = 'demande' and sans_objet_le is null`);
    const comptes = await ouvertes();
    const p = { contratId: app.contratId, catalogue: app.catalogue, aujourdhui: jourDans(0), maintenant: new Date(), comptes, echeances };
    return [...((await sourceDemandes.destinataires?.(app.db, p)) ?? new Map()).values()].flat().map((x: { courriel: string }) => x.courriel);
  });

  test('n’a plus d’adresse : son suppléant, son service ou qui coordonne lit à sa place, et un successeur est dû le jour même', async () => {
    const [sienne, collegue] = [
      await compte({ ...ALIX, territoire: 'mairie-14' }),
      await compte({ nom: 'Un collègue', courriel: 'collegue@exemple.fr', territoire: 'mairie-14' }),
    ];
    const champs = { role: 'derives-sectaires', organisation: 'MA', territoire: 'mairie-14', debut: '2026-01-01' };
    const cree = await app.post('/annuaire/referents/nouveau', { ...champs, ...ALIX }, COORDINATION);
    const url = String(cree.headers.location);
    const avant = await signaler('7511402', RECTORAT);
    expect([avant.service, (await lettres(avant.id)).map((l) => l.a), await rappeles(avant.id)]).toEqual(['MA', [ALIX.courriel], [ALIX.courriel]]);
    const dette = async () =>
      (
        await lire(sql<{ due: string; soldee: boolean }>`
        select due_le::text as due, soldee_le is not null as soldee from echeances where genre = 'referent' and objet_id = ${url.split('/').pop() ?? ''}`)
      )[0];
    expect(await dette()).toBeUndefined();
    await fermer(sienne);
    expect(await dette()).toEqual({ due: jourDans(0), soldee: false });
    for (const page of [url, '/annuaire/referents?role=derives-sectaires'])
      expect([page, (await app.get(page, PAV)).body.includes('compte fermé le')]).toEqual([page, true]);
    // What was given to them is reminded of to those of their service, and what comes next is told to them and to who coordinates.
    expect(await rappeles(avant.id)).toEqual(['collegue@exemple.fr']);
    const apres = await signaler('7511402', RECTORAT);
    const dites = await lettres(apres.id);
    expect([
      apres.service,
      dites.some((l) => l.a === ALIX.courriel),
      dites.find((l) => l.a === 'collegue@exemple.fr')?.texte.includes('pas d’adresse en service'),
    ]).toEqual(['MA', false, true]);
    expect(dites.some((l) => l.sujet.startsWith('Sans référent') && l.texte.includes('le compte est fermé'))).toBe(true);
    // With nobody left in the service, who coordinates: each of those who are reminded may handle it.
    await fermer(collegue);
    const derniers = await rappeles(avant.id);
    const ouverts = await ouvertes();
    const traitent = ouverts.filter((u) => peutTraiter(u, { ...avant, territoireId: '7511402', serviceId: 'MA' }, app.catalogue, app.catalogue.contient));
    expect([derniers.length > 0, derniers.every((a) => traitent.some((u) => u.courriel === a))]).toEqual([true, true]);
    // A closed address is not taken; a substitute is written to; a successor settles what was owed.
    const refus = await app.post('/annuaire/referents/nouveau', { ...champs, ...ALIX }, COORDINATION);
    expect([refus.statusCode, refus.body.includes('plus personne n’y lit'), refus.body.includes(ALIX.nom)]).toEqual([422, true, true]);
    await compte({ nom: 'Une autre', courriel: 'autre.ma@exemple.fr', territoire: 'mairie-14' });
    expect((await nommer(url.split('/').pop() ?? '', { suppleant_nom: 'Sam', suppleant_courriel: 'sam.14@exemple.fr' })).statusCode).toBe(303);
    expect((await lettres((await signaler('7511402', RECTORAT)).id)).map((l) => l.a)).toEqual(['sam.14@exemple.fr']);
    const suivante = { ...champs, nom: 'Une suivante', courriel: 'suivante@exemple.fr', debut: jourDans(0) };
    expect((await app.post('/annuaire/referents/nouveau', suivante, COORDINATION)).statusCode).toBe(303);
    expect((await dette())?.soldee).toBe(true);
  });
});

describe('Les sièges, d’une succession à l’autre', () => {
  const instance = async (territoire: string) => {
    const champs = { nom: 'Commission essayée', type: 'debits-de-boissons', territoire, porteur: 'MA', confidentialite: 'partenaires' };
    const id =
      String((await app.post('/instances/nouvelle', champs, COORDINATION)).headers.location)
        .split('/')
        .pop() ?? '';
    return {
      id,
      sieges: () =>
        lire(sql<{ nom: string; debut: string; fin: string | null }>`
          select nom, debut::text, fin::text from instance_membres where instance_id = ${id}::uuid and referent_id is not null order by debut, fin, nom`),
    };
  };
  const designer = async (champs: Record<string, string>) => {
    const r = await app.post(
      '/annuaire/referents/nouveau',
      { role: 'nuit', organisation: 'MA', territoire: 'mairie-15', courriel: `${champs.nom?.toLowerCase()}@exemple.fr`, ...champs },
      COORDINATION,
    );
    expect(r.statusCode).toBe(303);
    return String(r.headers.location).split('/').pop() ?? '';
  };

  test('ce qui est passé reste : qui remplace, puis laisse la place, puis revient, a autant de sièges ; aucun n’est ôté', async () => {
    const paris = await creerReferent(app.base.owner, app.contratId, {
      role: 'nuit',
      organisation: 'MA',
      territoire: 'paris',
      nom: 'Wanda',
      debut: '2024-01-01',
    });
    const { id, sieges } = await instance('mairie-15');
    expect(await sieges()).toEqual([{ nom: 'Wanda', debut: jourDans(0), fin: null }]);
    // It sits there since long.
    await sql`update instance_membres set debut = '2024-01-01' where instance_id = ${id}::uuid`.execute(app.base.owner);
    const [sienne] = await lire(sql<{ id: string }>`select id from instance_membres where referent_id = ${paris}::uuid`);
    const alix = await designer({ nom: 'Alix', debut: jourDans(0) });
    const passe = { nom: 'Wanda', debut: '2024-01-01', fin: jourDans(-1) };
    expect(await sieges()).toEqual([passe, { nom: 'Alix', debut: jourDans(0), fin: null }]);
    const seance = await app.post(
      `/instances/${id}/seances/nouvelle`,
      { titre: 'Séance attendue', choix: 'fixe', jour: jourDans(40), heure: '10:00', duree_minutes: '60', lieu: '', visio: '', mot: '', libres: 'Un point' },
      COORDINATION,
    );
    expect(seance.statusCode).toBe(303);
    const attendus = () =>
      lire(sql<{ nom: string; retire: boolean; tenu: boolean }>`
        select p.nom, p.retire_le is not null as retire, m.id is not null as tenu from seance_participants p
        join seances s on s.contrat_id = p.contrat_id and s.id = p.seance_id left join instance_membres m on m.contrat_id = p.contrat_id and m.id = p.membre_id
        where s.instance_id = ${id}::uuid and p.nom <> '' order by p.nom`);
    // Two holes are known beforehand, and each is filled.
    expect((await nommer(alix, { fin: jourDans(20) })).statusCode).toBe(303);
    const bao = await designer({ nom: 'Bao', debut: jourDans(30), fin: jourDans(35) });
    expect(await sieges()).toEqual([
      passe,
      { nom: 'Alix', debut: jourDans(0), fin: jourDans(20) },
      { nom: 'Wanda', debut: jourDans(21), fin: jourDans(29) },
      { nom: 'Bao', debut: jourDans(30), fin: jourDans(35) },
      { nom: 'Wanda', debut: jourDans(36), fin: null },
    ]);
    expect((await attendus()).filter((p) => !p.retire).map((p) => p.nom)).toEqual(['Wanda']);
    // No hole any more: what was to come of her is given up, what a session remembers has still its seat, and what is past is there.
    expect((await nommer(bao, { debut: jourDans(21), fin: '' })).statusCode).toBe(303);
    const page = (await app.get(`/instances/${id}`, COORDINATION)).body;
    expect(await sieges()).toEqual(
      expect.arrayContaining([passe, { nom: 'Alix', debut: jourDans(0), fin: jourDans(20) }, { nom: 'Bao', debut: jourDans(21), fin: null }]),
    );
    const tenus = (await sieges()).filter((s) => s.fin === null || s.fin >= s.debut);
    expect([tenus.length, page.match(/Wanda/g)?.length]).toEqual([3, 1]);
    const dits = await attendus();
    expect([dits.every((p) => p.tenu), dits.filter((p) => !p.retire).map((p) => p.nom)]).toEqual([true, ['Bao']]);
    expect(await lire(sql`select debut::text, fin::text from instance_membres where id = ${sienne?.id ?? ''}::uuid`)).toEqual([
      { debut: '2024-01-01', fin: jourDans(-1) },
    ]);
    // A mistake of the day is undone: she had not left.
    expect((await nommer(alix, { debut: jourDans(3), fin: jourDans(20) })).statusCode).toBe(303);
    expect((await sieges())[0]).toEqual({ nom: 'Wanda', debut: '2024-01-01', fin: jourDans(2) });
    await expect(sql`delete from instance_membres`.execute(app.db)).rejects.toThrow(/permission denied/);
    expect((await nommer(paris, { fin: jourDans(-1) })).statusCode).toBe(303);
  });

  test('deux coordinations à la fois : la seconde lit ce que la première a nommé, et personne ne se rassied', async () => {
    const paris = await creerReferent(app.base.owner, app.contratId, { role: 'cenomed', organisation: 'MA', territoire: 'paris', nom: 'Wilhelm' });
    const { id, sieges } = await instance('mairie-16');
    await sql`update instance_membres set role_referents = 'cenomed' where instance_id = ${id}::uuid and role_referents <> ''`.execute(app.base.owner);
    expect((await nommer(paris, { fonction: 'Référent' })).statusCode).toBe(303);
    const enFonction = async () => (await sieges()).filter((s) => s.fin === null).map((s) => s.nom);
    expect(await enFonction()).toEqual(['Wilhelm']);
    const seconde = await aLHeureDeParis(() =>
      inTransaction(app.db, { contratId: app.contratId }, async (tx) => {
        const v = { role: 'cenomed', organisation: 'MA', territoire: 'mairie-16', nom: 'Ama', courriel: 'ama@exemple.fr', fonction: '', telephone: '' };
        const vide = { suppleant_nom: '', suppleant_courriel: '', suppleant_telephone: '', fin: null, absent_jusquau: null };
        await addReferent(tx, app.contratId, { ...v, ...vide, debut: jourDans(0) }, { par: 'essai', quand: new Date() });
        const c = { db: tx, contrat: { id: app.contratId, slug: app.catalogue.slug }, maintenant: new Date(), utilisateur: null };
        await prevenirDesReferents(c, app.catalogue, ['cenomed']);
        // Corrected meanwhile: it waits, whatever it had read.
        const enAttente = nommer(paris, { telephone: '01 02 03 04 05' });
        await expect
          .poll(() =>
            lire(
              sql`select 1 from pg_locks where locktype = 'advisory' and not granted and database = (select oid from pg_database where datname = current_database())`,
            ),
          )
          .toHaveLength(1);
        return { enAttente };
      }),
    )();
    expect([(await seconde.enAttente).statusCode, await enFonction()]).toEqual([303, ['Ama']]);
  });
});
