import { DateInput } from '../../../ui/DateInput.tsx';
import { Select } from '../../../ui/Select.tsx';
import { Textarea } from '../../../ui/Textarea.tsx';
import { TextInput } from '../../../ui/TextInput.tsx';
import type { OptionDeCharge } from '../charge.rules.ts';

export type Champ = (nom: string) => { nom: string; valeur: string; erreur: string | undefined };

/** What, who, when. */
export function ChampsDecision({ champ, choix }: { champ: Champ; choix: readonly OptionDeCharge[] }) {
  return (
    <>
      <Textarea {...champ('libelle')} libelle="Ce qui est décidé ou à faire" lignes={2} max={2000} />
      <Select {...champ('responsable')} libelle="Qui en est chargé" vide="choisir" options={choix} aide="Une personne qui siège est prévenue à son adresse." />
      <TextInput {...champ('responsable_nom')} libelle="Une autre personne, ou sa fonction" facultatif autoComplete="off" />
      <TextInput
        {...champ('responsable_courriel')}
        libelle="Son adresse électronique"
        type="email"
        facultatif
        autoComplete="off"
        aide="Elle reçoit les rappels ; à défaut, le secrétariat."
      />
      <DateInput {...champ('echeance')} libelle="Échéance" facultatif />
    </>
  );
}
