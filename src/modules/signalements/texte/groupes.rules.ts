/**
 * Words that name a group, as they stand in a text: « la bande de Riquet », « le gang « des cafards » », « surnommés Les Loups », « les Bleus contre ceux du 19 ».
 * The clue is the capital or the strangeness of the NAME, never that of the word that leads to it: telephones write the first letter of a sentence in capital.
 * Like the rest of the detector it finds what looks so and misses the rest: it asks, and decides nothing alone. Pure.
 */
const ARTICLES = `(?:(?:de\\s+la|de\\s+l[’']|des?|du|d[’']|une|un|les|la|le|l[’'])\\s*)`;
const ENTRE_GUILLEMETS = '[«"“]\\s*\\p{L}[^»"”]{0,40}[»"”]';
const MAJUSCULE = "\\p{Lu}[\\p{L}\\d’'-]*";
const MOT = "\\p{L}[\\p{L}\\d'-]*";
/** A capital that leads to a place is none of a name: « le groupe du Collège ». */
const LIEUX = new Set(
  'rue avenue boulevard place quai passage impasse allée square cours villa cité pont porte parc jardin métro station gare école collège lycée gymnase stade résidence hôpital église foyer théâtre centre tour hall mairie arrondissement quartier'.split(
    ' ',
  ),
);
/** What « bande de … » is followed by when it names nobody. */
const COMMUNS = new Set(
  'jeunes jeune garçons filles gamins gosses ados adolescents adolescentes mineurs majeurs enfants collégiens collégiennes lycéens lycéennes élèves étudiants individus personnes gens types hommes femmes supporters habitants riverains voisins parents amis copains rivaux rivales inconnus autres dix douze quinze vingt trente quarante cinquante cent dizaine douzaine quinzaine vingtaine trentaine quarantaine cinquantaine centaine plusieurs quelques nombreux trottoir terrain terre gazon roulement stationnement circulation bus pelouse policiers agents médiateurs éducateurs motards cyclistes'.split(
    ' ',
  ),
);

/** A word for a group, then a name of its own: quoted, or with a capital. */
const NOM_PROPRE = new RegExp(
  `(?<!\\p{L})(?:[Bb]andes?|[Gg]angs?|[Cc]lans?|[Gg]roupes?|[Cc]rews?|[Mm]afias?)\\s+${ARTICLES}*(${ENTRE_GUILLEMETS}|${MAJUSCULE})`,
  'gu',
);
/** The same in small letters, as a thumb writes: only after words that lead to little else. */
const NOM_COMMUN = new RegExp(`(?<!\\p{L})(?:[Bb]andes?|[Gg]angs?|[Cc]lans?|[Cc]rews?)\\s+(?:à|${ARTICLES}+)\\s*(${MOT})`, 'gu');
const SURNOM = new RegExp(
  `(?<!\\p{L})(?:(?:surnommée?s?|se (?:fait|font|faisant) appeler|qui s[’']appellent?)\\s+(?:(?:les|la|le)\\s+)?(?:${ENTRE_GUILLEMETS}|${MOT})|dits\\s+(?:${ENTRE_GUILLEMETS}|(?:[Ll](?:es|a|e)\\s+)?${MAJUSCULE}))`,
  'gu',
);
/** Two sides named: « les Bleus contre ceux du 19 », « les riquets contre les autres ». */
const CONTRE = new RegExp(`(?<!\\p{L})[Ll]es\\s+(${MOT})\\s+contre\\s+(?:les|ceux|la)(?!\\p{L})`, 'gu');

const estUnLieu = (mot: string): boolean => LIEUX.has(mot.toLowerCase());
const estCommun = (mot: string): boolean => COMMUNS.has(mot.toLowerCase()) || estUnLieu(mot);

export function groupesNommes(texte: string): string[] {
  const dits: { ou: number; extrait: string }[] = [];
  const garder = (m: RegExpMatchArray) => {
    const ou = m.index ?? 0;
    if (!dits.some((d) => ou < d.ou + d.extrait.length && d.ou < ou + m[0].length)) dits.push({ ou, extrait: m[0].trim() });
  };
  for (const m of texte.matchAll(NOM_PROPRE)) if (!estUnLieu(m[1] ?? '')) garder(m);
  for (const m of texte.matchAll(SURNOM)) garder(m);
  for (const m of texte.matchAll(NOM_COMMUN)) if (!estCommun(m[1] ?? '')) garder(m);
  for (const m of texte.matchAll(CONTRE)) if (!estCommun(m[1] ?? '')) garder(m);
  return dits.toSorted((a, b) => a.ou - b.ou).map((d) => d.extrait);
}
