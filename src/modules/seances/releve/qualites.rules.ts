/** In which quality somebody speaks for a presidency, and how pages, minutes and letters say it. Pure. */

/** Who held the chair that day, their substitute, who holds it since, or the substitute of who holds it since: they approve. */
export type VoieDonnee = 'titulaire' | 'suppleant' | 'successeur' | 'suppleant_successeur';
/** And who was convoked to it first, before another person held it that day: they only contest. */
export type Voie = VoieDonnee | 'convoque_dabord';
/** Anybody but who held it that day. */
export type VoieDAutre = Exclude<Voie, 'titulaire'>;
/** Empty: it was not kept. */
export const voieDAutre = (voie: Voie | ''): VoieDAutre | null => (voie === '' || voie === 'titulaire' ? null : voie);

/** « confirmée par Anne Roux, en suppléance ». */
export const EN_QUALITE: Readonly<Partial<Record<Voie | '', string>>> = {
  suppleant: ', en suppléance',
  successeur: ', qui préside désormais',
  suppleant_successeur: ', en suppléance de qui préside désormais',
  convoque_dabord: ', convoqué d’abord à ce siège',
};
/** Of who is not named. */
export const SANS_NOM: Readonly<Record<VoieDAutre, string>> = {
  suppleant: 'La suppléance de la présidence',
  successeur: 'La personne qui préside désormais',
  suppleant_successeur: 'La suppléance de qui préside désormais',
  convoque_dabord: 'Une personne convoquée d’abord à ce siège',
};
/** Of an approval that names nobody: « donnée en suppléance ». */
const DONNEE: Readonly<Record<VoieDonnee, string>> = {
  titulaire: 'donnée',
  suppleant: 'donnée en suppléance',
  successeur: 'donnée par qui préside désormais',
  suppleant_successeur: 'donnée en suppléance de qui préside désormais',
};
export const direDonnee = (voie: VoieDonnee, depuis: boolean): string =>
  `${DONNEE[voie]}${depuis ? `${voie === 'titulaire' ? '' : ','} d’une adresse qui n’est pas celle de la convocation` : ''}`;
const LAQUELLE: Readonly<Record<VoieDonnee, string>> = {
  titulaire: 'l’approbation donnée en son nom d’une autre adresse que celle de la convocation',
  suppleant: 'l’approbation donnée par sa suppléance',
  successeur: 'l’approbation donnée par qui préside désormais',
  suppleant_successeur: 'l’approbation donnée en suppléance de qui préside désormais',
};
/** What was approved for a president, and not by them. Null: another noted it. */
export const laquelle = (donnee: VoieDonnee | null): string => (donnee ? LAQUELLE[donnee] : 'l’approbation notée en son nom');
