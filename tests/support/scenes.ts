/** What two people are put in front of: a page with a form, and what the database holds of it. */
import { sql } from 'kysely';
import { creerDecision, creerInstance, creerSeance } from '../../src/modules/instances/instances.fixtures.ts';
import type { AppDeTest, Qui } from './app.ts';

export interface Scene {
  /** Page that holds the form, and where it posts. */
  page: string;
  action: string;
  /** The form is there for this person; two others of the same mandate are made for each test. */
  qui: Qui;
  /** Value recorded now of the field `champ`. */
  lire(champ: string): Promise<string>;
  /** Where the two values are made with the scene. */
  valeurs?: readonly [string, string];
}
export interface MiseAJour {
  preparer(app: AppDeTest): Promise<Scene>;
  champ: string;
  /** What two people write in it; their choice is between the two. */
  valeurs: readonly [string, string];
  /** A text of several lines: one text is made of both. */
  long?: boolean;
  /** Another field, that the second person changes while the first changes `champ`; null when the form has one only. */
  autre: readonly [string, string] | null;
  /** Name under which the page of choices compares it, where that is another. */
  compare?: string;
  /** Once written, the page offers the form no more. */
  uneFois?: boolean;
  /** How the page says these two, where it does not show them as typed. */
  dits?: readonly [string, string];
  /** What this form asks besides: the reason of a correction. */
  plus?: Readonly<Record<string, string>>;
}

export const AU_18E: Qui = { comme: 'coordonnateur', organisation: 'DPMP', territoire: 'mairie-18' };
let n = 0;
/** A number of its own for each scene. */
export const suivant = (): number => ++n;
export const instance = (app: AppDeTest, o: object = {}) =>
  creerInstance(app.base.owner, app.contratId, { territoire: 'mairie-18', porteur: 'DPMP', nom: `Instance disputée ${++n}`, ...o });
/** One column of one row, as text. */
export const colonne = (app: AppDeTest, table: string, id: string, colonnes: Readonly<Record<string, string>>) => async (champ: string) => {
  const { rows } = await sql<{ v: string | null }>`
    select ${sql.raw(colonnes[champ] ?? champ)}::text as v from ${sql.table(table)} where contrat_id = ${app.contratId} and id = ${id}::uuid`.execute(
    app.base.owner,
  );
  return rows[0]?.v ?? '';
};
export const premierPoint = async (app: AppDeTest, seance: string): Promise<string> => {
  const { rows } = await sql<{ id: string }>`
    select id from seance_points where contrat_id = ${app.contratId} and seance_id = ${seance}::uuid order by rang`.execute(app.base.owner);
  return rows[0]?.id ?? '';
};
export const seanceDe = async (app: AppDeTest, o: Parameters<typeof creerSeance>[3] = {}, i: object = {}) =>
  creerSeance(app.base.owner, app.contratId, await instance(app, i), o);
export const decisionDe = async (
  app: AppDeTest,
  instanceId: string,
  o: { seanceId?: string; pointId?: string; fiche?: string; nature?: 'decision' | 'action' },
): Promise<string> => {
  const decision = { nature: o.nature ?? 'action', libelle: 'Poser des lampes', responsableId: 'DPMP', responsableNom: '', responsableCourriel: '' } as const;
  const faits = { echeance: '2027-12-31', fiche: o.fiche ?? null, ligne: null, territoireId: 'mairie-18' };
  const creee = await creerDecision(
    app.base.owner,
    app.contratId,
    { ...decision, ...faits, instanceId, seanceId: o.seanceId ?? null, pointId: o.pointId ?? null },
    { auteur: 'Essai', quand: new Date('2026-11-01T10:00:00Z') },
  );
  return creee?.id ?? '';
};
