import type { ErreurDeChamp } from '../../../core/errors.ts';
import { TextInput } from '../../../ui/TextInput.tsx';

/** The phrase of a member, chosen: typed twice, never shown again. */
export function Phrase({ erreurs }: { erreurs: readonly ErreurDeChamp[] }) {
  const erreur = (nom: string) => erreurs.find((e) => e.champ === nom)?.message;
  return (
    <>
      <TextInput
        nom="phrase"
        libelle="Votre phrase"
        type="password"
        autoComplete="new-password"
        aide="Sept mots au moins, que vous seul connaissez. Elle ouvre la cellule ; personne ne peut vous la redonner."
        erreur={erreur('phrase')}
      />
      <TextInput nom="encore" libelle="Votre phrase, encore" type="password" autoComplete="new-password" erreur={erreur('encore')} />
    </>
  );
}
