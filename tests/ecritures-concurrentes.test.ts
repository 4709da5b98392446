/** Several processes on one base, people who create, correct and withdraw at the same time, and processes that die: nothing is counted wrong. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { declarerSources } from '../src/preparation.ts';
import { exporterAudit, verifierAudit } from '../src/modules/comptes/journal/commandes.ts';
import { creerCrise } from '../src/modules/crises/crises.fixtures.ts';
import { direFichier } from '../src/modules/crises/main-courante/verifier.ts';
import { verifierChiffres } from '../src/modules/indicateurs/index.ts';
import { A_PART, build } from '../scripts/run.mjs';
import { type AppDeTest, ouvrirApp } from './support/app.ts';
import { lireFormulaire } from './support/formulaire.ts';
import { arreterConcorde, lancerConcorde, type Processus } from './support/processus.ts';
import { portLibre } from './support/serveur.ts';
import type { Mouvement } from '../src/modules/indicateurs/mouvements/mouvements.rules.ts';

const CHAMPS = {
  jour: '12/03/2026',
  titre: 'Session',
  territoire_id: 'mairie-18',
  organisation_id: 'DPMP',
  'donnees.type': 'continue',
  'donnees.theme': 'rixes',
  'donnees.employeur': 'dpmp',
  'donnees.public': 'agents-accueil',
  'donnees.participants': '12',
};

describe('Plusieurs processus, des écritures simultanées et des coupures', () => {
  let app: AppDeTest;
  let dossier: string;
  let cookie: string;
  interface Servi {
    adresse: string;
    processus: Processus;
  }
  let vivants: Servi[] = [];

  async function lancer(): Promise<Servi> {
    // Each who reports is an address of its own, as behind the server in front.
    const env = { PORT: String(await portLibre()), CONCORDE_DATA: dossier, DATABASE_URL: app.base.url, CONCORDE_MANDATAIRES: '127.0.0.1' };
    const processus = lancerConcorde(env);
    return { adresse: (await processus.ecoute).replace('localhost', '127.0.0.1'), processus };
  }
  /** Two that serve this base: what was not killed before goes on. */
  async function deux(): Promise<[restant: Servi, mourant: Servi]> {
    vivants = vivants.filter(({ processus: { enfant } }) => enfant.exitCode === null && enfant.signalCode === null);
    const [un = await lancer(), autre = await lancer()] = vivants;
    vivants = [un, autre];
    return [un, autre];
  }
  const envoyer = (adresse: string, chemin: string, champs: Record<string, string | readonly string[]>) => {
    const corps = new URLSearchParams();
    for (const [cle, v] of Object.entries(champs)) for (const x of [v].flat()) corps.append(cle, x);
    return fetch(adresse + chemin, { method: 'POST', body: corps, headers: { cookie }, redirect: 'manual' });
  };
  /** Path of the new record; null when the process died before it answered. */
  async function creer(adresse: string): Promise<string | null> {
    const r = await envoyer(adresse, '/registres/formations/nouveau', { _cle: crypto.randomUUID(), ...CHAMPS }).catch(() => null);
    if (r) expect(r.status).toBe(303);
    return r?.headers.get('location') ?? null;
  }
  async function changer(adresse: string, chemin: string, acte: 'corriger' | 'retirer', dit: Record<string, string>): Promise<void> {
    // The process may die before it answers, or in the middle of its answer.
    const page = await fetch(adresse + (acte === 'corriger' ? `${chemin}/corriger` : chemin), { headers: { cookie } })
      .then((r) => r.text())
      .catch(() => null);
    if (page === null) return;
    const champs = lireFormulaire(page, `${chemin}/${acte}`);
    const r = await envoyer(adresse, `${chemin}/${acte}`, { ...champs, ...dit }).catch(() => null);
    if (r) expect([acte, r.status]).toEqual([acte, 303]);
  }
  const compter = async (quoi: ReturnType<typeof sql<{ n: number }>>) => (await quoi.execute(app.base.owner)).rows[0]?.n ?? -1;

  beforeAll(async () => {
    await build(['src/main.ts', ...A_PART]);
    declarerSources();
    app = await ouvrirApp();
    dossier = await mkdtemp(join(tmpdir(), 'concorde-concurrence-'));
    cookie = await app.temoin({ comme: 'coordination', organisation: 'DPMP' });
  });
  afterAll(async () => {
    await arreterConcorde();
    await app?.close();
    await rm(dossier, { recursive: true, force: true });
  });

  test('chacun dit les chiffres comme il les a trouvés ; aucun nombre ne manque ni ne revient', async () => {
    const adresses = (await deux()).map((x) => x.adresse);
    const crees = (
      await Promise.all(
        Array.from({ length: 6 }, async (_, i) => {
          const siens: (string | null)[] = [];
          for (let n = 0; n < 5; n++) siens.push(await creer(adresses[i % 2] ?? ''));
          return siens;
        }),
      )
    ).flat();
    expect(new Set(crees).size).toBe(30);
    // Opened at once: what was not told yet is told now.
    const page = await (await fetch(`${adresses[0]}${crees.at(-1)}`, { headers: { cookie } })).text();
    expect(page.includes('Ces chiffres ont bougé')).toBe(true);
    await expect.poll(() => compter(sql`select count(*)::int as n from mouvements_a_dire`)).toBe(0);
    const { rows } = await sql<{ chiffres: Mouvement[] }>`select chiffres from mouvements`.execute(app.base.owner);
    expect(rows).toHaveLength(30);
    const total = rows.map((l) => l.chiffres.find((m) => m.unite !== '%' && m.territoireId === app.catalogue.racine.id && m.apres.valeur !== null));
    const mesure = total[0]?.mesureId;
    expect(new Set(total.map((m) => m?.mesureId))).toEqual(new Set([mesure]));
    const pas = (total[0]?.apres.valeur ?? 0) - (total[0]?.avant.valeur ?? 0);
    const apres = total.map((m) => m?.apres.valeur ?? 0).sort((a, b) => a - b);
    expect(pas).toBeGreaterThan(0);
    expect(apres).toEqual(Array.from({ length: 30 }, (_, i) => (i + 1) * pas));
    expect(total.map((m) => (m?.avant.valeur ?? 0) + pas)).toEqual(total.map((m) => m?.apres.valeur));
  });

  test('des processus tués en pleine écriture ne laissent ni chiffre faux, ni acte sans entrée, ni chaîne rompue', async () => {
    const acquittes: string[] = [];
    for (let coup = 0; coup < 3; coup++) {
      const [restant, { adresse: derniere, processus: mourant }] = await deux();
      const adresses = [restant.adresse, derniere];
      let fini = false;
      const gens = Array.from({ length: 6 }, async (_, i) => {
        const adresse = adresses[i % 2] ?? '';
        for (let n = 0; !fini && n < 40; n++) {
          const chemin = await creer(adresse);
          if (!chemin) return;
          acquittes.push(chemin);
          if (n % 3 === 1) await changer(adresse, chemin, 'corriger', { 'donnees.participants': String(10 + n), motif: 'recompté' });
          if (n % 3 === 2) await changer(adresse, chemin, 'retirer', { motif: 'saisi deux fois' });
        }
      });
      await expect.poll(() => acquittes.length).toBeGreaterThan(10 * (coup + 1));
      mourant.enfant.kill('SIGKILL');
      await mourant.fin;
      await expect
        .poll(() => compter(sql`select count(*)::int as n from pg_stat_activity where datname = current_database() and state = 'idle in transaction'`))
        .toBe(0);
      fini = true;
      await Promise.all(gens);
    }
    const v = await verifierChiffres(app.base.owner, app.contratId);
    expect([v.cellules > 0, v.differences]).toEqual([true, []]);
    const ecrits = sql<{ n: number }>`select count(*)::int as n from activites where contrat_id = ${app.contratId} and registre = 'formations'`;
    const dits = sql<{ n: number }>`select count(*)::int as n from audit where contrat_id = ${app.contratId} and action = 'activite.creee'`;
    expect(await compter(ecrits)).toBe(await compter(dits));
    const gardes = sql<{ n: number }>`select count(*)::int as n from activites
      where contrat_id = ${app.contratId} and '/registres/formations/' || id = any(${acquittes}::text[])`;
    expect(await compter(gardes)).toBe(acquittes.length);
    const sortie = join(dossier, 'journal.jsonl');
    await exporterAudit(app.base.owner, { id: app.contratId, slug: app.catalogue.slug }, sortie, new Date());
    expect(await verifierAudit(sortie)).toMatchObject({ valide: true, premiereRupture: null });
    // What a dead process had not told, the others tell.
    await expect.poll(() => compter(sql`select count(*)::int as n from mouvements_a_dire`)).toBe(0);
  }, 180_000);

  test('deux cents signalements à la fois, un processus tué au milieu : rien de ce qui est acquitté n’est perdu, rien n’est reçu deux fois ; puis trois cents autres', async () => {
    const [{ adresse: restante }, { adresse: mourante, processus: mourant }] = await deux();
    const base = { categorie: 'bruit', danger: 'non', 'q.source': 'rue', territoire: '7511801', heure: '0', texte: '', courriel: '' };
    const signaler = async (adresse: string, n: number): Promise<boolean> => {
      const corps = new URLSearchParams({ ...base, _cle: `signalement-${String(n).padStart(6, '0')}`, adresse: `${n} rue de la Panne` });
      const headers = { 'x-forwarded-for': `10.1.${n >> 8}.${n & 255}` };
      const r = await fetch(`${adresse}/signaler/tranquillite-publique`, { method: 'POST', body: corps, headers }).catch(() => null);
      const page = await r?.text().catch(() => null);
      return r?.status === 200 && (page?.includes('Votre code de suivi') ?? false);
    };
    const recues = sql<{ n: number }>`select count(*)::int as n from demandes where contrat_id = ${app.contratId} and adresse like '% rue de la Panne'`;
    const rangs = Array.from({ length: 200 }, (_, n) => n);
    let acquittes = 0;
    const reponses = Promise.all(
      rangs.map(async (n) => {
        const oui = await signaler(n % 2 ? mourante : restante, n);
        if (oui) acquittes++;
        return oui;
      }),
    );
    // In the middle: some are acknowledged, others are not.
    await expect.poll(() => acquittes, { interval: 2 }).toBeGreaterThan(5);
    mourant.enfant.kill('SIGKILL');
    const dits = await reponses;
    const acquittees = rangs.filter((n) => dits[n]).map((n) => `${n} rue de la Panne`);
    const gardees = sql<{ n: number }>`select count(*)::int as n from demandes where contrat_id = ${app.contratId} and adresse = any(${acquittees}::text[])`;
    expect(await compter(gardees)).toBe(acquittees.length);
    // Who had no answer sends again: once each, whatever became of the first sending.
    const encore = async (ns: readonly number[]): Promise<void> => {
      const refuses = (await Promise.all(ns.map(async (n) => ((await signaler(restante, n)) ? [] : [n])))).flat();
      if (refuses.length > 0) await encore(refuses);
    };
    await encore(rangs.filter((n) => !dits[n]));
    expect(await compter(recues)).toBe(200);
    await encore(Array.from({ length: 300 }, (_, n) => 1000 + n));
    expect(await compter(recues)).toBe(500);
    const suivies = sql<{ n: number }>`select count(*)::int as n from demande_suiveurs s join demandes d on d.contrat_id = s.contrat_id and d.id = s.demande_id
      where d.adresse like '% rue de la Panne'`;
    expect(await compter(suivies)).toBe(500);
    expect((await verifierChiffres(app.base.owner, app.contratId)).differences).toEqual([]);
  }, 240_000);

  test('une main courante écrite par dix postes, un processus tué au milieu : emportée, elle se vérifie hors ligne, entière et dans l’ordre de chacun', async () => {
    const [{ adresse: restante }, { adresse: mourante, processus: mourant }] = await deux();
    const crise = await creerCrise(app.base.owner, app.contratId);
    const [POSTES, LOTS, PAR_LOT] = [10, 5, 10];
    let acquittees = 0;
    /** As a device does: what is not acknowledged is sent again, elsewhere when nobody answers. */
    const poste = async (p: number): Promise<void> => {
      let adresse = p % 2 ? mourante : restante;
      for (let l = 0; l < LOTS; l++) {
        const entrees = Array.from({ length: PAR_LOT }, (_, i) => ({
          ...{ texte: `Poste ${p}, entrée ${l * PAR_LOT + i}`, cle: crypto.randomUUID(), poste: `portable-${p}` },
          ...{ ordre: l * PAR_LOT + i, quand: Date.now() },
        }));
        const rendre = async (): Promise<void> => {
          const r = await envoyer(adresse, `/crises/${crise}/lot`, { envoye: String(Date.now()), entrees: JSON.stringify(entrees) }).catch(() => null);
          const faites = r?.ok ? ((await r.json().catch(() => null)) as { faites: unknown[] } | null)?.faites.length : undefined;
          if (faites === PAR_LOT) return;
          adresse = restante;
          await rendre();
        };
        await rendre();
        acquittees += PAR_LOT;
      }
    };
    const postes = Promise.all(Array.from({ length: POSTES }, (_, p) => poste(p)));
    await expect.poll(() => acquittees, { interval: 10 }).toBeGreaterThan(100);
    mourant.enfant.kill('SIGKILL');
    await postes;
    const emportee = await (await fetch(`${restante}/crises/${crise}/main-courante.json`, { headers: { cookie } })).text();
    const chemin = join(dossier, 'main-courante.json');
    await writeFile(chemin, emportee);
    expect(await direFichier(chemin)).toMatchObject({ code: 0, json: { entrees: POSTES * LOTS * PAR_LOT, fautes: [] } });
    const { rows } = await sql<{ poste: string; ordres: string }>`
      select poste, string_agg(ordre::text, ',' order by numero) as ordres from main_courante where crise_id = ${crise}::uuid group by 1`.execute(
      app.base.owner,
    );
    const enOrdre = Array.from({ length: LOTS * PAR_LOT }, (_, n) => n).join(',');
    expect([rows.length, rows.filter((r) => r.ordres !== enOrdre)]).toEqual([POSTES, []]);
  }, 180_000);
});
