import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type AppDeTest, ouvrirApp, type Qui } from '../../../../tests/support/app.ts';
import { estSimple } from '../../../../tests/support/mises-a-jour.ts';
import { laisserPasser } from '../../../../tests/support/attente.ts';
import { openDatabase } from '../../../core/base/database.ts';
import { traduire } from '../../../core/errors.ts';
import { accorderTout, verifierEcheances } from '../../echeances/accorder.ts';
import { aLHeureDeParis } from '../../../../tests/support/fuseau.ts';
import { verifierChiffres } from '../formulaires.ts';

const COORDINATION: Qui = { comme: 'coordination', organisation: 'DPMP' };
const VILLE: Qui = { comme: 'coordination', organisation: 'VILLE' };
const PRODUCTEUR: Qui = { comme: 'producteur', organisation: 'PP' };

describe('Une période figée', () => {
  let app: AppDeTest;
  let maintenant = new Date('2026-11-28T10:00:00Z');
  beforeAll(async () => {
    app = await ouvrirApp({ horloge: () => maintenant });
  });
  afterAll(() => app.close());
  const figer = (champs: Record<string, string>, qui: Qui = COORDINATION) =>
    app.post('/chiffres/verrous', { motif: 'Publication du bilan annuel', fiche: '', ...champs }, qui);
  const verrouDe = (r: { headers: Record<string, unknown> }) => String(r.headers.location).split('/').at(-1) ?? '';
  const lire = async <T>(q: ReturnType<typeof sql<T>>): Promise<T[]> => (await q.execute(app.base.owner)).rows;
  /** As the form sends it, drawn just before. */
  const saisir = async (mesure: string, periode: string, valeur: string, qui: Qui = COORDINATION, plus: Record<string, string> = {}) => {
    const debiteur = plus.debiteur ?? app.catalogue.mesures.get(mesure)?.aupres[0] ?? '';
    const [v] = await lire(sql<{ version: number }>`select coalesce(max(version), 0)::int as version from valeurs
      where contrat_id = ${app.contratId} and mesure_id = ${mesure} and periode = ${periode} and debiteur = ${debiteur}`);
    const version = `${periode}|${app.catalogue.racine.id}|${debiteur}|${v?.version}`;
    const champs = { source: 'Comptage', commentaire: '', version, etat: 'valeur', periode, valeur, debiteur, territoire: app.catalogue.racine.id };
    return app.post(`/chiffres/${mesure}/saisir`, { ...champs, ...plus }, qui);
  };
  const versions = (mesure: string, periode: string) =>
    lire(sql<{ id: string; valeur: number; validee: boolean; courante: boolean; verrou: string | null }>`
      select id::text as id, valeur::float8 as valeur, validee, courante, rectifie_verrou::text as verrou from valeurs
      where contrat_id = ${app.contratId} and mesure_id = ${mesure} and periode = ${periode} order by version`);
  const courante = async (mesure: string, periode: string) => (await versions(mesure, periode)).find((v) => v.courante)?.id ?? '';
  const valider = async (mesure: string, periode: string, qui: Qui = VILLE) =>
    app.post(`/chiffres/${mesure}/valider`, { periode, valeur: await courante(mesure, periode) }, qui);
  /** Measures of one debtor, for the whole contract, without breakdown: one box. */
  const simples = () => [...app.catalogue.mesures.values()].filter((m) => estSimple(app, m) && m.periodicite.includes('annuel'));

  test('seule la coordination fige ; ni un producteur, ni une coordination bornée ailleurs, ni personne', async () => {
    for (const qui of [PRODUCTEUR, { comme: 'pilote', organisation: 'VILLE', fiche: '1.8' }, { ...COORDINATION, territoire: 'mairie-18' }] satisfies Qui[]) {
      expect([qui, (await figer({ periode: '2024', fiche: '1.8' }, qui)).statusCode]).toEqual([qui, 403]);
      expect((await app.get('/chiffres/verrous', qui)).body).not.toContain('Figer une période');
    }
    // A mandate limited to a fiche locks that fiche, and never the whole contract.
    expect((await figer({ periode: '2024' }, { ...COORDINATION, fiche: '1.8' })).statusCode).toBe(403);
    expect((await figer({ periode: '2024', fiche: '1.8' }, { ...COORDINATION, fiche: '1.8' })).statusCode).toBe(303);
    expect((await app.post('/chiffres/verrous', { periode: '2024', fiche: '1.8', motif: 'Publication du bilan' })).statusCode).toBe(401);
    expect((await app.get('/chiffres/verrous')).statusCode).toBe(303);
  });

  test('une période qui court, inconnue, ou sans motif se refuse avec ce qui était écrit ; deux fois la même aussi', async () => {
    for (const periode of ['2026', '2026-S2', '2031', 'demain', '']) {
      const r = await figer({ periode, motif: 'Publication du bilan de la fiche' });
      expect([periode, r.statusCode]).toEqual([periode, 422]);
      expect(r.body).toContain('Publication du bilan de la fiche');
      expect(r.body).toContain('on ne fige pas ce qui court encore');
    }
    const court = await figer({ periode: '2026-S1', fiche: '1.8', motif: 'non' });
    expect([court.statusCode, court.body.includes('Dites pourquoi en une phrase')]).toEqual([422, true]);
    expect((await figer({ periode: '2026-S1', fiche: '1.8' })).statusCode).toBe(303);
    const double = await figer({ periode: '2026-S1', fiche: '1.8' });
    expect([double.statusCode, double.body.includes('est déjà figé')]).toEqual([409, true]);
  });

  test('rien n’y entre plus, par le formulaire, la validation ou le choix ; le refus dit qui, quand, que faire ; contester reste permis, et ne change pas la valeur', async () => {
    const [m, autre] = simples();
    const id = m?.id ?? '';
    expect((await saisir(id, '2025', '41')).statusCode).toBe(303);
    expect((await valider(id, '2025')).statusCode).toBe(303);
    expect((await saisir(id, '2025', '42')).statusCode).toBe(303);
    const attente = await figer({ periode: '2025', fiche: m?.fiche ?? '' });
    expect([attente.statusCode, /contributions? attend/.test(attente.body)]).toEqual([422, true]);
    const confirme = /name="confirme"[^>]*value="([^"]+)"/.exec(attente.body)?.[1] ?? '';
    expect((await lire(sql`select 1 from verrous where contrat_id = ${app.contratId} and periode = '2025'`)).length).toBe(0);
    const pose = await figer({ periode: '2025', fiche: m?.fiche ?? '', confirme });
    expect(pose.statusCode).toBe(303);
    const avant = await versions(id, '2025');
    const refus = await saisir(id, '2025', '77');
    expect(refus.statusCode).toBe(409);
    expect(refus.body).toContain('77');
    const dit = refus.body.replace(/[\u00a0\u202f]/g, ' ');
    expect(dit).toMatch(/figé le 28 novembre 2026 par Personne \d+ \([^)]+\) : Publication du bilan annuel/);
    expect(dit).toContain('demandez à la coordination centrale d’ouvrir une exception datée');
    for (const [acte, champs] of [
      ['valider', { valeur: await courante(id, '2025') }],
      ['trancher', { debiteur: m?.aupres[0] ?? '', motif: 'Le registre de la seconde est complet' }],
    ] as const) {
      const r = await app.post(`/chiffres/${id}/${acte}`, { periode: '2025', ...champs }, VILLE);
      expect([acte, r.statusCode, r.body.includes('figé le')]).toEqual([acte, 409, true]);
    }
    const conteste = { periode: '2025', valeur: await courante(id, '2025'), motif: 'Compté deux fois, voir la main courante' };
    expect((await app.post(`/chiffres/${id}/contester`, conteste, VILLE)).statusCode).toBe(303);
    expect((await app.get(`/chiffres/${id}?periode=2025`)).body).toContain('Un chiffre se confirme ou se conteste encore');
    expect((await app.post(`/chiffres/${id}/contester/retirer`, conteste, VILLE)).statusCode).toBe(303);
    expect(await versions(id, '2025')).toEqual(avant);
    expect((await lire(sql`select 1 from valeur_choix where contrat_id = ${app.contratId} and mesure_id = ${id}`)).length).toBe(0);
    // The form says it before anything is typed; another fiche, another year are free.
    expect((await app.get(`/chiffres/${id}/saisir?periode=2025`, COORDINATION)).body).toContain('Plus rien n’y entre');
    expect((await saisir(id, '2024', '12')).statusCode).toBe(303);
    const ailleurs = simples().find((x) => x.fiche !== m?.fiche) ?? autre;
    expect((await saisir(ailleurs?.id ?? '', '2025', '12')).statusCode).toBe(303);
    expect((await verifierChiffres(app.base.owner, app.contratId)).differences).toEqual([]);
  });

  test('ce qui n’a pas été donné avant de figer n’est plus dû, ni en retard ; une exception le rend dû, sa fin non', async () => {
    const fiche = simples().at(-1)?.fiche ?? '';
    const m = simples().findLast((x) => x.fiche === fiche);
    const entree = async () =>
      (
        await lire(sql<{ motif: string; retard: boolean }>`
          select sans_objet_motif as motif, (soldee_le is null and sans_objet_le is null and due_le < '2026-11-28') as retard from echeances
          where contrat_id = ${app.contratId} and genre = 'chiffre' and sujet = ${m?.id ?? ''} and periode = '2023'`)
      ).map((e) => ({ ...e, motif: e.motif.replace(/[\u00a0\u202f]/g, ' ') }))[0];
    await aLHeureDeParis(() => accorderTout(app.base.owner, app.contratId, { maintenant }))();
    expect(await entree()).toEqual({ motif: '', retard: true });
    const pose = await figer({ periode: '2023', fiche });
    expect(pose.statusCode).toBe(303);
    expect(await entree()).toEqual({ motif: '2023 figé sans ce chiffre le 28 novembre 2026 : plus rien n’y entre', retard: false });
    // Of 2023; the years beside have their own.
    const enRetard = /en retard depuis le 31.janvier.2024/;
    const lue = async () => /c-preuve__chiffre[\s\S]{0,600}/.exec((await app.get(`/chiffres/${m?.id}?periode=2023`)).body.replace(/<!-- -->/g, ''))?.[0] ?? '';
    expect([enRetard.test(await lue()), (await lue()).includes('la période a été figée sans lui')]).toEqual([false, true]);
    expect((await app.get(`/chiffres-attendus/${m?.aupres[0]}`)).body).not.toContain(`/chiffres/${m?.id}?periode=2023`);
    const jusquA = { mesure: m?.id ?? '', jusqu_au: '2026-12-05', motif: 'Le service a retrouvé son registre' };
    expect((await app.post(`/chiffres/verrous/${verrouDe(pose)}/exceptions`, jusquA, COORDINATION)).statusCode).toBe(303);
    expect([await entree(), enRetard.test(await lue())]).toEqual([{ motif: '', retard: true }, true]);
    const ecarts = async (quand: string) =>
      (await aLHeureDeParis(verifierEcheances)(app.base.owner, app.contratId, { maintenant: new Date(quand) })).differences.filter((d) =>
        d.quoi.includes('figé sans'),
      );
    expect([(await ecarts('2026-11-28T10:00:00Z')).length, (await ecarts('2026-12-06T10:00:00Z')).length]).toEqual([0, 1]);
    const lever = await app.post(`/chiffres/verrous/${verrouDe(pose)}/lever`, { motif: 'Un service entier s’est trompé' }, VILLE);
    expect([lever.statusCode, await entree()]).toEqual([303, { motif: '', retard: true }]);
  });

  test('la base a le dernier mot : ce qui n’est pas passé par l’application se refuse aussi, en français', async () => {
    const [v] = await lire(sql<{ id: string; mesure: string }>`
      select id::text as id, mesure_id as mesure from valeurs where contrat_id = ${app.contratId} and periode = '2025' and courante limit 1`);
    const { fiche } = app.catalogue.mesures.get(v?.mesure ?? '') ?? {};
    await sql`insert into verrous (contrat_id, periode, fiche, motif, par, par_organisation, le)
      values (${app.contratId}, '2025', ${fiche ?? ''}, 'essai', 'Jeanne', 'VILLE', now()) on conflict do nothing`.execute(app.base.owner);
    for (const q of [
      sql`update valeurs set valeur = 99 where id = ${v?.id}::uuid`,
      sql`update valeurs set valide_le = now(), validee = true where id = ${v?.id}::uuid`,
      sql`update valeurs set courante = false where id = ${v?.id}::uuid`,
      sql`insert into valeurs (contrat_id, mesure_id, periode, territoire_id, debiteur, version, etat, valeur, source, saisi_par, saisi_par_organisation, courante)
        select contrat_id, mesure_id, '2025-03', territoire_id, debiteur, 9, 'valeur', 1, 'x', 'x', 'x', true from valeurs where id = ${v?.id}::uuid`,
      sql`insert into valeur_choix (contrat_id, mesure_id, periode, territoire_id, debiteur, motif, par, par_organisation, le)
        select contrat_id, mesure_id, periode, territoire_id, debiteur, 'essai', 'x', 'x', now() from valeurs where id = ${v?.id}::uuid`,
    ])
      for (const db of [app.db, app.base.owner]) {
        const refus = traduire(await q.execute(db).catch((e: unknown) => e));
        expect([refus.statut, refus.titre]).toEqual([409, 'Cette période est figée']);
        expect(refus.message).toMatch(/figé le \d\d\/\d\d\/\d{4} par .* exception datée/);
      }
    // What says nothing of the figure (a name forgotten) is not held by the lock.
    await sql`update valeurs set saisi_par = 'anonyme' where id = ${v?.id}::uuid`.execute(app.base.owner);
    await expect(sql`update verrous set motif = 'autre'`.execute(app.db)).rejects.toThrow(/permission denied/);
    await expect(sql`delete from verrous`.execute(app.db)).rejects.toThrow(/permission denied/);
  });

  test('une exception ouvre un chiffre, jusqu’à la fin d’un jour, et rien d’autre ; elle prend fin seule', async () => {
    const fiche = simples()[0]?.fiche ?? '';
    const [m, voisine] = simples().filter((x) => x.fiche === fiche);
    const id = m?.id ?? '';
    expect((await saisir(id, '2026-S1', '5')).statusCode).toBe(422);
    const [verrou] = await lire(sql<{ id: string }>`
      select id::text as id from verrous where contrat_id = ${app.contratId} and periode = '2025' and fiche = ${fiche} and leve_le is null`);
    const ouvrir = (champs: Record<string, string>, qui: Qui = COORDINATION) =>
      app.post(`/chiffres/verrous/${verrou?.id}/exceptions`, { mesure: id, jusqu_au: '2026-11-28', motif: 'Un mois compté deux fois', ...champs }, qui);
    expect((await ouvrir({}, PRODUCTEUR)).statusCode).toBe(403);
    for (const [champs, mot] of [
      [{ mesure: '9.9-99' }, 'Choisissez un chiffre fourni'],
      [{ jusqu_au: '2026-11-27' }, 'Choisissez un jour'],
      [{ jusqu_au: '2027-11-27' }, 'prend fin d’elle-même'],
      [{ debiteur: 'INCONNU' }, 'Ce chiffre est attendu de'],
      [{ motif: 'non' }, 'Dites pourquoi en une phrase'],
    ] as const) {
      const r = await ouvrir(champs);
      expect([champs, r.statusCode, r.body.includes(mot)]).toEqual([champs, 422, true]);
    }
    expect((await ouvrir({})).statusCode).toBe(303);
    const sansMotif = await saisir(id, '2025', '43', COORDINATION);
    expect([sansMotif.statusCode, sansMotif.body.includes('Pourquoi cette correction')]).toEqual([422, true]);
    const r = await saisir(id, '2025', '43', COORDINATION, { rectifie: 'Un mois avait été compté deux fois' });
    expect(r.statusCode).toBe(303);
    expect((await valider(id, '2025')).statusCode).toBe(303);
    const apres = await versions(id, '2025');
    expect(apres.at(-1)).toMatchObject({ valeur: 43, validee: true, verrou: verrou?.id });
    expect(apres.slice(0, -1).map((v) => v.verrou)).toEqual(apres.slice(0, -1).map(() => null));
    if (voisine) expect((await saisir(voisine.id, '2025', '3')).statusCode).toBe(409);
    // The day after its last one.
    maintenant = new Date('2026-11-28T22:30:00Z');
    expect((await app.get(`/chiffres/${id}/saisir?periode=2025`, COORDINATION)).body).not.toContain('Plus rien n’y entre');
    maintenant = new Date('2026-11-28T23:30:00Z');
    expect((await app.get(`/chiffres/${id}/saisir?periode=2025`, COORDINATION)).body).toContain('Plus rien n’y entre');
    expect((await saisir(id, '2025', '44', COORDINATION, { rectifie: 'Encore un mois compté deux fois' })).statusCode).toBe(409);
    maintenant = new Date('2026-11-28T10:00:00Z');
    await sql`update verrou_exceptions set fermee_par = 'essai', fermee_le = now() where jusqu_au = '2026-11-28'`.execute(app.base.owner);
    // Closed before its day, it opens nothing more.
    expect((await ouvrir({ jusqu_au: '2026-12-20' })).statusCode).toBe(303);
    const [exception] = await lire(sql<{ id: string }>`select id::text as id from verrou_exceptions where jusqu_au = '2026-12-20'`);
    const fermer = () => app.post(`/chiffres/verrous/${verrou?.id}/exceptions/${exception?.id}/fermer`, {}, VILLE);
    expect((await fermer()).statusCode).toBe(303);
    expect((await fermer()).statusCode).toBe(409);
    expect((await saisir(id, '2025', '44', COORDINATION, { rectifie: 'Encore un mois compté deux fois' })).statusCode).toBe(409);
    expect((await verifierChiffres(app.base.owner, app.contratId)).differences).toEqual([]);
  });

  test('rouvrir est un acte motivé, tracé, et ne se fait qu’une fois ; figer l’année fige ses mois', async () => {
    const m = [...app.catalogue.mesures.values()].find((x) => x.obtention === 'collecte' && x.periodicite.includes('mensuel') && x.aupres.length > 1);
    const fige = await figer({ periode: '2025-S1' });
    expect(fige.statusCode).toBe(303);
    const id = verrouDe(fige);
    const r = await saisir(m?.id ?? '', '2025-03', '4');
    expect([m?.id, r.statusCode]).toEqual([m?.id, 409]);
    const lever = (motif: string, qui: Qui = VILLE) => app.post(`/chiffres/verrous/${id}/lever`, { motif }, qui);
    expect((await lever('Un service entier s’est trompé', PRODUCTEUR)).statusCode).toBe(403);
    expect((await lever('oui')).statusCode).toBe(422);
    expect((await lever('Un service entier s’est trompé')).statusCode).toBe(303);
    expect((await lever('Un service entier s’est trompé')).statusCode).toBe(409);
    const page = (await app.get(`/chiffres/verrous/${id}`, PRODUCTEUR)).body;
    expect([page.includes('Un service entier s’est trompé'), page.includes('Rouvrir toute la période')]).toEqual([true, false]);
    const actes = await lire(sql<{ acte: string }>`select action as acte from audit where objet = ${`/chiffres/verrous/${id}`} order by numero`);
    expect(actes.map((a) => a.acte)).toEqual(['verrou.pose', 'verrou.leve']);
    expect((await app.get('/chiffres/verrous/00000000-0000-4000-8000-000000000000', PRODUCTEUR)).statusCode).toBe(404);
  });

  test('l’un fige pendant que d’autres écrivent : chaque valeur est d’avant, entière, ou refusée', async () => {
    const [m] = simples().filter((x) => x.fiche !== simples()[0]?.fiche);
    const id = m?.id ?? '';
    const places = app.catalogue.racine.id;
    const autre = openDatabase((await app.base.acces(app.contratId)).service, { role: 'application', contratId: app.contratId, max: 2 });
    try {
      // A writer holds its transaction open: whoever locks waits for it, whoever comes after waits for the lock.
      const [tx] = await Promise.all([autre.startTransaction().execute()]);
      await sql`insert into valeurs (contrat_id, mesure_id, periode, territoire_id, debiteur, version, etat, valeur, source, saisi_par, saisi_par_organisation, courante, saisi_le)
        values (${app.contratId}, ${id}, '2024-S1', ${places}, 'x', 1, 'valeur', 1, 'x', 'x', 'x', true, ${maintenant})`.execute(tx);
      const suite: string[] = [];
      const pose = figer({ periode: '2024-S1', fiche: m?.fiche ?? '', confirme: 'x' }).finally(() => suite.push('figé'));
      await laisserPasser(300);
      const apres =
        sql`insert into valeurs (contrat_id, mesure_id, periode, territoire_id, debiteur, version, etat, valeur, source, saisi_par, saisi_par_organisation, courante, saisi_le)
        values (${app.contratId}, ${id}, '2024-S1', ${places}, 'y', 1, 'valeur', 1, 'x', 'x', 'x', true, ${maintenant})`
          .execute(autre)
          .then(
            () => suite.push('écrit'),
            (e: unknown) => suite.push(traduire(e).titre),
          );
      await laisserPasser(300);
      expect(suite).toEqual([]);
      await tx.commit().execute();
      // It had counted what waits once the writer was done: one contribution more, to be confirmed.
      const dit = await pose;
      await apres;
      expect([dit.statusCode, /contributions? attend/.test(dit.body)]).toEqual([422, true]);
      const confirme = /name="confirme"[^>]*value="([^"]+)"/.exec((await figer({ periode: '2024-S1', fiche: m?.fiche ?? '' })).body)?.[1] ?? '';
      // Many at once, with one lock among them.
      const ecritures = Array.from({ length: 12 }, (_, i) =>
        i === 6
          ? figer({ periode: '2024-S1', fiche: m?.fiche ?? '', confirme }).then((r) => ['figer', r.statusCode] as const)
          : sql`insert into valeurs (contrat_id, mesure_id, periode, territoire_id, debiteur, version, etat, valeur, source, saisi_par, saisi_par_organisation, courante,
              saisi_le, valide_le, validee)
            values (${app.contratId}, ${id}, '2024-S1', ${places}, ${`z${i}`}, 1, 'valeur', 1, 'x', 'x', 'x', true, ${maintenant}, ${maintenant}, true)`
              .execute(autre)
              .then(
                () => ['écrit', i] as const,
                (e: unknown) => [traduire(e).titre, i] as const,
              ),
      );
      const faits = await Promise.all(ecritures);
      expect(faits.find(([x]) => x === 'figer')).toEqual(['figer', 303]);
      const ecrits = faits.filter(([x]) => x === 'écrit').map(([, i]) => `z${i}`);
      expect(faits.filter(([x]) => x !== 'écrit' && x !== 'figer').every(([x]) => x === 'Cette période est figée')).toBe(true);
      const gardes = await lire(sql<{ debiteur: string; verrou: string | null }>`
        select debiteur, rectifie_verrou::text as verrou from valeurs where mesure_id = ${id} and periode = '2024-S1' and debiteur like 'z%'`);
      expect(gardes.map((g) => g.debiteur).sort()).toEqual(ecrits.sort());
      // What came before the lock is no rectificatif.
      expect(gardes.filter((g) => g.verrou !== null)).toEqual([]);
    } finally {
      await autre.destroy();
    }
  });
});
