/** Answers kept with versions, as a reader may read them, and what each rule caught. */
import { sql } from 'kysely';
import { type Db, type Ligne, lireEnsemble } from '../../../core/base/database.ts';
import type { Catalogue } from '../../contrats/index.ts';
import { cleDe } from '../saisie/grain.rules.ts';
import { garderSecrets } from '../saisie/secrets.rules.ts';
import { nommePeutEtreQuelquun } from './personne.rules.ts';
import { type CleDeCellule, lireCellule } from './qualite.types.ts';
import { motsDeRegle } from './regles.rules.ts';

export interface ControleLu {
  valeurId: string;
  /** Words of the rule: no number. */
  regle: string;
  /** As said to the author; null when this reader may not read its numbers. */
  message: string | null;
  explication: string | null;
  /** Who explained it, for partners. */
  par: string | null;
  organisationId: string;
  le: Date;
}

interface ControleGarde extends Pick<Ligne<'controles'>, 'regle' | 'message' | 'cite' | 'par'>, Pick<ControleLu, 'valeurId' | 'organisationId' | 'le'> {
  explication: string;
  valide: boolean;
}
/**
 * What was explained of these versions. Partners read everything but what tells of something that became secret; everyone else the rule, and the
 * explanation once the figure is validated, when it names nobody.
 */
export async function listControlesDe(
  db: Db,
  c: Catalogue,
  o: { mesureId: string; annee: string; partenaire: boolean },
): Promise<(ControleLu & { valide: boolean })[]> {
  const { rows } = await sql<ControleGarde>`
    select v.id as "valeurId", k.regle, k.message, k.explication, k.cite, k.par, k.organisation_id as "organisationId", k.le,
      v.valide_le is not null as valide
    from valeurs e
    join controles k on k.contrat_id = e.contrat_id and k.valeur_id = e.id and k.issue = 'explique'
    -- a later version that says the same number is explained by the same words
    join valeurs v on v.contrat_id = e.contrat_id and v.mesure_id = e.mesure_id and v.periode = e.periode and v.territoire_id = e.territoire_id
      and v.debiteur = e.debiteur and v.ventilation = e.ventilation and v.version >= e.version and v.valeur = e.valeur
    where e.contrat_id = ${c.contratId} and e.mesure_id = ${o.mesureId} and left(e.periode, 4) = ${o.annee}
    order by k.le, k.id`.execute(db);
  if (rows.length === 0) return [];
  const tue = await secretsDe(db, c, new Set(rows.flatMap((r) => r.cite)));
  return rows.map(({ cite, ...r }) => {
    const cache = cite.some(tue);
    const dite = o.partenaire || (r.valide && !nommePeutEtreQuelquun(r.explication, c));
    return {
      ...r,
      regle: motsDeRegle(c, r.regle),
      message: o.partenaire && !cache ? r.message : null,
      explication: dite && !cache ? r.explication : null,
      par: o.partenaire ? r.par : null,
    };
  });
}

interface SecretLu extends Pick<Ligne<'valeurs'>, 'periode'>, Omit<CleDeCellule, 'ventilation'> {
  ventilation: Record<string, string>;
}
/** Which of these cells must not be told now. */
async function secretsDe(db: Db, c: Catalogue, cites: ReadonlySet<string>): Promise<(cle: string) => boolean> {
  const mesures = [...new Set([...cites].map((x) => lireCellule(x).mesureId))];
  const { rows } = await sql<SecretLu>`
    select mesure_id as "mesureId", debiteur, territoire_id as "territoireId", periode, ventilation
    from valeurs where contrat_id = ${c.contratId} and courante and etat = 'secret' and mesure_id = any(${mesures}::text[])`.execute(db);
  const gardiens = new Map(
    mesures.flatMap((id) => {
      const m = c.chiffre(id);
      const siens = rows.filter((r) => r.mesureId === id).map((r) => ({ ...r, ventilation: cleDe(r.ventilation) }));
      return m && siens.length > 0 ? [[id, garderSecrets(m, c, siens)] as const] : [];
    }),
  );
  return (cle) => {
    const x = lireCellule(cle);
    const g = gardiens.get(x.mesureId);
    return g !== undefined && (g.contientUnSecret(x) || g.estDansUnSecret(x));
  };
}

export interface BilanDeRegle extends Pick<Ligne<'controles'>, 'regle'> {
  souleves: number;
  expliques: number;
  corriges: number;
  dernier: Date | null;
}
/** How many facts each of these rules caught, and what became of them. */
export async function listBilans(db: Db, contratId: number, regles: readonly string[]): Promise<Map<string, BilanDeRegle>> {
  const { rows } = await sql<BilanDeRegle>`
    select r.regle, count(*) filter (where k.issue = 'souleve')::int as souleves, count(*) filter (where k.issue = 'explique')::int as expliques,
      count(*) filter (where k.issue = 'corrige')::int as corriges, max(k.le) filter (where k.issue = 'souleve') as dernier
    from unnest(${[...regles]}::text[]) as r (regle)
    join controles k on k.contrat_id = ${contratId} and k.regle = r.regle
    group by r.regle`.execute(db);
  return new Map(rows.map((r) => [r.regle, r]));
}

export interface PriseDeRegle extends Pick<Ligne<'controles'>, 'id' | 'periode' | 'debiteur' | 'ventilation'> {
  mesureId: string;
  territoireId: string;
  le: Date;
  organisationId: string;
  issue: 'explique' | 'corrige' | null;
}
/** What one rule caught, the latest first, without any number: each cell's page says what may be read. */
export async function listPrises(
  db: Db,
  contratId: number,
  regle: string,
  o: { depuis: number; limite: number },
): Promise<{ prises: PriseDeRegle[]; total: number }> {
  const [{ rows }, bilans] = await lireEnsemble(db, [
    () =>
      sql<PriseDeRegle>`
      select s.id, s.mesure_id as "mesureId", s.periode, s.territoire_id as "territoireId", s.debiteur, s.ventilation, s.organisation_id as "organisationId", s.le, r.issue
      from controles s
      left join lateral (
        select r.issue from controles r
        where r.contrat_id = s.contrat_id and r.mesure_id = s.mesure_id and r.periode = s.periode and r.territoire_id = s.territoire_id
          and r.debiteur = s.debiteur and r.ventilation = s.ventilation and r.regle = s.regle and r.valeur = s.valeur
          and r.reference is not distinct from s.reference and r.issue <> 'souleve'
        order by r.le desc limit 1) r on true
      where s.contrat_id = ${contratId} and s.regle = ${regle} and s.issue = 'souleve'
      order by s.le desc, s.id
      limit ${o.limite} offset ${o.depuis}`.execute(db),
    () => listBilans(db, contratId, [regle]),
  ]);
  return { prises: rows, total: bilans.get(regle)?.souleves ?? 0 };
}
