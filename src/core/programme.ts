/** Which programme runs: what it worked out from its own code is worked out again when that changes. */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

let lue: Promise<string> | null = null;

/** Digest of the bundle that runs. */
export const empreinteDuProgramme = (): Promise<string> => {
  lue ??= readFile(fileURLToPath(import.meta.url)).then((texte) => createHash('sha256').update(texte).digest('hex'));
  return lue;
};
