/** What is said under the title of something found: what kind of thing it is, and the few words by which one recognises it. Pure. */
import { type Catalogue, type Cible, direSens, GENRES_RECHERCHE } from '../../contrats/index.ts';

export interface Dit {
  /** « Fiche 1.6 », « Acteur : service Ville ». */
  legende: string;
  extrait: string | null;
  /** Its current figure stands beside it. */
  mesure: string | null;
}

export function direTrouvaille(c: Catalogue, { genre, id }: Pick<Cible, 'genre' | 'id'>): Dit {
  const dit = (legende: string, extrait: string | null = null, mesure: string | null = null): Dit => ({ legende, extrait, mesure });
  const deFiche = (numero: string | undefined): string | null => {
    const f = numero === undefined ? undefined : c.fiches.get(numero);
    return f ? `Fiche ${f.numero} : ${f.titre}` : null;
  };
  if (genre === 'axe') return dit(`Axe ${id}`, c.axes.find((a) => String(a.numero) === id)?.resume ?? null);
  const nom = GENRES_RECHERCHE[genre];
  switch (genre) {
    case 'fiche':
      return dit(`${nom} ${id}`, c.fiches.get(id)?.resume ?? null);
    case 'objectif':
      return dit(nom, deFiche(id.slice(0, id.indexOf('-'))));
    case 'ligne':
      return dit(nom, deFiche(c.lignes.get(id)?.fiche ?? id.slice(0, id.indexOf('-'))));
    case 'mesure': {
      const m = c.mesures.get(id);
      return dit(`${nom} ${id}`, m && m.libelle !== m.court ? m.libelle : deFiche(m?.fiche), id);
    }
    case 'acteur': {
      const a = c.acteurs.get(id);
      const pilote = [...c.fiches.values()].filter((f) => f.pilotes.includes(id)).map((f) => f.numero);
      return dit(`${nom} : ${[a?.type, a?.sous_type].filter(Boolean).join(', ')}`, pilote.length > 0 ? `Pilote de ${direFiches(pilote)}` : null);
    }
    case 'territoire': {
      const t = c.territoires.get(id);
      return dit(`${nom} : ${t?.type ?? ''}`, (t?.parent && t.parent !== c.racine.id && c.territoires.get(t.parent)?.nom) || null);
    }
    case 'systeme':
      return dit(`${nom} ${id}`, c.systemes.get(id)?.porteur ?? null);
    case 'terme': {
      const s = c.sigles.get(id);
      return dit(nom, s ? direSens(s) : (c.glossaire.find((t) => t.terme === id)?.sens ?? null));
    }
    case 'lieu':
      return dit(nom);
  }
}

const direFiches = (numeros: readonly string[]): string => (numeros.length === 1 ? `la fiche ${numeros[0]}` : `${numeros.length} fiches`);

/** Under what a page of results is known in a list of tabs: what, of which kind, which page. */
export const titreDeRecherche = (q: string, genre: string | null, page: number, pages: number): string =>
  q === ''
    ? 'Rechercher'
    : [`Recherche : ${q}`, genre ? genre.toLowerCase() : '', page > 1 && pages > 1 ? `page ${page} sur ${pages}` : ''].filter(Boolean).join(', ');
