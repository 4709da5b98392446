/** Acts for tests, written as the owner. */
import { sql } from 'kysely';
import type { Db } from '../../core/base/database.ts';

let rang = 0;
export interface ActeDEssai {
  convention: string;
  partieDActe: string;
  versionDActe: string;
  engagementDActe: string;
  paroleDActe: string;
}
/** A convention with one party that has yet to sign, a text, a promise, and a review that another noted in its name. */
export async function creerActe(
  db: Db,
  contratId: number,
  o: { organisation?: string; territoire?: string; systemes?: readonly string[]; titre?: string; signe?: string } = {},
): Promise<ActeDEssai> {
  const un = async (q: ReturnType<typeof sql<{ id: string }>>): Promise<string> => String((await q.execute(db)).rows[0]?.id ?? '');
  const organisation = o.organisation ?? 'DPMP';
  const convention = await un(sql`
    insert into conventions (contrat_id, nature, titre, porteur_id, territoires, systemes, auteur, cree_le, modifie_par, modifie_le)
    values (${contratId}, 'convention', ${o.titre ?? `Acte essayé ${++rang}`}, ${organisation}, ${o.territoire ? [o.territoire] : []}::text[],
      ${[...(o.systemes ?? [])]}::text[], 'x', now(), 'x', now()) returning id`);
  return {
    convention,
    partieDActe: await un(sql`insert into convention_parties (contrat_id, convention_id, organisation_id, signee_le, par, cree_le)
      values (${contratId}, ${convention}::uuid, ${organisation}, ${o.signe ?? null}::date, 'x', now()) returning id`),
    versionDActe: await un(sql`insert into convention_versions (contrat_id, convention_id, numero, genre, resume, texte, par, quand)
      values (${contratId}, ${convention}::uuid, 1, 'texte', 'Projet', 'Article 1', 'x', now()) returning id`),
    engagementDActe: await un(sql`insert into convention_engagements (contrat_id, convention_id, libelle, organisation_id, du_le, par, cree_le)
      values (${contratId}, ${convention}::uuid, 'Tenir un point', ${organisation}, '2026-01-05', 'x', now()) returning id`),
    paroleDActe: await un(sql`
      with r as (insert into convention_revues (contrat_id, convention_id, tenue_le, issue, par, quand)
        values (${contratId}, ${convention}::uuid, '2026-01-04', 'poursuivre', 'x', now()) returning id)
      insert into convention_paroles (contrat_id, rang, convention_id, genre, objet_id, de, acte, etat, par_elle, jour, texte, par, organisation_id, quand)
      select ${contratId}, 1, ${convention}::uuid, 'revue', r.id, ${organisation}, 'notee', 'notee', false, '2026-01-04', 'on continue', 'x', 'VILLE', now() from r
      returning id`),
  };
}
