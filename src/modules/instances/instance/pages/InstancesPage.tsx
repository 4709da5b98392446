import { ButtonGroup, LinkButton } from '../../../../ui/Button.tsx';
import { EmptyState } from '../../../../ui/EmptyState.tsx';
import { FilterLayout, FilterPanel } from '../../../../ui/FilterPanel.tsx';
import { PageHeader } from '../../../../ui/PageHeader.tsx';
import { Pagination } from '../../../../ui/Pagination.tsx';
import { Select } from '../../../../ui/Select.tsx';
import { Table } from '../../../../ui/Table.tsx';
import { TextInput } from '../../../../ui/TextInput.tsx';
import { jourCourt, pluriel } from '../../../../ui/typographie.ts';
import { motDe } from '../../../../ui/types.ts';
import { type Catalogue, type Lieu, optionsDeLieu, TOUT } from '../../../contrats/index.ts';
import type { InstanceDeListe } from '../../instances.types.ts';
import type { Cadence } from '../../instances.rules.ts';
import { CadenceDite } from '../../pages/CadenceDite.tsx';

export interface InstancesPageProps {
  catalogue: Catalogue;
  instances: readonly (InstanceDeListe & { cadence: Cadence })[];
  /** Found, over all pages. */
  nombre: number;
  numero: number;
  parPage: number;
  /** Before rights and filters in memory: tells an empty contract from an empty answer. */
  filtres: { type: string; territoire: string; etat: string; q: string };
  lieu: Lieu;
  metier: boolean;
  /** Open decisions that this person may know of, by body. */
  decisions: ReadonlyMap<string, number>;
  gere: boolean;
}

const jourOu = (jour: string | null, sinon: string): string => (jour ? jourCourt(jour) : sinon);
const ETATS: Record<string, string> = { 'a-reunir': 'à réunir', miennes: 'dont je suis membre' };

export function InstancesPage(p: InstancesPageProps) {
  const f = p.filtres;
  const lien = (o: Partial<typeof f>) => {
    const q = new URLSearchParams(Object.entries({ ...f, ...o }).filter(([, v]) => v !== ''));
    return q.size > 0 ? `/instances?${q}` : '/instances';
  };
  const types = [...p.catalogue.typesInstance.values()];
  const actifs = [
    ...(f.q ? [{ libelle: `« ${f.q} »`, href: lien({ q: '' }) }] : []),
    ...(f.type ? [{ libelle: p.catalogue.typesInstance.get(f.type)?.nom ?? 'un autre type', href: lien({ type: '' }) }] : []),
    ...(p.lieu.nom ? [{ libelle: p.lieu.nom, href: lien({ territoire: p.lieu.sans }) }] : []),
    ...(f.etat ? [{ libelle: motDe(ETATS, f.etat) ?? 'un autre état', href: lien({ etat: '' }) }] : []),
  ];
  return (
    <>
      <PageHeader
        titre="Instances"
        chapo={
          p.metier
            ? 'Les conseils, comités, groupes et cellules par lesquels le contrat vit : quand ils se sont réunis, quand ils doivent le faire, ce qui reste ouvert.'
            : 'Les conseils et comités du contrat dont le calendrier et les relevés sont publics.'
        }
      />
      <ButtonGroup>
        {p.gere && <LinkButton href="/instances/types">Créer depuis le contrat</LinkButton>}
        {p.gere && (
          <LinkButton variante="secondaire" href="/instances/nouvelle">
            Créer une autre instance
          </LinkButton>
        )}
        <LinkButton variante="secondaire" href="/calendrier">
          Calendrier
        </LinkButton>
        <LinkButton variante="secondaire" href="/releves">
          Relevés publiés
        </LinkButton>
      </ButtonGroup>
      <FilterLayout
        filtres={
          <FilterPanel
            action="/instances"
            actifs={actifs}
            effacer={`/instances${p.lieu.effacer}`}
            bascule={p.lieu.bascule && { libelle: p.lieu.bascule.libelle, href: lien({ territoire: p.lieu.bascule.champ }) }}
          >
            <TextInput nom="q" libelle="Nom" valeur={f.q} type="search" />
            <Select nom="type" libelle="Type" vide="tous" valeur={f.type} options={types.map((t) => ({ valeur: t.id, libelle: t.nom }))} />
            <Select
              nom="territoire"
              libelle="Territoire"
              valeur={p.lieu.territoire || TOUT}
              options={optionsDeLieu(p.catalogue.enfants(p.catalogue.racine.id), p.catalogue)}
            />
            {p.metier && (
              <Select
                nom="etat"
                libelle="Montrer"
                vide="toutes"
                valeur={f.etat}
                options={Object.entries(ETATS).map(([valeur, libelle]) => ({ valeur, libelle }))}
              />
            )}
          </FilterPanel>
        }
      >
        <Table
          legende={pluriel(p.nombre, 'instance')}
          lignes={p.instances}
          cle={(i) => i.id}
          dense
          vide={
            <EmptyState
              titre="Aucune instance"
              actions={[
                ...(actifs.length > 0 ? [{ libelle: 'Retirer les filtres', href: `/instances${p.lieu.effacer}` }] : []),
                ...(p.gere ? [{ libelle: 'Créer les instances du contrat', href: '/instances/types' }] : []),
              ]}
            >
              {actifs.length > 0
                ? 'Aucune instance ne correspond à ces filtres, ou vous n’en êtes pas membre.'
                : p.metier
                  ? 'Le contrat n’a encore aucune instance que vous puissiez voir.'
                  : 'Aucune instance de ce contrat n’est publique.'}
            </EmptyState>
          }
          colonnes={[
            {
              cle: 'nom',
              titre: 'Instance',
              entete: true,
              cellule: (i) => (
                <a className="govuk-link" href={`/instances/${i.id}`}>
                  {i.nom}
                </a>
              ),
            },
            { cle: 'territoire', titre: 'Territoire', cellule: (i) => p.catalogue.territoires.get(i.territoireId)?.court ?? i.territoireId },
            { cle: 'derniere', titre: 'Dernière', cellule: (i) => jourOu(i.derniere, i.reservees ? 'non communiquée' : 'aucune') },
            {
              cle: 'prochaine',
              titre: 'Prochaine',
              cellule: (i) =>
                i.prochaineId && p.metier ? (
                  <a className="govuk-link" href={`/seances/${i.prochaineId}`}>
                    {i.prochaine ? jourCourt(i.prochaine) : 'date à choisir'}
                    <span className="govuk-visually-hidden">, {i.nom}</span>
                  </a>
                ) : (
                  jourOu(i.prochaine, !p.metier ? 'non annoncée' : i.reservees ? 'non communiquée' : 'à fixer')
                ),
            },
            { cle: 'cadence', titre: 'Cadence', cellule: (i) => <CadenceDite cadence={i.cadence} mois={i.cadenceMois} /> },
            ...(p.metier
              ? [{ cle: 'decisions', titre: 'Décisions ouvertes', numerique: true, cellule: (i: InstanceDeListe) => p.decisions.get(i.id) ?? 0 }]
              : []),
          ]}
        />
        <Pagination
          page={p.numero}
          total={p.nombre}
          parPage={p.parPage}
          href={(n) => `${lien({})}${lien({}).includes('?') ? '&' : '?'}page=${n}`}
          objet="instance"
        />
      </FilterLayout>
    </>
  );
}
