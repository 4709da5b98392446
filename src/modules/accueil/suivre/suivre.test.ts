/** The letter of the week: asked for without account, confirmed by a link, told once, ended by one request, and an address that nobody reads. */
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type AppDeTest, ADRESSE, ouvrirApp } from '../../../../tests/support/app.ts';
import { type CourrielLu, courriels } from '../../../../tests/support/courriels.ts';
import { aLHeureDeParis } from '../../../../tests/support/fuseau.ts';
import { ADRESSE_FERMEE } from '../../../core/courrier/mail.ts';
import { buildHouse } from '../../../core/house.ts';
import { defineModule } from '../../../core/module.ts';
import type { Nouvelle } from '../../../core/suites.ts';
import { HOUSE } from '../../../modules.ts';
import { declarerSources } from '../../../preparation.ts';
import * as lettres from './abonnes/lettres.ts';
import { alterer } from '../../../../tests/support/alterer.ts';

const envoyer = aLHeureDeParis(lettres.envoyerLettres);
type Dite = Nouvelle & { fiche?: string };
/** What was published, in a module of its own: days that no other figure has. */
let publiees: Dite[] = [];
/** Called at each reading of news. */
let enLisant = async () => {};
const journal = defineModule({
  code: 'journal-essai',
  libelle: 'Essai',
  plan: 'partenariat',
  depend: [],
  nouvelles: async (_, q) => {
    await enLisant();
    return publiees.filter((n) => n.le >= q.depuis && (q.fiche === undefined || n.fiche === q.fiche) && q.territoires === undefined).slice(0, q.max);
  },
});
const publier = (id: string, le: string, fiche?: string): Dite => ({
  id,
  le: new Date(le),
  titre: `Annonce ${id}`,
  resume: 'Dite.',
  chemin: '/',
  ...(fiche ? { fiche } : {}),
});

let app: AppDeTest;
// A Wednesday.
let maintenant = new Date('2027-03-03T09:00:00Z');
beforeAll(async () => {
  app = await ouvrirApp({ modules: [journal], horloge: () => maintenant });
});
afterAll(async () => {
  await app.close();
  declarerSources();
});
let reseau = 0;
beforeEach(() => {
  publiees = [];
  enLisant = async () => {};
  reseau += 1;
});

/** Each test asks from a network of its own. */
const post = (url: string, champs: Record<string, string>, entetes: Record<string, string> = {}) =>
  app.serveur.inject({
    method: 'POST',
    url,
    remoteAddress: `10.0.0.${reseau}`,
    headers: { 'content-type': 'application/x-www-form-urlencoded', ...entetes },
    payload: new URLSearchParams(champs).toString(),
  });
const demander = (courriel: string, quoi: Record<string, string> = {}, jour = '1') => post('/suivre', { courriel, jour, ...quoi });
const lettresA = async (a: string): Promise<(CourrielLu & { a?: string; desabonnement?: string })[]> =>
  ((await courriels(app)) as (CourrielLu & { a?: string; desabonnement?: string })[]).filter((l) => l.a === a);
const lienDe = (l: { texte: string } | undefined): string => /http:\/\/concorde\.exemple(\/suivre\/\S+)/.exec(l?.texte ?? '')?.[1] ?? '';
/** Subscribed and confirmed; the path of its page. */
async function abonner(courriel: string, quoi: Record<string, string> = {}, jour = '1'): Promise<string> {
  await demander(courriel, quoi, jour);
  const r = await post(lienDe((await lettresA(courriel)).at(-1)), {});
  return String(r.headers.location).split('?')[0] ?? '';
}
const passer = (quand: string) => {
  maintenant = new Date(quand);
  const contrat = { id: app.contratId, slug: 'paris-2023-2026' };
  return envoyer(app.db, { contrat, coffre: app.coffre, adresse: ADRESSE, house: buildHouse([...HOUSE.modules, journal]), maintenant });
};
const combien = async (table: string) =>
  (await sql<{ n: number }>`select count(*)::int as n from ${sql.table(table)} where contrat_id = ${app.contratId}`.execute(app.base.owner)).rows[0]?.n;

