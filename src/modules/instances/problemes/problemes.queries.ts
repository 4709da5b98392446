/** Problems that bodies follow, in PostgreSQL. */
import { sql } from 'kysely';
import type { Db, Ligne } from '../../../core/base/database.ts';
import { uuid } from '../../../core/base/id.ts';
import { conflit } from '../../../core/errors.ts';
import { porteursDe } from '../liens/liens.queries.ts';
import type { Confidentialite } from '../instances.rules.ts';
import { visible, type Vue } from '../instances.vue.ts';
import type { EtatProbleme } from './problemes.rules.ts';
import type { SaisieProbleme } from './problemes.schema.ts';

export interface Probleme extends Omit<Ligne<'problemes'>, 'contratId' | 'etat'> {
  etat: EtatProbleme;
}
const COLONNES = sql`p.id, p.instance_id, p.confidentialite, p.titre, p.lieu, p.territoire_id, p.constat, p.reponse, p.organisation_id, p.qui, p.echeance,
  p.critere, p.resultat, p.etat, p.clos_le, p.public_phrase, p.public_validee_par, p.public_validee_le, p.version, p.auteur, p.cree_le, p.modifie_par,
  p.modifie_le`;

/** Open ones first, the oldest of them before: what waits longest is seen first. */
export async function listProblemes(db: Db, contratId: number, instanceId: string, promises: readonly Confidentialite[] | null = null): Promise<Probleme[]> {
  const { rows } = await sql<Probleme>`
    select ${COLONNES} from problemes p
    where p.contrat_id = ${contratId} and p.instance_id = ${uuid(instanceId)}
      ${promises ? sql`and p.confidentialite = any(${[...promises]}::text[])` : sql``}
    order by p.clos_le is not null, p.clos_le desc, p.cree_le, p.id`.execute(db);
  return rows;
}
export async function getProbleme(db: Db, contratId: number, id: string, verrou = false): Promise<Probleme | null> {
  const { rows } = await sql<Probleme>`
    select ${COLONNES} from problemes p where p.contrat_id = ${contratId} and p.id = ${uuid(id)} ${verrou ? sql`for update` : sql``}`.execute(db);
  return rows[0] ?? null;
}

/** Those that deal with a record, and that this reader may read. */
export async function listProblemesDeLObjet(
  db: Db,
  contratId: number,
  activiteId: string,
  v: Vue,
): Promise<(Pick<Probleme, 'id' | 'titre' | 'etat'> & { nom: string })[]> {
  const { rows } = await sql<Pick<Probleme, 'id' | 'titre' | 'etat'> & { nom: string }>`
    select p.id, p.titre, p.etat, i.nom
    from problemes p
    join instances i on i.contrat_id = p.contrat_id and i.id = p.instance_id
    where p.contrat_id = ${contratId} and p.id in ${porteursDe(contratId, 'probleme', activiteId)} and ${visible(v, sql`p.confidentialite`)}
    order by p.clos_le is not null, p.cree_le desc`.execute(db);
  return rows;
}

/** What residents of these places are told, the latest first: no body, no name. */
export interface Retour extends Pick<Ligne<'problemes'>, 'publicPhrase' | 'territoireId' | 'publicValideeLe'> {
  etat: EtatProbleme;
}
export async function listRetours(db: Db, contratId: number, territoires: readonly string[], limite: number): Promise<Retour[]> {
  const { rows } = await sql<Retour>`
    select p.public_phrase, p.territoire_id, p.etat, p.public_validee_le
    from problemes p
    join instances i on i.contrat_id = p.contrat_id and i.id = p.instance_id
    where p.contrat_id = ${contratId} and p.territoire_id = any(${[...territoires]}::text[]) and p.public_validee_le is not null
      and 'restreinte' not in (i.confidentialite, p.confidentialite)
    order by p.public_validee_le desc, p.id
    limit ${limite}`.execute(db);
  return rows;
}

