import { Button } from '../../../../../ui/Button.tsx';
import { Form } from '../../../../../ui/Form.tsx';
import { Select } from '../../../../../ui/Select.tsx';
import { TextInput } from '../../../../../ui/TextInput.tsx';
import { type ErreurDeChamp, erreurDe } from '../../../../../ui/types.ts';
import { capitale } from '../../../../../ui/typographie.ts';
import { JOURS, JOURS_POUR_CONFIRMER, type Sujet, vouluDe } from '../abonnes.rules.ts';

export interface AbonnementFormProps {
  sujet: Sujet;
  saisie: Readonly<Record<string, string>>;
  erreurs: readonly ErreurDeChamp[];
}

/** An address and a day, nothing else. */
export function AbonnementForm({ sujet, saisie, erreurs }: AbonnementFormProps) {
  return (
    <>
      <p className="govuk-body">Une lettre par semaine, les semaines où il y a du nouveau. Rien de nouveau, pas de lettre.</p>
      <Form action="/suivre" masques={{ ...vouluDe(sujet) }}>
        <TextInput
          nom="courriel"
          libelle="Votre adresse électronique"
          aide={`Elle ne sert qu’à cette lettre. Elle est gardée chiffrée, ne se lit sur aucun écran, et s’efface dès que vous arrêtez, ou au bout de ${JOURS_POUR_CONFIRMER} jours si vous ne confirmez pas.`}
          type="email"
          autoComplete="email"
          valeur={saisie.courriel ?? ''}
          erreur={erreurDe(erreurs, 'courriel')}
        />
        <Select
          nom="jour"
          libelle="Jour de la lettre"
          options={JOURS.map((j) => ({ valeur: String(j.numero), libelle: capitale(j.nom) }))}
          valeur={saisie.jour ?? '1'}
          erreur={erreurDe(erreurs, 'jour')}
        />
        <Button>S’abonner</Button>
      </Form>
    </>
  );
}
