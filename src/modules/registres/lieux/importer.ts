/** A file of places, whole or not at all: read, compared with what is known, written. */
import type { Db } from '../../../core/base/database.ts';
import { invalide } from '../../../core/errors.ts';
import type { Emprise } from '../../contrats/index.ts';
import { direFautes, lireLieux } from './lire.ts';
import { type Bilan, createImport, ecrirePlan, fermerImport, listTenus, verrouiller } from './lieux.queries.ts';
import { comparer, type PlanDImport, type Reglages } from './plan.rules.ts';

export interface DemandeDImport extends Reglages {
  contratId: number;
  emprise: Emprise | undefined;
  chemin: string;
  fichier: string;
  type: string;
  source: string;
  licence: string;
  auteur: string;
  quand: Date;
}

export const bilanDe = (p: PlanDImport): Bilan => ({ nouveaux: p.nouveaux.length, changes: p.changes.length, fermes: p.fermes.length, connus: p.connus });

export const SANS_DATE = 'Pour fermer les lieux absents du fichier, dites depuis quel jour.';

/** In one go, without a preview: the command. Throws `invalide` with every fault. */
export async function importerLieux(
  db: Db,
  d: DemandeDImport & { essai: boolean; dans: <T>(f: (tx: Db) => Promise<T>) => Promise<T> },
): Promise<Bilan & { avertissements: string[] }> {
  if (d.fermer && d.depuis === null) throw invalide(SANS_DATE);
  const lu = await lireLieux(d.chemin, d.fichier, d.emprise);
  if (lu.fautes.length > 0) throw invalide(direFautes(lu.fautes));
  const { avertissements } = lu;
  const juger = async (base: Db): Promise<PlanDImport> => {
    const plan = comparer(lu.lus, await listTenus(base, d.contratId, d.type), d);
    if (plan.fautes.length > 0) throw invalide(direFautes(plan.fautes));
    return plan;
  };
  if (d.essai) return { ...bilanDe(await juger(db)), avertissements };
  return d.dans(async (tx) => {
    await verrouiller(tx);
    const plan = await juger(tx);
    await ecrirePlan(tx, d.contratId, plan, { type: d.type, source: d.source, licence: d.licence, par: d.auteur });
    const id = await createImport(tx, d.contratId, { ...d, lus: lu.lus, avertissements, creePar: null });
    await fermerImport(tx, d.contratId, id, d.quand, bilanDe(plan));
    return { ...bilanDe(plan), avertissements };
  });
}
