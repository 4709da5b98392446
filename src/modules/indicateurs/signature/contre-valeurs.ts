/** What this reader may know of the counter-values of a figure. */
import { type Db, lireEnsemble } from '../../../core/base/database.ts';
import type { Catalogue, Mesure } from '../../contrats/index.ts';
import { listVersionsDesAns } from '../chiffres.queries.ts';
import type { ValeurCollectee } from '../chiffres.rules.ts';
import { lirePeriode, periode } from '../periode.rules.ts';
import { taireLesSecrets } from '../saisie/contributions.ts';
import { cleDe, cleDeContribution } from '../saisie/grain.rules.ts';
import { type ContreValeur, listContreValeurs } from './contre-valeurs.queries.ts';

export interface Dispute {
  contre: ContreValeur;
  /** What it disputes: in force for partners, last validated for everyone. */
  ligne: ValeurCollectee;
  /** One of the two values is or was secret since: neither is told, nor the words around them. */
  secret: boolean;
}

const cleDeValeur = (v: ValeurCollectee): string => cleDeContribution({ ...v, ventilation: cleDe(v.ventilation) });
/** Is this contribution, or what it is part of or made of, secret? */
const estTue = (c: Pick<ContreValeur, 'le'>, siennes: readonly ValeurCollectee[]): boolean =>
  siennes.some((v) => v.etat === 'secret' && (v.courante || v.saisiLe >= c.le));

export async function listDisputes(db: Db, c: Catalogue, m: Mesure, k: { periode: string; territoireId: string; partenaire: boolean }): Promise<Dispute[]> {
  const [contres, versions] = await lireEnsemble(db, [
    () => listContreValeurs(db, c.contratId, { mesureId: m.id, periode: k.periode }),
    () => listVersionsDesAns(db, c.contratId, [{ mesureId: m.id, periode: k.periode }]),
  ]);
  if (contres.length === 0) return [];
  const { debut, fin } = periode(k.periode);
  const parCle = new Map<string, ValeurCollectee[]>();
  for (const v of taireLesSecrets(m, c, versions)) parCle.set(cleDeValeur(v), [...(parCle.get(cleDeValeur(v)) ?? []), v]);
  return contres.flatMap((contre): Dispute[] => {
    const p = lirePeriode(contre.periode);
    const siennes = parCle.get(cleDeContribution(contre)) ?? [];
    const ligne = siennes.find((v) => (k.partenaire ? v.courante : v.validee));
    const secret = estTue(contre, siennes);
    if (!ligne || !p || p.debut < debut || p.fin > fin || !c.contient(k.territoireId, contre.territoireId)) return [];
    // The public learns that it is disputed, until it is settled; of what is secret, nothing.
    return !k.partenaire && (secret || contre.issue !== null) ? [] : [{ contre, ligne, secret }];
  });
}
/** The version in force of what is disputed, as everyone at work reads it; null when there is none. */
export async function getLigneEnVigueur(db: Db, c: Catalogue, m: Mesure, x: ContreValeur): Promise<ValeurCollectee | null> {
  const versions = taireLesSecrets(m, c, await listVersionsDesAns(db, c.contratId, [x]));
  return versions.find((v) => v.courante && cleDeValeur(v) === cleDeContribution(x)) ?? null;
}
/** The contribution that this version is of, when it is in force. */
export async function getContributionVisee(db: Db, c: Catalogue, m: Mesure, annee: string, id: string): Promise<ValeurCollectee | null> {
  const versions = taireLesSecrets(m, c, await listVersionsDesAns(db, c.contratId, [{ mesureId: m.id, periode: annee }]));
  return versions.find((v) => v.id === id && v.courante) ?? null;
}
