/** What a record may say, and yet surprises: told to whoever writes it, never refused. Pure. */
import type { ErreurDeChamp } from '../../core/errors.ts';
import { douterDuPoint } from '../contrats/index.ts';
import type { DefinitionRegistre } from './definition.ts';
import type { Repertoire } from './registres.repertoire.ts';
import { dateCourte } from './valeurs.rules.ts';

interface Lue {
  jour: string | undefined;
  lon: number | null;
  lat: number | null;
}
const POINTS = {
  nul: 'Le point 0, 0 est en plein océan : la position n’est sans doute pas connue. Videz longitude et latitude.',
  inverse: 'Longitude et latitude semblent échangées : le point tombe dans le territoire du contrat si on les inverse. Vérifiez-les.',
  dehors: 'Ce point est hors du territoire du contrat. Vérifiez longitude et latitude.',
} as const;

export function etonnements(d: DefinitionRegistre, rep: Repertoire, l: Lue): ErreurDeChamp[] {
  const dits: ErreurDeChamp[] = [];
  if (l.jour !== undefined && rep.debut !== undefined && l.jour < rep.debut)
    dits.push({
      champ: 'jour',
      message: `« ${d.jour} » : le ${dateCourte(l.jour)} est avant le début du contrat (${dateCourte(rep.debut)}). Vérifiez l’année.`,
    });
  const doute = l.lon === null || l.lat === null ? null : douterDuPoint(rep.emprise, l.lon, l.lat);
  if (doute) dits.push({ champ: 'lon', message: POINTS[doute] });
  return dits;
}
