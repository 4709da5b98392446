import { fuseauEnVigueur } from '../core/fuseau.ts';

export const FINE = '\u202f';
export const INSECABLE = '\u00a0';

const decimales = (n: number) => new Intl.NumberFormat('fr-FR', { minimumFractionDigits: 0, maximumFractionDigits: n, useGrouping: true });
const formats = [decimales(0), decimales(1), decimales(2), decimales(3)];

/** 1234.56 → « 1 234,6 ». A negative number takes the true minus sign. */
export function nombre(valeur: number, maxDecimales = 1): string {
  const format = formats[Math.max(0, Math.min(3, maxDecimales))] ?? decimales(1);
  // -0,04 rounds to « -0 »: a zero has no sign.
  const texte = format
    .format(valeur)
    .replace(/[\u00a0\u202f ]/g, FINE)
    .replace('-', '−');
  return texte === '−0' ? '0' : texte;
}

/** Of a hundred, in whole: all and nothing are said only when they are so, never by rounding. */
export function pourcentDit(part: number, total: number): number {
  if (part >= total) return total > 0 ? 100 : 0;
  return part <= 0 ? 0 : Math.min(99, Math.max(1, Math.round((part / total) * 100)));
}

/** Of a hundred, with its sign, which never begins a line: « 12 % », « 12,5 % ». */
export const pourcents = (n: number, maxDecimales = 0): string => `${nombre(n, maxDecimales)}${FINE}%`;

/** Units written close to the number (%), or after a no-break space. */
export function avecUnite(valeur: number, unites: string, maxDecimales = 1): string {
  const n = nombre(valeur, maxDecimales);
  const unite = Math.abs(valeur) < 2 ? auSingulier(unites) : unites;
  if (unite === '' || unite === 'nombre' || (Math.abs(valeur) >= 2 && nommeUnDocument(unite))) return n;
  return unite === '%' ? pourcents(valeur, maxDecimales) : `${n}${INSECABLE}${unite}`;
}

/** Units are plural; a singular one (« carte », « bilan », « répartition ») names what is given, not what is counted: « 214 carte » says nothing. */
const nommeUnDocument = (unite: string): boolean => /^[a-zà-ÿ]{4,}$/.test(unite) && !/[sxz]$/.test(unite);

const SANS_SINGULIER = /^(taux|cas|fois|mois|pays|temps|avis|accès|procès|parcours|recours|concours|secours|refus|succès|bus)$/;
/** Units are catalogued in the plural (« élèves », « prises en charge »); under two, French takes the singular. */
function auSingulier(unite: string): string {
  return unite
    .split(' ')
    .map((mot, rang, mots) => {
      const complement = mots.slice(0, rang).some((m) => INVARIABLES.has(m) && m !== 'et' && m !== 'ou');
      if (complement || SANS_SINGULIER.test(mot)) return mot;
      if (/aux$/.test(mot)) return mot.replace(/(e?)aux$/, (_, e: string) => (e ? 'eau' : 'al'));
      return /[a-zà-ÿ]{2}s$/.test(mot) ? mot.slice(0, -1) : mot;
    })
    .join(' ');
}

/** Two figures of one thing, one period after the other. */
export interface Variation {
  avant: number;
  apres: number;
  unite: string;
}
/** Under that, or beyond twice more, a percentage misleads: the two figures speak. */
const PETIT_NOMBRE = 20;
const POURCENT_MAX = 200;

