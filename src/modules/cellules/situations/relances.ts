/**
 * What is late is told, in words that name nobody: an orientation without answer, to who decided it, then to every member and to who made
 * the cell; a person, or parents, who are still not informed, the same way; a request of a person, a read in emergency that nobody reviewed. One cell at a time: what
 * fails in one keeps no other silent. Then each month, for as long as something waits.
 */
import { plusJours } from '../../../core/jours.ts';
import { type Db, inTransaction } from '../../../core/base/database.ts';
import { jourDe } from '../../../core/clock.ts';
import { avertir } from '../../../core/courrier/mail.ts';
import { listExamensDepasses, setExamensRelances } from '../acceleree/acceleree.queries.ts';
import { listARevoir, setRevueRelancee } from '../acces/acces.queries.ts';
import { type Cellule, getOuverts, listCellules, listMembres } from '../cellule/cellule.queries.ts';
import { listDemandesEnRetard, setDemandesRelancees } from '../droits/droits.queries.ts';
import { estEnAttente, listInformationsDepassees, setInformationsRelancees, setRelancee } from './informations.queries.ts';
import { listSilences, setRelance } from './orientations.queries.ts';

/** Days between the first reminder and that of everyone. */
const ESCALADE_JOURS = 7;
/** Days after which what still waits is told again. */
const ENCORE_JOURS = 30;
interface Moment {
  contratId: number;
  adresse: string;
  maintenant: Date;
}

export async function relancer(db: Db, o: Moment): Promise<number> {
  let dites = 0;
  const echecs: unknown[] = [];
  for (const cellule of await listCellules(db, o.contratId))
    await inTransaction(db, { contratId: o.contratId }, (tx) => relancerUne(tx, cellule, o)).then(
      (n) => {
        dites += n;
      },
      (e: unknown) => echecs.push(e),
    );
  if (echecs.length > 0) throw new AggregateError(echecs, `${echecs.length} cellules n’ont pas pu être relancées ; ${dites} relances faites.`);
  return dites;
}

async function relancerUne(tx: Db, cellule: Cellule, o: Moment): Promise<number> {
  const aujourdhui = jourDe(o.maintenant);
  const membres = (await listMembres(tx, o.contratId, cellule.id)).filter(
    (m) => m.excluLe === null && m.boite !== null && m.debut <= aujourdhui && (m.fin === null || m.fin >= aujourdhui),
  );
  const ouverts = await getOuverts(tx, [...membres.map((m) => m.compteId), cellule.creeePar, ...(cellule.dureesPar ? [cellule.dureesPar] : [])]);
  const presents = membres.filter((m) => ouverts.has(m.compteId));
  const tous = presents.map((m) => m.compteId);
  /** The account that composed the cell, that decided its durations. */
  const garants = [cellule.creeePar, ...(cellule.dureesPar ? [cellule.dureesPar] : [])].filter((x) => ouverts.has(x));
  /** Its author; everyone when the author has left. Nobody there: nothing was told. */
  const auxAuteurs = (auteurs: readonly string[]): string[] => {
    const la = presents.filter((m) => auteurs.includes(m.id)).map((m) => m.compteId);
    return la.length < new Set(auteurs).size ? tous : la;
  };
  const dire = async (comptes: readonly string[], page = ''): Promise<boolean> => {
    for (const compte of new Set(comptes)) await avertir(tx, compte, `${o.adresse}/cellules/${cellule.id}${page}`);
    return comptes.length > 0;
  };
  let dites = 0;
  /** Who acts first, then everyone. */
  const ETAPES = [
    [1, plusJours(aujourdhui, -ESCALADE_JOURS)],
    [0, aujourdhui],
  ] as const;
  for (const [relance, depuis] of ETAPES) {
    const silences = await listSilences(tx, o.contratId, { celluleId: cellule.id, relance, depuis, aujourdhui });
    if (silences.length === 0) continue;
    const qui = relance === 1 ? [...tous, ...garants] : auxAuteurs(silences.map((s) => s.membreId));
    if (!(await dire(qui))) continue;
    await setRelance(
      tx,
      o.contratId,
      silences.map((x) => x.id),
      relance + 1,
    );
    dites += silences.length;
  }
  for (const [relance, avant] of ETAPES) {
    const informations = await listInformationsDepassees(tx, o.contratId, { celluleId: cellule.id, relance, avant, aujourdhui });
    if (informations.length === 0) continue;
    const qui = relance === 1 ? [...tous, ...garants] : auxAuteurs(informations.flatMap((i) => i.designes));
    if (!(await dire(qui))) continue;
    await setInformationsRelancees(tx, o.contratId, informations, relance + 1);
    dites += informations.length;
  }
  const examens = await listExamensDepasses(tx, o.contratId, cellule.id, aujourdhui);
  if (examens.length > 0 && (await dire([...tous, ...garants]))) {
    await setExamensRelances(tx, o.contratId, examens);
    dites += examens.length;
  }
  const demandes = await listDemandesEnRetard(tx, o.contratId, cellule.id, plusJours(aujourdhui, ESCALADE_JOURS));
  if (demandes.length > 0 && (await dire([...tous, ...garants], '/demandes'))) {
    await setDemandesRelancees(tx, o.contratId, demandes);
    dites += demandes.length;
  }
  const aRevoir = await listARevoir(tx, o.contratId, cellule.id, o.maintenant);
  if (aRevoir.length > 0 && (await dire(garants, '/secours'))) {
    await setRevueRelancee(tx, o.contratId, aRevoir);
    dites += aRevoir.length;
  }
  if (dites > 0) await setRelancee(tx, o.contratId, cellule.id, aujourdhui);
  // What still waits after everyone was told is told again each month, to all of them, for as long as it waits.
  else if (
    (cellule.relanceeLe ?? aujourdhui) <= plusJours(aujourdhui, -ENCORE_JOURS) &&
    (await estEnAttente(tx, o.contratId, cellule.id, aujourdhui)) &&
    (await dire([...tous, ...garants]))
  ) {
    await setRelancee(tx, o.contratId, cellule.id, aujourdhui);
    dites = 1;
  }
  return dites;
}
