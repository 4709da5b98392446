import type { Commande } from '../../core/module.ts';
import { verifierChiffres } from './formulaires.ts';
import { commandesDeQualite } from './qualite/qualite.commandes.ts';

export const commandes: Record<string, Commande> = {
  ...commandesDeQualite,
  'verifier chiffres': {
    sens: 'Recalcule chaque cellule et chaque liste de preuve depuis les enregistrements, et chaque total depuis les contributions ; code 1 s’il y a une différence.',
    executer: async ({ p }) => {
      const v = await verifierChiffres(p.owner, p.contratId);
      const lignes = v.differences
        .slice(0, 100)
        .map((d) => `  ${d.mesure} ${d.mois} ${d.territoire} ${d.ventilation} : tenue ${d.tenue}, recalculée ${d.recalculee}`);
      return {
        json: { cellules: v.cellules, faits: v.faits, totaux: v.totaux, differences: v.differences.length },
        texte: [
          `${v.cellules} cellules, ${v.faits} enregistrements de preuve et ${v.totaux} totaux de contributions vérifiés, ${v.differences.length} différences`,
          ...lignes,
        ].join('\n'),
        code: v.differences.length > 0 ? 1 : 0,
      };
    },
  },
};
