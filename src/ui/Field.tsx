import type { ReactNode } from 'react';
import { ErrorMessage } from './ErrorMessage.tsx';
import { useMotsDesChamps } from './mots-des-champs.ts';
import { cx } from './types.ts';

/** What every field takes. The `id` of the control is its `nom`. */
export interface FieldProps {
  nom: string;
  libelle: ReactNode;
  valeur?: string | number | null;
  aide?: ReactNode;
  erreur?: string;
  /** Adds « (facultatif) »: a field is required unless it says so. */
  facultatif?: boolean;
  libelleTaille?: 's' | 'm' | 'l';
  id?: string;
}

export const idDe = (p: { id?: string; nom: string }): string => p.id ?? p.nom;

/** `aria-describedby` of the control: hint, then error. */
export function describedBy(p: FieldProps, autre?: string): string | undefined {
  const id = idDe(p);
  return cx(p.aide ? `${id}-aide` : null, p.erreur ? `${id}-erreur` : null, autre) || undefined;
}

const TAILLES = { s: 'govuk-label--s', m: 'govuk-label--m', l: 'govuk-label--l' };

/** Label, hint, error, then the control. */
export function Field({ champ, children, classe, attributs }: { champ: FieldProps; children: ReactNode; classe?: string; attributs?: Record<string, string> }) {
  const id = idDe(champ);
  const mots = useMotsDesChamps();
  return (
    <div className={cx('govuk-form-group', champ.erreur && 'govuk-form-group--error', classe)} {...attributs}>
      <label className={cx('govuk-label', champ.libelleTaille && TAILLES[champ.libelleTaille])} htmlFor={id}>
        {champ.libelle}
        {champ.facultatif && <span className="c-facultatif"> ({mots.facultatif})</span>}
      </label>
      {champ.aide && (
        <div id={`${id}-aide`} className="govuk-hint">
          {champ.aide}
        </div>
      )}
      {champ.erreur && <ErrorMessage id={`${id}-erreur`}>{champ.erreur}</ErrorMessage>}
      {children}
    </div>
  );
}
