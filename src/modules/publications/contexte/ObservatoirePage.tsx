import { Button, ButtonGroup, LinkButton } from '../../../ui/Button.tsx';
import { BarFigure } from '../../../ui/charts/BarChart.tsx';
import { LineFigure } from '../../../ui/charts/LineChart.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { InsetText } from '../../../ui/InsetText.tsx';
import { PageHeader, Section } from '../../../ui/PageHeader.tsx';
import { Select } from '../../../ui/Select.tsx';
import { SubNavigation } from '../../../ui/SubNavigation.tsx';
import { SummaryList } from '../../../ui/SummaryList.tsx';
import { jourDe } from '../../../core/clock.ts';
import { jour } from '../../../ui/typographie.ts';
import type { Catalogue, Territoire } from '../../contrats/index.ts';
import type { IndicateurContexte, PointSerie } from './contexte.queries.ts';
import { type Point, uniteEnToutesLettres } from './contexte.rules.ts';
import type { Serie } from './serie.schema.ts';

export interface ObservatoirePageProps {
  catalogue: Catalogue;
  series: readonly Serie[];
  serie: Serie | null;
  indicateurs: readonly IndicateurContexte[];
  choisi: IndicateurContexte | null;
  territoire: Territoire;
  territoires: readonly Territoire[];
  points: readonly Point[];
  derniere: number;
  parTerritoire: readonly PointSerie[];
  date: { le: Date; version: number } | null;
  peutImporter: boolean;
}

export function ObservatoirePage(p: ObservatoirePageProps) {
  const { serie, choisi } = p;
  return (
    <div className="c-contexte">
      <PageHeader
        titre="Observatoire"
        chapo="Ce que d’autres publient et qui situe les chiffres du contrat. Rien de cette page n’est un résultat du contrat, ni n’entre dans un de ses totaux."
      />
      {!serie ? (
        <EmptyState titre="Aucune série de contexte">Ce contrat n’en décrit aucune.</EmptyState>
      ) : (
        <>
          <SubNavigation
            libelle="Série"
            entrees={p.series.map((s) => ({
              libelle: s.titre,
              href: `/observatoire?serie=${s.code}&territoire=${p.territoire.id}`,
              actif: s.code === serie.code,
            }))}
          />
          {choisi ? (
            <SerieMontree {...p} serie={serie} choisi={choisi} />
          ) : (
            <EmptyState titre={`« ${serie.titre} » n’a pas encore été importée`}>
              La coordination l’importe depuis les fichiers de son producteur : {serie.producteur}.
            </EmptyState>
          )}
          <Definition serie={serie} date={p.date} />
          {p.peutImporter && (
            <LinkButton variante="secondaire" href="/observatoire/imports">
              Importer une série
            </LinkButton>
          )}
        </>
      )}
    </div>
  );
}

function SerieMontree(p: ObservatoirePageProps & { serie: Serie; choisi: IndicateurContexte }) {
  const { choisi, serie, catalogue: c } = p;
  const unite = uniteEnToutesLettres(choisi.unite);
  const taux = p.parTerritoire.some((x) => x.taux !== null);
  const titre = `${choisi.indicateur}, ${p.territoire.nom}`;
  const parLieu = taux ? `${choisi.indicateur} pour mille ${choisi.denominateur}, ${p.derniere}` : `${choisi.indicateur}, ${p.derniere}`;
  return (
    <>
      {serie.prudence && <InsetText>{serie.prudence}</InsetText>}
      <form method="get" action="/observatoire">
        <input type="hidden" name="serie" value={serie.code} />
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
      <Section titre={titre}>
        <LineFigure titre={titre} unite={unite} series={[{ nom: p.territoire.nom, points: p.points.map((x) => ({ x: String(x.annee), ...x })) }]} />
        <Ruptures serie={serie} />
      </Section>
      <Section titre={`Par territoire en ${p.derniere}`}>
        <BarFigure
          titre={parLieu}
          unite={taux ? '‰' : unite}
          barres={p.parTerritoire.map((x) => ({
            libelle: c.territoires.get(x.territoireId)?.nom ?? x.territoireId,
            etat: x.etat === 'valeur' && x.valeur === 0 ? 'zero' : x.etat,
            valeur: taux ? x.taux : x.valeur,
          }))}
        />
      </Section>
      <ButtonGroup>
        <LinkButton variante="secondaire" telecharger href={`/observatoire/${serie.code}/donnees.csv`}>
          Télécharger la série (CSV)
        </LinkButton>
      </ButtonGroup>
    </>
  );
}

const Ruptures = ({ serie }: { serie: Serie }) =>
  serie.ruptures.length === 0 ? null : (
    <ul className="govuk-list govuk-list--bullet govuk-body-s">
      {serie.ruptures.map((r) => (
        <li key={`${r.annee} ${r.constat}`}>
          {r.annee} : {r.constat}
        </li>
      ))}
    </ul>
  );

function Definition({ serie: s, date }: { serie: Serie; date: ObservatoirePageProps['date'] }) {
  return (
    <Section titre="Ce que dit cette série" id="definition">
      <SummaryList
        lignes={[
          { cle: 'Définition', valeur: s.definition },
          { cle: 'Elle compte', valeur: s.compte },
          { cle: 'Elle ne compte pas', valeur: s.ne_compte_pas },
          { cle: 'Unité', valeur: s.unite },
          { cle: 'Géographie', valeur: s.geographie },
          { cle: 'Producteur', valeur: s.producteur },
          {
            cle: 'Source',
            valeur: (
              <a className="govuk-link" href={s.source.adresse}>
                {s.source.nom}
              </a>
            ),
          },
          {
            cle: 'Licence',
            valeur: (
              <a className="govuk-link" href={s.licence.adresse}>
                {s.licence.nom}
              </a>
            ),
          },
          ...(date ? [{ cle: 'Dernier changement', valeur: `${jour(jourDe(date.le))}, version ${date.version}` }] : []),
        ]}
      />
    </Section>
  );
}
