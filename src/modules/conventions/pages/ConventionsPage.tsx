import { ButtonGroup, LinkButton } from '../../../ui/Button.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { FilterLayout, FilterPanel } from '../../../ui/FilterPanel.tsx';
import { InsetText } from '../../../ui/InsetText.tsx';
import { PageHeader } from '../../../ui/PageHeader.tsx';
import { Pagination } from '../../../ui/Pagination.tsx';
import { Select } from '../../../ui/Select.tsx';
import { SubNavigation } from '../../../ui/SubNavigation.tsx';
import { Table } from '../../../ui/Table.tsx';
import { Tag } from '../../../ui/Tag.tsx';
import { TextInput } from '../../../ui/TextInput.tsx';
import { jourCourt, nombre } from '../../../ui/typographie.ts';
import { type Catalogue, type Lieu, optionsDActeurs, optionsDeFiches, optionsDeLieu, TOUT } from '../../contrats/index.ts';
import type { Attendu } from '../attendus.rules.ts';
import { CODES_ETATS, type Etat, ETATS, NATURES } from '../conventions.rules.ts';
import type { Filtres, LigneDeListe } from '../liste.ts';
import { DANS } from '../liste.ts';
import { EtatActeTag } from './EtatActeTag.tsx';

export interface ConventionsPageProps {
  catalogue: Catalogue;
  lignes: readonly LigneDeListe[];
  total: number;
  page: number;
  parPage: number;
  comptes: ReadonlyMap<Etat, number>;
  filtres: Filtres;
  lieu: Lieu;
  travail: boolean;
  ecrit: boolean;
  importe: boolean;
  /** The system whose acts are asked for, when the contract calls for one. */
  attendu: Attendu | null;
  aujourdhui: string;
}
const adresse = (p: ConventionsPageProps, chemin: string, plus: Readonly<Record<string, string>> = {}): string => {
  const tous = { ...p.filtres, territoire: p.lieu.champ, ...plus };
  const q = new URLSearchParams(Object.entries(tous).filter(([, v]) => v !== '')).toString();
  return q ? `${chemin}?${q}` : chemin;
};
const direDans = (n: string): string => (n === '12' ? 'dans l’année' : n === '1' ? 'dans le mois' : `dans ${n} mois`);

export function ConventionsPage(p: ConventionsPageProps) {
  return (
    <>
      <PageHeader
        titre="Conventions et actes"
        surtitre={p.attendu ? `${p.attendu.systeme} · ${p.attendu.nom}` : undefined}
        chapo={
          p.travail
            ? 'Conventions, protocoles, chartes et arrêtés du contrat : qui est engagé, jusqu’à quand, ce qui reste à signer, à revoir, à tenir.'
            : 'Conventions, protocoles, chartes et arrêtés du contrat dont le texte est public.'
        }
      />
      {p.travail && (
        <>
          <ButtonGroup>
            {p.ecrit && (
              <LinkButton href={p.attendu ? `/conventions/nouvelle?systeme=${p.attendu.systeme}` : '/conventions/nouvelle'}>Ajouter un acte</LinkButton>
            )}
            {p.importe && (
              <LinkButton variante="secondaire" href="/conventions/import">
                Importer un tableau
              </LinkButton>
            )}
            <LinkButton variante="secondaire" href={adresse(p, '/conventions.csv')}>
              Exporter (CSV)
            </LinkButton>
            <LinkButton variante="secondaire" href={adresse(p, '/conventions.xlsx')}>
              Exporter (XLSX)
            </LinkButton>
          </ButtonGroup>
          <SubNavigation
            libelle="Présentation"
            entrees={[
              { libelle: 'Les actes', href: '/conventions', actif: true },
              { libelle: 'Ce que le contrat demande', href: '/conventions/attendus' },
            ]}
          />
        </>
      )}
      <FilterLayout filtres={<Filtre {...p} />}>
        {p.lignes.length === 0 ? <Vide {...p} /> : <Liste {...p} />}
        {p.total > 0 && (
          <Pagination page={p.page} total={p.total} parPage={p.parPage} objet="acte" href={(page) => adresse(p, '/conventions', { page: String(page) })} />
        )}
      </FilterLayout>
    </>
  );
}

