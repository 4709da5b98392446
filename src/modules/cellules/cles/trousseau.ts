/**
 * The trousseau: one file of 32 bytes for each situation, in a folder apart from the database, the data and their backups. Its removal
 * is the destruction of the situation, wherever copies of the database are.
 */
import { estUuid } from '../../../core/base/id.ts';
import { randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { CleRefusee } from './cles.ts';

const LONGUEUR = 32;
const TEMOIN = '.temoin';
/** Named as PostgreSQL writes it: in capitals it would be another file. */
const estUnNom = (v: string): boolean => estUuid(v) && v === v.toLowerCase();

export interface Trousseau {
  /** A new fragment, on disk before it is returned; throws when there is one already. */
  creer(situation: string): Promise<Uint8Array>;
  /** Null once destroyed. Throws `CleRefusee` when it is cut short. */
  lire(situation: string): Promise<Uint8Array | null>;
  /** Overwritten, then removed; true when it was there. A crash in the middle leaves it destroyed or whole. */
  detruire(situation: string): Promise<boolean>;
  /** Situations that have one. */
  lister(): Promise<string[]>;
  /** The witness of this folder, by which it is known; null in a folder that is not a trousseau. */
  temoin(): Promise<Uint8Array | null>;
  /** Makes the witness; throws when there is one already. */
  creerTemoin(): Promise<Uint8Array>;
}

export function openTrousseau(dossier: string): Trousseau {
  const chemin = (situation: string): string => {
    if (!estUnNom(situation)) throw new Error('Identifiant de situation inattendu.');
    return join(dossier, situation);
  };
  const surDisque = async (): Promise<void> => {
    const d = await open(dossier, constants.O_RDONLY);
    await d.sync().finally(() => d.close());
  };
  const ecrire = async (fichier: string): Promise<Uint8Array> => {
    await mkdir(dossier, { recursive: true, mode: 0o700 });
    const octets = randomBytes(LONGUEUR);
    const f = await open(fichier, 'wx', 0o600);
    try {
      await f.writeFile(octets);
      await f.sync();
    } finally {
      await f.close();
    }
    await surDisque();
    return octets;
  };
  return {
    temoin: () =>
      readFile(join(dossier, TEMOIN)).catch((e: { code?: string }) => {
        if (e.code === 'ENOENT') return null;
        throw e;
      }),
    creerTemoin: () => ecrire(join(dossier, TEMOIN)),
    creer: (situation) => ecrire(chemin(situation)),
    lire: async (situation) => {
      const lu = await readFile(chemin(situation)).catch((e: { code?: string }) => {
        if (e.code === 'ENOENT') return null;
        throw e;
      });
      if (lu && lu.length !== LONGUEUR) throw new CleRefusee(`Le fragment de clé « ${situation} » est abîmé : restaurez le trousseau depuis son miroir.`);
      return lu;
    },
    detruire: async (situation) => {
      // Renamed first: whatever happens next, no reader finds it again.
      const condamne = `${chemin(situation)}.detruit`;
      const etait = await rename(chemin(situation), condamne).then(
        () => true,
        (e: { code?: string }) => {
          if (e.code === 'ENOENT') return false;
          throw e;
        },
      );
      const f = await open(condamne, 'r+').catch((e: { code?: string }) => {
        if (e.code === 'ENOENT') return null;
        throw e;
      });
      if (!f) return etait;
      try {
        await f.write(randomBytes(LONGUEUR), 0, LONGUEUR, 0);
        await f.sync();
      } finally {
        await f.close();
      }
      await rm(condamne, { force: true });
      await surDisque();
      return true;
    },
    lister: async () => {
      const noms = await readdir(dossier).catch((e: { code?: string }) => {
        if (e.code === 'ENOENT') return [];
        throw e;
      });
      return noms.filter((n) => estUnNom(n));
    },
  };
}
