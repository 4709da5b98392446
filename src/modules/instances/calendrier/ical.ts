/** Placeholder while the calendar is being written. */
export interface Invite {
  nom: string;
  courriel: string;
  role: 'president' | 'membre' | 'invite';
  reponse: 'accepte' | 'provisoire' | 'refuse' | null;
}
export interface Invitation {
  methode: 'REQUEST' | 'CANCEL';
  uid: string;
  sequence: number;
  titre: string;
  jour: string;
  heure: string;
  dureeMinutes: number;
  fuseau?: string;
  lieu: string;
  description: string;
  url: string;
  organisateur: { nom: string; courriel: string };
  invites: readonly Invite[];
  confidentielle: boolean;
  creeLe: Date;
}
export const buildInvitation = (i: Invitation): string => i.uid;
