/** What is planned, done or cancelled: series, the day that asks, what counts and what does not. */
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type AppDeTest, ouvrirApp } from '../../../../tests/support/app.ts';
import { lireFormulaire } from '../../../../tests/support/formulaire.ts';
import { aLHeureDeParis } from '../../../../tests/support/fuseau.ts';
import { accorderTout } from '../../echeances/index.ts';
import { definitionsDecouvertes } from '../registres.definitions.ts';
import { vueDe } from '../registres.views.ts';
import { joursDeSerie } from './etapes.rules.ts';

const QUI = { comme: 'coordonnateur', organisation: 'DPMP', territoire: 'mairie-18' } as const;
const AILLEURS = { comme: 'agent', organisation: 'RATP' } as const;
const FORMATION = {
  jour: '14/03/2026',
  titre: 'Session',
  territoire_id: 'mairie-18',
  organisation_id: 'DPMP',
  'donnees.type': 'continue',
  'donnees.theme': 'rixes',
  'donnees.employeur': 'dpmp',
  'donnees.public': 'police-municipale',
};
const nettoyee = (html: string) => html.replace(/<!-- -->/g, '');

let app: AppDeTest;
beforeAll(async () => {
  app = await ouvrirApp();
});
afterAll(() => app.close());
const envoyer = (champs: Record<string, string>) => app.post('/registres/formations/nouveau', { ...FORMATION, ...champs }, QUI);
async function creer(champs: Record<string, string>): Promise<string> {
  const r = await envoyer(champs);
  expect([r.statusCode, /error-summary__body[\s\S]{0,300}/.exec(r.body)?.[0] ?? '']).toEqual([303, '']);
  return String(r.headers.location);
}
const faits = async () =>
  (await sql<{ n: number }>`select count(*)::int as n from faits_formations where contrat_id = ${app.contratId}`.execute(app.base.owner)).rows[0]?.n;
const idDe = (chemin: string) => chemin.split('/').at(-1) ?? '';
const reculer = (chemin: string, jour: string) =>
  sql`update activites set jour = ${jour}::date where contrat_id = ${app.contratId} and id = ${idDe(chemin)}::uuid`.execute(app.base.owner);
const accorder = aLHeureDeParis(() => app.base.owner.transaction().execute((tx) => accorderTout(tx, app.contratId, { maintenant: new Date() })));
const due = async (chemin: string) =>
  (
    await sql<{ etat: string }>`
      select case when soldee_le is not null then 'soldee' when sans_objet_le is not null then 'sans objet' else 'due' end as etat
      from echeances where contrat_id = ${app.contratId} and objet_id = ${idDe(chemin)} and genre = 'activite-programmee'`.execute(app.base.owner)
  ).rows[0]?.etat ?? null;

