/** Reports hold no words: a search finds their types, each with its list. */
import { sql } from 'kysely';
import { type Chercheur, PAR_GROUPE } from '../contrats/index.ts';
import { peutLireSignalements } from './signalements.policy.ts';

export const chercherSignalements: Chercheur = async ({ c, db, contratId, q, lieu }) => {
  if (!peutLireSignalements(c.utilisateur)) return null;
  const { rows } = await sql<{ code: string; libelle: string }>`
    select code, libelle from signalement_libelles
    where contrat_id = ${contratId} and genre = 'type' and position(sans_accents(${q.trim()}) in sans_accents(libelle)) > 0
    order by libelle limit ${PAR_GROUPE + 1}`.execute(db);
  if (rows.length === 0) return null;
  const liste = (champs: Record<string, string>) => `/signalements?${new URLSearchParams({ ...champs, ...(lieu.champ ? { territoire: lieu.champ } : {}) })}`;
  return {
    titre: 'Signalements',
    trouvailles: rows.slice(0, PAR_GROUPE).map((x) => ({ titre: x.libelle, href: liste({ type: x.code }), detail: 'Type de demande' })),
    toutVoir: [{ libelle: 'Signalements', href: liste({}) }],
    encore: rows.length > PAR_GROUPE,
  };
};
