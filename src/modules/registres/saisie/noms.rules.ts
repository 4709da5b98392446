/** Places and partners as a form writes them: a name that one may type, and never takes for another. */
import type { Brut } from '../brut.rules.ts';
import { un } from '../brut.rules.ts';
import type { DefinitionRegistre } from '../definition.ts';
import type { Repertoire } from '../registres.repertoire.ts';

/** Name of each territory, with its parent under the first level: two quarters may have the same name. */
export function nomsDeLieux(rep: Repertoire): Map<string, string> {
  const noms = new Map<string, string>();
  for (const { territoires } of rep.niveaux())
    for (const t of territoires) {
      const parent = t.parent === null ? undefined : rep.territoires.get(t.parent);
      noms.set(t.id, parent && parent.id !== rep.racine.id ? `${t.nom} (${parent.nom})` : t.nom);
    }
  return noms;
}

const parNom = new WeakMap<Repertoire['territoires'], Map<string, string>>();
function idsParNom(rep: Repertoire): Map<string, string> {
  const deja = parNom.get(rep.territoires);
  if (deja) return deja;
  const ids = new Map([...nomsDeLieux(rep)].map(([id, nom]) => [nom, id]));
  parNom.set(rep.territoires, ids);
  return ids;
}

/** What a form sends, with the codes of what it names: names are compared with nothing. What names nothing stays as typed, to be told. */
export function enCodes(d: DefinitionRegistre, rep: Repertoire, brut: Brut): Brut {
  const codes: Record<string, string> = {};
  const lieu = un(brut, 'territoire_id');
  if (lieu !== '' && !rep.territoires.has(lieu)) codes.territoire_id = idsParNom(rep).get(lieu) ?? rep.trouverTerritoire(lieu) ?? lieu;
  for (const nom of ['organisation_id', ...d.champs.filter((c) => c.type === 'acteur').map((c) => `donnees.${c.code}`)]) {
    const qui = un(brut, nom);
    if (qui !== '' && !rep.acteurs.has(qui)) codes[nom] = rep.trouverActeur(qui) ?? qui;
  }
  return { ...brut, ...codes };
}
