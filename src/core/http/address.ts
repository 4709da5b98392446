/** Longest part of an address, between two slashes. */
export const PARTIE_MAX = 200;

/** What cannot be decoded, or has an endless part, is an address that leads nowhere: the router would answer by itself, in its own words. U+0000, which the database refuses, is no part of a name; in what is asked behind it, it is a space. */
export function adresseLisible(adresse: string): string {
  const fin = adresse.indexOf('?');
  const chemin = fin < 0 ? adresse : adresse.slice(0, fin);
  if (chemin.includes('%00')) return '/adresse-illisible';
  if (chemin.split('/').some((partie) => partie.length > PARTIE_MAX)) return '/adresse-illisible';
  try {
    decodeURIComponent(chemin);
    return adresse.includes('%00') ? chemin + adresse.slice(fin).replaceAll('%00', '%20') : adresse;
  } catch {
    return '/adresse-illisible';
  }
}