interface Par {
  nom: string;
  quand: Date;
}
const colonnesDe = (s: SaisieProbleme) => ({
  titre: s.titre,
  lieu: s.lieu,
  territoireId: s.territoire,
  constat: s.constat,
  reponse: s.reponse,
  organisationId: s.organisation,
  qui: s.qui,
  echeance: s.echeance,
  critere: s.critere,
});
export async function createProbleme(
  tx: Db,
  contratId: number,
  i: { id: string; confidentialite: Confidentialite },
  s: SaisieProbleme,
  par: Par,
): Promise<string> {
  const { confidentialite } = i;
  if (confidentialite === 'nommee') throw conflit('De cette instance, rien d’autre que ses réunions n’est gardé ici.');
  const cree = await tx
    .insertInto('problemes')
    .values({
      ...colonnesDe(s),
      contratId,
      instanceId: i.id,
      confidentialite,
      auteur: par.nom,
      creeLe: par.quand,
      modifiePar: par.nom,
      modifieLe: par.quand,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  await addSuivi(tx, contratId, cree.id, { de: '', vers: 'ouvert', texte: s.constat }, par);
  return cree.id;
}

const DEPASSEE = 'Une autre personne vient de modifier ce problème. Rechargez la page.';
async function modifier(
  tx: Db,
  ou: { contratId: number; id: string; version: number },
  set: Partial<Omit<Probleme, 'id' | 'version'>>,
  par: Par,
): Promise<void> {
  const faite = await tx
    .updateTable('problemes')
    .set((eb) => ({ ...set, version: eb('version', '+', 1), modifiePar: par.nom, modifieLe: par.quand }))
    .where('contratId', '=', ou.contratId)
    .where('id', '=', uuid(ou.id))
    .where('version', '=', ou.version)
    .executeTakeFirst();
  if (faite.numUpdatedRows === 0n) throw conflit(DEPASSEE);
}
/** Throws 409 when someone else changed it since `version` was read. */
export const updateProbleme = (tx: Db, ou: { contratId: number; id: string; version: number }, s: SaisieProbleme, par: Par): Promise<void> =>
  modifier(tx, ou, colonnesDe(s), par);

export interface Suivi extends Pick<Ligne<'problemeSuivis'>, 'id' | 'texte' | 'par' | 'quand'> {
  de: EtatProbleme | '';
  vers: EtatProbleme;
}
async function addSuivi(tx: Db, contratId: number, problemeId: string, s: Pick<Suivi, 'de' | 'vers' | 'texte'>, par: Par): Promise<void> {
  await tx.insertInto('problemeSuivis').values({ contratId, problemeId, de: s.de, vers: s.vers, texte: s.texte, par: par.nom, quand: par.quand }).execute();
}
export async function listSuivis(db: Db, contratId: number, problemeId: string): Promise<Suivi[]> {
  return db
    .selectFrom('problemeSuivis')
    .select(['id', 'de', 'vers', 'texte', 'par', 'quand'])
    .where('contratId', '=', contratId)
    .where('problemeId', '=', uuid(problemeId))
    .orderBy('quand', 'desc')
    .orderBy('id')
    .$castTo<Suivi>()
    .execute();
}
/** What happened, and where it is now; what ends it is its result. */
export async function suivreProbleme(
  tx: Db,
  p: Pick<Probleme, 'id' | 'etat' | 'version'> & { contratId: number },
  s: { etat: EtatProbleme; texte: string; closLe: string | null },
  par: Par,
): Promise<void> {
  await modifier(tx, p, { etat: s.etat, closLe: s.closLe, ...(s.closLe ? { resultat: s.texte } : {}) }, par);
  await addSuivi(tx, p.contratId, p.id, { de: p.etat, vers: s.etat, texte: s.texte }, par);
}
/** `validee`: said yes to; otherwise it waits, and nothing of it is public. */
export const setPhrase = (tx: Db, ou: { contratId: number; id: string; version: number }, phrase: string, validee: boolean, par: Par): Promise<void> =>
  modifier(tx, ou, { publicPhrase: phrase, publicValideePar: validee ? par.nom : '', publicValideeLe: validee ? par.quand : null }, par);
