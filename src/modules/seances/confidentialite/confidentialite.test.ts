/** What was recorded under a promise keeps it: over HTTP, on a real PostgreSQL. */
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { creerDecision, creerInstance, creerMembre, creerSeance } from '../../instances/instances.fixtures.ts';
import type { Confidentialite } from '../../instances/instances.rules.ts';
import { lireFormulaire } from '../../../../tests/support/formulaire.ts';
import { type AppDeTest, ouvrirApp } from '../../../../tests/support/app.ts';

const AU_18E = { comme: 'coordonnateur', organisation: 'DPMP', territoire: 'mairie-18' } as const;
const PARTENAIRE = { comme: 'agent', organisation: 'PM' } as const;
const MOTIF = 'Les membres l’ont accepté en séance.';
let app: AppDeTest;
let instance: string;
let seance: string;
let document: string;
let decision: string;
beforeAll(async () => {
  app = await ouvrirApp();
});
afterAll(() => app.close());

const un = async (q: ReturnType<typeof sql<{ id: string }>>) => (await q.execute(app.base.owner)).rows[0]?.id ?? '';
async function creer(confidentialite: Confidentialite, etat: 'convoquee' | 'figee' = 'figee') {
  const { owner } = app.base;
  const k = app.contratId;
  instance = await creerInstance(owner, k, { nom: 'Cellule Violette', territoire: 'mairie-18', porteur: 'DPMP', confidentialite });
  await creerMembre(owner, k, instance, { organisation: 'PP', nom: 'Madame Ancienne', debut: '2023-01-01', fin: '2024-01-01' });
  seance = await creerSeance(owner, k, instance, {
    titre: 'Séance Violette',
    etat,
    jour: etat === 'figee' ? '2026-03-12' : '2027-03-12',
    points: ['Point Violette'],
  });
  document = await un(sql`insert into seance_documents (contrat_id, seance_id, titre, nom, type, contenu, octets, depose_par, depose_le)
    values (${k}, ${seance}::uuid, 'Note Violette', 'a.txt', 'text/plain', 'x', 1, 'x', now()) returning id`);
  const d = {
    instanceId: instance,
    seanceId: seance,
    pointId: null,
    nature: 'decision' as const,
    libelle: 'Décision Violette',
    responsableId: 'PP',
    responsableNom: '',
    responsableCourriel: '',
    echeance: '2026-04-01',
    fiche: null,
    ligne: '1.6-R2.5',
    territoireId: 'mairie-18',
  };
  decision = (await creerDecision(owner, k, d, { auteur: 'x', quand: new Date() }))?.id ?? '';
}
const reglages = (confidentialite: Confidentialite, plus: Record<string, string> = {}, version = '1') =>
  app.post(
    `/instances/${instance}/reglages`,
    { nom: 'Cellule Violette', objet: '', confidentialite, cadence_mois: '6', lieu: '', heure: '10:00', duree_minutes: '60', version, ...plus },
    AU_18E,
  );
async function changer(confidentialite: Confidentialite, plus: Record<string, string> = { motif: MOTIF, confirme: 'oui' }) {
  const url = `/seances/${seance}/confidentialite`;
  const { version, _vu } = lireFormulaire((await app.get(url, AU_18E)).body, url);
  return app.post(url, { version: version ?? [], _vu: _vu ?? [], confidentialite, ...plus }, AU_18E);
}
const lit = async (url: string, qui = PARTENAIRE) => (await app.get(url, qui)).statusCode;
const actes = async () =>
  (
    await sql<{ action: string; details: unknown }>`select action, details from audit where action like '%confidentialite' order by numero`.execute(
      app.base.owner,
    )
  ).rows;

