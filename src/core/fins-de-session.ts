/**
 * Sessions that end, told at once to what keeps something by them in this process's memory: a key that is open closes with its session, and
 * does not wait to be idle. Told before the commit: what is closed for nothing opens again.
 */
type Suivi = (session: string) => void;
const suivis = new Set<Suivi>();

/** Returns what ends it. */
export function suivreLesFins(f: Suivi): () => void {
  suivis.add(f);
  return () => void suivis.delete(f);
}
export function direFinies(sessions: readonly { id: string }[]): void {
  for (const { id } of sessions) for (const f of suivis) f(id);
}
