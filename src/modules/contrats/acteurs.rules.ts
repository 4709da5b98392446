/** Names of acteurs, in general and in a place: the contract speaks of « les commissariats », a decision of that of the 18e. Pure. */
import type { Acteur, Territoire } from './contrats.schema.ts';

type Acteurs = ReadonlyMap<string, Acteur>;
type Ascendants = (territoireId: string) => readonly Territoire[];

export function buildActeurs(acteurs: Acteurs, ascendants: Ascendants) {
  const deChezSoi = [...acteurs.values()].filter((a) => a.territoire !== undefined);
  /** Of an acteur found in each place, the territory where this one is; null above it. */
  const ouSeTrouve = (a: Acteur, territoireId: string): Territoire | null =>
    a.local ? (ascendants(territoireId).find((t) => t.type === a.local?.echelle) ?? null) : null;
  /** The one that stands there under its own name. */
  const propre = (a: Acteur, t: Territoire): Acteur | undefined => deChezSoi.find((x) => x.parent === a.id && x.territoire === t.id);

  const nomActeur = (id: string): string => acteurs.get(id)?.nom ?? id;
  const nomActeurA = (id: string, territoireId: string | null): string => {
    const a = acteurs.get(id);
    const t = a && territoireId ? ouSeTrouve(a, territoireId) : null;
    if (!a?.local || !t) return nomActeur(id);
    return propre(a, t)?.nom ?? `${a.local.nom} ${t.de ?? `(${t.nom})`}`;
  };
  const parNom = (territoireId: string) => (a: Acteur, b: Acteur) =>
    nomActeurA(a.id, territoireId).localeCompare(nomActeurA(b.id, territoireId), 'fr', { numeric: true });
  const acteursA = (territoireId: string) => {
    const lieux = new Set(ascendants(territoireId).map((t) => t.id));
    const ici: Acteur[] = [];
    const autres: Acteur[] = [];
    for (const a of acteurs.values()) {
      if (a.territoire !== undefined) {
        if (lieux.has(a.territoire)) ici.push(a);
        continue;
      }
      const t = ouSeTrouve(a, territoireId);
      if (!t) autres.push(a);
      else if (!propre(a, t)) ici.push(a);
    }
    return { ici: ici.sort(parNom(territoireId)), autres: autres.sort(parNom(territoireId)) };
  };
  return { nomActeur, nomActeurA, acteursA };
}

/** An organisation and the houses above it. */
export function maisonDe(cat: { acteurs: ReadonlyMap<string, { id: string; parent?: string | null | undefined }> }, service: string): string[] {
  const maison: string[] = [];
  for (let a = cat.acteurs.get(service); a && !maison.includes(a.id); a = cat.acteurs.get(a.parent ?? '')) maison.push(a.id);
  return maison.length > 0 ? maison : [service];
}
