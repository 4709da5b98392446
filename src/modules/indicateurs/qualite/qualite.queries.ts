/** What is known when a lot comes, and what becomes of each warning: raised, explained, corrected. Nothing is changed nor deleted. */
import { codes } from '../../../core/trace/details.ts';
import { sql } from 'kysely';
import { type Db, type Ligne, lireEnsemble } from '../../../core/base/database.ts';
import type { Contexte } from '../../../core/http/http.ts';
import { type Catalogue, mesuresDe } from '../../contrats/index.ts';
import { cleDe, lireCle } from '../saisie/grain.rules.ts';
import type { Auteur } from '../saisie/saisie.queries.ts';
import { type Avertissement, type CleDeCellule, cleDeCellule, type Connue, type Connues, type Reponse } from './qualite.types.ts';
import { estUneRelation } from './relation.constats.ts';
import { explicationDe, type Expliquer } from './reponses.rules.ts';
import { enJson } from '../../../core/couper.ts';

/** What is read: whole measures, or what the rules may need to tell of a lot. */
interface Utiles {
  mesures: readonly string[];
  /** Of these years, every place and debtor: sums need them all. */
  ans: readonly string[] | null;
  /** Of these, every year: their series, and what is secret in any of their years. */
  series: readonly CleDeCellule[];
}
/** Measures of a lot, and those that a rule compares to them, in its years: every period is of one year, and no rule compares two of them. */
function utilesA(c: Catalogue, lot: readonly CleDeCellule[]): Utiles {
  const siennes = new Set(lot.map((x) => x.mesureId));
  const liees = c.regles.filter(estUneRelation).map(mesuresDe);
  return {
    mesures: [...new Set([...siennes, ...liees.flatMap((m) => (m.some((x) => siennes.has(x)) ? m : []))])].sort(),
    ans: [...new Set(lot.map((x) => x.periode.slice(0, 4)))].sort(),
    series: lot,
  };
}

const lire = async (db: Db, c: Catalogue, u: Utiles): Promise<Connues> => {
  if (u.mesures.length === 0) return { contributions: [], reponses: [] };
  const [contributions, reponses] = await lireEnsemble(db, [() => listContributions(db, c.contratId, u), () => listReponses(db, c.contratId, u)]);
  return { contributions, reponses };
};
/** Everything that the rules read to tell of this lot, in two reads. */
export const lireConnues = (db: Db, c: Catalogue, lot: readonly CleDeCellule[]): Promise<Connues> => lire(db, c, utilesA(c, lot));
/** Of every measure that somebody gives, all years. */
export const lireToutesConnues = (db: Db, c: Catalogue): Promise<Connues> =>
  lire(db, c, { mesures: [...c.mesures.values()].flatMap((m) => (m.obtention === 'calcul' ? [] : [m.id])), ans: null, series: [] });

interface ContributionLue extends Pick<Ligne<'valeurs'>, 'periode'>, Omit<Connue, 'ventilation'> {
  ventilation: Record<string, string>;
}
async function listContributions(db: Db, contratId: number, u: Utiles): Promise<Connue[]> {
  const de = (lire: (x: CleDeCellule) => string) => u.series.map(lire);
  const { rows } = await sql<ContributionLue>`
    select mesure_id as "mesureId", debiteur, territoire_id as "territoireId", periode, ventilation, etat, valeur::float8 as nombre,
      valide_le is not null as valide
    from valeurs
    where contrat_id = ${contratId} and courante and mesure_id = any(${[...u.mesures]}::text[])
      and (${u.ans === null} or left(periode, 4) = any(${[...(u.ans ?? [])]}::text[])
        or (etat = 'secret' and mesure_id = any(${de((x) => x.mesureId)}::text[]))
        or (mesure_id, debiteur, territoire_id) in (
          select * from unnest(${de((x) => x.mesureId)}::text[], ${de((x) => x.debiteur)}::text[], ${de((x) => x.territoireId)}::text[])))`.execute(db);
  return rows.map((r) => ({ ...r, ventilation: cleDe(r.ventilation) }));
}

async function listReponses(db: Db, contratId: number, u: Utiles): Promise<Reponse[]> {
  const { rows } = await sql<Reponse>`
    select regle, mesure_id as "mesureId", debiteur, territoire_id as "territoireId", periode, ventilation, valeur::float8 as valeur,
      reference::float8 as reference, explication
    from controles
    where contrat_id = ${contratId} and issue = 'explique' and mesure_id = any(${[...u.mesures]}::text[])
      and (${u.ans === null} or left(periode, 4) = any(${[...(u.ans ?? [])]}::text[]))
    order by le, id`.execute(db);
  return rows;
}

type Ecriture = Pick<Contexte, 'db' | 'contrat' | 'maintenant' | 'auditer'>;
interface LigneDeControle extends Avertissement {
  issue: 'souleve' | 'explique' | 'corrige';
  dite: string | null;
  valeurId: string | null;
}

async function addControles(c: Ecriture, auteur: Auteur, lignes: readonly LigneDeControle[]): Promise<number> {
  if (lignes.length === 0) return 0;
  const { rows } = await sql<Pick<Ligne<'controles'>, 'id'>>`
    insert into controles (contrat_id, regle, mesure_id, periode, territoire_id, debiteur, ventilation, valeur, reference, message, cite, issue,
      explication, valeur_id, par, par_id, organisation_id, le)
    select ${c.contrat.id}, v.regle, v.mesure, v.periode, v.territoire, v.debiteur, v.ventilation, v.valeur, v.reference, v.entier,
      array(select jsonb_array_elements_text(v.cite)), v.issue, v.dite, v."valeurId", ${auteur.nom}, ${auteur.id}::uuid, ${auteur.organisationId}, ${c.maintenant}
    from jsonb_to_recordset(${enJson(lignes)}::jsonb) as v (regle text, mesure text, periode text, territoire text, debiteur text,
      ventilation text, valeur numeric, reference numeric, entier text, cite jsonb, issue text, dite text, "valeurId" uuid)
    on conflict do nothing
    returning id`.execute(c.db);
  return rows.length;
}

