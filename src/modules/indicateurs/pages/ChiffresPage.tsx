import { Chiffre } from '../../../ui/Chiffre.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { FilterLayout, FilterPanel } from '../../../ui/FilterPanel.tsx';
import { PageHeader } from '../../../ui/PageHeader.tsx';
import { Pagination } from '../../../ui/Pagination.tsx';
import { Select } from '../../../ui/Select.tsx';
import { Table } from '../../../ui/Table.tsx';
import { formatPeriode } from '../../../ui/typographie.ts';
import { motDe } from '../../../ui/types.ts';
import { type Catalogue, type Mesure, TOUT } from '../../contrats/index.ts';
import type { Chiffre as Figure } from '../chiffres.rules.ts';

export interface LigneDeChiffre {
  mesure: Mesure;
  periode: string;
  chiffre: Figure;
  peutSaisir: boolean;
}
export interface ChiffresPageProps {
  catalogue: Catalogue;
  lignes: readonly LigneDeChiffre[];
  total: number;
  page: number;
  parPage: number;
  filtres: { periode: string; etat: string; fiche: string; aupres: string };
  periodes: readonly string[];
  /** The reader's own organisation, when it owes figures. */
  sienne: string | null;
  lien: (changes: Record<string, string>) => string;
}

const ETATS = { tous: 'tous les états', manquant: 'manquants', connu: 'connus', secret: 'secrets', sans_objet: 'sans objet' };

export function ChiffresPage(p: ChiffresPageProps) {
  const { filtres, catalogue: c } = p;
  const actifs = [
    ...(filtres.etat !== 'tous' ? [{ libelle: motDe(ETATS, filtres.etat) ?? 'un autre état', href: p.lien({ etat: 'tous' }) }] : []),
    ...(filtres.fiche ? [{ libelle: `fiche ${filtres.fiche}`, href: p.lien({ fiche: '' }) }] : []),
    ...(filtres.aupres !== TOUT ? [{ libelle: c.nomActeur(filtres.aupres), href: p.lien({ aupres: TOUT }) }] : []),
  ];
  const bascule =
    filtres.aupres === TOUT
      ? p.sienne && { libelle: c.nomActeur(p.sienne), href: p.lien({ aupres: p.sienne }) }
      : { libelle: 'Tous les organismes', href: p.lien({ aupres: TOUT }) };
  const debiteurs = [...new Set([...c.mesures.values()].filter((m) => m.obtention !== 'calcul').flatMap((m) => m.aupres))].sort((a, b) =>
    c.nomActeur(a).localeCompare(c.nomActeur(b), 'fr'),
  );
  return (
    <>
      <PageHeader titre="Chiffres à fournir" chapo="Les chiffres que les registres ne calculent pas : ce qui est connu, ce qui manque, et qui le doit." />
      <FilterLayout
        filtres={
          <FilterPanel action="/chiffres" actifs={actifs} effacer={`/chiffres?etat=tous&aupres=${TOUT}`} bascule={bascule || null}>
            <Select nom="periode" libelle="Période" valeur={filtres.periode} options={p.periodes.map((x) => ({ valeur: x, libelle: formatPeriode(x) }))} />
            <Select nom="etat" libelle="État" valeur={filtres.etat} options={Object.entries(ETATS).map(([valeur, libelle]) => ({ valeur, libelle }))} />
            <Select
              nom="fiche"
              libelle="Fiche"
              vide="toutes les fiches"
              valeur={filtres.fiche}
              options={[...c.fiches.values()].map((f) => ({ valeur: f.numero, libelle: `${f.numero} ${f.titre}` }))}
            />
            <Select
              nom="aupres"
              libelle="Attendu de"
              valeur={filtres.aupres}
              options={[{ valeur: TOUT, libelle: 'tous les organismes' }, ...debiteurs.map((a) => ({ valeur: a, libelle: c.nomActeur(a) }))]}
            />
          </FilterPanel>
        }
      >
        <Table
          legende={`Chiffres de ${formatPeriode(filtres.periode)}`}
          dense
          vide={
            <EmptyState titre="Rien ne correspond à ces filtres" actions={[{ libelle: 'Voir tous les chiffres', href: `/chiffres?etat=tous&aupres=${TOUT}` }]}>
              Aucun chiffre n’est dans cet état pour cette période : élargissez les filtres.
            </EmptyState>
          }
          colonnes={[
            {
              cle: 'libelle',
              titre: 'Chiffre',
              entete: true,
              cellule: (l) => (
                <a className="govuk-link" href={`/chiffres/${l.mesure.id}?periode=${l.periode}`}>
                  {l.mesure.libelle}
                </a>
              ),
            },
            { cle: 'fiche', titre: 'Fiche', cellule: (l) => l.mesure.fiche },
            { cle: 'valeur', titre: 'État', cellule: (l) => <Chiffre {...l.chiffre} nommer={(id) => c.nomActeur(id)} /> },
            {
              cle: 'action',
              titre: 'Action',
              titreMasque: true,
              cellule: (l) =>
                l.peutSaisir ? (
                  <a className="govuk-link" href={`/chiffres/${l.mesure.id}/saisir?periode=${l.periode}`}>
                    {l.chiffre.etat === 'manquant' || l.chiffre.nonVentile ? 'Fournir' : 'Corriger'}
                    <span className="govuk-visually-hidden"> {l.mesure.libelle}</span>
                  </a>
                ) : null,
            },
          ]}
          lignes={p.lignes}
          cle={(l) => l.mesure.id}
        />
        <Pagination page={p.page} total={p.total} parPage={p.parPage} href={(n) => p.lien({ page: String(n) })} objet="chiffre" />
      </FilterLayout>
    </>
  );
}
