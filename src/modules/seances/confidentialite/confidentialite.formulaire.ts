/** Who may read a session, which two people may be deciding at once: what is recorded, as the form shows it. */
import { type Enregistre, sansNumero } from '../../../core/http/versions.ts';
import type { FormulairePartage } from '../../../ui/Conflict.tsx';
import type { Seance } from '../seances.queries.ts';
import { CONFIDENTIALITES } from '../../instances/index.ts';

export const confidentialiteEnregistree = (s: Seance): Enregistre => sansNumero({ confidentialite: s.confidentialite }, s.modifiePar, s.modifieLe);
export const formulaireDeConfidentialite = (s: Seance): FormulairePartage => ({
  objet: s.titre,
  action: `/seances/${s.id}/confidentialite`,
  retour: `/seances/${s.id}/confidentialite`,
  champs: {
    confidentialite: { libelle: 'Qui pourra la lire', dire: (v) => Object.entries(CONFIDENTIALITES).find(([code]) => code === v)?.[1].libelle ?? v },
  },
});
