/** Real data that stand beside the project on some machines: tests that need them skip with a clear message elsewhere. */
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe } from 'vitest';

const RACINE = process.env.CONCORDE_PARTAGE ?? resolve(import.meta.dirname, '../../../shared');

/** Absolute path of a shared file, or null where it is absent. */
export function partage(chemin: string): string | null {
  const p = join(RACINE, chemin);
  return existsSync(p) ? p : null;
}

/** `describe` that is skipped, with the reason in its title, where the shared data are absent. */
export function siPartage(titre: string, corps: () => void): void {
  if (existsSync(RACINE)) describe(titre, corps);
  else describe.skip(`${titre} (ignoré : données partagées absentes de ${RACINE})`, corps);
}

/** `describe` for what only a Linux kernel tells (the highest memory of a process). */
export const siLinux = process.platform === 'linux' ? describe : describe.skip;
