/** What a page says of how late and how finely its figure is told. Pure. */
import { mois } from '../../../ui/typographie.ts';
import { borneDe, type Regime, veilleDe } from './diffusion.rules.ts';

const NOMBRES = ['zéro', 'un', 'deux', 'trois', 'quatre', 'cinq', 'six'];
const GRAINS = {
  tous: '',
  'premier-niveau': ' Pas de lieu plus fin que le premier niveau du contrat.',
  contrat: ' Pour l’ensemble du contrat seulement.',
} as const;

/** « Publié avec deux mois de retard : jusqu’à août 2026. » and, where small numbers are hidden, how. */
export function direDiffusion(r: Regime, aujourdhui: string): string {
  const retard = `Publié avec ${NOMBRES[r.recul] ?? r.recul} mois de retard`;
  const secret =
    r.seuil === 0
      ? ''
      : ` Aucun nombre inférieur à ${r.seuil} ne se lit ni ne se retrouve : une année finie entière, une année en cours par paquets, une répartition entière ou pas du tout.`;
  return `${retard} : jusqu’à ${mois(veilleDe(borneDe(r.recul, aujourdhui)))}${r.seuil > 0 ? ' au plus' : ''}.${secret}${GRAINS[r.grain]}`;
}
