/** Without the service, from the database and the trousseau: each certificate is signed, is in the audit trail, and its key is nowhere. */
import type { Db } from '../../../core/base/database.ts';
import { listEntrees } from '../../../core/trace/entrees.queries.ts';
import { estSigne } from '../cles/signature.ts';
import type { Trousseau } from '../cles/trousseau.ts';
import { listCertificats, listVivantes } from './destruction.queries.ts';
import { ACTE, empreinteDuCertificat } from './destruction.ts';

export interface Verification {
  certificats: number;
  /** Certificates whose entry of the trail was purged with its time: the signature alone speaks for them. */
  horsJournal: number;
  vivantes: number;
  fautes: string[];
}

/** `nominatif`: that plane's base; `journal`: one that reads the audit trail. */
export async function verifierCertificats(nominatif: Db, journal: Db, contratId: number, t: Trousseau): Promise<Verification> {
  const certificats = await listCertificats(nominatif, contratId, null);
  const vivantes = await listVivantes(nominatif, contratId);
  const { entrees, depuis } = await listEntrees(journal, contratId, ACTE);
  const parObjet = new Map(entrees.map((e) => [e.objet, e.details]));
  const fichiers = new Set(await t.lister());
  const fautes: string[] = [];
  let horsJournal = 0;
  const connus = new Set<string>();
  for (const c of certificats) {
    const objet = `/cellules/${c.celluleId}/situations/${c.situationId}`;
    connus.add(objet);
    if (!(await estSigne(c.contenu, c))) fautes.push(`${c.situationId} : la signature du certificat est fausse`);
    if ((JSON.parse(c.contenu) as { situation?: string }).situation !== c.situationId)
      fautes.push(`${c.situationId} : le certificat parle d’une autre situation`);
    const dit = parObjet.get(objet);
    if (!dit) {
      if (depuis !== null && c.etabliLe < depuis) horsJournal += 1;
      else fautes.push(`${c.situationId} : aucune entrée du journal ne dit cette destruction`);
    } else if (dit.certificat !== empreinteDuCertificat(c.contenu, c.signature) || dit.cle !== c.publique.toString('hex'))
      fautes.push(`${c.situationId} : le certificat n’est pas celui que dit le journal`);
    if (fichiers.has(c.situationId)) fautes.push(`${c.situationId} : sa clé est encore, ou de nouveau, dans le trousseau`);
    if (vivantes.has(c.situationId)) fautes.push(`${c.situationId} : ses lignes sont encore, ou de nouveau, dans la base`);
  }
  for (const objet of parObjet.keys()) if (!connus.has(objet)) fautes.push(`${objet} : le journal dit une destruction sans certificat`);
  for (const id of vivantes) if (!fichiers.has(id)) fautes.push(`${id} : sa clé n’est pas dans le trousseau, et aucun certificat ne dit sa destruction`);
  return { certificats: certificats.length, horsJournal, vivantes: vivantes.size, fautes };
}
