/** Lists, duties and alerts for tests, written as the owner. */
import { sql } from 'kysely';
import type { Db } from '../../core/base/database.ts';

interface InscritEssaye {
  fonction?: string;
  territoire?: string;
  organisation?: string;
  nom?: string;
  courriel?: string;
  telephone?: string;
  voies?: readonly string[];
  rang?: number;
  permanent?: boolean;
  compteId?: string | null;
}
let n = 0;
export async function creerInscrit(db: Db, contratId: number, o: InscritEssaye = {}): Promise<string> {
  const { rows } = await sql<{ id: string }>`
    insert into alerte_inscrits (contrat_id, fonction, territoire, organisation_id, nom, courriel, telephone, voies, compte_id, rang, permanent, modifie_le)
    values (${contratId}, ${o.fonction ?? 'association'}, ${o.territoire ?? 'mairie-18'}, ${o.organisation ?? 'PAV'}, ${o.nom ?? 'Une personne'},
      ${o.courriel ?? `inscrit-${++n}@exemple.fr`}, ${o.telephone ?? ''}, ${[...(o.voies ?? ['courriel'])]}::text[], ${o.compteId ?? null}::uuid, ${o.rang ?? 1},
      ${o.permanent ?? true}, now()) returning id`.execute(db);
  return rows[0]?.id ?? '';
}
export async function creerCreneau(db: Db, contratId: number, inscritId: string, debut: Date, fin: Date, suppleantId: string | null = null): Promise<string> {
  const { rows } = await sql<{ id: string }>`
    insert into astreintes (contrat_id, inscrit_id, suppleant_id, debut, fin, modifie_le)
    values (${contratId}, ${inscritId}::uuid, ${suppleantId}::uuid, ${debut}, ${fin}, now()) returning id`.execute(db);
  return rows[0]?.id ?? '';
}
/** Waiting for a word, or `diffusee` and told to one person. */
export async function creerAlerte(
  db: Db,
  contratId: number,
  o: { territoire?: string; organisation?: string; etat?: 'a-valider' | 'diffusee' | 'levee'; palier?: string; faits?: string } = {},
): Promise<string> {
  const etat = o.etat ?? 'a-valider';
  const { rows } = await sql<{ id: string }>`
    insert into alertes (contrat_id, palier, genre, territoire_id, faits, debut, auteur, auteur_organisation, ecrite_le, etat, validation, diffusee_le, levee_le, issue,
      represailles_jusqua)
    values (${contratId}, ${o.palier ?? 'rixe'}, 'rixe', ${o.territoire ?? 'mairie-18'}, ${o.faits ?? ''}, now(), 'x', ${o.organisation ?? 'DPMP'}, now(), ${etat},
      ${etat === 'a-valider' ? '' : 'garde'}, case when ${etat} <> 'a-valider' then now() end, case when ${etat} = 'levee' then now() end,
      case when ${etat} = 'levee' then 'evitee' end, case when ${etat} = 'levee' then now() + interval '3 days' end) returning id`.execute(db);
  return rows[0]?.id ?? '';
}
export async function creerEnvoi(db: Db, contratId: number, alerteId: string, inscritId: string): Promise<string> {
  const { rows } = await sql<{ id: string }>`
    insert into alerte_envois (contrat_id, alerte_id, inscrit_id, genre, fonction, territoire, organisation_id, nom, motif, envoye_le, du_le)
    select contrat_id, ${alerteId}::uuid, id, 'accuse', fonction, territoire, organisation_id, nom, 'liste', now(), now() + interval '15 minutes'
    from alerte_inscrits where contrat_id = ${contratId} and id = ${inscritId}::uuid returning id`.execute(db);
  return rows[0]?.id ?? '';
}
