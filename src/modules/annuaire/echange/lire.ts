/** Rows of a file of data·inclusion, JSON or table, read as they come: what they are, where they stand, and what is wrong with them. */
import { invalide } from '../../../core/errors.ts';
import { cleTexte } from '../../../core/mots.ts';
import { lireTexteUni } from '../../../core/source.ts';
import { ouvrirFichier } from '../../../core/tableur/tableur.ts';
import type { Faute } from './bilan.ts';
import { objetsDe } from './json.ts';
import { type ServiceLu, serviceLuSchema, type StructureLue, structureLueSchema } from './lignes.schema.ts';

export type Lue =
  | { genre: 'structure'; ligne: number; v: StructureLue }
  | { genre: 'service'; ligne: number; v: ServiceLu }
  | { genre: 'faute'; fautes: Faute[] };

const COLONNES = [...Object.keys(structureLueSchema.shape), ...Object.keys(serviceLuSchema.shape)];

function juger(brut: unknown, ligne: number, service: boolean): Lue {
  const lu = service ? serviceLuSchema.safeParse(brut) : structureLueSchema.safeParse(brut);
  if (!lu.success)
    return {
      genre: 'faute',
      fautes: lu.error.issues.slice(0, 5).map((i) => ({ ligne, colonne: String(i.path[0] ?? ''), message: i.message })),
    };
  return (service ? { genre: 'service', ligne, v: lu.data } : { genre: 'structure', ligne, v: lu.data }) as Lue;
}
const estUnService = (o: object, liste: string): boolean => liste === 'services' || (liste !== 'structures' && 'structure_id' in o);

async function* lireJson(chemin: string, nom: string): AsyncGenerator<Lue> {
  for await (const { liste, ligne, texte } of objetsDe(lireTexteUni(chemin), nom)) {
    let brut: unknown;
    try {
      brut = JSON.parse(texte);
    } catch {
      yield { genre: 'faute', fautes: [{ ligne, colonne: '', message: 'n’est pas du JSON lisible' }] };
      continue;
    }
    if (typeof brut === 'object' && brut !== null) yield juger(brut, ligne, estUnService(brut, liste));
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
    yield juger(brut, l.numero, noms.includes('structure_id'));
  }
}

/** Throws `invalide` for what cannot be read at all. */
export const lireEchange = (chemin: string, nom: string): AsyncGenerator<Lue> =>
  /\.(json|ndjson|jsonl)(\.gz)?$/i.test(nom) ? lireJson(chemin, nom) : lireTable(chemin, nom);
