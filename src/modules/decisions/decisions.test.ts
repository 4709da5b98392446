/** Decisions followed to their end, over HTTP, on a real PostgreSQL. */
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type AppDeTest, ouvrirApp } from '../../../tests/support/app.ts';
import { creerDecision, creerInstance, creerMembre } from '../instances/instances.fixtures.ts';
import type { NouvelleDecision } from './decisions.queries.ts';
import { listComptes } from '../comptes/sessions.queries.ts';
import { aLHeureDeParis } from '../../../tests/support/fuseau.ts';
import * as echeances from '../echeances/index.ts';
import { suivreDecisions } from './ecrire.ts';

const envoyerRappels = aLHeureDeParis(echeances.envoyerRappels);
let app: AppDeTest;
let ouverte: string;
let fermee: string;
beforeAll(async () => {
  app = await ouvrirApp();
  ouverte = await creerInstance(app.base.owner, app.contratId, { territoire: 'mairie-18', porteur: 'DPMP', nom: 'Conseil suivi' });
  fermee = await creerInstance(app.base.owner, app.contratId, {
    territoire: 'mairie-18',
    porteur: 'DPMP',
    nom: 'Cellule discrète',
    confidentialite: 'restreinte',
  });
});
afterAll(() => app.close());

const AU_18E = { comme: 'coordonnateur', organisation: 'DPMP', territoire: 'mairie-18' } as const;
const AU_12E = { ...AU_18E, territoire: 'mairie-12' } as const;
const CHARGE = { comme: 'agent', organisation: 'RATP' } as const;
const decision = async (o: Partial<NouvelleDecision> & { instanceId?: string } = {}) => {
  const id =
    (
      await creerDecision(
        app.base.owner,
        app.contratId,
        {
          instanceId: ouverte,
          seanceId: null,
          pointId: null,
          nature: 'action',
          libelle: 'Éclairer la sortie du métro',
          responsableId: 'RATP',
          responsableNom: 'Chef de station',
          responsableCourriel: '',
          echeance: '2026-12-31',
          fiche: '3.5',
          ligne: null,
          territoireId: 'mairie-18',
          ...o,
        },
        { auteur: 'Essai', quand: new Date() },
      )
    )?.id ?? '';
  await aLHeureDeParis(suivreDecisions)({ db: app.base.owner, contrat: { id: app.contratId, slug: '' }, maintenant: new Date() }, [id]);
  return id;
};
const lire = async (id: string) =>
  (
    await sql<{ etat: string; version: number; preuve: string; motif: string; echeance: string | null }>`
      select etat, version, preuve, motif, echeance::text from decisions where contrat_id = ${app.contratId} and id = ${id}::uuid`.execute(app.base.owner)
  ).rows[0];