const soulever = (a: Avertissement): LigneDeControle => ({ ...a, issue: 'souleve', dite: null, valeurId: null });

/** Keeps that these warnings were shown to somebody, once for each fact; nothing else was written. */
export const noterAvertissements = async (c: Ecriture, auteur: Auteur, avertissements: readonly Avertissement[]): Promise<void> => {
  await addControles(c, auteur, avertissements.filter((a) => a.explication === null).map(soulever));
};

/**
 * After `contribuer`, in its transaction: keeps each explanation with the version that it explains, and says corrected what was raised of these
 * contributions and is no longer so. `avertissements` are those of `verifierLot` for this lot.
 */
export async function garderReponses(
  c: Ecriture,
  auteur: Auteur,
  lot: readonly CleDeCellule[],
  avertissements: readonly Avertissement[],
  expliquer: Expliquer,
): Promise<void> {
  const enVigueur = await versionsEnVigueur(c, lot);
  const expliques = avertissements.flatMap((a): LigneDeControle[] => {
    const dite = a.gravite === 'refus' || a.explication !== null ? null : explicationDe(a, expliquer);
    const valeurId = enVigueur.get(a.cellule);
    return dite !== null && valeurId ? [{ ...a, issue: 'explique', dite, valeurId }] : [];
  });
  await addControles(c, auteur, expliques.map(soulever));
  const gardees = await addControles(c, auteur, expliques);
  await corriger(c, auteur, lot, avertissements, enVigueur);
  if (gardees === 0) return;
  for (const mesure of new Set(expliques.map((x) => x.mesure))) {
    const siens = expliques.filter((x) => x.mesure === mesure);
    await c.auditer(
      'valeur.expliquee',
      `/chiffres/${mesure}`,
      { regles: codes(siens.map((x) => x.regle)) },
      { apres: { explications: siens.map((x) => ({ message: x.entier, explication: x.dite })) } },
    );
  }
}

interface VersionLue extends Pick<Ligne<'valeurs'>, 'id'>, Omit<CleDeCellule, 'ventilation'> {
  ventilation: Record<string, string>;
}
async function versionsEnVigueur(c: Ecriture, lot: readonly CleDeCellule[]): Promise<Map<string, string>> {
  const cles = lot.map((x) => ({ ...x, ventilation: lireCle(x.ventilation) }));
  const { rows } = await sql<VersionLue>`
    select v.id, v.mesure_id as "mesureId", v.debiteur, v.territoire_id as "territoireId", v.periode, v.ventilation
    from jsonb_to_recordset(${enJson(cles)}::jsonb) as x ("mesureId" text, debiteur text, "territoireId" text, periode text, ventilation jsonb)
    join valeurs v on v.contrat_id = ${c.contrat.id} and v.mesure_id = x."mesureId" and v.periode = x.periode and v.territoire_id = x."territoireId"
      and v.debiteur = x.debiteur and v.ventilation = x.ventilation and v.courante`.execute(c.db);
  return new Map(rows.map((r) => [cleDeCellule({ ...r, ventilation: cleDe(r.ventilation) }), r.id]));
}

interface SouleveLu extends Pick<Ligne<'controles'>, 'regle' | 'message' | 'cite'>, CleDeCellule {
  valeur: number;
  reference: number | null;
}
/** Facts raised of these contributions, answered by nobody, that hold no more. */
async function corriger(
  c: Ecriture,
  auteur: Auteur,
  lot: readonly CleDeCellule[],
  avertissements: readonly Avertissement[],
  enVigueur: ReadonlyMap<string, string>,
): Promise<void> {
  const cles = lot.map(cleDeCellule);
  const { rows } = await sql<SouleveLu>`
    select regle, mesure_id as "mesureId", periode, territoire_id as "territoireId", debiteur, ventilation, valeur::float8 as valeur,
      reference::float8 as reference, message, cite
    from controles s
    where contrat_id = ${c.contrat.id} and issue = 'souleve' and cite && ${cles}::text[]
      and not exists (
        select from controles r
        where r.contrat_id = s.contrat_id and r.issue <> 'souleve' and r.mesure_id = s.mesure_id and r.periode = s.periode
          and r.territoire_id = s.territoire_id and r.debiteur = s.debiteur and r.ventilation = s.ventilation and r.regle = s.regle
          and r.valeur = s.valeur and r.reference is not distinct from s.reference)
    order by id`.execute(c.db);
  const encore = new Set(avertissements.map((a) => a.cle));
  const corriges = rows.flatMap((r): LigneDeControle[] => {
    const valeurId = [cleDeCellule(r), ...r.cite].flatMap((x) => enVigueur.get(x) ?? [])[0];
    if (!valeurId || encore.has(`${r.regle}|${cleDeCellule(r)}|${r.valeur}|${r.reference ?? ''}`)) return [];
    const a = {
      entier: r.message,
      mesure: r.mesureId,
      territoire: r.territoireId,
      gravite: 'a_expliquer',
      raison: '',
      cle: '',
      cellule: '',
      explication: null,
      precedente: null,
    } as const;
    return [{ ...r, ...a, issue: 'corrige', dite: null, valeurId }];
  });
  await addControles(c, auteur, corriges);
}
