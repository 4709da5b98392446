import { LinkButton } from '../../../../ui/Button.tsx';
import { EmptyState } from '../../../../ui/EmptyState.tsx';
import { PageHeader } from '../../../../ui/PageHeader.tsx';
import { SubNavigation } from '../../../../ui/SubNavigation.tsx';
import { Table } from '../../../../ui/Table.tsx';
import { Tag } from '../../../../ui/Tag.tsx';
import { capitale, formatPeriode, jourCourt, pluriel } from '../../../../ui/typographie.ts';
import type { Catalogue } from '../../../contrats/index.ts';
import { AVANCEMENTS, type Avancement, avancementDe, CODES_AVANCEMENT, type Echeance, joursEntre, type RappelsPartis } from '../../../echeances/index.ts';
import { adresse, type Champs } from '../completude.cadre.ts';
import type { Raison } from '../raisons.queries.ts';
import { RaisonDite } from './RaisonDite.tsx';

export interface DettesPageProps {
  catalogue: Catalogue;
  champs: Champs;
  lignes: readonly Echeance[];
  rappels: ReadonlyMap<string, RappelsPartis>;
  raisons: ReadonlyMap<string, Raison>;
  /** Those for which this reader answers. */
  repond: ReadonlySet<string>;
  aujourdhui: string;
  suite: string | null;
}

const TONS: Record<Avancement, 'neutre' | 'vert' | 'laiton' | 'garance'> = {
  attendu: 'neutre',
  en_retard: 'garance',
  a_valider: 'laiton',
  valide: 'vert',
  conteste: 'garance',
  sans_objet: 'neutre',
};
const quoi = (p: DettesPageProps): string => {
  const { champs: f, catalogue: c } = p;
  return [
    f.organisation && c.nomActeurA(f.organisation, f.lieu || null),
    f.lieu && !f.organisation && c.territoires.get(f.lieu)?.nom,
    f.fiche && `fiche ${f.fiche}`,
    f.periode && formatPeriode(f.periode),
  ]
    .filter(Boolean)
    .join(', ');
};

export function DettesPage(p: DettesPageProps) {
  const { champs, catalogue: c } = p;
  const lien = (etat: Champs['etat']) => adresse('/collecte/liste', { ...champs, etat });
  return (
    <>
      <PageHeader
        titre="Chiffres dus"
        chapo={quoi(p) || 'De toutes les institutions, toutes périodes confondues.'}
        actions={
          <LinkButton variante="secondaire" href={lien(champs.etat).replace('/collecte/liste', '/collecte/liste.csv')}>
            Exporter (CSV)
          </LinkButton>
        }
      />
      <SubNavigation
        libelle="État"
        entrees={[
          { libelle: 'Tous', href: lien(''), actif: champs.etat === '' },
          ...CODES_AVANCEMENT.map((e) => ({ libelle: capitale(AVANCEMENTS[e]), href: lien(e), actif: champs.etat === e })),
        ]}
      />
      <Table<Echeance>
        legende={champs.etat ? capitale(AVANCEMENTS[champs.etat]) : 'Tous les chiffres dus'}
        legendeMasquee
        dense
        lignes={p.lignes}
        cle={(e) => e.id}
        vide={
          <EmptyState titre="Rien ici" actions={[{ libelle: 'Revenir au tableau', href: adresse('/collecte', { axe: champs.axe }) }]}>
            Aucun chiffre n’est dans cet état avec ces filtres.
          </EmptyState>
        }
        colonnes={[
          {
            cle: 'chiffre',
            titre: 'Chiffre',
            entete: true,
            cellule: (e) => (
              <a className="govuk-link" href={e.soldeChemin || e.chemin}>
                {e.titre}
              </a>
            ),
          },
          { cle: 'periode', titre: 'Période', cellule: (e) => formatPeriode(e.periode) },
          { cle: 'fiche', titre: 'Fiche', cellule: (e) => e.fiche },
          { cle: 'qui', titre: 'Attendu de', cellule: (e) => c.nomActeurA(e.organisationId, e.territoireId) },
          { cle: 'due', titre: 'Dû le', cellule: (e) => (e.dueLe ? jourCourt(e.dueLe) : '') },
          { cle: 'etat', titre: 'État', cellule: (e) => <Etat e={e} p={p} /> },
        ]}
      />
      {p.suite && (
        <p className="govuk-body">
          <a className="govuk-link" href={p.suite}>
            Suite de la liste
          </a>
        </p>
      )}
    </>
  );
}

function Etat({ e, p }: { e: Echeance; p: DettesPageProps }) {
  const etat = avancementDe(e, p.aujourdhui);
  const rappels = p.rappels.get(e.id);
  const raison = p.raisons.get(e.id);
  return (
    <>
      <Tag ton={TONS[etat]}>{AVANCEMENTS[etat]}</Tag>
      {etat === 'en_retard' && e.dueLe && ` depuis ${pluriel(joursEntre(e.dueLe, p.aujourdhui), 'jour')}`}
      {etat === 'en_retard' && rappels && `, rappelé ${rappels.fois} fois`}
      {etat === 'en_retard' && raison && <RaisonDite r={raison} nom={p.catalogue.nomActeurA(e.organisationId, e.territoireId)} />}
      {etat === 'en_retard' && p.repond.has(e.id) && (
        <>
          {' '}
          <a className="govuk-link" href={`/collecte/retards/${e.id}`}>
            {raison ? 'Changer la raison' : 'Dire pourquoi'}
            <span className="govuk-visually-hidden">{` ${e.titre}, ${formatPeriode(e.periode)}`}</span>
          </a>
        </>
      )}
      {e.sansObjetMotif && ` ${e.sansObjetMotif}`}
    </>
  );
}
