/** What a link points to. */

/** A record that another points to, as far as whoever asks may know of it. */
export interface CibleConnue {
  id: string;
  registre: string;
  titre: string;
  jour: string;
  statut: 'publie' | 'retire';
  idExterne: string | null;
  /** May the person who asks read it? Its title is shown to nobody else. */
  lisible: boolean;
}
