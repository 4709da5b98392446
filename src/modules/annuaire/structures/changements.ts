/** What a write changed, in words: for the history of a card, and for who is told of it. Pure. */
const CHAMPS: Readonly<Record<string, string>> = {
  nom: 'nom',
  description: 'présentation',
  adresse: 'adresse',
  complement: 'complément',
  code_postal: 'code postal',
  commune: 'commune',
  telephone: 'téléphone',
  courriel: 'courriel',
  site_web: 'site',
  horaires: 'horaires',
  venir: 'comment venir',
  langues: 'langues',
  accessibilite: 'accessibilité',
  siret: 'SIRET',
  longitude: 'longitude',
  latitude: 'latitude',
  territoire_id: 'territoire',
  organisation_id: 'organisme',
  parente_id: 'permanence de',
  etat: 'en ligne',
  lieu_sur: 'refuge',
  label: 'label',
  correspondant_nom: 'correspondant',
  correspondant_courriel: 'courriel du correspondant',
  code_insee: 'code de la commune',
};
const dire = (v: unknown): string => (Array.isArray(v) ? v.join(', ') : v === true ? 'oui' : v === false ? 'non' : String(v ?? '')) || 'vide';

/** Of who keeps the place, only that it changed is kept. */
export const direChangement = (champ: string, a: unknown, b: unknown): string =>
  `${CHAMPS[champ] ?? champ} : ${a === null && b === null && champ.startsWith('correspondant_') ? 'changé' : `${dire(a)} → ${dire(b)}`}`;
