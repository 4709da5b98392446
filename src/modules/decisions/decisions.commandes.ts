import type { Commande } from '../../core/module.ts';
import { verifierComptes } from './comptes.queries.ts';

export const commandes: Record<string, Commande> = {
  'verifier decisions': {
    sens: 'Recompte les décisions et compare aux comptes tenus avec elles ; code 1 s’il y a une différence.',
    executer: async ({ p }) => {
      const { comptes, differences } = await verifierComptes(p.owner, p.contratId);
      const lignes = differences
        .slice(0, 100)
        .map((d) => `  ${[d.cle || 'toutes', d.origineGenre, d.origineId, d.confidentialite, d.etat].join(' ')} : tenu ${d.tenu}, recompté ${d.recompte}`);
      return {
        json: { comptes, differences: differences.length },
        texte: [`${comptes} comptes vérifiés, ${differences.length} différences`, ...lignes].join('\n'),
        code: differences.length > 0 ? 1 : 0,
      };
    },
  },
};
