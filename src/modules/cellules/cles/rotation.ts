/**
 * Another key for the cell, after someone left with the old one: each box is closed again under it, each signatory who had the old one
 * gets it sealed, in the caller's transaction. Parts given to custodians are worth nothing any more.
 */
import type { Db } from '../../../core/base/database.ts';
import { type Cellule, listMembres, setBoites, setCle } from '../cellule/cellule.queries.ts';
import { placeDe } from '../situations/contenu.ts';
import { identiteDe, naissanceDe } from '../situations/identite.rules.ts';
import { chiffrer, type CleDeCellule, cleDeSituation, controleDe, creerCle, dechiffrer, empreinteDe, sceller } from './cles.ts';
import { listBoites, setContenus, setEmpreintes } from './rotation.queries.ts';
import type { Trousseau } from './trousseau.ts';

export async function changerCle(
  db: Db,
  contratId: number,
  t: Trousseau,
  cellule: Cellule,
  ancienne: CleDeCellule,
): Promise<{ cle: CleDeCellule; epoque: number }> {
  const cle = await creerCle();
  const epoque = cellule.epoque + 1;
  const boites: { id: string; boite: Buffer }[] = [];
  const empreintes: { id: string; empreinte: Buffer }[] = [];
  for (const b of await listBoites(db, contratId, cellule.id)) {
    const fragment = await t.lire(b.situationId);
    // Destroyed, and its rows about to follow: nobody can read it, under this key or the other.
    if (!fragment || !b.boite) continue;
    const place = placeDe(cellule.id, b);
    const clair = await dechiffrer(await cleDeSituation(ancienne, fragment), b.boite, place);
    boites.push({ id: b.id, boite: await chiffrer(await cleDeSituation(cle, fragment), clair, place) });
    if (b.groupe === 'identite') {
      const i = identiteDe(clair);
      empreintes.push({ id: b.situationId, empreinte: await empreinteDe(cle, { ...i, naissance: naissanceDe(i) }) });
    }
  }
  await setContenus(db, contratId, boites);
  await setEmpreintes(db, contratId, empreintes);
  const restent = (await listMembres(db, contratId, cellule.id)).filter((m) => m.excluLe === null && m.boite !== null);
  const scellees: { membreId: string; boite: Buffer }[] = [];
  for (const m of restent) if (m.publique) scellees.push({ membreId: m.id, boite: await sceller(cle, m.publique) });
  await setBoites(db, contratId, scellees, epoque);
  await setCle(db, contratId, cellule.id, { epoque, controle: await controleDe(cle) });
  return { cle, epoque };
}
