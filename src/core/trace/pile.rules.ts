/**
 * Traces of errors, as the sources are written. Node's own translation keeps the whole map of the bundle in memory from the first error on
 * (80 MB); this one reads the map for the positions asked, keeps these, and forgets the rest.
 */
const POSITION = /(?:file:\/\/)?(\/[^\s()]+\.mjs):(\d+):(\d+)/g;
const CHIFFRES = new Map([...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'].map((c, i) => [c, i]));

interface Carte {
  sources: readonly string[];
  mappings: string;
}
/** Of frames, as they were translated. */
interface Connues {
  has(place: string): boolean;
  get(place: string): string | undefined;
  set(place: string, lieu: string): unknown;
}
interface Position {
  ligne: number;
  colonne: number;
}

/** Where these positions (from 1) come from, in their order; null for what the map does not say. */
function situer(carte: Carte, voulues: readonly Position[]): (string | null)[] {
  const trouvees: (string | null)[] = voulues.map(() => null);
  const derniere = Math.max(...voulues.map((v) => v.ligne));
  let [ligne, colonne, source, ligneSource, colonneSource] = [1, 0, 0, 0, 0];
  let [champ, valeur, rang] = [0, 0, 0];
  const champs = [0, 0, 0, 0, 0];
  const poser = () => {
    if (champ === 0) return;
    colonne += champs[0] ?? 0;
    if (champ >= 4) [source, ligneSource, colonneSource] = [source + (champs[1] ?? 0), ligneSource + (champs[2] ?? 0), colonneSource + (champs[3] ?? 0)];
    // Segments come in order: the last one that begins before a position is its own.
    voulues.forEach((v, i) => {
      if (v.ligne === ligne && colonne < v.colonne) trouvees[i] = `${carte.sources[source]}:${ligneSource + 1}:${colonneSource + 1}`;
    });
    champ = 0;
  };
  for (const c of carte.mappings) {
    if (c === ',' || c === ';') {
      poser();
      if (c === ';') [ligne, colonne] = [ligne + 1, 0];
      if (ligne > derniere) break;
      continue;
    }
    const chiffre = CHIFFRES.get(c) ?? 0;
    valeur += (chiffre & 31) << rang;
    rang += 5;
    if (chiffre & 32) continue;
    champs[champ++] = valeur & 1 ? -(valeur >> 1) : valeur >> 1;
    [valeur, rang] = [0, 0];
  }
  poser();
  return trouvees;
}

/** What was translated before. */
interface Connues {
  has(cle: string): boolean;
  get(cle: string): string | undefined;
  set(cle: string, valeur: string): unknown;
}
/** `lire`: the map of a file of the bundle, null where there is none; asked once for what is not known yet. The same frames come back: `connues` keeps them. */
export function traduirePile(pile: string, lire: (fichier: string) => Carte | null, connues: Connues): string {
  const inconnues = new Map<string, Position[]>();
  for (const [tout, fichier = '', ligne, colonne] of pile.matchAll(POSITION))
    if (!connues.has(tout)) inconnues.set(fichier, [...(inconnues.get(fichier) ?? []), { ligne: Number(ligne), colonne: Number(colonne) }]);
  const traduites = new Map<string, string>();
  for (const [fichier, positions] of inconnues) {
    const carte = lire(fichier);
    const lieux = carte ? situer(carte, positions) : [];
    positions.forEach((p, i) => {
      const lieu = lieux[i];
      if (lieu) traduites.set(`${fichier}:${p.ligne}:${p.colonne}`, lieu);
    });
  }
  return pile.replaceAll(POSITION, (tout, fichier: string, ligne: string, colonne: string) => {
    const lieu = connues.get(tout) ?? traduites.get(`${fichier}:${ligne}:${colonne}`) ?? tout;
    connues.set(tout, lieu);
    return lieu;
  });
}
