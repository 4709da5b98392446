/** Who sees which session, and feeds that follow their owner's rights: over HTTP, on a real PostgreSQL. */
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { creerInstance, creerMembre, creerSeance } from '../instances.fixtures.ts';
import { decalerMois, dernierJour, semainesDe } from './calendrier.rules.ts';
import nodeIcal from 'node-ical';
import { type AppDeTest, ouvrirApp } from '../../../../tests/support/app.ts';

let app: AppDeTest;
const seances: Record<string, string> = {};
const instances: Record<string, string> = {};
beforeAll(async () => {
  app = await ouvrirApp();
  for (const [nom, confidentialite, territoire, etat] of [
    ['Conseil public', 'publique', 'mairie-18', 'convoquee'],
    ['Conseil public en projet', 'publique', 'mairie-18', 'preparation'],
    ['Comité des partenaires', 'partenaires', 'mairie-12', 'convoquee'],
    ['Cellule fermée', 'restreinte', 'mairie-18', 'convoquee'],
    ['Comité annulé', 'publique', 'mairie-18', 'annulee'],
  ] as const) {
    const i = await creerInstance(app.base.owner, app.contratId, { nom, confidentialite, territoire, porteur: 'DPMP' });
    instances[nom] = i;
    seances[nom] = await creerSeance(app.base.owner, app.contratId, i, { jour: '2027-05-12', heure: '14:00', etat, titre: `Séance, ${nom}` });
    if (etat !== 'preparation') await sql`update seances set convoquee_le = now() where id = ${seances[nom]}::uuid`.execute(app.base.owner);
  }
});
afterAll(() => app.close());

const PARTENAIRE = { comme: 'agent', organisation: 'RATP' } as const;
const AU_18E = { comme: 'coordonnateur', organisation: 'DPMP', territoire: 'mairie-18' } as const;
const MAI = '/calendrier?mois=2027-05';
const vus = (html: string) => Object.keys(instances).filter((nom) => html.includes(`> ${nom}<`) || html.includes(`${nom}</a>`));

describe('Calendrier', () => {
  test('chacun voit ce qu’il peut voir : le public, un partenaire, le coordonnateur du lieu, celui d’ailleurs', async () => {
    expect(vus((await app.get(MAI)).body)).toEqual(['Conseil public', 'Comité annulé']);
    expect(vus((await app.get(MAI, PARTENAIRE)).body)).toEqual(['Conseil public', 'Conseil public en projet', 'Comité des partenaires', 'Comité annulé']);
    expect(vus((await app.get(MAI, AU_18E)).body)).toContain('Cellule fermée');
    expect(vus((await app.get(MAI, { ...AU_18E, territoire: 'mairie-12' })).body)).not.toContain('Cellule fermée');
    expect(vus((await app.get(MAI, { comme: 'administrateur' })).body)).toEqual(['Conseil public', 'Comité annulé']);
  });

  test('une séance annulée se dit annulée ; les filtres, la liste, l’année et l’export s’accordent', async () => {
    expect((await app.get(MAI)).body).toContain('(annulée)');
    expect(vus((await app.get(`${MAI}&territoire=mairie-12`, PARTENAIRE)).body)).toEqual(['Comité des partenaires']);
    expect((await app.get(`${MAI}&vue=liste`, PARTENAIRE)).body).toContain('Séance, Comité des partenaires');
    expect((await app.get('/calendrier?mois=2027-02&vue=liste', PARTENAIRE)).body).not.toContain('Comité des partenaires');
    expect((await app.get('/calendrier/annee?annee=2027', PARTENAIRE)).body).toContain('Comité des partenaires');
    const csv = (await app.get('/calendrier.csv?annee=2027', PARTENAIRE)).body;
    expect(csv.trim().split('\n')).toHaveLength(5);
    expect((await app.get('/calendrier?mois=2027-13')).statusCode).toBe(200);
  });

  test('les semaines d’un mois sont entières et le couvrent, quelle que soit l’année', () => {
    for (let i = 0; i < 200; i++) {
      const mois = decalerMois('2015-01', i);
      const jours = semainesDe(mois).flat();
      expect(jours.length % 7).toBe(0);
      expect(new Date(`${jours[0]}T00:00:00Z`).getUTCDay()).toBe(1);
      expect(jours).toContain(`${mois}-01`);
      expect(jours).toContain(dernierJour(mois));
      expect(new Set(jours).size).toBe(jours.length);
    }
  });
});

