import { LinkButton } from '../../../../ui/Button.tsx';
import { EmptyState } from '../../../../ui/EmptyState.tsx';
import { PageHeader } from '../../../../ui/PageHeader.tsx';
import { Table } from '../../../../ui/Table.tsx';
import { Tag } from '../../../../ui/Tag.tsx';
import { jour, jourDuMoment, surTotal } from '../../../../ui/typographie.ts';
import type { Catalogue } from '../../../contrats/index.ts';
import type { DocumentDeListe } from '../diffusions.queries.ts';
import { CHEMIN } from '../lien.ts';

interface Props {
  documents: readonly DocumentDeListe[];
  catalogue: Catalogue;
  diffuse: boolean;
  page: number;
  /** Are there more? */
  suite: boolean;
  suit: (d: DocumentDeListe) => boolean;
}

export function EtatDuDocument({ d }: { d: Pick<DocumentDeListe, 'retireLe' | 'aLire'> }) {
  if (d.retireLe) return <Tag>retiré</Tag>;
  if (d.aLire === true) return <Tag ton="laiton">à lire</Tag>;
  return d.aLire === false ? <Tag ton="vert">lu</Tag> : <Tag ton="bleu">diffusé</Tag>;
}

export function DocumentsPage({ documents, catalogue: c, diffuse, page, suite, suit }: Props) {
  return (
    <>
      <PageHeader
        titre="Documents à lire"
        chapo="Remis à une liste de personnes, qui disent les avoir lus."
        actions={diffuse && <LinkButton href={`${CHEMIN}/nouveau`}>Diffuser un document</LinkButton>}
      />
      <Table
        legende="Documents diffusés"
        legendeMasquee
        dense
        lignes={documents}
        cle={(d) => d.id}
        vide={<EmptyState titre="Aucun document">Rien ne vous a été adressé, ni diffusé par votre organisme.</EmptyState>}
        colonnes={[
          {
            cle: 'titre',
            titre: 'Document',
            entete: true,
            cellule: (d) => (
              <>
                <a className="govuk-link" href={`${CHEMIN}/${d.id}`}>
                  {d.titre}
                </a>
                {d.version > 1 && ` (version ${d.version})`}
              </>
            ),
          },
          { cle: 'de', titre: 'De', cellule: (d) => c.nomActeur(d.organisationId) },
          { cle: 'le', titre: 'Diffusé', cellule: (d) => jourDuMoment(d.diffuseLe) },
          { cle: 'avant', titre: 'À lire avant', cellule: (d) => jour(d.lireAvant) },
          { cle: 'etat', titre: 'État', cellule: (d) => <EtatDuDocument d={d} /> },
          { cle: 'lus', titre: 'Lu par', cellule: (d) => (suit(d) ? surTotal(d.lus, d.lecteurs) : '') },
        ]}
      />
      {(page > 1 || suite) && (
        <p className="govuk-body">
          {page > 1 && (
            <a className="govuk-link" href={`${CHEMIN}?page=${page - 1}`}>
              Plus récents
            </a>
          )}
          {page > 1 && suite && ' · '}
          {suite && (
            <a className="govuk-link" href={`${CHEMIN}?page=${page + 1}`}>
              Plus anciens
            </a>
          )}
        </p>
      )}
    </>
  );
}