describe('S’abonner', () => {
  test('le formulaire se lit sans script, dit ce qui manque, garde ce qui est écrit, et ne suit que ce qui existe', async () => {
    const page = (await app.get('/suivre?fiche=1.6')).body;
    expect([page.includes('name="fiche" value="1.6"'), page.includes('action="/suivre"'), page.includes('name="courriel"')]).toEqual([true, true, true]);
    expect((await app.get('/fiches/1.6')).body).toContain('/suivre?fiche=1.6');
    expect((await app.get('/territoires/mairie-18')).body).toContain('/suivre?territoire=mairie-18');
    const r = await demander('pas une adresse', { territoire: 'mairie-18' }, '3');
    expect([r.statusCode, r.body.includes('Écrivez une adresse complète'), r.body.includes('value="pas une adresse"')]).toEqual([422, true, true]);
    expect(r.body).toMatch(/<option value="3" selected/);
    expect((await demander('a@exemple.fr\r\nBcc: b@exemple.fr')).statusCode).toBe(422);
    expect((await demander('a@exemple.fr', {}, '8')).statusCode).toBe(422);
    reseau += 100;
    expect((await demander('a@exemple.fr', { fiche: '9.99' })).statusCode).toBe(404);
    expect(await combien('abonnement_demandes')).toBe(0);
  });

  test('une adresse reçoit un lien, que la page seule ne confirme pas ; confirmée, elle n’est lisible nulle part', async () => {
    const r = await demander('Lectrice@exemple.fr', { fiche: '1.6' });
    expect([r.statusCode, r.headers.location]).toEqual([303, '/suivre?fiche=1.6&fait=demande']);
    const [lettre] = await lettresA('lectrice@exemple.fr');
    expect([lettre?.destinataire, lettre?.texte.includes('fiche 1.6')]).toEqual([ADRESSE_FERMEE, true]);
    const lien = lienDe(lettre);
    expect([(await app.get(lien)).statusCode, await combien('abonnes')]).toEqual([200, 0]);
    expect((await app.get(alterer(lien))).statusCode).toBe(404);
    const faite = await post(lien, {});
    expect([faite.statusCode, await combien('abonnes'), await combien('abonnement_demandes')]).toEqual([303, 1, 0]);
    const tenue = await app.get(String(faite.headers.location));
    expect([tenue.statusCode, tenue.body.includes('La première lettre part le lundi 8'), tenue.body.includes('lectrice@')]).toEqual([200, true, false]);
    expect((await post(lien, {})).statusCode).toBe(410);
    for (const table of ['abonnes', 'abonnements', 'courriels', 'soumissions', 'audit'])
      expect([table, JSON.stringify((await sql`select t::text from ${sql.table(table)} t`.execute(app.base.owner)).rows).includes('lectrice@')]).toEqual([
        table,
        false,
      ]);
  });

  test('demander ne dit pas si l’adresse est connue : même réponse, même lettre ; trois par jour pour une adresse, et pas plus', async () => {
    const tenir = await abonner('connue@exemple.fr');
    const [connue, neuve] = [await demander('connue@exemple.fr'), await demander('neuve@exemple.fr')];
    expect([connue.statusCode, connue.headers.location, connue.body]).toEqual([neuve.statusCode, neuve.headers.location, neuve.body]);
    const sansLien = (t: string | undefined) => t?.replace(/\/suivre\/\S+/, '');
    expect(sansLien((await lettresA('connue@exemple.fr')).at(-1)?.texte)).toBe(sansLien((await lettresA('neuve@exemple.fr')).at(-1)?.texte));
    for (let i = 0; i < 4; i++) {
      reseau += 10;
      expect((await demander('neuve@exemple.fr')).headers.location).toBe('/suivre?fait=demande');
    }
    expect((await lettresA('neuve@exemple.fr')).length).toBe(3);
    await post(tenir, {});
  });

  test('un réseau qui en demande trop est arrêté, et on le lui dit ; un autre ne l’est pas', async () => {
    await demander('premiere@exemple.fr');
    const id = lienDe((await lettresA('premiere@exemple.fr')).at(-1)).split('/')[3];
    await sql`
      insert into abonnement_demandes (contrat_id, empreinte, adresse, genre, objet, jour, reseau, demande_le)
      select d.contrat_id, lpad(n::text, 32, 'x'), '', 'tout', '', 1, d.reseau, d.demande_le
      from abonnement_demandes d, generate_series(1, 19) n where d.id = ${id}::uuid`.execute(app.base.owner);
    const r = await demander('suivante@exemple.fr');
    expect([r.statusCode, r.body.includes('depuis ce réseau en un jour'), r.body.includes('value="suivante@exemple.fr"')]).toEqual([429, true, true]);
    reseau += 100;
    expect((await demander('suivante@exemple.fr')).statusCode).toBe(303);
    const { rows } = await sql<{ t: string }>`select t::text as t from abonnement_demandes t`.execute(app.base.owner);
    expect(rows.some((x) => x.t.includes('10.0.0.'))).toBe(false);
    await sql`delete from abonnement_demandes where adresse = ''`.execute(app.base.owner);
  });

  test('un lien de plus de sept jours ne confirme plus rien', async () => {
    await demander('lente@exemple.fr');
    const lien = lienDe((await lettresA('lente@exemple.fr')).at(-1));
    const avant = maintenant;
    maintenant = new Date(avant.getTime() + 7 * 86_400_000 + 1000);
    expect([(await app.get(lien)).statusCode, (await post(lien, {})).statusCode]).toEqual([410, 410]);
    maintenant = avant;
  });
});

