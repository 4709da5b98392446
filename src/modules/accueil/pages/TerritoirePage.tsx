import type { Bloc } from '../../../core/module.ts';
import { LinkButton, ButtonGroup } from '../../../ui/Button.tsx';
import { StatGrid } from '../../../ui/Card.tsx';
import { PageHeader, Section } from '../../../ui/PageHeader.tsx';
import { SubNavigation } from '../../../ui/SubNavigation.tsx';
import { pluriel } from '../../../ui/typographie.ts';
import type { Catalogue, Territoire } from '../../contrats/index.ts';
import type { Completude } from '../../indicateurs/index.ts';
import type { FigureSuivie } from '../accueil.queries.ts';
import { Blocs } from './Blocs.tsx';
import type { EtatFiche } from '../accueil.rules.ts';
import { changements, dettes } from '../changements.rules.ts';
import { CeQuiAChange, EnRetard } from './CeQuiAChange.tsx';
import { CarteAuChoix, type FigureCarte } from './CarteDesTerritoires.tsx';
import { direCompletude, FigureTuile } from './figures.tsx';
import { ListeDesFiches } from './ListeDesFiches.tsx';

export interface TerritoirePageProps {
  catalogue: Catalogue;
  territoire: Territoire;
  annee: string;
  annees: readonly string[];
  figures: readonly FigureSuivie[];
  /** Every figure of the place. */
  suivi: readonly FigureSuivie[];
  etats: readonly EtatFiche[];
  completude: Completude;
  blocs: readonly Bloc[];
}

export function TerritoirePage(p: TerritoirePageProps) {
  const { catalogue: c, territoire: t, annee } = p;
  const parts = c.enfants(t.id);
  const tetes = p.etats.flatMap((e) => e.tete ?? []);
  const parents = c.ascendants(t.id).slice(1);
  return (
    <>
      <PageHeader
        titre={t.nom}
        surtitre={parents.map((x) => x.nom).join(' · ')}
        chapo={`Ce que les partenaires du contrat y ont fait en ${annee}, et ce que l’on en sait.`}
        actions={
          <LinkButton href={`/suivre?territoire=${t.id}`} variante="secondaire" petit>
            S’abonner
          </LinkButton>
        }
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
      <Section titre="Ce qui a changé ici">
        <CeQuiAChange
          changes={changements(tetes)}
          comparees={tetes.filter((x) => x.comparaison).length}
          max={5}
          catalogue={c}
          annee={annee}
          territoireId={t.id}
        />
      </Section>
      <Section titre="Les chiffres qui comptent ici">
        <StatGrid>
          {p.figures.map((f) => (
            <FigureTuile key={f.mesure.id} figure={f} annee={annee} territoireId={t.id} catalogue={c} />
          ))}
        </StatGrid>
        <p className="govuk-body-s">
          {direCompletude(p.completude)}.
          {p.completude.nonVentiles > 0 &&
            ` ${pluriel(p.completude.nonVentiles, 'autre mesure n’existe', 'autres mesures n’existent')} que pour l’ensemble du contrat : elles ne manquent pas ici.`}
        </p>
      </Section>
      <Section titre="Ce qui est en retard, et qui le doit">
        <EnRetard dettes={dettes(p.suivi)} catalogue={c} territoireId={t.id} />
      </Section>
      <Section titre="Fiche par fiche">
        <ListeDesFiches catalogue={c} annee={annee} territoireId={t.id} etats={p.etats} />
      </Section>
      <Blocs blocs={p.blocs} />
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
  carte: FigureCarte | null;
}

export function TerritoiresPage({ catalogue: c, annee, carte }: TerritoiresPageProps) {
  const niveau1 = c.enfants(c.racine.id);
  return (
    <>
      <PageHeader titre="Les territoires" chapo={`${c.racine.nom} et ses territoires : choisissez le vôtre pour voir ses chiffres.`} />
      {carte && <CarteAuChoix catalogue={c} annee={annee} carte={carte} action="/territoires" />}
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
