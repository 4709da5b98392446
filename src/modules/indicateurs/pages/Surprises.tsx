import { Fieldset } from '../../../ui/Fieldset.tsx';
import { Textarea } from '../../../ui/Textarea.tsx';
import { type ErreurDeChamp, erreurDe } from '../../../ui/types.ts';
import { EXPLICATION_MAX } from '../qualite/reponses.rules.ts';
import type { Surprise } from '../qualite/surprises.rules.ts';

/** One field for each figure that breaks a rule: corrected above, or explained here. */
interface Props {
  surprises: readonly Surprise[];
  erreurs: readonly ErreurDeChamp[];
  /** The figure itself is in the same form, above. */
  plusHaut?: boolean;
}
export function Surprises({ surprises, erreurs, plusHaut = true }: Props) {
  if (surprises.length === 0) return null;
  return (
    <Fieldset legende={surprises.length > 1 ? 'Ces chiffres surprennent' : 'Ce chiffre surprend'}>
      <p className="govuk-body">
        {plusHaut ? 'Corrigez-le plus haut, ou dites ici pourquoi il est juste. ' : 'Pour le prendre, dites ici pourquoi il est juste. '}
        L’explication reste avec le chiffre : elle est publiée avec lui une fois validé. N’y nommez personne.
      </p>
      {surprises.map((s) => {
        const nom = `explication${s.suffixe}`;
        return (
          <Textarea
            key={nom}
            nom={nom}
            libelle={s.suffixe === '' ? 'Explication' : `Explication : ${s.libelle}`}
            facultatif={s.avertissements.length === 0}
            aide={s.avertissements.map((a) => `${a.message} ${a.raison}`).join(' ')}
            valeur={s.dite}
            lignes={3}
            max={EXPLICATION_MAX}
            erreur={erreurDe(erreurs, nom)}
          />
        );
      })}
    </Fieldset>
  );
}
