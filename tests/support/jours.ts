/** Days of the invented people, on the clock of the contract of Paris: at half past midnight in Paris it is still yesterday in universal time. */
import { jourDe } from '../../src/core/clock.ts';

export const FUSEAU_DES_ESSAIS = 'Europe/Paris';
/** `YYYY-MM-DD`, that many days from today. */
export const jourDans = (jours = 0): string => jourDe(new Date(Date.now() + jours * 86_400_000), FUSEAU_DES_ESSAIS);
