/**
 * A term that ends owes a successor in the same place: named by who coordinates the place, told to the organisation too. Days that nobody covers in between are
 * the hole that the map of coverage shows, no reason to ask for a name that is known.
 */
import { sql } from 'kysely';
import { uuids } from '../../../core/base/id.ts';
import type { Contexte } from '../../../core/http/http.ts';
import { getCatalogue } from '../../contrats/index.ts';
import { accorder, type Attendue, type Dues, plusJours, type Source } from '../../echeances/index.ts';
import { attendUnReferent, peutDesigner } from '../annuaire.policy.ts';
import { prevenir } from '../prevenir.ts';
import { listVoisins } from './referents.queries.ts';
import { rolesDe } from './referents.ts';

/** Days before the end of a term when its succession appears. */
const AVANT = 60;

interface Due {
  id: string;
  role: string;
  organisationId: string;
  territoireId: string;
  fin: string;
  successeurLe: Date | null;
}
const attendue = (r: Due, libelle: string): Attendue => ({
  genre: 'referent',
  sujet: r.id,
  objetId: r.id,
  titre: `Désigner un successeur : ${libelle}`,
  chemin: `/annuaire/referents/${r.id}`,
  organisationId: r.organisationId,
  territoireId: r.territoireId,
  ouverteLe: plusJours(r.fin, -AVANT),
  dueLe: r.fin,
  soldee: r.successeurLe ? { le: r.successeurLe, par: '', chemin: '/annuaire/referents' } : null,
});

const dues: Dues = {
  code: 'referents',
  module: 'annuaire',
  genres: [
    {
      code: 'referent',
      libelle: 'Référent à désigner',
      rappels: [-30, -7, 0, 14],
      puisTousLes: 30,
      escalade: { apres: 14, a: 'la coordination' },
      acte: { libelle: 'Désigner', chemin: (e) => `/annuaire/referents/nouveau?apres=${e.objetId}` },
    },
  ],
  attendues: async (db, o) => {
    const { rows } = await sql<Due>`
      select r.id, r.role, r.organisation_id as "organisationId", r.territoire_id as "territoireId", r.fin,
        (select min(x.cree_le) from referents x
          where x.contrat_id = r.contrat_id and x.role = r.role and x.territoire_id = r.territoire_id and x.id <> r.id and (x.fin is null or x.fin > r.fin)) as "successeurLe"
      from referents r
      where r.contrat_id = ${o.contratId} and r.fin is not null ${o.sujets ? sql`and r.id = any(${uuids(o.sujets)})` : sql``}`.execute(db);
    const roles = new Map(rolesDe(await getCatalogue(db, o.contratId)).map((x) => [x.code, x.libelle]));
    return rows.map((r) => attendue(r, roles.get(r.role) ?? r.role));
  },
};

export const sourceReferents: Source = {
  ...dues,
  lisibles: () => sql`true`,
  miennes: (_, l) => sql`e.organisation_id = ${l.u.organisationId}`,
  destinataires: async (_, p) =>
    prevenir(p, (u, e) => attendUnReferent(u, { organisationId: e.organisationId ?? '', territoireId: e.territoireId ?? '' }, p.catalogue.contient)),
  escalade: async (_, p) => prevenir(p, (u, e) => peutDesigner(u, { territoireId: e.territoireId ?? '' }, p.catalogue.contient)),
};

/** Brings what is owed of these roles and places to who holds them now. */
export async function suivreReferents(
  c: Pick<Contexte, 'db' | 'contrat' | 'maintenant'>,
  couples: readonly { role: string; territoire: string }[],
): Promise<void> {
  await accorder(c.db, c.contrat.id, dues, await listVoisins(c.db, c.contrat.id, couples), c);
}