function Filtre(p: ConventionsPageProps) {
  const { filtres: f, catalogue: c } = p;
  const sans = (champ: string, valeur = '') => adresse(p, '/conventions', { [champ]: valeur });
  return (
    <FilterPanel
      action="/conventions"
      effacer={`/conventions${p.lieu.effacer}`}
      bascule={p.lieu.bascule && { libelle: p.lieu.bascule.libelle, href: sans('territoire', p.lieu.bascule.champ) }}
      masques={{ systeme: f.systeme, ligne: f.ligne }}
      actifs={[
        ...(f.q ? [{ libelle: `« ${f.q} »`, href: sans('q') }] : []),
        ...(f.etat ? [{ libelle: ETATS[f.etat], href: sans('etat') }] : []),
        ...(f.nature ? [{ libelle: NATURES[f.nature], href: sans('nature') }] : []),
        ...(f.fiche ? [{ libelle: `fiche ${f.fiche}`, href: sans('fiche') }] : []),
        ...(f.systeme ? [{ libelle: `dispositif ${f.systeme}`, href: sans('systeme') }] : []),
        ...(f.ligne ? [{ libelle: `engagement ${f.ligne}`, href: sans('ligne') }] : []),
        ...(f.partie ? [{ libelle: c.nomActeur(f.partie), href: sans('partie') }] : []),
        ...(f.dans ? [{ libelle: `échéance ${direDans(f.dans)}`, href: sans('dans') }] : []),
        ...(p.lieu.nom ? [{ libelle: p.lieu.nom, href: sans('territoire', p.lieu.sans) }] : []),
      ]}
    >
      <TextInput nom="q" libelle="Mots" valeur={f.q} type="search" />
      <Select
        nom="etat"
        libelle="État"
        vide="tous"
        valeur={f.etat}
        options={CODES_ETATS.map((e) => ({ valeur: e, libelle: `${ETATS[e]} (${nombre(p.comptes.get(e) ?? 0)})` }))}
      />
      <Select
        nom="nature"
        libelle="Nature"
        vide="toutes"
        valeur={f.nature}
        options={Object.entries(NATURES).map(([valeur, libelle]) => ({ valeur, libelle }))}
      />
      <Select
        nom="dans"
        libelle="Renouvellement ou revue"
        vide="à toute date"
        valeur={f.dans}
        options={DANS.map((n) => ({ valeur: n, libelle: direDans(n) }))}
      />
      <Select nom="partie" libelle="Organisation engagée" vide="toutes" valeur={f.partie} options={optionsDActeurs(c)} />
      <Select nom="fiche" libelle="Fiche" vide="toutes" valeur={f.fiche} options={optionsDeFiches(c)} />
      <Select nom="territoire" libelle="Territoire" valeur={p.lieu.territoire || TOUT} options={optionsDeLieu(c.enfants(c.racine.id), c)} />
    </FilterPanel>
  );
}

function Vide(p: ConventionsPageProps) {
  if (p.attendu && p.travail)
    return (
      <InsetText>
        <p className="govuk-body">
          <Tag ton="garance">texte jamais déposé</Tag>
        </p>
        <p className="govuk-body">
          Le contrat demande pour « {p.attendu.nom} » : {p.attendu.natures.map((n) => NATURES[n].toLowerCase()).join(' ou ')}. Aucun acte n’est encore écrit
          ici.
        </p>
      </InsetText>
    );
  const filtre = Object.values(p.filtres).some((v) => v !== '') || p.lieu.territoire !== '';
  return (
    <EmptyState
      titre="Aucun acte"
      actions={[
        ...(filtre ? [{ libelle: 'Voir tous les actes', href: `/conventions?territoire=${TOUT}` }] : []),
        ...(p.travail ? [{ libelle: 'Voir ce que le contrat demande', href: '/conventions/attendus' }] : []),
      ]}
    >
      {filtre
        ? 'Aucun acte ne correspond à ces filtres.'
        : p.travail
          ? 'Les conventions, protocoles, chartes et arrêtés apparaîtront ici.'
          : 'Aucun texte n’est public pour l’instant.'}
    </EmptyState>
  );
}

function Liste(p: ConventionsPageProps) {
  const c = p.catalogue;
  return (
    <Table
      legende="Actes, par titre"
      legendeMasquee
      dense
      lignes={p.lignes}
      cle={(l) => l.acte.id}
      colonnes={[
        {
          cle: 'titre',
          titre: 'Acte',
          entete: true,
          cellule: ({ acte: a, fiches }: LigneDeListe) => (
            <>
              <a className="govuk-link" href={`/conventions/${a.id}`}>
                {a.titre}
              </a>
              <span className="c-note c-acte__detail">
                {[NATURES[a.nature], a.reference, fiches.length > 0 ? `fiche ${fiches.join(', ')}` : ''].filter((x) => x !== '').join(' · ')}
              </span>
            </>
          ),
        },
        { cle: 'etat', titre: 'État', cellule: ({ acte }) => <EtatActeTag acte={acte} aujourdhui={p.aujourdhui} /> },
        { cle: 'porteur', titre: 'Tenu par', cellule: ({ acte }) => c.nomActeur(acte.porteurId) },
        {
          cle: 'prochaine',
          titre: 'Prochaine date',
          cellule: ({ prochaine }) =>
            prochaine ? (
              <>
                {prochaine.quoi} : {jourCourt(prochaine.le)}
                {prochaine.le < p.aujourdhui && (
                  <>
                    {' '}
                    <Tag ton="garance">en retard</Tag>
                  </>
                )}
              </>
            ) : (
              'aucune'
            ),
        },
      ]}
    />
  );
}
