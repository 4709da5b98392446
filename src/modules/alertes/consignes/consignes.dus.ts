/** Each site told owes a word: by its correspondent, or by those of its organisation who act there. */
import { sql } from 'kysely';
import { jourDe } from '../../../core/clock.ts';
import type { Db } from '../../../core/base/database.ts';
import { uuids } from '../../../core/base/id.ts';
import { accorder, type Attendue, type Dues, type Source } from '../../echeances/index.ts';
import { peutAccuser, peutDiffuser } from './consignes.policy.ts';
import type { Diffusion, Envoi } from './consignes.queries.ts';
import { cheminDAccuse } from './lien.ts';

const GENRE = 'consigne';
type Due = Envoi & Pick<Diffusion, 'titre' | 'duLe' | 'diffuseeLe' | 'leveeLe' | 'exercice'>;
const attendue = (e: Due): Attendue => ({
  genre: GENRE,
  sujet: e.id,
  objetId: e.id,
  titre: `${e.exercice ? 'EXERCICE : a' : 'A'}ccuser réception de « ${e.titre} » pour ${e.nom}`,
  chemin: `/alertes/consignes/${e.diffusionId}`,
  organisationId: e.organisationId,
  personne: e.personne,
  courriel: e.courriel,
  territoireId: e.territoireId,
  ouverteLe: jourDe(e.diffuseeLe),
  dueLe: e.duLe,
  soldee: e.accuseLe
    ? { le: e.accuseLe, par: e.accuseVoie === 'lien' ? `le lien envoyé à ${e.accusePar}` : e.accusePar, chemin: `/alertes/consignes/${e.diffusionId}` }
    : null,
  sansObjet: e.leveeLe && !e.accuseLe ? 'La consigne est levée.' : null,
});
const dues: Dues = {
  code: 'consignes',
  module: 'alertes',
  genres: [
    {
      code: GENRE,
      libelle: 'Consigne à accuser',
      rappels: [0, 1, 2],
      groupe: false,
      escalade: { apres: 1, a: 'ceux qui diffusent les consignes' },
      acte: { libelle: 'Lire et accuser', chemin: (e) => e.chemin },
    },
  ],
  attendues: async (db, o) => {
    const { rows } = await sql<Due>`
      select e.id, e.diffusion_id, e.genre, e.objet_id, e.nom, e.organisation_id, e.territoire_id, e.personne, e.courriel, e.accuse_le, e.accuse_par,
        e.accuse_voie, d.titre, d.du_le, d.diffusee_le, d.levee_le, d.exercice
      from consigne_envois e join consigne_diffusions d on d.contrat_id = e.contrat_id and d.id = e.diffusion_id
      where e.contrat_id = ${o.contratId} ${o.sujets ? sql`and e.id = any(${uuids(o.sujets)})` : sql``}`.execute(db);
    return rows.map(attendue);
  },
  sujets: async (db, o) => {
    const { rows } = await sql<{ id: string }>`
      select e.id from consigne_envois e
      where e.contrat_id = ${o.contratId} ${o.apres ? sql`and e.id > ${o.apres}::uuid` : sql``} order by e.id limit ${o.limite}`.execute(db);
    return rows.map((r) => r.id);
  },
};
export const sourceConsignes: Source = {
  ...dues,
  lisibles: (_, l) => {
    const { u } = l;
    if (!u) return sql`false`;
    const lieux = [...l.catalogue.territoires.keys()].filter((t) => peutDiffuser(u, [], t, l.catalogue.contient));
    return sql`(e.organisation_id = ${u.organisationId} or e.territoire_id = any(${lieux}::text[]))`;
  },
  miennes: (_, l) => {
    const lieux = [...l.catalogue.territoires.keys()].filter((t) =>
      peutAccuser(l.u, { organisationId: l.u.organisationId, territoireId: t }, l.catalogue.contient),
    );
    return sql`(e.organisation_id = ${l.u.organisationId} and e.territoire_id = any(${lieux}::text[]))`;
  },
  destinataires: async (_, p) =>
    new Map(
      p.echeances.map((e) => [
        e.id,
        e.courriel
          ? [{ courriel: e.courriel, nom: e.personne }]
          : p.comptes
              .filter((u) => peutAccuser(u, { organisationId: e.organisationId, territoireId: e.territoireId ?? '' }, p.catalogue.contient))
              .map((u) => ({ courriel: u.courriel, nom: u.nom })),
      ]),
    ),
  escalade: async (_, p) =>
    new Map(
      p.echeances.map((e) => [
        e.id,
        p.comptes.filter((u) => peutDiffuser(u, [], e.territoireId ?? '', p.catalogue.contient)).map((u) => ({ courriel: u.courriel, nom: u.nom })),
      ]),
    ),
  /** Their own link, for who has no account. */
  ligne: async (_, e, a, o) =>
    e.courriel !== '' && e.courriel.toLowerCase() === a.courriel.toLowerCase()
      ? { phrase: e.titre, chemin: cheminDAccuse(o.coffre, { id: e.sujet, courriel: e.courriel }), secrete: true }
      : { phrase: e.titre },
};
export const accorderConsignes = (tx: Db, contratId: number, ids: readonly string[], maintenant: Date): Promise<number> =>
  accorder(tx, contratId, dues, ids, { maintenant });