/** How a change may be told: nothing, points between two shares, a percentage between numbers that bear one, else the two numbers. */
type Changement = { genre: 'rien' | 'points' | 'pourcent'; texte: string } | { genre: 'nombres' };
function changement({ avant, apres, unite }: Variation): Changement {
  if (nombre(avant) === nombre(apres)) return { genre: 'rien', texte: 'inchangé' };
  const signe = apres > avant ? '+' : '';
  if (unite === '%') return { genre: 'points', texte: `${signe}${nombre(apres - avant)}${INSECABLE}${accorder(apres - avant, 'point')}` };
  const pct = avant === 0 ? Number.POSITIVE_INFINITY : ((apres - avant) / Math.abs(avant)) * 100;
  if (Math.min(Math.abs(avant), Math.abs(apres)) < PETIT_NOMBRE || Math.abs(pct) > POURCENT_MAX) return { genre: 'nombres' };
  return nombre(pct) === '0' ? { genre: 'rien', texte: 'stable' } : { genre: 'pourcent', texte: `${signe}${pourcents(pct, 1)}` };
}

/** « +12 % », « −3,5 % », « 2 puis 23 » for small numbers, « +3,5 points » between two shares, « inchangé ». */
export function evolution(v: Variation): string {
  const c = changement(v);
  return c.genre === 'nombres' ? `${nombre(v.avant)} puis ${nombre(v.apres)}` : c.texte;
}

/** A change large enough to be judged: neither nothing, nor a few more or less of a small number. */
export const estUnChangement = (v: Variation): boolean => ['points', 'pourcent'].includes(changement(v).genre);

/** Two values of the same months, one year after the other. */
export interface Comparee extends Variation {
  periode: string;
  precedente: string;
}
/**
 * « janvier à octobre : 34, contre 36 » beside a figure of the running year; « +12 % par rapport à 2024 » or « contre 6 en 2024 » beside
 * the figure that it speaks of; « 2025 : 41, contre 36 en 2024 » in the first days of a year. With `evolution`, the only words of a change.
 */
export function direComparaison(v: Comparee, montree: string): string {
  const c = changement(v);
  const dire = (n: number) => (v.unite === '%' ? pourcents(n, 1) : nombre(n));
  const [quand, alors] = [formatPeriode(v.periode), formatPeriode(v.precedente)];
  if (v.periode === montree) return c.genre === 'nombres' ? `contre ${dire(v.avant)} en ${alors}` : `${c.texte} par rapport à ${alors}`;
  const part = c.genre === 'points' || c.genre === 'pourcent' ? ` (${c.texte})` : '';
  const sienne = v.periode.slice(0, 4) === montree.slice(0, 4);
  return `${sienne ? sansAnnee(quand) : quand}${INSECABLE}: ${dire(v.apres)}, contre ${dire(v.avant)}${sienne ? '' : ` en ${alors}`}${part}`;
}
const sansAnnee = (texte: string): string => texte.replace(/ \d{4}$/, '');
/** « janvier à octobre », « 1er semestre ». */
export const formatMois = (periode: string): string => sansAnnee(formatPeriode(periode));

/** « 1er », « 1re », « 2e ». */
export const ordinal = (n: number, genre: 'm' | 'f' = 'm'): string => (n === 1 ? (genre === 'f' ? '1re' : '1er') : `${n}e`);

/** French plural starts at two; an irregular plural is given. « 0 séance », « 2 séances », « 1 200 séances ». */
export function pluriel(n: number, singulier: string, plurielIrregulier?: string): string {
  return `${nombre(n)}${INSECABLE}${accorder(n, singulier, plurielIrregulier)}`;
}

/** « 2 sur 11 », on one line. */
export const surTotal = (n: number, total: number): string => [nombre(n), 'sur', nombre(total)].join(INSECABLE);

/** The word alone, agreed with the number: each word of the group takes its plural. */
export function accorder(n: number, singulier: string, plurielIrregulier?: string): string {
  if (Math.abs(n) < 2) return singulier;
  return plurielIrregulier ?? singulier.split(' ').map(auPluriel).join(' ');
}

