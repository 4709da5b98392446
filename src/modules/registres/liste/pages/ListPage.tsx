import { ButtonGroup, LinkButton } from '../../../../ui/Button.tsx';
import { EmptyState } from '../../../../ui/EmptyState.tsx';
import { FilterLayout, FilterPanel } from '../../../../ui/FilterPanel.tsx';
import { PageHeader } from '../../../../ui/PageHeader.tsx';
import { Pagination } from '../../../../ui/Pagination.tsx';
import { type Colonne, Table } from '../../../../ui/Table.tsx';
import { jourCourt, nombre } from '../../../../ui/typographie.ts';
import { COMPTE_MAX, type LigneListe } from '../../activite.ts';
import { nomActeur, nomTerritoire, Valeur } from '../../champs.tsx';
import type { DefinitionRegistre } from '../../definition.ts';
import { direOccupation } from '../../occupation/Occupation.tsx';
import type { Occupation } from '../../occupation/occupation.queries.ts';
import { Seuils } from '../../etapes/pages/Seuils.tsx';
import type { EtatDeSeuil } from '../../etapes/seuils.ts';
import { EtapeTag } from '../../etapes/pages/EtapeTag.tsx';
import type { CibleConnue } from '../../liens/cible.ts';
import type { Repertoire } from '../../registres.repertoire.ts';
import { colonnesDe, nouveauNom, quantiteDesLignes } from '../../registres.rules.ts';
import { avecFiltre, type Filtres, filtresActifs, naturesDe, TOUTE_NATURE, type Tri } from '../filtres.schema.ts';
import { ChampsDeFiltre } from './ChampsDeFiltre.tsx';
import { direCompte } from './RegistersPage.tsx';
import type { Lieu } from '../../../contrats/index.ts';

export interface ListPageProps {
  d: DefinitionRegistre;
  rep: Repertoire;
  /** Records that a link may be filtered by, for each link. */
  choix: ReadonlyMap<string, readonly CibleConnue[]>;
  seuils: readonly EtatDeSeuil[];
  /** Of offers, today; null where there are no places, or none that the reader may know of. */
  occupations: ReadonlyMap<string, Occupation> | null;
  filtres: Filtres;
  lieu: Lieu;
  url: URL;
  lignes: readonly LigneListe[];
  /** At most COMPTE_MAX + 1. */
  total: number;
  page: number;
  parPage: number;
  peutCreer: boolean;
  peutEtendre: boolean;
}

/** A list stays readable beside its filters: one word and one number, the rest is on the record's page. */
const MOTS_MAX = 1;
const NOMBRES_MAX = 1;
const TRI_DE: Readonly<Record<string, { asc: Tri; desc: Tri }>> = {
  jour: { asc: 'ancien', desc: 'recent' },
  titre: { asc: 'titre', desc: 'titre' },
};

export function ListPage(p: ListPageProps) {
  const { d, rep, url } = p;
  const base = `/registres/${d.code}`;
  const actifs = filtresActifs(d, rep, p.filtres).map((a) => ({
    libelle: a.libelle,
    href: avecFiltre(url, a.cle, a.cle === 'territoire' ? p.lieu.sans : null),
  }));
  const recherche = url.search;
  return (
    <>
      <PageHeader
        titre={d.libelle}
        chapo={d.objet}
        actions={
          <>
            {p.peutCreer && <LinkButton href={`${base}/nouveau`}>{nouveauNom(d)}</LinkButton>}
            {p.peutCreer && (
              <LinkButton href={`${base}/nouveau?dupliquer=dernier`} variante="secondaire">
                Comme la dernière fois
              </LinkButton>
            )}
            {p.peutCreer && (
              <LinkButton href={`${base}/imports`} variante="secondaire">
                Importer
              </LinkButton>
            )}
            {p.occupations !== null && (
              <a className="govuk-link" href={`${base}/occupation`}>
                Occupation de l’offre
              </a>
            )}
            {p.peutEtendre && (
              <a className="govuk-link" href={`${base}/listes`}>
                Listes de valeurs
              </a>
            )}
          </>
        }
      />
      <FilterLayout
        filtres={
          <FilterPanel
            action={base}
            actifs={actifs}
            effacer={`${base}${p.lieu.effacer}`}
            bascule={p.lieu.bascule && { libelle: p.lieu.bascule.libelle, href: avecFiltre(url, 'territoire', p.lieu.bascule.champ) }}
            masques={{ ...(p.filtres.lot ? { lot: p.filtres.lot } : {}), ...(p.filtres.serie ? { serie: p.filtres.serie } : {}) }}
          >
            <ChampsDeFiltre {...p} />
          </FilterPanel>
        }
      >
        <Seuils etats={p.seuils} />
        <p className="govuk-body" role="status">
          {p.total === 0 ? 'Aucun enregistrement' : p.total === 1 ? '1 enregistrement' : `${direCompte(p.total)} enregistrements`}
        </p>
        {p.lignes.length === 0 ? (
          <Vide {...p} filtre={actifs.length > 0} />
        ) : (
          <>
            <Table
              legende={d.libelle}
              legendeMasquee
              dense
              lignes={p.lignes}
              cle={(l) => l.id}
              colonnes={[...colonnes(d, rep, p.filtres.champs), ...colonneDOccupation(p.occupations)]}
              tri={p.filtres.tri === 'titre' ? { cle: 'titre', sens: 'asc' } : { cle: 'jour', sens: p.filtres.tri === 'ancien' ? 'asc' : 'desc' }}
              hrefTri={(cle, sens) => avecFiltre(url, 'tri', TRI_DE[cle]?.[sens] ?? 'recent')}
            />
            <Pagination page={p.page} total={Math.min(p.total, COMPTE_MAX)} parPage={p.parPage} href={(n) => pageHref(url, n)} objet="enregistrement" />
            {p.total > COMPTE_MAX && (
              <p className="govuk-hint">{`La liste s’arrête à ${nombre(COMPTE_MAX)} enregistrements : affinez les filtres, ou exportez tout.`}</p>
            )}
          </>
        )}
        {p.total > 0 && (
          <ButtonGroup>
            <LinkButton href={`${base}/export.csv${recherche}`} variante="secondaire" petit telecharger>
              Exporter en CSV
            </LinkButton>
            <LinkButton href={`${base}/export.xlsx${recherche}`} variante="secondaire" petit telecharger>
              Exporter en XLSX
            </LinkButton>
          </ButtonGroup>
        )}
      </FilterLayout>
    </>
  );
}

