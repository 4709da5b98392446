import { spawnSync } from 'node:child_process';
import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type AppDeTest, ouvrirApp } from '../../../../tests/support/app.ts';
import { ecrireAudit, empreinteDe, entree } from '../../../core/trace/audit.ts';
import { inTransaction } from '../../../core/base/database.ts';
import { empreinteDuMaillon, type MaillonExporte, verifierChaine } from './chaine.rules.ts';
import { ajouterSceau, cosignerAudit, exporterAudit, verifierAudit } from './commandes.ts';
import { purgerAudit } from './journal.queries.ts';
import { scellerLaTete } from './sceaux.ts';
import { build } from '../../../../scripts/run.mjs';

async function* lire(lignes: readonly string[]) {
  yield* lignes;
}

describe('La chaîne d’audit', () => {
  let app: AppDeTest;
  let autre: AppDeTest;
  let dossier: string;
  const contrat = () => ({ id: app.contratId, slug: 'paris-2023-2026' });
  const entrees = async () =>
    (
      await sql<{ numero: number; action: string; objet: string; mandat: string; details: { fois?: number }; apres: string }>`
      select numero, action, objet, mandat, details, apres from audit where contrat_id = ${app.contratId} order by numero`.execute(app.base.owner)
    ).rows;
  const ecrire = (n: number, quand = new Date()) =>
    inTransaction(app.db, { contratId: app.contratId }, (tx) =>
      ecrireAudit(
        tx,
        app.contratId,
        Array.from({ length: n }, (_, i) => entree({ utilisateur: null, quand, adresse: '10.0.0.1' }, 'essai.fait', `/essais/${i}`, { accent: 'é’"\\' })),
      ),
    );
  beforeAll(async () => {
    app = await ouvrirApp();
    autre = await ouvrirApp({ contrat: 'valbourg', base: app.base });
    dossier = await mkdtemp(join(tmpdir(), 'concorde-audit-'));
  });
  afterAll(async () => {
    await autre.close();
    await app.close();
  });

  const formation = {
    jour: '2026-03-14',
    titre: 'Session tracée',
    territoire_id: 'mairie-18',
    organisation_id: 'DPMP',
    donnees: { type: 'continue', theme: 'rixes', employeur: 'dpmp', public: 'police-municipale', participants: 3 },
  };

  test('une écriture, une consultation et un refus laissent chacun leur entrée, avec qui, par quel mandat et sur quoi', async () => {
    const cookie = await app.temoin({ comme: 'coordonnateur', organisation: 'DPMP', territoire: 'mairie-18' });
    const cree = await app.serveur.inject({ method: 'POST', url: '/api/v1/registres/formations', headers: { cookie }, payload: formation });
    expect(cree.statusCode, cree.body).toBe(201);
    const { id } = cree.json() as { id: string };
    for (let i = 0; i < 3; i++) await app.serveur.inject({ url: `/registres/formations/${id}`, headers: { cookie } });
    await app.serveur.inject({ url: '/dispositifs', headers: { cookie } });
    expect((await app.serveur.inject({ url: '/journal', headers: { cookie } })).statusCode).toBe(403);
    await app.audit.vider();
    const lues = await entrees();
    expect(lues.map((e) => [e.action, e.objet, e.mandat, e.details.fois ?? 1])).toEqual([
      ['activite.creee', `/registres/formations/${id}`, 'coordonnateur mairie-18', 1],
      ['objet.lu', `/registres/formations/${id}`, 'coordonnateur mairie-18', 3],
      ['acces.refuse', '/journal', 'coordonnateur mairie-18', 1],
    ]);
    expect(lues[0]?.apres).toMatch(/^[0-9a-f]{64}$/);
  });

  test('une écriture annulée ne laisse rien', async () => {
    const avant = (await entrees()).length;
    await expect(
      inTransaction(app.db, { contratId: app.contratId }, async (tx) => {
        await ecrireAudit(tx, app.contratId, [entree({ utilisateur: null, quand: new Date(), adresse: null }, 'essai.fait', '/x')]);
        throw new Error('annulé');
      }),
    ).rejects.toThrow('annulé');
    expect((await entrees()).length).toBe(avant);
  });

  test('cent écritures au même instant forment une seule suite, contrat par contrat', async () => {
    await Promise.all([
      ...Array.from({ length: 50 }, () => ecrire(1)),
      ...Array.from({ length: 50 }, () =>
        inTransaction(autre.db, { contratId: autre.contratId }, (tx) =>
          ecrireAudit(tx, autre.contratId, [entree({ utilisateur: null, quand: new Date(), adresse: null }, 'essai.fait', '/y')]),
        ),
      ),
    ]);
    for (const [a, slug] of [
      [app, 'paris-2023-2026'],
      [autre, 'valbourg-2025-2028'],
    ] as const) {
      const sortie = join(dossier, `${slug}.jsonl`);
      await exporterAudit(a.db, { id: a.contratId, slug }, sortie, new Date());
      expect(await verifierAudit(sortie)).toMatchObject({ valide: true, premiereRupture: null });
    }
    expect((await entrees()).map((e) => e.numero)).toEqual(Array.from({ length: 53 }, (_, i) => i + 1));
  });

  test('l’application ne change, n’efface ni ne renumérote une entrée', async () => {
    for (const requete of [
      sql`insert into audit (contrat_id, quand, action, objet) values (${app.contratId}, now(), 'essai.forge', '/')`,
      sql`update audit set action = 'autre'`,
      sql`delete from audit`,
      sql`update audit_tetes set numero = 0`,
      sql`delete from audit_sceaux`,
      sql`insert into audit_purges (contrat_id, numero, empreinte, nombre, motif, quand) values (1, 1, '', 1, '', now())`,
    ])
      await expect(requete.execute(app.db)).rejects.toThrow(/permission denied/);
    const forgee = { quand: new Date(), action: 'essai.forge', objet: '/', details: {}, numero: 1, ligne: 'faux', precedente: '', contrat_id: autre.contratId };
    await sql`select ecrire_audit(${JSON.stringify([forgee])}::jsonb)`.execute(app.db);
    expect((await entrees()).at(-1)).toMatchObject({ numero: 54, action: 'essai.forge' });
  });

  describe('un export touché', () => {
    let lignes: string[];
    const maillon = (i: number) => JSON.parse(lignes[i] ?? '') as MaillonExporte;
    const avec = (i: number, change: Partial<MaillonExporte>) => lignes.map((l, j) => (j === i ? JSON.stringify({ ...maillon(i), ...change }) : l));
    const entete = (change: object) => [JSON.stringify({ ...(JSON.parse(lignes[0] ?? '') as object), ...change }), ...lignes.slice(1)];
    beforeAll(async () => {
      await scellerLaTete(app.db, contrat(), join(dossier, 'cle.pem'), new Date());
      await ecrire(4);
      const sortie = join(dossier, 'intact.jsonl');
      await exporterAudit(app.db, contrat(), sortie, new Date());
      lignes = (await readFile(sortie, 'utf8')).trim().split('\n');
      expect(await verifierChaine(lire(lignes))).toMatchObject({ entrees: 58, valide: true, sceaux: [{ signataire: 'Concorde', numero: 54, valide: true }] });
    });
    /** Rewrites every link after `i`, as someone who holds the whole file would. */
    const rechainer = (corps: MaillonExporte[]): string[] => {
      let precedente = corps[0]?.precedente ?? '';
      return corps.map((m) => {
        const empreinte = empreinteDuMaillon(precedente, m.ligne);
        const refait = { ...m, precedente, empreinte };
        precedente = empreinte;
        return JSON.stringify(refait);
      });
    };
    const corps = () => lignes.slice(1).map((l) => JSON.parse(l) as MaillonExporte);

    test.each<[string, () => string[], number]>([
      ['un mot changé', () => avec(10, { ligne: maillon(10).ligne.replace('essai', 'autre') }), 10],
      ['un mot changé avec son empreinte', () => avec(10, { ligne: 'x', empreinte: empreinteDuMaillon(maillon(10).precedente, 'x') }), 10],
      ['une entrée ôtée', () => lignes.filter((_, i) => i !== 20), 20],
      ['deux entrées échangées', () => lignes.map((l, i) => (i === 30 ? (lignes[31] ?? l) : i === 31 ? (lignes[30] ?? l) : l)), 30],
      ['une entrée ajoutée', () => [...lignes.slice(0, 16), lignes[15] ?? '', ...lignes.slice(16)], 15],
      [
        'une entrée forgée à la fin',
        () => [
          ...lignes,
          JSON.stringify({ id: 59, precedente: maillon(58).empreinte, empreinte: empreinteDuMaillon(maillon(58).empreinte, '[59]'), ligne: '[59]' }),
        ],
        60,
      ],
      ['la fin coupée', () => lignes.slice(0, -2), 57],
      ['le début coupé', () => [lignes[0] ?? '', ...lignes.slice(5)], 1],
      ['une ligne abîmée', () => lignes.map((l, i) => (i === 40 ? l.slice(0, 30) : l)), 40],
      ['un numéro changé', () => avec(12, { id: 13 }), 12],
      [
        'toute la suite réécrite après un mot changé, tête comprise',
        () => {
          const refait = rechainer(corps().map((m) => (m.id === 25 ? { ...m, ligne: m.ligne.replace('essai', 'autre') } : m)));
          const tete = JSON.parse(refait.at(-1) ?? '') as MaillonExporte;
          return [entete({ tete: { numero: tete.id, empreinte: tete.empreinte } })[0] ?? '', ...refait];
        },
        54,
      ],
      [
        'une entrée réécrite à une date antérieure, la suite refaite',
        () => {
          const date = (l: string) => l.replace(/"\d{4}-/, '"2019-');
          const refait = rechainer(corps().map((m) => (m.id === 56 ? { ...m, ligne: date(m.ligne) } : m)));
          const tete = JSON.parse(refait.at(-1) ?? '') as MaillonExporte;
          return [entete({ tete: { numero: tete.id, empreinte: tete.empreinte } })[0] ?? '', ...refait];
        },
        56,
      ],
      ['le sceau remplacé', () => entete({ sceaux: [{ ...(JSON.parse(lignes[0] ?? '') as { sceaux: object[] }).sceaux[0], signature: 'AAAA' }] }), 54],
      [
        'la chaîne raccourcie avec sa tête',
        () => {
          const court = lignes.slice(0, 41);
          const tete = maillon(40);
          return [entete({ tete: { numero: 40, empreinte: tete.empreinte } })[0] ?? '', ...court.slice(1)];
        },
        41,
      ],
    ])('%s : rompu, et l’entrée est nommée', async (_, toucher, attendu) => {
      const v = await verifierChaine(lire(toucher()));
      expect([v.valide, v.premiereRupture, typeof v.motif]).toEqual([false, attendu, 'string']);
    });

    test('les commandes le disent aussi, sans base de données', async () => {
      await build(['src/cli.ts']);
      const [bon, mauvais, autreChose] = [join(dossier, 'bon'), join(dossier, 'mauvais'), join(dossier, 'autre')];
      await writeFile(bon, lignes.join('\n'));
      await writeFile(mauvais, lignes.filter((_, i) => i !== 20).join('\n'));
      await writeFile(autreChose, 'bonjour');
      const commande = (...args: string[]) =>
        spawnSync(process.execPath, ['dist/src-cli.mjs', 'audit', ...args], { encoding: 'utf8', env: { PATH: process.env.PATH ?? '' } });
      const v = commande('verifier', bon, '--json');
      expect([v.status, JSON.parse(v.stdout)]).toEqual([0, expect.objectContaining({ entrees: 58, valide: true, premiereRupture: null })]);
      const r = commande('verifier', mauvais, '--json');
      expect([r.status, JSON.parse(r.stdout)]).toEqual([1, expect.objectContaining({ valide: false, premiereRupture: 20 })]);
      expect([commande('verifier', autreChose).status, commande('verifier', join(dossier, 'rien')).status, commande('verifier').status]).toEqual([1, 1, 2]);
    });

    test('un autre signataire scelle un export chez lui ; son sceau revient, et ne tient que pour la chaîne qu’il a vue', async () => {
      const intact = join(dossier, 'intact.jsonl');
      const [sceau, cle] = [join(dossier, 'sceau.json'), join(dossier, 'pp.pem')];
      await cosignerAudit({ fichier: intact, cle, nom: 'Préfecture de Police', sortie: sceau, quand: new Date() });
      expect(await ajouterSceau(app.db, contrat(), sceau)).toMatchObject({ signataire: 'Préfecture de Police', numero: 58, nouveau: true });
      expect(await ajouterSceau(app.db, contrat(), sceau)).toMatchObject({ nouveau: false });
      const faux = { ...(JSON.parse(await readFile(sceau, 'utf8')) as object), numero: 57 };
      await writeFile(sceau, JSON.stringify(faux));
      await expect(ajouterSceau(app.db, contrat(), sceau)).rejects.toThrow(/signature ne correspond pas/);
      await writeFile(intact, lignes.slice(0, -1).join('\n'));
      await expect(cosignerAudit({ fichier: intact, cle, nom: 'X', sortie: sceau, quand: new Date() })).rejects.toThrow(/Ne le signez pas/);
    });
  });

  test('l’application n’antidate ni ne postdate : la base donne la date, et ce qui avait été dit reste lisible', async () => {
    const avant = Date.now();
    for (const dite of ['2019-05-01T10:00:00Z', '2031-05-01T10:00:00Z']) await ecrire(1, new Date(dite));
    const { rows } = await sql<{ quand: Date; dite: string; ligne: string }>`
      select quand, details->>'date_dite' as dite, ligne from audit where contrat_id = ${app.contratId}
      order by numero desc limit 2`.execute(app.base.owner);
    expect(rows.map((r) => r.dite)).toEqual(['2031-05-01T10:00:00Z', '2019-05-01T10:00:00Z']);
    for (const r of rows) {
      expect(Math.abs(r.quand.getTime() - avant)).toBeLessThan(60_000);
      expect((JSON.parse(r.ligne) as unknown[])[11]).toBe('base');
    }
    // The owner's dates stay as given, and say so.
    await inTransaction(app.base.owner, { contratId: autre.contratId }, (tx) =>
      ecrireAudit(tx, autre.contratId, [entree({ utilisateur: null, quand: new Date('2019-05-01T10:00:00Z'), adresse: null }, 'essai.fait', '/z')]),
    );
    const sortie = join(dossier, 'dates.jsonl');
    await exporterAudit(autre.db, { id: autre.contratId, slug: 'valbourg-2025-2028' }, sortie, new Date());
    expect(await verifierAudit(sortie)).toMatchObject({ valide: true, datesDonnees: 1 });
  });

  test('le délégué cherche par personne, objet, acte et jour ; ce qu’il lit est noté', async () => {
    const qui = { comme: 'dpo' as const };
    const page = await app.get('/journal', qui);
    expect(page.statusCode).toBe(200);
    expect(page.body).toContain('Scellé par Préfecture de Police');
    const creees = (await app.get('/journal?action=activite.creee', qui)).body;
    expect(creees).toContain('coordonnateur d’arrondissement, Mairie du 18e');
    expect(creees).not.toContain('coordonnateur mairie-18');
    expect((await app.get('/journal?action=acces.refuse', qui)).body).toContain('accès refusé');
    expect((await app.get('/journal?objet=/registres/formations/', qui)).body).not.toContain('/essais/');
    expect((await app.get('/journal?du=2030-01-01', qui)).body).toContain('Aucune entrée');
    expect((await app.get("/journal?compte=x'&objet=%27&action=;&du=hier&avant=-1", qui)).statusCode).toBe(200);
    expect((await app.get('/journal/export.csv?action=activite.creee', qui)).body.split('\r\n')).toHaveLength(3);
    await app.audit.vider();
    expect((await entrees()).filter((e) => e.objet === '/journal' && e.action === 'objet.lu').length).toBeGreaterThan(0);
  });

  test('une purge ôte le plus ancien, se dit elle-même, et ce qui reste se vérifie encore', async () => {
    const ancien = new Date('2024-01-15T10:00:00Z');
    const { rows } = await sql<{ n: number }>`select max(numero)::int as n from audit where contrat_id = ${app.contratId}`.execute(app.base.owner);
    expect(await purgerAudit(app.base.owner, app.contratId, { mois: 12, motif: 'essai', maintenant: new Date() })).toBe(0);
    expect(await purgerAudit(app.base.owner, app.contratId, { mois: 12, motif: 'durée atteinte', maintenant: new Date(Date.now() + 400 * 86_400_000) })).toBe(
      rows[0]?.n,
    );
    await ecrire(2, ancien);
    const sortie = join(dossier, 'purge.jsonl');
    await exporterAudit(app.db, contrat(), sortie, new Date());
    expect(await verifierAudit(sortie)).toMatchObject({ entrees: 3, valide: true });
    const restantes = await entrees();
    expect(restantes[0]).toMatchObject({ action: 'audit.purge' });
  });

  test('l’empreinte d’un contenu ne dépend pas de l’ordre de ses champs', () => {
    expect(empreinteDe({ a: 1, b: [1, { d: 2, c: null }] })).toBe(empreinteDe({ b: [1, { c: null, d: 2 }], a: 1, z: undefined }));
    expect(empreinteDe({ a: 1 })).not.toBe(empreinteDe({ a: 2 }));
  });
});
