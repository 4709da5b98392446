/** Every route that changes something recorded through a form, with what two people may write in it at once. */
import { sql } from 'kysely';
import { creerInstance, creerMembre, creerSeance } from '../../src/modules/instances/instances.fixtures.ts';
import type { AppDeTest, Qui } from './app.ts';

export interface Scene {
  /** Page that holds the form, and where it posts. */
  page: string;
  action: string;
  /** The form is there for this person; two others of the same mandate are made for each test. */
  qui: Qui;
  /** Value recorded now of the field `champ`. */
  lire(champ: string): Promise<string>;
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
  /** What this form asks besides: the reason of a correction. */
  plus?: Readonly<Record<string, string>>;
}

const AU_18E: Qui = { comme: 'coordonnateur', organisation: 'DPMP', territoire: 'mairie-18' };
let n = 0;
const instance = (app: AppDeTest, o: object = {}) =>
  creerInstance(app.base.owner, app.contratId, { territoire: 'mairie-18', porteur: 'DPMP', nom: `Instance disputée ${++n}`, ...o });
/** One column of one row, as text. */
const colonne = (app: AppDeTest, table: string, id: string, colonnes: Readonly<Record<string, string>>) => async (champ: string) => {
  const { rows } = await sql<{ v: string | null }>`
    select ${sql.raw(colonnes[champ] ?? champ)}::text as v from ${sql.table(table)} where contrat_id = ${app.contratId} and id = ${id}::uuid`.execute(
    app.base.owner,
  );
  return rows[0]?.v ?? '';
};
const premierPoint = async (app: AppDeTest, seance: string): Promise<string> => {
  const { rows } = await sql<{ id: string }>`
    select id from seance_points where contrat_id = ${app.contratId} and seance_id = ${seance}::uuid order by rang`.execute(app.base.owner);
  return rows[0]?.id ?? '';
};
const seanceDe = async (app: AppDeTest, o: Parameters<typeof creerSeance>[3] = {}) => creerSeance(app.base.owner, app.contratId, await instance(app), o);

export const MISES_A_JOUR: Readonly<Record<string, MiseAJour>> = {
  '/seances/:id/cadre': {
    preparer: async (app) => {
      const id = await seanceDe(app, { jour: '2027-01-14' });
      return { page: `/seances/${id}/preparer`, action: `/seances/${id}/cadre`, qui: AU_18E, lire: colonne(app, 'seances', id, {}) };
    },
    champ: 'lieu',
    valeurs: ['Salle des mariages', 'Salle du conseil'],
    autre: ['visio', 'https://visio.exemple.fr/salon'],
  },
  '/seances/:id/points/:point/modifier': {
    preparer: async (app) => {
      const id = await seanceDe(app, { jour: '2027-01-14', points: ['Les abords'] });
      const point = await premierPoint(app, id);
      return {
        page: `/seances/${id}/preparer`,
        action: `/seances/${id}/points/${point}/modifier`,
        qui: AU_18E,
        lire: colonne(app, 'seance_points', point, {}),
      };
    },
    champ: 'expose',
    valeurs: ['Trois faits depuis septembre.', 'Le bailleur a repondu.'],
    long: true,
    autre: ['rapporteur', 'Le commissaire'],
  },
  '/instances/:id/reglages': {
    preparer: async (app) => {
      const id = await instance(app);
      return { page: `/instances/${id}/reglages`, action: `/instances/${id}/reglages`, qui: AU_18E, lire: colonne(app, 'instances', id, {}) };
    },
    champ: 'lieu',
    valeurs: ['Mairie', 'Commissariat'],
    autre: ['cadence_mois', '4'],
  },
  '/instances/:id/membres/:membre': {
    preparer: async (app) => {
      const id = await instance(app);
      const membre = await creerMembre(app.base.owner, app.contratId, id, { organisation: 'PP', fonction: 'Commissaire' });
      const url = `/instances/${id}/membres/${membre}`;
      return { page: url, action: url, qui: AU_18E, lire: colonne(app, 'instance_membres', membre, {}) };
    },
    champ: 'fonction',
    valeurs: ['Commissaire central', 'Commissaire adjoint'],
    autre: ['nom', 'Ada Fictive'],
  },
};
