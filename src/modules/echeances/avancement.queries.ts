/** How many debts of one kind are in each state, by one axis: counted by PostgreSQL from the list, whatever its length. */
import { type RawBuilder, sql } from 'kysely';
import type { Db } from '../../core/base/database.ts';
import type { ComptesDAvancement } from './avancement.rules.ts';
import { AUCUN, CODES_AVANCEMENT } from './avancement.rules.ts';
import { avancementSql, conditions, type FiltresEcheances } from './echeances.queries.ts';
import type { Lecteur } from './echeances.types.ts';

/** `annee`: years of periods; `periode`: periods as they are. */
export type Axe = 'organisation' | 'fiche' | 'territoire' | 'annee' | 'periode';

export interface LigneDAvancement {
  cle: string;
  /** The place, of an institution found in each. */
  lieu: string | null;
  comptes: ComptesDAvancement;
}

function cleDe(axe: Axe, l: Lecteur): { cle: RawBuilder<unknown>; lieu: RawBuilder<unknown> } {
  const rien = sql`null::text`;
  if (axe === 'fiche') return { cle: sql`coalesce(e.fiche, '')`, lieu: rien };
  if (axe === 'territoire') return { cle: sql`coalesce(e.territoire_id, ${l.catalogue.racine.id})`, lieu: rien };
  if (axe === 'annee') return { cle: sql`left(e.periode, 4)`, lieu: rien };
  if (axe === 'periode') return { cle: sql`e.periode`, lieu: rien };
  const locaux = [...l.catalogue.acteurs.values()].flatMap((a) => (a.local ? [a.id] : []));
  return { cle: sql`e.organisation_id`, lieu: sql`case when e.organisation_id = any(${locaux}::text[]) then e.territoire_id end` };
}

/** The statement of the board; a bench compares it with what is bare. */
export async function requeteDAvancement(db: Db, l: Lecteur, axe: Axe, f: FiltresEcheances): Promise<RawBuilder<Ligne>> {
  const { cle, lieu } = cleDe(axe, l);
  const etat = avancementSql(l.aujourdhui);
  return sql<Ligne>`
    select ${cle} as cle, ${lieu} as lieu, ${etat} as etat, count(*)::int as nombre
    from echeances e
    where ${await conditions(db, l, { ...f, etat: 'toutes' })}
    group by 1, 2, 3`;
}
interface Ligne {
  cle: string;
  lieu: string | null;
  etat: keyof ComptesDAvancement;
  nombre: number;
}

export async function compterAvancement(db: Db, l: Lecteur, axe: Axe, f: FiltresEcheances): Promise<LigneDAvancement[]> {
  const { rows } = await (await requeteDAvancement(db, l, axe, f)).execute(db);
  const lignes = new Map<string, LigneDAvancement>();
  for (const r of rows) {
    const cle = `${r.cle}|${r.lieu ?? ''}`;
    const ligne = lignes.get(cle) ?? { cle: r.cle, lieu: r.lieu, comptes: { ...AUCUN } };
    ligne.comptes[r.etat] += r.nombre;
    lignes.set(cle, ligne);
  }
  return [...lignes.values()];
}

export const additionnerAvancement = (lignes: readonly Pick<LigneDAvancement, 'comptes'>[]): ComptesDAvancement =>
  lignes.reduce<ComptesDAvancement>((total, l) => Object.fromEntries(CODES_AVANCEMENT.map((e) => [e, total[e] + l.comptes[e]])) as ComptesDAvancement, AUCUN);

/** Debts by the month in which they were due and the one in which they closed: what the past states are added from. */
export interface MoisDeDettes {
  due: string;
  close: string | null;
  sansObjet: boolean;
  nombre: number;
}
export async function listMoisDeDettes(db: Db, l: Lecteur, f: FiltresEcheances): Promise<MoisDeDettes[]> {
  const { rows } = await sql<MoisDeDettes>`
    select to_char(e.due_le, 'YYYY-MM') as due,
      to_char(coalesce(e.soldee_le, e.sans_objet_le) at time zone ${l.catalogue.contrat.fuseau}, 'YYYY-MM') as close,
      e.sans_objet_le is not null as "sansObjet", count(*)::int as nombre
    from echeances e
    where ${await conditions(db, l, { ...f, etat: 'toutes' })} and e.due_le < ${l.aujourdhui}::date
    group by 1, 2, 3`.execute(db);
  return rows;
}
