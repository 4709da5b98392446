/** Rights on what public pages say in sentences. */
import { type Contient, type Droit, permis, type Utilisateur } from '../../core/authorize.ts';
import { pilote } from '../indicateurs/index.ts';

/** Whoever steers the fiche, where their mandate covers. */
export const peutValiderSynthese = (
  u: Utilisateur | null,
  s: { fiche: { numero: string; pilotes: readonly string[] }; territoireId: string },
  contient: Contient,
): boolean => u !== null && pilote(u, s.fiche) && permis(u, ['pilote'], { territoireId: s.territoireId, fiche: s.fiche.numero }, contient);

const egal: Contient = (mandat, territoire) => mandat === territoire;
export const DROITS: readonly Droit[] = [
  {
    objet: 'Fiche',
    action: 'valider les phrases que la fiche montre à tous',
    permis: (u, s) => peutValiderSynthese(u, { fiche: { numero: s.fiche, pilotes: [s.organisationId] }, territoireId: s.territoireId }, egal),
  },
];
export const ACTES = { 'synthese.validee': 'phrases d’une fiche validées', 'abonnements.lettres': 'lettres écrites aux abonnés' } as const;
