import type { ErreurDeChamp } from '../../../core/errors.ts';
import { Button } from '../../../ui/Button.tsx';
import { Radios } from '../../../ui/Choices.tsx';
import { ErrorSummary } from '../../../ui/ErrorSummary.tsx';
import { Form } from '../../../ui/Form.tsx';
import { PageHeader } from '../../../ui/PageHeader.tsx';
import { Panel } from '../../../ui/Panel.tsx';
import { SummaryList } from '../../../ui/SummaryList.tsx';
import { jour } from '../../../ui/typographie.ts';
import { choixDe, direCode } from '../charte/charte.rules.ts';
import type { Charte } from '../charte/charte.schema.ts';
import type { Orientation } from '../situations/situations.queries.ts';

interface Props {
  charte: Charte;
  orientation: Orientation & { cellule: string };
  action: string;
  erreurs: readonly ErreurDeChamp[];
}

/** Nothing here says of whom: the receiver knows it by the way the cell chose. */
export function ReponsePage({ charte, orientation: o, action, erreurs }: Props) {
  return (
    <>
      <ErrorSummary erreurs={erreurs} />
      <PageHeader titre="Répondre à une orientation" chapo="Cette page ne nomme personne. N’y écrivez rien : votre réponse est un choix." />
      <SummaryList
        lignes={[
          { cle: 'Demandée à', valeur: direCode(charte, 'orientations', o.genre) },
          { cle: 'Décidée le', valeur: jour(o.faiteLe) },
          { cle: 'Prise en charge', valeur: o.accuseLe ? `confirmée le ${jour(o.accuseLe)}` : `à confirmer avant le ${jour(o.accuseAvant)}` },
          { cle: 'Issue', valeur: `attendue avant le ${jour(o.issueAvant)}` },
        ]}
      />
      <Form action={action}>
        <Radios
          nom="reponse"
          legende="Votre réponse"
          erreur={erreurs.find((e) => e.champ === 'reponse')?.message}
          options={[
            ...(o.accuseLe ? [] : [{ valeur: 'accuse', libelle: 'Nous prenons en charge', aide: 'Vous reviendrez par ce lien dire l’issue.' }]),
            ...choixDe(charte, 'issues', o.cellule).map((x) => ({ valeur: x.code, libelle: x.libelle })),
          ]}
        />
        <Button>Envoyer</Button>
      </Form>
    </>
  );
}

export function ReponseRecuePage({ finie, issueAvant }: { finie: boolean; issueAvant: string }) {
  return (
    <>
      <Panel titre="Réponse reçue">{finie ? 'Ce lien ne sert plus.' : `Donnez l’issue par le même lien, avant le ${jour(issueAvant)}.`}</Panel>
      <p className="govuk-body">Merci. Vous pouvez fermer cette page.</p>
    </>
  );
}
