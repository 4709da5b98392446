/** Text (separated by `;` `,` `|` or tabs, in any encoding in use) as rows. */
import { couper } from '../couper.ts';
import { enTexte, estCoupe, NOMS_DES_ENCODAGES, reconnaitre } from '../encodages.ts';
import { invalide, tropLourd } from '../errors.ts';
import { type Brute, type Ligne, mesurer, sansApostrophe } from './lignes.ts';
import { LIGNE_MAX, LIGNES_MAX } from './limites.ts';
import { lireRangee, type Rangee } from './rangee.ts';
import { EXAMINEES, reconnus, type Titres } from './titres.ts';

export interface TexteLu {
  encodage: string;
  separateur: string;
  lignes: Generator<Ligne>;
}

const SEPARATEURS = [';', '\t', ',', '|'] as const;
const COUPE = 'Le fichier s’arrête au milieu d’un caractère : il est incomplet. Enregistrez-le ou téléchargez-le de nouveau.';

export function lireCsv(contenu: Buffer, nom: string, titres: Titres): TexteLu {
  const encodage = reconnaitre(contenu);
  const texte = enTexte(contenu, encodage);
  if (estBinaire(texte)) throw invalide(`« ${nom} » n’est ni un fichier CSV ni un classeur. Choisissez un fichier .csv, .xlsx, .ods ou .xls.`);
  const dit = /^"?sep=([;,|\t])"?[ ;,|\t]*(\r\n|\r|\n)/i.exec(texte);
  const separateur = dit?.[1] ?? separateurDe(texte, titres);
  exigerDesLignes(texte, nom);
  const lignes = decouper(texte, dit?.[0].length ?? 0, separateur, nom, estCoupe(contenu, encodage));
  return { encodage: NOMS_DES_ENCODAGES[encodage], separateur, lignes: mesurer(lignes, nom) };
}

/** Control characters that no text holds, in number. */
function estBinaire(texte: string): boolean {
  const debut = couper(texte, 65_536);
  let etranges = 0;
  for (let i = 0; i < debut.length; i++) {
    const c = debut.charCodeAt(i);
    if (c < 32 && c !== 9 && c !== 10 && c !== 13) etranges++;
  }
  return etranges > debut.length / 50;
}

/** The separator by which a row holds the most known headings, else the one that cuts the largest share of rows alike, with nothing wrong in their quotes. */
export function separateurDe(texte: string, titres: Titres = new Set()): string {
  const note = (s: string): number => {
    const rangees = premieresRangees(texte, s);
    const connus = Math.max(0, ...rangees.map((r) => reconnus(r.cellules, titres)));
    const largeurs = new Map<number, number>();
    for (const r of rangees) if (r.cellules.length > 1 && !r.defaut) largeurs.set(r.cellules.length, (largeurs.get(r.cellules.length) ?? 0) + 1);
    const semblables = Math.max(0, ...[...largeurs].map(([largeur, fois]) => Math.round((fois * 1000) / rangees.length) * 1000 + Math.min(largeur, 999)));
    return (connus > 1 ? connus * 10_000_000 : 0) + semblables;
  };
  const notes = SEPARATEURS.map(note);
  return SEPARATEURS[notes.indexOf(Math.max(...notes))] ?? ';';
}

function premieresRangees(texte: string, separateur: string): Rangee[] {
  const rangees: Rangee[] = [];
  for (let i = 0; i < texte.length && i < LIGNE_MAX && rangees.length < EXAMINEES; ) {
    const r = lireRangee(texte, i, separateur, 0);
    if (r.cellules.some((c) => c.trim() !== '')) rangees.push(r);
    i = r.suite;
  }
  return rangees;
}

/** A line is measured before it is cut: millions of separators make millions of cells. */
function exigerDesLignes(texte: string, nom: string): void {
  let debut = 0;
  for (let numero = 1; debut < texte.length; numero++) {
    let fin = texte.indexOf('\n', debut);
    if (fin < 0) fin = texte.length;
    if (fin - debut > LIGNE_MAX && !texte.slice(debut, debut + LIGNE_MAX).includes('\r'))
      throw tropLourd(
        `« ${nom} » ne peut pas être lu à partir de la ligne ${numero}, qui a plus de 200 000 caractères. Enregistrez le fichier au format .xlsx.`,
      );
    debut = fin + 1;
  }
}

function* decouper(texte: string, debut: number, separateur: string, nom: string, coupe: boolean): Generator<Brute> {
  let largeur = 0;
  let rangees = 0;
  for (let i = debut, numero = debut > 0 ? 2 : 1; i < texte.length; ) {
    const r = lireRangee(texte, i, separateur, largeur);
    i = r.suite;
    const vide = r.cellules.every((c) => c.trim() === '');
    if (!vide && ++rangees > LIGNES_MAX + 1) throw tropLourd(`« ${nom} » a plus de ${LIGNES_MAX} lignes. Découpez-le en plusieurs fichiers.`);
    const defaut = r.defaut ?? (coupe && i >= texte.length ? COUPE : undefined);
    if (!vide) yield { numero, cellules: r.cellules.map(sansApostrophe), ...(defaut ? { defaut } : {}) };
    if (!r.defaut) largeur = Math.max(largeur, r.cellules.length);
    numero += r.lignes;
  }
}
