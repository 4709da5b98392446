/**
 * What a free text may give away of somebody, found by rules on this machine: nothing leaves it, nothing learns. It finds words that look
 * like a name, a plate, a telephone, an address of mail, a health condition or an insult; it misses what looks like none of them and may
 * flag what is harmless, so that it asks and never decides alone. What it flags is masked wherever others than the services read. Pure.
 */
import { presDUnAge } from '../../documents/index.ts';
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

const MAJ = 'A-ZÀÂÄÇÉÈÊËÎÏÔÖÙÛÜŸŒÆ';
const MIN = 'a-zàâäçéèêëîïôöùûüÿœæ';
/** « Dupont », « Le Goff », « d’Arc », « Lévy-Bruhl ». */
const PROPRE = `[${MAJ}][${MIN}]+(?:[-’'][${MAJ}]?[${MIN}]+)*`;
const NOM = `(?:(?:de|du|des|d’|d'|le|la|Le|La|De|El|Ben|Van)[ ]?)?(?:${PROPRE}|[${MAJ}]{2,}(?:-[${MAJ}]{2,})*)`;
/** Before a common noun, a title says nobody: « Madame la maire », « Monsieur le gardien ». */
const CIVILITE = `(?:M\\.|MM\\.|Mr\\.?|Mme|Mmes|Mlle|Monsieur|Madame|Mademoiselle|Maître|Docteur|Dr\\.?|monsieur|madame|docteur)`;
/** Given names frequent in France, alone or before a family name: those that are also common words, months or places are left out. */
const PRENOMS = [
  ...['Adam', 'Adrien', 'Agathe', 'Ahmed', 'Alain', 'Alexandre', 'Alexis', 'Alice', 'Ali', 'Aline', 'Amadou', 'Amélie', 'Aminata', 'Anaïs', 'André', 'Anne'],
  ...['Antoine', 'Arnaud', 'Arthur', 'Aurélie', 'Axel', 'Benjamin', 'Bernard', 'Brigitte', 'Bruno', 'Camille', 'Caroline', 'Catherine', 'Cécile', 'Cédric'],
  ...['Céline', 'Chantal', 'Charlotte', 'Christelle', 'Christian', 'Christine', 'Christophe', 'Claire', 'Clément', 'Corinne', 'Damien', 'Daniel', 'Delphine'],
  ...['Didier', 'Dominique', 'Élise', 'Élodie', 'Emma', 'Emmanuel', 'Éric', 'Estelle', 'Étienne', 'Fabien', 'Fabrice', 'Fatima', 'Fatou', 'Florent', 'Franck'],
  ...['Frédéric', 'Gabriel', 'Gaëlle', 'Geneviève', 'Gérard', 'Gilles', 'Grégory', 'Guillaume', 'Hassan', 'Hélène', 'Hugo', 'Ibrahim', 'Inès', 'Isabelle'],
  ...[
    'Jacques',
    'Jean',
    'Jérôme',
    'Jessica',
    'Joël',
    'Jonathan',
    'Joseph',
    'Julie',
    'Julien',
    'Karim',
    'Karine',
    'Kévin',
    'Khadija',
    'Laura',
    'Laurence',
    'Laurent',
  ],
  ...[
    'Léa',
    'Lionel',
    'Louise',
    'Lucas',
    'Lucie',
    'Ludovic',
    'Mamadou',
    'Manon',
    'Marc',
    'Marie',
    'Marion',
    'Martine',
    'Mathieu',
    'Mathilde',
    'Matthieu',
    'Maxime',
  ],
  ...[
    'Mehdi',
    'Mélanie',
    'Michel',
    'Michèle',
    'Mickaël',
    'Mohamed',
    'Mohammed',
    'Monique',
    'Moussa',
    'Nadia',
    'Nathalie',
    'Nathan',
    'Nicolas',
    'Nicole',
    'Nora',
  ],
  ...[
    'Olivier',
    'Ousmane',
    'Pascal',
    'Patricia',
    'Patrick',
    'Paul',
    'Pauline',
    'Philippe',
    'Pierre',
    'Quentin',
    'Rachid',
    'Raphaël',
    'Rémi',
    'Robert',
    'Romain',
  ],
  ...['Sabrina', 'Samir', 'Samuel', 'Sandrine', 'Sarah', 'Sébastien', 'Séverine', 'Simon', 'Sofiane', 'Sonia', 'Sophie', 'Stéphane', 'Stéphanie', 'Sylvie'],
  ...[
    'Théo',
    'Thierry',
    'Thomas',
    'Tristan',
    'Valérie',
    'Véronique',
    'Victor',
    'Vincent',
    'Virginie',
    'Xavier',
    'Yacine',
    'Yann',
    'Yannick',
    'Youssef',
    'Yves',
    'Zoé',
  ],
];
/** Common words when they are in capitals. */
const COMMUNS: readonly string[] = ['Pierre', 'Claire'];
/**
 * A street, a square, a school bear the names of people: « rue Jean Jaurès » names a place. Right before the name, with its articles and no
 * other word between, or with a rank (« rue du Général Leclerc »); what stands before either is a place whatever its capitals.
 */
