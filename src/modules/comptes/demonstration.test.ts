import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type AppDeTest, ouvrirApp } from '../../../tests/support/app.ts';
import { aLHeureDeParis } from '../../../tests/support/fuseau.ts';
import { courriels } from '../../../tests/support/courriels.ts';
import type { Db } from '../../core/base/database.ts';
import { COOKIE_SESSION } from '../../core/http/cookies.ts';
import { HOUSE } from '../../modules.ts';
import {
  commencerDemonstration,
  countMandatsDeDemonstration,
  listComptesDeDemonstration,
  quitterDemonstration,
  retirerDemonstration,
} from './demonstration.queries.ts';
import { createCompte, createSession, listPersonas } from './sessions.queries.ts';
import { jourDans } from '../../../tests/support/jours.ts';

const fermerLaDemonstration = (owner: Db, contratId: number, quand: Date) =>
  aLHeureDeParis(() => owner.transaction().execute((tx) => quitterDemonstration(tx, contratId, HOUSE.titres, quand)))();

describe('Quitter la démonstration', () => {
  let demo: AppDeTest;
  let production: AppDeTest;
  let n = 0;
  beforeEach(async () => {
    demo = await ouvrirApp({ demonstration: true });
    production = await ouvrirApp({ base: demo.base });
  });
  afterEach(async () => {
    await production.close();
    await demo.close();
  });
  const compte = (courriel: string, o: { demonstration?: boolean; role?: 'agent' | 'coordination' | 'administrateur'; par?: string } = {}) =>
    createCompte(demo.base.owner, demo.contratId, {
      courriel,
      nom: `Personne ${++n}`,
      fonction: 'Essai',
      organisationId: 'VILLE',
      motDePasse: null,
      demonstration: o.demonstration ?? false,
      ordre: 0,
      mandats: [{ role: o.role ?? 'agent', territoireId: null, fiche: null }],
      accordePar: o.par ?? 'essai',
      debut: '2020-01-01',
    }).then((id) => id ?? '');
  const sessionDe = async (id: string, le = new Date()) =>
    `${COOKIE_SESSION}=${await createSession(demo.base.owner, demo.contratId, { compteId: id, moyen: 'totp', forte: true, adresse: null, agent: null }, le)}`;
  const aller = (app: AppDeTest, url: string, cookie: string, champs?: Record<string, string>) =>
    app.serveur.inject({
      method: champs ? 'POST' : 'GET',
      url,
      headers: { cookie, ...(champs ? { 'content-type': 'application/x-www-form-urlencoded' } : {}) },
      ...(champs ? { payload: new URLSearchParams(champs).toString() } : {}),
    });
  const api = (app: AppDeTest, jeton: string) => app.serveur.inject({ url: '/api/v1/registres/formations', headers: { authorization: `Bearer ${jeton}` } });
  const lettre = (a: string, texte: string) =>
    sql`insert into courriels (contrat_id, destinataire, sujet, texte, etat) values (${demo.contratId}, ${a}, ${`Pour ${a}`}, ${texte}, 'retenu')`.execute(
      demo.base.owner,
    );

  test('une personne fictive n’est plus personne : ni sa session, ni son jeton, ni son calendrier', async () => {
    await compte('claire@demo.example', { demonstration: true, role: 'coordination' });
    const [claire] = await listPersonas(demo.base.owner, demo.contratId, '2026-01-01');
    const entree = await aller(demo, '/demonstration', '', { compte: claire?.id ?? '', retour: '/decisions' });
    const cookie = String(entree.headers['set-cookie']).split(';')[0] ?? '';
    expect((await aller(demo, '/decisions', cookie)).statusCode).toBe(200);
    const jeton = /cc_[\w-]{43}/.exec((await aller(demo, '/mon-compte/jetons', cookie, { nom: 'Tableur', portees: 'lire', jours: '365' })).body)?.[0] ?? '';
    expect((await api(demo, jeton)).statusCode).toBe(200);
    const flux = /\/calendrier\/flux\/[\w-]+\.ics/.exec((await aller(demo, '/calendrier/abonnement', cookie, { acte: 'creer' })).body)?.[0] ?? '';
    expect((await demo.serveur.inject({ url: flux })).statusCode).toBe(200);

    expect((await aller(production, '/decisions', cookie)).statusCode).toBe(303);
    expect((await api(production, jeton)).statusCode).toBe(401);
    expect((await production.serveur.inject({ url: flux })).statusCode).toBe(404);
    expect((await aller(production, '/demonstration', '')).statusCode).toBe(404);
  });

  test('ce que la démonstration a ouvert à des comptes réels finit avec elle ; ce qui la précède reste', async () => {
    const avant = new Date(Date.now() - 3_600_000);
    const ancien = await compte('ancienne@exemple.fr', { role: 'coordination', par: 'commande' });
    await sql`update comptes set cree_le = ${new Date(avant.getTime() - 1000)}`.execute(demo.base.owner);
    const ancienne = await sessionDe(ancien, avant);
    await commencerDemonstration(demo.base.owner, demo.contratId, new Date(Date.now() - 60_000));
    await commencerDemonstration(demo.base.owner, demo.contratId, new Date());
    const nouvelle = await sessionDe(ancien);
    const jeton = /cc_[\w-]{43}/.exec((await aller(demo, '/mon-compte/jetons', nouvelle, { nom: 'Tableur', portees: 'lire', jours: '30' })).body)?.[0] ?? '';
    await aller(demo, '/calendrier/abonnement', nouvelle, { acte: 'creer' });
    const invite = { courriel: 'invitee@exemple.fr', nom: 'Invitée', fonction: 'Essai', organisation: 'VILLE', role: 'agent' };
    expect((await aller(demo, '/comptes/inviter', nouvelle, invite)).statusCode).toBe(303);
    const lettreRecue = (await courriels(demo)).find((x) => x.destinataire === 'invitee@exemple.fr');
    const lien = /\/invitation\?jeton=[\w-]+/.exec(lettreRecue?.texte ?? '')?.[0] ?? '';
    expect((await aller(demo, lien, '')).statusCode).toBe(200);

    await fermerLaDemonstration(demo.base.owner, demo.contratId, new Date());
    expect((await aller(production, '/mon-compte', nouvelle)).statusCode).toBe(303);
    expect((await aller(production, '/mon-compte', ancienne)).statusCode).toBe(200);
    expect((await api(production, jeton)).statusCode).toBe(401);
    expect((await aller(production, lien, '')).statusCode).toBe(404);
    const { rows: restes } = await sql<{ flux: number; textes: number }>`
      select (select count(*)::int from calendrier_flux where revoque_le is null) as flux,
        (select count(*)::int from courriels where texte <> '' or ferme is not null) as textes`.execute(demo.base.owner);
    expect(restes).toEqual([{ flux: 0, textes: 0 }]);
    // Leaving twice changes nothing more.
    const encore = await sessionDe(ancien);
    await fermerLaDemonstration(demo.base.owner, demo.contratId, new Date());
    expect((await aller(production, '/mon-compte', encore)).statusCode).toBe(200);
  });

  test('la boîte de la démonstration ne montre jamais ce qui va à quelqu’un de réel', async () => {
    await compte('fictif@demo.example', { demonstration: true });
    await compte('reel@exemple.fr');
    await compte('reel@chez.example');
    for (const a of ['fictif@demo.example', 'essai@personne.example', 'reel@exemple.fr', 'reel@chez.example', 'invite@ailleurs.fr'])
      await lettre(a, `Secret de ${a}`);
    const { body } = await aller(demo, '/demonstration/courriels', '');
    expect(['fictif@demo.example', 'essai@personne.example'].map((a) => body.includes(`Secret de ${a}`))).toEqual([true, true]);
    for (const a of ['reel@exemple.fr', 'reel@chez.example', 'invite@ailleurs.fr']) expect(body).not.toContain(a);
  });

  test('retirer la démonstration ferme les comptes fictifs et ceux qu’elle a invités, pas ceux de la ligne de commande', async () => {
    const ancien = await compte('avant@exemple.fr');
    await sql`update comptes set cree_le = now() - interval '1 day' where id = ${ancien}::uuid`.execute(demo.base.owner);
    await commencerDemonstration(demo.base.owner, demo.contratId, new Date(Date.now() - 60_000));
    await compte('fictif@demo.example', { demonstration: true });
    await compte('pendant@exemple.fr');
    const commande = await compte('commande@exemple.fr', { role: 'administrateur', par: 'commande' });
    await sql`update mandats set cree_le = now() - interval '1 day' where compte_id = ${ancien}::uuid`.execute(demo.base.owner);
    await sql`
      insert into mandats (contrat_id, compte_id, role, debut, accorde_par)
      values (${demo.contratId}, ${ancien}::uuid, 'pilote', current_date, 'Claire Fontaine')`.execute(demo.base.owner);

    const { owner } = demo.base;
    const vus = await listComptesDeDemonstration(owner, demo.contratId);
    expect(vus.map((c) => [c.courriel, c.fictif])).toEqual([
      ['fictif@demo.example', true],
      ['pendant@exemple.fr', false],
    ]);
    const ids = vus.map((c) => c.id);
    expect(await countMandatsDeDemonstration(owner, demo.contratId, ids, jourDans())).toBe(1);
    await fermerLaDemonstration(owner, demo.contratId, new Date());
    await aLHeureDeParis(() => owner.transaction().execute((tx) => retirerDemonstration(tx, demo.contratId, vus, new Date(), [])))();
    expect(await listComptesDeDemonstration(owner, demo.contratId)).toEqual([]);
    const { rows } = await sql<{ courriel: string; role: string }>`
      select c.courriel, m.role from comptes c join mandats m on m.compte_id = c.id
      where c.ferme_le is null and (m.fin is null or m.fin >= current_date) order by 1, 2`.execute(owner);
    expect(rows).toEqual([
      { courriel: 'avant@exemple.fr', role: 'agent' },
      { courriel: 'commande@exemple.fr', role: 'administrateur' },
    ]);
    expect((await aller(production, '/comptes', await sessionDe(commande))).statusCode).toBe(200);
  });
});
