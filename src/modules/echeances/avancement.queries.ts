/** How many debts of one kind are in each state, by one axis: counted by PostgreSQL from the list, whatever its length. */
import { type RawBuilder, sql } from 'kysely';
import type { Db, Ligne } from '../../core/base/database.ts';
import { AUCUN, type Avancement, CODES_AVANCEMENT, type ComptesDAvancement } from './avancement.rules.ts';
import { avancementSql, conditions, type FiltresEcheances } from './echeances.queries.ts';
import type { Lecteur } from './echeances.types.ts';

/** `annee`: years of periods; `periode`: periods as they are. */
export type Axe = 'organisation' | 'fiche' | 'territoire' | 'annee' | 'periode';

export interface LigneDAvancement {
  cle: string;
  /** The place, of an institution found in each. */
  lieu: string | null;
  comptes: ComptesDAvancement;
  /** Day on which the oldest of the late ones was due. */
  plusAncien: string | null;
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
async function requeteDAvancement(db: Db, l: Lecteur, axe: Axe, f: FiltresEcheances): Promise<RawBuilder<Compte>> {
  const { cle, lieu } = cleDe(axe, l);
  const etat = avancementSql(l.aujourdhui);
  return sql<Compte>`
    select ${cle} as cle, ${lieu} as "territoireId", ${etat} as etat, count(*)::int as nombre, min(e.due_le) as "dueLe"
    from echeances e
    where ${await conditions(db, l, { ...f, etat: 'toutes' })}
    group by 1, 2, 3`;
}
interface Compte extends Pick<Ligne<'echeances'>, 'territoireId' | 'dueLe'> {
  cle: string;
  etat: Avancement;
  nombre: number;
}

export async function compterAvancement(db: Db, l: Lecteur, axe: Axe, f: FiltresEcheances): Promise<LigneDAvancement[]> {
  const { rows } = await (await requeteDAvancement(db, l, axe, f)).execute(db);
  const lignes = new Map<string, LigneDAvancement>();
  for (const r of rows) {
    const cle = `${r.cle}|${r.territoireId ?? ''}`;
    const ligne = lignes.get(cle) ?? { cle: r.cle, lieu: r.territoireId, comptes: { ...AUCUN }, plusAncien: null };
    ligne.comptes[r.etat] += r.nombre;
    if (r.etat === 'en_retard') ligne.plusAncien = r.dueLe;
    lignes.set(cle, ligne);
  }
  return [...lignes.values()];
}

export const additionnerAvancement = (lignes: readonly Pick<LigneDAvancement, 'comptes'>[]): ComptesDAvancement =>
  lignes.reduce<ComptesDAvancement>((total, l) => Object.fromEntries(CODES_AVANCEMENT.map((e) => [e, total[e] + l.comptes[e]])) as ComptesDAvancement, AUCUN);

/** Debts by the month in which they were due and the one in which they closed, as their first days: past states are added from them. */
export interface MoisDeDettes extends Pick<Ligne<'echeances'>, 'dueLe'> {
  closeLe: string | null;
  sansObjet: boolean;
  nombre: number;
}
export async function listMoisDeDettes(db: Db, l: Lecteur, f: FiltresEcheances): Promise<MoisDeDettes[]> {
  const { rows } = await sql<MoisDeDettes>`
    select date_trunc('month', e.due_le)::date as "dueLe",
      date_trunc('month', coalesce(e.soldee_le, e.sans_objet_le) at time zone ${l.catalogue.contrat.fuseau})::date as "closeLe",
      e.sans_objet_le is not null as "sansObjet", count(*)::int as nombre
    from echeances e
    where ${await conditions(db, l, { ...f, etat: 'toutes' })} and e.due_le < ${l.aujourdhui}::date
    group by 1, 2, 3`.execute(db);
  return rows;
}
