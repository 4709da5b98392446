import { Button } from '../../../../ui/Button.tsx';
import { EmptyState } from '../../../../ui/EmptyState.tsx';
import { ErrorSummary } from '../../../../ui/ErrorSummary.tsx';
import { Form } from '../../../../ui/Form.tsx';
import { NotificationBanner } from '../../../../ui/NotificationBanner.tsx';
import { PageHeader, Section } from '../../../../ui/PageHeader.tsx';
import { Table } from '../../../../ui/Table.tsx';
import { Tag } from '../../../../ui/Tag.tsx';
import { Textarea } from '../../../../ui/Textarea.tsx';
import { type ErreurDeChamp, erreurDe } from '../../../../ui/types.ts';
import { jour, jourDuMoment, pluriel, surTotal } from '../../../../ui/typographie.ts';
import type { Catalogue } from '../../../contrats/index.ts';
import type { Citee } from '../../../registres/index.ts';
import { libelleDEtat } from '../../circuits/circuit.rules.ts';
import type { Circuits } from '../../circuits/circuits.ts';
import { etatDe } from '../../circuits/etats.ts';
import type { Demande } from '../../demandes/demandes.queries.ts';
import type { OperationSuivie } from '../operations.queries.ts';

interface OperationPageProps {
  catalogue: Catalogue;
  circuits: Circuits;
  /** Null once withdrawn from its register. */
  operation: Citee | null;
  id: string;
  lignes: readonly { d: Demande; rendueLe: Date | null }[];
  /** Of which this reader knows nothing. */
  reserves: number;
  /** Theirs, whose authors were not told yet. */
  aRendre: number;
  erreurs: readonly ErreurDeChamp[];
  message: string;
  fait: string;
}

export function OperationPage(p: OperationPageProps) {
  const cat = p.catalogue;
  return (
    <>
      <ErrorSummary erreurs={p.erreurs} />
      {/^\d{1,3}$/.test(p.fait) && <NotificationBanner ton="succes">{`Compte rendu donné pour ${pluriel(Number(p.fait), 'demande')}.`}</NotificationBanner>}
      <PageHeader
        titre={p.operation?.titre ?? 'Opération retirée'}
        surtitre={p.operation ? [jour(p.operation.jour), cat.territoires.get(p.operation.territoireId)?.nom].filter(Boolean).join(', ') : undefined}
        chapo={`Faite pour ${pluriel(p.lignes.length + p.reserves, 'demande')}.`}
      />
      {p.operation && (
        <p className="govuk-body">
          <a className="govuk-link" href={`/registres/operations/${p.id}`}>
            Son enregistrement et son bilan
          </a>
        </p>
      )}
      <Table
        legende="Demandes pour lesquelles elle est faite"
        dense
        colonnes={[
          {
            cle: 'demande',
            titre: 'Demande',
            entete: true,
            cellule: ({ d }) => (
              <a className="govuk-link" href={`/signalements/demandes/${d.id}`}>
                n° {d.numero}, {d.titre}
              </a>
            ),
          },
          {
            cle: 'lieu',
            titre: 'Lieu',
            cellule: ({ d }) => [d.adresse, cat.territoires.get(d.territoireId)?.nom ?? d.territoireId].filter(Boolean).join(', '),
          },
          { cle: 'etat', titre: 'État', cellule: ({ d }) => <Tag ton={etatDe(d.etat).ton}>{libelleDEtat(p.circuits.get(d.circuit), d.etat)}</Tag> },
          { cle: 'rendue', titre: 'Compte rendu', cellule: ({ rendueLe }) => (rendueLe ? `le ${jourDuMoment(rendueLe)}` : 'à donner') },
        ]}
        lignes={p.lignes}
        cle={({ d }) => d.id}
      />
      {p.reserves > 0 && <p className="govuk-body-s">{`Et ${pluriel(p.reserves, 'demande réservée', 'demandes réservées')} à d’autres services.`}</p>}
      {p.aRendre > 0 && (
        <Section titre="Rendre compte à tous">
          <Form action={`/signalements/operations/${p.id}/compte`}>
            <Textarea
              nom="message"
              libelle="Ce que l’opération a fait"
              aide={`Lu par ceux qui ont fait ${pluriel(p.aRendre, 'demande')}, sur leur page de suivi et par courriel. Sans nom de personne.`}
              valeur={p.message}
              erreur={erreurDe(p.erreurs, 'message')}
              max={2000}
              lignes={5}
            />
            <Button>Rendre compte</Button>
          </Form>
        </Section>
      )}
    </>
  );
}

interface OperationsPageProps {
  catalogue: Catalogue;
  lignes: readonly (OperationSuivie & Pick<Citee, 'titre' | 'jour' | 'territoireId'>)[];
}
export function OperationsPage({ catalogue, lignes }: OperationsPageProps) {
  return (
    <>
      <PageHeader titre="Opérations faites pour des demandes" chapo="Les dernières d’abord, avec ce qui reste à dire à ceux qui ont signalé." />
      <Table
        legende="Opérations"
        legendeMasquee
        dense
        vide={
          <EmptyState titre="Aucune opération" actions={[{ libelle: 'Demandes à traiter', href: '/signalements/boite' }]}>
            Cochez des demandes, puis « En faire une opération ».
          </EmptyState>
        }
        colonnes={[
          {
            cle: 'titre',
            titre: 'Opération',
            entete: true,
            cellule: (o) => (
              <a className="govuk-link" href={`/signalements/operations/${o.activiteId}`}>
                {o.titre}
              </a>
            ),
          },
          { cle: 'jour', titre: 'Jour', cellule: (o) => jour(o.jour) },
          { cle: 'lieu', titre: 'Lieu', cellule: (o) => catalogue.territoires.get(o.territoireId)?.nom ?? o.territoireId },
          { cle: 'rendues', titre: 'Comptes rendus', numerique: true, cellule: (o) => surTotal(o.rendues, o.demandes) },
        ]}
        lignes={lignes}
        cle={(o) => o.activiteId}
      />
    </>
  );
}
