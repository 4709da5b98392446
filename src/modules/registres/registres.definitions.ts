/**
 * The definitions found in `definitions/`, one file each: adding a file is enough. Vitest expands the glob itself, the
 * bundle by `scripts/definitions.mjs`.
 */
import type { RegistreDeclare } from './definition.ts';
import { avecLieu } from './registres.rules.ts';

const fichiers = import.meta.glob<{ default: RegistreDeclare }>('./definitions/*.ts', { eager: true });

export const definitionsDecouvertes: readonly RegistreDeclare[] = Object.values(fichiers)
  .map((m) => avecLieu(m.default))
  .sort((a, b) => a.libelle.localeCompare(b.libelle, 'fr'));
