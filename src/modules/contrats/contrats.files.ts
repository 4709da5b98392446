/** Reads a contract folder: YAML files, checked by schema, errors named by file and path; then checked against each other. */
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { basename, join, relative, sep } from 'node:path';
import { parse } from 'yaml';
import type { z } from 'zod';
import {
  acteursSchema,
  type ContratLu,
  contratSchema,
  type FicheFichier,
  ficheSchema,
  glossaireSchema,
  listesSchema,
  systemesSchema,
  territoiresSchema,
  typesInstanceSchema,
} from './contrats.schema.ts';
import { motsDuContratSchema, SANS_MOTS } from './recherche/recherche.schema.ts';
import { qualiteSchema } from './qualite.schema.ts';
import { suivisSchema } from './suivis.schema.ts';
import { verifierReferences } from './references.rules.ts';

/** Every fault of a contract folder, one French sentence each: file, path, what is expected. */
export class ErreurContrat extends Error {
  readonly fautes: readonly string[];
  constructor(dossier: string, fautes: readonly string[]) {
    super(`Le contrat ${dossier} ne peut pas être chargé :\n${fautes.map((f) => `  - ${f}`).join('\n')}`);
    this.name = 'ErreurContrat';
    this.fautes = fautes;
  }
}

const chemin = (p: readonly PropertyKey[]): string =>
  p.reduce<string>((t, x) => (typeof x === 'number' ? `${t}[${x}]` : t === '' ? String(x) : `${t}.${String(x)}`), '');

interface Fichiers {
  noms: string[];
  contenu: ReadonlyMap<string, string>;
}

/** Every YAML file of the folder, by its path in it. */
export async function lireFichiers(dossier: string): Promise<Fichiers> {
  const tous = await readdir(dossier, { recursive: true }).catch(() => {
    throw new ErreurContrat(dossier, ['le dossier n’existe pas ou ne peut pas être lu']);
  });
  const noms = tous
    .map((n) => n.replaceAll(sep, '/'))
    .filter((n) => n.endsWith('.yaml'))
    .sort();
  const contenu = new Map(await Promise.all(noms.map(async (n) => [n, await readFile(join(dossier, n), 'utf8')] as const)));
  return { noms, contenu };
}

/** Digest of every file of the folder, to recognise an unchanged contract. */
export async function empreinteDossier(dossier: string): Promise<string> {
  const { noms, contenu } = await lireFichiers(dossier);
  const h = createHash('sha256');
  for (const n of noms)
    h.update(n)
      .update('\0')
      .update(contenu.get(n) ?? '')
      .update('\0');
  return h.digest('hex');
}

const FICHIERS = [
  'contrat',
  'acteurs',
  'territoires',
  'glossaire',
  'systemes',
  'instances',
  'listes',
  'qualite',
  'suivis',
  'recherche',
  'cellules',
  'crises',
  'soutien',
  'alertes',
  ...['veille', 'relais', 'consignes', 'structures'],
].map((n) => `${n}.yaml`);
/** A file that nothing reads is a misspelt one. */
const estConnu = (nom: string): boolean =>
  FICHIERS.includes(nom) ||
  /^(?:fiches|enquetes|circuits|compteurs|langues|contexte|secours|secours\/langues|exercices|demonstration|demonstration\/registres)\/[^/]+$/.test(nom);

const comparerNumeros = (a: FicheFichier, b: FicheFichier): number => {
  const [a1 = 0, a2 = 0] = a.numero.split('.').map(Number);
  const [b1 = 0, b2 = 0] = b.numero.split('.').map(Number);
  return a1 - b1 || a2 - b2;
};

/** Throws ErreurContrat with all the faults at once. */
export async function lireContrat(dossier: string): Promise<ContratLu> {
  const { noms, contenu } = await lireFichiers(dossier);
  const fautes = noms
    .filter((n) => !estConnu(n))
    .map(
      (n) =>
        `${n} : ce fichier n’est lu par rien ici (connus : ${FICHIERS.join(', ')}, fiches/…, enquetes/…, circuits/…, compteurs/…, langues/…, contexte/…, secours/…, exercices/…, demonstration/…)`,
    );
  const lire = <S extends z.ZodType>(nom: string, schema: S, absent?: z.output<S>): z.output<S> | undefined => {
    const texte = contenu.get(nom);
    if (texte === undefined) {
      if (absent === undefined) fautes.push(`${relative('.', join(dossier, nom))} : le fichier manque`);
      return absent;
    }
    return analyser(join(dossier, nom), texte, schema, fautes);
  };
  const contrat = lire('contrat.yaml', contratSchema);
  const acteurs = lire('acteurs.yaml', acteursSchema);
  const territoires = lire('territoires.yaml', territoiresSchema);
  const glossaire = lire('glossaire.yaml', glossaireSchema, []);
  const systemes = lire('systemes.yaml', systemesSchema, []);
  const typesInstance = lire('instances.yaml', typesInstanceSchema, []);
  const listes = lire('listes.yaml', listesSchema, { listes: [], champs: [] });
  const regles = lire('qualite.yaml', qualiteSchema, []);
  const suivis = lire('suivis.yaml', suivisSchema, []);
  const recherche = lire('recherche.yaml', motsDuContratSchema, SANS_MOTS);
  const fiches = noms
    .filter((n) => n.startsWith('fiches/'))
    .flatMap((n) => {
      const f = lire(n, ficheSchema);
      if (f && basename(n, '.yaml') !== f.numero) fautes.push(`${n}, numero : le fichier devrait s’appeler ${f.numero}.yaml`);
      return f ? [f] : [];
    })
    .sort(comparerNumeros);
  if (fautes.length > 0 || !contrat || !acteurs || !territoires) throw new ErreurContrat(dossier, fautes);
  const lu: ContratLu = {
    slug: basename(dossier),
    contrat,
    acteurs,
    territoires,
    glossaire: glossaire ?? [],
    systemes: systemes ?? [],
    typesInstance: typesInstance ?? [],
    listes: listes?.listes ?? [],
    champs: listes?.champs ?? [],
    regles: regles ?? [],
    recherche: recherche ?? SANS_MOTS,
    fiches,
    suivis: suivis ?? [],
  };
  const croisees = verifierReferences(lu);
  if (croisees.length > 0) throw new ErreurContrat(dossier, croisees);
  return lu;
}

export function analyser<S extends z.ZodType>(fichier: string, texte: string, schema: S, fautes: string[]): z.output<S> | undefined {
  const nom = relative('.', fichier);
  let brut: unknown;
  try {
    brut = parse(texte);
  } catch (e) {
    fautes.push(`${nom} : YAML illisible (${(e as Error).message.split('\n')[0]})`);
    return undefined;
  }
  const resultat = schema.safeParse(brut);
  if (resultat.success) return resultat.data;
  for (const i of resultat.error.issues) fautes.push(`${nom}, ${chemin(i.path) || 'racine'} : ${i.message}`);
  return undefined;
}
