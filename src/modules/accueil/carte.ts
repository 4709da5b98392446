/** What the map of the first level shows: counts of acts by inhabitant, of those that differ from place to place beyond chance. */
import { lireEnsemble } from '../../core/base/database.ts';
import { lireGarde } from '../../core/base/kept-reads.ts';
import { classer, parHabitants, type Rapport } from '../../ui/maps/classes.ts';
import { getContours } from '../contrats/index.ts';
import { direEnCours, estCartographiable, estLueEnDirect, getParTerritoireDe, getRepartitions } from '../indicateurs/index.ts';
import { avecPopulation } from '../publications/index.ts';
import type { Cadre, FigureSuivie } from './accueil.queries.ts';
import type { FigureCarte } from './pages/CarteDesTerritoires.tsx';

/** The measure that the reader chose, or the largest that says something; null when no population is known or no map would speak. */
export async function carteDe(k: Cadre, suivi: ReadonlyMap<string, FigureSuivie>, demandee: string): Promise<FigureCarte | null> {
  const c = await avecPopulation(k.db, k.f.catalogue);
  const lieux = c.enfants(c.racine.id).map((t) => ({ id: t.id, base: c.habitants(t.id) }));
  const habitants = new Map(lieux.flatMap(({ id, base }) => (base ? [[id, base] as const] : [])));
  if (lieux.length < 2 || habitants.size < lieux.length) return null;
  const candidates = [...suivi.values()]
    .filter((x) => x.chiffre.etat === 'valeur' && estCartographiable(k.f, x.mesure.id) && estLueEnDirect(k.f, x.mesure.id, k.enDirect))
    .map((x) => x.mesure);
  const ids = candidates.map((m) => m.id);
  const parts = await lireGarde(
    k.db,
    `repartitions ${k.contratId} ${k.annee} ${ids.join()}`,
    (lues) => [...lues.values()].reduce((n, x) => n + x.size, 0) * 100,
    () => getRepartitions(k.db, k.contratId, ids, Number(k.annee)),
  );
  const dedans = [...habitants].map(([t, base]) => ({ base, siens: c.descendants(t) }));
  const rapportsDe = (id: string): Rapport[] => {
    const siennes = parts.get(id);
    return dedans.map(({ base, siens }) => ({ nombre: siens.reduce((n, x) => n + (siennes?.get(x)?.nombre ?? 0), 0), base }));
  };
  const choix = candidates.filter((m) => Math.max(...classer(rapportsDe(m.id))) > 0);
  const valeur = (id: string) => suivi.get(id)?.chiffre.valeur ?? 0;
  const mesure = choix.find((m) => m.id === demandee) ?? [...choix].sort((a, b) => valeur(b.id) - valeur(a.id))[0];
  if (!mesure) return null;
  const places = [...habitants.keys()];
  const [territoires, contours] = await lireEnsemble(k.db, [
    () => getParTerritoireDe(k.db, k.contratId, k.f, mesure.id, k.annee, places, k.aujourdhui, k.enDirect),
    () =>
      lireGarde(
        k.db,
        `contours ${k.contratId} ${places.join()}`,
        (lus) => [...lus.values()].reduce((n, x) => n + JSON.stringify(x).length, 0),
        () => getContours(k.db, c, places),
      ),
  ]);
  return {
    mesure,
    choix,
    enCours: direEnCours(k.annee, k.aujourdhui),
    territoires,
    habitants,
    par: parHabitants(rapportsDe(mesure.id)),
    population: c.contrat.population,
    contours,
  };
}
