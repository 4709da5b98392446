/** The week, Monday first, or the month that holds a day. Pure. */
export interface PeriodeDeSeuil {
  du: string;
  au: string;
}
const JOUR_MS = 86_400_000;
const iso = (t: number): string => new Date(t).toISOString().slice(0, 10);

export function periodeDuSeuil(par: 'semaine' | 'mois', jour: string): PeriodeDeSeuil {
  const t = Date.parse(jour);
  if (par === 'semaine') {
    const lundi = t - ((new Date(t).getUTCDay() + 6) % 7) * JOUR_MS;
    return { du: iso(lundi), au: iso(lundi + 6 * JOUR_MS) };
  }
  const [a = 0, m = 1] = jour.split('-').map(Number);
  return { du: iso(Date.UTC(a, m - 1, 1)), au: iso(Date.UTC(a, m, 0)) };
}
