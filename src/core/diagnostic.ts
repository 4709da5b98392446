/**
 * Is this installation fit to serve? Each check says what it found and what to do; none writes. The database is looked at
 * through the serving role itself, so that what it may do is what is judged.
 */
import { access, constants, stat, statfs } from 'node:fs/promises';
import { sql } from 'kysely';
import { type Bases, raisonDeFermeture } from './base/bases.ts';
import { type Db, ErreurConnexion } from './base/database.ts';
import { PLANS } from './base/plans.ts';
import type { Passage } from './jobs/rendezvous.ts';

export interface Constat {
  sujet: string;
  etat: 'bon' | 'alerte' | 'faute';
  constat: string;
  /** What to do; empty when all is well. */
  conseil: string;
}

const bon = (sujet: string, constat: string): Constat => ({ sujet, etat: 'bon', constat, conseil: '' });
const alerte = (sujet: string, constat: string, conseil: string): Constat => ({ sujet, etat: 'alerte', constat, conseil });
const faute = (sujet: string, constat: string, conseil: string): Constat => ({ sujet, etat: 'faute', constat, conseil });

/** A check that itself fails is a fault of its subject. */
export async function verifier(sujet: string, fn: () => Promise<Constat | Constat[]>): Promise<Constat[]> {
  try {
    return [await fn()].flat();
  } catch (e) {
    if (e instanceof ErreurConnexion) return [faute(sujet, e.message, 'Voyez docs/exploitation.md, « Comptes de la base ».')];
    return [faute(sujet, `la vérification a échoué (${(e as { code?: string }).code ?? (e as Error).name})`, 'Voyez le journal du processus.')];
  }
}

const EXTENSIONS = ['pg_trgm', 'unaccent', 'btree_gist'];
const NODE_MIN = [20, 20];

export function verifierNode(version: string): Constat {
  const [majeure = 0, mineure = 0] = version.split('.').map(Number);
  const assez = majeure > (NODE_MIN[0] ?? 0) || (majeure === NODE_MIN[0] && mineure >= (NODE_MIN[1] ?? 0));
  return assez ? bon('Node', `version ${version}`) : faute('Node', `version ${version}`, `Installez Node ${NODE_MIN.join('.')} ou plus.`);
}

export async function verifierPostgres(db: Db): Promise<Constat[]> {
  const { rows } = await sql<{ version: number; extensions: string[] }>`
    select current_setting('server_version_num')::int as version, array(select extname::text from pg_extension) as extensions`.execute(db);
  const { version = 0, extensions = [] } = rows[0] ?? {};
  const absentes = EXTENSIONS.filter((e) => !extensions.includes(e));
  return [
    version >= 150_000
      ? bon('PostgreSQL', `version ${Math.floor(version / 10_000)}`)
      : faute('PostgreSQL', `version ${Math.floor(version / 10_000)}`, 'Passez à PostgreSQL 15 ou plus.'),
    absentes.length === 0
      ? bon('Extensions', EXTENSIONS.join(', '))
      : faute(
          'Extensions',
          `absentes : ${absentes.join(', ')}`,
          `Faites exécuter par un administrateur de la base : ${absentes.map((e) => `create extension ${e};`).join(' ')}`,
        ),
  ];
}

/** The serving role: no rights over the server, owner of nothing, member of nothing that could rise. */
export async function verifierRole(db: Db): Promise<Constat[]> {
  const { rows } = await sql<{ compte: string; fort: boolean; proprietaire: number; monte: string[]; nues: string[] }>`
    select session_user::text as compte,
      r.rolsuper or r.rolcreaterole or r.rolcreatedb or r.rolbypassrls or r.rolreplication as fort,
      (select count(*)::int from pg_class c where c.relowner = r.oid and c.relkind in ('r', 'v', 'p')) as proprietaire,
      array(select g.rolname::text from pg_roles g
        where g.rolname <> session_user and pg_has_role(session_user, g.oid, 'member')
          and (g.rolsuper or g.rolcreaterole or g.rolbypassrls or exists (select from pg_class c where c.relowner = g.oid))) as monte,
      array(select case n.nspname when 'public' then '' else n.nspname || '.' end || c.relname
        from pg_class c join pg_namespace n on n.oid = c.relnamespace
        where n.nspname not in ('pg_catalog', 'information_schema') and c.relkind in ('r', 'p') and not c.relrowsecurity
          and has_schema_privilege(n.oid, 'usage')
          and (has_any_column_privilege(c.oid, 'select') or has_any_column_privilege(c.oid, 'insert'))) as nues
    from pg_roles r where r.rolname = session_user`.execute(db);
  const r = rows[0];
  if (!r) return [faute('Compte de la base', 'introuvable', 'Relancez Concorde : il crée le compte de service.')];
  const trop = [
    r.fort ? 'il a des droits sur le serveur' : '',
    r.proprietaire > 0 ? `il possède ${r.proprietaire} tables` : '',
    r.monte.length > 0 ? `il peut devenir ${r.monte.join(', ')}` : '',
  ].filter(Boolean);
  return [
    trop.length === 0
      ? bon('Compte de la base', `${r.compte} : ni propriétaire, ni administrateur`)
      : faute(
          'Compte de la base',
          `${r.compte} : ${trop.join(' ; ')}`,
          'Le service doit se connecter par un compte sans droits propres (docs/exploitation.md, « Comptes de la base »).',
        ),
    r.nues.length === 0
      ? bon('Cloisonnement', 'chaque table accessible est cloisonnée par contrat')
      : faute('Cloisonnement', `sans cloisonnement : ${r.nues.join(', ')}`, 'Restaurez le schéma : ces tables laissent voir tous les contrats.'),
  ];
}

