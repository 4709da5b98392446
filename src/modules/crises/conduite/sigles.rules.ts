const ARTICLES = new Set([
  'un',
  'une',
  'deux',
  'trois',
  'quatre',
  'cinq',
  'six',
  'sept',
  'huit',
  'neuf',
  'dix',
  'le',
  'la',
  'les',
  'des',
  'du',
  'au',
  'aux',
  'de',
  'et',
]);

/** « La SCOP », « Un VPU »: acronyms of the contract with their article, which look like a name and are none. */
export function estUnSigle(extrait: string, sigles: { has(lettres: string): boolean }): boolean {
  const mots = extrait.split(/[\s’']+/u).filter((m) => m !== '');
  return mots.some((m) => sigles.has(m)) && mots.every((m) => sigles.has(m) || ARTICLES.has(m.toLowerCase()));
}
