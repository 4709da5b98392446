/** Sentences of a fiche that its pilot validated: every validation is a line, the last one is read. */
import { sql } from 'kysely';
import type { Db, Ligne } from '../../../core/base/database.ts';

export type Synthese = Pick<Ligne<'syntheses'>, 'texte' | 'empreinte' | 'organisationId' | 'version' | 'le'>;
export interface Ou {
  fiche: string;
  annee: string;
  territoireId: string;
}

export async function getSynthese(db: Db, contratId: number, o: Ou): Promise<Synthese | null> {
  const { rows } = await sql<Synthese>`
    select texte, empreinte, organisation_id, version, le from syntheses
    where contrat_id = ${contratId} and fiche = ${o.fiche} and annee = ${Number(o.annee)} and territoire_id = ${o.territoireId}
    order by version desc limit 1`.execute(db);
  return rows[0] ?? null;
}

/** The next version, whoever validates at the same moment; the same figures twice in a row are validated once. */
export async function addSynthese(
  tx: Db,
  contratId: number,
  o: Ou,
  s: { texte: string; empreinte: string; organisationId: string; auteur: string; quand: Date },
): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`syntheses|${contratId}|${o.fiche}|${o.annee}|${o.territoireId}`}, 0))`.execute(tx);
  const derniere = await getSynthese(tx, contratId, o);
  if (derniere?.empreinte === s.empreinte) return;
  await sql`
    insert into syntheses (contrat_id, fiche, annee, territoire_id, version, texte, empreinte, organisation_id, auteur, le)
    values (${contratId}, ${o.fiche}, ${Number(o.annee)}, ${o.territoireId}, ${(derniere?.version ?? 0) + 1}, ${s.texte}, ${s.empreinte},
      ${s.organisationId}, ${s.auteur}, ${s.quand})`.execute(tx);
}
