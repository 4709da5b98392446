/** The file of a figure that is not a number: a map, a study, a written assessment. */
import { nomDeFichier, typeDuFichier, typeServi } from '../../../core/nature.ts';
import type { Contexte } from '../../../core/http/http.ts';

export const FICHIER_MAX = 10 * 1_048_576;
export const ACCEPTE = '.pdf,.png,.jpg,.jpeg,.docx,.odt,.xlsx,.ods,.pptx,.odp';
const INCONNUS = ['application/octet-stream', 'text/plain; charset=utf-8'];

export type DocumentRecu = { ok: true; nom: string; type: string; chemin: string } | { ok: false; message: string };

/** The file that came in under that name, by its content whatever its name says; null when none did. */
export async function lireDocument(c: Pick<Contexte, 'fichiers'>, champ = 'fichier'): Promise<DocumentRecu | null> {
  const recu = c.fichiers.find((f) => f.champ === champ && f.octets > 0);
  return recu ? verifierDocument(recu) : null;
}
/** All of those under that name. */
export const lireDocuments = (c: Pick<Contexte, 'fichiers'>, champ: string): Promise<DocumentRecu[]> =>
  Promise.all(c.fichiers.filter((f) => f.champ === champ && f.octets > 0).map(verifierDocument));

async function verifierDocument(recu: Contexte['fichiers'][number]): Promise<DocumentRecu> {
  if (recu.octets > FICHIER_MAX) return { ok: false, message: `« ${recu.nom} » est trop lourd : 10 Mo au plus. Donnez plutôt un lien.` };
  const type = typeServi(await typeDuFichier(recu.chemin));
  return INCONNUS.includes(type)
    ? { ok: false, message: `« ${recu.nom} » n’est ni un PDF, ni une image PNG ou JPEG, ni un document de bureautique : choisissez un autre fichier.` }
    : { ok: true, nom: nomDeFichier(recu.nom), type, chemin: recu.chemin };
}
