/**
 * What people come for, in plain words: the codes that addresses, cards and the help pages share. `thematiques`: the same in the words of
 * data·inclusion v1, so that a service imported by its themes is found by the need. A theme that serves several needs is given to each.
 */
export const BESOINS = {
  'violences-couple': { libelle: 'Violences dans le couple ou la famille', thematiques: ['famille--surmonter-conflits-separation-violence'] },
  'violences-sexuelles': { libelle: 'Violences sexuelles', thematiques: ['sante--sante-sexuelle'] },
  victime: { libelle: 'Victime d’une infraction', thematiques: ['difficultes-administratives-ou-juridiques--prendre-en-compte-une-problematique-judiciaire'] },
  discrimination: {
    libelle: 'Discrimination, racisme, haine',
    thematiques: ['difficultes-administratives-ou-juridiques--connaitre-ses-droits-face-a-une-discrimination'],
  },
  enfance: { libelle: 'Enfant en danger', thematiques: [] },
  harcelement: { libelle: 'Harcèlement', thematiques: [] },
  traite: { libelle: 'Prostitution, traite des êtres humains', thematiques: [] },
  addictions: { libelle: 'Drogues, alcool, addictions', thematiques: ['sante--addictions'] },
  hebergement: { libelle: 'Hébergement', thematiques: ['logement-hebergement--rechercher-une-solution-dhebergement-temporaire'] },
  'sante-mentale': { libelle: 'Santé mentale, écoute', thematiques: ['sante--sante-mentale'] },
  radicalisation: { libelle: 'Radicalisation', thematiques: [] },
  'derives-sectaires': { libelle: 'Dérives sectaires', thematiques: [] },
  cyber: { libelle: 'Internet, téléphone, arnaques', thematiques: [] },
  plainte: { libelle: 'Porter plainte', thematiques: [] },
  droits: {
    libelle: 'Connaître ses droits',
    thematiques: ['difficultes-administratives-ou-juridiques--accompagnement-pour-lacces-aux-droits'],
  },
  parentalite: { libelle: 'Parents, éducation', thematiques: ['famille--soutien-a-la-parentalite-et-a-leducation'] },
  tranquillite: { libelle: 'Voisinage, tranquillité', thematiques: [] },
  jeunes: { libelle: 'Jeunes', thematiques: [] },
  seniors: { libelle: 'Seniors, aidants', thematiques: ['famille--soutien-aidants', 'famille--prise-en-charge-personne-dependante'] },
} as const satisfies Record<string, { libelle: string; thematiques: readonly string[] }>;

export type Besoin = keyof typeof BESOINS;
export const CODES_BESOINS = Object.keys(BESOINS) as Besoin[];
export const estUnBesoin = (code: string): code is Besoin => Object.hasOwn(BESOINS, code);
export const direBesoin = (code: string): string => (estUnBesoin(code) ? BESOINS[code].libelle : code);
export const OPTIONS_BESOINS = CODES_BESOINS.map((valeur) => ({ valeur: valeur as string, libelle: BESOINS[valeur].libelle as string }));

/** Publics that are a need by themselves. */
const PAR_PUBLIC: Readonly<Record<string, Besoin>> = { jeunes: 'jeunes', seniors: 'seniors' };

/** Needs that themes and publics of data·inclusion answer to. */
export const besoinsDe = (thematiques: readonly string[], publics: readonly string[]): Besoin[] =>
  CODES_BESOINS.filter((b) => BESOINS[b].thematiques.some((t) => (thematiques as readonly string[]).includes(t)) || publics.some((p) => PAR_PUBLIC[p] === b));
/** Themes under which a service with these needs is exported, beside those it has. */
export const thematiquesDe = (besoins: readonly string[]): string[] => [...new Set(besoins.flatMap((b) => (estUnBesoin(b) ? BESOINS[b].thematiques : [])))];
