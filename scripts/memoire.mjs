// Where a test run keeps what it throws away: files in memory where the system has a place for them (Linux), the usual temporary folder elsewhere.
// A run makes and drops some three hundred databases of 1,568 files each. On a disk without journal the kernel looks for the place of a new file past
// all those freed in the last minutes: about a second for each database (docs/decisions/0050); in memory, 0.05 s.
import { accessSync, constants, readFileSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';

const EN_MEMOIRE = '/dev/shm';
/** More than twice what a run keeps at one time. */
const LIBRE_AU_MOINS = 4 * 1024 ** 3;

/** Does it hold in memory, and may programs be run from it (the browser is unpacked there)? */
function convient() {
  try {
    accessSync(EN_MEMOIRE, constants.W_OK);
    const [, , genre, options = ''] = (
      readFileSync('/proc/mounts', 'utf8')
        .split('\n')
        .findLast((l) => l.split(' ')[1] === EN_MEMOIRE) ?? ''
    ).split(' ');
    const { bavail, bsize } = statfsSync(EN_MEMOIRE);
    return genre === 'tmpfs' && !options.split(',').includes('noexec') && Math.min(bavail * bsize, process.availableMemory()) >= LIBRE_AU_MOINS;
  } catch {
    return false;
  }
}

/** A folder that somebody chose is kept to. */
export const dossierTemporaire = () => (process.env.TMPDIR || !convient() ? tmpdir() : EN_MEMOIRE);
