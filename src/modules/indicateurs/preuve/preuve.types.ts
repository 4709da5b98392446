/** What proves one figure, and how it is asked for. */
import type { Mesure } from '../../contrats/index.ts';
import type { Atome } from '../calcul/atomes.rules.ts';
import type { Chiffre, Comparaison } from '../chiffres.rules.ts';
import type { EnDirect, Regime } from '../diffusion/diffusion.rules.ts';
import type { VersionFormule } from '../formulaires.ts';
import type { FaitCompte } from '../preuves.queries.ts';
import type { Contributions } from '../saisie/contributions.ts';
import type { SourceDeFaits } from '../sources.ts';

export interface AtomePreuve {
  atome: Atome;
  source: SourceDeFaits;
  /** Records counted, from the cells: the list below shows these, page by page. Null when this reader may not know how many. */
  compte: number | null;
  sql: string;
  /** Null when the reader may not see the list. */
  faits: FaitCompte[] | null;
  fraicheur: string | null;
}
export interface Repartition {
  titre: string;
  /** Of what is shown, when it is not that of the measure. */
  unite?: string;
  lignes: { cle: string; libelle: string; chiffre: Chiffre; href?: string }[];
}
export interface Preuve {
  mesure: Mesure;
  periode: string;
  territoireId: string;
  chiffre: Chiffre;
  /** The same period one year before; null while this one runs. */
  precedent: Chiffre | null;
  /** The same months of two years; null where like would not stand beside like. */
  comparaison: Comparaison | null;
  /** The same figure for the whole contract, when the territory is a part of it. */
  ensemble: Chiffre | null;
  /** `enCours`: how far a period goes that is not over. */
  parAnnee: { annee: string; chiffre: Chiffre; enCours: string | undefined }[];
  parMois: { mois: string; chiffre: Chiffre; enCours: string | undefined }[];
  parTerritoire: Repartition[];
  parDimension: Repartition[];
  atomes: AtomePreuve[];
  citees: { mesure: Mesure; chiffre: Chiffre }[];
  /** Null when it is computed. */
  contributions: Contributions | null;
  formules: VersionFormule[];
  /** How late and how finely this reader has it; null as it is written. */
  diffusion: Regime | null;
  aujourdhui: string;
  /** Words for filter values that no option declares, by « source:dimension:code ». */
  libelles: ReadonlyMap<string, string>;
}

export interface Demande {
  mesureId: string;
  periode: string;
  territoireId: string;
  page: number;
  /** Works on the contract: reads the latest given, not only what was validated. */
  partenaire?: boolean;
  /** Day of the request, on the contract's clock. */
  aujourdhui: string;
  /** Sources whose figures the reader sees as they are written; none where left out. */
  enDirect?: EnDirect | undefined;
  /** May the reader see the list of the records of this source? */
  peutLister: (s: SourceDeFaits) => boolean;
}
