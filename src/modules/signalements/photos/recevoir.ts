/** Photographs that come with a report, or after it. */
import type { Contexte, FichierRecu } from '../../../core/http/http.ts';
import type { ErreurDeChamp } from '../../../core/errors.ts';
import { lirePhoto, type Photo } from '../../../core/images/photo.ts';
import { pluriel } from '../../../ui/typographie.ts';
import { addPhoto } from './photos.queries.ts';

export const PHOTOS_MAX = 3;

/** Each opened and drawn anew, or why not; the rest of what was typed is not concerned. */
export async function lirePhotos(fichiers: readonly FichierRecu[], max = PHOTOS_MAX): Promise<{ photos: Photo[]; erreurs: ErreurDeChamp[] }> {
  const champ = 'photo';
  const envoyees = fichiers.filter((f) => f.champ === champ && f.octets > 0);
  if (envoyees.length > max) return { photos: [], erreurs: [{ champ, message: `${pluriel(max, 'photo')} au plus : choisissez ce qui montre le mieux.` }] };
  const [photos, erreurs]: [Photo[], ErreurDeChamp[]] = [[], []];
  for (const f of envoyees) {
    const lue = await lirePhoto(f);
    if ('refus' in lue) erreurs.push({ champ, message: `${lue.refus} Il faut la choisir de nouveau : un navigateur ne garde pas les fichiers.` });
    else photos.push(lue);
  }
  return { photos, erreurs };
}
export async function garderPhotos(c: Pick<Contexte, 'db' | 'contrat' | 'maintenant'>, demandeId: string, photos: readonly Photo[]): Promise<void> {
  for (const p of photos) await addPhoto(c.db, c.contrat.id, demandeId, p, c.maintenant);
}
