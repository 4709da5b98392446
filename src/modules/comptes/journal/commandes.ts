/** What the `concorde audit …` commands do. Verifying and co-signing need nothing but the exported file. */
import { createReadStream, createWriteStream } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { pipeline } from 'node:stream/promises';
import { z } from 'zod';
import { type Db, inTransaction } from '../../../core/base/database.ts';
import { invalide } from '../../../core/errors.ts';
import { lireEntete, type Sceau, sceauTient, type Verification, verifierChaine } from './chaine.rules.ts';
import { addSceau, exporterChaine, getEmpreinte } from './journal.queries.ts';
import { lireCle, sceller } from './sceaux.ts';

const lignesDe = (fichier: string): AsyncIterable<string> => createInterface({ input: createReadStream(fichier, 'utf8'), crlfDelay: Number.POSITIVE_INFINITY });

export const exporterAudit = (db: Db, c: { id: number; slug: string }, sortie: string, quand: Date): Promise<void> =>
  pipeline(exporterChaine(db, c.id, c.slug, quand), createWriteStream(sortie, { mode: 0o600 }));

export async function verifierAudit(fichier: string): Promise<Verification> {
  try {
    return await verifierChaine(lignesDe(fichier));
  } catch (e) {
    if ((e as { code?: string }).code === 'ENOENT') throw invalide(`Le fichier « ${fichier} » n’existe pas.`);
    throw invalide((e as Error).message);
  }
}

/** Another signatory verifies an export on its own machine and seals its last entry with its own key. */
export async function cosignerAudit(o: { fichier: string; cle: string; nom: string; sortie: string; quand: Date }): Promise<Sceau> {
  const v = await verifierAudit(o.fichier);
  if (!v.valide) throw invalide(`Cet export n’est pas intact (entrée ${v.premiereRupture} : ${v.motif}). Ne le signez pas.`);
  for await (const premiere of lignesDe(o.fichier)) {
    const entete = lireEntete(premiere);
    if (!entete) break;
    const sceau = sceller(await lireCle(o.cle, true), entete.contrat, entete.tete, o.nom, o.quand);
    await writeFile(o.sortie, `${JSON.stringify({ contrat: entete.contrat, ...sceau }, null, 2)}\n`);
    return sceau;
  }
  throw invalide('Cet export est vide.');
}

const sceauSchema = z.object({
  contrat: z.string(),
  numero: z.number().int().positive(),
  empreinte: z.string().regex(/^[0-9a-f]{64}$/),
  signataire: z.string().min(2).max(200),
  clePublique: z.string().startsWith('-----BEGIN PUBLIC KEY-----'),
  signature: z.string().min(40),
  quand: z.iso.datetime(),
});

/** Brings back a co-signature: it must hold, and speak of an entry that is still what it was. */
export async function ajouterSceau(db: Db, c: { id: number; slug: string }, fichier: string): Promise<Sceau & { nouveau: boolean }> {
  const texte = await readFile(fichier, 'utf8').catch((e: Error) => {
    throw invalide(`« ${fichier} » ne peut pas être lu : ${e.message}.`);
  });
  const lu = sceauSchema.safeParse(JSON.parse(texte));
  if (!lu.success) throw invalide(`« ${fichier} » n’est pas un sceau.`);
  const s = lu.data;
  if (s.contrat !== c.slug || !sceauTient(c.slug, s)) throw invalide('Ce sceau n’est pas valable pour ce contrat : sa signature ne correspond pas.');
  if ((await getEmpreinte(db, c.id, s.numero)) !== s.empreinte)
    throw invalide(`L’entrée ${s.numero} de ce journal n’est pas celle que ${s.signataire} a scellée : l’un des deux a changé.`);
  const nouveau = await inTransaction(db, { contratId: c.id }, (tx) => addSceau(tx, c.id, s));
  return { ...s, nouveau };
}
