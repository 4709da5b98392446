import { DateInput } from '../../../ui/DateInput.tsx';
import { Select } from '../../../ui/Select.tsx';
import { Textarea } from '../../../ui/Textarea.tsx';
import { TextInput } from '../../../ui/TextInput.tsx';
import type { Catalogue } from '../../contrats/index.ts';

export type Champ = (nom: string) => { nom: string; valeur: string; erreur: string | undefined };

/** What, who, when. */
export function ChampsDecision({ champ, catalogue }: { champ: Champ; catalogue: Catalogue }) {
  return (
    <>
      <Textarea {...champ('libelle')} libelle="Ce qui est décidé ou à faire" lignes={2} max={2000} />
      <Select
        {...champ('responsable')}
        libelle="Organisation chargée"
        vide="choisir"
        options={[...catalogue.acteurs.values()].map((a) => ({ valeur: a.id, libelle: a.nom })).sort((a, b) => a.libelle.localeCompare(b.libelle, 'fr'))}
      />
      <TextInput {...champ('responsable_nom')} libelle="Personne ou fonction" facultatif autoComplete="off" />
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
