/** The lines proposed for one record, typed or recorded. */
import { type Db, lireEnsemble } from '../../../core/base/database.ts';
import { type Brut, un } from '../brut.rules.ts';
import type { DefinitionRegistre } from '../definition.ts';
import type { MesureComptee, Registres } from '../registres.contexte.ts';
import type { Repertoire } from '../registres.repertoire.ts';
import type { Contenu, ValeurChamp } from '../registres.rules.ts';
import { lireChamp } from '../valeurs.rules.ts';
import { proposerLignes } from './proposition.rules.ts';
import { listLignesUsuelles } from './preuves.queries.ts';

type Compte = Pick<Contenu, 'jour' | 'organisation_id' | 'donnees' | 'fiches' | 'lignes'>;

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
  const { contratId, d, rep, contenu } = o;
  const [comptePour, liees, usuelles] = await lireEnsemble(db, [
    () => r.mesuresDe(db, contratId, d.code, contenu),
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
    if (c.type === 'lignes') continue;
    const lu = lireChamp(c, un(brut, `donnees.${c.code}`), rep.trouverActeur);
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
