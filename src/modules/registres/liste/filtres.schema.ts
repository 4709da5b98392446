/** Filters of a list as its address writes them: those every register has, then one for each field marked `filtre`. */
import { estUuid } from '../../../core/base/id.ts';
import type { ChampLignes, ChampListe, DefinitionRegistre } from '../definition.ts';
import type { Repertoire } from '../registres.repertoire.ts';
import { ETAPES } from '../etapes/etapes.rules.ts';
import { direCible } from '../liens/liens.rules.ts';
import { CHAMP_LIEU, direLieu } from '../lieux/lieux.rules.ts';
import { champDe, type Etape } from '../registres.rules.ts';
import { dateCourte, libelleOption, lireDate } from '../valeurs.rules.ts';
import { couper } from '../../../core/couper.ts';

export type Tri = 'recent' | 'ancien' | 'titre' | 'saisie';
export const TRIS: Readonly<Record<Tri, string>> = {
  recent: 'Date, du plus récent',
  ancien: 'Date, du plus ancien',
  titre: 'Titre, de A à Z',
  saisie: 'Dernière saisie',
};

export interface Filtres {
  q: string;
  du: string | null;
  au: string | null;
  territoire: string | null;
  organisation: string | null;
  fiche: string | null;
  ligne: string | null;
  lot: string | null;
  /** Null: all of them. */
  etape: Etape | null;
  serie: string | null;
  statut: 'publie' | 'retire';
  champs: Readonly<Record<string, string>>;
  /** A dated place, `type:code`, or `type:*` for any of that type. */
  lieu: string | null;
  tri: Tri;
}

/** Repeated lines are filtered by their first list, or by having any. */
export const TOUTE_NATURE = '*';
export const naturesDe = (c: ChampLignes): ChampListe | undefined => c.colonnes.find((x) => x.type === 'liste');
const direNature = (c: ChampLignes, v: string): string => (v === TOUTE_NATURE ? 'toutes' : libelleOption(naturesDe(c) ?? { options: [] }, v));

const CLE_DE_LIEU = /^[a-z0-9-]{1,40}:([A-Za-z0-9._-]{1,80}|\*)$/;
const direFiltreDeLieu = (lieu: string, rep: Repertoire): string => {
  const [type = '', code = ''] = lieu.split(':');
  if (code !== '*') return direLieu(lieu, rep.lieux);
  return [...(rep.lieux?.values() ?? [])].find((l) => l.type === type)?.libelleDuType ?? type;
};

type Requete = Readonly<Record<string, string | string[]>>;
const valeur = (r: Requete, cle: string): string => {
  const v = r[cle];
  return (typeof v === 'string' ? v : (v?.[0] ?? '')).trim();
};
const connu = (v: string, existe: (v: string) => boolean): string | null => (v !== '' && existe(v) ? v : null);

/** What an address asks; a value that means nothing is left out rather than refused, so that an old link still works. */
export function lireFiltres(d: DefinitionRegistre, rep: Repertoire, r: Requete): Filtres {
  const date = (cle: string) => {
    const lu = lireDate(valeur(r, cle));
    return lu.ok ? lu.valeur : null;
  };
  const annee = /^(19|20)\d{2}$/.test(valeur(r, 'annee')) ? valeur(r, 'annee') : null;
  const champs: Record<string, string> = {};
  for (const c of d.champs) {
    const v = valeur(r, c.code);
    if (c.type === 'liste' && c.options.some((o) => o.code === v)) champs[c.code] = v;
    if (c.type === 'booleen' && (v === 'oui' || v === 'non')) champs[c.code] = v;
    if (c.type === 'acteur' && rep.acteurs.has(v)) champs[c.code] = v;
    if (c.type === 'lignes' && c.filtre && (v === TOUTE_NATURE || naturesDe(c)?.options.some((o) => o.code === v))) champs[c.code] = v;
    if (c.type === 'lien' && estUuid(v)) champs[c.code] = v.toLowerCase();
  }
  const tri = valeur(r, 'tri');
  return {
    q: couper(valeur(r, 'q'), 200),
    du: date('du') ?? (annee ? `${annee}-01-01` : null),
    au: date('au') ?? (annee ? `${annee}-12-31` : null),
    territoire: connu(valeur(r, 'territoire'), (v) => rep.territoires.has(v)),
    organisation: connu(valeur(r, 'organisation'), (v) => rep.acteurs.has(v)),
    fiche: connu(valeur(r, 'fiche'), (v) => rep.fiches.has(v)),
    ligne: connu(valeur(r, 'ligne'), (v) => rep.ficheDe.has(v)),
    lot: connu(valeur(r, 'lot'), (v) => /^[0-9a-f-]{36}$/.test(v)),
    etape: d.etapes && Object.hasOwn(ETAPES, valeur(r, 'etape')) ? (valeur(r, 'etape') as Etape) : null,
    serie: connu(valeur(r, 'serie'), estUuid),
    statut: valeur(r, 'statut') === 'retire' ? 'retire' : 'publie',
    champs,
    lieu: connu(valeur(r, CHAMP_LIEU), (v) => CLE_DE_LIEU.test(v)),
    tri: Object.hasOwn(TRIS, tri) ? (tri as Tri) : 'recent',
  };
}

/** The filters in use, in words, each with the name it has in the address. */
export function filtresActifs(d: DefinitionRegistre, rep: Repertoire, f: Filtres): { cle: string; libelle: string }[] {
  const actifs: { cle: string; libelle: string }[] = [];
  const ajouter = (cle: string, libelle: string | null) => libelle !== null && actifs.push({ cle, libelle });
  ajouter('q', f.q === '' ? null : `« ${f.q} »`);
  ajouter('du', f.du && `à partir du ${dateCourte(f.du)}`);
  ajouter('au', f.au && `jusqu’au ${dateCourte(f.au)}`);
  ajouter('territoire', f.territoire && (rep.territoires.get(f.territoire)?.nom ?? f.territoire));
  ajouter('organisation', f.organisation && (rep.acteurs.get(f.organisation)?.nom ?? f.organisation));
  ajouter('fiche', f.fiche && `fiche ${f.fiche}`);
  ajouter('ligne', f.ligne && `ligne ${f.ligne}`);
  ajouter('lot', f.lot && 'un import');
  ajouter('serie', f.serie && 'une série');
  ajouter('etape', f.etape && ETAPES[f.etape]);
  ajouter('statut', f.statut === 'retire' ? 'retirés' : null);
  ajouter(CHAMP_LIEU, f.lieu && `lieu : ${direFiltreDeLieu(f.lieu, rep)}`);
  for (const [code, v] of Object.entries(f.champs)) {
    const c = champDe(d, code);
    if (c)
      ajouter(
        code,
        `${c.libelle} : ${c.type === 'liste' ? libelleOption(c, v) : c.type === 'acteur' ? (rep.acteurs.get(v)?.nom ?? v) : c.type === 'lien' ? direCible(rep.cibles?.get(v)) : c.type === 'lignes' ? direNature(c, v) : v}`,
      );
  }
  return actifs;
}

/** The same address with one filter changed or removed; the page number always goes. */
export function avecFiltre(url: URL, cle: string, v: string | null): string {
  const p = new URLSearchParams(url.searchParams);
  p.delete('page');
  if (cle === 'du' || cle === 'au') p.delete('annee');
  if (v === null) p.delete(cle);
  else p.set(cle, v);
  for (const [k, x] of [...p]) if (x === '') p.delete(k);
  const suite = p.toString();
  return suite === '' ? url.pathname : `${url.pathname}?${suite}`;
}
