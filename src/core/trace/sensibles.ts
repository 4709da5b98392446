/** What is read of a sensitive object leaves a trace, whether its route thought of it or not. */
import type { Route } from '../http/http.ts';

export interface Sensibles {
  /** Addresses of objects that not everybody reads: whatever is read at one of them, or below, leaves a trace. */
  objets: readonly string[];
  /** What leaves none all the same, with the reason. */
  dispenses?: Readonly<Record<string, string>>;
}

export function tracer(s: Sensibles | undefined, r: Route): Route {
  if (!s || r.methode !== 'GET' || r.options.sensible || r.chemin in (s.dispenses ?? {})) return r;
  const dessous = s.objets.some((o) => r.chemin === o || r.chemin.startsWith(`${o}/`));
  return dessous ? { ...r, options: { ...r.options, sensible: true } } : r;
}
