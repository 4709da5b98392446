/** What the board and the list behind it are asked: one reading of the address for both, so that a count opens the very rows it counts. */
import { jourDe } from '../../../core/clock.ts';
import { couper } from '../../../core/couper.ts';
import { type Contexte, texte } from '../../../core/http/http.ts';
import { type Catalogue, getCatalogue } from '../../contrats/index.ts';
import { type Avancement, type Axe, estUnAvancement, type Lecteur } from '../../echeances/index.ts';
import { lirePeriode } from '../../indicateurs/index.ts';
import { type AxeDuTableau, estUnAxe } from './completude.rules.ts';

/** The kind of debts that this board is about. */
export const GENRE = 'chiffre';

export interface Champs {
  axe: AxeDuTableau;
  organisation: string;
  fiche: string;
  /** That very place. */
  lieu: string;
  /** A year, or a period. */
  periode: string;
  etat: Avancement | '';
}
export interface Cadre {
  catalogue: Catalogue;
  lecteur: Lecteur;
  champs: Champs;
  filtres: { genre: string; organisation?: string; fiche?: string; lieu?: string; periode?: string };
}

export async function cadrer(c: Contexte, o: { public: boolean } = { public: false }): Promise<Cadre> {
  const catalogue = await getCatalogue(c.db, c.contrat.id);
  const q = (nom: string) => couper(texte(c.requete[nom]), 100);
  const connu = (v: string, ou: ReadonlyMap<string, unknown>) => (ou.has(v) ? v : '');
  const [axe, etat] = [q('axe'), q('etat')];
  const champs: Champs = {
    axe: estUnAxe(axe) ? axe : 'institution',
    organisation: connu(q('organisation'), catalogue.acteurs),
    fiche: connu(q('fiche'), catalogue.fiches),
    lieu: connu(q('lieu'), catalogue.territoires),
    periode: lirePeriode(q('periode')) ? q('periode') : '',
    etat: estUnAvancement(etat) ? etat : '',
  };
  const { organisation, fiche, lieu, periode } = champs;
  return {
    catalogue,
    champs,
    lecteur: { u: o.public ? null : c.utilisateur, contratId: c.contrat.id, catalogue, aujourdhui: jourDe(c.maintenant), maintenant: c.maintenant },
    filtres: { genre: GENRE, ...(organisation && { organisation }), ...(fiche && { fiche }), ...(lieu && { lieu }), ...(periode && { periode }) },
  };
}

/** Years first; the periods of a year once it is chosen. */
export const axeLu = (champs: Champs): Axe =>
  champs.axe === 'institution' ? 'organisation' : champs.axe === 'periode' ? (champs.periode ? 'periode' : 'annee') : champs.axe;

/** The address with these fields; those that say nothing are left out. */
export const adresse = (chemin: string, champs: Readonly<Record<string, string>>): string => {
  const dits = Object.entries(champs).filter(([, v]) => v !== '');
  return dits.length > 0 ? `${chemin}?${new URLSearchParams(dits)}` : chemin;
};

/** What a row of the board adds to the filters: the same words in the address of the list. */
export function filtreDe(champs: Champs, l: { cle: string; lieu: string | null }): Partial<Champs> {
  if (champs.axe === 'fiche') return { fiche: l.cle };
  if (champs.axe === 'territoire') return { lieu: l.cle };
  if (champs.axe === 'periode') return { periode: l.cle };
  return { organisation: l.cle, ...(l.lieu ? { lieu: l.lieu } : {}) };
}
