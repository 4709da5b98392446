/**
 * Closed lists that are the same for every contract: what the law or the national administration fixes (school levels, priority
 * zones), plain logic (day or night, minors or adults), and the states that the code itself reads. What names the bodies, services,
 * plans, places or priorities of a town is in `contrats/<slug>/listes.yaml`, and a field names it by its key (`liste: 'themes'`).
 * A code is never renamed nor removed: records and formulas hold it. Labels may improve.
 */
import type { OptionListe } from './definition.ts';

/** Options from `{ code: label }`; the order written is the order shown. */
export function liste(libelles: Readonly<Record<string, string>>): readonly OptionListe[] {
  return Object.entries(libelles).map(([code, libelle]) => ({ code, libelle }));
}

export const TYPES_ETABLISSEMENT = liste({
  ecole: 'École',
  college: 'Collège',
  'lycee-general': 'Lycée général et technologique',
  'lycee-professionnel': 'Lycée professionnel',
  superieur: 'Enseignement supérieur',
  'autre-etablissement': 'Autre établissement',
});

export const TRANCHES_AGE = liste({
  '6-10': '6 à 10 ans',
  '11-14': '11 à 14 ans',
  '15-17': '15 à 17 ans',
  '18-25': '18 à 25 ans',
  '26-64': '26 à 64 ans',
  '65-plus': '65 ans et plus',
  'tous-ages': 'Plusieurs tranches d’âge',
});

export const MAJORITE = liste({ mineurs: 'Mineurs', majeurs: 'Majeurs', tous: 'Mineurs et majeurs' });

/** Whom one met, of which sex. */
export const PUBLIC_RENCONTRE = liste({ femmes: 'Femmes', hommes: 'Hommes', tous: 'Femmes et hommes' });

export const ZONES = liste({
  qpv: 'Quartier prioritaire (QPV)',
  qrr: 'Quartier de reconquête républicaine (QRR)',
  zsp: 'Zone de sécurité prioritaire (ZSP)',
  'hors-zone': 'Hors zone prioritaire',
});

export const PERIODES_SCOLAIRES = liste({
  vacances: 'Vacances scolaires',
  mercredi: 'Mercredi',
  'hors-vacances': 'Autre jour',
});

export const CADRES_ACTION = liste({ ordinaire: 'Activité ordinaire', 'grand-evenement': 'Grand événement' });

export const CRENEAUX = liste({
  journee: 'En journée',
  soiree: 'En soirée',
  'week-end': 'Le week-end',
  'soiree-et-week-end': 'En soirée et le week-end',
});

/** State of a recommendation, from an audit or a walk. */
export const ETATS_PRECONISATION = liste({
  emise: 'Émise',
  acceptee: 'Acceptée',
  programmee: 'Programmée',
  realisee: 'Réalisée',
  ecartee: 'Écartée',
});

/** Judgement on what was built or done after a recommendation. */
export const QUALITES = liste({
  'non-evaluee': 'Pas encore évaluée',
  satisfaisante: 'Satisfaisante',
  partielle: 'Partielle',
  insuffisante: 'Insuffisante',
});

/** Languages in which documents are given, easy French and sign language among them. */
export const LANGUES_DE_SUPPORT = liste({
  fr: 'Français',
  falc: 'Français facile (FALC)',
  lsf: 'Langue des signes (LSF)',
  en: 'Anglais',
  es: 'Espagnol',
  de: 'Allemand',
  it: 'Italien',
  pt: 'Portugais',
  ar: 'Arabe',
  zh: 'Chinois',
  ja: 'Japonais',
  ko: 'Coréen',
  ru: 'Russe',
  uk: 'Ukrainien',
  ro: 'Roumain',
  tr: 'Turc',
  fa: 'Persan',
  ps: 'Pachto',
  bn: 'Bengali',
  ta: 'Tamoul',
  hi: 'Hindi',
  autre: 'Autre langue',
});
