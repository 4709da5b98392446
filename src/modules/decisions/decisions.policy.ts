/** Who follows decisions. Who reads them and who keeps what made them is said by their origin. */
import { type Contient, type Droit, limitesDe, permis, permisPourLaSienne, ROLES_METIER, type Utilisateur } from '../../core/authorize.ts';

/** Tells how a decision goes on: whoever keeps what made it, and the organisation in charge, by a mandate that covers the decision. */
export const peutSuivre = (
  u: Utilisateur | null,
  d: { responsableId: string; territoireId: string; fiche: string | null },
  tient: boolean,
  contient: Contient,
): boolean => tient || permisPourLaSienne(u, ROLES_METIER, { organisationId: d.responsableId, territoireId: d.territoireId, fiche: d.fiche }, contient);

/** Writes the target that a decision sets on a figure of a fiche, there: its pilot, or the central coordination. */
export const peutCibler = (u: Utilisateur | null, v: { fiche: string; territoireId: string }, contient: Contient): boolean =>
  permis(u, ['coordination', 'pilote'], v, contient);

/** Mandates by which this person follows what is entrusted to their organisation; for lists, which write it in SQL. */
export const limitesDeSuivi = (u: Utilisateur) => limitesDe(u, ROLES_METIER).filter((m) => !m.registre);

const egal: Contient = (mandat, territoire) => mandat === territoire;
export const DROITS: readonly Droit[] = [
  {
    objet: 'Décisions',
    action: 'suivre celles confiées à son organisation',
    permis: (u, s) => peutSuivre(u, { responsableId: s.organisationId, territoireId: s.territoireId, fiche: s.fiche }, false, egal),
  },
  { objet: 'Cibles', action: 'inscrire celle qu’une décision fixe', permis: (u, s) => peutCibler(u, { fiche: s.fiche, territoireId: s.territoireId }, egal) },
];
