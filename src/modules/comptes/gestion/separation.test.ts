import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { aLHeureDeParis } from '../../../../tests/support/fuseau.ts';
import { type AppDeTest, ouvrirApp } from '../../../../tests/support/app.ts';
import { courriels as courrielsDe } from '../../../../tests/support/courriels.ts';
import { ROLES, type Role } from '../../../core/authorize.ts';
import { COOKIE_SESSION } from '../../../core/http/cookies.ts';
import { createCompte, createSession } from '../sessions.queries.ts';
import { creerPremier, type PremierRole } from './premiers.ts';
import { estSensible, incompatibilite } from './separation.rules.ts';
import { jourDans } from '../../../../tests/support/jours.ts';

interface Personne {
  id: string;
  courriel: string;
  get: (url: string) => Promise<{ statusCode: number; body: string }>;
  post: (url: string, champs?: Record<string, string>) => Promise<{ statusCode: number; body: string; headers: Record<string, unknown> }>;
}

describe('Séparation des fonctions', () => {
  let app: AppDeTest;
  let n = 0;
  beforeAll(async () => {
    app = await ouvrirApp();
  });
  afterAll(() => app.close());

  async function incarner(id: string, courriel: string): Promise<Personne> {
    const session = { compteId: id, moyen: 'totp', forte: true, adresse: null, agent: null } as const;
    const cookie = `${COOKIE_SESSION}=${await createSession(app.base.owner, app.contratId, session, new Date())}`;
    return {
      id,
      courriel,
      get: (url) => app.serveur.inject({ url, headers: { cookie } }),
      post: (url, champs = {}) =>
        app.serveur.inject({
          method: 'POST',
          url,
          headers: { cookie, 'content-type': 'application/x-www-form-urlencoded' },
          payload: new URLSearchParams(champs).toString(),
        }),
    };
  }
  async function personne(role: Role | null, organisationId = 'DPMP', territoireId: string | null = null): Promise<Personne> {
    const courriel = `separation${++n}@exemple.fr`;
    const id = await createCompte(app.base.owner, app.contratId, {
      courriel,
      nom: `Personne ${n}`,
      fonction: 'Essai',
      organisationId,
      motDePasse: null,
      demonstration: false,
      ordre: 0,
      mandats: role ? [{ role, territoireId, fiche: null }] : [],
      accordePar: 'essai',
      debut: '2020-01-01',
    });
    return incarner(id ?? '', courriel);
  }
  const mandatsDe = async (id: string) =>
    (
      await sql<{ id: string; role: string; par: string }>`
        select id, role, accorde_par as par from mandats where compte_id = ${id}::uuid and (fin is null or fin >= current_date)`.execute(app.base.owner)
    ).rows;
  const mandatDe = async (id: string) => (await mandatsDe(id))[0]?.id ?? '';
  const ouvert = async (id: string) =>
    (await sql<{ o: boolean }>`select ferme_le is null as o from comptes where id = ${id}::uuid`.execute(app.base.owner)).rows[0]?.o;
  const gerer = (id: string) => sql`update comptes set gestionnaire = true where id = ${id}::uuid`.execute(app.base.owner);
  const derniere = async (compteId: string) =>
    (await sql<{ id: string }>`select id from propositions where compte_id = ${compteId}::uuid order by propose_le desc limit 1`.execute(app.base.owner))
      .rows[0]?.id ?? '';
  const courriels = async (a: string) => (await courrielsDe(app)).filter((x) => x.destinataire === a).map((x) => x.texte);
  const actes = async (objet: string) =>
    (await sql<{ action: string }>`select action from audit where objet = ${objet} order by numero`.execute(app.base.owner)).rows.map((r) => r.action);
  /** Invites somebody who then opens the account from the mailed link. */
  async function inviter(par: Personne, champs: Record<string, string>): Promise<Personne | null> {
    const courriel = `alias${++n}@exemple.fr`;
    const r = await par.post('/comptes/inviter', { courriel, nom: 'Un Alias', fonction: 'Essai', organisation: 'VILLE', ...champs });
    if (r.statusCode !== 303) return null;
    const jeton = /jeton=([\w-]+)/.exec((await courriels(courriel)).at(-1) ?? '')?.[1] ?? '';
    await app.serveur.inject({
      method: 'POST',
      url: '/invitation',
      remoteAddress: `10.3.0.${n}`,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      payload: new URLSearchParams({ jeton, nom: 'Un Alias', mot_de_passe: 'Un cheval correct, 7 agrafes' }).toString(),
    });
    const { rows } = await sql<{ id: string }>`select id from comptes where courriel = ${courriel}`.execute(app.base.owner);
    return incarner(rows[0]?.id ?? '', courriel);
  }

  test('l’administration technique ouvre des comptes, mais ni elle ni ses comptes n’arrivent aux données', async () => {
    const sophie = await personne('administrateur', 'VILLE');
    for (const role of Object.keys(ROLES)) expect([role, await inviter(sophie, { role })]).toEqual([role, null]);
    const alias = await inviter(sophie, {});
    expect(alias).not.toBeNull();
    if (!alias) return;
    expect(await mandatsDe(alias.id)).toEqual([]);
    expect((await sophie.post(`/comptes/${alias.id}/gestionnaire`, { oui: '1' })).statusCode).toBe(403);
    for (const role of ['agent', 'association', 'producteur', 'coordination', 'dpo'])
      expect([role, (await sophie.post(`/comptes/${alias.id}/mandats`, { role, confirme: '1', motif: 'pour voir' })).statusCode]).toEqual([role, 422]);
    // A second administrator is proposed, and waits for somebody who is not of the administrator's making.
    expect((await sophie.post(`/comptes/${alias.id}/mandats`, { role: 'administrateur', confirme: '1', motif: 'pour voir' })).statusCode).toBe(303);
    const proposition = await derniere(alias.id);
    for (const p of [sophie, alias]) expect((await p.post(`/comptes/propositions/${proposition}/confirmer`)).statusCode).toBe(403);
    expect(await mandatsDe(alias.id)).toEqual([]);
    for (const p of [sophie, alias]) expect((await p.get('/registres/interventions')).statusCode).toBe(403);
  });

  test('une proposition attend dans « Ma journée » de qui peut la confirmer, et de lui seul', async () => {
    const claire = await personne('coordination');
    const laurent = await personne('dpo');
    const karim = await personne('agent');
    const attendue = async (p: Personne) => (await p.get('/ma-journee')).body.includes('href="/comptes/propositions"');
    await sql`update propositions set expire_le = now() where etat = 'ouverte'`.execute(app.base.owner);
    const avant = await attendue(laurent);
    await claire.post(`/comptes/${karim.id}/mandats`, { role: 'membre_cellule', territoire: 'mairie-18', confirme: '1', motif: 'pour voir' });
    expect([avant, await attendue(laurent), await attendue(claire), await attendue(karim)]).toEqual([false, true, false, false]);
    expect((await laurent.get('/comptes')).body).toContain('À confirmer (1)');
    // Whoever is concerned follows it from their own account, not from pages that are closed to them.
    const suivi = (await karim.get('/comptes/propositions')).body;
    expect([suivi.includes('Membre de cellule'), suivi.includes('href="/comptes"')]).toEqual([true, false]);
    await laurent.post(`/comptes/propositions/${await derniere(karim.id)}/refuser`);
    expect(await attendue(laurent)).toBe(false);
  });

  test('un gestionnaire local ne touche ni un égal, ni un rang au-dessus, ni ce qu’il ne tient pas', async () => {
    const claire = await personne('coordination');
    const laurent = await personne('dpo');
    const nadia = await personne('coordonnateur', 'DPMP', 'mairie-18');
    const pilote = await personne('pilote');
    const karim = await personne('agent', 'DPMP', 'mairie-18');
    await gerer(nadia.id);
    for (const cible of [claire, laurent, pilote]) {
      const mandat = await mandatDe(cible.id);
      for (const url of [`/comptes/${cible.id}/mandats/${mandat}/fin`, `/comptes/${cible.id}/fermer`]) {
        expect([url, (await nadia.get(url)).statusCode]).toEqual([url, 403]);
        expect([url, (await nadia.post(url, { confirme: '1', motif: 'pour voir' })).statusCode]).toEqual([url, 403]);
      }
      expect([await mandatDe(cible.id), await ouvert(cible.id)]).toEqual([mandat, true]);
      expect((await nadia.get(`/comptes/${cible.id}`)).body).not.toContain('/fermer');
    }
    const donner = async (champs: Record<string, string>) => (await nadia.post(`/comptes/${karim.id}/mandats`, champs)).statusCode;
    expect(await donner({ role: 'association' })).toBe(422);
    expect(await donner({ role: 'association', territoire: 'mairie-12' })).toBe(422);
    expect(await donner({ role: 'producteur', territoire: 'mairie-18' })).toBe(422);
    expect(await donner({ role: 'association', territoire: 'mairie-18' })).toBe(303);
  });

  test('un gestionnaire dont le mandat finit ne donne rien au-delà de cette fin', async () => {
    const nadia = await personne('coordonnateur', 'DPMP', 'mairie-18');
    const karim = await personne('agent', 'DPMP', 'mairie-18');
    await gerer(nadia.id);
    await sql`update mandats set fin = current_date + 30 where compte_id = ${nadia.id}::uuid`.execute(app.base.owner);
    const dans = jourDans;
    const donner = async (fin: string) => (await nadia.post(`/comptes/${karim.id}/mandats`, { role: 'association', territoire: 'mairie-18', fin })).statusCode;
    expect(await donner('')).toBe(422);
    expect(await donner(dans(60))).toBe(422);
    expect(await donner(dans(20))).toBe(303);
    const promettre = async (fin: string) =>
      (
        await nadia.post('/comptes/inviter', {
          courriel: `limite${++n}@exemple.fr`,
          nom: 'Personne Invitée',
          fonction: 'Essai',
          organisation: 'DPMP',
          role: 'association',
          territoire: 'mairie-18',
          fin,
        })
      ).statusCode;
    expect(await promettre('')).toBe(422);
    expect(await promettre(dans(20))).toBe(303);
  });

  test('l’administration technique ne ferme aucun compte de travail, et n’écarte pas qui la contrôle', async () => {
    const sophie = await personne('administrateur', 'VILLE');
    const cibles = [await personne('dpo', 'VILLE'), await personne('coordination', 'VILLE'), await personne('agent', 'RATP')];
    for (const cible of cibles) {
      expect((await sophie.post(`/comptes/${cible.id}/fermer`, { confirme: '1', motif: 'pour voir' })).statusCode).toBe(403);
      expect((await sophie.post(`/comptes/${cible.id}/mandats/${await mandatDe(cible.id)}/fin`, { confirme: '1', motif: 'pour voir' })).statusCode).toBe(403);
      // Whom she does not outrank, she does not keep out either; a lost telephone of an agent is cut.
      expect((await sophie.post(`/comptes/${cible.id}/acces/fermer`)).statusCode).toBe(cible === cibles[2] ? 303 : 403);
      expect(await ouvert(cible.id)).toBe(true);
    }
    expect((await sophie.post('/comptes/organisations/RATP/fermer')).statusCode).toBe(403);
    // What it opened without mandate, it closes.
    const vide = await personne(null, 'RATP');
    expect((await sophie.post(`/comptes/${vide.id}/fermer`, { confirme: '1' })).statusCode).toBe(303);
    expect(await ouvert(vide.id)).toBe(false);
  });

  test('écarter le délégué se fait à deux : proposé, annoncé, confirmé par un autre compte, au journal', async () => {
    const claire = await personne('coordination');
    const seconde = await personne('coordination');
    const laurent = await personne('dpo', 'VILLE');
    const url = `/comptes/${laurent.id}/mandats/${await mandatDe(laurent.id)}/fin`;
    const page = await claire.post(url);
    expect(page.statusCode).toBe(200);
    expect(page.body).toContain('Cet acte se fait à deux');
    expect((await claire.post(url, { confirme: '1' })).statusCode).toBe(422);
    expect((await claire.post(url, { confirme: '1', motif: 'Il change de service' })).headers.location).toBe('/comptes/propositions');
    expect(await mandatsDe(laurent.id)).toHaveLength(1);
    expect((await claire.post(url, { confirme: '1', motif: 'Il change de service' })).statusCode).toBe(409);
    const id = await derniere(laurent.id);
    for (const a of [claire, seconde, laurent]) expect((await courriels(a.courriel)).join()).toContain('mettre fin au mandat « DPO-auditeur »');

    const sophie = await personne('administrateur', 'VILLE');
    const agent = await personne('agent');
    for (const p of [claire, sophie, agent]) expect((await p.post(`/comptes/propositions/${id}/confirmer`)).statusCode).toBe(403);
    expect((await seconde.get('/comptes/propositions')).body).toContain('Il change de service');
    expect((await laurent.get('/comptes/propositions')).body).toContain('Il change de service');
    expect((await agent.get('/comptes/propositions')).body).not.toContain('Il change de service');
    expect((await seconde.post(`/comptes/propositions/${id}/confirmer`)).statusCode).toBe(303);
    expect(await mandatsDe(laurent.id)).toEqual([]);
    expect((await seconde.post(`/comptes/propositions/${id}/confirmer`)).statusCode).toBe(409);
    expect(await actes(`/comptes/${laurent.id}`)).toEqual(expect.arrayContaining(['proposition.creee', 'mandat.termine', 'proposition.confirmee']));
    for (const a of [claire, seconde, laurent]) expect((await courriels(a.courriel)).at(-1)).toContain('est confirmée');
  });

  test('une proposition se refuse, se retire, passe après sept jours, et tombe avec les droits de qui l’a faite', async () => {
    const [claire, seconde, cible] = [await personne('coordination'), await personne('coordination'), await personne(null)];
    const proposer = () => claire.post(`/comptes/${cible.id}/mandats`, { role: 'membre_cellule', confirme: '1', motif: 'Entre dans la cellule' });
    const repondre = async (qui: Personne, r: string) => (await qui.post(`/comptes/propositions/${await derniere(cible.id)}/${r}`)).statusCode;
    expect((await proposer()).statusCode).toBe(303);
    expect(await repondre(claire, 'refuser')).toBe(403);
    expect(await repondre(seconde, 'refuser')).toBe(303);
    await proposer();
    expect(await repondre(seconde, 'retirer')).toBe(403);
    expect(await repondre(claire, 'retirer')).toBe(303);
    await proposer();
    await sql`update propositions set expire_le = now() - interval '1 minute' where id = ${await derniere(cible.id)}::uuid`.execute(app.base.owner);
    expect(await repondre(seconde, 'confirmer')).toBe(409);
    await proposer();
    await sql`update mandats set fin = current_date - 1 where compte_id = ${claire.id}::uuid`.execute(app.base.owner);
    expect(await repondre(seconde, 'confirmer')).toBe(409);
    expect(await mandatsDe(cible.id)).toEqual([]);
    await sql`update mandats set fin = null where compte_id = ${claire.id}::uuid`.execute(app.base.owner);
    expect(await repondre(seconde, 'confirmer')).toBe(303);
    expect(await mandatsDe(cible.id)).toMatchObject([{ role: 'membre_cellule', par: expect.stringContaining(', confirmé par ') }]);
    expect((await claire.post('/comptes/propositions/rien/confirmer')).statusCode).toBe(404);
  });

  test('une proposition ne survit ni à « Tout fermer », ni au compte de qui l’a faite ou dont elle parle', async () => {
    const etatDe = async (id: string) =>
      (await sql<{ etat: string }>`select etat from propositions where id = ${id}::uuid`.execute(app.base.owner)).rows[0]?.etat;
    const [claire, seconde, tierce] = [await personne('coordination'), await personne('coordination'), await personne('coordination')];
    const proposer = async () => {
      const cible = await personne(null);
      expect((await claire.post(`/comptes/${cible.id}/mandats`, { role: 'membre_cellule', confirme: '1', motif: 'Entre dans la cellule' })).statusCode).toBe(
        303,
      );
      return { cible, id: await derniere(cible.id) };
    };
    const [a, b] = [await proposer(), await proposer()];
    expect((await seconde.post(`/comptes/${b.cible.id}/fermer`, { confirme: '1' })).statusCode).toBe(303);
    expect([await etatDe(a.id), await etatDe(b.id)]).toEqual(['ouverte', 'retiree']);
    expect((await claire.post('/mon-compte/sessions', { tout: '1' })).statusCode).toBe(303);
    expect(await etatDe(a.id)).toBe('retiree');
    expect((await courriels(claire.courriel)).at(-1)).toContain('1\u00a0proposition qui attendait');
    expect((await seconde.post(`/comptes/propositions/${a.id}/confirmer`)).statusCode).toBe(409);
    expect(await mandatsDe(a.cible.id)).toEqual([]);

    const c = await proposer();
    const fin = await seconde.post(`/comptes/${claire.id}/fermer`, { confirme: '1', motif: 'Elle part' });
    expect(fin.statusCode).toBe(303);
    if (fin.headers.location === '/comptes/propositions')
      expect((await tierce.post(`/comptes/propositions/${await derniere(claire.id)}/confirmer`)).statusCode).toBe(303);
    expect([await ouvert(claire.id), await etatDe(c.id)]).toEqual([false, 'retiree']);
  });

  test('déléguer un rôle sensible se fait à deux aussi : une seule personne n’en fait pas deux', async () => {
    const [claire, collegue, dpo] = [await personne('coordination'), await personne('agent'), await personne('dpo', 'VILLE')];
    const jour = jourDans(1);
    const r = await claire.post('/mon-compte/delegations', { mandat: await mandatDe(claire.id), compte: collegue.id, debut: jour, fin: jour });
    expect(r.headers.location).toBe('/comptes/propositions');
    expect((await mandatsDe(collegue.id)).map((m) => m.role)).toEqual(['agent']);
    const id = await derniere(collegue.id);
    for (const p of [claire, collegue]) expect((await p.post(`/comptes/propositions/${id}/confirmer`)).statusCode).toBe(403);
    expect((await dpo.post(`/comptes/propositions/${id}/confirmer`)).statusCode).toBe(303);
    expect((await mandatsDe(collegue.id)).map((m) => m.role).sort()).toEqual(['agent', 'coordination']);
  });

  test('mettre fin ou fermer montre d’abord ce qui finira ; rien ne part au premier envoi', async () => {
    const claire = await personne('coordination');
    const [agent, collegue] = [await personne('coordonnateur', 'PM', 'mairie-18'), await personne('agent', 'PM')];
    const mandat = await mandatDe(agent.id);
    const jour = jourDans();
    expect((await agent.post('/mon-compte/delegations', { mandat, compte: collegue.id, debut: jour, fin: jour })).statusCode).toBe(303);
    for (const url of [`/comptes/${agent.id}/mandats/${mandat}/fin`, `/comptes/${agent.id}/fermer`]) {
      for (const vue of [await claire.get(url), await claire.post(url)]) {
        expect(vue.statusCode).toBe(200);
        expect(vue.body).toContain('Coordonnateur d’arrondissement, Mairie du 18e');
        expect(vue.body).toMatch(/La délégation faite à Personne \d+/);
      }
    }
    expect([await ouvert(agent.id), (await mandatsDe(agent.id)).length]).toEqual([true, 1]);
    expect((await claire.post(`/comptes/${agent.id}/fermer`, { confirme: '1' })).statusCode).toBe(303);
    expect([await ouvert(agent.id), (await mandatsDe(collegue.id)).map((m) => m.role)]).toEqual([false, ['agent']]);
  });

  test('fermer une organisation ne contourne rien : ce qui se ferme à deux retient tout le reste', async () => {
    const claire = await personne('coordination');
    const [dpo, agent] = [await personne('dpo', 'SCOP'), await personne('agent', 'SCOP')];
    expect((await claire.get('/comptes/organisations/SCOP/fermer')).body).toContain('Ce compte se ferme à deux');
    expect((await claire.post('/comptes/organisations/SCOP/fermer')).statusCode).toBe(409);
    expect([await ouvert(dpo.id), await ouvert(agent.id)]).toEqual([true, true]);
    await sql`update comptes set ferme_le = now() where id = ${dpo.id}::uuid`.execute(app.base.owner);
    expect((await claire.post('/comptes/organisations/SCOP/fermer')).statusCode).toBe(303);
    expect(await ouvert(agent.id)).toBe(false);
  });

  test('d’une installation vide à un contrat qui vit : trois comptes de la ligne de commande, puis tout se fait à deux', async () => {
    await sql`update comptes set ferme_le = now()`.execute(app.base.owner);
    const premier = (role: PremierRole, secours = false) =>
      aLHeureDeParis(creerPremier)(
        app.base.owner,
        app.contratId,
        { role, courriel: `premier-${role}${++n}@exemple.fr`, nom: `Premier ${n}`, organisationId: 'VILLE', motDePasse: 'x', secours },
        new Date(),
      );
    const [admin, coordination, dpo] = [await premier('administrateur'), await premier('coordination'), await premier('dpo')];
    expect(await actes(`/comptes/${coordination}`)).toEqual(['compte.cree']);
    await expect(premier('dpo')).rejects.toThrow('se propose et se confirme à deux');
    const { rows } = await sql<{ courriel: string }>`select courriel from comptes where id = ${dpo}::uuid`.execute(app.base.owner);
    await premier('dpo', true);
    expect((await courriels(rows[0]?.courriel ?? '')).join()).toContain('option de secours');

    const [elle, lui, technique] = [await incarner(coordination, ''), await incarner(dpo, ''), await incarner(admin, '')];
    const seconde = await inviter(technique, {});
    expect((await elle.post(`/comptes/${seconde?.id}/mandats`, { role: 'coordination', confirme: '1', motif: 'Elle la seconde' })).statusCode).toBe(303);
    expect((await lui.post(`/comptes/propositions/${await derniere(seconde?.id ?? '')}/confirmer`)).statusCode).toBe(303);
    expect((await mandatsDe(seconde?.id ?? '')).map((m) => m.role)).toEqual(['coordination']);
    expect((await seconde?.get('/registres/interventions'))?.statusCode).toBe(200);
  });

  test('deux rôles incompatibles sont refusés avec leur raison', async () => {
    const claire = await personne('coordination');
    const instructeur = await personne('financement', 'PRIF');
    const r = await claire.post(`/comptes/${instructeur.id}/mandats`, { role: 'association' });
    expect(r.statusCode).toBe(422);
    expect(r.body).toContain('Qui instruit les subventions n’en demande pas');
  });

  test('la base refuse les mêmes cumuls que les règles, et un rôle sensible sans proposition confirmée', async () => {
    const roles = Object.keys(ROLES) as Role[];
    const { rows } = await sql<{ a: Role; b: Role; non: boolean; sensible: boolean }>`
      select a, b, roles_incompatibles(a, b) as non, role_sensible(a) as sensible
      from unnest(${roles}::text[]) as a, unnest(${roles}::text[]) as b`.execute(app.base.owner);
    expect(rows).toHaveLength(roles.length ** 2);
    for (const { a, b, non, sensible } of rows) expect([a, b, non, sensible]).toEqual([a, b, incompatibilite(a, b) !== null, estSensible(a)]);

    const dpo = await personne('dpo');
    const ajouter = (db: typeof app.db, compteId: string, role: string) =>
      sql`insert into mandats (contrat_id, compte_id, role, debut, accorde_par) values (${app.contratId}, ${compteId}::uuid, ${role}, current_date, 'essai')`.execute(
        db,
      );
    await expect(ajouter(app.base.owner, dpo.id, 'agent')).rejects.toThrow('droits incompatibles');
    await expect(gerer(dpo.id)).rejects.toThrow('droits incompatibles');
    const agent = await personne('agent');
    await expect(ajouter(app.db, agent.id, 'coordination')).rejects.toThrow('se donne à deux');
    await ajouter(app.db, agent.id, 'association');
    await sql`update comptes set gestionnaire = true where id = ${agent.id}::uuid`.execute(app.db);
    await expect(ajouter(app.base.owner, agent.id, 'administrateur')).rejects.toThrow('droits incompatibles');
    // Two at once, each lawful alone.
    const vide = await personne(null);
    const issues = await Promise.allSettled([ajouter(app.base.owner, vide.id, 'dpo'), ajouter(app.base.owner, vide.id, 'agent')]);
    expect(issues.map((i) => i.status).sort()).toEqual(['fulfilled', 'rejected']);
    // One after the other is allowed: what has ended excludes nothing.
    await sql`update mandats set fin = current_date - 1 where compte_id = ${dpo.id}::uuid`.execute(app.base.owner);
    await ajouter(app.base.owner, dpo.id, 'agent');
    const { rows: p } = await sql<{ id: string }>`
      insert into propositions (contrat_id, genre, compte_id, motif, propose_par, expire_le)
      values (${app.contratId}, 'fermer', ${agent.id}::uuid, 'essai', ${vide.id}::uuid, now() + interval '1 day') returning id`.execute(app.db);
    const confirmer = sql`update propositions set etat = 'confirmee', decide_par = propose_par, decide_le = now() where id = ${p[0]?.id}::uuid`;
    await expect(confirmer.execute(app.db)).rejects.toThrow('propositions_deux_personnes');
  });
});
