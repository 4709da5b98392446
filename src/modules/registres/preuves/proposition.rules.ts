/** Which action lines a record may be evidence for: a few, deduced from what it counts for; a person confirms. Pure. */
import { contientMots } from '../../../core/mots.ts';

interface SystemeLie {
  lignes: readonly string[];
  exige?: readonly {
    registre?: string | undefined;
    ou?: Readonly<Record<string, string | boolean>> | undefined;
    mesures?: readonly string[] | undefined;
  }[];
}

/**
 * Lines of the systems that ask for such a record, by its register and values or by a measure that counts it. The ones that
 * speak of fewer things come first: a system drawn from one line says more than one drawn from ten.
 */
export function lignesLiees(
  systemes: Iterable<SystemeLie>,
  registre: string,
  mesures: ReadonlySet<string>,
  correspond: (ou: Readonly<Record<string, string | boolean>>) => boolean,
): string[] {
  const poids = new Map<string, number>();
  for (const s of systemes) {
    const parSesValeurs = (s.exige ?? []).some((e) => e.registre === registre && Object.keys(e.ou ?? {}).length > 0 && correspond(e.ou ?? {}));
    const parUneMesure = (s.exige ?? []).some((e) => (e.mesures ?? []).some((m) => mesures.has(m)));
    if (!parSesValeurs && !parUneMesure) continue;
    for (const l of s.lignes) poids.set(l, Math.max(poids.get(l) ?? 0, (parUneMesure ? 2 : 1) / s.lignes.length));
  }
  return [...poids].sort((a, b) => b[1] - a[1] || a[0].localeCompare(b[0])).map(([l]) => l);
}

export const PROPOSEES_MAX = 5;

export interface Proposables {
  /** Lines that systems link to such a record, the surest first. */
  liees: readonly string[];
  /** Lines that similar records of the organisation were confirmed for, the most used first. */
  usuelles: readonly string[];
  /** Fiches that the record is evidence for. */
  fiches: ReadonlySet<string>;
  ficheDe: (ligne: string) => string | undefined;
  /** Already confirmed. */
  deja: readonly string[];
}
/** At most five: what the organisation confirms for such records first, then what is linked. A habit of another fiche is none here. */
export function proposerLignes(p: Proposables): string[] {
  const connue = (l: string) => p.ficheDe(l) !== undefined && !p.deja.includes(l);
  const habituelles = p.usuelles.filter((l) => p.liees.includes(l) || p.fiches.size === 0 || p.fiches.has(p.ficheDe(l) ?? ''));
  return [...new Set([...habituelles, ...p.liees])].filter(connue).slice(0, PROPOSEES_MAX);
}

const TROUVEES_MAX = 10;
/** Lines that hold every word typed, in their number, their text or the title of their fiche. */
export function chercherLignes<L extends { id: string; libelle: string }>(
  fiches: Iterable<{ numero: string; titre: string; lignes: readonly L[] }>,
  quoi: string,
): { trouvees: L[]; autres: number } {
  if (quoi.trim() === '') return { trouvees: [], autres: 0 };
  const toutes = [...fiches].flatMap((f) => f.lignes.filter((l) => contientMots(`${l.id} ${l.libelle} fiche ${f.numero} ${f.titre}`, quoi)));
  return { trouvees: toutes.slice(0, TROUVEES_MAX), autres: Math.max(0, toutes.length - TROUVEES_MAX) };
}
