import { LinkButton, ButtonGroup } from '../../../ui/Button.tsx';
import { StatGrid } from '../../../ui/Card.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { PageHeader, Section } from '../../../ui/PageHeader.tsx';
import { Table } from '../../../ui/Table.tsx';
import { jourCourt } from '../../../ui/typographie.ts';
import type { Catalogue, Territoire } from '../../contrats/index.ts';
import { EcheancesDuJour, type GroupeDuJour } from '../../echeances/index.ts';
import type { SeanceDuJour } from '../../instances/index.ts';
import type { FigureSuivie } from '../accueil.queries.ts';
import type { EtatFiche } from '../accueil.rules.ts';
import { FichesTable } from './BarometrePage.tsx';
import { FigureTuile } from './figures.tsx';
import { JourneeSeances } from './JourneeSeances.tsx';

export interface MaJourneePageProps {
  catalogue: Catalogue;
  nom: string;
  fonction: string;
  organisation: string;
  annee: string;
  metier: boolean;
  /** Has a mandate, of the kind that opens no business data. */
  technique: boolean;
  /** What waits for this person, by kind. */
  aFaire: readonly GroupeDuJour[];
  /** Null for who does not work on the contract's data. */
  seances: readonly SeanceDuJour[] | null;
  aujourdhui: string;
  pilotees: readonly EtatFiche[];
  territoire: { territoire: Territoire; figures: readonly FigureSuivie[] } | null;
  saisies: readonly { registre: string; code: string; id: string; titre: string; jour: string }[];
  registres: readonly { code: string; nouveau: string }[];
}

export function MaJourneePage(p: MaJourneePageProps) {
  const c = p.catalogue;
  return (
    <>
      <PageHeader
        titre="Ma journée"
        surtitre={`${p.fonction}, ${p.organisation}`}
        chapo={`Bonjour ${p.nom}. Voici ce qui vous attend${p.metier ? ', vous et votre organisation' : ''}.`}
      />
      {p.metier && (
        <ButtonGroup>
          {p.registres.map((r) => (
            <LinkButton key={r.code} variante="secondaire" href={`/registres/${r.code}/nouveau`}>
              {r.nouveau}
            </LinkButton>
          ))}
          {p.territoire && (
            <LinkButton variante="secondaire" href={`/territoires/${p.territoire.territoire.id}`}>
              {p.territoire.territoire.nom}
            </LinkButton>
          )}
        </ButtonGroup>
      )}
      {(p.metier || p.aFaire.length > 0) && <EcheancesDuJour groupes={p.aFaire} catalogue={c} aujourdhui={p.aujourdhui} />}
      {!p.metier && p.registres.length > 0 ? (
        <EmptyState
          titre="Votre mandat ouvre un registre"
          actions={p.registres.flatMap((r) => [
            { libelle: 'Lire le registre', href: `/registres/${r.code}` },
            { libelle: r.nouveau, href: `/registres/${r.code}/nouveau` },
          ])}
        >
          Vous y lisez et y enregistrez ; le reste de la plateforme ne vous est pas ouvert.
        </EmptyState>
      ) : !p.metier && !p.technique ? (
        <EmptyState titre="Aucun mandat en cours" actions={[{ libelle: 'Voir le baromètre', href: '/barometre' }]}>
          Votre compte n’a pas de mandat aujourd’hui : vous lisez ce que tout le monde lit. Demandez-en un à votre organisation ou à la coordination.
        </EmptyState>
      ) : !p.metier ? (
        <EmptyState titre="Votre mandat est technique" actions={[{ libelle: 'Voir l’exploitation', href: '/exploitation' }]}>
          Vous tenez la plateforme en marche ; les données des partenaires ne vous sont pas ouvertes.
        </EmptyState>
      ) : (
        <>
          {p.seances && <JourneeSeances seances={p.seances} />}
          {p.pilotees.length > 0 && (
            <Section titre="Les fiches que vous pilotez">
              <FichesTable catalogue={c} annee={p.annee} territoireId={c.racine.id} etats={p.pilotees} legende="Fiches pilotées" />
            </Section>
          )}
          {p.territoire && (
            <Section titre={`${p.territoire.territoire.nom} en ${p.annee}`}>
              <StatGrid>
                {p.territoire.figures.map((f) => (
                  <FigureTuile key={f.mesure.id} figure={f} annee={p.annee} territoireId={p.territoire?.territoire.id ?? ''} catalogue={c} />
                ))}
              </StatGrid>
            </Section>
          )}
          <Section
            titre="Derniers enregistrements de votre organisation"
            actions={
              <a className="govuk-link" href="/registres">
                Tous les registres
              </a>
            }
          >
            <Table
              legende="Derniers enregistrements"
              legendeMasquee
              dense
              vide={
                <EmptyState titre="Aucun enregistrement" actions={[{ libelle: 'Ouvrir les registres', href: '/registres' }]}>
                  Ce que votre organisation enregistre apparaîtra ici, et comptera pour les fiches concernées.
                </EmptyState>
              }
              colonnes={[
                { cle: 'jour', titre: 'Date', cellule: (s) => jourCourt(s.jour) },
                {
                  cle: 'titre',
                  titre: 'Intitulé',
                  entete: true,
                  cellule: (s) => (
                    <a className="govuk-link" href={`/registres/${s.code}/${s.id}`}>
                      {s.titre}
                    </a>
                  ),
                },
                { cle: 'registre', titre: 'Registre', cellule: (s) => s.registre },
              ]}
              lignes={p.saisies}
              cle={(s) => s.id}
            />
          </Section>
        </>
      )}
    </>
  );
}