function colonnes(d: DefinitionRegistre, rep: Repertoire, filtres: Filtres['champs']): Colonne<LigneListe>[] {
  // A column whose value is chosen in the filters would say the same thing on every row.
  const utiles = colonnesDe(d).filter((c) => filtres[c.code] === undefined);
  return [
    { cle: 'jour', titre: 'Date', triable: true, cellule: (l) => jourCourt(l.contenu.jour) },
    {
      cle: 'titre',
      titre: 'Titre',
      entete: true,
      triable: true,
      cellule: (l) => (
        <>
          <a className="govuk-link" href={`/registres/${d.code}/${l.id}`}>
            {l.contenu.titre}
          </a>
          {l.contenu.etape !== 'realisee' && (
            <>
              {' '}
              <EtapeTag etape={l.contenu.etape} />
            </>
          )}
          <div className="govuk-hint govuk-!-margin-bottom-0">{nomActeur(rep, l.contenu.organisation_id)}</div>
        </>
      ),
    },
    { cle: 'territoire', titre: 'Territoire', cellule: (l) => nomTerritoire(rep, l.contenu.territoire_id) },
    ...[...utiles.filter((c) => c.type !== 'nombre').slice(0, MOTS_MAX), ...utiles.filter((c) => c.type === 'nombre').slice(0, NOMBRES_MAX)].map(
      (c): Colonne<LigneListe> => ({
        cle: c.code,
        titre: c.libelle,
        numerique: c.type === 'nombre',
        cellule: (l) => {
          const v = l.contenu.donnees[c.code];
          return typeof v === 'number' ? nombre(v, 2) : v === undefined ? '–' : <Valeur champ={c} valeur={v} rep={rep} />;
        },
      }),
    ),
    ...colonnesDesLignes(d, filtres),
  ];
}

/** Asked by their nature, repeated lines say how many on each row. */
function colonnesDesLignes(d: DefinitionRegistre, filtres: Filtres['champs']): Colonne<LigneListe>[] {
  return d.champs.flatMap((c): Colonne<LigneListe>[] => {
    const v = filtres[c.code];
    if (c.type !== 'lignes' || v === undefined) return [];
    const nature = naturesDe(c);
    return c.quantites.flatMap((q) =>
      'somme' in q
        ? [
            {
              cle: q.code,
              titre: q.libelle,
              numerique: true,
              cellule: (l) => {
                const lues = l.contenu.donnees[c.code];
                const siennes = Array.isArray(lues) ? lues.filter((x) => v === TOUTE_NATURE || x[nature?.code ?? ''] === v) : [];
                const n = quantiteDesLignes(q, siennes);
                return n === null ? '–' : nombre(n, 2);
              },
            },
          ]
        : [],
    );
  });
}

const colonneDOccupation = (o: ListPageProps['occupations']): Colonne<LigneListe>[] =>
  o === null
    ? []
    : [
        {
          cle: 'occupation',
          titre: 'Présents sur places',
          cellule: (l) => {
            const x = o.get(l.id);
            return x ? direOccupation(x) : '–';
          },
        },
      ];

function pageHref(url: URL, n: number): string {
  const p = new URLSearchParams(url.searchParams);
  p.set('page', String(n));
  return `${url.pathname}?${p}`;
}

function Vide({ d, lieu, peutCreer, filtre }: ListPageProps & { filtre: boolean }) {
  const base = `/registres/${d.code}`;
  if (filtre)
    return (
      <EmptyState titre="Rien ne correspond à ces filtres" actions={[{ libelle: 'Tout effacer', href: `${base}${lieu.effacer}` }]}>
        <p className="govuk-body">Retirez un filtre ou élargissez la période.</p>
      </EmptyState>
    );
  const actions = peutCreer
    ? [
        { libelle: nouveauNom(d), href: `${base}/nouveau` },
        { libelle: 'Importer un fichier', href: `${base}/imports` },
      ]
    : [{ libelle: 'Tous les registres', href: '/registres' }];
  return (
    <EmptyState titre="Ce registre est encore vide" actions={actions}>
      <p className="govuk-body">{d.objet}</p>
    </EmptyState>
  );
}
