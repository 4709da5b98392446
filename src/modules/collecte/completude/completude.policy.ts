/** Who says why a figure is late: whoever answers for the institution that owes it, and nobody in its place. */
import type { Cas, Contient, Droit, Utilisateur } from '../../../core/authorize.ts';
import type { Catalogue } from '../../contrats/index.ts';
import type { Echeance } from '../../echeances/index.ts';
import { repondDeLaDette, repondPour } from '../../indicateurs/index.ts';

export const peutDirePourquoi = (u: Utilisateur | null, c: Catalogue, e: Pick<Echeance, 'sujet' | 'objetId' | 'organisationId'>): boolean =>
  repondDeLaDette(u, c, e);

const egal: Contient = (mandat, territoire) => mandat === territoire;
const peutRepondre = (u: Utilisateur | null, s: Cas, locale: boolean): boolean => repondPour(u, vise(s, locale), egal);
const vise = (s: Cas, locale: boolean) => ({
  fiche: s.fiche,
  territoireId: s.territoireId,
  repondants: [s.organisationId],
  locale,
  memeMaison: () => true,
});
export const DROITS: readonly Droit[] = [
  { objet: 'Chiffres', action: 'dire pourquoi un chiffre tarde', permis: (u, s) => peutRepondre(u, s, false) },
  { objet: 'Chiffres', action: 'dire pourquoi celui de sa mairie tarde', permis: (u, s) => peutRepondre(u, s, true) },
];
