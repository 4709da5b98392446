/** An alert that climbs, its procedure told to who is charged, a drill that plays its validation, what is sent by mistake, what is learnt afterwards. */
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { AppDeTest, Qui } from '../../../tests/support/app.ts';
import { lireFormulaire } from '../../../tests/support/formulaire.ts';
import { verifierChiffres } from '../indicateurs/formulaires.ts';
import { AGENT_18, AU_12E, AU_18E, type Monde, ouvrirMonde, PAV, RIXE } from './monde.fixtures.ts';

let m: Monde;
let app: AppDeTest;
beforeAll(async () => {
  m = await ouvrirMonde(new Date('2026-10-05T20:00:00Z'));
  app = m.app;
});
afterAll(() => m.close());
beforeEach(async () => {
  await m.vider();
  // What was written before is two hours old: nothing is asked about it.
  m.plus(3 * 60);
});

const rapport = async (id: string) => m.dit((await app.get(`/alertes/${id}/rapport`, AU_18E)).body);
const page = async (id: string, qui = AU_18E) => m.dit((await app.get(`/alertes/${id}`, qui)).body);
const compter = async () =>
  (await m.lire(sql<{ a: number; r: number }>`select (select count(*)::int from faits_alertes) as a, (select count(*)::int from faits_rixes) as r`))[0] ?? {
    a: 0,
    r: 0,
  };
/** Everybody whom a grave alert of the 18e tells, here and around. */
async function peupler(): Promise<void> {
  await m.inscrit({ fonction: 'mairie', organisation: 'VILLE', courriel: 'cabinet@exemple.fr', nom: 'Cabinet' });
  await m.inscrit({ fonction: 'association', organisation: 'PAV', courriel: 'pav@exemple.fr' });
  await m.inscrit({ fonction: 'etablissement', organisation: 'RECTORAT', courriel: 'college@exemple.fr' });
  await m.inscrit({ fonction: 'mairie', organisation: 'VILLE', courriel: 'cabinet19@exemple.fr', territoire: 'mairie-19' });
  await m.inscrit({ fonction: 'commune', organisation: 'VLIM', courriel: 'stouen@exemple.fr', territoire: '93070' });
  await m.inscrit({ fonction: 'secretariat-general', organisation: 'SGVP', courriel: 'sg@exemple.fr', territoire: 'paris' });
  await m.inscrit({ fonction: 'rectorat', organisation: 'RECTORAT', courriel: 'rectorat@exemple.fr', territoire: 'paris' });
}
/** What became of an alert, whatever led there. */
async function bout(id: string) {
  const [a] = await m.lire(sql<{ palier: string; etat: string; survenue: boolean }>`select palier, etat, survenue from alertes where id = ${id}::uuid`);
  const qui = (genre: string) =>
    m.lire(sql<{ courriel: string; pour: string }>`
      select i.courriel, e.pour from alerte_envois e join alerte_inscrits i on i.id = e.inscrit_id
      where e.alerte_id = ${id}::uuid and e.genre = ${genre} order by 1, 2`);
  const points = await m.lire(sql<{ code: string }>`select code from alerte_points where alerte_id = ${id}::uuid order by 1`);
  return { ...a, prevenus: await qui('accuse'), charges: await qui('point'), points: points.map((p) => p.code) };
}

