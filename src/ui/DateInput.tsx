import { describedBy, Field, type FieldProps, idDe } from './Field.tsx';
import { cx, type Example } from './types.ts';

export interface DateInputProps extends FieldProps {
  /** `YYYY-MM-DD`. */
  min?: string;
  max?: string;
}

/** A day, with the calendar of the browser (in the person's language, works by keyboard). */
export function DateInput(p: DateInputProps) {
  return (
    <Field champ={p}>
      <input
        className={cx('govuk-input', 'c-input--date', p.erreur && 'govuk-input--error')}
        id={idDe(p)}
        name={p.nom}
        type="date"
        min={p.min}
        max={p.max}
        defaultValue={p.valeur ?? undefined}
        aria-describedby={describedBy(p)}
        aria-invalid={p.erreur ? 'true' : undefined}
      />
    </Field>
  );
}

export const examples: Example[] = [
  { nom: 'Jour', rendu: <DateInput nom="ex-jour" libelle="Jour de l’intervention" valeur="2026-07-01" /> },
  { nom: 'Jour avec erreur', rendu: <DateInput nom="ex-echeance" libelle="Échéance" erreur="L’échéance vient après la séance." facultatif /> },
];
