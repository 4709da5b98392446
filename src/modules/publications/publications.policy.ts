/** Rights on what is published: one line each. A bilan is read by everyone; its texts are written by those who answer for the place or the fiche. */
import { auTravail, type Contient, type Droit, permis, type Utilisateur } from '../../core/authorize.ts';
import { pilote } from '../indicateurs/index.ts';

/** A text of a bilan. `fiche` null: the essential. `entier`: of the whole contract. */
export interface TexteVise {
  territoireId: string;
  entier: boolean;
  fiche: { numero: string; pilotes: readonly string[] } | null;
}

/** The coordination, the coordonnateur of that territory; for the whole contract, whoever steers the fiche. */
export const peutRediger = (u: Utilisateur | null, t: TexteVise, contient: Contient): boolean => {
  const situation = { territoireId: t.territoireId, fiche: t.fiche?.numero };
  if (permis(u, ['coordination', 'coordonnateur'], situation, contient)) return true;
  return u !== null && t.entier && t.fiche !== null && pilote(u, t.fiche) && permis(u, ['pilote'], situation, contient);
};

/** Reads who wrote what and when, and every version. */
const peutLireVersions = (u: Utilisateur | null): boolean => auTravail(u);

/** Context series, for the whole contract: the central coordination. */
export const peutImporterContexte = (u: Utilisateur | null): boolean => permis(u, ['coordination'], {});

const egal: Contient = (mandat, territoire) => mandat === territoire;
export const DROITS: readonly Droit[] = [
  {
    objet: 'Bilan',
    action: 'écrire l’essentiel et les commentaires d’un territoire',
    permis: (u, s) => peutRediger(u, { territoireId: s.territoireId, entier: false, fiche: null }, egal),
  },
  {
    objet: 'Bilan',
    action: 'commenter une fiche pour tout le contrat',
    permis: (u, s) => peutRediger(u, { territoireId: s.territoireId, entier: true, fiche: { numero: s.fiche, pilotes: [s.organisationId] } }, egal),
  },
  { objet: 'Observatoire', action: 'importer une série de contexte', permis: (u) => peutImporterContexte(u) },
  { objet: 'Bilan', action: 'lire les versions et leurs auteurs', permis: (u) => peutLireVersions(u) },
];
