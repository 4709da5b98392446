/** Sessions whose title, or whose body, holds the words of a search: those that the calendar shows to this reader, or to the public. */
import { sql } from 'kysely';
import type { Ligne } from '../../core/base/database.ts';
import { jourDe } from '../../core/clock.ts';
import { jourCourt } from '../../ui/typographie.ts';
import { CANDIDATS, type Chercheur, PAR_GROUPE } from '../contrats/index.ts';
import { AVEC_INSTANCE, vueDeLecture } from '../instances/index.ts';
import { listPublications } from './cloture/cloture.queries.ts';
import { seanceVisible } from './seances.vue.ts';

interface Trouvee extends Pick<Ligne<'seances'>, 'id' | 'titre' | 'jour' | 'instanceId'> {
  instance: string;
  candidats: number;
}

export const chercherSeances: Chercheur = async ({ c, db, contratId, catalogue, requete, lieu }) => {
  const v = vueDeLecture(c.utilisateur, catalogue, jourDe(c.maintenant));
  const ici = lieu.territoires ? sql`and i.territoire_id = any(${[...lieu.territoires]}::text[])` : sql``;
  const { rows } = await sql<Trouvee>`
    with t as materialized (select id from chercher_seances(${requete}, ${CANDIDATS}))
    select s.id, s.titre, s.jour, s.instance_id, i.nom as instance, (select count(*)::int from t) as candidats
    from seances s ${AVEC_INSTANCE}
    where s.contrat_id = ${contratId} and s.id = any(array(select id from t)) and ${seanceVisible(v)} ${ici}
    order by s.jour desc nulls first, s.id desc limit ${PAR_GROUPE + 1}`.execute(db);
  if (rows.length === 0) return null;
  const instances = new Map(rows.slice(0, PAR_GROUPE).map((s) => [s.instanceId, s.instance]));
  return {
    titre: 'Séances',
    trouvailles: rows.slice(0, PAR_GROUPE).map((s) => ({
      titre: s.titre,
      href: `/seances/${s.id}`,
      detail: [s.instance, s.jour ? jourCourt(s.jour) : 'date à choisir'].join(' · '),
    })),
    toutVoir: [...instances].map(([id, nom]) => ({ libelle: nom, href: `/instances/${id}` })),
    encore: rows.length > PAR_GROUPE || (rows[0]?.candidats ?? 0) === CANDIDATS,
  };
};

/** Published minutes that hold the words, as everybody reads them: what was taken out is in none. */
export const chercherReleves: Chercheur = async ({ db, contratId, requete, lieu }) => {
  const { lignes, total } = await listPublications(
    db,
    contratId,
    { requete, ...(lieu.territoires ? { territoires: [...lieu.territoires] } : {}) },
    { limite: PAR_GROUPE, decalage: 0 },
  );
  if (total === 0) return null;
  return {
    titre: 'Relevés publiés',
    trouvailles: lignes.map((r) => ({
      titre: r.titre,
      href: `/releves/${r.seanceId}`,
      detail: [r.instance, `relevé ${r.numero}`, r.jour ? jourCourt(r.jour) : '', r.contestee ? 'approbation contestée' : ''].filter(Boolean).join(' · '),
    })),
    toutVoir: [{ libelle: 'Relevés publiés', href: lieu.champ ? `/releves?territoire=${encodeURIComponent(lieu.champ)}` : '/releves' }],
    encore: total > PAR_GROUPE,
  };
};
