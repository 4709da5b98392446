import { EmptyState } from '../../../../ui/EmptyState.tsx';
import { FilterLayout, FilterPanel } from '../../../../ui/FilterPanel.tsx';
import { PageHeader } from '../../../../ui/PageHeader.tsx';
import { Pagination } from '../../../../ui/Pagination.tsx';
import { Select } from '../../../../ui/Select.tsx';
import { SubNavigation } from '../../../../ui/SubNavigation.tsx';
import { Table } from '../../../../ui/Table.tsx';
import { surTotal } from '../../../../ui/typographie.ts';
import { TextInput } from '../../../../ui/TextInput.tsx';
import { motDe } from '../../../../ui/types.ts';
import type { Catalogue } from '../../catalogue.ts';
import type { Systeme } from '../../contrats.schema.ts';
import type { EtatSysteme, Service } from '../../couverture.rules.ts';
import { ARCHETYPES, ETATS, EtatSystemeTag } from './mots.tsx';
import { optionsDeFiches } from '../../options.ts';

export interface FiltresDispositifs {
  q: string;
  archetype: string;
  etat: EtatSysteme | '';
  fiche: string;
}
export interface DispositifsPageProps {
  catalogue: Catalogue;
  lignes: readonly { systeme: Systeme; service: Service }[];
  /** How many of each state, under the other filters. */
  comptes: ReadonlyMap<EtatSysteme, number>;
  total: number;
  page: number;
  parPage: number;
  filtres: FiltresDispositifs;
}

export function DispositifsPage(p: DispositifsPageProps) {
  const f = p.filtres;
  const lien = (o: Partial<Record<keyof FiltresDispositifs | 'page', string>>) => {
    const voulus = new URLSearchParams(Object.entries({ ...f, ...o }).filter(([, v]) => v !== ''));
    return voulus.size > 0 ? `/dispositifs?${voulus}` : '/dispositifs';
  };
  const actifs = [
    ...(f.q ? [{ libelle: `« ${f.q} »`, href: lien({ q: '' }) }] : []),
    ...(f.archetype ? [{ libelle: motDe(ARCHETYPES, f.archetype) ?? 'un autre genre', href: lien({ archetype: '' }) }] : []),
    ...(f.fiche ? [{ libelle: `fiche ${f.fiche}`, href: lien({ fiche: '' }) }] : []),
  ];
  const tous = [...p.comptes.values()].reduce((a, b) => a + b, 0);
  const etats = (Object.keys(ETATS) as EtatSysteme[]).filter((e) => e !== 'non_servi' || (p.comptes.get(e) ?? 0) > 0);
  return (
    <>
      <PageHeader
        titre="Dispositifs"
        chapo="Conseils, cellules, registres, circuits, fonds : tout ce que le contrat fait fonctionner, ce que chacun demande, et ce qui le sert ici."
      />
      <SubNavigation
        libelle="Dispositifs selon leur état dans Concorde"
        entrees={[
          { libelle: 'Tous', href: lien({ etat: '' }), actif: f.etat === '', compte: tous },
          ...etats.map((e) => ({ libelle: ETATS[e].pluriel, href: lien({ etat: e }), actif: f.etat === e, compte: p.comptes.get(e) ?? 0 })),
        ]}
      />
      <FilterLayout
        filtres={
          <FilterPanel action="/dispositifs" actifs={actifs} effacer={lien({ q: '', archetype: '', fiche: '' })} masques={f.etat ? { etat: f.etat } : {}}>
            <TextInput nom="q" libelle="Nom, numéro ou porteur" valeur={f.q} />
            <Select
              nom="archetype"
              libelle="Genre"
              vide="tous"
              valeur={f.archetype}
              options={Object.entries(ARCHETYPES).map(([valeur, libelle]) => ({ valeur, libelle }))}
            />
            <Select nom="fiche" libelle="Fiche" vide="toutes" valeur={f.fiche} options={optionsDeFiches(p.catalogue)} />
          </FilterPanel>
        }
      >
        <Table
          legende="Dispositifs du contrat"
          legendeMasquee
          dense
          vide={
            <EmptyState titre="Aucun dispositif" actions={[{ libelle: 'Voir tous les dispositifs', href: '/dispositifs' }]}>
              Élargissez les filtres.
            </EmptyState>
          }
          colonnes={[
            {
              cle: 'nom',
              titre: 'Dispositif',
              entete: true,
              cellule: ({ systeme: s }) => (
                <a className="govuk-link" href={`/dispositifs/${s.id}`}>
                  {s.nom}
                </a>
              ),
            },
            { cle: 'genre', titre: 'Genre', cellule: ({ systeme: s }) => ARCHETYPES[s.archetype] ?? s.archetype },
            { cle: 'fiches', titre: 'Fiches', cellule: ({ systeme: s }) => s.fiches.filter((x) => p.catalogue.fiches.has(x)).join(', ') || 'tout le contrat' },
            { cle: 'porteur', titre: 'Qui le porte', cellule: ({ systeme: s }) => s.porteur },
            {
              cle: 'etat',
              titre: 'Dans Concorde',
              cellule: ({ service: v }) => (
                <>
                  <EtatSystemeTag etat={v.etat} court />
                  {v.etat === 'partiel' && ` ${surTotal(v.presentes, v.demandes.length)}`}
                </>
              ),
            },
          ]}
          lignes={p.lignes}
          cle={({ systeme: s }) => s.id}
        />
        <Pagination page={p.page} total={p.total} parPage={p.parPage} href={(n) => lien({ page: String(n) })} objet="dispositif" />
      </FilterLayout>
    </>
  );
}
