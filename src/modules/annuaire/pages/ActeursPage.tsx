import { EmptyState } from '../../../ui/EmptyState.tsx';
import { FilterLayout, FilterPanel } from '../../../ui/FilterPanel.tsx';
import { PageHeader } from '../../../ui/PageHeader.tsx';
import { Pagination } from '../../../ui/Pagination.tsx';
import { Select } from '../../../ui/Select.tsx';
import { Table } from '../../../ui/Table.tsx';
import { TextInput } from '../../../ui/TextInput.tsx';
import { capitale } from '../../../ui/typographie.ts';
import type { Acteur, Catalogue } from '../../contrats/index.ts';

export interface ActeursPageProps {
  catalogue: Catalogue;
  acteurs: readonly Acteur[];
  total: number;
  page: number;
  parPage: number;
  types: readonly string[];
  filtres: { q: string; type: string };
}

export function ActeursPage(p: ActeursPageProps) {
  const fiches = [...p.catalogue.fiches.values()];
  const lien = (o: Record<string, string>) => `/acteurs?${new URLSearchParams({ ...p.filtres, ...o })}`;
  const actifs = [
    ...(p.filtres.q ? [{ libelle: `« ${p.filtres.q} »`, href: lien({ q: '' }) }] : []),
    ...(p.filtres.type ? [{ libelle: capitale(p.filtres.type), href: lien({ type: '' }) }] : []),
  ];
  return (
    <>
      <PageHeader titre="Acteurs" chapo="Les institutions, services, associations et opérateurs que le contrat nomme, et ce qu’ils y font." />
      <FilterLayout
        filtres={
          <FilterPanel action="/acteurs" actifs={actifs} effacer="/acteurs">
            <TextInput nom="q" libelle="Nom ou sigle" valeur={p.filtres.q} />
            <Select nom="type" libelle="Genre" vide="tous" valeur={p.filtres.type} options={p.types.map((t) => ({ valeur: t, libelle: capitale(t) }))} />
          </FilterPanel>
        }
      >
        <Table
          legende="Acteurs du contrat"
          legendeMasquee
          dense
          vide={
            <EmptyState titre="Aucun acteur ne porte ce nom" actions={[{ libelle: 'Voir tous les acteurs', href: '/acteurs' }]}>
              Essayez un mot plus court, ou un sigle.
            </EmptyState>
          }
          colonnes={[
            {
              cle: 'nom',
              titre: 'Acteur',
              entete: true,
              cellule: (a) => (
                <a className="govuk-link" href={`/acteurs/${encodeURIComponent(a.id)}`}>
                  {a.nom}
                  {a.sigle && !a.nom.includes(a.sigle) ? ` (${a.sigle})` : ''}
                </a>
              ),
            },
            { cle: 'type', titre: 'Genre', cellule: (a) => capitale(a.sous_type ?? a.type) },
            { cle: 'pilote', titre: 'Fiches pilotées', numerique: true, cellule: (a) => fiches.filter((f) => f.pilotes.includes(a.id)).length },
            { cle: 'partenaire', titre: 'Fiches partenaires', numerique: true, cellule: (a) => fiches.filter((f) => f.partenaires.includes(a.id)).length },
          ]}
          lignes={p.acteurs}
          cle={(a) => a.id}
        />
        <Pagination page={p.page} total={p.total} parPage={p.parPage} href={(n) => lien({ page: String(n) })} objet="acteur" />
      </FilterLayout>
    </>
  );
}
