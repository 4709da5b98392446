import type { Commande } from '../../core/module.ts';
import { verifierEcheances } from './accorder.ts';

export const commandes: Record<string, Commande> = {
  'verifier echeances': {
    sens: 'Relit ce qui est dû dans les objets et le compare à la liste ; code 1 s’il y a une différence.',
    executer: async ({ p }) => {
      const v = await verifierEcheances(p.owner, p.contratId, { maintenant: new Date() });
      const lignes = v.differences.slice(0, 100).map((d) => `  ${d.source} : ${d.quoi}`);
      return {
        json: { echeances: v.echeances, differences: v.differences.length },
        texte: [`${v.echeances} échéances vérifiées, ${v.differences.length} différences`, ...lignes].join('\n'),
        code: v.differences.length > 0 ? 1 : 0,
      };
    },
  },
};
