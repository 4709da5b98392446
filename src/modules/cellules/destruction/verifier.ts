/** Without the service, from the database and the trousseau: each certificate is signed, is in the audit trail, and its key is nowhere. */
import { z } from 'zod';
import type { Db } from '../../../core/base/database.ts';
import { listEntrees } from '../../../core/trace/entrees.queries.ts';
import { estSigne } from '../cles/signature.ts';
import { exigerTrousseau } from '../cles/temoin.ts';
import type { Trousseau } from '../cles/trousseau.ts';
import { listCertificats, listVivantes } from './destruction.queries.ts';
import { ACTE, empreinteDuCertificat } from './destruction.ts';

export interface Verification {
  certificats: number;
  /** Certificates whose entry of the trail was purged with its time: the signature alone, by a key of this platform, speaks for them. */
  horsJournal: number;
  vivantes: number;
  /** Fragments that no situation needs and no certificate ends: entries that failed half-way. */
  orphelins: readonly string[];
  fautes: string[];
}

const certificatSchema = z.object({ contrat: z.number(), situation: z.string(), cellule: z.string(), etablie: z.string() });
type Dit = z.output<typeof certificatSchema>;
function lireCertificat(contenu: string): Dit | null {
  try {
    return certificatSchema.safeParse(JSON.parse(contenu)).data ?? null;
  } catch {
    return null;
  }
}

/** `nominatif`: that plane's base; `journal`: one that reads the audit trail; `publique`: the key by which this platform signs today. */
export async function verifierCertificats(
  nominatif: Db,
  o: { journal: Db; contratId: number; trousseau: Trousseau; publique: string; maintenant: Date },
): Promise<Verification> {
  const { contratId } = o;
  await exigerTrousseau(nominatif, contratId, o.trousseau, o.maintenant);
  const certificats = await listCertificats(nominatif, contratId, null);
  const vivantes = await listVivantes(nominatif, contratId);
  const { entrees, depuis } = await listEntrees(o.journal, contratId, ACTE);
  const parObjet = new Map(entrees.map((e) => [e.objet, e.details]));
  // The trail cannot be changed: a key that it names signed for this platform.
  const reconnues = new Set([o.publique, ...entrees.flatMap((e) => (typeof e.details.cle === 'string' ? [e.details.cle] : []))]);
  const fichiers = new Set(await o.trousseau.lister());
  const fautes: string[] = [];
  let horsJournal = 0;
  const connus = new Set<string>();
  const certifiees = new Set<string>();
  for (const c of certificats) {
    const objet = `/cellules/${c.celluleId}/situations/${c.situationId}`;
    const faute = (quoi: string) => fautes.push(`${c.situationId} : ${quoi}`);
    connus.add(objet);
    certifiees.add(c.situationId);
    const lu = lireCertificat(c.contenu);
    const dit = parObjet.get(objet);
    if (!(await estSigne(c.contenu, c))) faute('la signature du certificat est fausse');
    else if (!reconnues.has(c.publique.toString('hex'))) faute('le certificat est signé par une clé que ni le journal ni cette plateforme ne connaît');
    if (lu?.situation !== c.situationId || lu.cellule !== c.celluleId || lu.contrat !== contratId || lu.etablie !== c.etabliLe.toISOString())
      faute('le certificat parle d’autre chose que sa ligne');
    if (!dit) {
      if (depuis !== null && lu && new Date(lu.etablie) < depuis) horsJournal += 1;
      else faute('aucune entrée du journal ne dit cette destruction');
    } else if (dit.certificat !== empreinteDuCertificat(c.contenu, c.signature) || dit.cle !== c.publique.toString('hex'))
      faute('le certificat n’est pas celui que dit le journal');
    if (fichiers.has(c.situationId)) faute('sa clé est encore, ou de nouveau, dans le trousseau');
    if (vivantes.has(c.situationId)) faute('ses lignes sont encore, ou de nouveau, dans la base');
  }
  for (const objet of parObjet.keys()) if (!connus.has(objet)) fautes.push(`${objet} : le journal dit une destruction sans certificat`);
  for (const { objet } of (await listEntrees(o.journal, contratId, 'situation.creee')).entrees) {
    const id = objet.split('/').at(-1) ?? '';
    if (!vivantes.has(id) && !connus.has(objet))
      fautes.push(`${objet} : le journal dit son entrée ; elle n’est plus là, et aucun certificat ne dit sa destruction`);
  }
  for (const id of vivantes) if (!fichiers.has(id)) fautes.push(`${id} : sa clé n’est pas dans le trousseau, et aucun certificat ne dit sa destruction`);
  const orphelins = [...fichiers].filter((id) => !vivantes.has(id) && !certifiees.has(id));
  return { certificats: certificats.length, horsJournal, vivantes: vivantes.size, orphelins, fautes };
}
