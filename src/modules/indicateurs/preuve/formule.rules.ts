/** A formula said in French, so that an elected official and an auditor read the same thing. Pure. */
import { type Atome, estDistinct, estStock, type Expression, type Formule } from '../calcul/atomes.rules.ts';
import { estSeuil, type Filtre } from '../calcul/calcul.schema.ts';
import { dimensionDe, type Sources } from '../sources.ts';

const OBTENTIONS = {
  calcul: 'calculée à partir des enregistrements des partenaires',
  collecte: 'collectée auprès de l’organisme qui la produit',
  narratif: 'récit : un bilan écrit, pas un nombre',
  enquete: 'issue d’une enquête',
} as const;
export const direObtention = (o: keyof typeof OBTENTIONS): string => OBTENTIONS[o];

/** `ajoutes`: words for values that the declared options do not hold, by « source:dimension:code ». */
export function direAtome(a: Atome, sources: Sources, ajoutes: ReadonlyMap<string, string> = new Map()): string {
  const s = sources.get(a.source);
  if (!s) return a.source;
  const registre = `du registre « ${s.libelle} »`;
  const enCours = estStock(a.mode) ? ` en cours pendant la période${s.vueDatee ? ' (dans l’état où ils étaient alors)' : ''}` : '';
  const quoi =
    a.mode === 'somme'
      ? `somme de « ${s.quantites[a.colonne ?? '']?.libelle ?? a.colonne} » des enregistrements ${registre}`
      : estDistinct(a.mode)
        ? `nombre de valeurs différentes de « ${dimensionDe(s, a.colonne ?? '')?.libelle ?? a.colonne} » dans les enregistrements ${registre}${enCours}`
        : `nombre d’enregistrements ${registre}${enCours}`;
  const direValeur = (code: string, valeur: Filtre[string]) => {
    if (estSeuil(valeur)) return `${s.quantites[code]?.libelle ?? code} : au moins ${valeur.min}`;
    const d = dimensionDe(s, code);
    const dire = (v: string | boolean) =>
      typeof v === 'boolean' ? (v ? 'oui' : 'non') : (d?.options?.find((o) => o.code === v)?.libelle ?? ajoutes.get(`${a.source}:${code}:${v}`) ?? v);
    return `${d?.libelle ?? code} : ${(Array.isArray(valeur) ? valeur : [valeur]).map(dire).join(' ou ')}`;
  };
  const direFiltres = (filtres: readonly Filtre[]) =>
    filtres
      .map((f) =>
        Object.entries(f)
          .map(([code, v]) => direValeur(code, v))
          .join(' ; '),
      )
      .join(', ou bien où ');
  const tous = a.ou.some((f) => Object.keys(f).length === 0);
  const unFois = a.ou.length > 1 && !estDistinct(a.mode) ? ' (chacun compte une fois)' : '';
  return `${quoi}${tous ? '' : `, où ${direFiltres(a.ou)}`}${unFois}${a.sauf.length > 0 ? `, sauf où ${direFiltres(a.sauf)}` : ''}`;
}

/** What tells a zero from a silence, in words: « la seule absence du canal DMR… ». One sentence for each atom that asks for a feed. */
export function direTenues(f: Formule, sources: Sources, ajoutes: ReadonlyMap<string, string> = new Map()): string[] {
  const phrases = f.atomes.map((a) => {
    const s = sources.get(a.source);
    const nommes = a.tenues.flatMap((t) => {
      const [, dimension = '', code = ''] = /^[^/]+\/([^=]+)=(.*)$/.exec(t) ?? [];
      const d = s && dimension ? dimensionDe(s, dimension) : undefined;
      return d
        ? [{ dimension: d.libelle, valeur: d.options?.find((o) => o.code === code)?.libelle ?? ajoutes.get(`${a.source}:${dimension}:${code}`) ?? code }]
        : [];
    });
    const quand = estStock(a.mode) ? 'avant la fin de la période' : 'dans la période même';
    const quoi =
      nommes.length === 0
        ? `le registre « ${sources.get(s?.de ?? '')?.libelle ?? s?.libelle ?? a.source} » a reçu au moins un enregistrement`
        : `le registre « ${s?.libelle} » a reçu quelque chose de « ${[...new Set(nommes.map((n) => n.dimension))].join(', ')} : ${nommes.map((n) => n.valeur).join(' ou ')} »`;
    return `Zéro n’est écrit que si ${quoi} ${quand}, sur l’ensemble du contrat ; sinon le chiffre manque.`;
  });
  const voies = f.atomes.some((a) => a.voie)
    ? ['Le même fait arrive par plusieurs voies : tant que l’une n’a rien reçu dans la période, le chiffre est dit « au moins ».']
    : [];
  return [...new Set([...phrases, ...voies])];
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
      case 'atome': {
        const dits = f.atomes.filter((a) => a.cle === e.cle).map((a) => direAtome(a, sources, ajoutes));
        return estDistinct(e.mode) && dits.length > 1 ? `${dits.join(', et ')} ; une valeur dite des deux côtés compte une fois` : dits.join(', plus ');
      }
    }
  };
  return dire(f.expression);
}