describe('Ouvrir une instance', () => {
  beforeEach(() => creer('restreinte'));

  test('n’ouvre rien de son passé : ni séance, ni document, ni décision, ni titre, ni ancien membre, ni chiffre nommé', async () => {
    expect([await lit(`/instances/${instance}`), await lit(`/seances/${seance}`)]).toEqual([404, 404]);
    expect((await reglages('publique', { confirme: 'oui', motif: MOTIF })).statusCode).toBe(303);
    const page = await app.get(`/instances/${instance}`, PARTENAIRE);
    expect([page.statusCode, page.body.includes('Séance Violette'), page.body.includes('Madame Ancienne')]).toEqual([200, false, false]);
    for (const url of [`/seances/${seance}`, `/seances/${seance}/documents/${document}`, `/seances/${seance}/clore`, `/decisions/${decision}`])
      expect([url, await lit(url)]).toEqual([url, 404]);
    for (const url of ['/decisions', '/decisions.csv', '/calendrier?mois=2026-03', '/calendrier.csv?annee=2026'])
      expect([url, (await app.get(url, PARTENAIRE)).body.includes('Violette')]).toEqual([url, false]);
    expect((await app.get(`/instances/${instance}`)).body).not.toContain('Séance Violette');
    const { rows } = await sql<{ titre: string }>`select titre from faits_reunions where id = ${seance}::uuid`.execute(app.base.owner);
    expect(rows[0]?.titre).toBe('Séance d’une instance restreinte');
    // Whoever keeps it still reads everything.
    expect(await app.get(`/seances/${seance}`, AU_18E).then((r) => r.statusCode)).toBe(200);
  });

  test('se confirme après avoir lu ce qui change, avec une raison ; le journal dit l’avant et l’après en clair', async () => {
    const demande = await reglages('partenaires');
    expect([demande.statusCode, demande.body.includes('Garde sa promesse'), demande.body.includes('1 séance')]).toEqual([200, true, false]);
    expect(demande.body).toMatch(/1\s(?:&nbsp;)?séance/u);
    expect(await lit(`/instances/${instance}`)).toBe(404);
    const sansRaison = await reglages('partenaires', { confirme: 'oui', motif: 'non' });
    expect([sansRaison.statusCode, sansRaison.body.includes('Dites pourquoi en une phrase')]).toEqual([422, true]);
    expect((await reglages('partenaires', { confirme: 'oui', motif: MOTIF })).statusCode).toBe(303);
    expect(await lit(`/instances/${instance}`)).toBe(200);
    expect((await actes()).at(-1)).toEqual({ action: 'instance.confidentialite', details: { de: 'restreinte', vers: 'partenaires' } });
    expect((await app.get(`/instances/${instance}`, AU_18E)).body).toContain(MOTIF);
    expect((await app.get(`/instances/${instance}`, PARTENAIRE)).body).not.toContain(MOTIF);
  });

  test('ce qui est créé ensuite suit le nouveau réglage, et n’y cite pas ce qui reste fermé', async () => {
    await reglages('partenaires', { confirme: 'oui', motif: MOTIF });
    const nouvelle = await creerSeance(app.base.owner, app.contratId, instance, { titre: 'Séance suivante', jour: '2027-06-01' });
    expect(await lit(`/seances/${nouvelle}`)).toBe(200);
    const preparer = await app.get(`/seances/${nouvelle}/preparer`, AU_18E);
    expect([preparer.statusCode, preparer.body.includes('Décision Violette')]).toEqual([200, false]);
  });
});

describe('Ouvrir une séance passée', () => {
  beforeEach(async () => {
    await creer('restreinte');
    await reglages('partenaires', { confirme: 'oui', motif: MOTIF });
  });

  test('est un acte à part : une séance, une raison, une confirmation ; ses décisions la suivent', async () => {
    const page = await app.get(`/seances/${seance}/confidentialite`, AU_18E);
    expect([page.statusCode, /1\s(?:&nbsp;)?document/u.test(page.body), page.body.includes('toute personne qui travaille sur le contrat')]).toEqual([
      200,
      true,
      true,
    ]);
    for (const [manque, champs] of [
      ['la raison', { confirme: 'oui' }],
      ['la confirmation', { motif: MOTIF }],
    ] as const) {
      const r = await changer('partenaires', champs);
      expect([manque, r.statusCode, await lit(`/seances/${seance}`)]).toEqual([manque, 422, 404]);
    }
    expect((await changer('partenaires')).statusCode).toBe(303);
    for (const url of [`/seances/${seance}`, `/seances/${seance}/documents/${document}`, `/decisions/${decision}`])
      expect([url, await lit(url)]).toEqual([url, 200]);
    expect((await actes()).at(-1)).toEqual({ action: 'seance.confidentialite', details: { de: 'restreinte', vers: 'partenaires' } });
    expect((await app.get(`/seances/${seance}/confidentialite`, AU_18E)).body).toContain(MOTIF);
    expect((await changer('restreinte')).statusCode).toBe(303);
    expect([await lit(`/seances/${seance}`), await lit(`/decisions/${decision}`)]).toEqual([404, 404]);
  });

  test('jamais plus que son instance, jamais par qui ne la tient pas', async () => {
    expect((await changer('publique')).statusCode).toBe(422);
    const autre = await app.post(`/seances/${seance}/confidentialite`, { confidentialite: 'partenaires', motif: MOTIF, confirme: 'oui' }, PARTENAIRE);
    expect([autre.statusCode, await lit(`/seances/${seance}`)]).toEqual([404, 404]);
    expect(await lit(`/seances/${seance}/confidentialite`)).toBe(404);
  });
});

