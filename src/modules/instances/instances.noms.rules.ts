/** What a body is called in papers, letters and calendars: in full, its acronym beside. Pure. */
import type { Catalogue, Territoire, TypeInstance } from '../contrats/index.ts';
import type { Instance } from './instances.types.ts';

/** What of the contract a name needs. */
export interface Lieux {
  racine: Pick<Catalogue['racine'], 'id'>;
  territoires: ReadonlyMap<string, Pick<Territoire, 'id' | 'nom' | 'court' | 'de'>>;
  typesInstance: ReadonlyMap<string, Pick<TypeInstance, 'nom' | 'sigle'>>;
}
type Nommee = Pick<Instance, 'type' | 'nom' | 'nomEntier' | 'territoireId'>;

/** « CSPDA », « COPIL CENOMED »; a short name such as « Veille rixes » is no acronym to put beside the name. */
const estSigle = (s: string): boolean => /^[\p{Lu}\d][\p{Lu}\d .-]*$/u.test(s);
const echapper = (s: string): string => s.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** « Conseil de sécurité et de prévention de la délinquance d’arrondissement (CSPDA) du 18e arrondissement ». */
export function nomEntier(i: Nommee, c: Lieux): string {
  if (i.nomEntier !== '') return i.nomEntier;
  const type = i.type ? c.typesInstance.get(i.type) : undefined;
  const sigle = type?.sigle ?? '';
  const entier = type && sigle !== '' ? `${type.nom}${estSigle(sigle) ? ` (${sigle})` : ''}` : '';
  // The name that people gave keeps what it says besides the acronym: « CSPDA restreint ».
  const mot = new RegExp(`(?<![\\p{L}\\d])${echapper(sigle)}(?![\\p{L}\\d])`, 'u');
  const nom = entier === '' || (type && i.nom.includes(type.nom)) ? i.nom : i.nom.replace(mot, () => entier);
  const lieu = c.territoires.get(i.territoireId);
  if (!lieu || lieu.id === c.racine.id) return nom;
  const de = lieu.de ?? `, ${lieu.nom}`;
  const jonction = lieu.de ? ` ${de}` : de;
  const bout = [`, ${lieu.court}`, `, ${lieu.nom}`, ` du ${lieu.court}`].find((f) => nom.endsWith(f));
  if (bout) return `${nom.slice(0, -bout.length)}${jonction}`;
  return nom.includes(lieu.court) || nom.includes(lieu.nom) ? nom : `${nom}${jonction}`;
}
