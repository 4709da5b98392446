/** Whether an operation took place: its day says it, but of today, of which who writes it knows. Pure. */
import { estJour } from '../../../core/jours.ts';
type Etape = 'programmee' | 'realisee';
const estEtape = (v: string): v is Etape => v === 'programmee' || v === 'realisee';

export function lireEtape(
  champs: Readonly<Record<'jour' | 'etape', string>>,
  aujourdhui: string,
): { ok: true; valeur: Etape } | { ok: false; message: string } {
  const { jour, etape } = champs;
  if (jour === aujourdhui)
    return estEtape(etape)
      ? { ok: true, valeur: etape }
      : { ok: false, message: 'Cette opération est d’aujourd’hui : dites si elle est faite, ou encore à faire.' };
  // What is no day is said by the register.
  if (!estJour(jour)) return { ok: true, valeur: 'realisee' };
  const valeur = jour > aujourdhui ? 'programmee' : 'realisee';
  if (!estEtape(etape) || etape === valeur) return { ok: true, valeur };
  return {
    ok: false,
    message:
      etape === 'realisee'
        ? 'Ce jour est à venir, l’opération ne peut être faite : corrigez le jour, ou dites qu’elle est à faire.'
        : 'Ce jour est passé, l’opération ne peut être à faire : corrigez le jour, ou dites qu’elle est faite.',
  };
}