describe('Programmer, réaliser, annuler', () => {
  test('ce qui est programmé ne demande pas ses nombres, ne compte pas, et se dit tel partout', async () => {
    expect((await envoyer({ etape: 'realisee' })).statusCode).toBe(422);
    const avant = await faits();
    const page = await creer({ etape: 'programmee', jour: '14/03/2031', titre: 'Prévue en 2031' });
    expect(await faits()).toBe(avant);
    expect(nettoyee((await app.get(page, QUI)).body)).toContain('Ne comptera dans les chiffres qu’une fois réalisé');
    for (const [filtre, vue] of [
      ['', true],
      ['&etape=programmee', true],
      ['&etape=realisee', false],
      ['&etape=annulee', false],
    ] as const)
      expect([filtre, (await app.get(`/registres/formations?territoire=tous${filtre}`, QUI)).body.includes('Prévue en 2031')]).toEqual([filtre, vue]);
    expect((await app.get('/registres/formations/export.csv?territoire=tous', QUI)).body).toContain('Programmée');
    expect((await app.get(page)).statusCode).toBe(404);
  });

  test('un jour à venir n’est jamais réalisé, quel que soit le registre et la porte', async () => {
    const avecEtapes = definitionsDecouvertes.filter((d) => d.etapes);
    expect(avecEtapes.map((d) => d.code).sort()).toEqual(['campagnes', 'evenements', 'formations', 'interventions', 'marches', 'operations', 'placements']);
    for (const d of avecEtapes) {
      const r = await app.post(`/registres/${d.code}/nouveau`, { jour: '14/03/2031', titre: 'Trop tôt', etape: 'realisee' }, QUI);
      expect([d.code, r.statusCode, nettoyee(r.body).includes('n’est pas encore passé. Choisissez l’étape « Programmée »')]).toEqual([d.code, 422, true]);
    }
    const api = await app.post('/registres/formations/nouveau', { ...FORMATION, jour: '14/03/2031', 'donnees.participants': '4' }, QUI);
    expect(api.statusCode).toBe(422);
    const { rows } = await sql<{ n: number }>`
      select count(*)::int as n from activites where contrat_id = ${app.contratId} and etape = 'realisee' and jour > current_date
        and registre = any(${avecEtapes.map((d) => d.code)}::text[])`.execute(app.base.owner);
    expect(rows[0]?.n).toBe(0);
    for (const d of definitionsDecouvertes) {
      const vue = await sql<{ t: string }>`select pg_get_viewdef(${vueDe(d)}::regclass) as t`.execute(app.base.owner);
      expect([d.code, vue.rows[0]?.t.includes("etape = 'realisee'")]).toEqual([d.code, true]);
    }
  });

  test('le jour passé, « Ma journée » demande ; un geste suffit avec ses nombres, et les chiffres suivent', async () => {
    const page = await creer({ etape: 'programmee', jour: '14/03/2031', titre: 'À confirmer' });
    await reculer(page, '2026-03-14');
    await accorder();
    expect(await due(page)).toBe('due');
    const journee = nettoyee((await app.get('/ma-journee', QUI)).body);
    expect([journee.includes('À confirmer'), journee.includes(`${page}#realisee`)]).toEqual([true, true]);
    expect(nettoyee((await app.get('/ma-journee', AILLEURS)).body)).not.toContain('À confirmer');
    const champs = lireFormulaire((await app.get(page, QUI)).body, `${page}/realiser`);
    const sans = await app.post(`${page}/realiser`, { ...champs, 'donnees.inscrits': '31' }, QUI);
    expect([sans.statusCode, sans.body.includes('Remplissez « Personnes formées »'), sans.body.includes('value="31"')]).toEqual([422, true, true]);
    expect((await app.post(`${page}/realiser`, { ...champs, 'donnees.participants': '12' }, AILLEURS)).statusCode).toBe(403);
    const avant = await faits();
    expect((await app.post(`${page}/realiser`, { ...champs, 'donnees.participants': '12' }, QUI)).statusCode).toBe(303);
    expect(await faits()).toBe((avant ?? 0) + 1);
    expect(await due(page)).toBe('soldee');
    expect((await app.post(`${page}/realiser`, { ...champs, 'donnees.participants': '13' }, QUI)).statusCode).toBe(422);
  });

  test('annulée : un motif est demandé, rien ne compte, plus rien n’est attendu', async () => {
    const page = await creer({ etape: 'programmee', jour: '14/03/2031', titre: 'Annulée pour de bon' });
    await reculer(page, '2026-03-14');
    await accorder();
    const champs = lireFormulaire((await app.get(page, QUI)).body, `${page}/annuler`);
    expect((await app.post(`${page}/annuler`, champs, QUI)).statusCode).toBe(422);
    const avant = await faits();
    expect((await app.post(`${page}/annuler`, { ...champs, annulation: 'météo' }, QUI)).statusCode).toBe(303);
    expect([await faits(), await due(page)]).toEqual([avant, 'sans objet']);
    expect(nettoyee((await app.get(page, QUI)).body)).toContain('Motif de l’annulation : météo');
    await accorder();
    expect(await due(page)).toBe('sans objet');
  });

  test('une série se crée d’un coup, se relit ensemble et se corrige une à une', async () => {
    const serie = await creer({ etape: 'programmee', jour: '03/03/2031', titre: 'Chaque semaine', repetition: 'semaine', repetition_fin: '31/03/2031' });
    const liste = nettoyee((await app.get(serie, QUI)).body);
    expect(liste).toContain('5 enregistrements');
    const une = /href="(\/registres\/formations\/[0-9a-f-]{36})"/.exec(liste)?.[1] ?? '';
    const champs = lireFormulaire((await app.get(`${une}/corriger`, QUI)).body, `${une}/corriger`);
    expect((await app.post(`${une}/corriger`, { ...champs, titre: 'Celle-ci seulement', motif: 'salle changée' }, QUI)).statusCode).toBe(303);
    const relue = nettoyee((await app.get(serie, QUI)).body);
    expect([relue.includes('5 enregistrements'), relue.split('Celle-ci seulement').length - 1]).toEqual([true, 1]);
    const refusees: Record<string, string>[] = [
      { etape: 'programmee', repetition: 'semaine', repetition_fin: '' },
      { etape: 'programmee', repetition: 'semaine', repetition_fin: '31/03/2041' },
      { etape: 'realisee', jour: '14/03/2026', repetition: 'mois', repetition_fin: '31/03/2027', 'donnees.participants': '3' },
    ];
    for (const plus of refusees) {
      const r = await envoyer({ jour: '03/03/2031', ...plus });
      expect([plus.repetition_fin, r.statusCode]).toEqual([plus.repetition_fin, 422]);
    }
    expect(joursDeSerie('2027-01-31', 'mois', '2027-05-31')).toEqual(['2027-01-31', '2027-02-28', '2027-03-31', '2027-04-30', '2027-05-31']);
  });
});
