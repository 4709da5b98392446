/** After a grave alert lessons are owed: by the house that wrote it, some days later. */
import { sql } from 'kysely';
import type { Ligne } from '../../../core/base/database.ts';
import { uuids } from '../../../core/base/id.ts';
import { jourDe } from '../../../core/clock.ts';
import type { Attendue, Dues, Source } from '../../echeances/index.ts';
import { peutConduire } from '../alertes.policy.ts';
import { lisibles } from './alertes.queries.ts';

type A = Pick<Ligne<'alertes'>, 'id' | 'territoireId' | 'auteurOrganisation' | 'diffuseeLe' | 'retexDu' | 'retexLe' | 'exercice'>;

export const duesRetex: Dues = {
  code: 'retex-alertes',
  module: 'alertes',
  genres: [
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
      select id, territoire_id, auteur_organisation, diffusee_le, retex_du, retex_le, exercice from alertes
      where contrat_id = ${o.contratId} and retex_du is not null ${o.sujets ? sql`and id = any(${uuids(o.sujets)})` : sql``}`.execute(db);
    return rows.map(
      (a): Attendue => ({
        genre: 'retex-alerte',
        sujet: a.id,
        objetId: a.id,
        titre: `Retour d’expérience d’une alerte${a.exercice ? ' (exercice)' : ''}`,
        chemin: `/alertes/${a.id}`,
        organisationId: a.auteurOrganisation,
        territoireId: a.territoireId,
        fiche: null,
        ouverteLe: a.diffuseeLe ? jourDe(a.diffuseeLe) : (a.retexDu ?? ''),
        dueLe: a.retexDu,
        soldee: a.retexLe ? { le: a.retexLe, par: '', chemin: `/alertes/${a.id}` } : null,
      }),
    );
  },
};
export const sourceRetex: Source = {
  ...duesRetex,
  lisibles: (_, l) =>
    l.u
      ? sql`exists (select from alertes a where a.contrat_id = e.contrat_id and a.retex_du is not null and a.id::text = e.objet_id and ${lisibles(l.u, l.catalogue)})`
      : sql`false`,
  miennes: (_, l) => sql`e.organisation_id = ${l.u.organisationId}`,
  destinataires: async (_, p) =>
    new Map(p.echeances.map((e) => [e.id, p.comptes.filter((u) => u.organisationId === e.organisationId).map(({ courriel, nom }) => ({ courriel, nom }))])),
  escalade: async (_, p) =>
    new Map(
      p.echeances.map((e) => [
        e.id,
        p.comptes
          .filter((u) => peutConduire(u, { territoireId: e.territoireId ?? undefined }, p.catalogue.contient))
          .map(({ courriel, nom }) => ({ courriel, nom })),
      ]),
    ),
};
