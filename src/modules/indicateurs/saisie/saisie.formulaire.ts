/** The form of a collected figure, which two people may have open at once: what is recorded, as the form shows it. */
import { nombreSaisi } from '../../../core/nombres.ts';
import { type Enregistre, type Rapprochement, rapprocher } from '../../../core/http/versions.ts';
import type { FormulairePartage } from '../../../ui/Conflict.tsx';
import { formatPeriode } from '../../../ui/typographie.ts';
import type { Mesure } from '../../contrats/index.ts';
import type { ValeurCollectee } from '../chiffres.rules.ts';

interface Cle {
  mesure: Mesure;
  periode: string;
  territoireId: string;
}
const ETATS: Readonly<Record<string, string>> = { valeur: 'connu', secret: 'couvert par le secret', sans_objet: 'sans objet' };

/** The mark names the figure too: a form turned to another period did not see what that one says. */
const marqueDe = (k: Cle, v: ValeurCollectee | null) => `${k.periode}|${k.territoireId}|${v?.version ?? 0}`;
export const valeurEnregistree = (k: Cle, v: ValeurCollectee | null): Enregistre => ({
  version: marqueDe(k, v),
  champs: {
    etat: v?.etat ?? 'valeur',
    valeur: v === null || v.valeur === null ? '' : nombreSaisi(v.valeur),
    texte: v?.texte ?? '',
    source: v?.source ?? '',
    commentaire: v?.commentaire ?? '',
  },
  par: v?.saisiPar ?? '',
  le: v?.saisiLe ?? null,
});

export function rapprocherValeur(corps: Readonly<Record<string, unknown>>, k: Cle, courante: ValeurCollectee | null): Rapprochement {
  const enregistree = valeurEnregistree(k, courante);
  // Nothing is recorded yet: there is nothing to lose.
  if (courante === null) return rapprocher({ ...corps, version: enregistree.version }, enregistree);
  const meme = String(corps.version ?? '').startsWith(`${k.periode}|${k.territoireId}|`);
  return rapprocher(meme ? corps : { ...corps, _vu: undefined }, enregistree);
}

export const formulaireDeValeur = (k: Cle): FormulairePartage => ({
  objet: `${k.mesure.libelle}, ${formatPeriode(k.periode)}`,
  action: `/chiffres/${k.mesure.id}/saisir`,
  retour: `/chiffres/${k.mesure.id}?periode=${k.periode}&territoire=${encodeURIComponent(k.territoireId)}`,
  champs: {
    etat: { libelle: 'Ce chiffre est', dire: (v) => ETATS[v] ?? v },
    valeur: { libelle: 'Valeur', dire: (v) => `${v} ${k.mesure.unite}`.trim() },
    texte: { libelle: 'Bilan', long: true },
    source: { libelle: 'Source' },
    commentaire: { libelle: 'Commentaire', long: true },
  },
});
