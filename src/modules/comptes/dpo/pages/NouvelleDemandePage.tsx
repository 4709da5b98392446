import { ActionBar } from '../../../../ui/ActionBar.tsx';
import { Button } from '../../../../ui/Button.tsx';
import { Radios } from '../../../../ui/Choices.tsx';
import { DateInput } from '../../../../ui/DateInput.tsx';
import { ErrorSummary } from '../../../../ui/ErrorSummary.tsx';
import { Form } from '../../../../ui/Form.tsx';
import { PageHeader } from '../../../../ui/PageHeader.tsx';
import { Select } from '../../../../ui/Select.tsx';
import { Textarea } from '../../../../ui/Textarea.tsx';
import { TextInput } from '../../../../ui/TextInput.tsx';
import { type ErreurDeChamp, erreurDe } from '../../../../ui/types.ts';
import { MOYENS, NATURES } from '../demandes.rules.ts';
import { Onglets } from './Onglets.tsx';

export interface NouvelleDemandePageProps {
  champs: Readonly<Record<string, string>>;
  erreurs: readonly ErreurDeChamp[];
  aujourdhui: string;
}

export function NouvelleDemandePage({ champs, erreurs, aujourdhui }: NouvelleDemandePageProps) {
  const champ = (nom: string) => ({ nom, valeur: champs[nom] ?? '', erreur: erreurDe(erreurs, nom) });
  return (
    <>
      <ErrorSummary erreurs={erreurs} />
      <Onglets ici="/dpo/demandes" />
      <PageHeader titre="Enregistrer une demande" chapo="Le délai d’un mois court du jour de réception, quel que soit le service qui a reçu la demande." />
      <Form action="/dpo/demandes/nouvelle">
        <DateInput {...champ('recue_le')} libelle="Reçue le" max={aujourdhui} />
        <Radios
          {...champ('nature')}
          legende="Droit exercé"
          options={Object.entries(NATURES).map(([valeur, n]) => ({ valeur, libelle: n.libelle, aide: `RGPD, ${n.article}` }))}
        />
        <TextInput
          {...champ('demandeur')}
          libelle="Demandeur"
          aide="Un nom ou des initiales, de quoi retrouver la correspondance. Aucune pièce d’identité n’est gardée ici."
          autoComplete="off"
        />
        <Select {...champ('moyen')} libelle="Arrivée par" vide="choisir" options={Object.entries(MOYENS).map(([valeur, libelle]) => ({ valeur, libelle }))} />
        <Textarea
          {...champ('objet')}
          libelle="Ce que la personne demande"
          aide="En une phrase. N’écrivez ni état de santé, ni infraction, ni opinion : ce n’est pas utile pour répondre."
          lignes={4}
          max={4000}
        />
        <ActionBar>
          <Button>Enregistrer la demande</Button>
          <a className="govuk-link" href="/dpo/demandes">
            Annuler
          </a>
        </ActionBar>
      </Form>
    </>
  );
}
