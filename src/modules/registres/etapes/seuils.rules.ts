/** The week, Monday first, or the month that holds a day. Pure. */
import { plusJours } from '../../echeances/index.ts';

export interface PeriodeDeSeuil {
  du: string;
  au: string;
}

export function periodeDuSeuil(par: 'semaine' | 'mois', jour: string): PeriodeDeSeuil {
  if (par === 'semaine') {
    const lundi = plusJours(jour, -((new Date(`${jour}T00:00:00Z`).getUTCDay() + 6) % 7));
    return { du: lundi, au: plusJours(lundi, 6) };
  }
  const [a = 0, m = 1] = jour.split('-').map(Number);
  return { du: `${jour.slice(0, 8)}01`, au: `${jour.slice(0, 8)}${new Date(Date.UTC(a, m, 0)).getUTCDate()}` };
}
