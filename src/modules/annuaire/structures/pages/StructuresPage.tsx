import { LinkButton } from '../../../../ui/Button.tsx';
import { EmptyState } from '../../../../ui/EmptyState.tsx';
import { FilterPanel } from '../../../../ui/FilterPanel.tsx';
import { PageHeader } from '../../../../ui/PageHeader.tsx';
import { Pagination } from '../../../../ui/Pagination.tsx';
import { Select } from '../../../../ui/Select.tsx';
import { Table } from '../../../../ui/Table.tsx';
import { TextInput } from '../../../../ui/TextInput.tsx';
import { type Catalogue, optionsDActeurs, optionsDeLieu, TOUT } from '../../../contrats/index.ts';
import { direVerification, lieuEcrit } from '../../trouver/pages/parts.tsx';
import type { StructureTenue } from '../structures.queries.ts';

const VUES = [
  { valeur: 'a-verifier', libelle: 'À vérifier' },
  { valeur: 'a-completer', libelle: 'À compléter : adresse, horaires ou téléphone' },
  { valeur: 'sans-organisme', libelle: 'Sans organisme qui en répond, à vérifier' },
  { valeur: 'retiree', libelle: 'Retirés' },
  { valeur: 'jointe', libelle: 'Réunis à un autre' },
];

export function StructuresPage(p: {
  catalogue: Catalogue;
  lignes: readonly StructureTenue[];
  total: number;
  page: number;
  parPage: number;
  filtres: { q: string; organisation: string; vue: string; territoire: string };
  aujourdhui: string;
  ajoute: boolean;
  importe: boolean;
}) {
  const lien = (o: Record<string, string>) => `/annuaire/structures?${new URLSearchParams(Object.entries({ ...p.filtres, ...o }).filter(([, v]) => v !== ''))}`;
  const actifs = [
    ...(p.filtres.q ? [{ libelle: `« ${p.filtres.q} »`, href: lien({ q: '' }) }] : []),
    ...(p.filtres.organisation ? [{ libelle: p.catalogue.nomActeur(p.filtres.organisation), href: lien({ organisation: '' }) }] : []),
    ...(p.filtres.territoire && p.filtres.territoire !== TOUT
      ? [{ libelle: p.catalogue.territoires.get(p.filtres.territoire)?.nom ?? '', href: lien({ territoire: TOUT }) }]
      : []),
    ...(p.filtres.vue ? [{ libelle: VUES.find((v) => v.valeur === p.filtres.vue)?.libelle ?? '', href: lien({ vue: '' }) }] : []),
  ];
  return (
    <>
      <PageHeader
        titre="Lieux d’aide"
        chapo="Ce que le public trouve : qui reçoit, où, quand, et depuis quand personne ne l’a vérifié."
        actions={
          <>
            {p.ajoute && <LinkButton href="/annuaire/structures/nouvelle">Ajouter un lieu</LinkButton>}
            {p.importe && (
              <LinkButton href="/annuaire/echanges" variante="secondaire">
                Importer, exporter
              </LinkButton>
            )}
          </>
        }
      />
      <FilterPanel action="/annuaire/structures" actifs={actifs} effacer="/annuaire/structures">
        <TextInput nom="q" libelle="Nom" valeur={p.filtres.q} />
        <Select nom="vue" libelle="Montrer" vide="en ligne" valeur={p.filtres.vue} options={VUES} />
        <Select nom="organisation" libelle="Organisme qui en répond" vide="tous" valeur={p.filtres.organisation} options={optionsDActeurs(p.catalogue)} />
        <Select
          nom="territoire"
          libelle="Territoire"
          valeur={p.filtres.territoire || 'tous'}
          options={optionsDeLieu(p.catalogue.territoires.values(), p.catalogue)}
        />
      </FilterPanel>
      <Table
        legende="Lieux d’aide"
        legendeMasquee
        dense
        vide={
          <EmptyState titre="Aucun lieu ici" actions={p.ajoute ? [{ libelle: 'Ajouter un lieu', href: '/annuaire/structures/nouvelle' }] : []}>
            Changez de filtre, ou ajoutez le premier.
          </EmptyState>
        }
        colonnes={[
          {
            cle: 'nom',
            titre: 'Lieu',
            entete: true,
            cellule: (s) => (
              <a className="govuk-link" href={`/annuaire/structures/${s.id}`}>
                {s.nom}
              </a>
            ),
          },
          { cle: 'ou', titre: 'Où', cellule: (s) => lieuEcrit(s, p.catalogue) },
          { cle: 'qui', titre: 'Tenu par', cellule: (s) => (s.organisationId ? p.catalogue.nomActeur(s.organisationId) : s.source || 'personne') },
          { cle: 'verification', titre: 'Vérification', cellule: (s) => direVerification(s, p.aujourdhui).court },
        ]}
        lignes={p.lignes}
        cle={(s) => s.id}
      />
      <Pagination page={p.page} total={p.total} parPage={p.parPage} href={(n) => lien({ page: String(n) })} objet="lieu" objets="lieux" />
    </>
  );
}