describe('La lettre de la semaine', () => {
  test('part le jour choisi, dit chaque nouvelle une fois, et ne part pas sans nouvelle', async () => {
    maintenant = new Date('2027-04-07T09:00:00Z');
    await abonner('lundi@exemple.fr', { fiche: '1.6' });
    await abonner('lundi@exemple.fr');
    await abonner('jeudi@exemple.fr', { fiche: '2.1' }, '4');
    publiees = [
      publier('ancienne', '2027-04-07T08:00:00Z', '1.6'),
      publier('une', '2027-04-08T08:00:00Z', '1.6'),
      publier('autre', '2027-04-09T08:00:00Z', '2.1'),
      publier('du-jour', '2027-04-12T05:00:00Z', '1.6'),
    ];
    await passer('2027-04-09T06:00:00Z');
    expect((await lettresA('lundi@exemple.fr')).length).toBe(2);
    await passer('2027-04-12T06:00:00Z');
    const [, , lettre] = await lettresA('lundi@exemple.fr');
    expect(lettre?.sujet).toMatch(/^2.nouveautés/);
    expect([
      lettre?.texte.split('Annonce une').length,
      lettre?.texte.includes('autre'),
      lettre?.texte.includes('ancienne'),
      lettre?.texte.includes('du-jour'),
    ]).toEqual([2, true, false, false]);
    expect((await passer('2027-04-12T06:30:00Z')).lettres).toBe(0);
    await passer('2027-04-15T06:00:00Z');
    expect((await lettresA('jeudi@exemple.fr')).map((l) => l.texte.includes('Annonce autre'))).toEqual([false, true]);
    await passer('2027-04-19T06:00:00Z');
    const suivante = (await lettresA('lundi@exemple.fr'))[3];
    expect([suivante?.texte.includes('du-jour'), suivante?.texte.includes('Annonce une')]).toEqual([true, false]);
    await passer('2027-04-26T06:00:00Z');
    expect((await lettresA('lundi@exemple.fr')).length).toBe(4);
  });

  test('un passage manqué se rattrape ; coupé au milieu, ou fait deux fois à la fois, rien n’est perdu ni dit deux fois', async () => {
    maintenant = new Date('2027-05-05T09:00:00Z');
    await abonner('reprise@exemple.fr', { fiche: '3.1' });
    publiees = [publier('tue', '2027-05-06T08:00:00Z', '3.1')];
    enLisant = async () => {
      throw new Error('coupé');
    };
    await expect(passer('2027-05-10T06:00:00Z')).rejects.toThrow('coupé');
    enLisant = async () => {};
    // An address that cannot be opened stops nobody else: nothing is said told to it, and who keeps the platform is told.
    const { rows } = await sql<{ id: string }>`
      insert into abonnes (contrat_id, empreinte, adresse, jour, prochain_le)
      values (${app.contratId}, repeat('z', 32), 'abimee', 1, '2027-05-11') returning id`.execute(app.base.owner);
    await sql`
      insert into abonnements (contrat_id, abonne_id, genre, objet, dit_jusqua)
      values (${app.contratId}, ${rows[0]?.id}::uuid, 'fiche', '3.1', '2027-05-05')`.execute(app.base.owner);
    const passages = await Promise.all([passer('2027-05-11T06:00:00Z'), passer('2027-05-11T06:00:00Z')]);
    expect(passages.reduce((n, p) => n + p.illisibles, 0)).toBe(1);
    const { rows: garde } = await sql<{ le: string; dit: string }>`
      select a.prochain_le::text as le, s.dit_jusqua::date::text as dit
      from abonnes a join abonnements s on s.abonne_id = a.id where a.empreinte = repeat('z', 32)`.execute(app.base.owner);
    expect(garde).toEqual([{ le: '2027-05-17', dit: '2027-05-05' }]);
    await sql`delete from abonnes where empreinte = repeat('z', 32)`.execute(app.base.owner);
    // The other one follows the whole contract.
    for (const a of ['reprise@exemple.fr', 'lundi@exemple.fr'])
      expect([a, (await lettresA(a)).filter((l) => l.texte.includes('Annonce tue')).length]).toEqual([a, 1]);
    const { rows: dit } = await sql<{ details: string }>`
      select t::text as details from audit t where action = 'abonnements.lettres' order by numero desc limit 1`.execute(app.base.owner);
    expect(dit[0]?.details).not.toContain('reprise@');
  });
});

