import { EmptyState } from '../../../../ui/EmptyState.tsx';
import { Card, CardGrid } from '../../../../ui/Card.tsx';
import { NotificationBanner } from '../../../../ui/NotificationBanner.tsx';
import { PageHeader, Section } from '../../../../ui/PageHeader.tsx';
import { jourEtHeure, pluriel } from '../../../../ui/typographie.ts';
import type { Purge, Simulation } from '../conservation.ts';
import type { Demande, Filtre } from '../demandes.queries.ts';
import { direLesPurges } from '../purges.rules.ts';
import type { Registre } from '../traitements.rules.ts';
import { TableDesDemandes } from './DemandesPage.tsx';
import { Onglets } from './Onglets.tsx';

export interface DpoPageProps {
  aujourdhui: string;
  comptes: Readonly<Record<Filtre, number>>;
  /** Open requests, the nearest deadline first. */
  prochaines: readonly Demande[];
  registre: Registre;
  simulations: readonly Simulation[];
  dernierePurge: Purge | null;
}

export function DpoPage(p: DpoPageProps) {
  const personnels = p.registre.traitements.filter((t) => t.personnel).length;
  return (
    <>
      <Onglets ici="/dpo" />
      <PageHeader titre="Protection des données" chapo="Les demandes à traiter, ce que la plateforme tient, et ce qu’elle ne doit plus tenir." />
      {p.comptes.retard > 0 && (
        <NotificationBanner ton="alerte">
          <p className="govuk-body">
            <a className="govuk-link" href="/dpo/demandes?etat=retard">
              {pluriel(p.comptes.retard, 'demande')} {p.comptes.retard > 1 ? 'ont dépassé leur' : 'a dépassé son'} échéance.
            </a>
          </p>
        </NotificationBanner>
      )}
      <CardGrid>
        <Card titre="Registre des traitements" href="/dpo/traitements" niveau={2}>
          <p className="govuk-body">
            {pluriel(personnels, 'traitement')} de données personnelles.{' '}
            {p.registre.manques.length === 0 ? 'Chaque colonne est décrite.' : `${pluriel(p.registre.manques.length, 'description')} à ajouter.`}
          </p>
        </Card>
        <Card titre="Conservation et purges" href="/dpo/conservation" niveau={2}>
          <p className="govuk-body">
            {direLesPurges(p.simulations)} {p.dernierePurge ? `Dernier passage : ${jourEtHeure(p.dernierePurge.quand)}.` : 'Rien n’a encore été ôté.'}
          </p>
        </Card>
        <Card titre="Journal d’audit" href="/journal" niveau={2}>
          <p className="govuk-body">Qui a consulté ou modifié quoi.</p>
        </Card>
      </CardGrid>
      <Section titre="Prochaines échéances">
        <TableDesDemandes
          legende="Demandes à traiter, la plus urgente d’abord"
          demandes={p.prochaines}
          aujourdhui={p.aujourdhui}
          vide={
            <EmptyState titre="Aucune demande en attente" actions={[{ libelle: 'Enregistrer une demande', href: '/dpo/demandes/nouvelle' }]}>
              Toutes les demandes reçues ont leur réponse.
            </EmptyState>
          }
        />
        {p.comptes.ouvertes > p.prochaines.length && (
          <p className="govuk-body">
            <a className="govuk-link" href="/dpo/demandes">
              Voir {pluriel(p.comptes.ouvertes, 'demande')} à traiter
            </a>
          </p>
        )}
      </Section>
    </>
  );
}
