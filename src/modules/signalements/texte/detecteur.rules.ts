/** What a report or a message may give away of somebody, in the words of who writes: asked about, and masked wherever others than the services read. Pure. */
import { trouverPersonnes } from '../../documents/index.ts';
import { FR, type Mots } from '../langues/mots.rules.ts';

const GENRES = {
  nom: { dit: 'gNom', masque: '[nom]' },
  plaque: { dit: 'gPlaque', masque: '[plaque]' },
  telephone: { dit: 'gTelephone', masque: '[téléphone]' },
  courriel: { dit: 'gCourriel', masque: '[adresse électronique]' },
  sante: { dit: 'gSante', masque: '[santé]' },
  insulte: { dit: 'gInsulte', masque: '[…]' },
} as const;
type GenreDeTrouvaille = keyof typeof GENRES;
export interface Trouvaille {
  genre: GenreDeTrouvaille;
  debut: number;
  fin: number;
  extrait: string;
}

const NATURES = ['personne', 'capitales', 'plaque', 'telephone', 'courriel', 'sante', 'insulte'] as const;
const genreDe = (n: (typeof NATURES)[number]): GenreDeTrouvaille => (n === 'personne' || n === 'capitales' ? 'nom' : n);

/** In the order of the text, none over another: what begins first, then what is longer. A postal address is a place, which is what a report is about. */
export function detecter(texte: string): Trouvaille[] {
  if (texte === '') return [];
  const gardees: Trouvaille[] = [];
  for (const { nature, de, passage } of trouverPersonnes(texte, NATURES))
    if (de >= (gardees.at(-1)?.fin ?? 0)) gardees.push({ genre: genreDe(nature), debut: de, fin: de + passage.length, extrait: passage });
  return gardees;
}

/** What others read. `trouvailles`: of this text, where it was read already. */
export function masquer(texte: string, trouvailles: readonly Trouvaille[] = detecter(texte)): string {
  let masque = '';
  let ou = 0;
  for (const t of trouvailles) {
    masque += texte.slice(ou, t.debut) + GENRES[t.genre].masque;
    ou = t.fin;
  }
  return masque + texte.slice(ou);
}

/** « un nom de personne (« Mme Martin ») et une plaque d’immatriculation (« AB-123-CD ») ». */
export function direTrouvailles(trouvailles: readonly Trouvaille[], m: Mots = FR): string {
  const dits = trouvailles.map((t) => `${m[GENRES[t.genre].dit]} (« ${t.extrait} »)`);
  if (m !== FR) return dits.join(', ');
  return dits.length < 2 ? dits.join('') : `${dits.slice(0, -1).join(', ')} et ${dits.at(-1)}`;
}