describe('Une alerte qui monte', () => {
  const PALIERS = ['signal', 'alerte', 'rixe', 'represailles', 'grave'];
  type Pas = { comment: 'la-meme' | 'joindre' | 'joindre-a-l-envers' | 'passer'; palier: string };

  test('quel que soit l’ordre (écrire, joindre, relever), elle finit comme une seule écrite au plus haut palier, et personne n’apprend deux fois la même chose', async () => {
    await peupler();
    const seules = new Map<string, Awaited<ReturnType<typeof bout>>>();
    for (const palier of PALIERS) {
      seules.set(palier, await bout(await m.ecrire({ ...RIXE, palier }, AU_18E)));
      m.plus(3 * 60);
    }
    expect([seules.get('grave')?.points.length, seules.get('grave')?.charges.length, seules.get('rixe')?.charges.length]).toEqual([5, 5, 0]);
    let graine = 18;
    const hasard = (n: number): number => {
      graine = (graine * 1_103_515_245 + 12_345) % 2_147_483_648;
      return Math.floor((graine / 2_147_483_648) * n);
    };
    const suites: { premier: string; pas: Pas[] }[] = [
      // The ordinary case, each way: a brawl, then a death.
      ...(['la-meme', 'joindre', 'joindre-a-l-envers', 'passer'] as const).map((comment) => ({ premier: 'rixe', pas: [{ comment, palier: 'grave' }] })),
      ...Array.from({ length: 8 }, () => ({
        premier: PALIERS[hasard(4)] ?? '',
        pas: Array.from(
          { length: 2 },
          (): Pas => ({
            comment: (['la-meme', 'joindre', 'joindre-a-l-envers', 'passer'] as const)[hasard(4)] ?? 'passer',
            palier: PALIERS[hasard(5)] ?? '',
          }),
        ),
      })),
    ];
    const debut = await compter();
    for (const s of suites) {
      const dite = JSON.stringify(s);
      let id = await m.ecrire({ ...RIXE, palier: s.premier }, AU_18E);
      const ecrites = [id];
      for (const { comment, palier } of s.pas) {
        m.plus(5);
        await m.poster();
        await m.tic();
        const seconde = { ...RIXE, palier, faits: 'Ils courent vers le métro' };
        if (comment === 'la-meme') {
          const r = await app.post('/alertes/nouvelle', { ...seconde, vues: ecrites.join(' '), meme: id }, AU_18E);
          expect([dite, r.statusCode, r.headers.location]).toEqual([dite, 303, `/alertes/${id}`]);
        } else if (comment === 'passer') {
          const r = await app.post(`/alertes/${id}/palier`, { palier }, AU_18E);
          const avant = [
            s.premier,
            ...s.pas
              .slice(
                0,
                s.pas.findIndex((x) => x.palier === palier && x.comment === 'passer'),
              )
              .map((x) => x.palier),
          ];
          const monte = avant.every((p) => PALIERS.indexOf(p) < PALIERS.indexOf(palier));
          expect([dite, r.statusCode]).toEqual([dite, monte ? 303 : 409]);
          // Refused, it changes nothing: what it would have said is not said.
        } else {
          const autre = await m.ecrire(seconde, AU_18E);
          ecrites.push(autre);
          const [de, vers] = comment === 'joindre' ? [autre, id] : [id, autre];
          const r = await app.post(`/alertes/${de}/doublon`, { autre: vers }, AU_18E);
          expect([dite, r.statusCode]).toEqual([dite, 303]);
          id = vers;
        }
      }
      const dits = [s.premier, ...s.pas.map((p) => p.palier)];
      const haut = PALIERS[Math.max(...dits.map((p) => PALIERS.indexOf(p)))] ?? '';
      expect([dite, await bout(id)]).toEqual([dite, { ...seules.get(haut), survenue: dits.some((p) => p === 'rixe' || p === 'grave') }]);
      // Each person, on each row, was written to once.
      const doubles = await m.lire(sql<{ objet: string; n: number }>`
        select objet, count(*)::int as n from courriels where objet like ${`/alertes/${id}%`} and sujet not like 'Rappel%' group by 1 having count(*) > 1`);
      expect([dite, doubles]).toEqual([dite, []]);
      m.plus(3 * 60);
    }
    // One fact, one alert, counted at its tier.
    expect(await compter()).toMatchObject({ a: debut.a + suites.length });
    const { differences } = await verifierChiffres(app.base.owner, app.contratId);
    expect(differences.filter((d) => JSON.stringify(d).includes('1.6-'))).toEqual([]);
  });

  test('rattachée dans le mauvais sens, même levée, la grave laisse sa fenêtre, son retour d’expérience et ses réponses à l’autre ; levée, elle se rouvre', async () => {
    await peupler();
    const rixe = await m.ecrire(RIXE, AU_18E);
    const grave = await m.ecrire({ ...RIXE, palier: 'grave' }, AU_18E);
    await m.poster();
    await m.tic();
    const lien = m.lienDe((await m.lettres(grave)).find((l) => l.destinataire === 'cabinet19@exemple.fr')?.texte ?? '');
    const prevues = (await m.lettres(grave)).length;
    await app.post(`/alertes/${grave}/point`, { code: 'coordination-centrale' }, AU_18E);
    expect((await app.post(`/alertes/${grave}/lever`, { issue: 'survenue', heures: '300' }, AU_18E)).statusCode).toBe(303);
    expect((await app.post(`/alertes/${rixe}/lever`, { issue: 'evitee', heures: '10' }, AU_18E)).statusCode).toBe(303);
    expect((await app.post(`/alertes/${grave}/doublon`, { autre: rixe }, AU_18E)).statusCode).toBe(303);
    const etat = async (id: string) =>
      (
        await m.lire(sql<{ etat: string; palier: string; heures: number; du: boolean; survenue: boolean }>`
          select etat, palier, round(extract(epoch from represailles_jusqua - levee_le) / 3600)::int as heures, retex_du is not null as du, survenue
          from alertes where id = ${id}::uuid`)
      )[0];
    expect(await etat(rixe)).toEqual({ etat: 'levee', palier: 'grave', heures: 300, du: true, survenue: true });
    expect(
      await m.lire(sql<{ n: number }>`select count(*)::int as n from echeances where objet_id = ${rixe} and genre = 'retex-alerte' and soldee_le is null`),
    ).toEqual([{ n: 1 }]);
    const dite = await page(rixe);
    expect([dite.includes('Grave ou mortelle, '), dite.includes('De « Rixe » à « Grave ou mortelle »')]).toEqual([true, true]);
    expect(await m.lire(sql<{ n: number }>`select count(*)::int as n from alerte_points where alerte_id = ${rixe}::uuid and fait_le is not null`)).toEqual([
      { n: 1 },
    ]);
    expect((await m.lettres(rixe)).filter((l) => l.destinataire === 'cabinet19@exemple.fr')).toEqual([]);
    expect(prevues).toBeGreaterThan(7);
    // It dies two days later: on again, its neighbours are asked by the very letter that they had, which serves again.
    m.plus(2 * 24 * 60);
    const passee = await m.ecrire({ ...RIXE, palier: 'alerte' }, AU_18E);
    expect((await app.post(`/alertes/${passee}/lever`, { issue: 'evitee' }, AU_18E)).statusCode).toBe(303);
    expect((await m.etat(passee))?.etat).toBe('close');
    expect((await app.post(`/alertes/${passee}/palier`, { palier: 'grave' }, AU_18E)).statusCode).toBe(303);
    expect((await m.etat(passee))?.etat).toBe('diffusee');
    expect((await app.get(lien)).statusCode).toBe(200);
    await m.poster();
    await m.tic();
    expect((await app.post(`/alertes/${passee}/lever`, { issue: 'survenue', heures: '72' }, AU_18E)).statusCode).toBe(303);
    expect((await m.lettres(passee)).filter((l) => / : levée$/.test(l.sujet) && l.destinataire === 'cabinet19@exemple.fr')).toHaveLength(1);
  });

  test('qui ne conduit pas ne relève rien d’un clic, mais son mot plus grave relève la première ; ceux qui savaient l’apprennent une fois, avec leur lien', async () => {
    await peupler();
    const id = await m.ecrire(RIXE, AU_18E);
    await m.poster();
    await m.tic();
    expect([
      (await app.post(`/alertes/${id}/palier`, { palier: 'grave' }, AGENT_18)).statusCode,
      (await app.post(`/alertes/${id}/palier`, { palier: 'grave' }, AU_12E)).statusCode,
      (await app.post(`/alertes/${id}/palier`, { palier: 'invente' }, AU_18E)).statusCode,
      (await app.post(`/alertes/${id}/palier`, { palier: 'alerte' }, AU_18E)).statusCode,
      (await app.post(`/alertes/${id}/palier`, { palier: 'grave' })).statusCode,
    ]).toEqual([403, 404, 422, 409, 401]);
    const etat = (await app.get(`/alertes/${id}/etat`, AU_18E)).json() as { mien: string };
    const r = await app.post('/alertes/nouvelle', { ...RIXE, palier: 'grave', vues: id, meme: id }, AGENT_18);
    expect([r.statusCode, r.headers.location]).toEqual([303, `/alertes/${id}`]);
    const lettres = (await m.lettres(id)).filter((l) => l.destinataire === 'pav@exemple.fr');
    expect(lettres.map((l) => / : plus grave$/.test(l.sujet))).toEqual([false, true]);
    expect(lettres[1]?.texte).toContain('de « Rixe » à « Grave ou mortelle »');
    await m.poster();
    await m.tic();
    expect((await app.post(m.lienDe(lettres[1]?.texte ?? ''), { reponse: 'vais' })).statusCode).toBe(303);
    expect((await app.get(m.lienDe(lettres[1]?.texte ?? ''))).body).toContain('J’y vais');
    const apres = (await app.get(`/alertes/${id}/etat`, AU_18E)).json() as { parties: Record<string, string>; mien: string };
    expect([apres.parties.titre?.startsWith('Grave ou mortelle'), apres.parties.resume?.includes('Devenue plus grave'), apres.mien !== etat.mien]).toEqual([
      true,
      true,
      true,
    ]);
    expect(await page(id)).toContain('Palier annoncé à ceux qui la connaissaient : message remis à 4 sur 4');
    const traces = await m.lire(sql<{ details: unknown }>`select details from audit where action = 'alerte.palier' and objet = ${`/alertes/${id}`}`);
    expect(traces).toMatchObject([{ details: { de: 'rixe', vers: 'grave' } }]);
  });
});

