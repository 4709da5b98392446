/**
 * The territory of a list or of a form: the one asked, else the person's own. `?territoire=tous` is the whole contract, which is
 * also what the public and people without a territory see.
 */
import { territoireDe, type Utilisateur } from '../../core/authorize.ts';
import type { Catalogue } from './catalogue.ts';

/** In the address: the whole contract. */
export const TOUT = 'tous';
const TOUT_LE_CONTRAT = 'Tout le contrat';

export interface Lieu {
  /** Empty: the whole contract. */
  territoire: string;
  /** The territory and what lies in it; absent for the whole contract. */
  territoires: readonly string[] | undefined;
  /** What stays in the address of the list, of its pages and of its exports. */
  champ: string;
  /** Name of the territory in force; empty for the whole contract. */
  nom: string;
  /** What says « the whole contract » in the address: nothing for who has no territory. */
  sans: string;
  /** End of the address of the list without any filter. */
  effacer: string;
  /** The switch: to the whole contract, or back to one's own territory; null where there is nothing to switch. */
  bascule: { libelle: string; champ: string } | null;
}

type Lieux = Pick<Catalogue, 'descendants'> & {
  racine: { id: string };
  territoires: ReadonlyMap<string, { id: string; nom: string }>;
};

export function choisirLieu(u: Utilisateur | null, demande: string, c: Lieux): Lieu {
  const sien = territoireDe(u);
  const propre = sien !== null && sien !== c.racine.id ? c.territoires.get(sien) : undefined;
  const demandee = demande === c.racine.id ? undefined : c.territoires.get(demande);
  const choisi = demandee ?? (demande === TOUT || demande === c.racine.id ? undefined : propre);
  const revenir = propre ? { libelle: propre.nom, champ: propre.id } : null;
  return {
    territoire: choisi?.id ?? '',
    territoires: choisi && c.descendants(choisi.id),
    champ: choisi?.id ?? (propre ? TOUT : ''),
    nom: choisi?.nom ?? '',
    sans: propre ? TOUT : '',
    effacer: propre ? `?territoire=${TOUT}` : '',
    bascule: choisi ? { libelle: TOUT_LE_CONTRAT, champ: TOUT } : revenir,
  };
}

/** Choices of the filter: the whole contract first. */
export const optionsDeLieu = (territoires: Iterable<{ id: string; nom: string }>, c: { racine: { id: string } }): { valeur: string; libelle: string }[] => [
  { valeur: TOUT, libelle: TOUT_LE_CONTRAT },
  ...[...territoires].filter((t) => t.id !== c.racine.id).map((t) => ({ valeur: t.id, libelle: t.nom })),
];
