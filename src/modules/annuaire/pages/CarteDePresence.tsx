import { type Gamme, GammeLegend } from '../../../ui/maps/scale.tsx';
import { TileMap } from '../../../ui/maps/TileMap.tsx';
import type { Territoire } from '../../contrats/index.ts';

/** One tile for each territory that has a place on the map, with how many there are, whole; nothing for a contract without tiles. */
export function CarteDePresence(p: {
  id: string;
  titre: string;
  unite: string;
  gamme: Gamme;
  nombres: readonly { territoire: Territoire; n: number; href?: string }[];
}) {
  const tuiles = p.nombres.flatMap(({ territoire: t, n, href }) =>
    t.tuile
      ? [
          {
            ...{ id: t.id, nom: t.nom, court: t.court, x: t.tuile[0], y: t.tuile[1], nombre: null, base: 1, valeur: n },
            etat: n === 0 ? ('zero' as const) : ('valeur' as const),
            ...(href ? { href } : {}),
          },
        ]
      : [],
  );
  if (tuiles.length === 0) return null;
  return (
    <div className="c-lieux__carte">
      <TileMap titre={p.titre} unite={p.unite} tuiles={tuiles} gamme={p.gamme} />
      <GammeLegend id={p.id} gamme={p.gamme} mesures={[]} />
    </div>
  );
}
