/** What is said of messages: told when a way out took them, silent when somebody had them, over when it is over. The mail server stops and starts by hand. */
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { AppDeTest } from '../../../tests/support/app.ts';
import { etatEnSql, listEnvois } from './envois/envois.queries.ts';
import { etatDeLEnvoi } from './envois/etat.rules.ts';
import { getAlerte } from './alerte/alertes.queries.ts';
import { AGENT_18, AU_18E, type Monde, ouvrirMonde, PAV, RIXE } from './monde.fixtures.ts';

let m: Monde;
let app: AppDeTest;
beforeAll(async () => {
  m = await ouvrirMonde(new Date('2026-11-26T20:00:00Z'));
  app = m.app;
});
afterAll(() => m.close());
beforeEach(() => m.vider());

const page = async (id: string, qui = AU_18E) => m.dit((await app.get(`/alertes/${id}`, qui)).body);
const rapport = async (id: string) => m.dit((await app.get(`/alertes/${id}/rapport`, AU_18E)).body);
/** By function: targets, told, answered, relayed, without a follower, over before, median. */
const ligne = async (id: string, fonction: string) => (await rapport(id)).match(new RegExp(`${fonction} ((?:\\d+ ){6}(?:–|[\\d,]+ \\S+))`))?.[1];
const lienA = async (id: string, a: string) => m.lienDe((await m.lettres(id)).filter((l) => l.destinataire === a).at(-1)?.texte ?? '');
const ouvertes = async () => (await m.lire(sql<{ id: string }>`select id from comptes order by cree_le desc limit 1`))[0]?.id ?? '';

