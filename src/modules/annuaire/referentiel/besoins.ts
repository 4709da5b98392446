/**
 * What people come for, in plain words: the codes that addresses, cards and the help pages share. `thematiques`: the same in the words of
 * data·inclusion v1, so that a service imported by its themes is found by the need. A theme that serves several needs is given to each.
 */
export const BESOINS = {
  'violences-couple': { cle: 'n1', libelle: 'Violences dans le couple ou la famille', thematiques: ['famille--surmonter-conflits-separation-violence'] },
  'violences-sexuelles': { cle: 'n2', libelle: 'Violences sexuelles', thematiques: ['sante--sante-sexuelle'] },
  victime: {
    cle: 'n3',
    libelle: 'Victime d’une infraction',
    thematiques: ['difficultes-administratives-ou-juridiques--prendre-en-compte-une-problematique-judiciaire'],
  },
  discrimination: {
    cle: 'n18',
    libelle: 'Discrimination, racisme, haine',
    thematiques: ['difficultes-administratives-ou-juridiques--connaitre-ses-droits-face-a-une-discrimination'],
  },
  enfance: { cle: 'n4', libelle: 'Enfant en danger', thematiques: [] },
  harcelement: { cle: 'n5', libelle: 'Harcèlement', thematiques: [] },
  traite: { cle: 'n6', libelle: 'Prostitution, traite des êtres humains', thematiques: [] },
  addictions: { cle: 'n7', libelle: 'Drogues, alcool, addictions', thematiques: ['sante--addictions'] },
  hebergement: { cle: 'n8', libelle: 'Hébergement', thematiques: ['logement-hebergement--rechercher-une-solution-dhebergement-temporaire'] },
  'sante-mentale': { cle: 'n9', libelle: 'Santé mentale, écoute', thematiques: ['sante--sante-mentale'] },
  radicalisation: { cle: 'n10', libelle: 'Radicalisation', thematiques: [] },
  'derives-sectaires': { cle: 'n11', libelle: 'Dérives sectaires', thematiques: [] },
  cyber: { cle: 'n12', libelle: 'Internet, téléphone, arnaques', thematiques: [] },
  plainte: { cle: 'n13', libelle: 'Porter plainte', thematiques: [] },
  droits: {
    cle: 'n19',
    libelle: 'Connaître ses droits',
    thematiques: ['difficultes-administratives-ou-juridiques--accompagnement-pour-lacces-aux-droits'],
  },
  parentalite: { cle: 'n14', libelle: 'Parents, éducation', thematiques: ['famille--soutien-a-la-parentalite-et-a-leducation'] },
  tranquillite: { cle: 'n15', libelle: 'Voisinage, tranquillité', thematiques: [] },
  jeunes: { cle: 'n16', libelle: 'Jeunes', thematiques: [] },
  seniors: { cle: 'n17', libelle: 'Seniors, aidants', thematiques: ['famille--soutien-aidants', 'famille--prise-en-charge-personne-dependante'] },
  // Apart: who was beaten and looks for a place must not be led to where those who beat are followed.
  auteurs: { cle: 'n20', libelle: 'Ne plus être violent', thematiques: [] },
} as const satisfies Record<string, { cle: string; libelle: string; thematiques: readonly string[] }>;

export type Besoin = keyof typeof BESOINS;
export const CODES_BESOINS = Object.keys(BESOINS) as Besoin[];
export const estUnBesoin = (code: string): code is Besoin => Object.hasOwn(BESOINS, code);
/** What an address says of a need: nothing that the history of a browser would tell. The code is understood too. */
export const cleDuBesoin = (code: string): string => (estUnBesoin(code) ? BESOINS[code].cle : code);
const PAR_CLE = new Map<string, Besoin>(CODES_BESOINS.map((b) => [BESOINS[b].cle, b]));
export const besoinDit = (dit: string): string => (estUnBesoin(dit) ? dit : (PAR_CLE.get(dit) ?? ''));
export const direBesoin = (code: string): string => (estUnBesoin(code) ? BESOINS[code].libelle : code);
export const OPTIONS_BESOINS = CODES_BESOINS.map((b) => ({ valeur: b as string, libelle: BESOINS[b].libelle as string }));
/** The same for a search: what is chosen stands in the address. */
export const BESOINS_CHERCHES = CODES_BESOINS.map((b) => ({ valeur: BESOINS[b].cle as string, libelle: BESOINS[b].libelle as string }));

/** Publics that are a need by themselves. */
const PAR_PUBLIC: Readonly<Record<string, Besoin>> = { jeunes: 'jeunes', seniors: 'seniors' };

/** Needs that themes and publics of data·inclusion answer to. */
export const besoinsDe = (thematiques: readonly string[], publics: readonly string[]): Besoin[] =>
  CODES_BESOINS.filter((b) => BESOINS[b].thematiques.some((t) => (thematiques as readonly string[]).includes(t)) || publics.some((p) => PAR_PUBLIC[p] === b));
/** Themes under which a service with these needs is exported, beside those it has. */
export const thematiquesDe = (besoins: readonly string[]): string[] => [...new Set(besoins.flatMap((b) => (estUnBesoin(b) ? BESOINS[b].thematiques : [])))];