describe('Arrêter', () => {
  test('un geste du logiciel de courrier suffit (RFC 8058), sans cookie ni redirection ; l’adresse s’efface, avec ce qui attendait', async () => {
    maintenant = new Date('2027-06-02T09:00:00Z');
    const tenir = await abonner('finie@exemple.fr', { fiche: '1.6' });
    publiees = [publier('derniere', '2027-06-03T08:00:00Z', '1.6')];
    await passer('2027-06-07T06:00:00Z');
    const lettre = (await lettresA('finie@exemple.fr')).at(-1);
    expect(lettre?.desabonnement).toBe(ADRESSE + tenir);
    await demander('finie@exemple.fr', { fiche: '2.1' });
    const [avant, enAttente] = [await combien('abonnes'), await combien('abonnement_demandes')];
    const faux = await app.serveur.inject({ method: 'POST', url: alterer(tenir), payload: '' });
    expect(faux.statusCode).toBe(404);
    const parties = '--x\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--x--\r\n';
    const r = await app.serveur.inject({ method: 'POST', url: tenir, headers: { 'content-type': 'multipart/form-data; boundary=x' }, payload: parties });
    expect([r.statusCode, r.body.includes('Vous n’êtes plus abonné'), r.headers['set-cookie']]).toEqual([200, true, undefined]);
    expect([await combien('abonnes'), await combien('abonnement_demandes')]).toEqual([(avant ?? 0) - 1, (enAttente ?? 0) - 1]);
    expect((await lettresA('finie@exemple.fr')).filter((l) => l.objet !== '')).toEqual([]);
    expect([(await post(tenir, { 'List-Unsubscribe': 'One-Click' })).statusCode, (await app.get(tenir)).statusCode]).toEqual([200, 410]);
  });

  test('on arrête une chose et l’on garde les autres ; la dernière emporte l’adresse', async () => {
    const tenir = await abonner('double@exemple.fr', { fiche: '1.6' });
    expect(await abonner('double@exemple.fr', { territoire: 'mairie-18' })).toBe(tenir);
    expect((await app.get(tenir)).body).toContain(`action="${tenir}/retirer"`);
    expect((await post(`${tenir}/retirer`, { fiche: '1.6' })).headers.location).toBe(`${tenir}?fait=arrete`);
    const reste = (await app.get(tenir)).body;
    expect([reste.includes('/fiches/1.6"'), reste.includes('/territoires/mairie-18"')]).toEqual([false, true]);
    expect((await post(`${tenir}/retirer`, { territoire: 'mairie-18' })).statusCode).toBe(200);
    expect((await app.get(tenir)).statusCode).toBe(410);
  });

  test('l’administratrice et la coordination lisent des nombres, jamais une adresse ; les autres, rien', async () => {
    // Sessions are of today.
    maintenant = new Date();
    await abonner('comptee@exemple.fr', { fiche: '1.6' });
    for (const comme of ['administrateur', 'coordination'] as const) {
      const r = await app.get('/suivre/abonnes', { comme });
      expect([r.statusCode, r.body.includes('@exemple.fr'), /Fiche 1\.6/.test(r.body)]).toEqual([200, false, true]);
    }
    expect((await app.get('/suivre/abonnes', { comme: 'agent' })).statusCode).toBe(403);
    const { rows } = await sql<{ n: number }>`select count(*)::int as n from courriels where position('@' in destinataire) > 0`.execute(app.base.owner);
    expect(rows[0]?.n).toBe(0);
  });
});
