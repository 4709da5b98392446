/** What the holder of a token owes in a year: each contribution that exists, given or not. */
import type { Utilisateur } from '../../../core/authorize.ts';
import type { Catalogue } from '../../contrats/index.ts';
import {
  casesDe,
  casesPermises,
  cellulesDe,
  cleDeContribution,
  direAuteur,
  direEtatDeParole,
  echeance,
  genreDe,
  lireCle,
  type Methode,
  methodeDe,
  partition,
  periodesOuvertes,
  repondPour,
  type VersionCourante,
} from '../../indicateurs/index.ts';

export interface Attendue {
  /** What `suite` gives back. */
  cle: string;
  mesure: string;
  libelle: string;
  unite: string;
  genre: 'nombre' | 'texte' | 'document';
  periode: string;
  debiteur: string;
  territoire: string;
  ventilation: Record<string, string>;
  detail: string;
  due_le: string;
  etat: 'a_donner' | 'donnee';
  /** Of the contribution in force: what a correction replaces. */
  version: number;
  /** `auteur`: who gave it, when it is not the debtor; `validation`: its state in words. */
  donnee: { etat: string; valeur: number | null; texte: string | null; auteur: string; validation: string } | null;
  /** How it is counted and what it does not say, as said last; empty when nobody did. */
  methode: string;
  limites: string;
}

/** Measures, and periods of the year, of which this person's organisation owes something. */
export function dusDe(u: Utilisateur, cat: Catalogue, annee: string, aujourdhui: string): { mesures: string[]; periodes: string[] } {
  const siennes = [...cat.mesures.values()].filter((m) => casesPermises(u, cat, m, repondPour).length > 0);
  const periodes = new Set(siennes.flatMap((m) => periodesOuvertes(m, cat.contrat, aujourdhui).filter((p) => p.startsWith(annee))));
  return { mesures: siennes.map((m) => m.id), periodes: [...periodes] };
}

/** The whole given as such, or its parts: what was given says which; the parts when nothing was. */
export function attendues(
  u: Utilisateur,
  cat: Catalogue,
  annee: string,
  aujourdhui: string,
  courantes: ReadonlyMap<string, VersionCourante>,
  methodes: readonly Methode[],
): Attendue[] {
  return [...cat.mesures.values()].flatMap((m) =>
    casesPermises(u, cat, m, repondPour)
      // A total over all the places is another way to give them.
      .filter((x) => casesDe(m, cat).some((y) => y.debiteur === x.debiteur && y.territoireId === x.territoireId))
      .flatMap((x) =>
        periodesOuvertes(m, cat.contrat, aujourdhui)
          .filter((p) => p.startsWith(annee))
          .flatMap((periode) => {
            const enVigueur = (ventilation: string) => courantes.get(`${m.id}|${cleDeContribution({ ...x, periode, ventilation })}`);
            const parties = partition(m);
            const entiere = parties.length === 0 || (enVigueur('') !== undefined && !parties.some((p) => enVigueur(p.cle)));
            const note = methodeDe(cat, methodes, { ...x, periode, mesureId: m.id });
            const cellules = cellulesDe(m).filter((k) => enVigueur(k.cle) || (entiere ? k.cle === '' : parties.some((p) => p.cle === k.cle)));
            return cellules.map((k): Attendue => {
              const v = enVigueur(k.cle);
              return {
                cle: `${m.id}|${cleDeContribution({ ...x, periode, ventilation: k.cle })}`,
                mesure: m.id,
                libelle: m.libelle,
                unite: m.unite,
                genre: genreDe(m),
                periode,
                debiteur: x.debiteur,
                territoire: x.territoireId,
                ventilation: lireCle(k.cle),
                detail: k.cle === '' ? '' : k.libelle,
                due_le: echeance(periode, m.delaiJours),
                etat: v ? 'donnee' : 'a_donner',
                version: v?.version ?? 0,
                donnee: v ? { etat: v.etat, valeur: v.valeur, texte: v.texte, auteur: direAuteur(v, cat), validation: direEtatDeParole(v, cat) } : null,
                methode: note?.methode ?? '',
                limites: note?.limites ?? '',
              };
            });
          }),
      ),
  );
}