const INVARIABLES = new Set(['de', 'du', 'des', 'd’une', 'd’un', 'à', 'en', 'par', 'pour', 'sur', 'avec', 'et', 'ou', 'au', 'aux', 'la', 'le', 'les']);
function auPluriel(mot: string, rang: number, mots: readonly string[]): string {
  // After a preposition (« fiche de suivi ») the complement does not agree.
  const complement = mots.slice(0, rang).some((m) => INVARIABLES.has(m) && m !== 'et' && m !== 'ou');
  if (complement || INVARIABLES.has(mot) || /[sxz]$/.test(mot)) return mot;
  if (/(eau|eu)$/.test(mot)) return `${mot}x`;
  if (/al$/.test(mot)) return `${mot.slice(0, -2)}aux`;
  return `${mot}s`;
}

const MOIS = ['janvier', 'février', 'mars', 'avril', 'mai', 'juin', 'juillet', 'août', 'septembre', 'octobre', 'novembre', 'décembre'] as const;
const MOIS_COURTS = ['janv.', 'févr.', 'mars', 'avr.', 'mai', 'juin', 'juil.', 'août', 'sept.', 'oct.', 'nov.', 'déc.'] as const;
const SEMAINE = ['dimanche', 'lundi', 'mardi', 'mercredi', 'jeudi', 'vendredi', 'samedi'] as const;

interface Morceaux {
  annee: string;
  mois: string;
  quantieme: number;
}
function decouper(iso: string): Morceaux | null {
  const m = /^(\d{4})-(\d{2})-(\d{2})/.exec(iso);
  if (!m?.[1] || !m[2] || !m[3]) return null;
  const nom = MOIS[Number(m[2]) - 1];
  return nom ? { annee: m[1], mois: nom, quantieme: Number(m[3]) } : null;
}
const quantieme = (n: number): string => (n === 1 ? '1er' : String(n));

/** '2026-07-01' → « 1er juillet 2026 ». What is not a day is given back as it is. */
export function jour(iso: string, options: { annee?: boolean; semaine?: boolean } = {}): string {
  const d = decouper(iso);
  if (!d) return iso;
  const fin = options.annee === false ? '' : ` ${d.annee}`;
  const debut = options.semaine ? `${SEMAINE[new Date(`${iso.slice(0, 10)}T12:00:00Z`).getUTCDay()]} ` : '';
  return `${debut}${quantieme(d.quantieme)}${INSECABLE}${d.mois}${fin}`;
}

/** '2026-07-01' → « 01/07/2026 », for dense tables. */
export function jourCourt(iso: string): string {
  const m = /^(\d{4})-(\d{2})-(\d{2})/.exec(iso);
  return m ? `${m[3]}/${m[2]}/${m[1]}` : iso;
}

/** 'HH:MM' or 'HH:MM:SS' → « 14 h 30 », « 9 h ». */
export function heure(hm: string): string {
  const m = /^(\d{1,2}):(\d{2})/.exec(hm);
  if (!m) return hm;
  const minutes = m[2] === '00' ? '' : `${INSECABLE}${m[2]}`;
  return `${Number(m[1])}${INSECABLE}h${minutes}`;
}

