/** What a page says of how late and how finely its figure is told. Pure. */
import { mois } from '../../../ui/typographie.ts';
import { borneDe, type Regime, veilleDe } from './diffusion.rules.ts';

const NOMBRES = ['zéro', 'un', 'deux', 'trois', 'quatre', 'cinq', 'six'];
const GRAINS = {
  tous: '',
  'premier-niveau': ' Les lieux plus fins que les territoires du contrat ne sont pas publiés.',
  contrat: ' Seul l’ensemble du contrat est publié.',
} as const;

/** « Publié avec deux mois de retard : jusqu’à août 2026. » and, where small numbers are hidden, how. */
export function direDiffusion(r: Regime, aujourdhui: string): string {
  const retard = `Publié avec ${NOMBRES[r.recul] ?? r.recul} mois de retard`;
  const secret =
    r.seuil === 0
      ? ''
      : ` Aucun nombre inférieur à ${r.seuil} n’est publié : ${r.restes.size > 0 ? 'ce chiffre est une partie d’un autre et attend la fin de l’année' : 'l’année en cours avance par paquets'}, une répartition est donnée entière ou pas du tout, et ce qui reste d’un chiffre à côté d’un autre qui en fait partie n’est pas un petit nombre. Ce qui est inscrit ou corrigé en retard change une période déjà publiée dès qu’il est écrit : d’un jour à l’autre, la différence peut être un petit nombre.`;
  return `${retard} : jusqu’à ${mois(veilleDe(borneDe(r.recul, aujourdhui)))}${r.seuil > 0 ? ' au plus' : ''}.${secret}${GRAINS[r.grain]}`;
}
