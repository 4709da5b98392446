import { Button } from '../../../ui/Button.tsx';
import { Form } from '../../../ui/Form.tsx';
import { ChoroplethFigure } from '../../../ui/maps/ChoroplethMap.tsx';
import { TileMapFigure } from '../../../ui/maps/TileMap.tsx';
import { Select } from '../../../ui/Select.tsx';
import { nombre } from '../../../ui/typographie.ts';
import type { Catalogue, Mesure, Territoire } from '../../contrats/index.ts';
import { type Chiffre, dessin } from '../../indicateurs/index.ts';

export interface FigureCarte {
  mesure: Mesure;
  /** Measures that say something on a map, this year. */
  choix: readonly Mesure[];
  enCours: string | undefined;
  territoires: ReadonlyMap<string, Chiffre>;
  habitants: ReadonlyMap<string, number>;
  /** Rates are given for that many inhabitants. */
  par: number;
  /** Who counted them. */
  population: string | undefined;
  contours: ReadonlyMap<string, GeoJSON.Polygon | GeoJSON.MultiPolygon>;
}

interface Props {
  catalogue: Catalogue;
  annee: string;
  carte: FigureCarte;
}

/** The map, and the choice of what it shows, kept in the address. */
export function CarteAuChoix({ action, masques = {}, ...p }: Props & { action: string; masques?: Record<string, string> }) {
  return (
    <>
      <Form action={action} methode="get" masques={{ annee: p.annee, ...masques }} classe="c-choix-carte">
        <Select
          nom="carte"
          libelle="Chiffre montré sur la carte"
          valeur={p.carte.mesure.id}
          options={p.carte.choix.map((m) => ({ valeur: m.id, libelle: m.court }))}
        />
        <Button variante="secondaire">Voir la carte</Button>
      </Form>
      <CarteDesTerritoires {...p} />
    </>
  );
}

/** One count over the first level of territories, by inhabitant: real boundaries when every one of them is known, tiles otherwise. */
function CarteDesTerritoires({ catalogue: c, annee, carte }: Props) {
  const commun = {
    titre: `${carte.mesure.court}, ${annee}`,
    unite: `pour ${nombre(carte.par)} habitants`,
    uniteDuNombre: carte.mesure.unite,
    description: `Pour ${nombre(carte.par)} habitants${carte.enCours ? `, ${carte.enCours}` : ''} ; le nombre est entre parenthèses.`,
    ...(carte.population ? { source: `Population : ${carte.population}.` } : {}),
  };
  const lieux = c.enfants(c.racine.id).flatMap((t) => {
    const [chiffre, base] = [carte.territoires.get(t.id), carte.habitants.get(t.id)];
    return chiffre && base ? [{ t, zone: zoneDe(t, chiffre, base, { annee, par: carte.par }) }] : [];
  });
  const zones = lieux.flatMap(({ t, zone }) => {
    const geometrie = carte.contours.get(t.id);
    return geometrie ? [{ ...zone, geometrie }] : [];
  });
  if (zones.length > 0 && zones.length === lieux.length) return <ChoroplethFigure {...commun} zones={zones} />;
  const tuiles = lieux.flatMap(({ t, zone }) => (t.tuile ? [{ ...zone, x: t.tuile[0], y: t.tuile[1] }] : []));
  return tuiles.length > 0 ? <TileMapFigure {...commun} tuiles={tuiles} /> : null;
}

const zoneDe = (t: Territoire, x: Chiffre, base: number, o: { annee: string; par: number }) => ({
  id: t.id,
  nom: t.nom,
  court: t.court,
  etat: dessin(x).etat,
  nombre: x.valeur,
  base,
  valeur: x.valeur === null ? null : (x.valeur / base) * o.par,
  depuis: x.depuis,
  href: `/territoires/${t.id}?annee=${o.annee}`,
});