/** Each plane through its own account: what it reaches, and nothing of the others. */
export async function verifierPlans(bases: Bases): Promise<Constat[]> {
  const voir = async (db: Db) => {
    const { rows } = await sql<{ compte: string; nominatif: boolean; lues: number; ecrites: string[] }>`
      with tables as (select c.oid, c.relname::text as nom from pg_class c
        where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p'))
      select session_user::text as compte, has_schema_privilege('nominatif', 'usage') as nominatif,
        (select count(*)::int from tables where has_any_column_privilege(oid, 'select')) as lues,
        array(select nom from tables where has_table_privilege(oid, 'delete') or has_any_column_privilege(oid, 'insert')
          or has_any_column_privilege(oid, 'update')) as ecrites`.execute(db);
    return rows[0] ?? { compte: '?', nominatif: false, lues: 0, ecrites: [] };
  };
  const partenaires = (await voir(bases.partenariat)).compte;
  const REPARER = 'Refaites ses droits : docs/exploitation.md, « Comptes de la base ».';
  const constats = PLANS.map((plan) =>
    verifier(`Plan ${plan}`, async () => {
      const fermee = raisonDeFermeture(bases[plan]);
      if (fermee) return bon(`Plan ${plan}`, 'aucun compte : aucun module nominatif ne se servira ici');
      const { compte, nominatif, lues, ecrites } = await voir(bases[plan]);
      if (nominatif !== (plan === 'nominatif'))
        return faute(`Plan ${plan}`, `${compte} ${nominatif ? 'entre' : 'n’entre pas'} dans le schéma nominatif`, REPARER);
      if (plan === 'partenariat') return bon(`Plan ${plan}`, `${compte} : n’entre pas dans le schéma nominatif`);
      if (compte === partenaires)
        return alerte(`Plan ${plan}`, 'les pages de tous sont servies par le compte des partenaires', 'Faites-lui un compte : CONCORDE_DATABASE_URL_PUBLIC.');
      return ecrites.length === 0
        ? bon(`Plan ${plan}`, `${compte} : lit ${lues} tables des partenaires, n’en écrit aucune`)
        : faute(`Plan ${plan}`, `${compte} écrit ${ecrites.join(', ')}`, REPARER);
    }),
  );
  return (await Promise.all(constats)).flat();
}

/** Indexes left invalid by an interrupted creation, and those that search needs. */
export async function verifierIndex(db: Db): Promise<Constat> {
  const { rows } = await sql<{ invalides: string[]; recherche: boolean }>`
    select array(select i.indexrelid::regclass::text from pg_index i join pg_class c on c.oid = i.indexrelid
        where c.relnamespace in ('public'::regnamespace, 'nominatif'::regnamespace) and not (i.indisvalid and i.indisready)) as invalides,
      (select count(distinct a.amname || coalesce(o.opcname, '')) >= 2
        from pg_index i join pg_class c on c.oid = i.indexrelid join pg_am a on a.oid = c.relam
        left join pg_opclass o on o.oid = any(i.indclass) and o.opcname = 'gin_trgm_ops'
        where i.indrelid = 'recherche'::regclass and i.indisvalid and a.amname = 'gin') as recherche`.execute(db);
  const { invalides = [], recherche = false } = rows[0] ?? {};
  if (invalides.length > 0)
    return faute('Index', `à refaire : ${invalides.join(', ')}`, `Faites exécuter : ${invalides.map((i) => `reindex index ${i};`).join(' ')}`);
  return recherche
    ? bon('Index', 'valides, ceux de la recherche aussi')
    : faute('Index', 'ceux de la recherche manquent', 'La recherche lira tout : restaurez le schéma.');
}

