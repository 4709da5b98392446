/** Rows of a file of data·inclusion, JSON or table, read as they come: what they are, where they stand, and what is wrong with them. */
import { abreger } from '../../../core/couper.ts';
import { invalide } from '../../../core/errors.ts';
import { cleTexte } from '../../../core/mots.ts';
import { lireTexteUni } from '../../../core/source.ts';
import { ouvrirFichier } from '../../../core/tableur/tableur.ts';
import type { Faute } from './bilan.ts';
import { objetsDe } from './json.ts';
import { type ServiceLu, serviceLuSchema, type StructureLue, structureLueSchema } from './lignes.schema.ts';

/** Where a row stands. */
export type Place = Pick<Faute, 'ligne' | 'objet'>;
export type Lue = { genre: 'structure'; ou: Place; v: StructureLue } | { genre: 'service'; ou: Place; v: ServiceLu } | { genre: 'faute'; fautes: Faute[] };

const COLONNES = [...Object.keys(structureLueSchema.shape), ...Object.keys(serviceLuSchema.shape)];

function juger(brut: unknown, ou: Place, service: boolean): Lue {
  const lu = service ? serviceLuSchema.safeParse(brut) : structureLueSchema.safeParse(brut);
  if (!lu.success)
    return {
      genre: 'faute',
      fautes: lu.error.issues.slice(0, 5).map((i) => ({ ...ou, colonne: String(i.path[0] ?? ''), message: i.message })),
    };
  return (service ? { genre: 'service', ou, v: lu.data } : { genre: 'structure', ou, v: lu.data }) as Lue;
}
const estUnService = (o: object, liste: string): boolean => liste === 'services' || (liste !== 'structures' && 'structure_id' in o);

const ID_MAX = 60;
/** « service 12, « s12 » »: its rank in its list, and its number if it says one. */
function nommer(genre: string, rang: number, brut: unknown): string {
  const id = typeof brut === 'object' && brut !== null && 'id' in brut ? brut.id : '';
  return `${genre} ${rang}${(typeof id === 'string' || typeof id === 'number') && id !== '' ? `, « ${abreger(String(id), ID_MAX)} »` : ''}`;
}

/** @public read by tests from a text. */
export async function* lireObjets(morceaux: AsyncIterable<string>, nom: string): AsyncGenerator<Lue> {
  const rangs = new Map<string, number>();
  for await (const { liste, ligne, texte } of objetsDe(morceaux, nom)) {
    const rang = (rangs.get(liste) ?? 0) + 1;
    rangs.set(liste, rang);
    let brut: unknown;
    try {
      brut = JSON.parse(texte);
    } catch {
      yield { genre: 'faute', fautes: [{ ligne, objet: nommer('objet', rang, null), colonne: '', message: 'n’est pas du JSON lisible' }] };
      continue;
    }
    if (typeof brut !== 'object' || brut === null) continue;
    const service = estUnService(brut, liste);
    yield juger(brut, { ligne, objet: nommer(service ? 'service' : 'structure', rang, brut) }, service);
  }
}

async function* lireTable(chemin: string, nom: string): AsyncGenerator<Lue> {
  const ouvert = await ouvrirFichier(chemin, nom, null, COLONNES);
  let titres: string[] | null = null;
  for await (const l of ouvert.lignes) {
    if (!titres) {
      titres = l.cellules.map((c) => cleTexte(c).replaceAll(' ', '_'));
      const manquent = ['source', 'id', 'nom', 'date_maj'].filter((c) => !titres?.includes(c));
      if (manquent.length > 0)
        throw invalide(`« ${nom} » n’a pas les colonnes ${manquent.join(', ')} du schéma data·inclusion. Ajoutez-les, puis recommencez.`);
      continue;
    }
    const noms = titres;
    const brut = Object.fromEntries(l.cellules.map((c, i) => [noms[i] ?? '', c]));
    yield juger(brut, { ligne: l.numero }, noms.includes('structure_id'));
  }
}

/** Throws `invalide` for what cannot be read at all. */
export const lireEchange = (chemin: string, nom: string): AsyncGenerator<Lue> =>
  /\.(json|ndjson|jsonl)(\.gz)?$/i.test(nom) ? lireObjets(lireTexteUni(chemin), nom) : lireTable(chemin, nom);
