/**
 * A situation ends: its fragment is destroyed first, then its rows leave with a signed certificate and an entry of the audit trail, in one
 * transaction. Cut between the two, nobody reads it any more and the next purge ends the work; a certificate is never ahead of what it says.
 */
import { code } from '../../../core/trace/details.ts';
import { createHash } from 'node:crypto';
import type { Utilisateur } from '../../../core/authorize.ts';
import { type Db, inTransaction } from '../../../core/base/database.ts';
import { jourDe } from '../../../core/clock.ts';
import type { Coffre } from '../../../core/coffre.ts';
import { ecrireAudit, empreinteDe, entree } from '../../../core/trace/audit.ts';
import { compter } from '../cellule/cellule.queries.ts';
import { signer } from '../cles/signature.ts';
import { exigerTrousseau } from '../cles/temoin.ts';
import type { Trousseau } from '../cles/trousseau.ts';
import { compterSuivies } from '../nombres/nombres.queries.ts';
import { addCertificat, effacer, getADetruire, listADetruire, listBoitesDe, oublierLectures } from './destruction.queries.ts';

export interface Destructeur {
  contratId: number;
  coffre: Coffre;
  trousseau: Trousseau;
  maintenant: Date;
  utilisateur: Utilisateur | null;
}

/** `db`: a pool. False when its day is not there, or someone else has just done it. */
export async function detruire(db: Db, o: Destructeur, situationId: string): Promise<boolean> {
  const jour = jourDe(o.maintenant);
  return inTransaction(db, { contratId: o.contratId }, async (tx) => {
    const s = await getADetruire(tx, o.contratId, situationId, jour);
    if (!s) return false;
    await compterSuivies(tx, o.contratId, { jour, situationId: s.id });
    await exigerTrousseau(tx, o.contratId, o.trousseau, o.maintenant);
    // Already gone when a purge was cut between the two.
    const fragment = (await o.trousseau.detruire(s.id)) ? 'detruit' : 'deja-absent';
    const boites = (await listBoitesDe(tx, o.contratId, s.id)).flatMap((b) => (b.boite ? [createHash('sha256').update(b.boite).digest('hex')] : []));
    const contenu = JSON.stringify({
      contrat: o.contratId,
      cellule: s.celluleId,
      situation: s.id,
      detruite: jour,
      etablie: o.maintenant.toISOString(),
      fragment,
      // What was destroyed, as bytes: enough to recognise it in an old copy, where it opens no more.
      boites: { nombre: boites.length, empreinte: empreinteDe(boites.toSorted()) },
    });
    const signe = await signer(o.coffre, o.contratId, contenu);
    await addCertificat(tx, o.contratId, { situationId: s.id, celluleId: s.celluleId, contenu, ...signe, etabliLe: o.maintenant });
    await effacer(tx, o.contratId, s.id);
    await compter(tx, o.contratId, s.celluleId, 'detruites', jour);
    const dit = { certificat: code(empreinteDuCertificat(contenu, signe.signature)), cle: code(signe.publique.toString('hex')) };
    await ecrireAudit(tx, o.contratId, [
      entree({ utilisateur: o.utilisateur, quand: o.maintenant, adresse: null }, ACTE, `/cellules/${s.celluleId}/situations/${s.id}`, dit),
    ]);
    return true;
  });
}
export const ACTE = 'situation.detruite';
export const empreinteDuCertificat = (contenu: string, signature: Buffer): string => empreinteDe([contenu, signature.toString('hex')]);

/** All those whose day is there, and reads of more than a year. One that fails does not keep the others. */
export async function purger(db: Db, o: Destructeur): Promise<number> {
  let faites = 0;
  const echecs: unknown[] = [];
  await oublierLectures(db, o.contratId, o.maintenant);
  for (const s of await listADetruire(db, o.contratId, { jour: jourDe(o.maintenant), celluleId: null }))
    await detruire(db, o, s.id).then(
      (fait) => {
        faites += fait ? 1 : 0;
      },
      (e: unknown) => echecs.push(e),
    );
  if (echecs.length > 0) throw new AggregateError(echecs, `${echecs.length} situations n’ont pas pu être détruites ; ${faites} l’ont été.`);
  return faites;
}
