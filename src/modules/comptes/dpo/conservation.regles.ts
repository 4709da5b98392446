/** What accounts keep, and for how long. */
import { sql } from 'kysely';
import type { Regle } from '../../../core/trace/retention.ts';

export const CONSERVATION: readonly Regle[] = [
  {
    code: 'sessions',
    table: 'sessions',
    libelle: 'Sessions finies depuis plus de 30 jours',
    fondement: 'Une session dure douze heures au plus ; le journal d’audit garde la trace de la connexion.',
    jours: 30,
    age: 'expire_le',
    condition: sql`true`,
    acte: 'supprimer',
    seule: true,
  },
  {
    code: 'liens',
    table: 'liens',
    libelle: 'Invitations et liens de mot de passe expirés depuis plus de 30 jours',
    fondement: 'Un lien expiré n’ouvre plus rien ; le journal d’audit garde la trace de l’invitation.',
    jours: 30,
    age: 'expire_le',
    condition: sql`true`,
    acte: 'supprimer',
    seule: true,
  },
  {
    code: 'demandes',
    table: 'demandes_droits',
    libelle: 'Demandes closes depuis plus de cinq ans, et celles restées sans réponse un an de plus',
    fondement: 'Prescription civile de droit commun (code civil, art. 2224). Nature, dates et issue restent pour le compte ; nom et textes disparaissent.',
    // Five years hold one or two leap days: never a day less.
    jours: 1827,
    age: { fin: 'repondue_le', sinon: 'recue_le', recours: 365 },
    condition: sql`anonymisee_le is null`,
    acte: 'anonymiser',
  },
];
