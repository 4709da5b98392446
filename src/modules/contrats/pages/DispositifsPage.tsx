import { EmptyState } from '../../../ui/EmptyState.tsx';
import { FilterLayout, FilterPanel } from '../../../ui/FilterPanel.tsx';
import { PageHeader } from '../../../ui/PageHeader.tsx';
import { Pagination } from '../../../ui/Pagination.tsx';
import { Select } from '../../../ui/Select.tsx';
import { Table } from '../../../ui/Table.tsx';
import { Tag } from '../../../ui/Tag.tsx';
import { TextInput } from '../../../ui/TextInput.tsx';
import { motDe } from '../../../ui/types.ts';
import type { Catalogue } from '../catalogue.ts';
import type { Systeme } from '../contrats.schema.ts';

const ARCHETYPES: Record<string, string> = {
  GOUV: 'Gouvernance et réunions',
  CONTRAT: 'Contrat, plans et avenants',
  INDIC: 'Indicateurs et collecte',
  OPE: 'Opérations et activités',
  OFFRE: 'Capacités et placements',
  CELL: 'Cellules nominatives',
  SIGN: 'Signalements',
  ALERTE: 'Alertes',
  CRISE: 'Crises et exercices',
  FIN: 'Financements',
  CONV: 'Conventions et chartes',
  AUDIT: 'Audits et diagnostics',
  PUBLIC: 'Information du public',
  OBS: 'Observatoire',
  FORM: 'Formation',
  ORIENT: 'Orientation et prise en charge',
};
const ETATS: Record<string, string> = { servi: 'servi', prevu: 'prévu', non_servi: 'sans réponse' };

export interface DispositifsPageProps {
  catalogue: Catalogue;
  systemes: readonly Systeme[];
  total: number;
  page: number;
  parPage: number;
  filtres: { q: string; archetype: string; etat: string; fiche: string };
}

/** Where a person finds in Concorde what serves the system: a register has a screen, a kind of body its page, a module its first page. */
function porteur(catalogue: Catalogue, s: Systeme) {
  const [genre, nom = ''] = s.porte_par?.split(':') ?? [];
  if (s.etat !== 'servi' || !genre) return <>module « {nom} »</>;
  if (genre === 'instance')
    return (
      <a className="govuk-link" href={`/instances/types/${nom}`}>
        {catalogue.typesInstance.get(nom)?.nom ?? nom}
      </a>
    );
  const pages: Record<string, string> = { contrats: '/contrat', indicateurs: '/chiffres', publications: '/bilan', annuaire: '/acteurs', accueil: '/' };
  const href = genre === 'registre' ? (nom === 'doleances' ? '/signalements' : `/registres/${nom}`) : (pages[nom] ?? '/contrat');
  return (
    <a className="govuk-link" href={href}>
      {genre === 'registre' ? `registre ${nom}` : nom}
    </a>
  );
}

export function DispositifsPage(p: DispositifsPageProps) {
  const f = p.filtres;
  const lien = (o: Record<string, string>) => `/dispositifs?${new URLSearchParams({ ...f, ...o })}`;
  const actifs = [
    ...(f.q ? [{ libelle: `« ${f.q} »`, href: lien({ q: '' }) }] : []),
    ...(f.archetype ? [{ libelle: motDe(ARCHETYPES, f.archetype) ?? 'un autre genre', href: lien({ archetype: '' }) }] : []),
    ...(f.etat ? [{ libelle: motDe(ETATS, f.etat) ?? 'un autre état', href: lien({ etat: '' }) }] : []),
    ...(f.fiche ? [{ libelle: `fiche ${f.fiche}`, href: lien({ fiche: '' }) }] : []),
  ];
  return (
    <>
      <PageHeader
        titre="Dispositifs"
        chapo="Conseils, cellules, registres, circuits, fonds : tout ce que le contrat fait fonctionner, et ce qui le sert ici."
      />
      <FilterLayout
        filtres={
          <FilterPanel action="/dispositifs" actifs={actifs} effacer="/dispositifs">
            <TextInput nom="q" libelle="Nom ou porteur" valeur={f.q} />
            <Select
              nom="archetype"
              libelle="Genre"
              vide="tous"
              valeur={f.archetype}
              options={Object.entries(ARCHETYPES).map(([valeur, libelle]) => ({ valeur, libelle }))}
            />
            <Select
              nom="etat"
              libelle="Dans Concorde"
              vide="tous"
              valeur={f.etat}
              options={Object.entries(ETATS).map(([valeur, libelle]) => ({ valeur, libelle }))}
            />
            <Select
              nom="fiche"
              libelle="Fiche"
              vide="toutes"
              valeur={f.fiche}
              options={[...p.catalogue.fiches.values()].map((x) => ({ valeur: x.numero, libelle: `${x.numero} ${x.titre}` }))}
            />
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
            { cle: 'nom', titre: 'Dispositif', entete: true, cellule: (s) => s.nom },
            { cle: 'genre', titre: 'Genre', cellule: (s) => ARCHETYPES[s.archetype] ?? s.archetype },
            { cle: 'fiches', titre: 'Fiches', cellule: (s) => s.fiches.join(', ') },
            { cle: 'porteur', titre: 'Qui le porte', cellule: (s) => s.porteur },
            {
              cle: 'etat',
              titre: 'Dans Concorde',
              cellule: (s) => (
                <>
                  <Tag ton={s.etat === 'servi' ? 'vert' : 'neutre'}>{ETATS[s.etat] ?? s.etat}</Tag> {porteur(p.catalogue, s)}
                </>
              ),
            },
          ]}
          lignes={p.systemes}
          cle={(s) => s.id}
        />
        <Pagination page={p.page} total={p.total} parPage={p.parPage} href={(n) => lien({ page: String(n) })} objet="dispositif" />
      </FilterLayout>
    </>
  );
}
