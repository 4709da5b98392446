/**
 * A term that ends, or whose holder left (their account is closed), owes a successor in the same place: named by who coordinates the place, told to the organisation too. Days that nobody covers in between are
 * the hole that the map of coverage shows, no reason to ask for a name that is known.
 */
import { sql } from 'kysely';
import { uuids } from '../../../core/base/id.ts';
import type { Contexte } from '../../../core/http/http.ts';
import type { SuitesDUnDepart } from '../../comptes/index.ts';
import { getCatalogue } from '../../contrats/index.ts';
import { accorder, type Attendue, type Dues, plusJours, type Source } from '../../echeances/index.ts';
import { attendUnReferent, peutDesigner } from '../annuaire.policy.ts';
import { prevenir } from '../prevenir.ts';
import { listReferentsDeLAdresse, listVoisins, termeSql } from './referents.queries.ts';
import { prevenirDesReferents, rolesDe } from './referents.ts';

/** Days before the end of a term when its succession appears. */
const AVANT = 60;

interface Due {
  id: string;
  role: string;
  organisationId: string;
  territoireId: string;
  /** The last day of the term, or the day on which the account was closed when it comes first. */
  terme: string;
  parti: boolean;
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
  // Nobody knew that they would leave.
  ouverteLe: r.parti ? r.terme : plusJours(r.terme, -AVANT),
  dueLe: r.terme,
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
      with tous as (
        select r.id, r.role, r.organisation_id, r.territoire_id, r.cree_le, r.fin, ${termeSql} as terme
        from referents r where r.contrat_id = ${o.contratId})
      select r.id, r.role, r.organisation_id, r.territoire_id, r.terme, r.terme is distinct from r.fin as parti,
        (select min(x.cree_le) from tous x
          where x.role = r.role and x.territoire_id = r.territoire_id and x.id <> r.id and (x.terme is null or x.terme > r.terme)) as "successeurLe"
      from tous r
      where r.terme is not null ${o.sujets ? sql`and r.id = any(${uuids(o.sujets)})` : sql``}`.execute(db);
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

/** Somebody left: whoever they were the referent of owes a successor, and the seats that they held lose an address. */
export const suivreUnDepart: SuitesDUnDepart = async (tx, contratId, courriel, maintenant) => {
  const roles = await listReferentsDeLAdresse(tx, contratId, courriel);
  if (roles.length === 0) return;
  const catalogue = await getCatalogue(tx, contratId);
  const c = { db: tx, contrat: { id: contratId, slug: catalogue.slug }, maintenant, utilisateur: null };
  await prevenirDesReferents(
    c,
    catalogue,
    roles.map((r) => r.role),
  );
  await suivreReferents(
    c,
    roles.map((r) => ({ role: r.role, territoire: r.territoireId })),
  );
};