const horloges = new Map<string, Intl.DateTimeFormat>();
/** `YYYY-MM-DD HH:mm` on the wall clock of the contract being served. */
function surLHorloge(moment: Date): string {
  const timeZone = fuseauEnVigueur();
  const connue =
    horloges.get(timeZone) ??
    new Intl.DateTimeFormat('sv-SE', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit' });
  horloges.set(timeZone, connue);
  return connue.format(moment);
}
/** A moment (Date or ISO with zone), told by the contract's clock: « 14 juillet 2026 à 9 h 05 ». */
export function jourEtHeure(moment: Date | string): string {
  const date = typeof moment === 'string' ? new Date(moment) : moment;
  if (Number.isNaN(date.getTime())) return String(moment);
  const [j = '', h = ''] = surLHorloge(date).split(' ');
  return `${jour(j)} à ${heure(h)}`;
}

/** A moment as two fields of a form say it, by the contract's clock: `YYYY-MM-DD` and `HH:mm`. */
export function champsDuMoment(moment: Date): { jour: string; heure: string } {
  const [j = '', h = ''] = surLHorloge(moment).split(' ');
  return { jour: j, heure: h };
}
/** `YYYY-MM-DD HH:mm` by the contract's clock. */
export const isoEtHeureDuMoment = (moment: Date): string => surLHorloge(moment);
/** The day of a moment, by the contract's clock: « 14 juillet 2026 », and as `YYYY-MM-DD`. */
export const isoDuMoment = (moment: Date): string => surLHorloge(moment).slice(0, 10);
export const heureDuMoment = (moment: Date): string => heure(surLHorloge(moment).slice(11));
export const jourDuMoment = (moment: Date): string => jour(isoDuMoment(moment));
/**
 * An hour among others: alone on the day of `ref` (today, where a page is read; null, on what is kept or printed), with its day otherwise.
 * « 9 h 05 », « 14 juillet 2026, 9 h 05 ».
 */
export const moment = (t: Date, ref: Date | null): string =>
  ref && isoDuMoment(t) === isoDuMoment(ref) ? heureDuMoment(t) : `${jourDuMoment(t)}, ${heureDuMoment(t)}`;
/** The same in a sentence: « à 9 h 05 », « le 14 juillet 2026 à 9 h 05 ». */
export const aQuelMoment = (t: Date, ref: Date | null): string =>
  ref && isoDuMoment(t) === isoDuMoment(ref) ? `à ${heureDuMoment(t)}` : `le ${jourEtHeure(t)}`;

/** '2026-07' → « juillet 2026 ». */
export function mois(iso: string, options: { annee?: boolean; court?: boolean } = {}): string {
  const m = /^(\d{4})-(\d{2})/.exec(iso);
  const texte = m ? (options.court ? MOIS_COURTS : MOIS)[Number(m[2]) - 1] : undefined;
  if (!m || !texte) return iso;
  return options.annee === false ? texte : `${texte} ${m[1]}`;
}

/** '2026' | '2026-S1' | '2026-T3' | '2026-07' | '2026-01..2026-10' in words. */
export function formatPeriode(periode: string, court = false): string {
  const [debut = '', fin] = periode.split('..');
  if (fin) return `${mois(debut, { annee: false, court })} à ${mois(fin, { court })}`;
  const m = /^(\d{4})(?:-([ST])(\d))?$/.exec(periode);
  if (!m) return mois(periode, { court });
  if (!m[2]) return periode;
  if (court) return `${m[2]}${m[3]} ${m[1]}`;
  return `${ordinal(Number(m[3]))} ${m[2] === 'S' ? 'semestre' : 'trimestre'} ${m[1]}`;
}

/** Puts the narrow no-break space before ; : ? ! » and after «, and in the thousands of a typed text. */
export function espacer(texte: string): string {
  return texte
    .replace(/'/g, '’')
    .replace(/[ \u00a0\u202f]+([;?!»])/g, `${FINE}$1`)
    .replace(/[ \u00a0\u202f]+:(?=\s|$)/g, `${FINE}:`)
    .replace(/«[ \u00a0\u202f]+/g, `«${FINE}`)
    .replace(/(\d)[ \u00a0](?=\d{3}(?!\d))/g, `$1${FINE}`)
    .replace(/(\d)[ \u00a0]%/g, `$1${FINE}%`);
}

/** « a », « a et b », « a, b et c ». */
export function enumerer(mots: readonly string[], liaison = 'et'): string {
  if (mots.length < 2) return mots[0] ?? '';
  return `${mots.slice(0, -1).join(', ')} ${liaison} ${mots.at(-1)}`;
}

/** 12345 → « 12 ko ». */
export function octets(n: number): string {
  if (n < 1000) return `${nombre(n)}${INSECABLE}octets`;
  if (n < 1_000_000) return `${nombre(n / 1000, 0)}${INSECABLE}ko`;
  return `${nombre(n / 1_000_000, 1)}${INSECABLE}Mo`;
}

/** Minutes → « 45 min », « 2 h 05 », « 3 jours ». */
export function duree(minutes: number, enJours = true): string {
  const m = Math.round(minutes);
  if (m < 60) return `${m}${INSECABLE}min`;
  if (enJours && m >= 2880) return pluriel(Math.round(m / 1440), 'jour');
  const reste = m % 60;
  return `${Math.floor(m / 60)}${INSECABLE}h${reste === 0 ? '' : `${INSECABLE}${String(reste).padStart(2, '0')}`}`;
}

/** A label within a sentence: « Personnes reçues » becomes « personnes reçues », an acronym stays. */
export const minuscule = (t: string): string => (/^\p{Lu}\p{Ll}/u.test(t) ? t.charAt(0).toLowerCase() + t.slice(1) : t);
/** Capital on the first letter, for a label made of other words. */
export const capitale = (texte: string): string => texte.charAt(0).toUpperCase() + texte.slice(1);

const MASCULINS =
  /^(rectorat|parquet|ministère|ministre|secrétariat|centre|conseil|comité|service|pôle|tribunal|juge|syndicat|réseau|samu|groupe|groupement|bureau|cabinet|commissariat|département|médecin|préfet|procureur|maire|rassemblement|fonds|collège|lycée|dispositif|planning|barreau|collectif|laboratoire|défenseur|premier|crous|gip)$/i;
const FEMININS =
  /^(préfecture|ville|mairie|direction|sous-direction|délégation|mission|brigade|cellule|police|maison|protection|fédération|division|caisse|section|salle|plateforme|permanence|maraude|ligue|région|métropole|justice|gendarmerie|coordination|fondation|société|cour|commission|commune|rectrice|procureure|compagnie|circonscription|haute)$/i;
const ELIDES =
  /^(association|unité|équipe|observatoire|agence|état|état-major|hôpital|établissement|office|officier|ordre|académie|institut|école|université|inspection|union|espace|antenne|administration|assistance|armée|élu|acteur|organisateur|opérateur|aide|atelier|hôtel-dieu)$/i;
const PLURIELS =
  /^(acteurs|référents|structures|professionnels|élus|volontaires|travailleurs|responsables|représentants|psychologues|policiers|points|parents|organisateurs|médiateurs|lits|bailleurs|opérateurs|signataires|mairies|agents|coordonnateurs|intervenants|autorités|gardiennes|amicales|entreprises|grandes|douanes)$/i;

/** A name after « de »: « du Rectorat de Paris », « de la Préfecture de Police », « de l’Agence… », « des Référents… », « d’Umay ». */
export function de(nom: string): string {
  const article = /^(le|la|les|l’|l')(?:\s+|(?<=[’']))(.*)$/i.exec(nom);
  if (article) {
    const [, mot = '', reste = ''] = article;
    const a = mot.toLowerCase();
    if (a === 'le') return `du ${reste}`;
    if (a === 'les') return `des ${reste}`;
    return a === 'la' ? `de la ${reste}` : `de l’${reste}`;
  }
  const premier = /^[\p{L}-]+/u.exec(nom)?.[0] ?? '';
  const singulier = premier.replace(/(?<=[a-zà-ÿ]{3})s$/, '');
  if (PLURIELS.test(premier) || (singulier !== premier && (MASCULINS.test(singulier) || FEMININS.test(singulier) || ELIDES.test(singulier))))
    return `des ${nom}`;
  if (MASCULINS.test(premier)) return `du ${nom}`;
  if (FEMININS.test(premier)) return `de la ${nom}`;
  if (ELIDES.test(premier)) return `de l’${nom}`;
  return /^[aeiouyàâäéèêëîïôöùûü]/i.test(nom) ? `d’${nom}` : `de ${nom}`;
}
