/** What a completeness board says, from counts alone. Pure. */
import { ajouterMois } from '../../../core/jours.ts';
import { type ComptesDAvancement, dus, type LigneDAvancement, type MoisDeDettes, part } from '../../echeances/index.ts';

export const AXES = { institution: 'Institution', fiche: 'Fiche', territoire: 'Mairie ou territoire', periode: 'Période' } as const;
export type AxeDuTableau = keyof typeof AXES;
export const estUnAxe = (v: string): v is AxeDuTableau => Object.hasOwn(AXES, v);

/** Those that are late, the most first; of as many, the one that gave the smaller part. */
const lesPires = (lignes: readonly LigneDAvancement[], combien: number): LigneDAvancement[] =>
  lignes
    .filter((l) => l.comptes.en_retard > 0)
    .sort((a, b) => b.comptes.en_retard - a.comptes.en_retard || (part(a.comptes) ?? 0) - (part(b.comptes) ?? 0) || a.cle.localeCompare(b.cle))
    .slice(0, combien);

export interface PointDeTendance {
  /** First day of a month: as it was that morning. */
  jour: string;
  enRetard: number;
  arrives: number;
}
const moisAvant = (jour: string, n: number): string => ajouterMois(`${jour.slice(0, 7)}-01`, -n);
/** The first of each of the last months, the oldest first: of what was due by then, what had come and what was late. Never what nobody owes. */
export function tendance(mois: readonly MoisDeDettes[], aujourdhui: string, combien: number): PointDeTendance[] {
  return Array.from({ length: combien }, (_, i) => moisAvant(aujourdhui, combien - 1 - i)).map((jour) => {
    const point = { jour, enRetard: 0, arrives: 0 };
    for (const m of mois) {
      if (m.sansObjet || m.dueLe === null || m.dueLe >= jour) continue;
      if (m.closeLe !== null && m.closeLe < jour) point.arrives += m.nombre;
      else point.enRetard += m.nombre;
    }
    return point;
  });
}

/** « 12 de moins qu’il y a un an » */
export function direTendance(points: readonly PointDeTendance[], enRetard: number): string | null {
  const [premier] = points;
  if (!premier || premier.enRetard + premier.arrives === 0) return null;
  const ecart = enRetard - premier.enRetard;
  if (ecart === 0) return 'autant qu’il y a un an';
  return `${Math.abs(ecart)} de ${ecart > 0 ? 'plus' : 'moins'} qu’il y a un an`;
}

export interface Resume {
  total: ComptesDAvancement;
  dus: number;
  pires: readonly LigneDAvancement[];
}
export const resumer = (total: ComptesDAvancement, institutions: readonly LigneDAvancement[]): Resume => ({
  total,
  dus: dus(total),
  pires: lesPires(institutions, 3),
});
