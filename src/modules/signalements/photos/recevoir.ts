/** Photographs that come with a report, or after it. */
import { laisseDeCote } from '../../../core/http/affluence.ts';
import type { Contexte, FichierRecu } from '../../../core/http/http.ts';
import type { ErreurDeChamp } from '../../../core/errors.ts';
import { lirePhoto, type Photo } from '../../../core/images/photo.ts';
import { FRANCAIS, type Parle, remplir } from '../langues/mots.rules.ts';
import { addPhoto } from './photos.queries.ts';

export const PHOTOS_MAX = 3;
const champ = 'photo';
const envoyees = (fichiers: readonly FichierRecu[]) => fichiers.filter((f) => f.champ === champ && f.octets > 0);

const ouvertes = new WeakMap<FichierRecu, Awaited<ReturnType<typeof lirePhoto>>>();
/** Opens them before the transaction of their request, for `lirePhotos` to find. */
export async function ouvrirPhotos(fichiers: readonly FichierRecu[]): Promise<void> {
  const siennes = envoyees(fichiers);
  if (siennes.length <= PHOTOS_MAX && !laisseDeCote('photos')) for (const f of siennes) ouvertes.set(f, await lirePhoto(f));
}

interface PhotosLues {
  photos: Photo[];
  erreurs: ErreurDeChamp[];
  /** Left aside because too many came at once: what they came with is received all the same. */
  laissees: number;
}
/** Each opened and drawn anew, or why not; the rest of what was typed is not concerned. */
export async function lirePhotos(fichiers: readonly FichierRecu[], max = PHOTOS_MAX, parle: Parle = FRANCAIS): Promise<PhotosLues> {
  const siennes = envoyees(fichiers);
  const lues: PhotosLues = { photos: [], erreurs: [], laissees: 0 };
  if (siennes.length > max) return { ...lues, erreurs: [{ champ, message: remplir(parle.mots.ePhotosTrop, { max }) }] };
  for (const f of siennes) {
    if (!ouvertes.has(f) && laisseDeCote('photos')) {
      lues.laissees++;
      continue;
    }
    const lue = ouvertes.get(f) ?? (await lirePhoto(f));
    if (!('refus' in lue)) lues.photos.push(lue);
    else if (lue.occupee) lues.laissees++;
    else
      lues.erreurs.push({
        champ,
        message: parle.code === '' ? `${lue.refus} Il faut la choisir de nouveau : un navigateur ne garde pas les fichiers.` : parle.mots.ePhoto,
      });
  }
  return lues;
}
export async function garderPhotos(c: Pick<Contexte, 'db' | 'contrat' | 'maintenant'>, demandeId: string, photos: readonly Photo[]): Promise<void> {
  for (const p of photos) await addPhoto(c.db, c.contrat.id, demandeId, p, c.maintenant);
}
