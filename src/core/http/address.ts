/** Longest part of an address, between two slashes. */
export const PARTIE_MAX = 200;

/** What cannot be decoded, or has an endless part, is an address that leads nowhere: the router would answer by itself, in its own words. So is U+0000, which the database refuses. */
export function adresseLisible(adresse: string): string {
  if (adresse.includes('%00')) return '/adresse-illisible';
  const [chemin = ''] = adresse.split('?');
  if (chemin.split('/').some((partie) => partie.length > PARTIE_MAX)) return '/adresse-illisible';
  try {
    decodeURIComponent(chemin);
    return adresse;
  } catch {
    return '/adresse-illisible';
  }
}
