/**
 * What was corrected after it was signed off, read from the versions themselves: a version validated (or a choice made) under a lock
 * carries the mark of it (`rectifie_verrou`, set by the database), the value before it is the version validated before.
 */
import { rangDeMois } from '../../../core/jours.ts';
import { type RawBuilder, sql } from 'kysely';
import type { Db, Ligne } from '../../../core/base/database.ts';
import type { Catalogue, Mesure } from '../../contrats/index.ts';
import { listVersionsDesAns } from '../chiffres.queries.ts';
import type { ValeurCollectee } from '../chiffres.rules.ts';
import { taireLesSecrets } from '../saisie/contributions.ts';
import { cleDe, type CleDeVentilation } from '../saisie/grain.rules.ts';
import { direAuteur, direEtatDeParole, estAcquise } from '../saisie/parole.rules.ts';

/** `parole`: who gave it for its debtor, and whom it waits for or who contests it; empty of what everybody answers for. */
type Dit = Pick<ValeurCollectee, 'etat' | 'valeur' | 'texte'> & { parole: string };
export interface Rectificatif {
  id: string;
  /** `choix`: which of two sources is believed, no value of its own. */
  genre: 'valeur' | 'choix';
  mesure: Mesure;
  periode: string;
  territoireId: string;
  debiteur: string;
  ventilation: CleDeVentilation;
  /** Null: nothing was validated before. */
  avant: Dit | null;
  apres: Dit | null;
  /** Null where its words could tell what is secret. */
  motif: string | null;
  /** Institution that corrected. */
  par: string;
  le: Date;
}
interface Lu extends Pick<Ligne<'valeurs'>, 'id' | 'mesureId' | 'periode' | 'territoireId' | 'debiteur' | 'version'> {
  genre: 'valeur' | 'choix';
  ventilation: Record<string, string>;
  motif: string;
  par: string;
  le: Date;
  total: number;
}
export interface FiltreDeRectificatifs {
  mesureId?: string;
  mesures?: readonly string[] | undefined;
  depuis?: Date;
  /** Months of the period that they lie in: `[debut, fin[`, `YYYY-MM-01`. */
  mois?: { debut: string; fin: string };
  /** Null or absent: everywhere. */
  territoires?: readonly string[] | null;
  /** Days between which they were published, both included. */
  entre?: { du: string; au: string };
}

function filtrer(contratId: number, f: FiltreDeRectificatifs): RawBuilder<unknown> {
  const dits = [
    ...(f.mesureId === undefined ? [] : [sql`mesure_id = ${f.mesureId}`]),
    ...(f.mesures === undefined ? [] : [sql`mesure_id = any(${[...f.mesures]}::text[])`]),
    ...(f.depuis === undefined ? [] : [sql`le >= ${f.depuis}`]),
    ...(f.mois === undefined ? [] : [sql`mois_de_periode(periode) <@ int4range(${rangDeMois(f.mois.debut)}::int, ${rangDeMois(f.mois.fin)}::int)`]),
    ...(f.territoires ? [sql`territoire_id = any(${[...f.territoires]}::text[])`] : []),
    ...(f.entre ? [sql`(le at time zone concorde_fuseau(${contratId}::smallint))::date between ${f.entre.du}::date and ${f.entre.au}::date`] : []),
  ];
  return dits.length === 0 ? sql`` : sql`where ${sql.join(dits, sql` and `)}`;
}

/** The latest first. What is or became secret tells nothing, as everywhere. */
export async function listRectificatifs(
  db: Db,
  c: Catalogue,
  f: FiltreDeRectificatifs,
  o: { limite: number; depuis: number },
): Promise<{ rectificatifs: Rectificatif[]; total: number }> {
  const k = c.contratId;
  const { rows } = await sql<Lu>`
    select id, genre, mesure_id as "mesureId", periode, territoire_id as "territoireId", debiteur, ventilation, version, motif, par, le,
      count(*) over ()::int as total
    from (
      select v.id, 'valeur' as genre, v.mesure_id, v.periode, v.territoire_id, v.debiteur, v.ventilation, v.version,
        coalesce(v.rectifie_motif, e.motif, l.leve_motif, '') as motif, v.saisi_par_organisation as par, v.valide_le as le
      from valeurs v
      join verrous l on l.contrat_id = v.contrat_id and l.id = v.rectifie_verrou
      left join verrou_exceptions e on e.contrat_id = v.contrat_id and e.id = v.rectifie_exception
      left join lateral (
        select a.version, a.etat, a.valeur, a.texte, a.lien, a.fichier_id from valeurs a
        where a.contrat_id = v.contrat_id and a.mesure_id = v.mesure_id and a.periode = v.periode and a.territoire_id = v.territoire_id
          and a.debiteur = v.debiteur and a.ventilation = v.ventilation and a.valide_le is not null and a.version < v.version
        order by a.version desc limit 1) a on true
      where v.contrat_id = ${k} and v.rectifie_verrou is not null
        and (a.version is null or (a.etat, a.valeur, a.texte, a.lien, a.fichier_id) is distinct from (v.etat, v.valeur, v.texte, v.lien, v.fichier_id))
      union all
      select x.id, 'choix', x.mesure_id, x.periode, x.territoire_id, x.debiteur, '{}', 0, x.motif, x.par_organisation, x.le
      from valeur_choix x where x.contrat_id = ${k} and x.rectifie_verrou is not null
    ) r
    ${filtrer(k, f)}
    order by le desc, version desc, id
    limit ${o.limite} offset ${o.depuis}`.execute(db);
  const lues = rows.filter((r) => c.mesures.has(r.mesureId));
  const versions = lues.length === 0 ? [] : await listVersionsDesAns(db, k, lues);
  const tues = new Map<string, ValeurCollectee[]>();
  for (const id of new Set(lues.map((r) => r.mesureId))) {
    const m = c.mesures.get(id);
    if (m)
      tues.set(
        id,
        taireLesSecrets(
          m,
          c,
          versions.filter((v) => v.mesureId === id),
        ),
      );
  }
  return {
    rectificatifs: lues.flatMap((r) => {
      const mesure = c.mesures.get(r.mesureId);
      return mesure ? [ecrire(r, mesure, tues.get(r.mesureId) ?? [], c)] : [];
    }),
    total: rows[0]?.total ?? 0,
  };
}

function ecrire(r: Lu, mesure: Mesure, versions: readonly ValeurCollectee[], c: Catalogue): Rectificatif {
  const { version: _, mesureId: __, total: ___, ...commun } = r;
  const cle = cleDe(r.ventilation);
  const ici = versions.filter((v) => v.periode === r.periode && v.territoireId === r.territoireId);
  const siennes = ici.filter((v) => v.debiteur === r.debiteur && cleDe(v.ventilation) === cle);
  const apres = siennes.find((v) => v.id === r.id) ?? null;
  const avant = siennes.filter((v) => v.valideLe !== null && v.version < r.version).sort((a, b) => b.version - a.version)[0] ?? null;
  const secret = r.genre === 'choix' ? ici.some((v) => v.etat === 'secret') : [avant, apres].some((v) => v?.etat === 'secret');
  return { ...commun, mesure, ventilation: cle, avant: dire(avant, c), apres: dire(apres, c), motif: secret ? null : r.motif };
}
const dire = (v: ValeurCollectee | null, c: Catalogue): Dit | null =>
  v && {
    ...{ etat: v.etat, valeur: v.valeur, texte: v.texte },
    parole: [direAuteur(v, c), estAcquise(v) ? '' : direEtatDeParole(v, c)].filter((x) => x !== '').join(', '),
  };
