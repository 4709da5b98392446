/** What « Ma journée » says of what is owed. */
import { auTravail } from '../../core/authorize.ts';
import { jourDe } from '../../core/clock.ts';
import type { Emplacement } from '../../core/module.ts';
import { getCatalogue } from '../contrats/index.ts';
import { getJourDesEcheances } from './echeances.journee.ts';
import { EcheancesDuJour } from './pages/EcheancesDuJour.tsx';

export const aFaire: Emplacement<null> = async (c) => {
  const u = c.utilisateur;
  if (!u) return null;
  const catalogue = await getCatalogue(c.db, c.contrat.id);
  const aujourdhui = jourDe(c.maintenant);
  const groupes = await getJourDesEcheances(c.db, { u, contratId: c.contrat.id, catalogue, aujourdhui, maintenant: c.maintenant });
  // Who does not work on the contract is told of something only when there is something.
  if (groupes.length === 0 && !auTravail(u)) return null;
  return { rang: 10, corps: <EcheancesDuJour groupes={groupes} catalogue={catalogue} aujourdhui={aujourdhui} /> };
};
