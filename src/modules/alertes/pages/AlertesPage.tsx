import { LinkButton, ButtonGroup } from '../../../ui/Button.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { FilterLayout, FilterPanel } from '../../../ui/FilterPanel.tsx';
import { PageHeader } from '../../../ui/PageHeader.tsx';
import { Pagination } from '../../../ui/Pagination.tsx';
import { Select } from '../../../ui/Select.tsx';
import { Table } from '../../../ui/Table.tsx';
import { Tag } from '../../../ui/Tag.tsx';
import { jourEtHeure } from '../../../ui/typographie.ts';
import { type Catalogue, type Lieu, optionsDeLieu, optionsDeListe } from '../../contrats/index.ts';
import type { Alerte } from '../alerte/alertes.queries.ts';
import { direGenre, direLieu, direPalier } from '../envois/lettres.rules.ts';
import { PALIERS } from '../reglement/reglement.ts';
import { ETATS, EtatTag } from './mots.tsx';

export interface AlertesPageProps {
  catalogue: Catalogue;
  alertes: readonly Alerte[];
  total: number;
  page: number;
  parPage: number;
  filtres: Readonly<Record<'etat' | 'palier' | 'exercices' | 'territoire', string>>;
  lieu: Lieu;
  ecrit: boolean;
  tient: boolean;
  maintenant: Date;
}

export function AlertesPage(p: AlertesPageProps) {
  const cat = p.catalogue;
  const adresse = (changes: Record<string, string>) =>
    `/alertes?${new URLSearchParams(Object.entries({ ...p.filtres, ...changes }).filter(([, v]) => v !== ''))}`;
  const actifs = (Object.entries({ ...p.filtres, territoire: p.lieu.territoire }) as [keyof AlertesPageProps['filtres'], string][])
    .filter(([, v]) => v !== '')
    .map(([cle, v]) => ({
      libelle: { etat: ETATS[v] ?? v, palier: direPalier(cat, v), exercices: v === 'oui' ? 'exercices' : 'sans exercice', territoire: p.lieu.nom }[cle],
      href: adresse({ [cle]: cle === 'territoire' ? p.lieu.sans : '', page: '' }),
    }));
  return (
    <>
      <PageHeader
        titre="Alertes"
        chapo="Les vôtres, et celles de votre territoire. En danger immédiat, appelez d’abord le 17."
        actions={
          <ButtonGroup>
            {p.ecrit && <LinkButton href="/alertes/nouvelle">Écrire une alerte</LinkButton>}
            {p.tient && (
              <LinkButton href="/alertes/astreintes" variante="secondaire">
                Listes et astreintes
              </LinkButton>
            )}
          </ButtonGroup>
        }
      />
      <p className="govuk-body">
        <a className="govuk-link" href="/alertes/chiffres">
          Chiffres des alertes
        </a>{' '}
        ·{' '}
        <a className="govuk-link" href="/alertes/rixes">
          Bilan des rixes
        </a>{' '}
        ·{' '}
        <a className="govuk-link" href="/alertes/notifications">
          Être prévenu sur cet appareil
        </a>
      </p>
      <FilterLayout
        filtres={
          <FilterPanel action="/alertes" actifs={actifs} effacer={`/alertes${p.lieu.effacer}`}>
            <Select nom="territoire" libelle="Territoire" valeur={p.lieu.champ || 'tous'} options={optionsDeLieu(cat.enfants(cat.racine.id), cat)} />
            <Select nom="palier" libelle="Palier" vide="Tous" valeur={p.filtres.palier} options={optionsDeListe(cat, PALIERS, { retirees: true })} />
            <Select
              nom="etat"
              libelle="État"
              vide="Tous"
              valeur={p.filtres.etat}
              options={Object.entries(ETATS).map(([valeur, libelle]) => ({ valeur, libelle }))}
            />
            <Select
              nom="exercices"
              libelle="Exercices"
              vide="Avec les exercices"
              valeur={p.filtres.exercices}
              options={[
                { valeur: 'non', libelle: 'Sans les exercices' },
                { valeur: 'oui', libelle: 'Les exercices seuls' },
              ]}
            />
          </FilterPanel>
        }
      >
        <Table
          legende="Alertes, la dernière d’abord"
          legendeMasquee
          lignes={p.alertes}
          cle={(a) => a.id}
          vide={<EmptyState titre="Aucune alerte">Rien ici, avec ces filtres.</EmptyState>}
          colonnes={[
            {
              cle: 'quoi',
              titre: 'Alerte',
              entete: true,
              cellule: (a) => (
                <>
                  <span className="c-genre">{direPalier(cat, a.palier)}</span>
                  <a className="govuk-link" href={`/alertes/${a.id}`}>
                    {direGenre(cat, a.genre)}
                  </a>
                </>
              ),
            },
            { cle: 'ou', titre: 'Où', cellule: (a) => [a.lieu, direLieu(cat, a.territoireId)].filter(Boolean).join(', ') },
            { cle: 'quand', titre: 'Écrite', cellule: (a) => jourEtHeure(a.ecriteLe) },
            {
              cle: 'etat',
              titre: 'État',
              cellule: (a) => (
                <>
                  <EtatTag alerte={a} maintenant={p.maintenant} /> {a.exercice && <Tag ton="laiton">exercice</Tag>}
                </>
              ),
            },
          ]}
        />
        <Pagination page={p.page} total={p.total} parPage={p.parPage} href={(n) => adresse({ page: String(n) })} objet="alerte" />
      </FilterLayout>
    </>
  );
}
