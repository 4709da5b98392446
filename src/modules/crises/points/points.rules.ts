/** When a situation report is due. */
export interface Rythme {
  minutes: number;
  /** Since when it holds. */
  le: Date;
}
export interface Du {
  le: Date;
  /** Minutes late; 0 when it is not. */
  retard: number;
}

/**
 * Due so many minutes after the end of the last signed one, or the opening; never before the pace was set. Null when nothing is due any more.
 */
export function duPoint(o: { rythme: Rythme; dernier: Date | null; ouverteLe: Date; closeLe: Date | null }, maintenant: Date): Du | null {
  if (o.closeLe) return null;
  const depuis = o.dernier ?? o.ouverteLe;
  const le = new Date(Math.max(depuis.getTime() + o.rythme.minutes * 60_000, o.rythme.le.getTime()));
  return { le, retard: Math.max(0, Math.floor((maintenant.getTime() - le.getTime()) / 60_000)) };
}
