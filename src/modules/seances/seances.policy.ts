/** Rights on sessions, beside those on their body: one line each. */
import { auTravail, type Droit, type Utilisateur } from '../../core/authorize.ts';
import { type Cadre, cadreEssaye, egal, type EtatSeance, peutTenir, siegeDans } from '../instances/index.ts';

type Personne = Utilisateur | null;

/** Approves minutes: who presides, or their substitute. */
export const peutApprouver = (u: Personne, c: Pick<Cadre, 'sieges'>): boolean => siegeDans(u, c, 'president');

/** Proposes a correction of draft minutes: who was there or was represented, while the window is open. */
export const peutAmender = (u: Personne, o: { etat: EtatSeance; present: boolean; ouverteJusqua: string | null; aujourdhui: string }): boolean =>
  auTravail(u) && o.etat === 'relecture' && o.present && o.ouverteJusqua !== null && o.aujourdhui <= o.ouverteJusqua;

export const DROITS: readonly Droit[] = [
  { objet: 'Séances', action: 'préparer, tenir, clore', permis: (u, s) => peutTenir(u, cadreEssaye(s, 'partenaires'), egal) },
  { objet: 'Séances', action: 'approuver un relevé sans présider', permis: (u, s) => peutApprouver(u, cadreEssaye(s, 'partenaires')) },
];
