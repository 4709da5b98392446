/**
 * The register of processing activities (GDPR, article 30), built from what migrations say of their tables and columns in the
 * comments of the database. Pure: rows of the catalogue in, register and gaps out.
 */
import { z } from 'zod';

/** What a column may hold. Only the categories marked `personnelle` make a table one that holds personal data. */
const CATEGORIES = {
  identite: { libelle: 'Identité', personnelle: true },
  pseudonyme: { libelle: 'Identifiant de compte', personnelle: true },
  coordonnees: { libelle: 'Coordonnées', personnelle: true },
  vie_professionnelle: { libelle: 'Vie professionnelle', personnelle: true },
  connexion: { libelle: 'Connexion', personnelle: true },
  authentification: { libelle: 'Authentification (empreintes, secrets)', personnelle: true },
  localisation: { libelle: 'Lieu précis', personnelle: true },
  contenu: { libelle: 'Contenu, où un nom peut se glisser par erreur', personnelle: true },
  contrat: { libelle: 'Contrat et chiffres, non personnel', personnelle: false },
  technique: { libelle: 'Technique', personnelle: false },
} as const;
export type Categorie = keyof typeof CATEGORIES;

const annotationTable = z.object({
  traitement: z.string().regex(/^[a-z0-9_]+$/),
  /** Retention in words; `jours` when a rule applies it. */
  duree: z.string().min(1),
  jours: z.number().int().positive().optional(),
  /** Where the end from which they run may not come: days after the beginning that stand for it. */
  recours: z.number().int().positive().optional(),
  titre: z.string().optional(),
  finalite: z.string().optional(),
  base_legale: z.string().optional(),
  personnes: z.string().optional(),
  destinataires: z.array(z.string()).optional(),
});
const annotationColonne = z.object({
  categorie: z.enum(Object.keys(CATEGORIES) as [Categorie, ...Categorie[]]),
  note: z.string().optional(),
});
type AnnotationTable = z.output<typeof annotationTable>;

/** One column of the catalogue with both comments, as PostgreSQL gives them. */
export interface LigneCatalogue {
  table: string;
  annotation: string | null;
  /** Null for a table without columns. */
  colonne: string | null;
  annotationColonne: string | null;
}
interface ColonneAnnotee {
  nom: string;
  categorie: Categorie;
  note: string | null;
}
export interface TableAnnotee {
  nom: string;
  duree: string;
  jours: number | null;
  colonnes: readonly ColonneAnnotee[];
}
export interface Traitement {
  code: string;
  titre: string;
  finalite: string;
  baseLegale: string;
  personnes: string;
  destinataires: readonly string[];
  personnel: boolean;
  tables: readonly TableAnnotee[];
}
/** What nobody described: `colonne` is null when it is the table itself, `table` when it is the whole activity. */
export interface Manque {
  traitement?: string;
  table?: string;
  colonne?: string;
  raison: string;
}
export interface Registre {
  traitements: readonly Traitement[];
  manques: readonly Manque[];
}

function lireJson<S extends z.ZodType>(schema: S, texte: string | null): z.output<S> | null {
  if (texte === null) return null;
  try {
    const lu = schema.safeParse(JSON.parse(texte));
    return lu.success ? lu.data : null;
  } catch {
    // A comment in plain words is not an annotation.
    return null;
  }
}

interface EnCours {
  annotations: AnnotationTable[];
  tables: (TableAnnotee & { colonnes: ColonneAnnotee[] })[];
}

/** Rows come in any order. A column or table that is not described is a gap, and is not lost from sight. */
export function buildRegistre(lignes: readonly LigneCatalogue[]): Registre {
  const manques: Manque[] = [];
  const parCode = new Map<string, EnCours>();
  const tables = new Map<string, ColonneAnnotee[]>();
  for (const l of lignes) {
    let colonnes = tables.get(l.table);
    if (!colonnes) {
      colonnes = [];
      tables.set(l.table, colonnes);
      const a = lireJson(annotationTable, l.annotation);
      if (a) {
        const ici = parCode.get(a.traitement) ?? { annotations: [], tables: [] };
        ici.annotations.push(a);
        ici.tables.push({ nom: l.table, duree: a.duree, jours: a.jours ?? null, colonnes });
        parCode.set(a.traitement, ici);
      } else manques.push({ table: l.table, raison: l.annotation === null ? 'table sans annotation' : 'annotation de table illisible' });
    }
    if (l.colonne === null) continue;
    const c = lireJson(annotationColonne, l.annotationColonne);
    if (c) colonnes.push({ nom: l.colonne, categorie: c.categorie, note: c.note ?? null });
    else
      manques.push({ table: l.table, colonne: l.colonne, raison: l.annotationColonne === null ? 'colonne sans catégorie' : 'catégorie inconnue ou illisible' });
  }
  const traitements = [...parCode].map(([code, t]) => buildTraitement(code, t));
  for (const t of traitements) {
    const vides = (['finalite', 'baseLegale', 'personnes'] as const).filter((c) => t[c] === '').length;
    if (vides > 0 || t.titre === t.code || t.destinataires.length === 0)
      manques.push({ traitement: t.code, raison: 'traitement sans titre, finalité, base légale, personnes concernées ou destinataires' });
  }
  traitements.sort((a, b) => Number(b.personnel) - Number(a.personnel) || a.titre.localeCompare(b.titre, 'fr'));
  return { traitements, manques };
}

function buildTraitement(code: string, { annotations, tables }: EnCours): Traitement {
  const dire = (champ: 'titre' | 'finalite' | 'base_legale' | 'personnes'): string => annotations.find((a) => a[champ])?.[champ] ?? '';
  return {
    code,
    titre: dire('titre') || code,
    finalite: dire('finalite'),
    baseLegale: dire('base_legale'),
    personnes: dire('personnes'),
    destinataires: [...new Set(annotations.flatMap((a) => a.destinataires ?? []))],
    personnel: tables.some((t) => t.colonnes.some((c) => CATEGORIES[c.categorie].personnelle)),
    tables: tables.sort((a, b) => a.nom.localeCompare(b.nom)),
  };
}

/** The categories of a table in the order of CATEGORIES, each with its columns; without those that hold nothing personal. */
export function listCategories(table: TableAnnotee): { categorie: Categorie; libelle: string; colonnes: string[] }[] {
  return (Object.keys(CATEGORIES) as Categorie[])
    .filter((c) => CATEGORIES[c].personnelle)
    .map((c) => ({ categorie: c, libelle: CATEGORIES[c].libelle, colonnes: table.colonnes.filter((x) => x.categorie === c).map((x) => x.nom) }))
    .filter((c) => c.colonnes.length > 0);
}

/** « table.colonne : raison », for the page and the tests. */
export const direManque = (m: Manque): string => `${[m.traitement, m.table, m.colonne].filter(Boolean).join('.')} : ${m.raison}`;
