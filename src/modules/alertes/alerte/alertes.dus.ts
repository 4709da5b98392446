/** What an alert makes owed, by who conducts its place: to be lifted, the day after at the latest; then, after a grave one, its lessons. */
import { sql } from 'kysely';
import type { Ligne } from '../../../core/base/database.ts';
import { uuids } from '../../../core/base/id.ts';
import { jourDe } from '../../../core/clock.ts';
import { type Attendue, type Dues, type Lecteur, plusJours, type Prevenir, type Source } from '../../echeances/index.ts';
import { peutConduire } from '../alertes.policy.ts';
import { lisibles } from './alertes.queries.ts';

type A = Pick<Ligne<'alertes'>, 'id' | 'territoireId' | 'diffuseeLe' | 'leveeLe' | 'retexDu' | 'retexLe' | 'exercice'>;
const QUI = { organisationId: '', personne: 'Qui conduit les alertes de ce lieu' };

const aLever = (a: A, diffusee: Date): Attendue => ({
  ...QUI,
  genre: 'alerte-a-lever',
  sujet: a.id,
  objetId: a.id,
  titre: `Alerte à lever${a.exercice ? ' (exercice)' : ''}`,
  chemin: `/alertes/${a.id}`,
  territoireId: a.territoireId,
  fiche: null,
  ouverteLe: jourDe(diffusee),
  dueLe: plusJours(jourDe(diffusee), 1),
  soldee: a.leveeLe ? { le: a.leveeLe, par: '', chemin: `/alertes/${a.id}` } : null,
});
const retex = (a: A, du: string): Attendue => ({
  ...QUI,
  genre: 'retex-alerte',
  sujet: a.id,
  objetId: a.id,
  titre: `Retour d’expérience d’une alerte${a.exercice ? ' (exercice)' : ''}`,
  chemin: `/alertes/${a.id}`,
  territoireId: a.territoireId,
  fiche: null,
  ouverteLe: a.leveeLe ? jourDe(a.leveeLe) : du,
  dueLe: du,
  soldee: a.retexLe ? { le: a.retexLe, par: '', chemin: `/alertes/${a.id}` } : null,
});

export const duesAlertes: Dues = {
  code: 'alertes',
  module: 'alertes',
  genres: [
    {
      code: 'alerte-a-lever',
      libelle: 'Alerte à lever',
      rappels: [0, 1],
      puisTousLes: 1,
      groupe: false,
      calme: null,
      escalade: { apres: 1, a: 'la coordination' },
      acte: { libelle: 'Lever', chemin: (e) => `/alertes/${e.objetId}#lever` },
    },
    {
      code: 'retex-alerte',
      libelle: 'Retour d’expérience à écrire',
      rappels: [-2, 0, 3],
      puisTousLes: 7,
      escalade: { apres: 7, a: 'la coordination' },
      acte: { libelle: 'Écrire', chemin: (e) => `/alertes/${e.objetId}#retex` },
    },
  ],
  attendues: async (db, o) => {
    const { rows } = await sql<A>`
      select id, territoire_id, diffusee_le, levee_le, retex_du, retex_le, exercice from alertes
      where contrat_id = ${o.contratId} and diffusee_le is not null ${o.sujets ? sql`and id = any(${uuids(o.sujets)})` : sql``}`.execute(db);
    return rows.flatMap((a) => [...(a.diffuseeLe ? [aLever(a, a.diffuseeLe)] : []), ...(a.retexDu ? [retex(a, a.retexDu)] : [])]);
  },
  sujets: async (db, o) => {
    const { rows } = await sql<Pick<A, 'id'>>`
      select id from alertes
      where contrat_id = ${o.contratId} and diffusee_le is not null ${o.apres ? sql`and id > ${o.apres}::uuid` : sql``} order by id limit ${o.limite}`.execute(
      db,
    );
    return rows.map((r) => r.id);
  },
};
/** Those who conduct there: a house that wrote an alert may have no right to end it. */
const quiConduisent = (p: Prevenir) =>
  new Map(
    p.echeances.map((e) => [
      e.id,
      p.comptes
        .filter((u) => peutConduire(u, { territoireId: e.territoireId ?? undefined }, p.catalogue.contient))
        .map(({ courriel, nom }) => ({ courriel, nom })),
    ]),
  );
const coordination = (p: Prevenir) =>
  new Map(
    p.echeances.map((e) => [
      e.id,
      p.comptes.filter((u) => peutConduire(u, { territoireId: p.catalogue.racine.id }, p.catalogue.contient)).map(({ courriel, nom }) => ({ courriel, nom })),
    ]),
  );
export const sourceDesAlertes: Source = {
  ...duesAlertes,
  lisibles: (_, l: Lecteur) =>
    l.u ? sql`exists (select from alertes a where a.contrat_id = e.contrat_id and a.id = e.objet and ${lisibles(l.u, l.catalogue)})` : sql`false`,
  miennes: (_, l) => {
    const lieux = [...l.catalogue.territoires.keys()].filter((t) => peutConduire(l.u, { territoireId: t }, l.catalogue.contient));
    return sql`e.territoire_id = any(${lieux}::text[])`;
  },
  destinataires: async (_, p) => quiConduisent(p),
  escalade: async (_, p) => coordination(p),
};