describe('Suivre une décision', () => {
  test('rien ne se ferme sans preuve ni raison : ni par le formulaire, ni dans la base', async () => {
    const id = await decision();
    for (const [champs, message] of [
      [{ etat: 'fait', preuve: '' }, 'ce qui montre que c’est fait'],
      [{ etat: 'abandonne', motif: '' }, 'pourquoi on y renonce'],
      [{ etat: 'bloque', condition: '' }, 'ce qui débloquerait'],
      [{ etat: 'fait', preuve: 'Vu sur place', preuve_lien: '//ailleurs.example' }, 'Un lien commence par'],
    ] as const) {
      const r = await app.post(`/decisions/${id}`, { ...champs, version: '1' }, AU_18E);
      expect(r.statusCode).toBe(422);
      expect(r.body).toContain(message);
    }
    await expect(sql`update decisions set etat = 'fait', close_le = current_date where id = ${id}::uuid`.execute(app.base.owner)).rejects.toThrow();
    expect(await lire(id)).toMatchObject({ etat: 'a_faire', version: 1 });
  });

  test('GOUV-01, decisions : l’organisation chargée dit où elle en est et prouve ; elle ne change pas l’échéance et n’abandonne pas', async () => {
    const id = await decision();
    expect((await app.post(`/decisions/${id}`, { etat: 'abandonne', motif: 'Trop cher', version: '1' }, CHARGE)).statusCode).toBe(422);
    expect((await app.post(`/decisions/${id}/charge`, { libelle: 'Autre', responsable: 'PP', echeance: '2030-01-01', version: '1' }, CHARGE)).statusCode).toBe(
      403,
    );
    expect(
      (await app.post(`/decisions/${id}`, { etat: 'fait', preuve: 'Lampes posées le 3', preuve_lien: '/registres/operations', version: '1' }, CHARGE))
        .statusCode,
    ).toBe(303);
    expect(await lire(id)).toMatchObject({ etat: 'fait', preuve: 'Lampes posées le 3', version: 2 });
    const page = (await app.get(`/decisions/${id}`, CHARGE)).body;
    expect(page).toContain('Preuve : Lampes posées le 3');
    expect(page).toContain('Décidée, à faire');
  });

  test('dite faite par un autre que celui qui en est chargé, elle le dit, et celui-ci l’apprend ; dès qu’il le dit lui-même, c’est sa parole', async () => {
    const id = await decision({ responsableCourriel: 'chef@exemple.fr' });
    expect((await app.post(`/decisions/${id}`, { etat: 'fait', preuve: 'Lampes posées le 3', version: '1' }, AU_18E)).statusCode).toBe(303);
    const dpmp = app.catalogue.nomActeur('DPMP');
    const lue = async () => (await app.get(`/decisions/${id}`, AU_18E)).body.replace(/<!-- -->/g, '');
    expect(await lue()).toMatch(new RegExp(`Dite faite[\\s\\S]{0,200}${dpmp}[^<]*, et non par `));
    const lettres = async () =>
      (
        await sql<{ texte: string }>`select texte from courriels where destinataire = 'chef@exemple.fr' and sujet like 'Dite faite par un autre%'`.execute(
          app.base.owner,
        )
      ).rows;
    expect((await lettres()).map((l) => l.texte.includes('Preuve : Lampes posées le 3'))).toEqual([true]);
    const solde = await sql<{ par: string }>`select soldee_par as par from echeances where genre = 'decision' and objet_id = ${id}`.execute(app.base.owner);
    expect(solde.rows[0]?.par).toContain(dpmp);
    expect((await app.get('/decisions.csv?q=Lampes', AU_18E)).body + (await app.get('/decisions.csv', AU_18E)).body).toContain(dpmp);
    expect((await app.post(`/decisions/${id}`, { etat: 'fait', preuve: 'Lampes posées le 4', version: '2' }, CHARGE)).statusCode).toBe(303);
    expect(await lue()).not.toContain('Dite faite');
    expect(await lettres()).toHaveLength(1);
  });

  test('ce qui est bloqué ou fait l’est depuis le jour où on l’a dit : changer l’échéance ou corriger la preuve n’y change rien', async () => {
    const id = await decision();
    const vieillir = (jours: number) =>
      // Days of the contract's clock: an hour of summer time must not make one more or one less.
      sql`update decisions set modifie_le = (modifie_le at time zone 'Europe/Paris' - make_interval(days => ${jours}::int)) at time zone 'Europe/Paris',
        close_le = close_le - ${jours}::int
        where id = ${id}::uuid`.execute(app.base.owner);
    const due = async () =>
      (
        await sql<{ suspendue: string | null; soldee: Date | null; ecart: number | null; close: number | null }>`
          select current_date - e.suspendue_le as ecart, e.suspendue_le as suspendue, e.soldee_le as soldee, current_date - d.close_le as close
          from echeances e join decisions d on d.contrat_id = e.contrat_id and d.id = e.objet
          where e.genre = 'decision' and e.objet_id = ${id}`.execute(app.base.owner)
      ).rows[0];
    await app.post(`/decisions/${id}`, { etat: 'bloque', condition: 'Un devis signé', version: '1' }, AU_18E);
    await vieillir(40);
    const charge = { libelle: 'Éclairer la sortie', responsable: 'RATP', echeance: '2027-02-03', version: '2' };
    expect((await app.post(`/decisions/${id}/charge`, charge, AU_18E)).statusCode).toBe(303);
    expect((await due())?.ecart).toBe(40);
    await app.post(`/decisions/${id}`, { etat: 'bloque', condition: 'Deux devis signés', version: '3' }, AU_18E);
    expect((await due())?.ecart).toBe(40);
    await app.post(`/decisions/${id}`, { etat: 'fait', preuve: 'Lampes posées', version: '4' }, AU_18E);
    await vieillir(20);
    expect((await app.post(`/decisions/${id}`, { etat: 'fait', preuve: 'Douze lampes posées', version: '5' }, AU_18E)).statusCode).toBe(303);
    const faite = await due();
    expect(faite).toMatchObject({ close: 20, suspendue: null });
    expect(faite?.soldee).not.toBeNull();
    await app.post(`/decisions/${id}`, { etat: 'abandonne', motif: 'Les lampes sont tombées', version: '6' }, AU_18E);
    expect((await due())?.close).toBe(0);
  });

  test('une autre organisation lit mais n’écrit pas', async () => {
    const id = await decision();
    expect((await app.get(`/decisions/${id}`, { comme: 'agent', organisation: 'PP' })).statusCode).toBe(200);
    expect((await app.post(`/decisions/${id}`, { etat: 'en_cours', version: '1' }, { comme: 'agent', organisation: 'PP' })).statusCode).toBe(403);
    expect((await app.get(`/decisions/${id}`)).statusCode).toBe(303);
  });

  test('deux personnes à la fois : la seconde voit ce qui a changé, et son texte reste', async () => {
    const id = await decision();
    expect((await app.post(`/decisions/${id}`, { etat: 'en_cours', version: '1' }, AU_18E)).statusCode).toBe(303);
    const second = await app.post(`/decisions/${id}`, { etat: 'bloque', condition: 'Un devis signé', version: '1' }, CHARGE);
    expect(second.statusCode).toBe(409);
    expect(second.body).toContain('Un devis signé');
    expect(second.body).toContain('value="2"');
    expect(await lire(id)).toMatchObject({ etat: 'en_cours' });
  });

  test('une décision d’instance restreinte ne se voit ni dans la liste, ni dans l’export, ni dans les nombres', async () => {
    const id = await decision({ instanceId: fermee, libelle: 'Sujet confidentiel' });
    for (const qui of [CHARGE, AU_12E]) {
      expect((await app.get(`/decisions/${id}`, qui)).statusCode).toBe(404);
      expect((await app.post(`/decisions/${id}`, { etat: 'en_cours', version: '1' }, qui)).statusCode).toBe(404);
      expect((await app.get('/decisions?q=confidentiel', qui)).body).not.toContain('Sujet confidentiel');
      expect((await app.get('/decisions.csv?q=confidentiel', qui)).body).not.toContain('Sujet confidentiel');
    }
    expect((await app.get('/decisions?q=confidentiel', AU_18E)).body).toContain('Sujet confidentiel');
  });

  test('la liste se filtre, se pagine sans rien sauter et s’exporte', async () => {
    const instance = await creerInstance(app.base.owner, app.contratId, { territoire: 'mairie-18', porteur: 'DPMP', nom: 'Conseil aux nombreuses décisions' });
    for (let i = 0; i < 55; i++) await decision({ instanceId: instance, libelle: `=Action ${i}`, ligne: i % 2 === 0 ? '1.6-R2.5' : null });
    const vues = new Set<string>();
    let adresse = `/decisions?instance=${instance}`;
    for (let n = 0; n < 3 && adresse; n++) {
      const page = (await app.get(adresse, AU_18E)).body;
      for (const m of page.matchAll(/href="\/decisions\/([0-9a-f-]{36})"/g)) vues.add(m[1] ?? '');
      adresse = (/href="([^"]*apres=[^"]*)"/.exec(page)?.[1] ?? '').replaceAll('&amp;', '&');
    }
    expect(vues.size).toBe(55);
    const csv = (await app.get(`/decisions.csv?instance=${instance}&ligne=1.6-R2.5`, AU_18E)).body;
    expect(csv.trim().split('\n')).toHaveLength(29);
    expect(csv).toContain("'=Action");
    expect((await app.get(`/decisions?instance=${instance}&vue=tableau`, AU_18E)).body).toContain('À faire');
  });

  test('un acte en lot vérifie chaque ligne, et ne change rien si l’une est refusée', async () => {
    const ailleurs = await creerInstance(app.base.owner, app.contratId, { territoire: 'mairie-12', porteur: 'DPMP', nom: 'Conseil du 12e' });
    const [a, b] = [await decision(), await decision({ instanceId: ailleurs, territoireId: 'mairie-12' })];
    expect((await app.post('/decisions/lot', { decision: [`${a}:1`, `${b}:1`], acte: 'echeance', echeance: '2027-06-01' }, AU_18E)).statusCode).toBe(403);
    expect(await lire(a)).toMatchObject({ echeance: '2026-12-31' });
    expect((await app.post('/decisions/lot', { decision: [`${a}:1`], acte: 'echeance', echeance: '' }, AU_18E)).statusCode).toBe(422);
    const c = await decision();
    await app.post(`/decisions/${c}`, { etat: 'en_cours', version: '1' }, AU_18E);
    const lot = { decision: [`${a}:1`, `${c}:1`], acte: 'echeance', echeance: '2027-06-01' };
    const laissee = await app.post('/decisions/lot', lot, AU_18E);
    expect(laissee.statusCode).toBe(409);
    expect(laissee.body).toMatch(/1\séchéance changée\. Laissées, car modifiées entre-temps : A\d+ \(Personne \d+\)/);
    expect(await lire(a)).toMatchObject({ echeance: '2027-06-01' });
    expect(await lire(c)).toMatchObject({ echeance: '2026-12-31', etat: 'en_cours' });
    expect((await app.post('/decisions/lot', { ...lot, decision: [`${c}:2`] }, AU_18E)).statusCode).toBe(303);
  });

  test('GOUV-46, decisions-par-ligne : une décision s’écrit hors séance, rattachée au bon engagement', async () => {
    const saisie = { instance: ouverte, nature: 'action', libelle: 'Former les agents', responsable: 'RATP', ligne: '1.6-R2.5', fiche: '3.5' };
    const faute = await app.post('/decisions/nouvelle', saisie, AU_18E);
    expect(faute.statusCode).toBe(422);
    expect(faute.body).toContain('celui de la fiche 1.6');
    const r = await app.post('/decisions/nouvelle', { ...saisie, fiche: '' }, AU_18E);
    expect(r.statusCode).toBe(303);
    expect((await app.get(String(r.headers.location), AU_18E)).body).toContain('1.6-R2.5');
    expect((await app.post('/decisions/nouvelle', { ...saisie, fiche: '' }, CHARGE)).statusCode).toBe(403);
  });
});

