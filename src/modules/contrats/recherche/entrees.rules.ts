/** What the search finds, and where it leads: one entry for each thing of the contract that has a place on a page. */
import type { ContratLu, LigneFichier } from '../contrats.schema.ts';

export const GENRES_RECHERCHE = {
  fiche: 'Fiche',
  ligne: 'Ligne d’action',
  objectif: 'Objectif',
  mesure: 'Chiffre',
  acteur: 'Acteur',
  territoire: 'Territoire',
  systeme: 'Dispositif',
  lieu: 'Lieu',
  terme: 'Glossaire',
} as const;
export type GenreRecherche = keyof typeof GENRES_RECHERCHE;

export interface Entree {
  genre: GenreRecherche;
  id: string;
  titre: string;
  texte: string;
  url: string;
  /** Things that people look for first weigh more at equal match. */
  poids: number;
}

/** Anchor of an object on its fiche's page; HTML ids allow the dots and hyphens of the contract's ids. */
export const ancre = (id: string): string => `l-${id}`;

export function buildEntrees(lu: ContratLu): Entree[] {
  const noms = new Map(lu.acteurs.map((a) => [a.id, a.nom]));
  const fiches = lu.fiches.flatMap((f): Entree[] => {
    const url = `/fiches/${f.numero}`;
    const lignes = (ls: readonly LigneFichier[]): LigneFichier[] => ls.flatMap((l) => [l, ...lignes(l.lignes ?? [])]);
    const pilotes = f.pilotes.map((p) => noms.get(p) ?? p).join(' ');
    return [
      { genre: 'fiche', id: f.numero, titre: f.titre, texte: `${f.resume} ${f.public} ${pilotes}`, url, poids: 4 },
      ...f.objectifs.map((o): Entree => ({ genre: 'objectif', id: o.id, titre: o.libelle, texte: f.titre, url: `${url}#objectifs`, poids: 1 })),
      ...f.actions.flatMap((a): Entree[] =>
        [{ id: a.id, libelle: a.libelle }, ...lignes(a.lignes)].map((l) => ({
          genre: 'ligne',
          id: l.id,
          titre: l.libelle,
          texte: f.titre,
          url: `${url}#${ancre(l.id)}`,
          poids: 1,
        })),
      ),
      ...f.indicateurs.flatMap((i) =>
        i.mesures.map(
          (m): Entree => ({
            genre: 'mesure',
            id: m.id,
            titre: m.court ?? m.libelle,
            texte: `${m.libelle} ${i.libelle} ${m.unite} ${f.titre}`,
            url: `/chiffres/${m.id}`,
            poids: 2,
          }),
        ),
      ),
    ];
  });
  return [
    ...fiches,
    ...lu.acteurs.map(
      (a): Entree => ({
        genre: 'acteur',
        id: a.id,
        titre: a.nom,
        texte: `${a.sigle ?? ''} ${a.type} ${a.sous_type ?? ''}`,
        url: `/acteurs/${a.id}`,
        poids: 2,
      }),
    ),
    ...lu.territoires.map(
      (t): Entree => ({ genre: 'territoire', id: t.id, titre: t.nom, texte: `${t.type} ${t.code ?? ''} ${t.court}`, url: `/territoires/${t.id}`, poids: 2 }),
    ),
    ...lu.systemes.map((s): Entree => ({ genre: 'systeme', id: s.id, titre: s.nom, texte: s.porteur, url: `/dispositifs/${s.id}`, poids: 1 })),
    ...lu.glossaire.map(
      (g): Entree => ({ genre: 'terme', id: g.terme, titre: g.terme, texte: g.sens, url: `/glossaire#${encodeURIComponent(g.terme)}`, poids: 2 }),
    ),
  ];
}
