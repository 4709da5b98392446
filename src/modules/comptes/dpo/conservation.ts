/**
 * Retention: what is kept for how long, and what happens then. A rule is data; its count (dry run) and its purge are made from
 * the same condition, so that they cannot disagree. Rules read tables of several modules: the desk answers for all of them.
 * Everything runs as the application role, inside the contract. The audit trail has its own purge (`concorde audit purger`).
 */
import { type RawBuilder, sql } from 'kysely';
import { ecrireAudit, entree } from '../../../core/audit.ts';
import { type Db, inTransaction, lireEnsemble } from '../../../core/database.ts';
import { conflit } from '../../../core/errors.ts';

export interface Regle {
  /** In the address: `/dpo/conservation/<code>`. */
  code: string;
  table: string;
  /** What is removed, as the subject of a sentence. */
  libelle: string;
  /** Why that long. */
  fondement: string;
  /** Days after `age`; the same number is in the annotation of the table (checked by a test). */
  jours: number;
  /** Column that tells the age: what is before the limit is removed. */
  age: string;
  /** What must be true besides; `true` when age is enough. */
  condition: RawBuilder<unknown>;
  acte: 'supprimer' | 'anonymiser';
  /** Applied each night by the platform itself: nothing here needs a person's judgement. */
  seule?: true;
}

export const REGLES: readonly Regle[] = [
  {
    code: 'sessions',
    table: 'sessions',
    libelle: 'Sessions finies depuis plus de 30 jours',
    fondement: 'Une session dure douze heures au plus ; le journal d’audit garde la trace de la connexion.',
    jours: 30,
    age: 'expire_le',
    condition: sql`true`,
    acte: 'supprimer',
    seule: true,
  },
  {
    code: 'liens',
    table: 'liens',
    libelle: 'Invitations et liens de mot de passe expirés depuis plus de 30 jours',
    fondement: 'Un lien expiré n’ouvre plus rien ; le journal d’audit garde la trace de l’invitation.',
    jours: 30,
    age: 'expire_le',
    condition: sql`true`,
    acte: 'supprimer',
    seule: true,
  },
  {
    code: 'courriels',
    table: 'courriels',
    libelle: 'Traces de courriels de plus de 90 jours',
    fondement: 'Le texte est effacé à l’envoi ; la trace sert à retrouver un message qui n’est pas arrivé.',
    jours: 90,
    age: 'cree_le',
    condition: sql`etat <> 'attente'`,
    acte: 'supprimer',
  },
  {
    code: 'soumissions',
    table: 'soumissions',
    libelle: 'Clés des formulaires envoyés depuis plus de 7 jours',
    fondement: 'Une clé sert à reconnaître un formulaire envoyé deux fois ; au bout d’une semaine, personne ne le renvoie plus par mégarde.',
    jours: 7,
    age: 'le',
    condition: sql`true`,
    acte: 'supprimer',
    seule: true,
  },
  {
    code: 'imports-jamais-publies',
    table: 'lots',
    libelle: 'Imports préparés et jamais publiés depuis plus de 30 jours, avec leurs lignes',
    fondement: 'Un fichier abandonné n’a plus d’utilité ; ses lignes sont la copie brute de ce que quelqu’un a déposé.',
    jours: 30,
    age: 'cree_le',
    condition: sql`etat = 'prepare'`,
    acte: 'supprimer',
  },
  {
    code: 'travaux',
    table: 'travaux',
    libelle: 'Travaux finis depuis plus de 90 jours',
    fondement: 'Le compte rendu d’un bilan ou d’un import sert dans les semaines qui suivent ; l’import lui-même reste décrit par son lot.',
    jours: 90,
    age: 'fini_le',
    condition: sql`etat in ('fait', 'echec')`,
    acte: 'supprimer',
  },
  {
    code: 'fichiers',
    table: 'fichiers',
    libelle: 'Documents produits depuis plus de 90 jours',
    fondement: 'Un bilan se refait à la demande, avec les chiffres à jour.',
    jours: 90,
    age: 'cree_le',
    condition: sql`true`,
    acte: 'supprimer',
  },
  {
    code: 'demandes',
    table: 'demandes_droits',
    libelle: 'Demandes closes depuis plus de cinq ans',
    fondement: 'Prescription civile de droit commun (code civil, art. 2224). Nature, dates et issue restent pour le compte ; nom et textes disparaissent.',
    // Five years hold one or two leap days: never a day less.
    jours: 1827,
    age: 'repondue_le',
    condition: sql`etat in ('repondue', 'refusee') and anonymisee_le is null`,
    acte: 'anonymiser',
  },
];
export const regleDe = (code: string): Regle | undefined => REGLES.find((r) => r.code === code);