/**
 * Operators that lists ask of an index under row-level security, which only those marked leakproof may. A dump does not carry these marks:
 * restored where the owner is no superuser, they are lost, and nothing fails: lists only read more and more rows.
 */
const ETANCHES = [
  ['pg_catalog.ts_match_vq(tsvector, tsquery)', 'la recherche dans un registre'],
  ['pg_catalog.arraycontains(anyarray, anyarray)', 'les preuves d’une ligne d’action et d’une fiche'],
  ['pg_catalog.arrayoverlap(anyarray, anyarray)', 'les preuves de plusieurs lignes'],
] as const;
/** Indexes that proofs, lists and the search box rely on. */
const INDEX_ATTENDUS = [
  ...['faits_comptes_pkey', 'faits_comptes_lieu', 'mesure_cellules_pkey', 'mesure_annees_pkey'],
  ...[
    'activites_publiees',
    'activites_du_lieu',
    'activites_retirees',
    'activites_recentes',
    'activites_recherche',
    'activites_preuves',
    'activites_fiches',
    'activites_saisie',
  ],
  ...['decisions_liste', 'decisions_recherche', 'seances_recherche', 'instances_recherche', 'signalements_liste', 'echeances_ouvertes'],
  ...['recherche_vecteur', 'recherche_approche', 'recherche_cle', 'recherche_mots_proches'],
];

/** What makes a list as fast at the size of Paris as on the first day, and that nothing else would tell. */
export async function verifierLectures(db: Db): Promise<Constat[]> {
  const { rows } = await sql<{ perdues: string[]; absents: string[] }>`
    select array(select f from unnest(${ETANCHES.map(([f]) => f)}::text[]) as f
        where not coalesce((select p.proleakproof from pg_proc p where p.oid = to_regprocedure(f)), false)) as perdues,
      array(select i from unnest(${INDEX_ATTENDUS}::text[]) as i
        where not exists (select from pg_class c where c.relname = i and c.relkind in ('i', 'I') and c.relnamespace = 'public'::regnamespace)) as absents`.execute(
    db,
  );
  const { perdues = [], absents = [] } = rows[0] ?? {};
  const lentes = ETANCHES.filter(([f]) => perdues.includes(f)).map(([, quoi]) => quoi);
  return [
    perdues.length === 0
      ? bon('Lectures cloisonnées', 'leurs opérateurs servent les index')
      : alerte(
          'Lectures cloisonnées',
          `sans index : ${lentes.join(', ')} (opérateurs non marqués étanches, comme après une restauration)`,
          `Faites exécuter par un superutilisateur de la base : ${perdues.map((f) => `alter function ${f} leakproof;`).join(' ')}`,
        ),
    absents.length === 0
      ? bon('Index des listes', `${INDEX_ATTENDUS.length} présents`)
      : faute('Index des listes', `absents : ${absents.join(', ')}`, 'Restaurez le schéma : ces listes lisent toute leur table.'),
  ];
}

/** Dates of acts, deadlines and seals all come from clocks that must agree. */
export async function verifierHorloge(db: Db, maintenant: () => Date): Promise<Constat> {
  const avant = maintenant().getTime();
  const { rows } = await sql<{ ms: number }>`select (extract(epoch from clock_timestamp()) * 1000)::float8 as ms`.execute(db);
  const apres = maintenant().getTime();
  const ecart = Math.round(Math.abs((rows[0]?.ms ?? 0) - (avant + apres) / 2) - (apres - avant) / 2);
  return ecart <= 2000
    ? bon('Horloge', 'le serveur et la base sont à la même heure')
    : faute('Horloge', `${Math.round(ecart / 1000)} s d’écart entre le serveur et la base`, 'Réglez les deux sur un serveur de temps (NTP).');
}

const GO = 1024 ** 3;
export async function verifierDisque(dossier: string): Promise<Constat> {
  const s = await statfs(dossier);
  const [libre, part] = [s.bavail * s.bsize, s.bavail / s.blocks];
  const dit = `${(libre / GO).toFixed(1).replace('.', ',')} Go libres (${Math.round(part * 100)}\u202f%)`;
  if (libre < GO) return faute('Disque', dit, 'Libérez de la place : sous 1 Go, la base peut s’arrêter.');
  return part < 0.1 ? alerte('Disque', dit, 'Prévoyez de la place.') : bon('Disque', dit);
}

