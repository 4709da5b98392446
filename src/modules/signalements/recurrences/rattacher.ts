/** A new report near a place that comes back joins it; a place that was closed is followed again, and those who asked are told. */
import { cheminDeDemande } from '../demandes/identifiants.ts';
import { auteurDe, ecrire, type Ou, ouvrirContact, parDe, type Services } from '../demandes/lettres.ts';
import {
  addEvenementDeRecurrence,
  getRecurrence,
  lierALaRecurrence,
  listSuiveursDuLieu,
  type Recurrence,
  setOubliDesSuiveurs,
  updateRecurrence,
} from './recurrences.queries.ts';

type Recue = { id: string; lecteurs: readonly string[] | null };

/** `proche`: the nearest one of its kind. */
export async function rattacher(c: Ou, s: Services, proche: Pick<Recurrence, 'id' | 'lecteurs'>, d: Recue): Promise<void> {
  // What is reserved to some never joins what others read.
  if ((proche.lecteurs === null) !== (d.lecteurs === null)) return;
  const r = await getRecurrence(c.db, c.contrat.id, proche.id, true);
  if (!r) return;
  await lierALaRecurrence(c.db, c.contrat.id, r.id, [d.id], c.maintenant);
  const rouverte = r.closeLe !== null;
  const rang = await updateRecurrence(c.db, c.contrat.id, r, rouverte ? { closeLe: null, effaceApres: null, retours: r.retours + 1 } : {}, parDe(c));
  await addEvenementDeRecurrence(c.db, c.contrat.id, r.id, {
    rang,
    quand: c.maintenant,
    acte: rouverte ? 'rouverte' : 'signalement',
    lien: cheminDeDemande(d.id),
    organisationId: auteurDe(c).organisationId,
  });
  if (!rouverte) return;
  await setOubliDesSuiveurs(c.db, c.contrat.id, r.id, null);
  await ecrireAuxSuiveurs(c, s, r, 'Un lieu que vous suivez est de nouveau signalé', ['Un nouveau signalement y a été fait : le lieu est suivi de nouveau.']);
}

/** Says that something happened, never where: a mailbox is read by others. Returns to how many. */
export async function ecrireAuxSuiveurs(
  c: Ou,
  s: Services,
  r: Pick<Recurrence, 'id'>,
  sujet: string,
  phrases: readonly string[],
  seuls = false,
): Promise<number> {
  const suiveurs = await listSuiveursDuLieu(c.db, c.contrat.id, r.id, seuls);
  const adresses = suiveurs.flatMap((x) => ouvrirContact(s, x.contact) ?? []);
  for (const a of adresses) await ecrire(c, s, a, r.id, sujet, phrases, `${s.adresse}/suivi (avec le code reçu à l’envoi)`, undefined);
  return adresses.length;
}
