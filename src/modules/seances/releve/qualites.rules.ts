/** In which quality somebody speaks for a seat, and how pages, minutes and letters say it. Pure. */

/** Who held the chair that day, their substitute, who holds it since, or the substitute of who holds it since: they approve. */
export type VoieDonnee = 'titulaire' | 'suppleant' | 'successeur' | 'suppleant_successeur';
/** And who was convoked to it first, before another person held it that day: they only say that it is not so, beside. */
export type Voie = VoieDonnee | 'convoque_dabord';
/** Anybody but who held it that day. */
export type VoieDAutre = Exclude<Voie, 'titulaire'>;
/** Empty: it was not kept. */
export const voieDAutre = <V extends Voie>(voie: V | ''): Exclude<V, 'titulaire'> | null =>
  voie === '' || voie === 'titulaire' ? null : (voie as Exclude<V, 'titulaire'>);

/** Of who speaks from an address given since: minutes, pages and letters say it after their name. */
export const AILLEURS = 'dont l’adresse n’est pas celle de la convocation';
const DABORD = 'd’abord à ce siège';
/** « confirmée par Anne Roux, en suppléance ». */
export const EN_QUALITE: Readonly<Partial<Record<string, string>>> & Readonly<Record<VoieDAutre, string>> = {
  suppleant: ', en suppléance',
  successeur: ', qui préside désormais',
  suppleant_successeur: ', en suppléance de qui préside désormais',
  convoque_dabord: `, convoqué ${DABORD}`,
};
/** Of who is not named. */
export const SANS_NOM: Readonly<Record<VoieDAutre, string>> = {
  suppleant: 'La suppléance de la présidence',
  successeur: 'La personne qui préside désormais',
  suppleant_successeur: 'La suppléance de qui préside désormais',
  convoque_dabord: `Une personne convoquée ${DABORD}`,
};
/** After a name, of a presence: « , dont l’adresse n’est pas celle de la convocation »; empty of who speaks in their own place. */
export const direVoix = (m: { voie: string; depuis: boolean }): string =>
  m.voie === 'convoque_dabord' ? EN_QUALITE.convoque_dabord : m.depuis ? `, ${AILLEURS}` : '';

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
  titulaire: 'l’approbation donnée en son nom d’une autre adresse',
  suppleant: 'l’approbation donnée par sa suppléance',
  successeur: 'l’approbation donnée par qui préside désormais',
  suppleant_successeur: 'l’approbation donnée en suppléance de qui préside désormais',
};
/** What was approved for a president, and not by them. Null: another noted it. */
export const laquelle = (donnee: VoieDonnee | null): string => (donnee ? LAQUELLE[donnee] : 'l’approbation notée en son nom');
