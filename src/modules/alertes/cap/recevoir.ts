/** Takes in a CAP message: read and checked first, kept as it came. */
import type { Db } from '../../../core/base/database.ts';
import { inTransaction } from '../../../core/base/database.ts';
import { ecrireAudit, entree } from '../../../core/trace/audit.ts';
import { chercherMessage } from './adresse.ts';
import { lireCap } from './cap.lire.ts';
import { addCapRecu } from './cap.queries.ts';

export type Recu = { ok: true; id: string; deja: boolean } | { ok: false; message: string };
export async function recevoirCap(tx: Db, contratId: number, contenu: Buffer, r: { voie: 'depot' | 'adresse'; par: string; quand: Date }): Promise<Recu> {
  const lu = lireCap(contenu);
  if (!lu.ok) return lu;
  const garde = await addCapRecu(tx, contratId, lu.cap, { contenu, signe: lu.signe, voie: r.voie, recuLe: r.quand, recuPar: r.par });
  return { ok: true, ...garde };
}

/** The address of the settings, at fixed times. Says what came; throws when it cannot be read, so that the passage is told as failed. */
export async function surveillerAdresse(db: Db, contratId: number, adresse: string | null, maintenant: Date): Promise<string> {
  if (adresse === null) return 'aucune adresse n’est réglée : ces messages se déposent à la main';
  const contenu = await chercherMessage(adresse);
  return inTransaction(db, { contratId }, async (tx) => {
    const recu = await recevoirCap(tx, contratId, contenu, { voie: 'adresse', par: 'adresse surveillée', quand: maintenant });
    if (!recu.ok) throw new Error(recu.message);
    if (recu.deja) return 'rien de neuf';
    await ecrireAudit(tx, contratId, [
      entree({ utilisateur: null, quand: maintenant, adresse: null }, 'cap.recu', `/alertes/cap/${recu.id}`, { voie: 'adresse' }),
    ]);
    return '1 message reçu';
  });
}
