/** Records that hold the words of a search: those of the registers that this person reads, in the place of their lists, the latest first. */
import { sql } from 'kysely';
import type { Ligne } from '../../core/base/database.ts';
import { jourCourt } from '../../ui/typographie.ts';
import { CANDIDATS, type Chercheur, PAR_GROUPE } from '../contrats/index.ts';
import { jourDe } from '../../core/clock.ts';
import type { RegistreDeclare } from './definition.ts';
import { peutLire } from './registres.policy.ts';
import { listAnnonces } from './vitrine/vitrine.queries.ts';

interface Trouvee extends Pick<Ligne<'activites'>, 'id' | 'registre' | 'titre' | 'jour' | 'territoireId'> {
  candidats: number;
}

export const chercherEnregistrements =
  (definitions: readonly RegistreDeclare[]): Chercheur =>
  async ({ c, db, contratId, catalogue, q, requete, lieu }) => {
    const lus = new Map(definitions.filter((d) => peutLire(c.utilisateur, d)).map((d) => [d.code, d.libelle]));
    if (lus.size === 0) return null;
    const ici = lieu.territoires ? sql`where a.territoire_id = any(${[...lieu.territoires]}::text[])` : sql``;
    const { rows } = await sql<Trouvee>`
      with t as materialized (select id from chercher_activites(${requete}, ${[...lus.keys()]}::text[], ${lieu.territoires ? CANDIDATS : PAR_GROUPE + 1}))
      select a.id, a.registre, a.titre, a.jour, a.territoire_id, (select count(*)::int from t) as candidats
      from t join activites a on a.contrat_id = ${contratId} and a.id = t.id
      ${ici}
      order by a.jour desc, a.id desc limit ${PAR_GROUPE + 1}`.execute(db);
    if (rows.length === 0) return null;
    const champs = (code: string) => `/registres/${code}?${new URLSearchParams({ q, ...(lieu.champ ? { territoire: lieu.champ } : {}) })}`;
    return {
      titre: 'Enregistrements',
      trouvailles: rows.slice(0, PAR_GROUPE).map((a) => ({
        titre: a.titre,
        href: `/registres/${a.registre}/${a.id}`,
        detail: [lus.get(a.registre), jourCourt(a.jour), catalogue.territoires.get(a.territoireId)?.nom].filter(Boolean).join(' · '),
      })),
      toutVoir: [...new Set(rows.map((a) => a.registre))].map((code) => ({ libelle: lus.get(code) ?? code, href: champs(code) })),
      encore: rows.length > PAR_GROUPE || (rows[0]?.candidats ?? 0) === CANDIDATS,
    };
  };

/** What is announced to residents and holds the words in what the agenda says of it, for who does not read the records behind. */
export const chercherAnnonces =
  (definitions: readonly RegistreDeclare[]): Chercheur =>
  async ({ c, db, contratId, catalogue, requete, lieu }) => {
    const fermes = definitions.filter((d) => d.agenda && !peutLire(c.utilisateur, d));
    const annonces = await listAnnonces(db, {
      contratId,
      definitions: fermes,
      aujourdhui: jourDe(c.maintenant),
      territoires: lieu.territoires ? [...lieu.territoires] : null,
      requete,
      max: PAR_GROUPE + 1,
    });
    if (annonces.length === 0) return null;
    const agenda = lieu.champ ? `/agenda?territoire=${encodeURIComponent(lieu.champ)}` : '/agenda';
    return {
      titre: 'Agenda',
      trouvailles: annonces.slice(0, PAR_GROUPE).map((a) => ({
        titre: a.titre,
        href: `${agenda}#a-${a.id}`,
        detail: [a.annulee ? 'Annulé' : '', jourCourt(a.jour), catalogue.territoires.get(a.territoireId)?.nom].filter(Boolean).join(' · '),
      })),
      toutVoir: [{ libelle: 'Agenda', href: agenda }],
      encore: annonces.length > PAR_GROUPE,
    };
  };
