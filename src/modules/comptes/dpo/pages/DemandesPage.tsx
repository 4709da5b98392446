import { ButtonGroup, LinkButton } from '../../../../ui/Button.tsx';
import { EmptyState } from '../../../../ui/EmptyState.tsx';
import { FilterLayout, FilterPanel } from '../../../../ui/FilterPanel.tsx';
import { PageHeader } from '../../../../ui/PageHeader.tsx';
import { Pagination } from '../../../../ui/Pagination.tsx';
import { Select } from '../../../../ui/Select.tsx';
import { Table } from '../../../../ui/Table.tsx';
import { jourCourt, nombre } from '../../../../ui/typographie.ts';
import type { Demande, Filtre } from '../demandes.queries.ts';
import { NATURES, type Nature } from '../demandes.rules.ts';
import { Echeance, EtatTag } from './Echeance.tsx';
import { Onglets } from './Onglets.tsx';

const FILTRES: Record<Filtre, string> = { ouvertes: 'à traiter', retard: 'en retard', closes: 'closes', toutes: 'toutes' };

export function TableDesDemandes(p: { legende: string; demandes: readonly Demande[]; aujourdhui: string; vide: React.ReactNode }) {
  return (
    <Table
      legende={p.legende}
      vide={p.vide}
      lignes={p.demandes}
      cle={(d) => d.id}
      colonnes={[
        {
          cle: 'nature',
          titre: 'Droit',
          entete: true,
          cellule: (d) => (
            <a className="govuk-link" href={`/dpo/demandes/${d.id}`}>
              {NATURES[d.nature].libelle}
              <span className="govuk-visually-hidden">, demande du {jourCourt(d.recueLe)}</span>
            </a>
          ),
        },
        { cle: 'demandeur', titre: 'Demandeur', cellule: (d) => d.demandeur ?? 'anonymisé' },
        { cle: 'recue', titre: 'Reçue', cellule: (d) => jourCourt(d.recueLe) },
        { cle: 'etat', titre: 'État', cellule: (d) => <EtatTag etat={d.etat} /> },
        { cle: 'echeance', titre: 'Échéance', cellule: (d) => <Echeance echeance={d.echeance} etat={d.etat} aujourdhui={p.aujourdhui} /> },
      ]}
    />
  );
}

export interface DemandesPageProps {
  aujourdhui: string;
  demandes: readonly Demande[];
  comptes: Readonly<Record<Filtre, number>>;
  filtre: Filtre;
  nature: Nature | null;
  numero: number;
  parPage: number;
}

export function DemandesPage(p: DemandesPageProps) {
  const lien = (o: { etat?: Filtre; nature?: Nature | null; page?: number }) => {
    const { etat = p.filtre, nature = p.nature, page = 1 } = o;
    const q = new URLSearchParams();
    if (etat !== 'ouvertes') q.set('etat', etat);
    if (nature) q.set('nature', nature);
    if (page > 1) q.set('page', String(page));
    return q.size > 0 ? `/dpo/demandes?${q}` : '/dpo/demandes';
  };
  const actifs = [
    ...(p.filtre === 'ouvertes' ? [] : [{ libelle: FILTRES[p.filtre], href: lien({ etat: 'ouvertes' }) }]),
    ...(p.nature ? [{ libelle: NATURES[p.nature].libelle, href: lien({ nature: null }) }] : []),
  ];
  return (
    <>
      <Onglets ici="/dpo/demandes" />
      <PageHeader
        titre="Demandes des personnes"
        chapo="Accès, rectification, effacement… : chaque demande reçoit une réponse dans le mois, ou la personne sait pourquoi elle attend."
      />
      <ButtonGroup>
        <LinkButton href="/dpo/demandes/nouvelle">Enregistrer une demande</LinkButton>
      </ButtonGroup>
      <FilterLayout
        filtres={
          <FilterPanel action="/dpo/demandes" actifs={actifs} effacer="/dpo/demandes">
            <Select
              nom="etat"
              libelle="Demandes"
              valeur={p.filtre}
              options={(Object.keys(FILTRES) as Filtre[]).map((f) => ({ valeur: f, libelle: `${FILTRES[f]} (${nombre(p.comptes[f])})` }))}
            />
            <Select
              nom="nature"
              libelle="Droit exercé"
              vide="tous"
              valeur={p.nature ?? ''}
              options={Object.entries(NATURES).map(([valeur, n]) => ({ valeur, libelle: n.libelle }))}
            />
          </FilterPanel>
        }
      >
        <TableDesDemandes
          legende={`Demandes ${p.filtre === 'toutes' ? '' : FILTRES[p.filtre]}, les plus urgentes d’abord`.replace(' ,', ',')}
          demandes={p.demandes}
          aujourdhui={p.aujourdhui}
          vide={
            <EmptyState
              titre="Aucune demande"
              actions={[
                { libelle: 'Enregistrer une demande', href: '/dpo/demandes/nouvelle' },
                ...(p.filtre === 'toutes' ? [] : [{ libelle: 'Voir toutes les demandes', href: '/dpo/demandes?etat=toutes' }]),
              ]}
            >
              {actifs.length > 0 ? 'Aucune demande ne correspond à ces filtres.' : 'Aucune demande n’attend de réponse.'}
            </EmptyState>
          }
        />
        <Pagination page={p.numero} total={p.comptes[p.filtre]} parPage={p.parPage} href={(n) => lien({ page: n })} objet="demande" />
      </FilterLayout>
    </>
  );
}
