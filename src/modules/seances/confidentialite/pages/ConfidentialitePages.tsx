import { masquesDeVersion } from '../../../../core/http/versions.ts';
import { ActionBar } from '../../../../ui/ActionBar.tsx';
import { Button } from '../../../../ui/Button.tsx';
import { Checkbox, Radios } from '../../../../ui/Choices.tsx';
import { ErrorSummary } from '../../../../ui/ErrorSummary.tsx';
import { Form } from '../../../../ui/Form.tsx';
import { PageHeader } from '../../../../ui/PageHeader.tsx';
import { SummaryList } from '../../../../ui/SummaryList.tsx';
import { pluriel } from '../../../../ui/typographie.ts';
import { erreurDe } from '../../../../ui/types.ts';
import { WarningText } from '../../../../ui/WarningText.tsx';
import { type Confidentialite, CONFIDENTIALITES, estPlusOuverte, type Instance } from '../../../instances/index.ts';
import type { Seance } from '../../seances.queries.ts';
import type { Contenance } from '../confidentialite.queries.ts';
import { confidentialiteEnregistree } from '../confidentialite.formulaire.ts';
import { type ChampsDOuverture, LECTEURS, MotifDOuverture } from '../../../instances/index.ts';

/** One session opened or closed, after reading what becomes readable and to whom. */
export function SeanceConfidentialitePage(
  p: ChampsDOuverture & {
    seance: Seance;
    /** As it is set today. */
    instance: Instance;
    contenance: Contenance;
    choix: readonly Confidentialite[];
  },
) {
  const { seance: s, contenance: n } = p;
  return (
    <>
      <ErrorSummary erreurs={p.erreurs} />
      <PageHeader titre="Qui peut lire cette séance" surtitre={`${p.instance.nom}, ${s.titre}`} />
      <SummaryList
        lignes={[
          { cle: 'Promis à sa création', valeur: `${CONFIDENTIALITES[s.confidentialite].libelle} : lue par ${LECTEURS[s.confidentialite]}` },
          ...(s.confidentialiteMotif === '' ? [] : [{ cle: 'Changée parce que', valeur: s.confidentialiteMotif }]),
          { cle: 'L’instance aujourd’hui', valeur: CONFIDENTIALITES[p.instance.confidentialite].libelle },
          {
            cle: 'Elle contient',
            valeur: [
              pluriel(n.points, 'point'),
              pluriel(n.notes, 'texte de notes', 'textes de notes'),
              pluriel(n.documents, 'document'),
              pluriel(n.decisions, 'décision ou action', 'décisions et actions'),
              pluriel(n.participants, 'nom de participant', 'noms de participants'),
              pluriel(n.releves, 'relevé arrêté', 'relevés arrêtés'),
            ].join(', '),
          },
        ]}
      />
      <Form action={`/seances/${s.id}/confidentialite`} masques={masquesDeVersion(confidentialiteEnregistree(s), p.champs)}>
        <Radios
          nom="confidentialite"
          legende="Qui pourra la lire"
          valeur={p.champs.confidentialite ?? s.confidentialite}
          erreur={erreurDe(p.erreurs, 'confidentialite')}
          options={p.choix.map((c) => ({
            valeur: c,
            libelle: CONFIDENTIALITES[c].libelle,
            aide: estPlusOuverte(c, s.confidentialite)
              ? `Tout ce qu’elle contient devient lisible : ${LECTEURS[c]}. Un relevé n’est public qu’après publication.`
              : `Lisible par ${LECTEURS[c]}.`,
          }))}
        />
        <MotifDOuverture {...p} />
        <WarningText>Ce qui a été lu ne se reprend pas. Les membres ont parlé et écrit sous l’ancienne promesse : prévenez-les d’abord.</WarningText>
        <Checkbox nom="confirme" libelle="J’ai lu ce qui devient lisible, et par qui" erreur={erreurDe(p.erreurs, 'confirme')} />
        <ActionBar>
          <Button variante="danger">Changer qui peut la lire</Button>
          <a className="govuk-link" href={`/instances/${p.instance.id}#seances`}>
            Ne rien changer
          </a>
        </ActionBar>
      </Form>
    </>
  );
}