describe('Flux', () => {
  const uids = (texte: string) =>
    Object.values(nodeIcal.sync.parseICS(texte)).flatMap((e) => (e?.type === 'VEVENT' ? [String((e as nodeIcal.VEvent).uid).replace('@concorde', '')] : []));

  test('le flux public ne porte que les séances publiques, à la bonne heure', async () => {
    const r = await app.get('/calendrier/public.ics');
    expect(r.headers['content-type']).toContain('text/calendar');
    expect(uids(r.body).sort()).toEqual([seances['Conseil public'], seances['Comité annulé']].sort());
    const evenement = Object.values(nodeIcal.sync.parseICS(r.body)).find((e) => e?.type === 'VEVENT') as nodeIcal.VEvent;
    expect(evenement.start.toISOString()).toBe('2027-05-12T12:00:00.000Z');
  });

  test('une adresse privée suit les droits de sa personne : siège gagné, siège perdu, révoquée, compte fermé', async () => {
    const cookie = await app.temoin(PARTENAIRE);
    const { rows } = await sql<{
      id: string;
      courriel: string;
    }>`select id, courriel from comptes where contrat_id = ${app.contratId} order by cree_le desc limit 1`.execute(app.base.owner);
    const compte = rows[0] ?? { id: '', courriel: '' };
    const creer = async () =>
      /\/calendrier\/flux\/[\w-]{32}\.ics/.exec(
        (
          await app.serveur.inject({
            method: 'POST',
            url: '/calendrier/abonnement',
            headers: { cookie, 'content-type': 'application/x-www-form-urlencoded' },
            payload: 'acte=creer',
          })
        ).body,
      )?.[0] ?? '';
    const adresse = await creer();
    expect(adresse).not.toBe('');
    expect((await app.serveur.inject({ url: '/calendrier/abonnement', headers: { cookie } })).body).not.toContain(adresse);
    const { rows: gardes } = await sql<{ t: string }>`select encode(empreinte, 'escape') as t from calendrier_flux`.execute(app.base.owner);
    expect(gardes.some((g) => adresse.includes(g.t))).toBe(false);
    expect(uids((await app.get(adresse)).body)).toEqual([]);
    const siege = await creerMembre(app.base.owner, app.contratId, instances['Cellule fermée'] ?? '', { organisation: 'RATP', courriel: compte.courriel });
    const ferme = (await app.get(adresse)).body;
    expect(uids(ferme)).toEqual([seances['Cellule fermée']]);
    expect(ferme).not.toContain('Cellule fermée');
    expect(ferme).toContain('CLASS:CONFIDENTIAL');
    await sql`update instance_membres set fin = current_date - 1 where id = ${siege}::uuid`.execute(app.base.owner);
    expect(uids((await app.get(adresse)).body)).toEqual([]);
    const autre = await creer();
    const { rows: flux } = await sql<{ id: string }>`select id from calendrier_flux where compte_id = ${compte.id}::uuid order by cree_le`.execute(
      app.base.owner,
    );
    expect((await app.post(`/calendrier/abonnement/${flux[0]?.id}/revoquer`, {}, PARTENAIRE)).statusCode).toBe(404);
    expect((await app.serveur.inject({ method: 'POST', url: `/calendrier/abonnement/${flux[0]?.id}/revoquer`, headers: { cookie } })).statusCode).toBe(303);
    expect((await app.get(adresse)).statusCode).toBe(404);
    expect((await app.get(autre)).statusCode).toBe(200);
    await sql`update comptes set ferme_le = now() where id = ${compte.id}::uuid`.execute(app.base.owner);
    expect((await app.get(autre)).statusCode).toBe(404);
    expect((await app.get('/calendrier/flux/nimporte-quoi.ics')).statusCode).toBe(404);
  });
});
