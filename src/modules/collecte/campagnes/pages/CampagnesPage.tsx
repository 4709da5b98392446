import { LinkButton } from '../../../../ui/Button.tsx';
import { EmptyState } from '../../../../ui/EmptyState.tsx';
import { PageHeader } from '../../../../ui/PageHeader.tsx';
import { Table } from '../../../../ui/Table.tsx';
import { Tag } from '../../../../ui/Tag.tsx';
import { jour, nombre } from '../../../../ui/typographie.ts';
import type { Campagne, CampagneSuivie } from '../campagnes.queries.ts';

/** Open, past its day, closed. */
export const EtatDeCampagne = ({ campagne: k, aujourdhui }: { campagne: Campagne; aujourdhui: string }) =>
  k.closeLe ? <Tag>Close</Tag> : k.dueLe < aujourdhui ? <Tag ton="garance">Échue</Tag> : <Tag ton="bleu">Ouverte</Tag>;

interface Props {
  campagnes: readonly CampagneSuivie[];
  page: number;
  suivante: boolean;
  mene: boolean;
  aujourdhui: string;
}

export function CampagnesPage({ campagnes, page, suivante, mene, aujourdhui }: Props) {
  return (
    <>
      <PageHeader
        titre="Campagnes de collecte"
        chapo="Une campagne demande à chaque organisme, par un seul message et sur une seule page, tous les chiffres qu’il doit pour une date."
        actions={mene ? <LinkButton href="/collecte/campagnes/nouvelle">Ouvrir une campagne</LinkButton> : undefined}
      />
      <Table<CampagneSuivie>
        legende="Campagnes, la plus récente d’abord"
        legendeMasquee
        vide={
          <EmptyState titre="Aucune campagne">
            {mene ? 'Ouvrez-en une : la liste de ce qui est dû est déjà prête.' : 'La coordination n’en a ouvert aucune.'}
          </EmptyState>
        }
        colonnes={[
          {
            cle: 'titre',
            titre: 'Campagne',
            entete: true,
            cellule: (k) => (
              <a className="govuk-link" href={`/collecte/campagnes/${k.id}`}>
                {k.titre}
              </a>
            ),
          },
          { cle: 'due', titre: 'Pour le', cellule: (k) => jour(k.dueLe) },
          { cle: 'organismes', titre: 'Organismes', numerique: true, cellule: (k) => nombre(k.organisations) },
          { cle: 'demandes', titre: 'Demandés', numerique: true, cellule: (k) => nombre(k.demandes) },
          { cle: 'recues', titre: 'Arrivés', numerique: true, cellule: (k) => nombre(k.recues) },
          { cle: 'etat', titre: 'État', cellule: (k) => <EtatDeCampagne campagne={k} aujourdhui={aujourdhui} /> },
        ]}
        lignes={campagnes}
        cle={(k) => k.id}
      />
      {(page > 1 || suivante) && (
        <p className="govuk-body">
          {page > 1 && (
            <a className="govuk-link" href={`/collecte/campagnes?page=${page - 1}`}>
              Plus récentes
            </a>
          )}{' '}
          {suivante && (
            <a className="govuk-link" href={`/collecte/campagnes?page=${page + 1}`}>
              Plus anciennes
            </a>
          )}
        </p>
      )}
    </>
  );
}
