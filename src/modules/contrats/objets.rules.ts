/** A contract folder as flat versioned objects, and back. Pure. */
import type { ContratLu, FicheFichier, LigneFichier } from './contrats.schema.ts';
import { SANS_MOTS } from './recherche/recherche.schema.ts';

type Genre =
  | 'contrat'
  | 'acteur'
  | 'territoire'
  | 'terme'
  | 'systeme'
  | 'type_instance'
  | 'fiche'
  | 'objectif'
  | 'action'
  | 'ligne'
  | 'indicateur'
  | 'mesure'
  | 'liste'
  | 'champ'
  | 'regle'
  | 'suivi'
  | 'recherche';

export interface Objet {
  genre: Genre;
  id: string;
  /** Place in reading order among its genre. */
  ordre: number;
  contenu: Record<string, unknown>;
}

export function versObjets(lu: ContratLu): Objet[] {
  const objets: Objet[] = [];
  const rangs = new Map<Genre, number>();
  const add = (genre: Genre, id: string, contenu: Record<string, unknown>) => {
    const ordre = rangs.get(genre) ?? 0;
    rangs.set(genre, ordre + 1);
    objets.push({ genre, id, ordre, contenu });
  };
  const addLignes = (lignes: readonly LigneFichier[], parent: string) => {
    for (const { lignes: sous, ...l } of lignes) {
      add('ligne', l.id, { ...l, parent });
      addLignes(sous ?? [], l.id);
    }
  };
  add('contrat', 'contrat', { ...lu.contrat });
  for (const a of lu.acteurs) add('acteur', a.id, a);
  for (const t of lu.territoires) add('territoire', t.id, t);
  for (const t of lu.glossaire) add('terme', t.terme, t);
  for (const s of lu.systemes) add('systeme', s.id, s);
  for (const t of lu.typesInstance) add('type_instance', t.id, t);
  for (const l of lu.listes) add('liste', l.id, l);
  for (const c of lu.champs) add('champ', `${c.registre}.${c.champ}`, c);
  for (const r of lu.regles) add('regle', r.id, r);
  for (const s of lu.suivis) add('suivi', s.id, s);
  add('recherche', 'recherche', { ...lu.recherche });
  for (const { objectifs, actions, indicateurs, ...f } of lu.fiches) {
    add('fiche', f.numero, f);
    for (const o of objectifs) add('objectif', o.id, { ...o, fiche: f.numero });
    for (const { lignes, ...a } of actions) {
      add('action', a.id, { ...a, fiche: f.numero });
      addLignes(lignes, a.id);
    }
    for (const { mesures, ...i } of indicateurs) {
      add('indicateur', i.id, { ...i, fiche: f.numero });
      for (const m of mesures) add('mesure', m.id, { ...m, indicateur: i.id });
    }
  }
  return objets;
}

/** Rebuilds the folder from its current objects, given in order. They were checked when they were loaded. */
export function depuisObjets(slug: string, objets: readonly Objet[]): ContratLu {
  const parGenre = new Map<Genre, Record<string, unknown>[]>();
  for (const o of objets) parGenre.set(o.genre, [...(parGenre.get(o.genre) ?? []), o.contenu]);
  const de = <T>(g: Genre): T[] => (parGenre.get(g) ?? []) as T[];
  const grouper = <T extends object>(g: Genre, cle: string): Map<string, T[]> => {
    const map = new Map<string, T[]>();
    for (const o of de<Record<string, unknown>>(g)) {
      const { [cle]: parent, ...reste } = o;
      const freres = map.get(String(parent));
      if (freres) freres.push(reste as T);
      else map.set(String(parent), [reste as T]);
    }
    return map;
  };
  type Action = FicheFichier['actions'][number];
  type Indicateur = FicheFichier['indicateurs'][number];
  const lignes = grouper<LigneFichier>('ligne', 'parent');
  const objectifs = grouper<FicheFichier['objectifs'][number]>('objectif', 'fiche');
  const actions = grouper<Omit<Action, 'lignes'>>('action', 'fiche');
  const indicateurs = grouper<Omit<Indicateur, 'mesures'>>('indicateur', 'fiche');
  const mesures = grouper<Indicateur['mesures'][number]>('mesure', 'indicateur');
  const sous = (id: string): LigneFichier[] =>
    (lignes.get(id) ?? []).map((l) => {
      const enfants = sous(l.id);
      return enfants.length > 0 ? { ...l, lignes: enfants } : l;
    });
  const contrat = de<ContratLu['contrat']>('contrat')[0];
  if (!contrat) throw new Error(`Le contrat ${slug} n’est pas chargé.`);
  return {
    slug,
    contrat,
    acteurs: de('acteur'),
    territoires: de('territoire'),
    glossaire: de('terme'),
    systemes: de('systeme'),
    typesInstance: de('type_instance'),
    listes: de('liste'),
    champs: de('champ'),
    regles: de('regle'),
    // A contract loaded by an older Concorde has none.
    recherche: de<ContratLu['recherche']>('recherche')[0] ?? SANS_MOTS,
    suivis: de('suivi'),
    fiches: de<FicheFichier>('fiche').map((f) => ({
      ...f,
      objectifs: objectifs.get(f.numero) ?? [],
      actions: (actions.get(f.numero) ?? []).map((a) => ({ ...a, lignes: sous(a.id) })),
      indicateurs: (indicateurs.get(f.numero) ?? []).map((i) => ({ ...i, mesures: mesures.get(i.id) ?? [] })),
    })),
  };
}
