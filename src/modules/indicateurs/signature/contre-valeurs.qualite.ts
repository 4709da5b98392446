/** What the rules of quality say of a counter-value that somebody takes: it becomes the figure, and is checked as any. */
import type { Contexte } from '../../../core/http/http.ts';
import type { Catalogue } from '../../contrats/index.ts';
import { lireConnues } from '../qualite/qualite.queries.ts';
import type { Avertissement, Proposee } from '../qualite/qualite.types.ts';
import { type Expliquer, type ResteADire, resteADire } from '../qualite/reponses.rules.ts';
import type { Surprise } from '../qualite/surprises.rules.ts';
import { verifierLot } from '../qualite/verifier.rules.ts';
import type { ContreValeur } from './contre-valeurs.queries.ts';

export interface Verifiee {
  lot: Proposee[];
  avertissements: Avertissement[];
  expliquer: Expliquer;
  reste: ResteADire[];
  /** One field for all that is to be explained of it. */
  surprises: Surprise[];
}
export async function verifierContreValeur(c: Pick<Contexte, 'db'>, cat: Catalogue, x: ContreValeur, dite: string): Promise<Verifiee> {
  const { mesureId, debiteur, territoireId, periode, ventilation, valeur } = x;
  const lot: Proposee[] = [{ mesureId, debiteur, territoireId, periode, ventilation, etat: 'valeur', nombre: valeur }];
  const avertissements = verifierLot(cat, lot, await lireConnues(c.db, cat, lot));
  const expliquer: Expliquer = () => dite;
  const aExpliquer = avertissements.filter((a) => a.gravite === 'a_expliquer' && a.explication === null);
  return {
    lot,
    avertissements,
    expliquer,
    reste: resteADire(avertissements, expliquer),
    surprises:
      aExpliquer.length === 0
        ? []
        : [{ suffixe: '', libelle: '', avertissements: aExpliquer, dite: dite || (aExpliquer.flatMap((a) => a.precedente ?? [])[0] ?? '') }],
  };
}
