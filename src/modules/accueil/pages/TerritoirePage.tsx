import { LinkButton, ButtonGroup } from '../../../ui/Button.tsx';
import { StatGrid } from '../../../ui/Card.tsx';
import { ChoroplethFigure } from '../../../ui/maps/ChoroplethMap.tsx';
import { TileMapFigure } from '../../../ui/maps/TileMap.tsx';
import { PageHeader, Section } from '../../../ui/PageHeader.tsx';
import { SubNavigation } from '../../../ui/SubNavigation.tsx';
import type { Catalogue, Territoire } from '../../contrats/index.ts';
import type { Chiffre, Completude } from '../../indicateurs/index.ts';
import type { FigureSuivie } from '../accueil.queries.ts';
import type { EtatFiche } from '../accueil.rules.ts';
import { FichesTable } from './BarometrePage.tsx';
import { direCompletude, FigureTuile } from './figures.tsx';

export interface TerritoirePageProps {
  catalogue: Catalogue;
  territoire: Territoire;
  annee: string;
  annees: readonly string[];
  figures: readonly FigureSuivie[];
  etats: readonly EtatFiche[];
  completude: Completude;
}

export function TerritoirePage(p: TerritoirePageProps) {
  const { catalogue: c, territoire: t, annee } = p;
  const parts = c.enfants(t.id);
  const parents = c.ascendants(t.id).slice(1);
  return (
    <>
      <PageHeader
        titre={t.nom}
        surtitre={parents.map((x) => x.nom).join(' · ')}
        chapo={`Ce que les partenaires du contrat y ont fait en ${annee}, et ce que l’on en sait.`}
      />
      <SubNavigation libelle="Année" entrees={p.annees.map((a) => ({ libelle: a, href: `/territoires/${t.id}?annee=${a}`, actif: a === annee }))} />
      {parts.length > 0 && (
        <p className="govuk-body">
          Comprend :{' '}
          {parts.map((x, i) => (
            <span key={x.id}>
              {i > 0 && ', '}
              <a className="govuk-link" href={`/territoires/${x.id}?annee=${annee}`}>
                {x.nom}
              </a>
            </span>
          ))}
          .
        </p>
      )}
      <Section titre="Les chiffres qui comptent ici">
        <StatGrid>
          {p.figures.map((f) => (
            <FigureTuile key={f.mesure.id} figure={f} annee={annee} territoireId={t.id} catalogue={c} />
          ))}
        </StatGrid>
        <p className="govuk-body-s">{direCompletude(p.completude)}. Beaucoup de chiffres ne sont fournis que pour l’ensemble du contrat.</p>
      </Section>
      <Section titre="Fiche par fiche">
        <FichesTable catalogue={c} annee={annee} territoireId={t.id} etats={p.etats} legende={`Fiches, ${t.nom}`} />
      </Section>
      <ButtonGroup>
        <LinkButton variante="secondaire" href={`/bilan?annee=${annee}&territoire=${t.id}`}>
          Bilan {annee} de ce territoire
        </LinkButton>
        <LinkButton variante="discret" href="/territoires">
          Tous les territoires
        </LinkButton>
      </ButtonGroup>
    </>
  );
}

export interface TerritoiresPageProps {
  catalogue: Catalogue;
  annee: string;
  figure: { titre: string; unite: string } | null;
  valeurs: ReadonlyMap<string, Chiffre>;
  contours: ReadonlyMap<string, GeoJSON.Polygon | GeoJSON.MultiPolygon>;
}

export function TerritoiresPage(p: TerritoiresPageProps) {
  const c = p.catalogue;
  const niveau1 = c.enfants(c.racine.id);
  const zones = niveau1.flatMap((t) => {
    const geometrie = p.contours.get(t.id);
    const x = p.valeurs.get(t.id);
    return geometrie && x ? [{ id: t.id, nom: t.nom, court: t.court, geometrie, etat: x.etat, valeur: x.valeur, href: `/territoires/${t.id}` }] : [];
  });
  const tuiles = niveau1.flatMap((t) => {
    const x = p.valeurs.get(t.id);
    return t.tuile && x
      ? [{ id: t.id, nom: t.nom, court: t.court, x: t.tuile[0], y: t.tuile[1], etat: x.etat, valeur: x.valeur, href: `/territoires/${t.id}` }]
      : [];
  });
  return (
    <>
      <PageHeader titre="Les territoires" chapo={`${c.racine.nom} et ses territoires : choisissez le vôtre pour voir ses chiffres.`} />
      {p.figure && zones.length === niveau1.length && zones.length > 0 ? (
        <ChoroplethFigure titre={`${p.figure.titre}, ${p.annee}`} unite={p.figure.unite} zones={zones} />
      ) : p.figure && tuiles.length > 0 ? (
        <TileMapFigure titre={`${p.figure.titre}, ${p.annee}`} unite={p.figure.unite} tuiles={tuiles} />
      ) : null}
      <Section titre="Liste">
        <ul className="govuk-list c-territoires">
          {niveau1.map((t) => (
            <li key={t.id}>
              <a className="govuk-link" href={`/territoires/${t.id}`}>
                {t.nom}
              </a>
              {c.enfants(t.id).length > 1 &&
                ` (${c
                  .enfants(t.id)
                  .map((x) => x.court)
                  .join(', ')})`}
            </li>
          ))}
        </ul>
      </Section>
    </>
  );
}
