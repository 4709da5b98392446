/** Bodies and their seats over HTTP, on a real PostgreSQL. */
import { ajouterMois } from '../echeances/index.ts';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { jourCourt } from '../../ui/typographie.ts';
import { creerInstance, creerMembre, creerSeance } from './instances.fixtures.ts';
import { type AppDeTest, ouvrirApp } from '../../../tests/support/app.ts';
import { verifierChiffres } from '../indicateurs/index.ts';
import { lireFormulaire } from '../../../tests/support/formulaire.ts';
import { jourDans } from '../../../tests/support/jours.ts';

let app: AppDeTest;
beforeAll(async () => {
  app = await ouvrirApp();
});
afterAll(() => app.close());

const COORDINATION = { comme: 'coordination', organisation: 'DPMP' } as const;
const AU_18E = { comme: 'coordonnateur', organisation: 'DPMP', territoire: 'mairie-18' } as const;
const ID = /\/(?:instances|seances)\/([0-9a-f-]{36})/;
const idDe = (location: unknown): string => ID.exec(String(location))?.[1] ?? '';

describe('Instances', () => {
  test('GOUV-03, couverture-des-mairies : les 17 instances d’un type par mairie se créent en un acte, une seule fois', async () => {
    expect((await app.get('/instances/types/cspda', COORDINATION)).body).toContain('Créer les 17 instances');
    expect((await app.post('/instances/types/cspda', {}, COORDINATION)).statusCode).toBe(303);
    expect((await app.post('/instances/types/cspda', {}, COORDINATION)).statusCode).toBe(303);
    const { rows } = await sql<{ n: number; sieges: number }>`
      select count(*)::int as n, (select count(*)::int from instance_membres m where m.instance_id = min(i.id::text)::uuid) as sieges
      from instances i where contrat_id = ${app.contratId} and type = 'cspda'`.execute(app.base.owner);
    expect(rows[0]?.n).toBe(17);
    expect(rows[0]?.sieges).toBeGreaterThan(2);
    expect((await app.get('/instances?type=cspda', COORDINATION)).body).toMatch(/17.instances/);
  });

  test('deux personnes qui créent les mêmes instances au même instant n’en font qu’une de chaque', async () => {
    const reponses = await Promise.all([app.post('/instances/types/rav', {}, COORDINATION), app.post('/instances/types/rav', {}, COORDINATION)]);
    expect(reponses.every((r) => r.statusCode === 303)).toBe(true);
    const { rows } = await sql<{ n: number }>`select count(*)::int as n from instances where contrat_id = ${app.contratId} and type = 'rav'`.execute(
      app.base.owner,
    );
    expect(rows[0]?.n).toBe(17);
  });

  test('un coordonnateur ne crée que celle de sa mairie, un partenaire aucune', async () => {
    const r = await app.post('/instances/types/debits-de-boissons', {}, AU_18E);
    expect(r.statusCode).toBe(303);
    const { rows } = await sql<{ t: string }>`
      select territoire_id as t from instances where contrat_id = ${app.contratId} and type = 'debits-de-boissons'`.execute(app.base.owner);
    expect(rows.map((x) => x.t)).toEqual(['mairie-18']);
    expect((await app.post('/instances/types/debits-de-boissons', {}, { comme: 'agent' })).statusCode).toBe(403);
    const nouvelle = { nom: 'Groupe du 12e', territoire: 'mairie-12', porteur: 'DPMP', confidentialite: 'partenaires', duree_minutes: '90', heure: '09:30' };
    expect((await app.post('/instances/nouvelle', nouvelle, AU_18E)).statusCode).toBe(403);
  });

  test('GOUV-28, acces-restreint : une instance restreinte n’existe que pour ses membres et la coordination', async () => {
    const id = await creerInstance(app.base.owner, app.contratId, {
      territoire: 'mairie-18',
      porteur: 'DPMP',
      confidentialite: 'restreinte',
      nom: 'Cellule fermée',
    });
    const seance = await creerSeance(app.base.owner, app.contratId, id, { etat: 'convoquee', points: ['Point fermé'] });
    for (const qui of [{ comme: 'agent' } as const, { ...AU_18E, territoire: 'mairie-12' }, undefined]) {
      expect((await app.get(`/instances/${id}`, qui)).statusCode).toBe(404);
      expect((await app.get('/instances', qui)).body).not.toContain('Cellule fermée');
      expect([303, 404]).toContain((await app.get(`/seances/${seance}`, qui)).statusCode);
    }
    expect((await app.get(`/instances/${id}`, COORDINATION)).statusCode).toBe(200);
    expect((await app.get(`/seances/${seance}`, AU_18E)).body).toContain('Point fermé');
  });

  test('le public voit une instance publique sans aucun nom de personne', async () => {
    const id = await creerInstance(app.base.owner, app.contratId, {
      territoire: 'mairie-18',
      porteur: 'DPMP',
      confidentialite: 'publique',
      nom: 'Conseil ouvert',
    });
    await creerMembre(app.base.owner, app.contratId, id, {
      qualite: 'president',
      fonction: 'Maire',
      organisation: 'VILLE',
      nom: 'Zélie Quidam',
      courriel: 'zelie@exemple.fr',
    });
    const publique = (await app.get(`/instances/${id}`)).body;
    expect(publique).toContain('Conseil ouvert');
    expect(publique).not.toContain('Quidam');
    expect((await app.get(`/instances/${id}`, { comme: 'agent' })).body).toContain('Quidam');
  });

  test('GOUV-26, jour-et-nombre : d’une instance nommée seulement, on garde le jour et le nombre, et rien d’autre ne s’y prépare', async () => {
    const id = idDe((await app.post('/instances/types/teh-mineurs', {}, COORDINATION)).headers.location);
    expect((await app.post(`/instances/${id}/declarer`, { jour: '2026-04-02', presents: '11' }, COORDINATION)).statusCode).toBe(303);
    const page = (await app.get(`/instances/${id}`, COORDINATION)).body;
    expect([page.includes(jourCourt('2026-04-02')), />11<\/td>/.test(page)]).toEqual([true, true]);
    expect(page).not.toContain('/seances/nouvelle');
    expect((await app.get(`/instances/${id}/seances/nouvelle`, COORDINATION)).statusCode).toBe(409);
    const { rows } = await sql<{ n: number }>`
      select count(*)::int as n from seance_points p join seances s on s.id = p.seance_id where s.instance_id = ${id}::uuid`.execute(app.base.owner);
    expect(rows[0]?.n).toBe(0);
  });

  test('GOUV-01, cadence : la cadence dépassée se voit, et dit depuis combien de mois', async () => {
    const id = await creerInstance(app.base.owner, app.contratId, { territoire: 'mairie-18', porteur: 'DPMP', cadence: 3, nom: 'Comité en retard' });
    const ilYA11Mois = ajouterMois(jourDans(), -11);
    await creerSeance(app.base.owner, app.contratId, id, { jour: ilYA11Mois, etat: 'declaree', presents: 8 });
    expect((await app.get(`/instances/${id}`, AU_18E)).body).toMatch(/Pas de séance depuis 1[01] mois/);
    expect((await app.get('/instances?etat=a-reunir', AU_18E)).body).toContain('Comité en retard');
    expect((await app.get('/ma-journee', AU_18E)).body).toContain('Comité en retard');
  });

  test('les dernières séances d’une instance se voient ; les plus anciennes se déplient, et ses membres restent à portée', async () => {
    const id = await creerInstance(app.base.owner, app.contratId, { territoire: 'mairie-18', porteur: 'DPMP', nom: 'Groupe assidu' });
    for (let mois = 1; mois <= 10; mois++)
      await creerSeance(app.base.owner, app.contratId, id, { jour: `2025-${String(mois).padStart(2, '0')}-15`, etat: 'declaree', presents: 8 });
    const page = (await app.get(`/instances/${id}`, AU_18E)).body;
    const [recentes = '', anciennes = ''] = page.split(/2.séances plus anciennes/);
    expect(['2025-10-15', '2025-03-15'].map((j) => recentes.includes(jourCourt(j)))).toEqual([true, true]);
    expect(['2025-02-15', '2025-01-15'].map((j) => [recentes.includes(jourCourt(j)), anciennes.includes(jourCourt(j))])).toEqual([
      [false, true],
      [false, true],
    ]);
  });

  test('la page d’un territoire montre d’abord l’instance qui se réunit bientôt', async () => {
    for (const n of '123456789')
      await creerInstance(app.base.owner, app.contratId, { territoire: 'mairie-5', porteur: 'DPMP', nom: `Groupe ${n}`, confidentialite: 'publique' });
    const id = await creerInstance(app.base.owner, app.contratId, { territoire: 'mairie-5', porteur: 'DPMP', nom: 'Voisins', confidentialite: 'publique' });
    await creerSeance(app.base.owner, app.contratId, id, { jour: '2099-01-15', etat: 'convoquee' });
    const noms = [...(await app.get('/territoires/mairie-5', AU_18E)).body.matchAll(/>(Groupe \d|Voisins)</g)].map((m) => m[1]);
    expect(noms.slice(0, 2)).toEqual(['Voisins', 'Groupe 1']);
    expect(noms).not.toContain('Groupe 9');
  });

  test('GOUV-18, reunions-comptees : une réunion déclarée compte aussitôt, et les chiffres restent d’accord avec les faits', async () => {
    const cree = await app.post('/instances/types/cellule-veille-rixes', {}, AU_18E);
    const id = idDe(cree.headers.location);
    const chiffre = async () => (await app.get('/chiffres/1.6-03a?periode=2026&territoire=mairie-18', COORDINATION)).body;
    const avant = await chiffre();
    expect((await app.post(`/instances/${id}/declarer`, { jour: '2026-03-12', presents: '9' }, AU_18E)).statusCode).toBe(303);
    expect(await chiffre()).not.toBe(avant);
    expect((await verifierChiffres(app.base.owner, app.contratId)).differences).toEqual([]);
    const futur = await app.post(`/instances/${id}/declarer`, { jour: '2099-03-12', presents: '9' }, AU_18E);
    expect(futur.statusCode).toBe(422);
    expect(futur.body).toContain('pas encore eu lieu');
  });

  test('GOUV-05, composition : un siège se pourvoit, se corrige et se termine ; une saisie fautive ne perd rien', async () => {
    const id = await creerInstance(app.base.owner, app.contratId, { territoire: 'mairie-18', porteur: 'DPMP', nom: 'Comité aux sièges' });
    const membre = {
      qualite: 'membre',
      fonction: 'Commissaire central',
      organisation: 'PP',
      nom: 'Ada Fictive',
      courriel: 'pas-une-adresse',
      debut: '2026-01-01',
      fin: '',
    };
    const faute = await app.post(`/instances/${id}/membres/nouveau`, membre, AU_18E);
    expect(faute.statusCode).toBe(422);
    expect(faute.body).toContain('Ada Fictive');
    expect(faute.body).toContain('n’est pas une adresse électronique');
    expect((await app.post(`/instances/${id}/membres/nouveau`, { ...membre, courriel: 'Ada@Exemple.fr' }, AU_18E)).statusCode).toBe(303);
    expect((await app.post(`/instances/${id}/membres/nouveau`, { ...membre, courriel: '' }, { comme: 'agent' })).statusCode).toBe(403);
    const { rows } = await sql<{ id: string; courriel: string }>`
      select id, courriel from instance_membres where contrat_id = ${app.contratId} and instance_id = ${id}::uuid`.execute(app.base.owner);
    expect(rows.map((r) => r.courriel)).toEqual(['ada@exemple.fr']);
    const fin = await app.post(`/instances/${id}/membres/${rows[0]?.id}`, { ...membre, courriel: '', fin: '2025-01-01', version: '1' }, AU_18E);
    expect(fin.statusCode).toBe(422);
    expect(fin.body).toContain('La fin précède le début');
  });

  test('l’adresse d’un compte fermé est refusée à son champ, sans rien perdre ; celle qui y était déjà n’empêche pas de finir le siège', async () => {
    const id = await creerInstance(app.base.owner, app.contratId, { territoire: 'mairie-18', porteur: 'DPMP', nom: 'Comité d’où l’on part' });
    await sql`insert into comptes (contrat_id, courriel, nom, fonction, organisation_id, ferme_le)
      values (${app.contratId}, 'partie@exemple.fr', 'Une Partie', '', 'PP', now())`.execute(app.base.owner);
    const membre = { qualite: 'membre', fonction: 'Commissaire central', organisation: 'PP', nom: 'Ada Fictive', debut: '2026-01-01', fin: '' };
    for (const champ of ['courriel', 'suppleant_courriel']) {
      const refus = await app.post(`/instances/${id}/membres/nouveau`, { ...membre, [champ]: 'Partie@exemple.fr' }, AU_18E);
      expect([refus.statusCode, refus.body.includes('Le compte de cette adresse est fermé')]).toEqual([422, true]);
      expect(refus.body).toMatch(new RegExp(`id="${champ}-erreur"`));
      for (const garde of ['Ada Fictive', 'Partie@exemple.fr', 'Commissaire central']) expect(refus.body).toContain(garde);
    }
    const siege = await creerMembre(app.base.owner, app.contratId, id, { organisation: 'PP', courriel: 'partie@exemple.fr', nom: 'Une Partie' });
    const url = `/instances/${id}/membres/${siege}`;
    const fini = { ...lireFormulaire((await app.get(url, AU_18E)).body, url), fin: '2099-01-01' };
    expect((await app.post(url, fini, AU_18E)).statusCode).toBe(303);
  });

  test('un membre demande un point ; qui n’est pas membre ne le peut pas', async () => {
    const id = await creerInstance(app.base.owner, app.contratId, { territoire: 'mairie-18', porteur: 'DPMP', nom: 'Comité à l’écoute' });
    expect((await app.post(`/instances/${id}/demandes`, { titre: 'Éclairage du square' }, { comme: 'agent' })).statusCode).toBe(403);
    expect((await app.post(`/instances/${id}/demandes`, { titre: 'Éclairage du square' }, AU_18E)).statusCode).toBe(303);
    const nouvelle = await app.get(`/instances/${id}/seances/nouvelle`, AU_18E);
    expect(nouvelle.body).toContain('Éclairage du square');
  });

  test('deux personnes qui changent les réglages ensemble : la seconde est prévenue', async () => {
    const id = await creerInstance(app.base.owner, app.contratId, { territoire: 'mairie-18', porteur: 'DPMP', nom: 'Comité disputé' });
    const reglages = { nom: 'Comité disputé', confidentialite: 'partenaires', duree_minutes: '120', heure: '10:00', version: '1', cadence_mois: '6' };
    expect((await app.post(`/instances/${id}/reglages`, reglages, COORDINATION)).statusCode).toBe(303);
    expect((await app.post(`/instances/${id}/reglages`, { ...reglages, cadence_mois: '9' }, COORDINATION)).statusCode).toBe(409);
  });

  test('chaque dispositif de gouvernance du contrat a sa page et crée ses instances', async () => {
    const gouvernance = [...app.catalogue.systemes.values()].filter((x) => x.archetype === 'GOUV');
    expect(gouvernance).toHaveLength(52);
    const types = [...app.catalogue.typesInstance.values()].filter((x) => gouvernance.some((s) => s.id === x.systeme));
    expect(gouvernance.filter((s) => !types.some((x) => x.systeme === s.id))).toEqual([]);
    for (const type of types) {
      const page = await app.get(`/instances/types/${type.id}`, COORDINATION);
      expect([type.id, page.statusCode]).toEqual([type.id, 200]);
      expect((await app.post(`/instances/types/${type.id}`, {}, COORDINATION)).statusCode).toBeLessThan(404);
    }
    const { rows } = await sql<{ type: string; n: number }>`
      select type, count(*)::int as n from instances where contrat_id = ${app.contratId} and type is not null group by type`.execute(app.base.owner);
    const n = new Map(rows.map((r) => [r.type, r.n]));
    for (const t of types.filter((x) => x.creation === 'defaut' && x.territoires !== 'libre'))
      expect([t.id, n.get(t.id)]).toEqual([t.id, t.territoires === 'mairies' ? 17 : 1]);
    expect((await app.get('/dispositifs/GOUV-03', COORDINATION)).body).toContain('href="/instances/types/cspda"');
  });
});
