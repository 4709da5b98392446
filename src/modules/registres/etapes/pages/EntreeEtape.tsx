import { DateInput } from '../../../../ui/DateInput.tsx';
import { Radios } from '../../../../ui/Choices.tsx';
import { Select } from '../../../../ui/Select.tsx';
import { TextInput } from '../../../../ui/TextInput.tsx';
import { type ErreurDeChamp, erreurDe } from '../../../../ui/types.ts';
import { type Brut, un } from '../../brut.rules.ts';
import { ETAPES, RYTHMES } from '../etapes.rules.ts';

/** Done, planned (once or in a series), or cancelled. A new record may be planned as a series. */
export function EntreeEtape({ brut, erreurs, nouveau }: { brut: Brut; erreurs: readonly ErreurDeChamp[]; nouveau: boolean }) {
  const champ = (nom: string) => ({ nom, valeur: un(brut, nom), erreur: erreurDe(erreurs, nom) });
  const repetition = nouveau ? (
    <>
      <Select
        {...champ('repetition')}
        libelle="Se répète"
        vide="Une seule fois"
        options={Object.entries(RYTHMES).map(([valeur, libelle]) => ({ valeur, libelle }))}
        facultatif
      />
      <DateInput {...champ('repetition_fin')} libelle="Jusqu’au" aide="Chaque date devient une fiche, que l’on corrige ou annule seule." facultatif />
    </>
  ) : undefined;
  return (
    <Radios
      nom="etape"
      legende="Étape"
      aide="Seul ce qui est réalisé compte dans les chiffres."
      erreur={erreurDe(erreurs, 'etape')}
      petit
      valeur={un(brut, 'etape') || 'realisee'}
      options={[
        { valeur: 'realisee', libelle: ETAPES.realisee },
        { valeur: 'programmee', libelle: ETAPES.programmee, contenu: repetition },
        {
          valeur: 'annulee',
          libelle: ETAPES.annulee,
          contenu: <TextInput {...champ('annulation')} libelle="Motif de l’annulation" facultatif />,
        },
      ]}
    />
  );
}