describe('Fermer une instance', () => {
  test('vaut aussitôt pour elle, et pour ses séances qui ne sont pas finies même si elle rouvre', async () => {
    await creer('partenaires', 'convoquee');
    expect(await lit(`/seances/${seance}`)).toBe(200);
    expect((await reglages('restreinte')).statusCode).toBe(303);
    expect([await lit(`/instances/${instance}`), await lit(`/seances/${seance}`), await lit(`/decisions/${decision}`)]).toEqual([404, 404, 404]);
    expect((await reglages('partenaires', { confirme: 'oui', motif: MOTIF }, '2')).statusCode).toBe(303);
    expect([await lit(`/instances/${instance}`), await lit(`/seances/${seance}`), await lit(`/decisions/${decision}`)]).toEqual([200, 404, 404]);
  });

  test('ne reprend pas un relevé que tous ont lu', async () => {
    await creer('publique');
    const contenu = JSON.stringify({ instance: { nom: 'Cellule Violette' }, seance: { titre: 'Séance Violette' } });
    await sql`insert into releves (contrat_id, seance_id, version, numero, contenu, empreinte, fige_par, fige_le)
      values (${app.contratId}, ${seance}::uuid, 1, 'V-2026-1', ${contenu}::jsonb, 'x', 'x', now())`.execute(app.base.owner);
    await sql`insert into releve_publications (contrat_id, seance_id, version, contenu, retraits, publie_par, publie_le)
      values (${app.contratId}, ${seance}::uuid, 1, ${contenu}::jsonb, 0, 'x', now())`.execute(app.base.owner);
    expect((await app.get('/releves')).body).toContain('V-2026-1');
    await reglages('restreinte');
    expect((await app.get('/releves')).body).toContain('V-2026-1');
    expect(await lit(`/seances/${seance}`)).toBe(404);
    expect((await changer('restreinte')).statusCode).toBe(303);
    expect((await app.get('/releves')).body).not.toContain('V-2026-1');
  });
});

describe('Le jour d’une séance', () => {
  const ligne = async (qui?: Parameters<AppDeTest['get']>[1], url = '/instances?q=violette') => (await app.get(url, qui)).body;
  const planifier = (o: Parameters<typeof creerSeance>[3]) => creerSeance(app.base.owner, app.contratId, instance, o);

  test('que le lecteur ne peut pas lire ne se dit nulle part, ni par un retard, ni par une décision comptée', async () => {
    await creer('restreinte');
    await planifier({ titre: 'Séance Violette à venir', etat: 'convoquee', jour: '2027-09-23' });
    expect((await reglages('publique', { confirme: 'oui', motif: MOTIF })).statusCode).toBe(303);
    await sql`update instances set type = 'cspda', cadence_mois = 1 where id = ${instance}::uuid`.execute(app.base.owner);
    for (const qui of [undefined, PARTENAIRE])
      for (const url of ['/instances', `/instances/${instance}`, ...(qui ? ['/instances/types/cspda', `/decisions?instance=${instance}`] : [])]) {
        const page = await ligne(qui, url);
        for (const mot of ['12/03/2026', '23/09/2027', 'sans séance depuis', 'jamais réunie'])
          expect([url, qui?.comme, mot, page.includes(mot)]).toEqual([url, qui?.comme, mot, false]);
      }
    const vue = await ligne(PARTENAIRE, '/instances');
    const rangee = vue.slice(vue.indexOf('Cellule Violette'));
    expect(rangee.slice(0, rangee.indexOf('</tr>'))).toContain('non communiquée');
    expect(rangee.slice(0, rangee.indexOf('</tr>'))).toMatch(/numeric[^>]*>0</);
    // Whoever keeps it knows them all.
    const tenue = await ligne(AU_18E, '/instances');
    expect([tenue.includes('12/03/2026'), tenue.includes('23/09/2027')]).toEqual([true, true]);
  });

  test('qui se prépare, ou fut abandonnée avant d’être annoncée, n’est pas pour le public', async () => {
    await creer('publique');
    await planifier({ titre: 'Séance à préparer', etat: 'preparation', jour: '2027-11-04' });
    await planifier({ titre: 'Séance abandonnée', etat: 'annulee', jour: '2027-11-05' });
    for (const url of ['/instances', `/instances/${instance}`, '/calendrier?mois=2027-11', '/calendrier.csv?annee=2027']) {
      const page = await ligne(undefined, url);
      for (const mot of ['04/11/2027', '05/11/2027', '2027-11-04', 'Séance à préparer', 'Séance abandonnée'])
        expect([url, mot, page.includes(mot)]).toEqual([url, mot, false]);
    }
    expect(await ligne(PARTENAIRE, '/instances')).toContain('04/11/2027');
  });
});
