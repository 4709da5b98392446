/** What makes a place open to everybody: languages spoken there, and how its welcome is arranged. */
const noms = new Intl.DisplayNames('fr', { type: 'language' });
const majuscule = (t: string): string => t.charAt(0).toUpperCase() + t.slice(1);

/** ISO 639-1 codes, in the order in which forms offer them. */
const CODES_LANGUES = 'fr en ar zh es pt it de ro pl ru uk tr fa ps ku hi ur bn ta si vi ja ko so am ti wo ff bm sq sr ka hy he'.split(' ');
const LANGUES: ReadonlyMap<string, string> = new Map(CODES_LANGUES.map((c) => [c, majuscule(noms.of(c) ?? c)]));
export const OPTIONS_LANGUES = [...LANGUES].map(([valeur, libelle]) => ({ valeur, libelle }));
export const direLangue = (code: string): string => LANGUES.get(code) ?? code;
export const estUneLangue = (code: string): boolean => LANGUES.has(code);

const ACCESSIBILITES: Readonly<Record<string, string>> = {
  lsf: 'Langue des signes (LSF)',
  falc: 'Facile à lire et à comprendre (FALC)',
  boucle: 'Boucle magnétique',
  'gros-caracteres': 'Gros caractères',
  pmr: 'Accès en fauteuil roulant',
};
export const OPTIONS_ACCESSIBILITE = Object.entries(ACCESSIBILITES).map(([valeur, libelle]) => ({ valeur, libelle }));
export const direAccessibilite = (code: string): string => ACCESSIBILITES[code] ?? code;
export const estUneAccessibilite = (code: string): boolean => Object.hasOwn(ACCESSIBILITES, code);
