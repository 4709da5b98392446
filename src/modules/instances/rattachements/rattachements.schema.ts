import { z } from 'zod';
import { paragraphe } from '../../../core/http/fields.ts';

const jour = (message: string) => z.string().trim().pipe(z.iso.date(message));
const mandat = {
  parente: z.string().trim().min(1, 'Choisissez l’instance dont celle-ci dépend.'),
  mission: paragraphe('La mission', 2000),
  debut: jour('Indiquez depuis quand.'),
  fin: z.union([z.literal('').transform(() => null), jour('La date de fin n’est pas une date.')]),
};
const finApresDebut = (m: { debut: string; fin: string | null }) => m.fin === null || m.fin >= m.debut;
const FIN_AVANT = { path: ['fin'], message: 'La fin précède le début.' };
export const rattachementSchema = z.object(mandat).refine(finApresDebut, FIN_AVANT);
export const nouveauMandatSchema = z.object({ ...mandat, mission: mandat.mission.default(''), fin: mandat.fin.default(null) }).refine(finApresDebut, FIN_AVANT);

/** Two mandates share a day. */
export const seChevauchent = (a: { debut: string; fin: string | null }, b: { debut: string; fin: string | null }): boolean =>
  a.debut <= (b.fin ?? '9999') && b.debut <= (a.fin ?? '9999');
