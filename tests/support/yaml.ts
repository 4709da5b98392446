/**
 * Stands for the package `yaml` where applications are opened by the hundred (vitest.config.ts): each reads the same files of the same contracts, and a
 * text that this process has read gives the same values again, made anew for whoever asks. A text that cannot be read is read each time.
 */
import { createRequire } from 'node:module';
import { deserialize, serialize } from 'node:v8';
import type * as Yaml from 'yaml';

const yaml = createRequire(import.meta.url)('yaml') as typeof Yaml;
const lus = new Map<string, Buffer>();

export function parse(texte: string): unknown {
  const lu = lus.get(texte);
  if (lu) return deserialize(lu);
  const valeur: unknown = yaml.parse(texte);
  lus.set(texte, serialize(valeur));
  return valeur;
}