const LIEUX = [
  ...['rue', 'avenue', 'av', 'boulevard', 'bd', 'place', 'quai', 'passage', 'impasse', 'allée', 'square', 'cours', 'villa', 'cité', 'pont', 'porte', 'parc'],
  ...['jardin', 'métro', 'station', 'gare', 'école', 'collège', 'lycée', 'gymnase', 'stade', 'résidence', 'hôpital', 'église', 'crèche', 'foyer', 'théâtre'],
  ...['centre', 'saint', 'sainte', 'st', 'ste', 'médiathèque', 'bibliothèque', 'piscine', 'terrain', 'esplanade', 'promenade', 'conservatoire', 'musée'],
  ...['cinéma', 'université', 'ludothèque', 'boulodrome', 'halle', 'quartier'],
];
const SANS_CASSE = LIEUX.map((l) => `[${l.charAt(0)}${l.charAt(0).toUpperCase()}]${l.slice(1)}|${l.toUpperCase()}`).join('|');
const LIEU_AVANT = new RegExp(
  `(?<![\\p{L}])(?:${SANS_CASSE})\\.?[ -](?:(?:du|de|des|la|le|les|de la)[ ]|l[’']|d[’'])*(?:(?:Général|Maréchal|Colonel|Docteur|Président|Saint|Sainte|${PROPRE})[ -])?$`,
  'u',
);