describe('Ce qui est dit de chacun', () => {
  test('le courrier arrêté se voit : rien n’est « prévenu », le délai attend le départ, et ne pas partir n’est pas se taire', async () => {
    await m.inscrit({ fonction: 'mairie', organisation: 'VILLE', courriel: 'cabinet@exemple.fr', nom: 'Cabinet' });
    const id = await m.ecrire(RIXE);
    expect(await page(id)).toContain('Prévenus : 0 sur 1, 1 en attente d’envoi. Réponses : 0.');
    expect(await page(id)).not.toMatch(/prévenues|Le courrier ne part pas/);
    m.plus(2);
    const arret = await page(id);
    for (const dit of ['Le courrier ne part pas : 1 lettre attend depuis', 'courriel en attente', 'pas encore parti'])
      expect([dit, arret.includes(dit)]).toEqual([dit, true]);
    // It leaves ten minutes late: fifteen minutes from there.
    m.plus(8);
    await m.poster();
    await m.tic();
    m.plus(14);
    await m.tic();
    const parti = await page(id);
    for (const dit of ['Prévenus : 1 sur 1. Réponses : 0.', 'courriel remis à', 'attendue avant']) expect([dit, parti.includes(dit)]).toEqual([dit, true]);
    expect(parti).not.toMatch(/en retard|Le courrier ne part pas/);
    m.plus(2);
    await m.tic();
    expect(await page(id)).toContain('sans réponse, personne après');
    expect(await ligne(id, 'Mairie d’arrondissement')).toBe('1 1 0 0 1 0 –');

    // Nothing leaves at all: the next one is asked at the end of the delay, and nobody is said to be silent.
    await m.inscrit({ fonction: 'mairie', organisation: 'VILLE', courriel: 'second@exemple.fr', nom: 'Second', rang: 2 });
    const sourde = await m.ecrire(RIXE);
    m.plus(16);
    await m.tic();
    const dite = await page(sourde);
    for (const dit of ['pas parti à temps relais demandé à Second', 'message pas parti à temps, relais demandé au suivant'])
      expect([dit, dite.includes(dit)]).toEqual([dit, true]);
    expect((await m.lettres(sourde)).at(-1)?.texte).toContain('n’est pas parti à temps');
    expect(await ligne(sourde, 'Mairie d’arrondissement')).toBe('2 0 0 1 0 0 –');
  });

  test('le temps de réponse est celui du premier accusé, compté du départ ; une réponse vaut pour toutes ses listes', async () => {
    await m.inscrit({ fonction: 'mairie', organisation: 'VILLE', courriel: 'cabinet@exemple.fr', nom: 'Cabinet' });
    await m.inscrit({ fonction: 'gpis', organisation: 'GPIS', courriel: 'Cabinet@exemple.fr', nom: 'Cabinet' });
    const id = await m.ecrire(RIXE);
    m.plus(1);
    await m.poster();
    await m.tic();
    m.plus(1);
    const lien = await lienA(id, 'cabinet@exemple.fr');
    expect((await app.post(lien, { reponse: 'vu' })).statusCode).toBe(303);
    m.plus(39);
    expect((await app.post(lien, { reponse: 'vais' })).statusCode).toBe(303);
    await m.tic();
    expect(await rapport(id)).toContain('De la diffusion à la première réponse : 2 min');
    for (const f of ['Mairie d’arrondissement', 'GPIS']) expect([f, await ligne(id, f)]).toEqual([f, '1 1 1 0 0 0 1 min']);
    expect(await page(id)).toContain('J’y vais (GPIS, Mairie d’arrondissement)');
  });

  test('levée avant l’échéance : personne n’est en retard, rien ne part plus, et ceux qui étaient prévenus l’apprennent', async () => {
    await m.inscrit({
      fonction: 'mairie',
      organisation: 'VILLE',
      courriel: 'cabinet@exemple.fr',
      nom: 'Cabinet',
      telephone: '0102030405',
      voies: ['courriel', 'sms'],
    });
    const id = await m.ecrire(RIXE);
    await m.poster();
    await m.inscrit({ fonction: 'association', organisation: 'PAV', courriel: 'pav@exemple.fr' });
    m.recepteur.repondre.sms = 503;
    m.recepteur.sms.length = 0;
    await m.expedier();
    m.plus(5);
    await m.tic();
    expect((await app.post(`/alertes/${id}/lever`, { issue: 'evitee' }, AU_18E)).statusCode).toBe(303);
    m.recepteur.repondre.sms = 202;
    m.plus(20);
    await m.expedier();
    await m.tic();
    // The message that waited is not sent: the one that says that it is over is.
    expect(m.recepteur.sms.map((x) => x.texte)).toEqual([expect.stringMatching(/^Levée : Rixe/)]);
    expect((await m.lettres(id)).map((l) => [l.destinataire, / : levée$/.test(l.sujet)])).toEqual([
      ['cabinet@exemple.fr', false],
      ['cabinet@exemple.fr', true],
    ]);
    const vue = await page(id);
    for (const dit of ['levée avant sa réponse', 'SMS retiré', 'Levée annoncée : message remis à 1 sur 1'])
      expect([dit, vue.includes(dit)]).toEqual([dit, true]);
    expect(vue).not.toContain('en retard');
    expect(await ligne(id, 'Mairie d’arrondissement')).toBe('1 1 0 0 0 1 –');
    expect((await m.lire(sql<{ n: number }>`select count(*)::int as n from echeances where objet_id = ${id} and soldee_le is null`))[0]?.n).toBe(0);

    // A letter that had not left when it was lifted never does, and announces nothing to who knew nothing.
    await m.vider();
    await m.inscrit({ fonction: 'mairie', organisation: 'VILLE', courriel: 'ignorante@exemple.fr' });
    const muette = await m.ecrire(RIXE);
    await app.post(`/alertes/${muette}/lever`, { issue: 'evitee' }, AU_18E);
    await m.poster();
    await m.tic();
    expect(await m.lire(sql<{ etat: string }>`select etat from courriels where objet like ${`/alertes/${muette}%`}`)).toEqual([{ etat: 'retenu' }]);
    expect(await ligne(muette, 'Mairie d’arrondissement')).toBe('1 0 0 0 0 1 –');
  });

  test('la vigilance finit avec sa fenêtre, que le retour d’expérience soit écrit ou non', async () => {
    await m.inscrit({ fonction: 'association', organisation: 'PAV', courriel: 'pav@exemple.fr' });
    await m.inscrit({ fonction: 'commissariat', organisation: 'PP', courriel: 'poste@exemple.fr' });
    const id = await m.ecrire({ ...RIXE, palier: 'grave' });
    // Who has the least time to answer is written to first.
    const file = await m.lire(sql<{ fonction: string }>`select e.fonction from courriels c
      join alerte_envois e on c.objet = '/alertes/' || e.alerte_id || '?envoi=' || e.id where e.alerte_id = ${id}::uuid order by c.prochain_le`);
    expect(file.map((x) => x.fonction)).toEqual(['commissariat', 'association']);
    await app.post(`/alertes/${id}/lever`, { issue: 'survenue', heures: '72' }, AU_18E);
    expect(await page(id)).toMatch(/levée, vigilance[\s\S]*Représailles à craindre jusqu’au/);
    m.plus(73 * 60);
    expect(await page(id)).not.toMatch(/levée, vigilance|Représailles à craindre jusqu’au/);
    await m.tic();
    expect((await m.etat(id))?.etat).toBe('close');
    expect(await page(id)).toContain('Attendu pour le');
    // A year later the history is gone; what was counted is not, and nothing is read from the gap.
    const trous = (await m.lire(sql<{ trous: number }>`select trous from alertes where id = ${id}::uuid`))[0]?.trous ?? 0;
    expect(trous).toBeGreaterThan(3);
    // Neighbours too were to be told, and nobody is there.
    expect(await rapport(id)).toMatch(/Mairie du 19e, personne à prévenir : Commissariat[\s\S]*Saint-Denis, personne à prévenir/);
    await sql`delete from alerte_evenements where alerte_id = ${id}::uuid`.execute(app.base.owner);
    const apres = await rapport(id);
    expect([apres.includes(`${trous} trous ; le fil qui les disait n’est plus gardé.`), apres.includes('Aucun trou')]).toEqual([true, false]);
    expect(await page(id)).toContain('Le fil n’est gardé qu’un an');
  });

  test('une demande de validation refusée va au suivant ; personne n’est joignable : elle part, et le dit', async () => {
    await m.inscrit({ fonction: 'commissariat', organisation: 'PP', courriel: 'mort@exemple.fr' });
    await m.inscrit({ fonction: 'commissariat', organisation: 'PP', courriel: 'suppleant@exemple.fr', rang: 2 });
    const id = await m.ecrire({ ...RIXE, palier: 'signal' }, AGENT_18);
    await m.refuser('mort@exemple.fr', id);
    await m.tic();
    expect((await m.lettres(id)).map((l) => l.destinataire)).toEqual(['mort@exemple.fr', 'suppleant@exemple.fr']);
    expect((await m.etat(id))?.etat).toBe('a-valider');
    await m.refuser('suppleant@exemple.fr', id);
    await m.tic();
    expect(await m.etat(id)).toEqual({ etat: 'diffusee', validation: 'delai' });
    expect(await m.fil(id)).toEqual(['ecrite', 'relais', 'trou', 'partie-seule', ...Array.from({ length: 1 }, () => 'trou')]);
  });

  test('la quatrième alerte d’une même personne en dix minutes attend une validation, quel que soit son palier', async () => {
    await m.inscrit({ fonction: 'commissariat', organisation: 'PP', courriel: 'poste@exemple.fr' });
    const cookie = await app.temoin(AGENT_18);
    const etats = [];
    for (let i = 0; i < 4; i++) etats.push((await m.etat(await m.ecrire({ ...RIXE, palier: 'grave' }, cookie)))?.etat);
    expect(etats).toEqual(['diffusee', 'diffusee', 'diffusee', 'a-valider']);
    m.plus(11);
    expect((await m.etat(await m.ecrire({ ...RIXE, palier: 'grave' }, cookie)))?.etat).toBe('diffusee');
  });

  test('une alerte en faute n’arrête pas les autres', async () => {
    await m.inscrit({ fonction: 'commissariat', organisation: 'PP', courriel: 'poste@exemple.fr' });
    const [fautive, saine] = [await m.ecrire(RIXE, AGENT_18), await m.ecrire(RIXE, AGENT_18)];
    await sql`update alertes set palier = 'oublie' where id = ${fautive}::uuid`.execute(app.base.owner);
    m.plus(6);
    await expect(m.tic()).rejects.toThrow('en faute : 1');
    expect([(await m.etat(fautive))?.etat, (await m.etat(saine))?.etat]).toEqual(['a-valider', 'diffusee']);
    await sql`update alertes set etat = 'ecartee', palier = 'rixe', close_le = now() where id = ${fautive}::uuid`.execute(app.base.owner);
  });

  test('trois cents silences se relaient ensemble, et chacun a son suivant', async () => {
    for (const rang of [1, 2])
      await sql`insert into alerte_inscrits (contrat_id, fonction, territoire, organisation_id, nom, courriel, rang, modifie_le)
        select ${app.contratId}, 'association', 'mairie-18', 'PAV', 'Ligne ' || n, ${`r${rang}-`} || n || '@exemple.fr', ${rang}, now() from generate_series(1, 300) n`.execute(
        app.base.owner,
      );
    const id = await m.ecrire(RIXE);
    await m.poster();
    await m.tic();
    m.plus(61);
    await m.tic();
    const n = await m.lire(
      sql<{ n: number }>`select count(distinct relaye_par)::int as n from alerte_envois where alerte_id = ${id}::uuid and relaye_par is not null`,
    );
    expect(n).toEqual([{ n: 300 }]);
    expect((await m.fil(id)).filter((a) => a === 'relais')).toHaveLength(300);
  });

  test('la règle et les chiffres disent la même chose de chaque ligne', async () => {
    const alertes = await m.lire(sql<{ id: string }>`select id from alertes where contrat_id = ${app.contratId}`);
    let vus = 0;
    for (const { id } of alertes) {
      const a = await getAlerte(app.base.owner, app.contratId, id);
      if (!a) throw new Error('perdue');
      const dits = new Map(
        (
          await m.lire(
            sql<{ id: string; etat: string }>`select e.id, ${etatEnSql(m.maintenant())} as etat from alerte_envois e
              join alertes a on a.contrat_id = e.contrat_id and a.id = e.alerte_id where a.id = ${id}::uuid and e.genre = 'accuse'`,
          )
        ).map((x) => [x.id, x.etat]),
      );
      for (const e of (await listEnvois(app.base.owner, app.contratId, id)).filter((x) => x.genre === 'accuse')) {
        expect(dits.get(e.id)).toBe(etatDeLEnvoi(e, a, m.maintenant()));
        vus++;
      }
    }
    expect(vus).toBeGreaterThan(300);
  });
});

