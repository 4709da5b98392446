import { Button } from '../../../ui/Button.tsx';
import { BarFigure } from '../../../ui/charts/BarChart.tsx';
import { LineFigure } from '../../../ui/charts/LineChart.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { PageHeader, Section } from '../../../ui/PageHeader.tsx';
import { Select } from '../../../ui/Select.tsx';
import { WarningText } from '../../../ui/WarningText.tsx';
import type { Catalogue, Territoire } from '../../contrats/index.ts';
import { type Point, uniteEnToutesLettres } from './ssmsi.rules.ts';
import type { IndicateurContexte, PointSerie } from './ssmsi.ts';

export interface ObservatoirePageProps {
  catalogue: Catalogue;
  indicateurs: readonly IndicateurContexte[];
  choisi: IndicateurContexte | null;
  territoire: Territoire;
  territoires: readonly Territoire[];
  serie: readonly Point[];
  derniere: number;
  parTerritoire: readonly PointSerie[];
}

export function ObservatoirePage(p: ObservatoirePageProps) {
  const { choisi, catalogue: c } = p;
  return (
    <>
      <PageHeader
        titre="Observatoire"
        chapo="La délinquance enregistrée par la police et la gendarmerie, pour situer les chiffres du contrat. Elle n’est ajoutée à aucun d’eux."
      />
      {!choisi ? (
        <EmptyState titre="Aucune série n’a encore été importée">
          La coordination importe la base communale du ministère de l’Intérieur (SSMSI) depuis l’écran des imports, ou par la commande « concorde importer ssmsi
          ».
        </EmptyState>
      ) : (
        <>
          <WarningText>Un nombre de faits enregistrés mesure aussi la façon de porter plainte et de contrôler : il ne classe pas les quartiers.</WarningText>
          <form method="get" action="/observatoire">
            <Select
              nom="indicateur"
              libelle="Indicateur"
              valeur={choisi.indicateur}
              options={p.indicateurs.map((i) => ({ valeur: i.indicateur, libelle: i.indicateur }))}
            />
            <Select
              nom="territoire"
              libelle="Territoire"
              valeur={p.territoire.id}
              options={[c.racine, ...p.territoires].map((t) => ({ valeur: t.id, libelle: t.nom }))}
            />
            <Button variante="secondaire">Afficher</Button>
          </form>
          <Section titre={`${choisi.indicateur}, ${p.territoire.nom}`}>
            <LineFigure
              titre={`${choisi.indicateur}, ${p.territoire.nom}`}
              unite={uniteEnToutesLettres(choisi.unite)}
              series={[{ nom: p.territoire.nom, points: p.serie.map((x) => ({ x: String(x.annee), etat: x.etat, valeur: x.valeur })) }]}
            />
            <p className="govuk-body-s">Unité de compte : {choisi.unite}. Source : ministère de l’Intérieur, SSMSI, base communale, Licence Ouverte 2.0.</p>
          </Section>
          <Section titre={`Par territoire en ${p.derniere}, pour mille ${choisi.denominateur}`}>
            <BarFigure
              titre={`${choisi.indicateur} pour mille ${choisi.denominateur}, ${p.derniere}`}
              unite="‰"
              barres={p.parTerritoire.map((x) => ({ libelle: c.territoires.get(x.territoireId)?.nom ?? x.territoireId, etat: x.etat, valeur: x.taux }))}
            />
          </Section>
        </>
      )}
    </>
  );
}
