/**
 * Another key for the cell, after someone left with the old one: each box is closed again under it, each member whose public key is the one
 * that was sealed gets it, in the caller's transaction. A box that does not open (its fragment is not there, its bytes were altered) is left
 * as it is, told, and the old key kept under the new one: what comes back from the mirror opens.
 */
import type { Db } from '../../../core/base/database.ts';
import { type Cellule, getActifs, listMembres, reprendreBoites, setBoites, setCle } from '../cellule/cellule.queries.ts';
import { placeDe } from '../situations/contenu.ts';
import { identiteDe, naissanceDe } from '../situations/identite.rules.ts';
import { garderAnciennes, listAnciennes } from './anciennes.queries.ts';
import { chiffrer, type CleDeCellule, CleRefusee, cleDeSituation, controleDe, creerCle, dechiffrer, empreinteDe, sceauDe, sceller } from './cles.ts';
import { type Boite, listBoites, setContenus, setEmpreintes } from './rotation.queries.ts';
import { exigerTrousseau } from './temoin.ts';
import type { Trousseau } from './trousseau.ts';

/** Members who left otherwise than by an exclusion: a seat that ended, an account that closed, a mandate that is over. */
export async function reprendreAuxPartis(db: Db, contratId: number, celluleId: string, aujourdhui: string): Promise<boolean> {
  const membres = (await listMembres(db, contratId, celluleId)).filter((m) => m.boite !== null || m.ancienneBoite !== null);
  const actifs = await getActifs(
    db,
    membres.map((m) => m.compteId),
  );
  const partis = membres.filter((m) => !actifs.has(m.compteId) || (m.fin !== null && m.fin < aujourdhui));
  return reprendreBoites(
    db,
    contratId,
    partis.map((m) => m.id),
  );
}

export interface Changee {
  cle: CleDeCellule;
  epoque: number;
  /** Boxes left as they are; members whose public key is not the one that was sealed. */
  laissees: number;
  ecartes: readonly string[];
}
export async function changerCle(db: Db, contratId: number, t: Trousseau, cellule: Cellule, ancienne: CleDeCellule, maintenant: Date): Promise<Changee> {
  await exigerTrousseau(db, contratId, t, maintenant);
  const cle = await creerCle();
  const epoque = cellule.epoque + 1;
  const connues = [ancienne, ...(await listAnciennes(db, contratId, cellule.id, ancienne))];
  const boites: { id: string; boite: Buffer }[] = [];
  const empreintes: { id: string; empreinte: Buffer }[] = [];
  let laissees = 0;
  for (const b of await listBoites(db, contratId, cellule.id)) {
    const lue = await lireSous(t, connues, cellule.id, b);
    if (!lue) {
      laissees += 1;
      continue;
    }
    boites.push({ id: b.id, boite: await chiffrer(await cleDeSituation(cle, lue.fragment), lue.clair, placeDe(cellule.id, b)) });
    if (b.groupe === 'identite') {
      const i = identiteDe(lue.clair);
      empreintes.push({ id: b.situationId, empreinte: await empreinteDe(cle, { ...i, naissance: naissanceDe(i) }) });
    }
  }
  await setContenus(db, contratId, boites);
  await setEmpreintes(db, contratId, empreintes);
  await garderAnciennes(db, contratId, cellule.id, { cle, anciennes: laissees > 0 ? connues : [], epoque });
  const scellees: { membreId: string; boite: Buffer; sceau: Buffer }[] = [];
  const ecartes: string[] = [];
  for (const m of await listMembres(db, contratId, cellule.id)) {
    if (m.excluLe !== null || m.boite === null || !m.publique) continue;
    // Whoever could write another public key in the database could not make its seal.
    if (m.sceau?.equals(await sceauDe(ancienne, m.id, m.publique)))
      scellees.push({ membreId: m.id, boite: await sceller(cle, m.publique), sceau: await sceauDe(cle, m.id, m.publique) });
    else ecartes.push(m.id);
  }
  await reprendreBoites(db, contratId, ecartes);
  await setBoites(db, contratId, scellees, epoque);
  await setCle(db, contratId, cellule.id, { epoque, controle: await controleDe(cle) });
  return { cle, epoque, laissees, ecartes };
}

/** Null when its fragment is not there, or when no key known opens it. */
async function lireSous(t: Trousseau, cles: readonly CleDeCellule[], celluleId: string, b: Boite): Promise<{ clair: string; fragment: Uint8Array } | null> {
  const siRefusee = (e: unknown): null => {
    if (e instanceof CleRefusee) return null;
    throw e;
  };
  const fragment = await t.lire(b.situationId).catch(siRefusee);
  if (!fragment || !b.boite) return null;
  for (const cle of cles) {
    const clair = await dechiffrer(await cleDeSituation(cle, fragment), b.boite, placeDe(celluleId, b)).catch(siRefusee);
    if (clair !== null) return { clair, fragment };
  }
  return null;
}
