import { masquesDeVersion } from '../../../../core/http/versions.ts';
import { ActionBar } from '../../../../ui/ActionBar.tsx';
import { Button } from '../../../../ui/Button.tsx';
import { Radios } from '../../../../ui/Choices.tsx';
import { DateInput } from '../../../../ui/DateInput.tsx';
import { ErrorSummary } from '../../../../ui/ErrorSummary.tsx';
import { Fieldset } from '../../../../ui/Fieldset.tsx';
import { InsetText } from '../../../../ui/InsetText.tsx';
import { Form } from '../../../../ui/Form.tsx';
import { PageHeader } from '../../../../ui/PageHeader.tsx';
import { Select } from '../../../../ui/Select.tsx';
import { TextInput } from '../../../../ui/TextInput.tsx';
import { type ErreurDeChamp, erreurDe } from '../../../../ui/types.ts';
import { rolesDe } from '../../../annuaire/index.ts';
import { type Catalogue, optionsDActeurs } from '../../../contrats/index.ts';
import type { Instance } from '../../instances.types.ts';
import { QUALITES } from '../../instances.rules.ts';
import { membreEnregistre } from '../instance.formulaires.ts';
import type { Membre } from '../instance.queries.ts';

export interface MembrePageProps {
  catalogue: Catalogue;
  instance: Instance;
  /** Null to add one. */
  membre: Membre | null;
  champs: Readonly<Record<string, string>>;
  erreurs: readonly ErreurDeChamp[];
  /** Page to come back to; empty for the body. */
  retour?: string;
}
export function MembrePage({ catalogue, instance, membre, champs, erreurs, ...p }: MembrePageProps) {
  const champ = (nom: string) => ({ nom, valeur: champs[nom] ?? '', erreur: erreurDe(erreurs, nom) });
  const base = `/instances/${instance.id}`;
  const retour = p.retour || `${base}#membres`;
  const masques = p.retour ? { retour: p.retour } : {};
  if (membre?.referentId)
    return (
      <>
        <PageHeader titre={membre.fonction} surtitre={instance.nom} chapo={membre.nom} />
        <InsetText>
          Ce siège suit l’annuaire :{' '}
          <a className="govuk-link" href={`/annuaire/referents/${membre.referentId}`}>
            ouvrez le référent
          </a>{' '}
          pour corriger son nom, son adresse, son suppléant ou ses dates.
        </InsetText>
      </>
    );
  return (
    <>
      <ErrorSummary erreurs={erreurs} />
      <PageHeader
        titre={membre ? membre.fonction : 'Ajouter un membre'}
        surtitre={instance.nom}
        chapo="Un siège appartient à une fonction. La personne change, le siège reste : laissez le nom vide si vous ne le connaissez pas encore."
      />
      <Form
        action={`${base}/membres/${membre?.id ?? 'nouveau'}`}
        masques={membre ? { ...masquesDeVersion(membreEnregistre(membre), champs), ...masques } : masques}
      >
        <Radios {...champ('qualite')} legende="Place" enLigne petit options={Object.entries(QUALITES).map(([valeur, libelle]) => ({ valeur, libelle }))} />
        <TextInput {...champ('fonction')} libelle="Fonction" />
        <Select {...champ('organisation')} libelle="Organisation" vide="choisir" options={optionsDActeurs(catalogue)} />
        <Select
          {...champ('referents')}
          libelle="Qui siège"
          vide="une personne, nommée plus bas"
          aide="Les référents d’un rôle sont ceux de l’annuaire, dans le territoire de l’instance : chacun est convoqué, et son siège suit ses dates."
          options={rolesDe(catalogue)
            .filter((r) => !r.retiree || r.code === champs.referents)
            .map((r) => ({ valeur: r.code, libelle: `les référents : ${r.libelle}` }))}
        />
        <Fieldset legende="La personne qui siège">
          <TextInput {...champ('nom')} libelle="Nom" facultatif autoComplete="off" />
          <TextInput
            {...champ('courriel')}
            libelle="Adresse électronique"
            type="email"
            facultatif
            autoComplete="off"
            aide="Elle reçoit les convocations. Avec un compte à la même adresse, la personne voit les séances de l’instance."
          />
        </Fieldset>
        <Fieldset legende="Son suppléant">
          <TextInput {...champ('suppleant_nom')} libelle="Nom du suppléant" facultatif autoComplete="off" />
          <TextInput {...champ('suppleant_courriel')} libelle="Adresse électronique du suppléant" type="email" facultatif autoComplete="off" />
        </Fieldset>
        <DateInput {...champ('debut')} libelle="Siège depuis le" />
        <DateInput {...champ('fin')} libelle="Jusqu’au" facultatif aide="À cette date, ce membre ne sera plus attendu aux séances suivantes." />
        <ActionBar>
          <Button>{membre ? 'Enregistrer' : 'Ajouter le membre'}</Button>
          <a className="govuk-link" href={retour}>
            Annuler
          </a>
        </ActionBar>
      </Form>
    </>
  );
}