describe('Rappels', () => {
  const courriels = async (a: string) =>
    (
      await sql<{ sujet: string; texte: string }>`select sujet, texte from courriels where contrat_id = ${app.contratId} and destinataire = ${a}`.execute(
        app.base.owner,
      )
    ).rows;
  test('un message par personne, une fois par échéance ; la présidence est saisie après un mois, une fois', async () => {
    await creerMembre(app.base.owner, app.contratId, ouverte, { qualite: 'president', fonction: 'Maire', organisation: 'VILLE', courriel: 'maire@exemple.fr' });
    const [a, b] = [
      await decision({ echeance: '2027-03-01', responsableCourriel: 'charge@exemple.fr', libelle: 'Première' }),
      await decision({ echeance: '2027-03-02', responsableCourriel: 'charge@exemple.fr', libelle: 'Seconde' }),
    ];
    await decision({ instanceId: fermee, echeance: '2027-03-02', responsableCourriel: 'secret@exemple.fr', libelle: 'Mot à ne pas dire' });
    const passer = (jour: string) =>
      envoyerRappels(app.db, {
        contratId: app.contratId,
        maintenant: new Date(`${jour}T08:00:00Z`),
        coffre: app.coffre,
        adresse: 'https://concorde.example',
        comptes: listComptes,
      });
    await passer('2027-02-01');
    expect(await courriels('charge@exemple.fr')).toHaveLength(0);
    await Promise.all([passer('2027-02-24'), passer('2027-02-24')]);
    await passer('2027-02-25');
    const [premier, ...autres] = await courriels('charge@exemple.fr');
    expect(autres).toHaveLength(0);
    expect(premier?.texte).toContain('Première');
    expect(premier?.texte).toContain('Seconde');
    expect((await courriels('secret@exemple.fr'))[0]?.texte).not.toContain('Mot à ne pas dire');
    await passer('2027-03-04');
    await passer('2027-03-05');
    expect(await courriels('charge@exemple.fr')).toHaveLength(2);
    await passer('2027-04-12');
    await passer('2027-04-13');
    // Others were late long before: only what speaks of these two counts here.
    const alertes = (await courriels('maire@exemple.fr')).filter((c) => c.texte.includes('Première'));
    expect(alertes).toHaveLength(1);
    expect(alertes[0]?.texte).toMatch(/en retard de plus de 30\sjours/);
    // A new date begins again.
    await app.post(
      `/decisions/${a}/charge`,
      { libelle: 'Première', responsable: 'RATP', responsable_courriel: 'charge@exemple.fr', echeance: '2028-01-01', version: '1' },
      AU_18E,
    );
    const avant = (await courriels('charge@exemple.fr')).length;
    await passer('2027-12-28');
    expect((await courriels('charge@exemple.fr')).length).toBeGreaterThan(avant);
    expect(b).not.toBe('');
  });
});
