/** VTIMEZONE of an IANA zone: the rules of its clock, for calendars that do not know it by name. */
import { tzlib_get_ical_block } from 'timezones-ical-library';

/** The library gives some zones the rules, and the name, of another one with the same clock: events name theirs. */
export function buildVtimezone(fuseau: string): string {
  const [bloc] = tzlib_get_ical_block(fuseau);
  if (!bloc?.startsWith('BEGIN:VTIMEZONE')) throw new Error(`Aucune règle connue pour le fuseau « ${fuseau} ».`);
  return bloc.replace(/^(TZID|X-LIC-LOCATION):[^\r\n]+/gm, `$1:${fuseau}`);
}
