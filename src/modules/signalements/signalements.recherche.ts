/** Imported reports hold no words: a search finds their types, each with its list. A request is found by its number. */
import { sql } from 'kysely';
import { type Chercheur, PAR_GROUPE } from '../contrats/index.ts';
import { circuitsConnus } from './circuits/circuits.ts';
import { libelleDEtat } from './circuits/circuit.rules.ts';
import { lectureDe, peutLire } from './demandes/demandes.policy.ts';
import { listDuNumero } from './demandes/demandes.queries.ts';
import { cheminDeDemande } from './demandes/identifiants.ts';
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

/** « 2122 », « n° 2122 », « demande 2122 »: the number that its page gives to who reported, for who may read it. */
export const chercherDemandes: Chercheur = async ({ c, db, contratId, catalogue, q }) => {
  const n = /^\s*(?:demande\s*)?(?:n\s*[°ºo.]?\s*|#\s*)?(\d{1,12})\s*$/i.exec(q)?.[1];
  const u = c.utilisateur;
  if (!n || !u || !peutLireSignalements(u)) return null;
  const lecture = lectureDe(u, catalogue);
  const trouvees = (await listDuNumero(db, contratId, n, lecture)).filter((d) => peutLire(u, d, catalogue, catalogue.contient));
  if (trouvees.length === 0) return null;
  const circuits = circuitsConnus(c.contrat.slug);
  return {
    titre: 'Demandes',
    trouvailles: trouvees.map((d) => ({
      titre: d.titre,
      href: cheminDeDemande(d.id),
      detail: [`Demande n°\u00a0${d.numero}`, libelleDEtat(circuits?.get(d.circuit), d.etat), catalogue.territoires.get(d.territoireId)?.nom]
        .filter(Boolean)
        .join(' · '),
    })),
    toutVoir: [{ libelle: 'Demandes à traiter', href: '/signalements/boite' }],
    encore: false,
  };
};
