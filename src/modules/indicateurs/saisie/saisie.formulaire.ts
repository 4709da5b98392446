/** The form of a collected figure, which two people may have open at once: what is recorded, as the form shows it. */
import { nombreSaisi } from '../../../core/nombres.ts';
import { type Enregistre, type Rapprochement, rapprocher } from '../../../core/http/versions.ts';
import type { FormulairePartage } from '../../../ui/Conflict.tsx';
import { formatPeriode } from '../../../ui/typographie.ts';
import { type Catalogue, TOUT } from '../../contrats/index.ts';
import type { ValeurCollectee } from '../chiffres.rules.ts';
import { lieuDeMethode, type Methode } from '../methodes/methodes.rules.ts';
import { genreDe } from './grain.rules.ts';
import type { CadreDeSaisie } from './saisie.cadre.ts';

const ETATS: Readonly<Record<string, string>> = { valeur: 'connu', secret: 'couvert par le secret', sans_objet: 'sans objet' };
type Courantes = ReadonlyMap<string, ValeurCollectee>;

/** The mark names the figure too: a form turned to another period did not see what that one says. */
const prefixe = (k: CadreDeSaisie) => `${k.periode}|${k.territoire}|${k.debiteur}|`;
const marqueDe = (k: CadreDeSaisie, { courantes, methode }: EnVigueur) =>
  `${prefixe(k)}${[...courantes.values()].reduce((n, v) => n + v.version, 0)}${methode ? `+${methode.depuis}.${methode.version}` : ''}`;

/** What the form corrects: contributions, and how they are counted. */
export interface EnVigueur {
  courantes: Courantes;
  methode: Methode | null;
}
/** The one place of which the form says how it is counted; null when it gives several that count each in their way. */
export function placeNotee(k: CadreDeSaisie, c: Catalogue): { mesureId: string; periode: string; debiteur: string; territoireId: string } | null {
  const lieux = new Set(k.rangees.map((r) => lieuDeMethode(c, r)));
  const [lieu] = lieux;
  return lieu === undefined || lieux.size > 1 ? null : { mesureId: k.mesure.id, periode: k.periode, debiteur: k.debiteur, territoireId: lieu };
}

export function valeurEnregistree(k: CadreDeSaisie, x: EnVigueur): Enregistre {
  const { courantes } = x;
  const derniere = [...courantes.values()].sort((a, b) => b.saisiLe.getTime() - a.saisiLe.getTime())[0];
  const nombres = genreDe(k.mesure) === 'nombre';
  return {
    version: marqueDe(k, x),
    champs: {
      ...Object.fromEntries(
        k.rangees.flatMap(({ suffixe }) => {
          const v = courantes.get(suffixe);
          const etat: [string, string] = [`etat${suffixe}`, v?.etat ?? 'valeur'];
          return nombres ? [etat, [`valeur${suffixe}`, v === undefined || v.valeur === null ? '' : nombreSaisi(v.valeur)]] : [etat];
        }),
      ),
      ...(nombres
        ? {}
        : {
            texte: derniere?.texte ?? '',
            lien: derniere?.lien ?? '',
            document_le: derniere?.documentLe ?? '',
            document_auteur: derniere?.documentAuteur ?? '',
          }),
      source: derniere?.source ?? '',
      commentaire: derniere?.commentaire ?? '',
      methode: x.methode?.methode ?? '',
      limites: x.methode?.limites ?? '',
    },
    par: derniere?.saisiPar ?? '',
    le: derniere?.saisiLe ?? null,
  };
}

export function rapprocherValeur(corps: Readonly<Record<string, unknown>>, k: CadreDeSaisie, x: EnVigueur): Rapprochement {
  const enregistree = valeurEnregistree(k, x);
  // Nothing is recorded yet: there is nothing to lose.
  if (x.courantes.size === 0) return rapprocher({ ...corps, version: enregistree.version }, enregistree);
  const meme = String(corps.version ?? '').startsWith(prefixe(k));
  return rapprocher(meme ? corps : { ...corps, _vu: undefined }, enregistree);
}

export const masquesDuCadre = (k: CadreDeSaisie) => ({ periode: k.periode, territoire: k.territoire, debiteur: k.debiteur });

export const formulaireDeValeur = (k: CadreDeSaisie, c: Catalogue): FormulairePartage => ({
  objet: `${k.mesure.court}, ${formatPeriode(k.periode)}`,
  action: `/chiffres/${k.mesure.id}/saisir`,
  retour: `/chiffres/${k.mesure.id}?periode=${k.periode}&territoire=${encodeURIComponent(k.territoire === TOUT ? c.racine.id : k.territoire)}`,
  champs: {
    ...Object.fromEntries(
      k.rangees.flatMap((r) => {
        const nom = r.suffixe === '' ? '' : `${r.libelle} : `;
        return [
          [`etat${r.suffixe}`, { libelle: nom === '' ? 'Ce chiffre est' : `${nom}état`, dire: (v: string) => ETATS[v] ?? v }],
          [`valeur${r.suffixe}`, { libelle: nom === '' ? 'Valeur' : r.libelle, dire: (v: string) => `${v} ${k.mesure.unite}`.trim() }],
        ];
      }),
    ),
    texte: { libelle: 'Texte', long: true },
    lien: { libelle: 'Lien' },
    document_le: { libelle: 'Date du document' },
    document_auteur: { libelle: 'Auteur du document' },
    source: { libelle: 'Source' },
    commentaire: { libelle: 'Commentaire', long: true },
    methode: { libelle: 'Comment c’est compté', long: true },
    limites: { libelle: 'Limites', long: true },
  },
});