/** The moment before which this rule removes. */
const limiteDe = (r: Regle, maintenant: Date): Date => new Date(maintenant.getTime() - r.jours * 86_400_000);

const vises = (r: Regle, contratId: number, limite: Date) => sql`
  contrat_id = ${contratId} and ${sql.ref(r.age)} < ${limite} and ${r.condition}`;

export interface Simulation {
  regle: Regle;
  limite: Date;
  nombre: number;
  /** Age of the oldest thing it would remove; null when there is none. */
  plusAncien: Date | null;
}

/** What the rule would remove now. Reads only. */
export async function simulerPurge(db: Db, contratId: number, regle: Regle, maintenant: Date): Promise<Simulation> {
  const limite = limiteDe(regle, maintenant);
  const { rows } = await sql<{ nombre: number; plusAncien: Date | null }>`
    select count(*)::int as nombre, min(${sql.ref(regle.age)})::timestamptz as "plusAncien"
    from ${sql.table(regle.table)}
    where ${vises(regle, contratId, limite)}`.execute(db);
  return { regle, limite, nombre: rows[0]?.nombre ?? 0, plusAncien: rows[0]?.plusAncien ?? null };
}
export const simulerPurges = (db: Db, contratId: number, maintenant: Date): Promise<Simulation[]> =>
  lireEnsemble(
    db,
    REGLES.map((r) => () => simulerPurge(db, contratId, r, maintenant)),
  );

/**
 * Applies the rule and records it, in the caller's transaction; a simulation is recorded and removes nothing. Throws 409, which
 * puts everything back, when what it removed is not what `vise` counted.
 */
export async function purger(
  tx: Db,
  contratId: number,
  vise: Simulation,
  o: { maintenant: Date; compteId: string | null; simulation: boolean },
): Promise<void> {
  const { regle, limite, nombre } = vise;
  if (!o.simulation && (await appliquer(tx, contratId, vise, o.maintenant)) !== nombre)
    throw conflit('Le nombre a changé pendant la purge : rien n’a été purgé. Revenez à la page, relisez puis confirmez.');
  await sql`
    insert into purges (contrat_id, quand, regle, nombre, limite, simulation, par)
    values (${contratId}, ${o.maintenant}, ${regle.code}, ${nombre}, ${limite}, ${o.simulation}, ${o.compteId}::uuid)`.execute(tx);
}

/** Each in its own transaction, with its line in the list of purges; returns how many rows went. */
export async function purgerSeules(db: Db, contratId: number, maintenant: Date): Promise<number> {
  let total = 0;
  for (const regle of REGLES.filter((r) => r.seule))
    total += await inTransaction(db, { contratId }, async (tx) => {
      const vise = await simulerPurge(tx, contratId, regle, maintenant);
      if (vise.nombre === 0) return 0;
      await purger(tx, contratId, vise, { maintenant, compteId: null, simulation: false });
      const qui = { utilisateur: null, quand: maintenant, adresse: null };
      await ecrireAudit(tx, contratId, [entree(qui, 'purge.faite', `/dpo/conservation/${regle.code}`, { nombre: vise.nombre, jours: regle.jours })]);
      return vise.nombre;
    });
  return total;
}

async function appliquer(tx: Db, contratId: number, { regle, limite }: Simulation, maintenant: Date): Promise<number> {
  const table = sql.table(regle.table);
  const faite =
    regle.acte === 'supprimer'
      ? await sql`delete from ${table} where ${vises(regle, contratId, limite)}`.execute(tx)
      : // Everything that could name the person goes with this mark: see the trigger of the table.
        await sql`update ${table} set anonymisee_le = ${maintenant} where ${vises(regle, contratId, limite)}`.execute(tx);
  return Number(faite.numAffectedRows ?? 0);
}

export interface Purge {
  quand: Date;
  regle: string;
  nombre: number;
  simulation: boolean;
  par: string | null;
}
/** The latest first. */
export async function listPurges(db: Db, contratId: number, limite: number): Promise<Purge[]> {
  const { rows } = await sql<Purge>`
    select p.quand, p.regle, p.nombre, p.simulation, c.nom as par
    from purges p
    left join comptes c on c.contrat_id = p.contrat_id and c.id = p.par
    where p.contrat_id = ${contratId}
    order by p.id desc
    limit ${limite}`.execute(db);
  return rows;
}