describe('La procédure d’urgence', () => {
  test('ALERTE-02 : chaque point est dit à qui en est chargé, rappelé à mi-chemin, relayé à l’heure ; dit fait d’un lien, plus rien n’est attendu', async () => {
    await peupler();
    await m.inscrit({ fonction: 'rectorat', organisation: 'RECTORAT', courriel: 'rectorat2@exemple.fr', territoire: 'paris', rang: 2 });
    const id = await m.ecrire({ ...RIXE, palier: 'grave' }, AU_18E);
    const de = async (qui: string) => (await m.lettres(id)).filter((l) => l.destinataire === qui && l.texte.includes('dont vous êtes chargé'));
    expect([
      (await de('sg@exemple.fr')).length,
      (await de('rectorat@exemple.fr')).length,
      (await de('cabinet@exemple.fr')).length,
      (await de('pav@exemple.fr')).length,
    ]).toEqual([1, 1, 3, 0]);
    await m.poster();
    await m.tic();
    // Neither told of other alerts nor asked for an answer, the general secretary reads this one and says theirs done, by the link.
    const lien = m.lienDe((await de('sg@exemple.fr'))[0]?.texte ?? '');
    expect((await app.get(lien)).body).toContain('C’est fait');
    expect((await app.post(lien, { reponse: 'vais' })).statusCode).toBe(422);
    expect((await app.post(lien, { reponse: 'fait' })).statusCode).toBe(303);
    expect((await app.post(lien, { reponse: 'fait' })).statusCode).toBe(409);
    m.plus(31);
    await m.tic();
    await m.tic();
    expect((await de('rectorat@exemple.fr')).map((l) => l.sujet.startsWith('Rappel. '))).toEqual([false, true]);
    expect(await de('rectorat2@exemple.fr')).toEqual([]);
    m.plus(30);
    await m.tic();
    await m.tic();
    expect((await de('rectorat2@exemple.fr')).map((l) => l.texte.includes('ne l’a pas dit fait'))).toEqual([true]);
    const dite = await page(id);
    for (const mot of ['pas dit fait à temps, relais demandé au suivant', 'Rectorat, Paris', 'Réunir les directions'])
      expect([mot, dite.includes(mot)]).toEqual([mot, true]);
    // The end of the alert does not end what is to be done; nobody after: a hole, said.
    await m.poster();
    await m.tic();
    await app.post(`/alertes/${id}/lever`, { issue: 'survenue' }, AU_18E);
    m.plus(12);
    await m.tic();
    expect(await page(id)).toContain('pas dit fait, et personne après');
    expect((await de('sg@exemple.fr')).length).toBe(1);
    await m.vider();
    m.plus(3 * 60);
    const seule = await m.ecrire({ ...RIXE, palier: 'grave' }, AU_18E);
    expect(await page(seule)).toContain('Procédure d’urgence, personne à prévenir : Rectorat (Prévenir les établissements concernés)');
  });
});

