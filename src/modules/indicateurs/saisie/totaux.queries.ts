/** Totals of contributions, kept by the transaction of the write; the same function recomputes them all for the check. */
import { sql } from 'kysely';
import type { Db, Ligne } from '../../../core/base/database.ts';
import type { Catalogue } from '../../contrats/index.ts';
import type { Difference } from '../calcul/recalcul.queries.ts';
import { cleDe } from './grain.rules.ts';
import { estAcquise } from './parole.rules.ts';
import { type Choix, type Contribution, type ContributionsDUnAn, type Total, totaliser } from './totaux.rules.ts';
import { enJson } from '../../../core/couper.ts';

type LigneDeContribution = Omit<Contribution, 'ventilation' | 'valide'> &
  Pick<Ligne<'valeurs'>, 'mesureId' | 'courante' | 'validee'> &
  Parameters<typeof estAcquise>[0] & { ventilation: Record<string, string> };
type LigneDeChoix = Choix & Pick<Ligne<'valeurChoix'>, 'mesureId'>;
const anDe = (x: { mesureId: string; periode: string }) => `${x.mesureId}|${x.periode.slice(0, 4)}`;

/** Contributions by measure and year: of these (`mesure|année`), or all of the contract. */
async function listContributions(db: Db, contratId: number, ans: readonly string[] | null): Promise<Map<string, ContributionsDUnAn>> {
  const dans =
    ans === null
      ? sql``
      : sql` and mesure_id || '|' || left(periode, 4) = any(${[...ans]}::text[]) and mesure_id = any(${ans.map((a) => a.split('|')[0] ?? '')}::text[])`;
  const { rows } = await sql<LigneDeContribution>`
    select mesure_id as "mesureId", debiteur, territoire_id as "territoireId", periode, ventilation, etat, valeur::float8 as valeur, texte,
      saisi_le as le, courante, validee, parole
    from valeurs where contrat_id = ${contratId} and (courante or validee)${dans}
    order by debiteur, territoire_id, periode`.execute(db);
  const { rows: choix } = await sql<LigneDeChoix>`
    select mesure_id as "mesureId", debiteur, territoire_id as "territoireId", periode, le
    from valeur_choix where contrat_id = ${contratId}${dans}`.execute(db);
  const parAn = new Map<string, { annee: string; recentes: Contribution[]; validees: Contribution[]; choix: Choix[] }>();
  const an = (x: { mesureId: string; periode: string }) => {
    const k = anDe(x);
    const deja = parAn.get(k) ?? { annee: x.periode.slice(0, 4), recentes: [], validees: [], choix: [] };
    parAn.set(k, deja);
    return deja;
  };
  for (const r of rows) {
    const x = { ...r, ventilation: cleDe(r.ventilation), valide: r.validee && estAcquise(r) };
    if (r.courante) an(r).recentes.push(x);
    if (r.validee) an(r).validees.push(x);
  }
  for (const r of choix) an(r).choix.push(r);
  return parAn;
}

type LigneDeTotal = Total & Pick<Ligne<'valeurTotaux'>, 'mesureId'>;
const cle = (t: LigneDeTotal) => [t.ensemble, t.territoireId, t.mesureId, t.periode, t.ventilation].join('|');
const trie = (v: unknown): unknown =>
  Array.isArray(v)
    ? v.map(trie)
    : v !== null && typeof v === 'object'
      ? Object.fromEntries(
          Object.entries(v)
            .sort(([a], [b]) => (a < b ? -1 : 1))
            .map(([k, x]) => [k, trie(x)]),
        )
      : v;
const dit = (t: LigneDeTotal) => JSON.stringify([t.etat, t.valeur, t.texte, t.recues, t.attendues, t.partiel, t.provisoire, t.attend, trie(t.details)]);

const calculer = (c: Catalogue, parAn: ReadonlyMap<string, ContributionsDUnAn>): LigneDeTotal[] =>
  [...parAn].flatMap(([k, x]) => {
    const m = c.chiffre(k.split('|')[0] ?? '');
    return m ? totaliser(m, c, x).map((t) => ({ ...t, mesureId: m.id })) : [];
  });

async function listTotaux(db: Db, contratId: number, ans: readonly string[] | null): Promise<Map<string, LigneDeTotal>> {
  const dans = ans === null ? sql`` : sql` and mesure_id || '|' || left(periode, 4) = any(${[...ans]}::text[])`;
  const { rows } = await sql<LigneDeTotal>`
    select ensemble, territoire_id as "territoireId", mesure_id as "mesureId", periode, ventilation, etat, valeur::float8 as valeur, texte, recues,
      attendues, partiel, provisoire, attend, details
    from valeur_totaux where contrat_id = ${contratId}${dans}`.execute(db);
  return new Map(rows.map((t) => [cle(t), t]));
}

