/** Hours of a message that is passed on: when it was said, until when it holds. Pure. */
import type { ErreurDeChamp } from '../../../core/errors.ts';
import { jourEtHeure } from '../../../ui/typographie.ts';
import type { Relais } from './relais.schema.ts';

export const HEURE_MS = 3_600_000;
/** How far ahead the clock of an origin may run. */
const AVANCE_MS = 10 * 60_000;

export function fautesDHeures(fin: Date | null, origineLe: Date | null, maintenant: Date, r: Relais): ErreurDeChamp[] {
  const fautes: ErreurDeChamp[] = [];
  if (!origineLe) fautes.push({ champ: 'origine_heure', message: 'Cette heure n’existe pas ce jour-là (changement d’heure) : vérifiez-la.' });
  else if (origineLe.getTime() > maintenant.getTime() + AVANCE_MS)
    fautes.push({
      champ: 'origine_jour',
      message: `Le message est daté du ${jourEtHeure(origineLe)}, qui n’est pas encore venu : vérifiez le jour et l’heure.`,
    });
  if (!fin) fautes.push({ champ: 'jusqua_heure', message: 'Cette heure n’existe pas ce jour-là (changement d’heure) : vérifiez-la.' });
  else if (fin <= maintenant) fautes.push({ champ: 'jusqua_jour', message: 'La fin est déjà passée : donnez un jour et une heure à venir.' });
  else if (fin.getTime() > maintenant.getTime() + r.duree.max * HEURE_MS)
    fautes.push({ champ: 'jusqua_jour', message: `Un relais dure ${r.duree.max} heures au plus : s’il faut plus, relayez de nouveau.` });
  return fautes;
}
