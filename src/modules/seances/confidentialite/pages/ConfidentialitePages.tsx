import { masquesDeVersion } from '../../../../core/versions.ts';
import { ActionBar } from '../../../../ui/ActionBar.tsx';
import { Button } from '../../../../ui/Button.tsx';
import { Checkbox, Radios } from '../../../../ui/Choices.tsx';
import { ErrorSummary } from '../../../../ui/ErrorSummary.tsx';
import { Form } from '../../../../ui/Form.tsx';
import { PageHeader } from '../../../../ui/PageHeader.tsx';
import { SummaryList } from '../../../../ui/SummaryList.tsx';
import { Textarea } from '../../../../ui/Textarea.tsx';
import { pluriel } from '../../../../ui/typographie.ts';
import { type ErreurDeChamp, erreurDe } from '../../../../ui/types.ts';
import { WarningText } from '../../../../ui/WarningText.tsx';
import type { Instance, Seance } from '../../../instances/instances.queries.ts';
import { CONFIDENTIALITES, type Confidentialite, estPlusOuverte } from '../../../instances/instances.rules.ts';
import type { Contenance } from '../confidentialite.queries.ts';
import { confidentialiteEnregistree } from '../confidentialite.formulaire.ts';

const LECTEURS: Record<Confidentialite, string> = {
  publique: 'toute personne qui travaille sur le contrat, et le public pour son calendrier et ses relevés publiés',
  partenaires: 'toute personne qui travaille sur le contrat',
  restreinte: 'ses membres, son coordonnateur et la coordination',
  nommee: 'personne : seuls le jour et le nombre de présents sont gardés',
};
interface Champs {
  champs: Readonly<Record<string, string>>;
  erreurs: readonly ErreurDeChamp[];
}
const Motif = ({ champs, erreurs }: Champs) => (
  <Textarea
    nom="motif"
    libelle="Pourquoi"
    aide="Gardé dans le journal d’audit avec l’ancienne et la nouvelle confidentialité. N’y nommez personne."
    lignes={3}
    max={1000}
    valeur={champs.motif ?? ''}
    erreur={erreurDe(erreurs, 'motif')}
  />
);

/** One session opened or closed, after reading what becomes readable and to whom. */
export function SeanceConfidentialitePage(
  p: Champs & {
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
        <Motif {...p} />
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

/** Asked when a body's settings open it: what changes, and what keeps its promise. */
export function OuvrirInstancePage(p: Champs & { instance: Instance; vers: Confidentialite; tenus: { seances: number; decisions: number; membres: number } }) {
  const { instance: i, vers, tenus } = p;
  const { motif: _, confirme: __, ...masques } = p.champs;
  return (
    <>
      <ErrorSummary erreurs={p.erreurs} />
      <PageHeader
        titre="Ouvrir cette instance"
        surtitre={i.nom}
        chapo={`Elle est « ${CONFIDENTIALITES[i.confidentialite].libelle} » et devient « ${CONFIDENTIALITES[vers].libelle} » : lue par ${LECTEURS[vers]}.`}
      />
      <SummaryList
        lignes={[
          {
            cle: 'Devient lisible',
            valeur: `son nom, son objet, ses ${pluriel(tenus.membres, 'siège')} et leurs titulaires pour les partenaires, ses séances créées désormais`,
          },
          {
            cle: 'Garde sa promesse',
            valeur: `${pluriel(tenus.seances, 'séance')} et ${pluriel(tenus.decisions, 'décision ou action', 'décisions et actions')} déjà enregistrées. Chaque séance s’ouvre ensuite à part, depuis la page de l’instance.`,
          },
        ]}
      />
      <Form action={`/instances/${i.id}/reglages`} masques={{ ...masques, confirme: 'oui' }}>
        <Motif {...p} />
        <ActionBar>
          <Button variante="danger">Ouvrir l’instance</Button>
          <a className="govuk-link" href={`/instances/${i.id}/reglages`}>
            Ne rien changer
          </a>
        </ActionBar>
      </Form>
    </>
  );
}
