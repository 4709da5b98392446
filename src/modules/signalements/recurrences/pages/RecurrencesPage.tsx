import { Button } from '../../../../ui/Button.tsx';
import { EmptyState } from '../../../../ui/EmptyState.tsx';
import { Form } from '../../../../ui/Form.tsx';
import { PageHeader } from '../../../../ui/PageHeader.tsx';
import { Select } from '../../../../ui/Select.tsx';
import { Table } from '../../../../ui/Table.tsx';
import { Tag } from '../../../../ui/Tag.tsx';
import { jour, pluriel } from '../../../../ui/typographie.ts';
import { type Catalogue, type Lieu, optionsDeLieu, TOUT } from '../../../contrats/index.ts';
import type { Circuits } from '../../circuits/circuits.ts';
import type { RecurrenceDeListe } from '../recurrences.queries.ts';

interface Props {
  catalogue: Catalogue;
  circuits: Circuits;
  lignes: readonly RecurrenceDeListe[];
  /** There are more than are shown. */
  enPlus: boolean;
  etat: 'suivies' | 'closes' | 'toutes';
  lieu: Lieu;
}
export function RecurrencesPage({ catalogue: cat, circuits, lignes, enPlus, etat, lieu }: Props) {
  return (
    <>
      <PageHeader
        titre="Lieux qui reviennent"
        chapo="Des signalements du même objet au même endroit, suivis ensemble : quand, ce qui a été décidé, et ce qui en a été dit à ceux qui ont signalé."
      />
      <Form action="/signalements/recurrences" methode="get">
        <Select
          nom="etat"
          libelle="Lieux"
          valeur={etat}
          options={[
            { valeur: 'suivies', libelle: 'suivis' },
            { valeur: 'closes', libelle: 'dont le suivi est clos' },
            { valeur: 'toutes', libelle: 'tous' },
          ]}
        />
        <Select nom="territoire" libelle="Territoire" valeur={lieu.territoire || TOUT} options={optionsDeLieu(cat.territoires.values(), cat)} />
        <Button variante="secondaire">Afficher</Button>
      </Form>
      <Table
        legende="Lieux"
        legendeMasquee
        dense
        vide={
          <EmptyState titre="Aucun lieu" actions={[{ libelle: 'Demandes à traiter', href: '/signalements/boite' }]}>
            Cochez des demandes du même objet au même endroit, puis « Suivre le lieu ».
          </EmptyState>
        }
        colonnes={[
          {
            cle: 'lieu',
            titre: 'Lieu',
            entete: true,
            cellule: (r) => (
              <>
                <a className="govuk-link" href={`/signalements/recurrences/${r.id}`}>
                  {r.titre}
                </a>
                <br />
                <span className="govuk-body-s">
                  {[r.adresse, cat.territoires.get(r.territoireId)?.nom ?? r.territoireId, circuits.get(r.circuit)?.titre].filter(Boolean).join(', ')}
                </span>
              </>
            ),
          },
          { cle: 'demandes', titre: 'Signalements', numerique: true, cellule: (r) => String(r.demandes) },
          { cle: 'derniere', titre: 'Dernier', cellule: (r) => jour(r.derniere) },
          {
            cle: 'etat',
            titre: 'État',
            cellule: (r) => (
              <>
                <Tag ton={r.closeLe ? 'neutre' : 'bleu'}>{r.closeLe ? 'Clos' : 'Suivi'}</Tag>
                {r.retours > 0 && ` ${pluriel(r.retours, 'retour')}`}
              </>
            ),
          },
          { cle: 'decisions', titre: 'Effets à dire', numerique: true, cellule: (r) => String(r.aDire) },
        ]}
        lignes={lignes}
        cle={(r) => r.id}
      />
      {enPlus && <p className="govuk-body-s">{`Les ${lignes.length} derniers : choisissez un territoire pour en voir moins.`}</p>}
    </>
  );
}
