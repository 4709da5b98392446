import { ActionBar } from '../../../ui/ActionBar.tsx';
import { Button } from '../../../ui/Button.tsx';
import { Radios } from '../../../ui/Choices.tsx';
import { ErrorSummary } from '../../../ui/ErrorSummary.tsx';
import { Form } from '../../../ui/Form.tsx';
import { PageHeader } from '../../../ui/PageHeader.tsx';
import { Select } from '../../../ui/Select.tsx';
import { TextInput } from '../../../ui/TextInput.tsx';
import { capitale } from '../../../ui/typographie.ts';
import { type ErreurDeChamp, erreurDe } from '../../../ui/types.ts';
import { type Catalogue, optionsDeFiches } from '../../contrats/index.ts';
import type { OptionDeCharge } from '../charge.rules.ts';
import { NATURES } from '../decisions.rules.ts';
import type { OrigineChargee } from '../origines.ts';
import { ChampsDecision } from './ChampsDecision.tsx';

export interface NouvelleDecisionPageProps {
  origine: OrigineChargee;
  catalogue: Catalogue;
  choix: readonly OptionDeCharge[];
  champs: Readonly<Record<string, string>>;
  erreurs: readonly ErreurDeChamp[];
}
export function NouvelleDecisionPage({ origine, catalogue, choix, champs, erreurs }: NouvelleDecisionPageProps) {
  const champ = (nom: string) => ({ nom, valeur: champs[nom] ?? '', erreur: erreurDe(erreurs, nom) });
  return (
    <>
      <ErrorSummary erreurs={erreurs} />
      <PageHeader
        titre="Ajouter une décision"
        surtitre={origine.nom}
        chapo="Pour ce qui a été décidé hors séance. En séance, les décisions s’écrivent pendant la réunion."
      />
      <Form action="/decisions/nouvelle" masques={{ [origine.genre]: origine.id }}>
        <Radios
          {...champ('nature')}
          legende="Nature"
          enLigne
          petit
          valeur={champs.nature ?? 'action'}
          options={Object.entries(NATURES).map(([valeur, libelle]) => ({ valeur, libelle: capitale(libelle) }))}
        />
        <ChampsDecision champ={champ} choix={choix} />
        <Select {...champ('fiche')} libelle="Fiche du contrat" vide="aucune" options={optionsDeFiches(catalogue)} />
        <TextInput
          {...champ('ligne')}
          libelle="Engagement du contrat"
          largeur={10}
          facultatif
          aide="Par exemple 1.6-R2.5. Il se lit sur la page de la fiche."
        />
        <ActionBar>
          <Button>Ajouter la décision</Button>
          <a className="govuk-link" href={`/decisions?${origine.genre}=${origine.id}`}>
            Annuler
          </a>
        </ActionBar>
      </Form>
    </>
  );
}
