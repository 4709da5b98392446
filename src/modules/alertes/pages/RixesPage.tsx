import { LinkButton } from '../../../ui/Button.tsx';
import { InsetText } from '../../../ui/InsetText.tsx';
import { TileMapFigure } from '../../../ui/maps/TileMap.tsx';
import { PageHeader } from '../../../ui/PageHeader.tsx';
import { Table } from '../../../ui/Table.tsx';
import { formatMois, formatPeriode, nombre, pluriel } from '../../../ui/typographie.ts';
import type { Catalogue } from '../../contrats/index.ts';
import type { Parts } from '../bilan/bilan.rules.ts';
import { Annees, dire } from './ChiffresPage.tsx';

interface Annee {
  parMois: Parts;
  parLieu: Parts;
}
const PAR = 100_000;

/** Brawls that took place: the map by first-level territory, and the same months of the year before. Nothing of the last months, no place, no day. */
export function RixesPage({
  catalogue: cat,
  annee,
  derniere,
  dernier,
  ici,
  avant,
  recul,
  inscrit,
}: {
  catalogue: Catalogue;
  annee: number;
  /** Last year that is told. */
  derniere: number;
  dernier: string;
  ici: Annee;
  avant: Annee;
  recul: number;
  /** May enter one that is learnt afterwards. */
  inscrit: boolean;
}) {
  const tuiles = ici.parLieu.parts.flatMap((p) => {
    const t = cat.territoires.get(p.cle);
    const base = cat.habitants(p.cle);
    if (!t?.tuile || !base) return [];
    const etat = p.nombre === null ? ('secret' as const) : p.nombre === 0 ? ('zero' as const) : ('valeur' as const);
    return [
      {
        id: t.id,
        court: t.court ?? t.nom,
        nom: t.nom,
        x: t.tuile[0],
        y: t.tuile[1],
        etat,
        valeur: p.nombre === null ? null : (p.nombre / base) * PAR,
        nombre: p.nombre,
        base,
      },
    ];
  });
  const lignes = (x: Parts, y: Parts) =>
    x.parts.map((p, i) => ({ cle: p.cle, la: p.nombre, avant: y.parts[i]?.nombre ?? null })).filter((l) => l.la !== 0 || l.avant !== 0);
  const colonnes = (titre: string, nom: (cle: string) => string) => [
    { cle: 'nom', titre, entete: true, cellule: (l: { cle: string }) => nom(l.cle) },
    { cle: 'avant', titre: String(annee - 1), numerique: true, cellule: (l: { avant: number | null }) => dire(l.avant) },
    { cle: 'la', titre: String(annee), numerique: true, cellule: (l: { la: number | null }) => dire(l.la) },
  ];
  const vide = <p className="govuk-body">Aucune rixe sur ces mois.</p>;
  return (
    <>
      <PageHeader
        titre={`Rixes, ${annee}`}
        chapo={`Rixes survenues jusqu’à ${formatPeriode(dernier)} : alertes d’un palier qui le dit, sauf celles dont la levée a dit autre chose, et rixes apprises après coup. À côté, les mêmes mois de l’année d’avant.`}
        actions={
          inscrit && (
            <LinkButton href="/alertes/rixes/apprise" variante="secondaire">
              Inscrire une rixe apprise après coup
            </LinkButton>
          )
        }
      />
      <InsetText>
        Les {pluriel(recul, 'dernier mois', 'derniers mois')} ne se montrent pas. De un à quatre, un nombre est secret, et un autre avec lui.
      </InsetText>
      <Annees chemin="/alertes/rixes" annee={annee} derniere={derniere} />
      {tuiles.some((t) => t.etat === 'valeur') && (
        <TileMapFigure titre={`Rixes survenues, ${annee}`} tuiles={tuiles} unite={`pour ${nombre(PAR)} habitants`} uniteDuNombre="rixes" />
      )}
      <Table
        legende="Par territoire"
        dense
        lignes={lignes(ici.parLieu, avant.parLieu)}
        cle={(l) => l.cle}
        vide={vide}
        colonnes={colonnes('Territoire', (id) => cat.territoires.get(id)?.nom ?? id)}
        pied={['Total', dire(avant.parLieu.total), dire(ici.parLieu.total)]}
      />
      <Table
        legende="Par mois"
        dense
        lignes={lignes(ici.parMois, avant.parMois)}
        cle={(l) => l.cle}
        vide={vide}
        colonnes={colonnes('Mois', (m) => formatMois(m))}
      />
    </>
  );
}
