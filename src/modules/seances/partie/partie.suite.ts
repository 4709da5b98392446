/** A session moves or is given up: its reserved part does too, and its members are told. Nothing of it is shown to who did so. */
import type { Contexte } from '../../../core/http/http.ts';
import { pourSeance } from '../../instances/index.ts';
import { deplacent, motsDe } from '../preparation/cadre.ts';
import { envoyerAnnulation, envoyerConvocations } from '../preparation/convocation.ts';
import { lireEnvoi, parDe } from '../preparation/preparation.contexte.ts';
import { markAnnulee, markJoints, syncParticipants, updateSeance } from '../preparation/seances.queries.ts';
import type { SeanceChargee } from '../seances.contexte.ts';
import { getPartie, getSeance, type Seance } from '../seances.queries.ts';
import type { ServicesSeances } from '../seances.services.ts';
import { suivreSeance } from '../suivre.ts';
import { retirerPlace } from './partie.queries.ts';

const enPreparation = (s: Seance): boolean => s.etat === 'preparation' || s.etat === 'convoquee';
const envoiDe = (c: Contexte, s: SeanceChargee, partie: Seance) => lireEnvoi(c, { ...s, seance: partie, instance: pourSeance(s.instance, partie) });

/** Called once the session is written. */
export async function deplacerPartie(c: Contexte, services: ServicesSeances, s: SeanceChargee): Promise<void> {
  const partie = await getPartie(c.db, c.contrat.id, s.seance.id);
  const seance = await getSeance(c.db, c.contrat.id, s.seance.id);
  if (!partie || !seance || !enPreparation(partie)) return;
  const mots = { ...motsDe(seance), mot: partie.mot };
  const bouge = seance.jour !== partie.jour || seance.heure !== partie.heure || deplacent(partie, mots);
  if (!bouge) return;
  const { id, version, instanceId, titre, dureeMinutes } = partie;
  const quand = seance.jour && seance.heure ? { jour: seance.jour, heure: seance.heure } : {};
  const convoquee = partie.etat === 'convoquee';
  await updateSeance(c.db, { contratId: c.contrat.id, id, version }, { titre, dureeMinutes, ...mots, ...quand }, convoquee, parDe(c));
  if (convoquee) {
    await syncParticipants(c.db, c.contrat.id, { id, instanceId, jour: seance.jour ?? '' }, c.maintenant);
    await envoyerConvocations(c, services, await envoiDe(c, s, (await getPartie(c.db, c.contrat.id, s.seance.id)) ?? partie), 'deplacee');
    await markJoints(c.db, c.contrat.id, id, c.maintenant);
  }
  await suivreSeance(c, partie);
}

/** Of a session, its part goes with it; of a part alone, the session keeps nothing in its place. */
export async function annulerPartie(c: Contexte, services: ServicesSeances, s: SeanceChargee): Promise<void> {
  if (s.seance.partieDe !== null) return retirerPlace(c.db, c.contrat.id, s.seance);
  const partie = await getPartie(c.db, c.contrat.id, s.seance.id);
  if (!partie || !enPreparation(partie)) return;
  const motif = 'La séance dont elle est une partie est annulée.';
  await markAnnulee(c.db, c.contrat.id, partie.id, motif, c.maintenant);
  const apres = await getSeance(c.db, c.contrat.id, partie.id);
  if (partie.etat === 'convoquee' && apres) await envoyerAnnulation(c, services, await envoiDe(c, s, apres), motif, false);
  await suivreSeance(c, partie);
}