/** Keys beside the data: readable by their owner alone. */
export async function verifierSecrets(dossier: string, noms: readonly string[]): Promise<Constat> {
  const ouverts: string[] = [];
  for (const nom of noms) {
    const chemin = `${dossier}/${nom}`;
    const la = await access(chemin, constants.F_OK).then(
      () => true,
      () => false,
    );
    if (la && process.platform !== 'win32' && ((await stat(chemin)).mode & 0o077) !== 0) ouverts.push(nom);
  }
  return ouverts.length === 0
    ? bon('Clés', 'lisibles par leur seul propriétaire')
    : faute('Clés', `lisibles par d’autres : ${ouverts.join(', ')}`, `chmod 600 ${ouverts.map((n) => `${dossier}/${n}`).join(' ')}`);
}

const SAUVEGARDE_MAX_H = 26;
/** `temoin`: file or folder that each backup writes; its age is that of the last one. */
export async function verifierSauvegarde(temoin: string | null, demonstration: boolean, maintenant: Date): Promise<Constat> {
  if (temoin === null)
    return demonstration
      ? bon('Sauvegarde', 'sans objet en démonstration')
      : alerte('Sauvegarde', 'Concorde ne sait pas si elle se fait', 'Donnez dans CONCORDE_SAUVEGARDE le fichier que chaque sauvegarde écrit.');
  const quand = await stat(temoin).then(
    (s) => s.mtime,
    () => null,
  );
  if (!quand) return faute('Sauvegarde', `${temoin} n’existe pas`, 'Faites une sauvegarde (docs/exploitation.md), ou corrigez CONCORDE_SAUVEGARDE.');
  const heures = Math.floor((maintenant.getTime() - quand.getTime()) / 3_600_000);
  return heures <= SAUVEGARDE_MAX_H
    ? bon('Sauvegarde', `la dernière a ${heures} h`)
    : faute('Sauvegarde', `la dernière a ${heures} h`, 'Cherchez pourquoi la sauvegarde de la nuit n’a pas écrit.');
}

/** What waits or failed: jobs and mail. */
export async function verifierFiles(db: Db, contratId: number, smtp: boolean, demonstration: boolean): Promise<Constat[]> {
  const { rows } = await sql<{ attente: number; echecs: number; courriels: number; perdus: number }>`
    select (select count(*)::int from travaux where contrat_id = ${contratId} and etat in ('attente', 'en_cours') and cree_le < now() - interval '1 hour') as attente,
      (select count(*)::int from travaux where contrat_id = ${contratId} and etat = 'echec' and cree_le > now() - interval '7 days') as echecs,
      (select count(*)::int from courriels where contrat_id = ${contratId} and etat = 'attente' and cree_le < now() - interval '1 hour') as courriels,
      (select count(*)::int from courriels where contrat_id = ${contratId} and etat = 'echec') as perdus`.execute(db);
  const { attente = 0, echecs = 0, courriels = 0, perdus = 0 } = rows[0] ?? {};
  const travaux =
    attente > 0
      ? faute(
          'Travaux',
          `${attente} attendent depuis plus d’une heure`,
          'Vérifiez qu’un processus Concorde tourne sur ce contrat, puis le journal du processus.',
        )
      : echecs > 0
        ? alerte('Travaux', `${echecs} ont échoué cette semaine`, 'Chacun dit pourquoi sur sa page.')
        : bon('Travaux', 'rien n’attend, rien n’a échoué');
  if (!smtp)
    return [
      travaux,
      demonstration
        ? bon('Courriels', 'retenus : démonstration sans serveur de courrier')
        : faute('Courriels', 'aucun serveur', 'Réglez SMTP_URL : convocations et rappels ne partent pas.'),
    ];
  if (courriels > 0)
    return [travaux, faute('Courriels', `${courriels} attendent depuis plus d’une heure`, 'Voyez /comptes/courriels, puis vérifiez SMTP_URL.')];
  return [
    travaux,
    perdus > 0 ? alerte('Courriels', `${perdus} refusés`, 'Voyez /comptes/courriels : des adresses sont fausses.') : bon('Courriels', 'partent'),
  ];
}

export function verifierPassages(passages: readonly Passage[], retard: (p: Passage) => boolean): Constat[] {
  return passages.map((p) => {
    if (p.echecsDeSuite > 0) return faute(p.libelle, `${p.echecsDeSuite} échecs de suite : ${p.message}`, 'Voyez le journal du processus.');
    if (retard(p))
      return faute(
        p.libelle,
        `pas passé à l’heure depuis ${p.dernierSuccesLe?.toISOString().slice(0, 16).replace('T', ' ')} UTC`,
        'Un processus Concorde doit rester en marche.',
      );
    return bon(p.libelle, p.dernierSuccesLe ? p.message || 'passé à l’heure' : 'pas encore passé, attendu à son heure');
  });
}
