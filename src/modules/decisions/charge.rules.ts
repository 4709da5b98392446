/** Who a decision may be given to: the seats of what made it, the organisations of its place, then those of the whole contract. Pure. */
import type { Acteur, Catalogue, Territoire } from '../contrats/index.ts';

/** A seat of what makes decisions, as it is held today; `nom` is empty while nobody holds it. */
export interface SiegeCharge {
  id: string;
  organisationId: string;
  fonction: string;
  nom: string;
  courriel: string;
}
export interface OptionDeCharge {
  valeur: string;
  libelle: string;
  groupe: string;
}

const SIEGE = 'siege:';

const memes = (a: string, b: string): boolean => a.localeCompare(b, 'fr', { sensitivity: 'base' }) === 0;
/** A person by their function; a seat that nobody holds by its organisation too. */
const direSiege = (s: SiegeCharge, organisation: string): string =>
  s.nom ? `${s.nom}, ${s.fonction}` : `${s.fonction}${memes(s.fonction, organisation) ? '' : `, ${organisation}`} (siège à pourvoir)`;

/** `tenu`: what is recorded, offered whatever it is. */
export function choixDeCharge(c: Catalogue, territoireId: string, sieges: readonly SiegeCharge[], tenu = ''): OptionDeCharge[] {
  const { ici, autres } = c.acteursA(territoireId);
  const nom = (id: string) => c.nomActeurA(id, territoireId);
  const organisations = (groupe: string, liste: readonly { id: string }[]) => liste.map((a) => ({ valeur: a.id, libelle: nom(a.id), groupe }));
  const connue = tenu === '' || [...ici, ...autres].some((a) => a.id === tenu);
  return [
    ...(connue ? [] : organisations('Aujourd’hui', [{ id: tenu }])),
    ...sieges.map((s) => ({
      valeur: `${SIEGE}${s.id}`,
      libelle: direSiege(s, nom(s.organisationId)),
      groupe: 'Ceux qui y siègent',
    })),
    ...organisations(c.territoires.get(territoireId)?.nom ?? territoireId, ici),
    ...organisations(ici.length > 0 ? 'Ailleurs dans le contrat' : 'Organisations du contrat', autres),
  ];
}

export const estUnSiege = (champs: Readonly<Record<string, unknown>>): boolean => String(champs.responsable ?? '').startsWith(SIEGE);

/** What a form says: of a seat, its organisation, and who holds it where no other person was written. */
export function lireCharge(champs: Readonly<Record<string, unknown>>, sieges: readonly SiegeCharge[]): Record<string, unknown> {
  if (!estUnSiege(champs)) return champs;
  const dit = String(champs.responsable);
  const s = sieges.find((x) => x.id === dit.slice(SIEGE.length));
  if (!s) return { ...champs, responsable: '' };
  const ecrit = (nom: string) => String(champs[nom] ?? '').trim();
  const autre = ecrit('responsable_nom') !== '' && ecrit('responsable_nom') !== s.nom;
  return {
    ...champs,
    responsable: s.organisationId,
    responsable_nom: ecrit('responsable_nom') || s.nom || s.fonction,
    responsable_courriel: ecrit('responsable_courriel') || (autre ? '' : s.courriel),
  };
}

/** Of another place than this one. */
/** What of the contract tells where someone acts. */
export type OuAgit = Pick<Catalogue, 'contient'> & {
  acteurs: ReadonlyMap<string, Pick<Acteur, 'territoire'>>;
  territoires: ReadonlyMap<string, Pick<Territoire, 'nom'>>;
};
export const estDAilleurs = (c: OuAgit, acteurId: string, territoireId: string): boolean => {
  const propre = c.acteurs.get(acteurId)?.territoire;
  return propre !== undefined && !c.contient(propre, territoireId) && !c.contient(territoireId, propre);
};
export const dAilleurs = (c: OuAgit, territoireId: string): string =>
  `Cette organisation n’agit pas ici (${c.territoires.get(territoireId)?.nom ?? territoireId}) : choisissez celle de ce territoire.`;
