/** Links of a register, for whoever reads or writes it: a repertoire that knows the records they point to. */
import { estUuid } from '../../../core/base/id.ts';
import type { Utilisateur } from '../../../core/authorize.ts';
import { type Db, lireEnsemble } from '../../../core/base/database.ts';
import { jourDe } from '../../../core/clock.ts';
import type { Contexte } from '../../../core/http/http.ts';
import { couper } from '../../../core/couper.ts';
import { texte } from '../../../core/http/http.ts';
import { type Brut, un } from '../brut.rules.ts';
import type { ChampLien, DefinitionRegistre } from '../definition.ts';
import { lireDate } from '../valeurs.rules.ts';
import { ouvrir, type Registres } from '../registres.contexte.ts';
import { peutLire } from '../registres.policy.ts';
import type { CibleConnue } from './cible.ts';
import type { Repertoire } from '../registres.repertoire.ts';
import { type Contenu, liensDe } from '../registres.rules.ts';
import { type CibleLue, listCibles, listNommables, listProches, listVisees, searchCibles } from './liens.queries.ts';
import { parProximite } from './liens.rules.ts';

/** Choices of one link in a form. */
export interface ChoixDeLien {
  champ: ChampLien;
  proches: readonly CibleConnue[];
  /** What the person looked for; null when nothing was. */
  cherche: { mots: string; trouvees: readonly CibleConnue[] } | null;
  /** May the person read the register that it points to? */
  permis: boolean;
}
export type Choix = ReadonlyMap<string, ChoixDeLien>;

/** Names of the fields where a link is looked for, and of the button. */
export const CHERCHE_LIEN = 'cherche_lien.';
const PROCHES = 12;
const TROUVEES = 25;
const FILTRES = 40;

/** May this person know which record it is? Anyone, of a record of a public register that stands. */
function eclairer(r: Pick<Registres, 'definitions'>, u: Utilisateur | null, lues: readonly CibleLue[]): CibleConnue[] {
  const lisible = (c: CibleLue): boolean => {
    const d = r.definitions.find((x) => x.code === c.registre);
    return d !== undefined && (peutLire(u, d) || (d.publique && c.statut === 'publie'));
  };
  return lues.map((c) => ({ ...c, lisible: lisible(c) }));
}
const parId = (cibles: readonly CibleConnue[]): ReadonlyMap<string, CibleConnue> => new Map(cibles.map((c) => [c.id, c]));

interface Qui {
  db: Db;
  contratId: number;
  u: Utilisateur | null;
}
export const quiDe = (c: Contexte): Qui => ({ db: c.db, contratId: c.contrat.id, u: c.utilisateur });

/** The repertoire with the records that these values name by id. */
export async function avecCibles(r: Pick<Registres, 'definitions'>, q: Qui, rep: Repertoire, valeurs: readonly unknown[]): Promise<Repertoire> {
  const ids = [...new Set(valeurs.filter((v): v is string => typeof v === 'string' && estUuid(v)).map((v) => v.toLowerCase()))].filter(
    (id) => !rep.cibles?.has(id),
  );
  if (ids.length === 0) return rep;
  return { ...rep, cibles: new Map([...(rep.cibles ?? []), ...parId(eclairer(r, q.u, await listCibles(q.db, q.contratId, ids)))]) };
}
export const avecCiblesDe = (
  r: Registres,
  q: Qui,
  d: DefinitionRegistre,
  rep: Repertoire,
  contenus: readonly Pick<Contenu, 'donnees'>[],
): Promise<Repertoire> =>
  avecCibles(
    r,
    q,
    rep,
    liensDe(d).flatMap((l) => contenus.map((k) => k.donnees[l.code])),
  );

/** A link may point to what the writer can read, and to what it points to already. */
export async function avecCiblesDuBrut(
  r: Registres,
  q: Qui,
  d: DefinitionRegistre,
  rep: Repertoire,
  brut: Brut,
  tenues: Contenu | null = null,
): Promise<Repertoire> {
  const gardees = new Set(liensDe(d).map((l) => tenues?.donnees[l.code]));
  const lu = await avecCibles(
    r,
    q,
    rep,
    liensDe(d).flatMap((l) => [un(brut, `donnees.${l.code}`), tenues?.donnees[l.code]]),
  );
  return { ...lu, cibles: new Map([...(lu.cibles ?? [])].filter(([id, c]) => gardees.has(id) || (c.lisible && c.statut === 'publie'))) };
}

/** The repertoire of an import: every record that its rows may name. */
async function avecNommables(r: Registres, q: Qui, d: DefinitionRegistre, rep: Repertoire): Promise<Repertoire> {
  const registres = [...new Set(liensDe(d).map((l) => l.vers))].filter((code) => peutLire(q.u, { code }));
  if (registres.length === 0) return rep;
  return { ...rep, cibles: parId(eclairer(r, q.u, await listNommables(q.db, q.contratId, registres))) };
}

export async function ouvrirImport(r: Registres, c: Contexte): Promise<{ d: DefinitionRegistre; rep: Repertoire }> {
  const ici = await ouvrir(r, c);
  return { ...ici, rep: await avecNommables(r, quiDe(c), ici.d, ici.rep) };
}

/** What a form offers for each link: those near its day and place, and what was looked for. */
export async function listChoix(r: Registres, c: Contexte, d: DefinitionRegistre, rep: Repertoire, brut: Brut): Promise<Choix> {
  const q = quiDe(c);
  const lu = lireDate(un(brut, 'jour'));
  const jour = (lu.ok && lu.valeur) || jourDe(c.maintenant);
  const ici = rep.trouverTerritoire(un(brut, 'territoire_id'));
  const parents: string[] = [];
  for (let t = ici ?? null; t !== null && t !== rep.racine.id; t = rep.territoires.get(t)?.parent ?? null) parents.push(t);
  const territoires = ici === null || ici === rep.racine.id ? [] : [...new Set([...parents, ...rep.descendants(ici)])];
  const choix = await lireEnsemble(
    c.db,
    liensDe(d).map((champ) => async (): Promise<ChoixDeLien> => {
      if (!peutLire(q.u, { code: champ.vers })) return { champ, proches: [], cherche: null, permis: false };
      const mots = couper(texte(c.corps[`${CHERCHE_LIEN}${champ.code}`]).trim(), 100);
      const autour = await listProches(q.db, q.contratId, { registre: champ.vers, jour, territoires }, PROCHES);
      const proches = parProximite(autour, { territoires: new Set(territoires), jour }).slice(0, PROCHES);
      const trouvees = mots === '' ? [] : await searchCibles(q.db, q.contratId, champ.vers, mots, TROUVEES);
      return { champ, proches: eclairer(r, q.u, proches), cherche: mots === '' ? null : { mots, trouvees: eclairer(r, q.u, trouvees) }, permis: true };
    }),
  );
  return new Map(choix.map((x) => [x.champ.code, x]));
}

/** What a list offers to be filtered by: the latest of each register that its links go to. */
export async function listFiltresDeLien(r: Registres, q: Qui, d: DefinitionRegistre): Promise<ReadonlyMap<string, readonly CibleConnue[]>> {
  const lus = await lireEnsemble(
    q.db,
    liensDe(d).map((champ) => async () => {
      const cibles = peutLire(q.u, { code: champ.vers }) ? await listVisees(q.db, q.contratId, { champ: champ.code, registre: d.code }, FILTRES) : [];
      return [champ.code, eclairer(r, q.u, cibles)] as const;
    }),
  );
  return new Map(lus);
}
