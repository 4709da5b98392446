/** A formula said in French, so that an elected official and an auditor read the same thing. Pure. */
import type { Atome, Expression, Formule } from '../calcul/atomes.rules.ts';
import { dimensionDe, type Sources } from '../sources.ts';

const OBTENTIONS = {
  calcul: 'calculée à partir des enregistrements des partenaires',
  collecte: 'collectée auprès de l’organisme qui la produit',
  narratif: 'récit : un bilan écrit, pas un nombre',
  enquete: 'issue d’une enquête',
} as const;
export const direObtention = (o: keyof typeof OBTENTIONS): string => OBTENTIONS[o];

/** `ajoutes`: words for values that the declared options do not hold, by « source:dimension:code ». */
function direAtome(a: Atome, sources: Sources, ajoutes: ReadonlyMap<string, string> = new Map()): string {
  const s = sources.get(a.source);
  if (!s) return a.source;
  const registre = `du registre « ${s.libelle} »`;
  const quoi =
    a.mode === 'somme'
      ? `somme de « ${s.quantites[a.colonne ?? '']?.libelle ?? a.colonne} » des enregistrements ${registre}`
      : a.mode === 'distinct'
        ? `nombre de valeurs différentes de « ${dimensionDe(s, a.colonne ?? '')?.libelle ?? a.colonne} » dans les enregistrements ${registre}`
        : a.mode === 'presents'
          ? `nombre d’enregistrements ${registre} en cours pendant la période`
          : `nombre d’enregistrements ${registre}`;
  const filtres = Object.entries(a.ou).map(([code, valeur]) => {
    const d = dimensionDe(s, code);
    const dire = (v: string | boolean) =>
      typeof v === 'boolean' ? (v ? 'oui' : 'non') : (d?.options?.find((o) => o.code === v)?.libelle ?? ajoutes.get(`${a.source}:${code}:${v}`) ?? v);
    return `${d?.libelle ?? code} : ${(Array.isArray(valeur) ? valeur : [valeur]).map(dire).join(' ou ')}`;
  });
  return filtres.length === 0 ? quoi : `${quoi}, où ${filtres.join(' ; ')}`;
}

export function direFormule(f: Formule, sources: Sources, nomMesure: (id: string) => string, ajoutes: ReadonlyMap<string, string> = new Map()): string {
  const dire = (e: Expression): string => {
    switch (e.genre) {
      case 'mesure':
        return `« ${nomMesure(e.id)} »`;
      case 'ratio':
        return `${dire(e.numerateur)}, rapporté à : ${dire(e.denominateur)}`;
      case 'variation':
        return `évolution en pourcentage, d’une année sur l’autre, de : ${dire(e.de)}`;
      case 'atome':
        return f.atomes
          .filter((a) => a.cle === e.cle)
          .map((a) => direAtome(a, sources, ajoutes))
          .join(', plus ');
    }
  };
  return dire(f.expression);
}
