/** Everything that is owed, in one list: the façade. */
export { accorder, accorderTout, ouvrirLaNouvelle } from './accorder.ts';
export { ajouterMois, grouper, plusJours } from './echeances.rules.ts';
export { type EcheanceDeCalendrier, listEcheancesDuCalendrier, listEcheancesRapportees } from './echeances.journee.ts';
export { listEcheances } from './echeances.queries.ts';
export { libelleDuGenre, objetDit } from './genres.ts';
export type { Adresses, Attendue, Destinataire, Dues, Echeance, Lecteur, Prevenir, Source } from './echeances.types.ts';
export { annoncerRappel, type RappelAnnonce } from './rappels/annonce.ts';
export { envoyerRappels, relancer } from './rappels/rappels.ts';
export {
  arrives,
  AVANCEMENTS,
  type Avancement,
  avancementDe,
  CODES_AVANCEMENT,
  type ComptesDAvancement,
  dus,
  estUnAvancement,
  part,
} from './avancement.rules.ts';
export {
  additionnerAvancement,
  type Axe,
  compterAvancement,
  type LigneDAvancement,
  listMoisDeDettes,
  type MoisDeDettes,
} from './avancement.queries.ts';
export { requeteDesEcheances } from './echeances.queries.ts';
export { joursEntre } from './echeances.rules.ts';
export { compterRappels, type RappelsPartis } from './rappels/partis.queries.ts';
