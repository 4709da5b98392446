/** What is asked before an act is said to cease: of who notes it, and again of the party that confirms it later. */
import type { ErreurDeChamp } from '../../core/errors.ts';
import { jour } from '../../ui/typographie.ts';
import { effetDe, etatDe, termeAcquis, type Vie } from './conventions.rules.ts';

/** Why it cannot be; null when it can. `le`: null when the day is not known yet. */
export function refusDeFin(a: Vie, le: string | null, aujourdhui: string): string | null {
  const effet = effetDe(a);
  if (effet === null) return 'Cet acte ne lie encore personne : il n’y a rien à dénoncer.';
  if (etatDe(a, aujourdhui) === 'echue') return 'Cet acte est échu : il ne lie déjà plus personne.';
  return le !== null && le < effet ? 'L’acte cesserait avant de prendre effet.' : null;
}
/** The renewal was acquired: it ceases before only if it was said in time, and is noted or confirmed late. */
export function etonnementsDeFin(a: Vie, le: string, aujourdhui: string): ErreurDeChamp[] {
  const acquis = termeAcquis(a, le, aujourdhui);
  if (!acquis) return [];
  const { avant, apres } = acquis;
  return [
    {
      champ: 'jour',
      message: `Le préavis a passé le ${jour(avant.limite)} sans dénonciation notée et confirmée : l’acte est reconduit jusqu’au ${jour(apres.fin)}. Il ne cesse le ${jour(le)} que s’il a été dénoncé au plus tard le ${jour(avant.limite)}.`,
    },
  ];
}
