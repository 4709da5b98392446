import { Button, ButtonGroup, LinkButton } from '../../../../ui/Button.tsx';
import { Form } from '../../../../ui/Form.tsx';
import { PageHeader } from '../../../../ui/PageHeader.tsx';
import { Table } from '../../../../ui/Table.tsx';
import { pluriel } from '../../../../ui/typographie.ts';
import { WarningText } from '../../../../ui/WarningText.tsx';
import type { CompteGere } from '../gestion.queries.ts';

export interface FermerOrganisationPageProps {
  id: string;
  nom: string;
  comptes: readonly CompteGere[];
  /** Accounts that the reader may not close alone: they are closed before. */
  retenus: readonly { compte: CompteGere; pourquoi: string }[];
  vers: string;
}

export function FermerOrganisationPage(p: FermerOrganisationPageProps) {
  const pourquoi = new Map(p.retenus.map((r) => [r.compte.id, r.pourquoi]));
  return (
    <>
      <PageHeader
        titre={`Fermer les comptes : ${p.nom}`}
        chapo="Sessions, jetons, mandats, délégations et invitations prennent fin aujourd’hui. Ce que ces personnes ont écrit reste."
      />
      <Table
        legende={pluriel(p.comptes.length, 'compte ouvert', 'comptes ouverts')}
        dense
        lignes={p.comptes}
        cle={(x) => x.id}
        vide={<p className="govuk-body">Aucun compte ouvert : seules les invitations en cours prendraient fin.</p>}
        colonnes={[
          {
            cle: 'nom',
            titre: 'Personne',
            entete: true,
            cellule: (x) => (
              <a className="govuk-link" href={`/comptes/${x.id}`}>
                {x.nom}
              </a>
            ),
          },
          { cle: 'suite', titre: 'Ce qui l’attend', cellule: (x) => pourquoi.get(x.id) ?? 'son compte est fermé' },
        ]}
      />
      {p.retenus.length > 0 ? (
        <>
          <WarningText>Fermez d’abord, à deux, les comptes que vous ne pouvez pas fermer seul.</WarningText>
          <LinkButton variante="secondaire" href={p.vers}>
            Revenir aux comptes
          </LinkButton>
        </>
      ) : (
        <Form action={`/comptes/organisations/${p.id}/fermer`}>
          <ButtonGroup>
            <Button variante="danger">Fermer tous ces comptes</Button>
            <LinkButton variante="secondaire" href={p.vers}>
              Ne rien changer
            </LinkButton>
          </ButtonGroup>
        </Form>
      )}
    </>
  );
}
