/** The application on a database of one's own, driven without a network; `comme` signs in as someone of that role. */
import { sql } from 'kysely';
import type { FastifyInstance, InjectOptions, LightMyRequestResponse } from 'fastify';
import { randomBytes } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServeur } from '../../src/app.ts';
import type { Route } from '../../src/core/http/http.ts';
import { type Coffre, createCoffre } from '../../src/core/coffre.ts';
import { type Journal, openJournal } from '../../src/core/trace/audit.ts';
import type { Role } from '../../src/core/authorize.ts';
import type { Bases } from '../../src/core/base/bases.ts';
import { type Db, openDatabase } from '../../src/core/base/database.ts';
import type { PagesGardees } from '../../src/core/http/kept-pages.ts';
import type { Plan } from '../../src/core/base/plans.ts';
import { COOKIE_SESSION } from '../../src/core/http/cookies.ts';
import { createCompte, createSession } from '../../src/modules/comptes/sessions.queries.ts';
import { type Catalogue, getCatalogue } from '../../src/modules/contrats/index.ts';
import { GALERIE } from '../../src/frame.tsx';
import { HOUSE } from '../../src/modules.ts';
import { buildHouse, listRoutes } from '../../src/core/house.ts';
import type { Module, Services } from '../../src/core/module.ts';
import { declarerSources } from '../../src/preparation.ts';
import { publicFiles } from '../../src/public-files.ts';
import { type BaseDeTest, testDatabase } from './database.ts';
import { PARIS, VALBOURG } from './template.ts';

export interface Qui {
  comme?: Role;
  organisation?: string;
  territoire?: string;
  fiche?: string;
  registre?: string;
}
export interface AppDeTest {
  serveur: FastifyInstance;
  base: BaseDeTest;
  /** Partners' plane. */
  db: Db;
  /** Each plane's pool. */
  bases: Bases;
  contratId: number;
  catalogue: Catalogue;
  audit: Journal;
  coffre: Coffre;
  /** `qui`: someone new with that mandate, or the cookie of a session that is open already. */
  get(url: string, qui?: Qui | string): Promise<LightMyRequestResponse>;
  post(url: string, champs: Record<string, string | string[]>, qui?: Qui | string): Promise<LightMyRequestResponse>;
  /** Cookie of a fresh session in the given contract. */
  temoin(qui: Qui, contratId?: number): Promise<string>;
  close(): Promise<void>;
}

/** Details of the trail that are no code: a space, or the digest that stands in place of one. Looked for at the end of every file's scenarios. */
async function motsDansLAudit(owner: Db): Promise<string[]> {
  const { rows } = await sql<{ dit: string }>`
    select distinct a.action || ' : ' || v.valeur as dit from audit a, jsonb_path_query(a.details, 'strict $.** ? (@.type() == "string")') as v (valeur)
    where v.valeur #>> '{}' ~ '[[:space:]]' or v.valeur #>> '{}' like 'empreinte:%' limit 10`.execute(owner);
  return rows.map((r) => r.dit);
}

/** Public address of every server of tests that needs none of its own. */
export const ADRESSE = 'http://concorde.exemple';

const dire = (r: LightMyRequestResponse, plain: (html: string) => string): LightMyRequestResponse =>
  `${r.headers['content-type']}`.startsWith('text/html') ? Object.defineProperty(r, 'body', { value: plain(r.body), configurable: true }) : r;
