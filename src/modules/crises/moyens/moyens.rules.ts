/**
 * A means that is asked for: who moves it on, and how many are left.
 *
 *   demande -> accorde -> en_route -> sur_place -> rendu
 *      |          |           \________________________^
 *      |          '-> retire (before it leaves)
 *      |-> refuse (with the reason)
 *      '-> retire (by who asked)
 */
import type { Ton } from '../../../ui/Tag.tsx';

export const ETATS_MOYEN = {
  demande: { libelle: 'Demandé', ton: 'laiton' },
  accorde: { libelle: 'Accordé', ton: 'bleu' },
  refuse: { libelle: 'Refusé', ton: 'garance' },
  retire: { libelle: 'Retiré', ton: 'neutre' },
  en_route: { libelle: 'En route', ton: 'bleu' },
  sur_place: { libelle: 'Sur place', ton: 'vert' },
  rendu: { libelle: 'Rendu', ton: 'neutre' },
} as const satisfies Record<string, { libelle: string; ton: Ton }>;
export type EtatMoyen = keyof typeof ETATS_MOYEN;
export const CODES_ETATS_MOYEN = Object.keys(ETATS_MOYEN) as [EtatMoyen, ...EtatMoyen[]];

/** Who may: who asked, or who grants (its keeper, the control room, who leads the crisis). */
export type Part = 'demandeur' | 'tenant';
const PASSAGES: readonly { de: EtatMoyen; vers: EtatMoyen; verbe: string; qui: Part }[] = [
  { de: 'demande', vers: 'accorde', verbe: 'Accorder', qui: 'tenant' },
  { de: 'demande', vers: 'refuse', verbe: 'Refuser', qui: 'tenant' },
  { de: 'demande', vers: 'retire', verbe: 'Retirer la demande', qui: 'demandeur' },
  { de: 'accorde', vers: 'en_route', verbe: 'Parti', qui: 'tenant' },
  { de: 'accorde', vers: 'retire', verbe: 'Annuler', qui: 'tenant' },
  { de: 'en_route', vers: 'sur_place', verbe: 'Arrivé', qui: 'tenant' },
  { de: 'en_route', vers: 'rendu', verbe: 'Rendu', qui: 'tenant' },
  { de: 'sur_place', vers: 'rendu', verbe: 'Rendu', qui: 'tenant' },
];
/** Once its crisis is over, a means only comes back. */
const RETOURS: readonly EtatMoyen[] = ['rendu', 'retire'];
export const passagesDepuis = (de: EtatMoyen, parts: readonly Part[], fini = false) =>
  PASSAGES.filter((p) => p.de === de && parts.includes(p.qui) && (!fini || RETOURS.includes(p.vers)));

/** Out of the stock. */
export const DEHORS: readonly EtatMoyen[] = ['accorde', 'en_route', 'sur_place'];

/** May so many more leave? Where nobody said how many there are, nothing is known and nothing is refused. */
export const ilEnReste = (s: { total: number | null; dehors: number }, nombre: number): boolean => s.total === null || s.dehors + nombre <= s.total;
export const direStock = (s: { total: number | null; dehors: number }): string =>
  s.total === null ? 'nombre non déclaré' : `${s.total - s.dehors} sur ${s.total}`;
