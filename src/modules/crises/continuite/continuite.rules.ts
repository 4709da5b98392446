import type { Ton } from '../../../ui/Tag.tsx';

export const ETATS_DE_SERVICE = {
  normal: { libelle: 'Normal', ton: 'vert' },
  degrade: { libelle: 'Dégradé', ton: 'laiton' },
  ferme: { libelle: 'Fermé', ton: 'garance' },
  renforce: { libelle: 'Renforcé', ton: 'bleu' },
} as const satisfies Record<string, { libelle: string; ton: Ton }>;
export type EtatDeService = keyof typeof ETATS_DE_SERVICE;
export const CODES_ETATS_DE_SERVICE = Object.keys(ETATS_DE_SERVICE) as [EtatDeService, ...EtatDeService[]];
