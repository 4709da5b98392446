import { LinkButton, ButtonGroup } from '../../../ui/Button.tsx';
import { Card, CardGrid, StatGrid } from '../../../ui/Card.tsx';
import { PageHeader, Section } from '../../../ui/PageHeader.tsx';
import { pluriel } from '../../../ui/typographie.ts';
import type { Catalogue } from '../../contrats/index.ts';
import type { Completude } from '../../indicateurs/index.ts';
import type { FigureSuivie } from '../accueil.queries.ts';
import { CarteDesTerritoires, type FigureCarte } from './CarteDesTerritoires.tsx';
import { direCompletude, FigureTuile } from './figures.tsx';

export interface HomePageProps {
  catalogue: Catalogue;
  annee: string;
  completude: Completude;
  figures: readonly FigureSuivie[];
  lignesAvecPreuve: number;
  carte: FigureCarte | null;
  connecte: boolean;
  personas: boolean;
}

export function HomePage(p: HomePageProps) {
  const c = p.catalogue;
  const racine = c.racine.id;
  return (
    <>
      <PageHeader titre={c.contrat.titre} chapo={c.contrat.resume} />
      <p className="govuk-body">
        Signé par {c.contrat.signataires.map((s) => c.nomActeur(s.acteur)).join(', ')}. {pluriel(c.fiches.size, 'fiche')}, {pluriel(c.lignes.size, 'ligne')}{' '}
        d’action, {pluriel(c.indicateurs.size, 'indicateur')}.
      </p>
      <Section titre={`Où en est-on en ${p.annee} ?`}>
        <p className="govuk-body">
          <strong>{direCompletude(p.completude)}.</strong> Ce que les partenaires enregistrent appuie {p.lignesAvecPreuve} des {c.lignes.size} lignes d’action.
          Chaque chiffre s’ouvre jusqu’à ses preuves.
        </p>
        <StatGrid large>
          {p.figures.map((f) => (
            <FigureTuile key={f.mesure.id} figure={f} annee={p.annee} territoireId={racine} catalogue={c} />
          ))}
        </StatGrid>
        <ButtonGroup>
          <LinkButton href={`/barometre?annee=${p.annee}`}>Ouvrir le baromètre des {c.fiches.size} fiches</LinkButton>
          <LinkButton variante="secondaire" href="/bilan">
            Lire le bilan
          </LinkButton>
          {!p.connecte && (
            <LinkButton variante="secondaire" href={p.personas ? '/demonstration' : '/connexion'}>
              {p.personas ? 'Essayer avec une personne fictive' : 'Espace des partenaires'}
            </LinkButton>
          )}
        </ButtonGroup>
      </Section>
      <Section titre="Les axes du contrat">
        <CardGrid>
          {c.axes.map((a) => {
            const fiches = [...c.fiches.values()].filter((f) => f.axe === a.numero);
            return (
              <Card key={a.numero} titre={a.titre} href={`/axes/${a.numero}`} surtitre={`Axe ${a.numero} · ${pluriel(fiches.length, 'fiche')}`}>
                <p className="govuk-body">{a.resume}</p>
              </Card>
            );
          })}
        </CardGrid>
      </Section>
      {p.carte && (
        <Section titre="Près de chez vous">
          <p className="govuk-body">Choisissez une mairie pour voir ses chiffres et ses actions.</p>
          <CarteDesTerritoires catalogue={c} annee={p.annee} carte={p.carte} />
        </Section>
      )}
    </>
  );
}