describe('Un exercice', () => {
  test('joue la validation, son délai, l’envoi seul ; sauf si l’on saute la validation ; le rapport dit le temps', async () => {
    await m.inscrit({ fonction: 'commissariat', organisation: 'PP', courriel: 'poste@exemple.fr' });
    const joue = { ...RIXE, exercice: 'oui' };
    const muet = await m.ecrire(joue, AU_18E);
    expect([await m.etat(muet), (await m.lettres(muet)).map((l) => l.sujet.startsWith('[EXERCICE]'))]).toEqual([{ etat: 'a-valider', validation: '' }, [true]]);
    m.plus(6);
    await m.tic();
    expect(await m.etat(muet)).toEqual({ etat: 'diffusee', validation: 'delai' });
    expect(await rapport(muet)).toContain('Personne n’a validé : partie seule 6 min après l’écriture');
    m.plus(180);
    const valide = await m.ecrire(joue, AU_18E);
    expect(await rapport(valide)).toContain('Attend une validation depuis');
    m.plus(2);
    expect((await app.post(m.lienDe((await m.lettres(valide))[0]?.texte ?? ''), { decision: 'valider' })).statusCode).toBe(303);
    expect(await rapport(valide)).toContain('De l’écriture à la validation : 2 min');
    m.plus(180);
    const saute = await m.ecrire({ ...joue, sauter: 'oui' }, AU_18E);
    expect([await m.etat(saute), (await rapport(saute)).includes('Validation sautée')]).toEqual([{ etat: 'diffusee', validation: 'directe' }, true]);
  });
});

