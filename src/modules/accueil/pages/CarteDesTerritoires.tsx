import { ChoroplethFigure } from '../../../ui/maps/ChoroplethMap.tsx';
import { TileMapFigure } from '../../../ui/maps/TileMap.tsx';
import type { Catalogue, Territoire } from '../../contrats/index.ts';
import type { Chiffre } from '../../indicateurs/index.ts';

export interface FigureCarte {
  titre: string;
  unite: string;
  territoires: ReadonlyMap<string, Chiffre>;
  contours: ReadonlyMap<string, GeoJSON.Polygon | GeoJSON.MultiPolygon>;
}

/** One figure over the first level of territories: real boundaries when every one of them is known, tiles otherwise. */
export function CarteDesTerritoires({ catalogue: c, annee, carte }: { catalogue: Catalogue; annee: string; carte: FigureCarte }) {
  const titre = `${carte.titre}, ${annee}`;
  const lieux = c.enfants(c.racine.id).flatMap((t) => {
    const chiffre = carte.territoires.get(t.id);
    return chiffre ? [{ t, commun: communDe(t, chiffre, annee) }] : [];
  });
  const zones = lieux.flatMap(({ t, commun }) => {
    const geometrie = carte.contours.get(t.id);
    return geometrie ? [{ ...commun, geometrie }] : [];
  });
  if (zones.length > 0 && zones.length === lieux.length) return <ChoroplethFigure titre={titre} unite={carte.unite} zones={zones} />;
  const tuiles = lieux.flatMap(({ t, commun }) => (t.tuile ? [{ ...commun, x: t.tuile[0], y: t.tuile[1] }] : []));
  return tuiles.length > 0 ? <TileMapFigure titre={titre} unite={carte.unite} tuiles={tuiles} /> : null;
}

const communDe = (t: Territoire, x: Chiffre, annee: string) => ({
  id: t.id,
  nom: t.nom,
  court: t.court,
  etat: x.etat,
  valeur: x.valeur,
  href: `/territoires/${t.id}?annee=${annee}`,
});
