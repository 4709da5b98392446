/**
 * Before the week-end, from the day that the contract says: where nobody is on duty, to those who keep the lists there. Told once for each week-end, whatever the
 * day on which it can be: a server that slept on that day tells it on the next.
 */
import { jourDe } from '../../../core/clock.ts';
import { type Db, inTransaction } from '../../../core/base/database.ts';
import { ajouterCourriels } from '../../../core/courrier/mail.ts';
import { fuseauEnVigueur } from '../../../core/fuseau.ts';
import { jourEtHeure, pluriel } from '../../../ui/typographie.ts';
import { listComptes } from '../../comptes/index.ts';
import { getCatalogue } from '../../contrats/index.ts';
import { plusJours } from '../../echeances/index.ts';
import { estPrevenuDesTrous } from '../alertes.policy.ts';
import { libelleDeFonction, placesAttendues, quiTiennent } from '../reglement/reglement.ts';
import type { Reglement } from '../reglement/reglement.schema.ts';
import * as q from './astreintes.queries.ts';
import { couverturesDe, finDeSemaine, type Manque, resteDe } from './astreintes.rules.ts';

/** First day on which the holes of this week-end are told. */
const premierJour = (r: Reglement, debut: Date): string => plusJours(jourDe(debut), -((r.astreintes.de.jour - r.astreintes.prevenir + 7) % 7));

export async function direLesTrous(db: Db, o: { contratId: number; reglement: Reglement; adresse: string; maintenant: Date }): Promise<string> {
  const { contratId, reglement: r, maintenant } = o;
  const laFin = finDeSemaine(r, maintenant, fuseauEnVigueur());
  const finDeSemaineDu = jourDe(laFin.debut);
  if (jourDe(maintenant) < premierJour(r, laFin.debut)) return 'pas encore';
  if (await q.trousDits(db, contratId, finDeSemaineDu)) return 'déjà dit';
  const cat = await getCatalogue(db, contratId);
  const dans = resteDe(laFin, maintenant);
  const places = placesAttendues(
    r,
    cat.racine.id,
    cat.enfants(cat.racine.id).map((t) => t.id),
  );
  const inscrits = quiTiennent(r, cat, await q.listInscrits(db, contratId));
  const manques = couverturesDe(places, inscrits, await q.listCreneaux(db, contratId, dans), dans).filter((m) => m.libres.length > 0);
  const { ouverts } = await listComptes(db, contratId, maintenant);
  const dire = (m: Manque): string[] =>
    m.libres.map(
      (l) =>
        `- ${libelleDeFonction(r, m.fonction)}, ${cat.territoires.get(m.territoire)?.nom ?? m.territoire} : du ${jourEtHeure(l.debut)} au ${jourEtHeure(l.fin)}`,
    );
  const lettres = ouverts.flatMap((u) => {
    const siens = manques.filter((m) => estPrevenuDesTrous(u, m.territoire, cat));
    if (siens.length === 0) return [];
    const texte = [
      `Bonjour ${u.nom},`,
      'Cette fin de semaine, personne n’est d’astreinte ici :',
      siens.flatMap(dire).join('\n'),
      `${o.adresse}/alertes/astreintes`,
    ].join('\n\n');
    return [{ a: u.courriel, sujet: 'Trous d’astreinte de la fin de semaine', texte, objet: '/alertes/astreintes' }];
  });
  const dit = await inTransaction(db, { contratId }, async (tx) => {
    const premier = await q.noterTrousDits(tx, contratId, finDeSemaineDu, { quand: maintenant, trous: manques.length, lettres: lettres.length });
    if (premier) await ajouterCourriels(tx, contratId, lettres);
    return premier;
  });
  if (!dit) return 'déjà dit';
  return `${pluriel(manques.length, 'trou')}, ${pluriel(lettres.length, 'lettre')}`;
}
