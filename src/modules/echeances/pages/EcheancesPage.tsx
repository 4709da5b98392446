import { jourDe } from '../../../core/clock.ts';
import { LinkButton } from '../../../ui/Button.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { FilterLayout, FilterPanel } from '../../../ui/FilterPanel.tsx';
import { PageHeader } from '../../../ui/PageHeader.tsx';
import { Select } from '../../../ui/Select.tsx';
import { SubNavigation } from '../../../ui/SubNavigation.tsx';
import { Table } from '../../../ui/Table.tsx';
import { capitale, jourCourt, pluriel } from '../../../ui/typographie.ts';
import { type Catalogue, type Lieu, optionsDActeurs, optionsDeFiches, optionsDeLieu, TOUT } from '../../contrats/index.ts';
import type { Comptes } from '../echeances.queries.ts';
import { ETATS, OUVERTS } from '../echeances.rules.ts';
import type { Echeance, Etat, Genre } from '../echeances.types.ts';
import { libelleDuGenre, objetDit } from '../genres.ts';
import { DateDue, EtatTag, ouDit } from './EcheanceDite.tsx';

export interface EcheancesPageProps {
  catalogue: Catalogue;
  lignes: readonly Echeance[];
  comptes: Comptes;
  champs: Readonly<Record<'qui' | 'etat' | 'genre' | 'organisation' | 'territoire' | 'fiche', string>>;
  lieu: Lieu;
  genres: readonly Genre[];
  lien: (changes: Record<string, string>) => string;
  suite: string | null;
  aujourdhui: string;
  connecte: boolean;
  /** Works on the contract: reads the names of persons. */
  nommees: boolean;
}

export function EcheancesPage(p: EcheancesPageProps) {
  const f = p.champs;
  const ouvertes = OUVERTS.reduce((n, e) => n + p.comptes[e], 0);
  const parEtat = (e: Etat) => ({
    libelle: capitale(e === 'soldee' ? `${ETATS[e]}s` : ETATS[e]),
    href: p.lien({ etat: e }),
    actif: f.etat === e,
    compte: p.comptes[e],
  });
  return (
    <>
      <PageHeader
        titre="Échéances"
        chapo={p.connecte ? 'Ce qui est dû, par qui et pour quand.' : 'Ce que les partenaires doivent encore rendre public, qui le doit et pour quand.'}
        actions={
          <LinkButton variante="secondaire" href={p.lien({}).replace('/echeances?', '/echeances.csv?')}>
            Exporter (CSV)
          </LinkButton>
        }
      />
      <SubNavigation
        libelle="État"
        entrees={[
          { libelle: 'À faire', href: p.lien({ etat: '' }), actif: f.etat === '', compte: ouvertes },
          ...OUVERTS.map(parEtat),
          parEtat('soldee'),
          parEtat('sans_objet'),
        ]}
      />
      <FilterLayout filtres={<Filtres {...p} />}>
        <Table
          legende={f.etat === '' ? pluriel(ouvertes, 'échéance à tenir', 'échéances à tenir') : pluriel(p.comptes[f.etat as Etat], 'échéance')}
          dense
          lignes={p.lignes}
          cle={(e) => e.id}
          vide={
            <EmptyState titre="Rien ici" actions={[{ libelle: 'Tout effacer', href: `/echeances${p.lieu.effacer}` }]}>
              Aucune échéance ne correspond à ces filtres.
            </EmptyState>
          }
          colonnes={[
            { cle: 'due', titre: 'Pour le', cellule: (e) => <DateDue e={e} /> },
            {
              cle: 'objet',
              titre: 'Quoi',
              entete: true,
              cellule: (e) => (
                <>
                  <span className="c-genre">{libelleDuGenre(e.genre)}</span>
                  <a className="govuk-link" href={e.chemin}>
                    {objetDit(e)}
                  </a>
                </>
              ),
            },
            { cle: 'qui', titre: 'Qui', cellule: (e) => <Qui e={e} p={p} /> },
            { cle: 'ou', titre: 'Où', cellule: (e) => ouDit(e, p.catalogue) },
            { cle: 'etat', titre: 'État', cellule: (e) => <Fin e={e} p={p} /> },
          ]}
        />
        {p.suite && (
          <p className="govuk-body">
            <a className="govuk-link" href={p.suite}>
              Suite de la liste
            </a>
          </p>
        )}
      </FilterLayout>
    </>
  );
}

function Qui({ e, p }: { e: Echeance; p: EcheancesPageProps }) {
  const nom = p.catalogue.nomActeurA(e.organisationId, e.territoireId);
  if (!p.nommees && e.organisationId !== '') return <>{nom}</>;
  return <>{[nom, e.personne === nom ? '' : e.personne].filter(Boolean).join(', ')}</>;
}

/** The state, and what ended it. */
function Fin({ e, p }: { e: Echeance; p: EcheancesPageProps }) {
  return (
    <>
      <EtatTag e={e} aujourdhui={p.aujourdhui} />
      {e.soldeeLe && (
        <>
          {' '}
          <a className="govuk-link" href={e.soldeChemin}>
            le {jourCourt(jourDe(e.soldeeLe))}
          </a>
        </>
      )}
      {e.sansObjetMotif && ` ${e.sansObjetMotif}`}
    </>
  );
}

function Filtres(p: EcheancesPageProps) {
  const f = p.champs;
  const c = p.catalogue;
  const actifs = [
    ...(f.qui ? [{ libelle: 'pour moi', href: p.lien({ qui: '', territoire: p.lieu.sans }) }] : []),
    ...(p.lieu.nom ? [{ libelle: p.lieu.nom, href: p.lien({ territoire: p.lieu.sans }) }] : []),
    ...(f.genre ? [{ libelle: libelleDuGenre(f.genre), href: p.lien({ genre: '' }) }] : []),
    ...(f.organisation ? [{ libelle: c.nomActeur(f.organisation), href: p.lien({ organisation: '' }) }] : []),
    ...(f.fiche ? [{ libelle: `fiche ${f.fiche}`, href: p.lien({ fiche: '' }) }] : []),
  ];
  const { bascule } = p.lieu;
  return (
    <FilterPanel
      action="/echeances"
      actifs={actifs}
      effacer={`/echeances${p.lieu.effacer}`}
      masques={{ etat: f.etat }}
      bascule={bascule && { libelle: bascule.libelle, href: p.lien({ territoire: bascule.champ }) }}
    >
      {p.connecte && <Select nom="qui" libelle="Pour" vide="tous" valeur={f.qui} options={[{ valeur: 'moi', libelle: 'moi' }]} />}
      <Select nom="genre" libelle="Genre" vide="tous" valeur={f.genre} options={p.genres.map((g) => ({ valeur: g.code, libelle: g.libelle }))} />
      <Select nom="territoire" libelle="Territoire" valeur={p.lieu.territoire || TOUT} options={optionsDeLieu(c.enfants(c.racine.id), c)} />
      <Select nom="organisation" libelle="Qui doit" vide="toutes les organisations" valeur={f.organisation} options={optionsDActeurs(c)} />
      <Select nom="fiche" libelle="Fiche" vide="toutes" valeur={f.fiche} options={optionsDeFiches(c)} />
    </FilterPanel>
  );
}
