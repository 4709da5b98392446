/** The lines proposed for one record, typed or recorded. */
import { type Db, lireEnsemble } from '../../../core/base/database.ts';
import { type Brut, rangsDe, un } from '../brut.rules.ts';
import type { DefinitionRegistre } from '../definition.ts';
import type { MesureComptee, Registres } from '../registres.contexte.ts';
import type { Repertoire } from '../registres.repertoire.ts';
import { codeDesLignes, type Contenu, quantiteDesLignes, type ValeurChamp } from '../registres.rules.ts';
import { lireChamp, lireLigne } from '../valeurs.rules.ts';
import { proposerLignes } from './proposition.rules.ts';
import { listLignesUsuelles } from './preuves.queries.ts';

type Compte = Pick<Contenu, 'jour' | 'organisation_id' | 'donnees' | 'fiches' | 'lignes'>;

/** What counts it, in the contract's order of fiches, each measure once: the record itself, and the facts drawn from its lines. */
async function listMesures(db: Db, r: Registres, contratId: number, d: DefinitionRegistre, contenu: Compte): Promise<readonly MesureComptee[]> {
  const mesures = new Map<string, MesureComptee>();
  for (const fait of [{ source: d.code, donnees: contenu.donnees }, ...faitsDesLignes(d, contenu.donnees)])
    for (const m of await r.mesuresDe(db, contratId, fait.source, { ...contenu, donnees: fait.donnees })) mesures.set(m.id, m);
  return [...mesures.values()];
}

/** With what its view counts in repeated lines: filters may ask for so many of them. */
function avecQuantites(d: DefinitionRegistre, donnees: Compte['donnees']): Compte['donnees'] {
  const comptees = d.champs.flatMap((c) => {
    const lignes = donnees[c.code];
    if (c.type !== 'lignes' || !Array.isArray(lignes)) return [];
    return c.quantites.flatMap((q) => {
      const n = quantiteDesLignes(q, lignes);
      return n === null ? [] : [[q.code, n] as const];
    });
  });
  return { ...donnees, ...Object.fromEntries(comptees) };
}

/** The facts that repeated lines are, with the values that their view gives them. */
function faitsDesLignes(d: DefinitionRegistre, donnees: Compte['donnees']): { source: string; donnees: Compte['donnees'] }[] {
  return d.champs.flatMap((c) => {
    const lignes = donnees[c.code];
    if (c.type !== 'lignes' || !c.faits || !Array.isArray(lignes)) return [];
    const { seulement: s, jour } = c.faits;
    return lignes
      .filter((l) => (!s || l[s.colonne] === s.valeur) && (!jour || l[jour]))
      .map((l) => ({
        source: codeDesLignes(d, c),
        donnees: { ...donnees, ...Object.fromEntries(Object.entries(l).map(([col, v]) => [`ligne_${col}`, v])) },
      }));
  });
}

export interface Proposition {
  /** Measures that count it: the fiches that it is evidence for. */
  comptePour: readonly MesureComptee[];
  /** Action lines that a person may confirm. */
  lignes: readonly string[];
}

export async function proposerPour(
  db: Db,
  r: Registres,
  o: { contratId: number; d: DefinitionRegistre; rep: Repertoire; contenu: Compte },
): Promise<Proposition> {
  const { contratId, d, rep } = o;
  const contenu = { ...o.contenu, donnees: avecQuantites(d, o.contenu.donnees) };
  const [comptePour, liees, usuelles] = await lireEnsemble(db, [
    () => listMesures(db, r, contratId, d, contenu),
    () => r.lignesDe(db, contratId, d.code, contenu),
    () => (contenu.organisation_id === '' ? [] : listLignesUsuelles(db, { contratId, registre: d.code, organisationId: contenu.organisation_id })),
  ]);
  const fiches = new Set([...comptePour.map((m) => m.fiche), ...contenu.fiches]);
  return { comptePour, lignes: proposerLignes({ liees, usuelles, fiches, ficheDe: (l) => rep.ficheDe.get(l), deja: contenu.lignes }) };
}

/** As much of a record as its form says so far. */
export function contenuEnCours(d: DefinitionRegistre, rep: Repertoire, brut: Brut): Compte {
  const donnees: Record<string, ValeurChamp> = {};
  for (const c of d.champs) {
    if (c.type === 'lignes') {
      const lignes = rangsDe(c, brut).flatMap((rang) => {
        const l = lireLigne(c, Object.fromEntries(c.colonnes.map((col) => [col.code, un(brut, `donnees.${c.code}.${rang}.${col.code}`)])));
        return l.ok && l.valeur ? [l.valeur] : [];
      });
      if (lignes.length > 0) donnees[c.code] = lignes;
      continue;
    }
    const lu = lireChamp(c, un(brut, `donnees.${c.code}`), rep.trouverActeur, rep);
    if (lu.ok && lu.valeur !== null) donnees[c.code] = lu.valeur;
  }
  return {
    jour: un(brut, 'jour'),
    organisation_id: rep.trouverActeur(un(brut, 'organisation_id')) ?? '',
    donnees,
    fiches: choisis(brut, 'fiches').filter((n) => rep.fiches.has(n)),
    lignes: choisis(brut, 'lignes').filter((l) => rep.ficheDe.has(l)),
  };
}

/** What is ticked in a form, written in a row, or asked in the address. */
export function choisis(brut: Brut, nom: string): string[] {
  const v = brut[nom] ?? [];
  return [...new Set([v].flat().flatMap((t) => t.split(/[,;\s]+/)))].filter((t) => t !== '');
}

/** Measures under the fiche that they are of, in the contract's order. */
export function parFiche(comptePour: readonly MesureComptee[], rep: Repertoire): [string, MesureComptee[]][] {
  return [...rep.fiches.keys()].flatMap((n): [string, MesureComptee[]][] => {
    const siennes = comptePour.filter((m) => m.fiche === n);
    return siennes.length > 0 ? [[n, siennes]] : [];
  });
}
