/** Rights on what help says: everyone reads; the institution of a procedure corrects it, the coordination too. */
import { auTravail, type Contient, type Droit, permis, permisPourLaSienne, type Utilisateur } from '../../core/authorize.ts';

export interface DemarcheVisee {
  tenuPar: readonly string[];
  /** Cards of the contract that its system serves. */
  fiches: readonly string[];
}
type Personne = Utilisateur | null;

/** It holds for the whole contract: a mandate of one territory does not reach it. */
export const peutCorriger = (u: Personne, d: DemarcheVisee, contient?: Contient): boolean =>
  permis(u, ['coordination'], { fiche: d.fiches }, contient) ||
  permisPourLaSienne(u, ['pilote', 'producteur', 'signataire'], { organisationId: d.tenuPar, fiche: d.fiches }, contient);

/** Conditions and direct lines: partners at work, never the public. */
export const peutLireReserve = (u: Personne): boolean => auTravail(u);

/** Numbers of help and their hours are the whole contract’s. */
export const peutVerifier = (u: Personne): boolean => permis(u, ['coordination'], {});

export const DROITS: readonly Droit[] = [
  {
    objet: 'Démarche d’orientation',
    action: 'corriger ce que le public lit et ce qui est réservé aux professionnels',
    permis: (u, s) => peutCorriger(u, { tenuPar: [s.organisationId], fiches: [s.fiche] }),
  },
  { objet: 'Numéros d’aide', action: 'dire qu’ils ont été vérifiés', permis: (u) => peutVerifier(u) },
  { objet: 'Démarche d’orientation', action: 'lire les conditions et les lignes directes', permis: (u) => peutLireReserve(u) },
];
export const ACTES = { 'demarche.corrigee': 'démarche d’orientation corrigée', 'numero.verifie': 'numéro d’aide vérifié' } as const;
