/** Decisions that hold the words of a search: only those that their origin shows to the reader, in the place of the board. */
import { sql } from 'kysely';
import type { Ligne } from '../../core/base/database.ts';
import { auTravail } from '../../core/authorize.ts';
import { jourDe } from '../../core/clock.ts';
import { jourCourt } from '../../ui/typographie.ts';
import { CANDIDATS, type Chercheur, PAR_GROUPE } from '../contrats/index.ts';
import { avecOrigines, listOrigines, ouOrigine, selonOrigine } from './origines.ts';

interface Trouvee extends Pick<Ligne<'decisions'>, 'id' | 'libelle' | 'creeLe'> {
  origine: string | null;
  candidats: number;
}

export const chercherDecisions: Chercheur = async ({ c, db, contratId, catalogue, q, requete, lieu }) => {
  const u = c.utilisateur;
  if (!u || !auTravail(u)) return null;
  const origines = listOrigines();
  const lecteur = { u, catalogue, aujourdhui: jourDe(c.maintenant) };
  const ici = lieu.territoires ? sql`and d.territoire_id = any(${[...lieu.territoires]}::text[])` : sql``;
  const { rows } = await sql<Trouvee>`
    with t as materialized (select id from chercher_decisions(${requete}, ${CANDIDATS}))
    select d.id, d.libelle, d.cree_le, ${selonOrigine(origines, (o) => o.nom)} as origine, (select count(*)::int from t) as candidats
    from ${avecOrigines(origines)}
    where d.contrat_id = ${contratId} and d.id = any(array(select id from t)) and ${ouOrigine(origines, (o) => o.lisibles(lecteur))} ${ici}
    order by d.cree_le desc, d.id desc limit ${PAR_GROUPE + 1}`.execute(db);
  if (rows.length === 0) return null;
  return {
    titre: 'Décisions',
    trouvailles: rows.slice(0, PAR_GROUPE).map((d) => ({
      titre: d.libelle,
      href: `/decisions/${d.id}`,
      detail: [d.origine, jourCourt(jourDe(d.creeLe))].filter(Boolean).join(' · '),
    })),
    toutVoir: [{ libelle: 'Décisions', href: `/decisions?${new URLSearchParams({ q, ...(lieu.champ ? { territoire: lieu.champ } : {}) })}` }],
    encore: rows.length > PAR_GROUPE || (rows[0]?.candidats ?? 0) === CANDIDATS,
  };
};
