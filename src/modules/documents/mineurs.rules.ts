/** A name beside an age is a minor's, and goes; one beside a plain word (« jeunes », « élève ») may be, and is asked about. Pure. */
import { APRES_UN_LIEU, CIVILITE, INSTITUTIONS, ORDINAIRES, PRENOMS_AUSSI } from './mineurs.mots.ts';
import { couper } from '../../core/couper.ts';

const MINEUR =
  '(?:mineure?s?|enfants?|élèves?|collégien(?:ne)?s?|lycéen(?:ne)?s?|écoli(?:er|ère)s?|adolescente?s?|ados?|fillettes?|garçons?|gamine?s?|jeunes?)';
const MOTS = new RegExp(`(?<!\\p{L})${MINEUR}(?!\\p{L})`, 'giu');
const LETTRES = 'un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize dix-sept'.split(' ');
const AGE = new RegExp(`(?<![\\p{L}\\d]|\\p{L}-)(\\d{1,2}|${LETTRES.join('|')})\\s?ans(?!\\p{L})`, 'giu');
const NAISSANCE =
  /(?<!\p{L})(?:né(?:e|\(e\)|·e|\.e)?(?:\s(?:le|en))?|(?:date de\s)?naissance\s?:?(?:\sle)?|ddn\s?:?)\s(?:\p{L}+\s)?(?:\d{1,2}(?:er)?[/.\s-](?:\d{1,2}|\p{L}+)[/.\s-])?(\d{4}|\d{2})(?!\d)/giu;
/** A day that is nobody's birth as it stands. */
const JOUR = /(?<!\d)(?:\d{1,2}[/.-]){2}((?:19|20)\d{2})(?!\d)/gu;
/** A time that passes is nobody's age; that of a group is no one person's. */
const DUREE_AVANT =
  /(?<!\p{L})(?:depuis|pendant|durant|sur|dans|après|avant|il y a|tous les|toutes les|pour|en|ces|les|(?:contrat|bail|peine|délai|durée|convention|plan|programme|marché|période|mandat|accord|recul)\sde)\s(?:(?:les|plus de|près de|environ)\s)?$/iu;