describe('Par où cela passe', () => {
  test('un appareil enregistré avant son inscription est prévenu ; qui n’est sur aucune liste le lit', async () => {
    const cookie = await app.temoin(PAV);
    const compteId = await ouvertes();
    const [compte] = await m.lire(sql<{ courriel: string }>`select courriel from comptes where id = ${compteId}::uuid`);
    expect((await app.post('/alertes/notifications', m.recepteur.navigateur('veille'), cookie)).statusCode).toBe(303);
    const seule = m.dit((await app.get('/alertes/notifications?fait=suivi', cookie)).body);
    expect([seule.includes('Vous n’êtes sur aucune liste : aucune alerte ne vous est envoyée'), /est prévenu\b/.test(seule)]).toEqual([true, false]);
    // A line without an account, in other capitals: the account opened since is its own.
    await m.inscrit({ fonction: 'association', organisation: 'DPMP', courriel: String(compte?.courriel).toUpperCase(), voies: ['courriel', 'push'] });
    expect(m.dit((await app.get('/alertes/notifications', cookie)).body)).toContain('courriel et notification sur 1 appareil, à toute heure');
    m.recepteur.avis.length = 0;
    const id = await m.ecrire(RIXE);
    await m.expedier();
    expect(m.recepteur.avis.map((x) => x.navigateur)).toEqual(['veille']);
    // They read it, and answer it, though the line never knew the account.
    expect(m.dit((await app.get(`/alertes/${id}`, cookie)).body)).toContain('Votre réponse');
    expect((await app.post(`/alertes/${id}/repondre`, { reponse: 'vu' }, cookie)).statusCode).toBe(303);
    // Told by their line, they open it, though no mandate of theirs reads alerts.
    const producteur = await app.temoin({ comme: 'producteur', organisation: 'PP' });
    expect((await app.get(`/alertes/${id}`, producteur)).statusCode).toBe(403);
    await sql`update alerte_inscrits set courriel = (select courriel from comptes where id = ${await ouvertes()}::uuid), compte_id = null
      where id = (select inscrit_id from alerte_envois where alerte_id = ${id}::uuid)`.execute(app.base.owner);
    expect((await app.get(`/alertes/${id}`, producteur)).statusCode).toBe(200);
    await sql`update alerte_inscrits set voies = '{courriel}', courriel = ${compte?.courriel} where retire_le is null`.execute(app.base.owner);
    expect(m.dit((await app.get('/alertes/notifications', cookie)).body)).toContain('La notification n’est pas cochée sur cette ligne');
  });

  test('le lien suit son titulaire, et ne dit plus les faits quand plus rien n’est attendu', async () => {
    const inscritId = await m.inscrit({ fonction: 'commissariat', organisation: 'PP', courriel: 'poste@exemple.fr' });
    const id = await m.ecrire(RIXE, AGENT_18);
    const [demande] = await m.lettres(id);
    const valider = m.lienDe(demande?.texte ?? '');
    // What decides is said: an empty body sent by a tool spreads nothing.
    const vide = await app.post(valider, {});
    expect([vide.statusCode, (await m.etat(id))?.etat]).toEqual([422, 'a-valider']);
    expect(m.dit((await app.get(valider)).body)).toMatch(/Sans réponse elle part à/);
    await app.post(valider, { decision: 'valider' });
    const lien = await lienA(id, 'poste@exemple.fr');
    expect((await app.get(lien)).body).toContain('Place Hébert');
    await app.post(lien, { reponse: 'vais' });
    await app.post(`/alertes/${id}/lever`, { issue: 'evitee' }, AU_18E);
    const finie = (await app.get(lien)).body;
    expect([finie.includes('Place Hébert'), finie.includes('dizaine'), m.dit(finie).includes('Votre réponse : « J’y vais »')]).toEqual([false, false, true]);
    for (const change of [sql`courriel = 'autre@exemple.fr'`, sql`courriel = 'poste@exemple.fr', retire_le = now()`]) {
      await sql`update alerte_inscrits set ${change} where id = ${inscritId}::uuid`.execute(app.base.owner);
      for (const l of [lien, valider]) expect((await app.get(l)).statusCode).toBe(404);
    }
  });

  test('ni le lieu ni l’adresse ne se lisent dans la file du courrier, et les noms sont pour qui conduit', async () => {
    await m.inscrit({ fonction: 'commissariat', organisation: 'PP', courriel: 'nuit@exemple.fr', nom: 'Capitaine Durand' });
    await m.inscrit({ fonction: 'association', organisation: 'PAV', courriel: 'pav@exemple.fr', nom: 'Bénévole Martin' });
    const id = await m.ecrire(RIXE);
    const gardees = await m.lire(sql<{ sujet: string; destinataire: string }>`select sujet, destinataire from courriels where objet like ${`/alertes/${id}%`}`);
    expect(gardees).toEqual([1, 2].map(() => ({ sujet: 'Alerte', destinataire: 'adresse non gardée' })));
    await app.post(await lienA(id, 'nuit@exemple.fr'), { reponse: 'vais' });
    expect(await page(id)).toMatch(/Bénévole Martin[\s\S]*Capitaine Durand/);
    for (const url of [`/alertes/${id}`, `/alertes/${id}/rapport`]) {
      const lue = m.dit((await app.get(url, PAV)).body);
      expect([url, lue.includes('Capitaine Durand'), lue.includes('Bénévole Martin'), lue.includes('Commissariat d’arrondissement')]).toEqual([
        url,
        false,
        true,
        true,
      ]);
    }
  });
});
