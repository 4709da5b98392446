/** Its words in the journal. */
export const ACTES = { 'retard.raison': 'raison d’un retard publiée', 'retard.raison_retiree': 'raison d’un retard retirée' };
