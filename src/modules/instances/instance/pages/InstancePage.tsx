import { Button, ButtonGroup, LinkButton } from '../../../../ui/Button.tsx';
import { Details } from '../../../../ui/Details.tsx';
import { enSuite } from '../../../../ui/enSuite.tsx';
import { ErrorSummary } from '../../../../ui/ErrorSummary.tsx';
import { Form } from '../../../../ui/Form.tsx';
import { NotificationBanner } from '../../../../ui/NotificationBanner.tsx';
import { PageHeader } from '../../../../ui/PageHeader.tsx';
import { SummaryList } from '../../../../ui/SummaryList.tsx';
import { Tag } from '../../../../ui/Tag.tsx';
import { jour, pluriel } from '../../../../ui/typographie.ts';
import { CONFIDENTIALITES } from '../../instances.rules.ts';
import { CadenceDite, cadenceEcrite } from '../../pages/CadenceDite.tsx';
import { Demandes, Membres } from './SectionsInstance.tsx';
import type { InstancePageProps } from './instance.modele.ts';

export function InstancePage(p: InstancePageProps) {
  const { instance: i, catalogue } = p;
  const type = i.type ? catalogue.typesInstance.get(i.type) : undefined;
  const { enCours } = p;
  const nommee = i.confidentialite === 'nommee';
  return (
    <>
      <ErrorSummary erreurs={p.erreurs} />
      <PageHeader
        titre={i.nom}
        surtitre={catalogue.territoires.get(i.territoireId)?.nom}
        chapo={i.objet}
        etiquette={i.closeLe ? <Tag>close</Tag> : undefined}
      />
      {(p.cadence.etat === 'due' || p.cadence.etat === 'jamais') && p.tient && !enCours && (
        <NotificationBanner ton="alerte">
          {p.cadence.etat === 'jamais' ? 'Cette instance ne s’est jamais réunie' : `Pas de séance depuis ${p.cadence.mois} mois`} : elle doit se réunir{' '}
          {cadenceEcrite(i.cadenceMois)}.
        </NotificationBanner>
      )}
      {p.tient && i.closeLe === null && (
        <ButtonGroup>
          {nommee ? null : enCours ? (
            <LinkButton href={`/seances/${enCours}`}>Continuer la séance</LinkButton>
          ) : (
            <LinkButton href={`/instances/${i.id}/seances/nouvelle`}>Préparer une séance</LinkButton>
          )}
          {!nommee && enCours && (
            <LinkButton variante="secondaire" href={`/instances/${i.id}/seances/nouvelle`}>
              Préparer une autre séance
            </LinkButton>
          )}
          <LinkButton variante="secondaire" href={`/decisions?instance=${i.id}`}>
            Décisions
          </LinkButton>
          {p.gere && (
            <LinkButton variante="secondaire" href={`/instances/${i.id}/reglages`}>
              Réglages
            </LinkButton>
          )}
          {p.gere && (
            <LinkButton variante="secondaire" href={`/papiers/${i.porteurId}/${i.territoireId}`}>
              En-tête des papiers
            </LinkButton>
          )}
        </ButtonGroup>
      )}
      <SummaryList
        lignes={[
          ...(type
            ? [
                {
                  cle: 'Type',
                  valeur: p.lit ? (
                    <a className="govuk-link" href={`/instances/types/${type.id}`}>
                      {type.nom}
                    </a>
                  ) : (
                    type.nom
                  ),
                },
              ]
            : []),
          { cle: 'Secrétariat', valeur: catalogue.nomActeurA(i.porteurId, i.territoireId) },
          { cle: 'Cadence', valeur: <CadenceDite cadence={p.cadence} mois={i.cadenceMois} /> },
          { cle: 'Vue de', valeur: CONFIDENTIALITES[i.confidentialite].sens },
          ...(p.gere && i.confidentialiteMotif !== '' ? [{ cle: 'Ouverte parce que', valeur: i.confidentialiteMotif }] : []),
          ...(i.fiches.length > 0
            ? [
                {
                  cle: 'Fiches servies',
                  valeur: i.fiches.map((n, rang) => (
                    <span key={n}>
                      {rang > 0 && ', '}
                      <a className="govuk-link" href={`/fiches/${n}`}>
                        {n} {catalogue.fiches.get(n)?.titre}
                      </a>
                    </span>
                  )),
                },
              ]
            : []),
          ...(p.lit && !nommee
            ? [
                {
                  cle: 'Décisions ouvertes',
                  valeur: (
                    <a className="govuk-link" href={`/decisions?instance=${i.id}`}>
                      {pluriel(p.decisionsOuvertes, 'décision ou action', 'décisions et actions')}
                    </a>
                  ),
                },
              ]
            : []),
          ...(i.closeLe ? [{ cle: 'Close le', valeur: jour(i.closeLe) }] : []),
        ]}
      />
      {p.section}
      {enSuite(p.blocs, (b) => b.corps)}
      {p.problemes}
      {p.recurrents}
      {p.liens}
      {p.demande && !nommee && <Demandes {...p} />}
      <Membres {...p} />
      {p.gere && i.closeLe === null && (
        <Details resume="Cette instance n’existe plus">
          <Form action={`/instances/${i.id}/clore`}>
            <p className="govuk-body">Elle ne sera plus proposée ni comptée. Ses séances et ses relevés restent lisibles.</p>
            <Button variante="danger">Clore l’instance</Button>
          </Form>
        </Details>
      )}
    </>
  );
}
