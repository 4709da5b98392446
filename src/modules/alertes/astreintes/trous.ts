/** Before the week-end, the day that the contract says: where nobody is on duty, to those who keep the lists there. */
import { jourDe } from '../../../core/clock.ts';
import { type Db, inTransaction } from '../../../core/base/database.ts';
import { ajouterCourriels } from '../../../core/courrier/mail.ts';
import { fuseauEnVigueur } from '../../../core/fuseau.ts';
import { jourEtHeure, pluriel } from '../../../ui/typographie.ts';
import { listComptes } from '../../comptes/index.ts';
import { getCatalogue } from '../../contrats/index.ts';
import { estPrevenuDesTrous } from '../alertes.policy.ts';
import { libelleDeFonction, placesAttendues, quiTiennent } from '../reglement/reglement.ts';
import type { Reglement } from '../reglement/reglement.schema.ts';
import * as q from './astreintes.queries.ts';
import { couverturesDe, finDeSemaine, type Manque } from './astreintes.rules.ts';

const estLeJour = (r: Reglement, maintenant: Date): boolean => (new Date(`${jourDe(maintenant)}T12:00:00Z`).getUTCDay() || 7) === r.astreintes.prevenir;

export async function direLesTrous(db: Db, o: { contratId: number; reglement: Reglement; adresse: string; maintenant: Date }): Promise<string> {
  const { contratId, reglement: r, maintenant } = o;
  if (!estLeJour(r, maintenant)) return 'pas aujourd’hui';
  const cat = await getCatalogue(db, contratId);
  const dans = finDeSemaine(r, maintenant, fuseauEnVigueur());
  const places = placesAttendues(
    r,
    cat.racine.id,
    cat.enfants(cat.racine.id).map((t) => t.id),
  );
  const inscrits = quiTiennent(r, cat, await q.listInscrits(db, contratId));
  const manques = couverturesDe(places, inscrits, await q.listCreneaux(db, contratId, dans), dans).filter(
    (m) => m.libres.length > 0,
  );
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
  await inTransaction(db, { contratId }, (tx) => ajouterCourriels(tx, contratId, lettres));
  return `${pluriel(manques.length, 'trou')}, ${pluriel(lettres.length, 'lettre')}`;
}
