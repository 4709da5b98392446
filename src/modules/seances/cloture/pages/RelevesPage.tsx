import { EmptyState } from '../../../../ui/EmptyState.tsx';
import { FilterLayout, FilterPanel } from '../../../../ui/FilterPanel.tsx';
import { PageHeader } from '../../../../ui/PageHeader.tsx';
import { Pagination } from '../../../../ui/Pagination.tsx';
import { Select } from '../../../../ui/Select.tsx';
import { Table } from '../../../../ui/Table.tsx';
import { Tag } from '../../../../ui/Tag.tsx';
import { jour, pluriel } from '../../../../ui/typographie.ts';
import { type Catalogue, type Lieu, optionsDeLieu, TOUT } from '../../../contrats/index.ts';
import type { PublicationDeListe } from '../cloture.queries.ts';

export interface RelevesPageProps {
  catalogue: Catalogue;
  lignes: readonly PublicationDeListe[];
  total: number;
  numero: number;
  parPage: number;
  filtres: { territoire: string; annee: string };
  lieu: Lieu;
}
export function RelevesPage(p: RelevesPageProps) {
  const { catalogue: c, filtres: f } = p;
  const lien = (o: Record<string, string>) => {
    const q = new URLSearchParams(Object.entries({ ...f, ...o }).filter(([, v]) => v !== ''));
    return q.size > 0 ? `/releves?${q}` : '/releves';
  };
  const annees = Array.from({ length: Number(c.contrat.fin.slice(0, 4)) - Number(c.contrat.debut.slice(0, 4)) + 1 }, (_, i) =>
    String(Number(c.contrat.debut.slice(0, 4)) + i),
  );
  const actifs = [
    ...(p.lieu.nom ? [{ libelle: p.lieu.nom, href: lien({ territoire: p.lieu.sans }) }] : []),
    ...(f.annee ? [{ libelle: f.annee, href: lien({ annee: '' }) }] : []),
  ];
  return (
    <>
      <PageHeader titre="Relevés publiés" chapo="Ce que les conseils du contrat ont décidé, séance par séance." />
      <FilterLayout
        filtres={
          <FilterPanel
            action="/releves"
            actifs={actifs}
            effacer={`/releves${p.lieu.effacer}`}
            bascule={p.lieu.bascule && { libelle: p.lieu.bascule.libelle, href: lien({ territoire: p.lieu.bascule.champ }) }}
          >
            <Select nom="territoire" libelle="Territoire" valeur={p.lieu.territoire || TOUT} options={optionsDeLieu(c.enfants(c.racine.id), c)} />
            <Select nom="annee" libelle="Année" vide="toutes" valeur={f.annee} options={annees.map((a) => ({ valeur: a, libelle: a }))} />
          </FilterPanel>
        }
      >
        <Table
          legende={pluriel(p.total, 'relevé publié', 'relevés publiés')}
          lignes={p.lignes}
          cle={(l) => l.seanceId}
          vide={
            <EmptyState
              titre="Aucun relevé publié"
              actions={
                actifs.length > 0
                  ? [{ libelle: 'Retirer les filtres', href: `/releves${p.lieu.effacer}` }]
                  : [{ libelle: 'Voir les instances', href: '/instances' }]
              }
            >
              {actifs.length > 0
                ? 'Aucun relevé ne correspond à ces filtres.'
                : 'Les relevés des conseils publics apparaissent ici une fois arrêtés par leur présidence.'}
            </EmptyState>
          }
          colonnes={[
            { cle: 'jour', titre: 'Séance du', cellule: (l) => jour(l.jour) },
            {
              cle: 'instance',
              titre: 'Instance',
              entete: true,
              cellule: (l) => (
                <a className="govuk-link" href={`/releves/${l.seanceId}`}>
                  {l.instance}
                  <span className="govuk-visually-hidden">, séance du {jour(l.jour)}</span>
                </a>
              ),
            },
            {
              cle: 'numero',
              titre: 'Relevé',
              cellule: (l) => (
                <>
                  {l.numero} {l.contestee && <Tag ton="garance">approbation contestée</Tag>}
                </>
              ),
            },
            { cle: 'territoire', titre: 'Territoire', cellule: (l) => c.territoires.get(l.territoireId)?.nom ?? l.territoireId },
          ]}
        />
        <Pagination page={p.numero} total={p.total} parPage={p.parPage} href={(n) => lien({ page: String(n) })} objet="relevé" />
      </FilterLayout>
    </>
  );
}
