import { LinkButton, ButtonGroup } from '../../../ui/Button.tsx';
import { StatGrid } from '../../../ui/Card.tsx';
import { Chiffre } from '../../../ui/Chiffre.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { NotificationBanner } from '../../../ui/NotificationBanner.tsx';
import { PageHeader, Section } from '../../../ui/PageHeader.tsx';
import { Table } from '../../../ui/Table.tsx';
import { de, formatPeriode, jourCourt, pluriel } from '../../../ui/typographie.ts';
import type { Catalogue, Territoire } from '../../contrats/index.ts';
import type { DecisionDeListe, Journee } from '../../instances/index.ts';
import type { FigureSuivie } from '../accueil.queries.ts';
import type { Dette, EtatFiche } from '../accueil.rules.ts';
import { FichesTable } from './BarometrePage.tsx';
import { FigureTuile } from './figures.tsx';
import { JourneeDecisions, JourneeSeances } from './JourneeSeances.tsx';

export interface MaJourneePageProps {
  catalogue: Catalogue;
  nom: string;
  fonction: string;
  organisation: string;
  annee: string;
  metier: boolean;
  /** Has a mandate, of the kind that opens no business data. */
  technique: boolean;
  /** Null for who does not work on the contract's data. */
  journee: Journee | null;
  /** Entrusted to this person or to their organisation, still open. */
  decisions: readonly DecisionDeListe[];
  aujourdhui: string;
  /** Proposals on accounts that wait for this person. */
  aConfirmer: number;
  dettes: readonly Dette[];
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
      {p.aConfirmer > 0 && (
        <NotificationBanner titre="À confirmer">
          <p className="govuk-body">
            <a className="govuk-link" href="/comptes/propositions">
              {p.aConfirmer > 1 ? `${p.aConfirmer} propositions attendent votre réponse` : 'Une proposition attend votre réponse'}
            </a>
            : un rôle sensible se donne ou se retire à deux.
          </p>
        </NotificationBanner>
      )}
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
          {p.journee && <JourneeSeances journee={p.journee} />}
          {p.journee && <JourneeDecisions decisions={p.decisions} organisation={p.organisation} aujourdhui={p.aujourdhui} />}
          <Section
            titre={`Chiffres attendus ${de(p.organisation)}`}
            actions={
              p.dettes.length > 0 ? (
                <a className="govuk-link" href="/chiffres">
                  Tous les chiffres à fournir
                </a>
              ) : undefined
            }
          >
            <Table
              legende={`${pluriel(p.dettes.length, 'chiffre')} à fournir`}
              dense
              vide={<EmptyState titre="Rien n’est dû">Votre organisation a fourni tous les chiffres échus qui lui sont demandés.</EmptyState>}
              colonnes={[
                {
                  cle: 'libelle',
                  titre: 'Chiffre',
                  entete: true,
                  cellule: (d) => (
                    <a className="govuk-link" href={`/chiffres/${d.mesure.id}/saisir?periode=${d.periode}`}>
                      {d.mesure.libelle}
                    </a>
                  ),
                },
                { cle: 'periode', titre: 'Période', cellule: (d) => formatPeriode(d.periode) },
                { cle: 'fiche', titre: 'Fiche', cellule: (d) => d.mesure.fiche },
                { cle: 'etat', titre: 'État', cellule: (d) => <Chiffre {...d.chiffre} nommer={c.nomActeur} court /> },
              ]}
              lignes={p.dettes.slice(0, 12)}
              cle={(d) => `${d.mesure.id}-${d.periode}`}
            />
          </Section>
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
