import type { ReactNode } from 'react';
import { ErrorMessage } from './ErrorMessage.tsx';
import { cx, type Example } from './types.ts';

export interface FieldsetProps {
  legende: ReactNode;
  aide?: ReactNode;
  erreur?: string;
  taille?: 's' | 'm' | 'l';
  /** Base of the ids of the hint and the error. */
  id?: string;
  children: ReactNode;
}

/** A group of fields under one legend, with its hint and error. */
export function Fieldset({ legende, aide, erreur, taille = 'm', id, children }: FieldsetProps) {
  const aideId = aide && id ? `${id}-aide` : undefined;
  const erreurId = erreur && id ? `${id}-erreur` : undefined;
  return (
    <div className={cx('govuk-form-group', erreur && 'govuk-form-group--error')}>
      <fieldset className="govuk-fieldset" aria-describedby={cx(aideId, erreurId) || undefined}>
        <legend className={cx('govuk-fieldset__legend', LEGENDES[taille])}>{legende}</legend>
        {aide && (
          <div id={aideId} className="govuk-hint">
            {aide}
          </div>
        )}
        {erreur && <ErrorMessage id={erreurId}>{erreur}</ErrorMessage>}
        {children}
      </fieldset>
    </div>
  );
}
const LEGENDES = {
  s: 'govuk-fieldset__legend--s',
  m: 'govuk-fieldset__legend--m',
  l: 'govuk-fieldset__legend--l',
};

export const examples: Example[] = [
  {
    nom: 'Groupe de champs avec aide',
    rendu: (
      <Fieldset legende="Lieu de la séance" aide="L’adresse figure sur la convocation." id="lieu">
        <p className="govuk-body">Champs du lieu</p>
      </Fieldset>
    ),
  },
];
