import type { Db } from '../../../core/base/database.ts';
import type { Commande } from '../../../core/module.ts';
import { type Catalogue, getCatalogue } from '../../contrats/index.ts';
import { lireToutesConnues } from './qualite.queries.ts';
import type { Avertissement } from './qualite.types.ts';
import { verifierLot } from './verifier.rules.ts';

/** Values in force that break a rule and that nobody explained. */
export async function verifierQualite(db: Db, c: Catalogue): Promise<{ contributions: number; sansReponse: Avertissement[] }> {
  const connues = await lireToutesConnues(db, c);
  const avertissements = verifierLot(c, connues.contributions, connues);
  return { contributions: connues.contributions.length, sansReponse: avertissements.filter((a) => a.explication === null) };
}

export const commandesDeQualite: Record<string, Commande> = {
  'verifier qualite': {
    sens: 'Dit quelles valeurs en vigueur enfreignent une règle de qualité sans que personne l’ait expliqué ; code 1 s’il y en a.',
    executer: async ({ p }) => {
      const { contributions, sansReponse } = await verifierQualite(p.owner, await getCatalogue(p.owner, p.contratId));
      const lignes = sansReponse.slice(0, 100).map((a) => `  ${a.mesure} ${a.periode} ${a.territoire} ${a.debiteur} [${a.regle}] ${a.message}`);
      return {
        json: {
          contributions,
          sansReponse: sansReponse.map(({ cle, regle, gravite, mesure, debiteur, territoire, periode, ventilation, message }) => ({
            ...{ cle, regle, gravite, mesure, debiteur, territoire, periode, ventilation, message },
          })),
        },
        texte: [`${contributions} contributions vérifiées, ${sansReponse.length} sans réponse à une règle de qualité`, ...lignes].join('\n'),
        code: sansReponse.length > 0 ? 1 : 0,
      };
    },
  },
};
