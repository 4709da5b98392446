import { ActionBar } from '../../../ui/ActionBar.tsx';
import { Button } from '../../../ui/Button.tsx';
import { DateInput } from '../../../ui/DateInput.tsx';
import { ErrorSummary } from '../../../ui/ErrorSummary.tsx';
import { Form } from '../../../ui/Form.tsx';
import { PageHeader } from '../../../ui/PageHeader.tsx';
import { Select } from '../../../ui/Select.tsx';
import { TextInput } from '../../../ui/TextInput.tsx';
import { erreurDe } from '../../../ui/types.ts';
import type { Charge } from '../conventions.contexte.ts';
import { sOuvre } from '../conventions.rules.ts';
import type { Formulaire } from '../formulaires.ts';
import { optionsDActeurs } from '../../contrats/index.ts';

type Props = Charge & Formulaire;
export const actions = (bouton: string, retour: string) => (
  <ActionBar>
    <Button>{bouton}</Button>
    <a className="govuk-link" href={retour}>
      Annuler
    </a>
  </ActionBar>
);
export const champDe =
  (p: Pick<Formulaire, 'champs' | 'erreurs'>) =>
  (nom: string, sinon: string | null | undefined = '') => ({
    nom,
    valeur: p.champs[nom] ?? sinon ?? '',
    erreur: erreurDe(p.erreurs, nom),
  });

export function PartieFormPage(p: Props) {
  const champ = champDe(p);
  const charte = sOuvre(p.acte.nature);
  return (
    <>
      <ErrorSummary erreurs={p.erreurs} />
      <PageHeader
        titre={charte ? 'Ajouter un signataire' : 'Ajouter une partie'}
        surtitre={p.acte.titre}
        chapo="Sans date, la signature est attendue : elle entre dans les échéances de l’organisation."
      />
      <Form action={`/conventions/${p.acte.id}/parties/nouvelle`}>
        <Select
          {...champ('organisation')}
          libelle="Organisation de l’annuaire"
          vide="aucune : écrire son nom ci-dessous"
          options={optionsDActeurs(p.catalogue)}
        />
        <TextInput
          {...champ('nom')}
          libelle="Ou nom d’une autre organisation"
          facultatif
          aide="Un établissement, une association, une commune qui n’est pas dans l’annuaire."
        />
        <DateInput {...champ('signee_le')} libelle="Signée le" facultatif max={p.aujourdhui} />
        <TextInput {...champ('signataire')} libelle="Qui signe pour elle" facultatif aide="Lu par les partenaires seulement, effacé au bout de cinq ans." />
        <TextInput {...champ('fonction')} libelle="Sa fonction" facultatif />
        {actions('Ajouter', `/conventions/${p.acte.id}#parties`)}
      </Form>
    </>
  );
}
