/** One event, one room: those that are open around, shown before another opens; and two that were opened, joined. */
import type { Contexte } from '../../../core/http/http.ts';
import { sql } from 'kysely';
import { code } from '../../../core/trace/details.ts';
import { jourEtHeure } from '../../../ui/typographie.ts';
import type { Catalogue } from '../../contrats/index.ts';
import { appliquerFaits } from '../../indicateurs/index.ts';
import { solderLesNotes } from '../fil/fil.dus.ts';
import { listCentres } from '../centres/centres.queries.ts';
import type { Chargee } from '../crises.contexte.ts';
import { peutConduire, peutEntrer } from '../crises.policy.ts';
import { listSallesOuvertes } from '../crises.queries.ts';
import { sourceCrises } from '../crises.source.ts';
import { noter } from '../main-courante/ecrire.ts';
import { dejaEcrit, phrase, su } from '../main-courante/phrase.rules.ts';
import { finirEnCours, lireEnCours } from '../suites/en-cours.ts';
import { addActeur, setEtat, setJointe } from './salle.queries.ts';

type SalleOuverte = Awaited<ReturnType<typeof listSallesOuvertes>>[number];
const memeSecteur = (cat: Catalogue, a: string, b: string): boolean => cat.contient(a, b) || cat.contient(b, a);

/** Writers of one contract take turns: the second sees the room of the first. */
export const chacunSonTour = (c: Pick<Contexte, 'db' | 'contrat'>): Promise<unknown> =>
  sql`select pg_advisory_xact_lock(hashtextextended(${`ouvrir une salle|${c.contrat.id}`}, 0))`.execute(c.db);

/** Open there, of that nature, and that this person may enter. */
export async function sallesAutour(c: Contexte, cat: Catalogue, o: { territoireId: string; exercice: boolean }): Promise<SalleOuverte[]> {
  return (await listSallesOuvertes(c.db, c.contrat.id)).filter(
    (k) => k.exercice === o.exercice && memeSecteur(cat, k.territoireId, o.territoireId) && peutEntrer(c.utilisateur, k, cat.contient),
  );
}
/** Those that this one may be joined to: led by the same person. */
export const candidatesDe = async (c: Contexte, k: Chargee): Promise<SalleOuverte[]> =>
  k.conduit && k.crise.etat === 'ouverte'
    ? (await sallesAutour(c, k.cat, k.crise)).filter((x) => x.id !== k.crise.id && peutConduire(c.utilisateur, x, k.cat.contient))
    : [];

/** Why it cannot be joined, and what to do; null when it can. What counts or holds people stays where it counts them. */
export async function empecheDeJoindre(c: Contexte, k: Chargee): Promise<string | null> {
  if ((await listCentres(c.db, c.contrat.id, k.crise.id)).length > 0)
    return 'Cette salle a des centres, et ce qu’ils comptent reste avec elle : joignez plutôt l’autre salle à celle-ci.';
  const { dehors } = await lireEnCours(c, k);
  return dehors > 0 ? 'Des moyens de cette salle sont encore dehors : dites-les rendus, ou joignez plutôt l’autre salle à celle-ci.' : null;
}

/** `k` ends in `vers`: its organisations enter there, both main courantes say so, it counts no more. The caller holds both. */
export async function joindre(c: Contexte, k: Chargee, vers: SalleOuverte): Promise<void> {
  const u = c.utilisateur;
  const ids = [k.crise.id];
  const ouverte = su(jourEtHeure(k.crise.ouverteLe));
  for (const { organisationId, territoireId, entite } of k.acteurs)
    await addActeur(c.db, c.contrat.id, vers.id, { organisationId, territoireId, entite }, { nom: u?.nom ?? '', quand: c.maintenant });
  await noter(c, k.crise.id, {
    classe: 'decision',
    contenu: phrase`Même événement que la salle « ${dejaEcrit(vers.titre, k.cat.sigles)} » : celle-ci se clôt, la suite s’écrit dans l’autre.`,
  });
  await appliquerFaits(c.db, c.contrat.id, sourceCrises.nom, { ids }, -1);
  await finirEnCours(c, k, undefined);
  await setEtat(c.db, c.contrat.id, k.crise.id, 'close', c.maintenant);
  await setJointe(c.db, c.contrat.id, k.crise.id, vers.id);
  await solderLesNotes(c.db, c.contrat.id, k.crise.id, c.maintenant);
  await noter(c, vers.id, {
    classe: 'information',
    contenu: phrase`La salle « ${dejaEcrit(k.crise.titre, k.cat.sigles)} », ouverte le ${ouverte} pour le même événement, rejoint celle-ci : ses organisations y entrent, ses entrées restent chez elle.`,
  });
  await c.auditer('crise.jointe', `/crises/${k.crise.id}`, { vers: code(vers.id) });
}
