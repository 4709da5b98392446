import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { OptionsDemo } from '../instances/index.ts';
import { genererInstancesDemo } from '../instances/instances.demo.ts';
import { cadenceDe } from '../instances/instances.rules.ts';
import { genererSeancesDemo, preparerSeancesDemo } from './seances.demo.ts';
import type { Db } from '../../core/base/database.ts';
import { declarerSources } from '../../preparation.ts';
import { type BaseDeTest, testDatabase } from '../../../tests/support/database.ts';
import { ouvrirMesure } from '../../../tests/support/mesure.ts';
import { PARIS, VALBOURG } from '../../../tests/support/template.ts';
import { type Catalogue, chargerContrat, getCatalogue, lireDemonstration } from '../contrats/index.ts';
import { getFigures, getFormulaire, verifierChiffres } from '../indicateurs/index.ts';
import { recalculerChiffres } from '../indicateurs/formulaires.ts';

const JOUR = '2026-11-24';
const ICI = 'mairie-18';

async function generer(db: Db, catalogue: Catalogue, o: OptionsDemo): Promise<void> {
  await genererInstancesDemo(db, catalogue, o);
  await genererSeancesDemo(db, catalogue, o);
}

describe('Les instances de la démonstration', () => {
  let base: BaseDeTest;
  let catalogue: Catalogue;
  let options: OptionsDemo;
  let duree: number;
  const lire = async <T>(requete: ReturnType<typeof sql<T>>): Promise<T[]> => (await requete.execute(base.owner)).rows;
  beforeAll(async () => {
    declarerSources();
    base = await testDatabase();
    catalogue = await getCatalogue(base.owner, (await chargerContrat(base.owner, PARIS)).contratId);
    const demo = await lireDemonstration(PARIS);
    if (!demo) throw new Error('Le contrat de Paris a des personnes de démonstration.');
    options = { annees: demo.annees, graine: demo.graine, personas: demo.personas, profils: demo.profils, jusquau: JOUR };
    const cout = ouvrirMesure();
    await base.owner.transaction().execute((tx) => generer(tx, catalogue, options));
    duree = cout();
    await recalculerChiffres(base.owner, catalogue.contratId);
  });
  afterAll(() => base.close());

  test('chaque type a ses instances : une pour le contrat, ou une dans chaque mairie', async () => {
    expect(duree).toBeLessThan(3000);
    const creees = new Map((await lire(sql<{ type: string; n: number }>`select type, count(*)::int as n from instances group by 1`)).map((r) => [r.type, r.n]));
    const attendues = [...catalogue.typesInstance.values()].filter((t) => t.creation === 'defaut' && t.territoires !== 'libre');
    expect(attendues.map((t) => [t.id, creees.get(t.id)])).toEqual(attendues.map((t) => [t.id, t.territoires === 'mairies' ? 17 : 1]));
    const demandees = [...catalogue.typesInstance.values()].filter((t) => t.creation === 'demande');
    expect(demandees.map((t) => creees.get(t.id))).toEqual(demandees.map(() => undefined));
  });
  test('aucun nom n’est inventé : les sièges sont des fonctions, quatre personnes de la démonstration y siègent', async () => {
    const noms = await lire(sql<{ nom: string; courriel: string }>`select distinct nom, courriel from instance_membres where nom <> '' or courriel <> ''`);
    const personas = new Map(options.personas.map((p) => [p.nom, p.courriel]));
    expect(noms.filter((n) => personas.get(n.nom) !== n.courriel)).toEqual([]);
    expect(noms.map((n) => n.nom).sort()).toEqual(['Claire Fontaine', 'Fatou Ndiaye', 'Nadia Benali', 'Thomas Giraud']);
    const sieges = async (nom: string) =>
      (
        await lire(sql<{ s: string }>`
        select distinct m.qualite || ' ' || coalesce(i.type, '') as s from instance_membres m join instances i on i.id = m.instance_id where m.nom = ${nom}`)
      ).map((r) => r.s);
    expect(await sieges('Thomas Giraud')).toEqual(expect.arrayContaining(['president conseil-parisien', 'president gltd-rixes']));
    expect(await sieges('Nadia Benali')).toEqual(expect.arrayContaining(['secretaire cspda', 'secretaire rav']));
    expect(await sieges('Claire Fontaine')).toContain('secretaire conseil-parisien');
    const lieux = await lire(sql<{ t: string }>`
      select distinct i.territoire_id as t from instance_membres m join instances i on i.id = m.instance_id where m.nom in ('Nadia Benali', 'Fatou Ndiaye')`);
    const sous = catalogue.descendants(ICI);
    expect(lieux.filter((l) => !sous.includes(l.t))).toEqual([]);
  });
  test('les chiffres tenus et recalculés sont les mêmes, et les réunions y comptent', async () => {
    expect((await verifierChiffres(base.owner, catalogue.contratId)).differences).toEqual([]);
    const f = await getFormulaire(base.owner, catalogue.contratId);
    const mesures = [...f.formules.values()].filter((x) => x.atomes.some((a) => a.source === 'reunions' || a.source === 'instances')).map((x) => x.mesureId);
    expect(mesures.sort()).toEqual(['1.3-01', '1.6-03a', '1.6-04a', '2.6-03a', '2.7-07', '3.6-01', '3.6-02', '3.6-08a', '3.8-03']);
    const demande = { mesures, periodes: ['2025'], territoireId: catalogue.racine.id, aire: null, aujourdhui: JOUR };
    const figures = (await getFigures(base.owner, catalogue.contratId, f, demande)).get('2025');
    expect(mesures.filter((m) => (figures?.get(m)?.valeur ?? 0) <= 0)).toEqual([]);
    const ici = await getFigures(base.owner, catalogue.contratId, f, {
      mesures: ['1.6-03a'],
      periodes: ['2025'],
      territoireId: ICI,
      aire: catalogue.aire(ICI),
      aujourdhui: JOUR,
    });
    const [attendu] = await lire(sql<{ n: number }>`
      select count(*)::int as n from seances s join instances i on i.id = s.instance_id
      where i.type = 'cellule-veille-rixes' and i.territoire_id = ${ICI} and s.jour between '2025-01-01' and '2025-12-31'`);
    expect(attendu?.n).toBeGreaterThan(0);
    expect(ici.get('2025')?.get('1.6-03a')?.valeur).toBe(attendu?.n);
  });
  test('des instances sont en retard sur leur cadence, et la plénière du 18e doit bientôt se réunir', async () => {
    const etats = (
      await lire(sql<{ type: string; lieu: string; mois: number; derniere: string; depuis: string }>`
        select i.type, i.territoire_id as lieu, i.cadence_mois as mois, max(s.jour) as derniere, i.cree_le::date as depuis
        from instances i left join seances s on s.instance_id = i.id and s.etat = 'declaree'
        where i.cadence_mois is not null group by 1, 2, 3, 5`)
    ).map((i) => ({ ...i, ...cadenceDe({ ...i, prochaine: null }, JOUR) }));
    expect(etats.filter((e) => e.etat === 'due').length).toBeGreaterThanOrEqual(3);
    expect(etats.find((e) => e.type === 'cspda' && e.lieu === ICI)).toMatchObject({ etat: 'bientot', mois: 11 });
  });
  test('les décisions sont dans tous les états, beaucoup au 18e, avec leur histoire', async () => {
    const d = await lire(sql<{ etat: string; ici: boolean; retard: boolean; responsable: string; fiche: string | null; ligne: string | null; nommee: boolean }>`
      select d.etat, d.territoire_id = any(${catalogue.descendants(ICI)}::text[]) as ici, d.close_le is null and d.echeance < ${JOUR}::date as retard,
        d.responsable_id as responsable, d.fiche, d.ligne, i.confidentialite = 'nommee' as nommee
      from decisions d join instances i on i.id = d.origine_id`);
    expect(d.length).toBeGreaterThan(100);
    expect([...new Set(d.map((x) => x.etat))].sort()).toEqual(['a_faire', 'abandonne', 'bloque', 'en_cours', 'fait']);
    expect(d.filter((x) => x.ici).length).toBeGreaterThan(d.length / 3);
    expect(d.filter((x) => x.retard).length).toBeGreaterThan(5);
    expect(d.filter((x) => x.nommee)).toEqual([]);
    expect(d.filter((x) => !catalogue.acteurs.has(x.responsable))).toEqual([]);
    expect(d.filter((x) => x.ligne !== null && catalogue.lignes.get(x.ligne)?.fiche !== x.fiche)).toEqual([]);
    const [versions] = await lire(sql<{ n: number }>`select count(*)::int as n from decision_versions`);
    expect(versions?.n).toBe(d.filter((x) => x.etat !== 'a_faire').length);
  });
  test('une séance du 18e est convoquée dans les trois semaines, avec l’ordre du jour que Concorde propose', async () => {
    expect(await preparerSeancesDemo(base.owner, catalogue, { jusquau: JOUR })).toBe(1);
    const [seance] = await lire(sql<{ id: string; jour: string; lieu: string; points: number; dossiers: number; reponses: number; attendus: number }>`
      select s.id, s.jour, i.territoire_id as lieu,
        (select count(*)::int from seance_points p where p.seance_id = s.id) as points,
        (select count(*)::int from seance_points p where p.seance_id = s.id and p.dossier is not null) as dossiers,
        (select count(*)::int from seance_participants p where p.seance_id = s.id and p.reponse is not null) as reponses,
        (select count(*)::int from seance_participants p where p.seance_id = s.id) as attendus
      from seances s join instances i on i.id = s.instance_id where s.etat = 'convoquee'`);
    expect(seance).toMatchObject({ lieu: ICI });
    expect(seance && seance.jour > JOUR && seance.jour <= '2026-12-15').toBe(true);
    expect(seance?.points).toBeGreaterThanOrEqual(3);
    expect(seance?.dossiers).toBe(seance?.points);
    expect(seance?.reponses).toBeGreaterThan(0);
    expect(seance?.reponses).toBeLessThan(seance?.attendus ?? 0);
    expect(await preparerSeancesDemo(base.owner, catalogue, { jusquau: JOUR })).toBe(0);
  });
  test('le même tirage donne les mêmes enregistrements ; une ville sans personne de démonstration a les siens', async () => {
    const empreinte = async () =>
      (await lire(sql<{ e: string }>`select md5(string_agg(id::text || jour::text || coalesce(presents, 0), '' order by id)) as e from seances`))[0]?.e;
    const premiere = await empreinte();
    await sql`truncate instances, instance_membres, seances, seance_points, seance_participants, decisions, decision_versions cascade`.execute(base.owner);
    await generer(base.owner, catalogue, options);
    expect(await empreinte()).toBe(premiere);
    const { contratId } = await chargerContrat(base.owner, VALBOURG);
    await generer(base.owner, await getCatalogue(base.owner, contratId), { ...options, personas: [] });
    const [n] = await lire(sql<{ n: number }>`select count(*)::int as n from instances where contrat_id = ${contratId}`);
    expect(n?.n).toBe(4);
  });
});