describe('Le registre', () => {
  test('une alerte envoyée par erreur sort des chiffres, ceux qui étaient prévenus l’apprennent ; passé un jour, elle compte', async () => {
    await m.inscrit({ fonction: 'association', organisation: 'PAV', courriel: 'pav@exemple.fr' });
    const avant = await compter();
    const id = await m.ecrire(RIXE, AU_18E);
    await m.poster();
    await m.tic();
    expect(await compter()).toEqual({ a: avant.a + 1, r: avant.r + 1 });
    const dire = (qui: Qui, motif = 'Un essai parti pour de vrai') => app.post(`/alertes/${id}/erreur`, { motif_erreur: motif }, qui);
    expect([(await dire(PAV)).statusCode, (await dire(AU_18E, '')).statusCode, (await dire(AU_18E)).statusCode, (await dire(AU_18E)).statusCode]).toEqual([
      403, 422, 303, 409,
    ]);
    expect(await compter()).toEqual(avant);
    expect((await m.lettres(id)).at(-1)).toMatchObject({ destinataire: 'pav@exemple.fr', texte: expect.stringContaining('envoyée par erreur') });
    expect(await page(id)).toContain('Un essai parti pour de vrai. Elle ne compte pas.');
    expect((await app.post(`/alertes/${id}/palier`, { palier: 'grave' }, AU_18E)).statusCode).toBe(409);
    m.plus(180);
    const tard = await m.ecrire(RIXE, AU_18E);
    m.plus(25 * 60);
    const refus = await app.post(`/alertes/${tard}/erreur`, { motif_erreur: 'Un essai' }, AU_18E);
    expect([refus.statusCode, refus.body.includes('Partie depuis plus de 24 heures')]).toEqual([409, true]);
  });

  test('une rixe apprise après coup entre au registre de son jour, sans prévenir personne ni compter comme alerte', async () => {
    await m.inscrit({ fonction: 'association', organisation: 'PAV', courriel: 'pav@exemple.fr' });
    const avant = await compter();
    const APPRISE = { palier: 'rixe', genre: 'rixe', territoire: '7511803', jour: '2026-10-02', heure: '23:10', faits: 'Apprise d’un gardien' };
    const inscrire = (champs: Record<string, string>, qui: Qui = AU_18E) => app.post('/alertes/rixes/apprise', champs, qui);
    const refus = await inscrire({ ...APPRISE, jour: '2027-10-02' });
    expect([refus.statusCode, refus.body.includes('n’est pas encore passé'), lireFormulaire(refus.body, '/alertes/rixes/apprise').faits]).toEqual([
      422,
      true,
      ['Apprise d’un gardien'],
    ]);
    expect([
      (await inscrire(APPRISE, PAV)).statusCode,
      (await inscrire(APPRISE, AU_12E)).statusCode,
      (await inscrire({ ...APPRISE, palier: 'alerte' })).statusCode,
    ]).toEqual([403, 422, 422]);
    const r = await inscrire(APPRISE);
    expect(r.statusCode).toBe(303);
    const id = String(r.headers.location).split('/').pop() ?? '';
    expect(await compter()).toEqual({ a: avant.a, r: avant.r + 1 });
    expect((await m.lire(sql<{ jour: string }>`select jour::text from faits_rixes where id = ${id}::uuid`))[0]?.jour).toBe('2026-10-02');
    expect([await m.lettres(id), (await page(id)).includes('diffusée à personne')]).toEqual([[], true]);
    // Written twice, it is asked about.
    const encore = await inscrire({ ...APPRISE, heure: '22:30' });
    expect([encore.statusCode, encore.body.includes('C’en est une autre')]).toEqual([422, true]);
    expect((await inscrire({ ...APPRISE, heure: '22:30', autre: 'oui' })).statusCode).toBe(303);
    const { differences } = await verifierChiffres(app.base.owner, app.contratId);
    expect(differences.filter((d) => JSON.stringify(d).includes('1.6-'))).toEqual([]);
  });
});
