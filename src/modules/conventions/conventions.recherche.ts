/** Acts that hold the words of a search: every act for partners, those that are published for everybody. */
import { auTravail } from '../../core/authorize.ts';
import { jourDe } from '../../core/clock.ts';
import { CANDIDATS, type Chercheur, PAR_GROUPE } from '../contrats/index.ts';
import { chercherActes, listActes } from './conventions.queries.ts';
import { NATURES } from './conventions.rules.ts';
import { direAttente, direEtat } from './mots.ts';

export const chercherConventions: Chercheur = async ({ c, db, contratId, catalogue, q, requete, lieu }) => {
  const ids = await chercherActes(db, contratId, requete, CANDIDATS);
  if (ids.length === 0) return null;
  const places = lieu.territoires ? [...lieu.territoires, ...catalogue.ascendants(lieu.territoire).map((t) => t.id)] : undefined;
  const trouves = await listActes(db, contratId, { ids, publiques: !auTravail(c.utilisateur), territoires: places });
  if (trouves.length === 0) return null;
  const aujourdhui = jourDe(c.maintenant);
  return {
    titre: 'Conventions et actes',
    trouvailles: trouves.slice(0, PAR_GROUPE).map((a) => ({
      titre: a.titre,
      href: `/conventions/${a.id}`,
      detail: [NATURES[a.nature], direEtat(a, aujourdhui), direAttente(a)].filter((x) => x !== '').join(' · '),
    })),
    toutVoir: [{ libelle: 'Conventions et actes', href: `/conventions?${new URLSearchParams({ q, ...(lieu.champ ? { territoire: lieu.champ } : {}) })}` }],
    encore: trouves.length > PAR_GROUPE,
  };
};