const DUREE_APRES = /^\s(?:d[’']|de\s|après|avant|plus t|déjà|environ|maximum|au plus|renouvel)/iu;
const GROUPE_AVANT = /(?:\d|à|et|ou|de\s(?:plus|moins)\sde|moins de|plus de|jusqu’à|dès|partir de)\s?(?:[-–/]\s?)?$/iu;
const GROUPE_APRES = /^\s(?:et plus|et moins|ou plus|ou moins|révolus)/iu;
const QUELQU_UN_AVANT = new RegExp(`(?:\\s|[’'(]|^)${MINEUR}\\s(?:\\p{Ll}+\\s){0,2}(?:âgée?s?\\s)?(?:de|d[’'])\\s?$`, 'iu');

const MOT = /(?<![\p{L}\d])(?:\p{Lu}\p{Ll}+(?:-\p{L}+)*|\p{Lu}{2,}(?:-\p{Lu}+)*|\p{Lu}\.)(?![\p{L}\d])/gu;
const DEBUT_DE_PHRASE = /(?:^|[.!?…:\n])\s*(?:[-–•*«“"]\s*)?$/u;
const FIN_DE_PHRASE = /[!?\n]|\.(?=\s|$)/;
const CIVILITE_AVANT = new RegExp(`${CIVILITE.source}\\s$`, 'u');
const EST_CIVILITE = new RegExp(`^${CIVILITE.source}`, 'u');
/** A noun that opens a sentence has an article: a bare word before a verb is a name. */
const PUIS_UN_VERBE = /^\s(?:a|est|sera|était|avait|aura|aurait|va|vient|dit|habite|fréquente|refuse|demande|doit|peut)\s/u;
const PUIS_L_AGE = /^[\s,;(–—-]*(?:(?:qui\s)?(?:a|aura|avait|est)\s|ayant\s)?(?:âgée?\s(?:de\s|d[’'])|de\s)?$/iu;
const PUIS_LE_NOM = /^[\s,;()–—-]*(?:(?:pré)?nommée?\s|appelée?\s)?$/iu;
/** « lucas, 14 ans », without a capital. */
const MINUSCULE_AVANT = /(?<![\p{L}’'-])(\p{Ll}[\p{Ll}-]{2,})\s?[,(]\s?$/u;
/** How far a name and what tells an age may stand from each other. */
const PRES = 40;
const MAJORITE = 18;
/** What stands before a place of the text, as far as a rule looks. */
const avant = (texte: string, de: number): string => texte.slice(Math.max(0, de - 80), de);

/** `groupe`: « 12 à 17 ans »; `quelqu-un`: « un garçon de 14 ans »; `jour`: a day, in figures. */
interface Signe {
  de: number;
  a: number;
  nature: 'age' | 'groupe' | 'quelqu-un' | 'jour' | 'mot';
}
interface Nom {
  de: number;
  a: number;
  mots: number;
  debut: boolean;
  sigle: boolean;
  /** « quartier Grand Belleville », « accueil de Karim » */
  lieu: boolean;
  civilite: boolean;
}
export interface Trouves {
  /** Named beside an age or a birth: refused. */
  refus: string | null;
  /** Named beside a plain word, or not surely a person: asked about. */
  doutes: string[];
}

const signe = (m: RegExpExecArray, nature: Signe['nature']): Signe => ({ de: m.index, a: m.index + m[0].length, nature });
/** Born at most so many years before that one. */
function estNeDepuisPeu(ecrite: string, annee: number): boolean {
  const siecle = Math.floor(annee / 100) * 100;
  const an = ecrite.length === 4 ? Number(ecrite) : siecle + Number(ecrite) - (siecle + Number(ecrite) > annee ? 100 : 0);
  return an <= annee && annee - an <= MAJORITE;
}
/** Ages and births. `annee`: those of who is grown up by then say nothing; null, all of them do. */
function listAges(texte: string, annee: number | null): Signe[] {
  const ages = [...texte.matchAll(AGE)].flatMap((m): Signe[] => {
    const ecrit = (m[1] ?? '').toLowerCase();
    const ans = Number(ecrit) || LETTRES.indexOf(ecrit) + 1;
    const [devant, suite] = [avant(texte, m.index), texte.slice(m.index + m[0].length, m.index + m[0].length + 20)];
    if (ans >= MAJORITE || DUREE_AVANT.test(devant) || DUREE_APRES.test(suite)) return [];
    if (GROUPE_AVANT.test(devant) || GROUPE_APRES.test(suite)) return [signe(m, 'groupe')];
    return [signe(m, QUELQU_UN_AVANT.test(devant) ? 'quelqu-un' : 'age')];
  });
  const nes = [...texte.matchAll(NAISSANCE)].filter((m) => annee === null || estNeDepuisPeu(m[1] ?? '', annee)).map((m) => signe(m, 'age'));
  return [...ages, ...nes];
}
function listSignes(texte: string, annee: number): Signe[] {
  const jours = [...texte.matchAll(JOUR)].filter((m) => estNeDepuisPeu(m[1] ?? '', annee) && annee - Number(m[1]) > 4).map((m) => signe(m, 'jour'));
  return [...listAges(texte, annee), ...jours, ...[...texte.matchAll(MOTS)].map((m) => signe(m, 'mot'))];
}

const estUnMineur = new RegExp(`^${MINEUR}$`, 'iu');
/** A word with a capital that names nobody. */
export const neNommePas = (mot: string): boolean => {
  const m = mot.toLowerCase();
  return ORDINAIRES.has(m) || INSTITUTIONS.has(m) || estUnMineur.test(m);
};
/** Words with a capital that follow each other, without those that name nobody. */
/** `initiales`: « le jeune K. » is somebody too. */
function listNoms(texte: string, initiales = false): Nom[] {
  const noms: Nom[] = [];
  for (const m of texte.matchAll(MOT)) {
    if (neNommePas(m[0])) continue;
    const dernier = noms.at(-1);
    const a = m.index + m[0].length;
    const suit = dernier && /^[ \u00a0]$/.test(texte.slice(dernier.a, m.index));
    // « M. » opens a name, and ends one: « M. Durand », « Lucas M. ».
    if (!suit && EST_CIVILITE.test(`${m[0]} `)) continue;
    const devant = avant(texte, m.index);
    if (suit) Object.assign(dernier, { a, mots: dernier.mots + 1, sigle: false });
    else
      noms.push({
        de: m.index,
        a,
        mots: 1,
        debut: DEBUT_DE_PHRASE.test(devant) && !PUIS_UN_VERBE.test(texte.slice(a, a + 20)),
        sigle: /^\p{Lu}{2,}$/u.test(m[0]),
        lieu: APRES_UN_LIEU.test(devant),
        civilite: CIVILITE_AVANT.test(devant),
      });
  }
  return initiales ? noms : noms.filter((n) => !/^\p{Lu}\.$/u.test(texte.slice(n.de, n.a)));
}

/** A line all in capitals: one of its words says nothing. */
function crie(texte: string, n: Nom): boolean {
  const fin = texte.indexOf('\n', n.de);
  return !/\p{Ll}/u.test(texte.slice(texte.lastIndexOf('\n', n.de) + 1, fin < 0 ? undefined : fin));
}
const entre = (texte: string, n: Nom, s: Signe): string => texte.slice(Math.min(n.a, s.a), Math.max(n.de, s.de));
const loin = (n: Nom, s: Signe): boolean => s.de > n.a + PRES || n.de > s.a + PRES;
const accole = (texte: string, n: Nom, s: Signe): boolean => !loin(n, s) && (n.a <= s.de ? PUIS_L_AGE : PUIS_LE_NOM).test(entre(texte, n, s));
const proche = (texte: string, n: Nom, s: Signe): boolean => !loin(n, s) && !FIN_DE_PHRASE.test(entre(texte, n, s));

/** Of signs, those that do not stand far from a name; names are asked about in the order of the text. */
function voisins(signes: readonly Signe[]): (n: Nom) => readonly Signe[] {
  const tries = [...signes].sort((a, b) => a.de - b.de);
  let debut = 0;
  return (n) => {
    while (debut < tries.length && (tries[debut]?.a ?? 0) + PRES < n.de) debut++;
    let fin = debut;
    while (fin < tries.length && (tries[fin]?.de ?? 0) <= n.a + PRES) fin++;
    return tries.slice(debut, fin);
  };
}

/** The known names, in small letters: where each stands does not move. */
export function sansLesConnus(texte: string, connus: Iterable<string>): string {
  let lu = texte;
  for (const nom of [...connus].sort((a, b) => b.length - a.length)) {
    for (const forme of new Set([nom, nom.toUpperCase(), nom.replaceAll('’', "'")])) {
      for (let de = lu.indexOf(forme); de !== -1; de = lu.indexOf(forme, de + forme.length)) {
        const bords = `${lu[de - 1] ?? ' '}${lu[de + forme.length] ?? ' '}`;
        if (!/[\p{L}\d]/u.test(bords)) lu = lu.slice(0, de) + forme.toLowerCase() + lu.slice(de + forme.length);
      }
    }
  }
  return lu;
}

/** Right beside an age or a birth, and nothing says that it is a place. */
const estRefuse = (texte: string, n: Nom, signes: readonly Signe[]): boolean =>
  !n.lieu && signes.some((s) => (s.nature === 'age' || (s.nature === 'quelqu-un' && s.a <= n.de)) && accole(texte, n, s));

/** Who may be a minor and is named. `connus`: places and organisations that are nobody. */
export function mineursNommes(texte: string, annee: number, connus: Iterable<string> = []): Trouves {
  const personne = new Set([...connus, ...PRENOMS_AUSSI]);
  const lu = sansLesConnus(texte, personne);
  const signes = listSignes(texte, annee);
  const doutes = new Set<string>();
  const autourDe = voisins(signes);
  for (const n of listNoms(lu)) {
    const nom = texte.slice(n.de, n.a);
    const autour = autourDe(n);
    if (estRefuse(lu, n, autour)) return { refus: nom, doutes: [] };
    if (n.lieu || n.civilite) {
      if (autour.some((s) => s.nature === 'age' && accole(lu, n, s))) doutes.add(nom);
      continue;
    }
    const pres = autour.filter((s) => s.nature !== 'jour' && proche(lu, n, s));
    const sur = n.mots > 1 || (!n.debut && !n.sigle);
    if (sur && pres.some((s) => s.nature === 'age')) return { refus: nom, doutes: [] };
    const demande = sur || (n.sigle && !crie(lu, n));
    if (pres.some((s) => demande || s.nature === 'age' || accole(lu, n, s)) || autour.some((s) => s.nature === 'jour' && accole(lu, n, s))) doutes.add(nom);
  }
  // « Aurore » is an association, and a first name.
  const pres = voisins(signes);
  for (const n of listNoms(texte)) {
    const nom = texte.slice(n.de, n.a);
    if (n.mots === 1 && !n.sigle && personne.has(nom) && pres(n).some((s) => s.nature === 'age' && accole(texte, n, s))) doutes.add(nom);
  }
  for (const s of signes.filter((x) => x.nature === 'age')) {
    const mot = MINUSCULE_AVANT.exec(avant(texte, s.de))?.[1] ?? '';
    if (mot !== '' && !neNommePas(mot)) doutes.add(`${mot}, ${texte.slice(s.de, s.a)}`);
  }
  return { refus: null, doutes: [...doutes] };
}

/** « le cas de Kevin », « la famille Diallo », « le jeune K. »: what is told is told of somebody. */
const DE_QUELQU_UN = new RegExp(
  `(?<!\\p{L})(?:(?:cas|dossiers?|situations?|suivi|placement|audition|fugue|fils|filles?|frères?|sœurs?|père|mère|parents|familles?|neveu|nièce|cousine?s?)\\s(?:de\\s|d[’'])(?:(?:la\\sfamille|la\\sjeune|du\\sjeune)\\s)?|(?:familles?|fils|${MINEUR})\\s(?:(?:pré)?nommée?s?\\s)?)$`,
  'iu',
);
/** « Kevin D. ». */
const PUIS_INITIALE = /\p{Ll}[ \u00a0]\p{Lu}\.$/u;

/** Where a text names somebody, whatever their age: told by words that speak of a person, or by a first name and an initial. */
export function personnesDites(texte: string, connus: Iterable<string> = []): { de: number; a: number }[] {
  const lu = sansLesConnus(texte, connus);
  return listNoms(lu, true).filter((n) => {
    const dit = DE_QUELQU_UN.test(avant(lu, n.de));
    const initiale = PUIS_INITIALE.test(lu.slice(n.de, n.a));
    return !n.lieu && !(n.sigle && n.a - n.de > 1 && /(?:de\s|d[’'])$/iu.test(avant(lu, n.de))) && (dit || initiale);
  });
}

/** Everybody that `mineursNommes` refuses or asks about, not the first alone. */
export function mineursPossibles(texte: string, annee: number, connus: Iterable<string> = []): string[] {
  const personne = [...connus];
  const noms = new Set<string>();
  let lu = texte;
  for (let t = mineursNommes(lu, annee, personne); ; t = mineursNommes(lu, annee, personne)) {
    for (const nom of t.refus ? [t.refus] : t.doutes) noms.add(nom);
    if (!t.refus || noms.size > 50) return [...noms].filter((nom) => texte.includes(nom));
    lu = lu.replaceAll(t.refus, '·'.repeat(t.refus.length));
  }
}

/** A file says who it is about in its name too: « Lucas_Martin-14-ans.pdf ». */
export function mineursDuFichier(nom: string, annee: number, connus: Iterable<string> = []): Trouves {
  const mots = nom.replace(/\.[\p{L}\d]{1,5}$/u, '').replace(/[_+.-]+/g, ' ');
  const trouves = mineursNommes(mots, annee, connus);
  const age = listAges(mots, annee).some((s) => s.nature === 'age');
  return trouves.refus || trouves.doutes.length > 0 || !age ? trouves : { refus: null, doutes: [couper(mots, 80)] };
}

/** Where a text names somebody right beside an age under eighteen, or a birth. */
export function presDUnAge(texte: string): { de: number; a: number }[] {
  const signes = listAges(texte, null).filter((s) => s.nature !== 'groupe');
  if (signes.length === 0) return [];
  const autour = voisins(signes);
  return listNoms(texte).filter((n) => estRefuse(texte, n, autour(n)));
}