async function saveTotaux(tx: Db, contratId: number, totaux: readonly LigneDeTotal[]): Promise<void> {
  if (totaux.length === 0) return;
  await sql`
    insert into valeur_totaux (contrat_id, ensemble, territoire_id, mesure_id, periode, ventilation, etat, valeur, texte, recues, attendues, partiel,
      provisoire, attend, details)
    select ${contratId}, ensemble, "territoireId", "mesureId", periode, ventilation, etat, valeur, texte, recues, attendues, partiel, provisoire,
      attend, details
    from jsonb_to_recordset(${enJson(totaux)}::jsonb) as t (ensemble text, "territoireId" text, "mesureId" text, periode text,
      ventilation text, etat text, valeur numeric, texte text, recues integer, attendues integer, partiel boolean, provisoire boolean,
      attend boolean, details jsonb)
    on conflict (contrat_id, ensemble, territoire_id, mesure_id, periode, ventilation) do update
    set etat = excluded.etat, valeur = excluded.valeur, texte = excluded.texte, recues = excluded.recues, attendues = excluded.attendues,
      partiel = excluded.partiel, provisoire = excluded.provisoire, attend = excluded.attend, details = excluded.details`.execute(tx);
}

/** Two who write the same measure and year wait for each other from here to the end of the transaction. */
export const verrouillerAn = async (tx: Db, contratId: number, mesureId: string, periode: string): Promise<void> => {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`valeurs|${contratId}|${mesureId}|${periode.slice(0, 4)}`}, 0))`.execute(tx);
};

/** Brings the totals of one measure and year to its contributions; the caller holds `verrouillerAn`. */
export async function ajusterTotaux(tx: Db, c: Catalogue, mesureId: string, periode: string): Promise<void> {
  const an = [anDe({ mesureId, periode })];
  const tenus = await listTotaux(tx, c.contratId, an);
  const voulus = calculer(c, await listContributions(tx, c.contratId, an));
  await saveTotaux(
    tx,
    c.contratId,
    voulus.filter((t) => {
      const tenu = tenus.get(cle(t));
      return !tenu || dit(tenu) !== dit(t);
    }),
  );
}

/** Kept totals against recomputed ones. */
export async function verifierTotaux(db: Db, c: Catalogue): Promise<{ totaux: number; differences: Difference[] }> {
  const tenus = await listTotaux(db, c.contratId, null);
  const voulus = new Map(calculer(c, await listContributions(db, c.contratId, null)).map((t) => [cle(t), t]));
  const differences = [...new Map([...tenus, ...voulus])].flatMap(([k, t]) => {
    const [tenue = 'absente', recalculee = 'absente'] = [tenus.get(k), voulus.get(k)].map((x) => x && dit(x));
    if (tenue === recalculee) return [];
    return [{ mesure: t.mesureId, mois: t.periode, territoire: t.territoireId, ventilation: `${t.ensemble} ${t.ventilation}`, tenue, recalculee }];
  });
  return { totaux: voulus.size, differences };
}

/** Brings every total to its contributions; after a bulk load, or when the contract changed what a measure is made of. Returns how many moved. */
export async function reprendreTotaux(tx: Db, c: Catalogue): Promise<number> {
  const tenus = await listTotaux(tx, c.contratId, null);
  const voulus = calculer(c, await listContributions(tx, c.contratId, null));
  const garder = new Set(voulus.map(cle));
  const partis = [...tenus.keys()].filter((k) => !garder.has(k));
  if (partis.length > 0)
    await sql`delete from valeur_totaux where contrat_id = ${c.contratId}
      and concat_ws('|', ensemble, territoire_id, mesure_id, periode, ventilation) = any(${partis}::text[])`.execute(tx);
  const changes = voulus.filter((t) => {
    const tenu = tenus.get(cle(t));
    return !tenu || dit(tenu) !== dit(t);
  });
  await saveTotaux(tx, c.contratId, changes);
  return changes.length + partis.length;
}
/** The same in a transaction of its own, as the owner. */
export const recalculerTotaux = (owner: Db, c: Catalogue): Promise<number> => owner.transaction().execute((tx) => reprendreTotaux(tx, c));