/** `partout`: even after the name of a kind of place. */
const REGLES: readonly { genre: GenreDeTrouvaille; motif: RegExp; partout?: true }[] = [
  { genre: 'courriel', motif: /[\p{L}\p{N}._%+-]+\s?(?:@|\(at\)|\[at\]|\sarobase\s)\s?[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+/giu },
  // French numbers, grouped by two or joined; other countries with their sign.
  { genre: 'telephone', motif: /(?<![\d])(?:(?:\+|00)\s?33\s?(?:\(0\)\s?)?|0)[1-9](?:[\s.\-/]?\d{2}){4}(?!\d)/g },
  { genre: 'telephone', motif: /(?<![\d])(?:\+|00)(?!\s?33)[1-9]\d{0,2}(?:[\s.-]?\d{2,4}){3,5}(?!\d)/g },
  // Since 2009 (AB-123-CD, without I, O, U), and before (1234 AB 75).
  { genre: 'plaque', motif: /(?<![\p{L}\d])[A-HJ-NP-TV-Z]{2}[\s-]?\d{3}[\s-]?[A-HJ-NP-TV-Z]{2}(?![\p{L}\d])/giu },
  { genre: 'plaque', motif: /(?<![\p{L}\d])\d{2,4}\s?[A-Z]{2,3}\s?(?:\d{2}|2[AB]|97[1-6])(?![\p{L}\d])/gu },
  {
    genre: 'nom',
    motif: new RegExp(`(?<![\\p{L}])${CIVILITE}[ ](?!(?:le|la|les|l’|l')[ ]?[${MIN}])(?:${PROPRE}[ ])?${NOM}(?:[ ][${MAJ}]{2,})?`, 'gu'),
    partout: true,
  },
  { genre: 'nom', motif: new RegExp(`(?:s[’']appelle(?:nt)?|se nomme|nommée?|prénommée?|surnommée?|du nom de|dénommée?)[ ](?:${PROPRE})(?:[ ]${NOM})?`, 'gu') },
  { genre: 'nom', motif: new RegExp(`(?<![\\p{L}-])(?:${PRENOMS.join('|')})(?:-(?:${PRENOMS.join('|')}))?(?:[ ]${NOM})?(?![\\p{L}])`, 'gu') },
  // « KARIM BENALI », all in capitals; not where the first name is a common word too (« PIERRE JETÉE »).
  {
    genre: 'nom',
    motif: new RegExp(
      `(?<![\\p{L}-])(?:${PRENOMS.filter((p) => !COMMUNS.includes(p))
        .join('|')
        .toUpperCase()})(?:[ ][${MAJ}]{2,}(?:-[${MAJ}]{2,})*)?(?![\\p{L}])`,
      'gu',
    ),
  },
  // « Durand Paul » and « Paul DURAND »: a capitalised word beside one written in capitals.
  { genre: 'nom', motif: new RegExp(`(?<![\\p{L}])${PROPRE}[ ][${MAJ}]{3,}(?:-[${MAJ}]{2,})*(?![\\p{L}])`, 'gu') },
  {
    genre: 'sante',
    motif:
      /(?<!\p{L})(?:schizophr[èe]ne?s?|schizophrénie|bipolaires?|bipolarité|séropositi(?:f|fs|ve|ves)|vih|sida|cancer|dépressi(?:f|fs|ve|ves)|alzheimer|épilep(?:sie|tiques?)|autis(?:me|tes?)|psychoti(?:que|ques)|psychose|trisomi(?:e|ques?)|hépatite|diabétiques?|handicapée?s? menta(?:l|le|ux|les)|malade menta(?:l|le)|malades mentaux|toxicomanes?|alcooliques?|sous traitement|en psychiatrie|hospitalisée? d[’']office)(?!\p{L})/giu,
  },
  {
    genre: 'insulte',
    motif:
      /(?<!\p{L})(?:connards?|connasses?|salopes?|salauds?|encul[ée]s?|putes?|fils de pute|fdp|batards?|bâtards?|bougnoules?|négros?|bicots?|youpins?|pédés?|tarlouzes?|tapettes?|gouines?|racailles?|ordures? humaines?|sales? (?:arabes?|noirs?|juifs?|roms?|gitans?|chinois|blancs?|étrangers?)|abrutis?|débiles?|crétins?)(?!\p{L})/giu,
  },
];

/** In the order of the text, none over another: what begins first, then what is longer. */
export function detecter(texte: string): Trouvaille[] {
  if (texte === '') return [];
  const toutes: Trouvaille[] = [];
  for (const { genre, motif, partout } of REGLES)
    for (const m of texte.matchAll(motif)) {
      if (genre === 'nom' && !partout && LIEU_AVANT.test(texte.slice(Math.max(0, m.index - 60), m.index))) continue;
      toutes.push({ genre, debut: m.index, fin: m.index + m[0].length, extrait: m[0] });
    }
  toutes.push(...presDUnAge(texte).map((n): Trouvaille => ({ genre: 'nom', debut: n.de, fin: n.a, extrait: texte.slice(n.de, n.a) })));
  toutes.sort((a, b) => a.debut - b.debut || b.fin - a.fin);
  const gardees: Trouvaille[] = [];
  for (const t of toutes) if (t.debut >= (gardees.at(-1)?.fin ?? 0)) gardees.push(t);
  return gardees;
}

/** What others read. */
export function masquer(texte: string): string {
  let masque = '';
  let ou = 0;
  for (const t of detecter(texte)) {
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
