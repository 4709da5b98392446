/** Nothing enters a locked period: said in words before the database refuses. */
import type { Db } from '../../../core/base/database.ts';
import type { Contexte } from '../../../core/http/http.ts';
import { periodeFigee } from '../../../core/errors.ts';
import { enumerer, formatPeriode, jourDuMoment } from '../../../ui/typographie.ts';
import type { Catalogue } from '../../contrats/index.ts';
import { lireTenues, listVerrousEnVigueur, type Tenue, type Verrou, type Visee } from './verrous.queries.ts';
import { verrouSur } from './verrous.rules.ts';

type Lieux = Pick<Catalogue, 'nomActeur' | 'chiffre'>;

/** Whether nothing more may be given of a figure, for many of them at once. */
export async function lireFigees(db: Db, c: Pick<Catalogue, 'contratId' | 'chiffre'>, aujourdhui: string): Promise<(x: Visee) => boolean> {
  const verrous = await listVerrousEnVigueur(db, c.contratId, aujourdhui);
  return (x) => verrouSur(verrous, { ...x, fiche: c.chiffre(x.mesureId)?.fiche ?? '' }) !== undefined;
}

/** « Figé le 12 mars 2026 par Jeanne (Ville de Paris) : publication du bilan 2025 ». */
export const direVerrou = (v: Verrou, c: Pick<Lieux, 'nomActeur'>): string =>
  `figé le ${jourDuMoment(v.le)} par ${v.par} (${c.nomActeur(v.parOrganisation)}) : ${v.motif}`;

/** Who locked it, when, and what to do. */
export function direRefus(t: Tenue & { verrou: Verrou }, c: Lieux): string {
  const de = t.verrou.fiche === null ? '' : `, fiche ${t.verrou.fiche}`;
  return (
    `${formatPeriode(t.verrou.periode)}${de} : ${direVerrou(t.verrou, c)}. Plus rien n’y entre : ni valeur, ni validation. ` +
    `Pour corriger « ${c.chiffre(t.mesureId)?.court ?? t.mesureId} » (${t.mesureId}), demandez à la coordination centrale d’ouvrir une exception datée, ` +
    'en disant pourquoi.'
  );
}

/** The same for each of these, beside what was typed of it: null where nothing keeps it from coming in. */
export async function lireRefus(c: Pick<Contexte, 'db' | 'contrat' | 'maintenant'>, cat: Lieux, visees: readonly Visee[]): Promise<(string | null)[]> {
  return (await lireTenues(c.db, c.contrat.id, visees, c.maintenant)).map((t) => (t.verrou ? direRefus({ ...t, verrou: t.verrou }, cat) : null));
}

/** Throws 409 when a lock holds one of these; the caller holds the years. */
export async function refuserSiFige(c: Pick<Contexte, 'db' | 'contrat' | 'maintenant'>, cat: Lieux, visees: readonly Visee[]): Promise<void> {
  const uniques = [...new Map(visees.map((v) => [`${v.mesureId}|${v.periode}|${v.debiteur}`, v])).values()];
  const tenues = (await lireTenues(c.db, c.contrat.id, uniques, c.maintenant)).filter((t): t is Tenue & { verrou: Verrou } => t.verrou !== null);
  const [premiere] = tenues;
  if (!premiere) return;
  const autres = [...new Set(tenues.slice(1).map((t) => `${t.mesureId} (${formatPeriode(t.periode)})`))].filter(
    (x) => x !== `${premiere.mesureId} (${formatPeriode(premiere.periode)})`,
  );
  throw periodeFigee(`${direRefus(premiere, cat)}${autres.length > 0 ? ` De même pour ${enumerer(autres.slice(0, 10))}.` : ''}`);
}
