import { masquesDeVersion } from '../../../../core/http/versions.ts';
import { ActionBar } from '../../../../ui/ActionBar.tsx';
import { Button } from '../../../../ui/Button.tsx';
import { Checkbox, Radios } from '../../../../ui/Choices.tsx';
import { Details } from '../../../../ui/Details.tsx';
import { ErrorSummary } from '../../../../ui/ErrorSummary.tsx';
import { Form } from '../../../../ui/Form.tsx';
import { PageHeader } from '../../../../ui/PageHeader.tsx';
import { Select } from '../../../../ui/Select.tsx';
import { Textarea } from '../../../../ui/Textarea.tsx';
import { TextInput } from '../../../../ui/TextInput.tsx';
import { type ErreurDeChamp, erreurDe } from '../../../../ui/types.ts';
import { type Catalogue, optionsDActeurs, type Territoire } from '../../../contrats/index.ts';
import { nomEntier } from '../../instances.noms.rules.ts';
import type { Instance } from '../../instances.types.ts';
import { CONFIDENTIALITES } from '../../instances.rules.ts';
import { reglagesEnregistres } from '../instance.formulaires.ts';

export interface FormulaireInstancePageProps {
  catalogue: Catalogue;
  champs: Readonly<Record<string, string>>;
  erreurs: readonly ErreurDeChamp[];
  /** Where the person may create one. */
  territoires: readonly Territoire[];
  /** Null to create. */
  instance: Instance | null;
}
export function FormulaireInstancePage({ catalogue, champs, erreurs, territoires, instance }: FormulaireInstancePageProps) {
  const champ = (nom: string) => ({ nom, valeur: champs[nom] ?? '', erreur: erreurDe(erreurs, nom) });
  return (
    <>
      <ErrorSummary erreurs={erreurs} />
      <PageHeader titre={instance ? `Réglages de ${instance.nom}` : 'Créer une instance'} />
      <Form
        action={instance ? `/instances/${instance.id}/reglages` : '/instances/nouvelle'}
        masques={instance ? { ...masquesDeVersion(reglagesEnregistres(instance), champs), vote: '' } : { type: champs.type ?? '' }}
      >
        <TextInput {...champ('nom')} libelle="Nom" />
        <TextInput
          {...champ('nom_entier')}
          libelle="Nom en toutes lettres"
          facultatif
          aide={
            instance
              ? `Dans les convocations et les relevés. Laissé vide : ${nomEntier({ ...instance, nomEntier: '' }, catalogue)}.`
              : 'Dans les convocations et les relevés, si le nom est un sigle.'
          }
        />
        {!instance && (
          <>
            <Select {...champ('territoire')} libelle="Territoire" vide="choisir" options={territoires.map((t) => ({ valeur: t.id, libelle: t.nom }))} />
            <Select {...champ('porteur')} libelle="Secrétariat tenu par" vide="choisir" options={optionsDActeurs(catalogue)} />
          </>
        )}
        <Textarea {...champ('objet')} libelle="Objet" lignes={3} max={1000} facultatif aide="À quoi elle sert, en une phrase." />
        <Radios
          {...champ('confidentialite')}
          legende="Qui peut la voir"
          options={Object.entries(CONFIDENTIALITES).map(([valeur, c]) => ({ valeur, libelle: c.libelle, aide: c.sens }))}
        />
        <TextInput
          {...champ('cadence_mois')}
          libelle="Se réunit au moins tous les"
          suffixe="mois"
          largeur={2}
          inputMode="numeric"
          facultatif
          aide="Concorde prévient quand ce délai approche. Laissez vide si rien n’est fixé."
        />
        <Checkbox nom="vote" libelle="On y vote" coche={champs.vote === 'oui'} />
        <Details resume="Habitudes des séances" ouvert={erreurs.some((e) => ['lieu', 'heure', 'duree_minutes'].includes(e.champ))}>
          <TextInput {...champ('lieu')} libelle="Lieu habituel" facultatif />
          <TextInput {...champ('heure')} libelle="Heure habituelle" type="time" largeur={5} />
          <TextInput {...champ('duree_minutes')} libelle="Durée" suffixe="minutes" largeur={4} inputMode="numeric" />
        </Details>
        <ActionBar>
          <Button>{instance ? 'Enregistrer' : 'Créer l’instance'}</Button>
          <a className="govuk-link" href={instance ? `/instances/${instance.id}` : '/instances'}>
            Annuler
          </a>
        </ActionBar>
      </Form>
    </>
  );
}
