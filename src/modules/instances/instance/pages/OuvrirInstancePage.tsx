import { ActionBar } from '../../../../ui/ActionBar.tsx';
import { Button } from '../../../../ui/Button.tsx';
import { ErrorSummary } from '../../../../ui/ErrorSummary.tsx';
import { Form } from '../../../../ui/Form.tsx';
import { PageHeader } from '../../../../ui/PageHeader.tsx';
import { SummaryList } from '../../../../ui/SummaryList.tsx';
import { Textarea } from '../../../../ui/Textarea.tsx';
import { pluriel } from '../../../../ui/typographie.ts';
import { type ErreurDeChamp, erreurDe } from '../../../../ui/types.ts';
import { type Confidentialite, CONFIDENTIALITES } from '../../instances.rules.ts';
import type { Instance } from '../../instances.types.ts';

/** Who reads what is kept under each. */
export const LECTEURS: Record<Confidentialite, string> = {
  publique: 'toute personne qui travaille sur le contrat, et le public pour son calendrier et ses relevés publiés',
  partenaires: 'toute personne qui travaille sur le contrat',
  restreinte: 'ses membres, son coordonnateur et la coordination',
  nommee: 'personne : seuls le jour et le nombre de présents sont gardés',
};
export interface ChampsDOuverture {
  champs: Readonly<Record<string, string>>;
  erreurs: readonly ErreurDeChamp[];
}
export const MotifDOuverture = ({ champs, erreurs }: ChampsDOuverture) => (
  <Textarea
    nom="motif"
    libelle="Pourquoi"
    aide="Gardé avec elle, pour qui la tient ; son empreinte au journal. N’y nommez personne."
    lignes={3}
    max={1000}
    valeur={champs.motif ?? ''}
    erreur={erreurDe(erreurs, 'motif')}
  />
);

/** Asked when a body's settings open it: what changes, and what keeps its promise. */
export function OuvrirInstancePage(
  p: ChampsDOuverture & { instance: Instance; vers: Confidentialite; tenus: { seances: number; decisions: number; membres: number } },
) {
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
        <MotifDOuverture {...p} />
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