/** The same words with or without their acronyms unfolded: tests read what is said. How they are unfolded has a test of its own. */
const sansSigles = (r: LightMyRequestResponse): LightMyRequestResponse => dire(r, (html) => html.replace(/<abbr title="[^"]*">([^<]*)<\/abbr>/g, '$1'));
/** The same words whether their punctuation is bound to them or not, however the server is asked: how it is bound has a test of its own. */
function sansLiens(serveur: FastifyInstance): FastifyInstance {
  const demander = serveur.inject.bind(serveur) as (o: InjectOptions | string) => Promise<LightMyRequestResponse>;
  const value = async (o: InjectOptions | string) => dire(await demander(o), (html) => html.replace(/\u00a0(?=:(?:[\s<]|$)|[;?!»])|(?<=«)\u00a0/g, ' '));
  return Object.defineProperty(serveur, 'inject', { value });
}

/** A key of one's own, no mail, no identity provider: enough for what does not test them. */
export const servicesDEssai = (o: Partial<Services> = {}): Services => ({
  coffre: createCoffre(randomBytes(32)),
  courrier: { expedier: async () => {}, close: async () => {} },
  oidc: null,
  tuiles: null,
  alertes: { smsUrl: null, pushHotes: ['127.0.0.1'], vapid: null },
  suite: null,
  direct: null,
  adresse: ADRESSE,
  domaineEntrant: null,
  demonstration: false,
  dossierContrat: PARIS,
  // Made when something is put in it.
  trousseau: join(tmpdir(), `concorde-trousseau-${process.pid}`),
  // Nothing at fixed times, nothing to diagnose.
  exploitation: { rendezvous: [], diagnostiquer: async () => [] },
  house: HOUSE,
  ...o,
});

/** The route table, as generated tests walk it. */
export async function routesDEssai(demonstration = true): Promise<Route[]> {
  const routes = await listRoutes(servicesDEssai({ demonstration }), demonstration ? [GALERIE] : []);
  return [...routes, ...publicFiles(routes, { adresse: ADRESSE, demonstration, contactSecurite: null })];
}

export async function ouvrirApp(
  o: {
    contrat?: 'paris' | 'valbourg';
    demonstration?: boolean;
    base?: BaseDeTest;
    pages?: PagesGardees;
    services?: Partial<Services>;
    /** Modules beside those of the house. */
    modules?: readonly Module[];
    adresse?: string;
    verrouMs?: number;
    horloge?: () => Date;
  } = {},
): Promise<AppDeTest> {
  const house = o.modules ? buildHouse([...HOUSE.modules, ...o.modules]) : HOUSE;
  declarerSources(house);
  const base = o.base ?? (await testDatabase());
  const dossier = o.contrat === 'valbourg' ? VALBOURG : PARIS;
  const slug = dossier.split('/').pop() ?? '';
  const { rows } = await sql<{ id: number }>`select id from contrats where slug = ${slug}`.execute(base.owner);
  const contratId = rows[0]?.id ?? 0;
  const catalogue = await getCatalogue(base.owner, contratId);
  const acces = await base.acces(contratId);
  const ouvrir = (url: string | null, plan: Plan, max: number) => openDatabase(url ?? '', { role: 'application', contratId, plan, max, verrouMs: o.verrouMs });
  const db = ouvrir(acces.service, 'partenariat', 4);
  const bases: Bases = { public: ouvrir(acces.public, 'public', 2), partenariat: db, nominatif: ouvrir(acces.nominatif, 'nominatif', 2) };
  const audit = openJournal(db, contratId);
  const services = servicesDEssai({
    demonstration: o.demonstration ?? false,
    dossierContrat: dossier,
    adresse: o.adresse ?? ADRESSE,
    house,
    ...o.services,
  });
  const serveur = sansLiens(
    await createServeur({
      bases,
      contrat: { id: contratId, slug },
      mandataires: false,
      services,
      audit,
      pages: o.pages ?? null,
      statique: null,
      // An unexpected failure says its cause: from its answer alone nobody could tell.
      journal: true,
      horloge: o.horloge ?? (() => new Date()),
    }),
  );
  let n = 0;
  const temoin = async (qui: Qui, chez = contratId): Promise<string> => {
    const id = await createCompte(base.owner, chez, {
      courriel: `personne-${process.pid}-${++n}-${Math.random().toString(36).slice(2)}@exemple.fr`,
      nom: `Personne ${n}`,
      fonction: 'Essai',
      organisationId: qui.organisation ?? catalogue.contrat.signataires[0]?.acteur ?? '',
      motDePasse: null,
      demonstration: false,
      ordre: 0,
      mandats: qui.comme ? [{ role: qui.comme, territoireId: qui.territoire ?? null, fiche: qui.fiche ?? null, registre: qui.registre ?? null }] : [],
      accordePar: 'essai',
      debut: '2020-01-01',
    });
    return `${COOKIE_SESSION}=${await createSession(
      base.owner,
      chez,
      { compteId: id ?? '', moyen: 'totp', forte: true, adresse: null, agent: null },
      new Date(),
    )}`;
  };
  const entetes = async (qui?: Qui | string) => (qui ? { cookie: typeof qui === 'string' ? qui : await temoin(qui) } : {});
  return {
    serveur,
    base,
    db,
    bases,
    contratId,
    catalogue,
    audit,
    coffre: services.coffre,
    temoin,
    get: async (url, qui) => sansSigles(await serveur.inject({ method: 'GET', url, headers: await entetes(qui) })),
    post: async (url, champs, qui) => {
      const corps = new URLSearchParams();
      for (const [cle, v] of Object.entries(champs)) for (const x of [v].flat()) corps.append(cle, x);
      return sansSigles(
        await serveur.inject({
          method: 'POST',
          url,
          headers: { ...(await entetes(qui)), 'content-type': 'application/x-www-form-urlencoded' },
          payload: corps.toString(),
        }),
      );
    },
    close: async () => {
      await serveur.close();
      await audit.close();
      for (const b of Object.values(bases)) await b.destroy();
      if (o.base) return;
      const bavardes = await motsDansLAudit(base.owner);
      await base.close();
      if (bavardes.length > 0) throw new Error(`La piste d’audit tient ce que quelqu’un a écrit : ${bavardes.join(' ; ')}`);
    },
  };
}
