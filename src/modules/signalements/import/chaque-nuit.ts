/** The file of reports at a fixed time: what is known already adds nothing, and a file that cannot be had leaves what is there. */
import type { Db } from '../../../core/base/database.ts';
import { nombre, pluriel } from '../../../ui/typographie.ts';
import { getCatalogue } from '../../contrats/index.ts';
import { type Portee, tropDeRejets } from './couverture.rules.ts';
import { importerDansMaRue } from './dans-ma-rue.ts';

/** `source`: null where the settings name none; `portee`: as they say that it is. Throws what the import throws: the passage is then told as failed, and tried again. */
export async function importerChaqueNuit(db: Db, contratId: number, { source, portee }: { source: string | null; portee: Portee }): Promise<string> {
  if (source === null) return 'aucune adresse n’est réglée : ces signalements s’importent à la main';
  const catalogue = await getCatalogue(db, contratId);
  // The address may hold a key: its path is enough to know it again.
  const nom = new URL(source).pathname.split('/').pop() || 'dans-ma-rue';
  const b = await importerDansMaRue({ db, catalogue, source, nom, portee, par: 'import de nuit' });
  return `${pluriel(b.lus, 'ligne lue', 'lignes lues')}, ${nombre(b.nouveaux)} de plus${b.rejetes > 0 ? `, ${pluriel(b.rejetes, 'rejetée')}` : ''}${portee === 'partie' || tropDeRejets(b) ? `. ${b.avis}` : ''}`;
}
