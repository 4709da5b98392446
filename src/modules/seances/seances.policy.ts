/** Rights on sessions, beside those on their body: one line each. */
import { auTravail, type Contient, type Droit, type Utilisateur } from '../../core/authorize.ts';
import { type Cadre, cadreEssaye, egal, type EtatSeance, peutLireSeances, peutTenir, siegeDans } from '../instances/index.ts';

type Personne = Utilisateur | null;

/** Approves minutes: who presides, or their substitute. */
export const peutApprouver = (u: Personne, c: Pick<Cadre, 'sieges'>): boolean => siegeDans(u, c, 'president');

/** Proposes a correction of draft minutes: who was there or was represented, while the window is open. */
export const peutAmender = (u: Personne, o: { etat: EtatSeance; present: boolean; ouverteJusqua: string | null; aujourdhui: string }): boolean =>
  auTravail(u) && o.etat === 'relecture' && o.present && o.ouverteJusqua !== null && o.aujourdhui <= o.ouverteJusqua;

/** Reserves a part of a session, and is named in it: who sits there and presides, or keeps the body. */
export const peutReserver = (u: Personne, c: Cadre, contient: Contient): boolean =>
  !c.reservee && (siegeDans(u, c, 'president') || (siegeDans(u, c) && peutTenir(u, c, contient)));

export const DROITS: readonly Droit[] = [
  { objet: 'Séances', action: 'préparer, tenir, clore', permis: (u, s) => peutTenir(u, cadreEssaye(s, 'partenaires'), egal) },
  { objet: 'Séances', action: 'approuver un relevé sans présider', permis: (u, s) => peutApprouver(u, cadreEssaye(s, 'partenaires')) },
  {
    objet: 'Séances',
    action: 'lire une partie réservée sans y être nommé',
    permis: (u, s) => peutLireSeances(u, { ...cadreEssaye(s, 'restreinte'), reservee: true }, egal),
  },
];
