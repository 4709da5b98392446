/** In which order a form asks its fields, and which of them the type chosen asks. From the definition alone: no field is lost. Pure. */
import { type Brut, rangsDe, un } from '../brut.rules.ts';
import type { Champ, DefinitionRegistre } from '../definition.ts';

export interface OrdreDeSaisie {
  /** What it is: comes before when and where. */
  quoi: readonly Champ[];
  /** What matters next: those that depend on the type come last. */
  tete: readonly Champ[];
  /** Asked of everybody, and so never behind a title. */
  requis: readonly Champ[];
  /** Behind « Plus de détails », those that depend on the type last. */
  details: readonly Champ[];
}

export function ordreDeSaisie(d: DefinitionRegistre): OrdreDeSaisie {
  const essentiels = d.champs.filter((c) => c.essentiel);
  const quoi = essentiels.slice(0, 1);
  const derniers = (champs: readonly Champ[]) => [...champs.filter((c) => !c.pour), ...champs.filter((c) => c.pour)];
  return {
    quoi,
    tete: derniers(essentiels.slice(1)),
    requis: d.champs.filter((c) => c.obligatoire && !c.essentiel),
    details: derniers(d.champs.filter((c) => !c.obligatoire && !c.essentiel)),
  };
}

/** What `ajouter` says when the form comes back to tell what it would count for. */
export const VERIFIER = 'verifier';

/** Has it been given a value? What holds one is always shown. */
export const estRempli = (c: Champ, b: Brut): boolean =>
  c.type === 'lignes'
    ? rangsDe(c, b).some((r) => c.colonnes.some((col) => un(b, `donnees.${c.code}.${r}.${col.code}`) !== ''))
    : un(b, `donnees.${c.code}`) !== '';

/** Fields common to every register that stand behind « Plus de détails ». */
const COMMUNS_EN_DETAIL = new Set([
  'titre',
  'fin',
  'adresse',
  'commentaire',
  'etape',
  'annulation',
  'repetition',
  'repetition_fin',
  'fiches',
  'lignes',
  'organisation_id',
]);

/** An error is never behind a closed title. */
export function estEnDetail(d: DefinitionRegistre, champ: string): boolean {
  if (COMMUNS_EN_DETAIL.has(champ)) return true;
  return ordreDeSaisie(d).details.some((c) => champ === `donnees.${c.code}` || champ.startsWith(`donnees.${c.code}.`));
}
