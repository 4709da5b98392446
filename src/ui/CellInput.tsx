import { ErrorMessage } from './ErrorMessage.tsx';
import { cx, type Example } from './types.ts';

export interface CellInputProps {
  nom: string;
  valeur: string | undefined;
  erreur?: string | undefined;
  /** A part that the running total of the form adds up. */
  somme?: boolean;
}

/** A number in a cell of a table: its label is the heading of its row, what is wrong stands above it. */
export function CellInput({ nom, valeur, erreur, somme }: CellInputProps) {
  return (
    <>
      {erreur && <ErrorMessage id={`${nom}-erreur`}>{erreur}</ErrorMessage>}
      <input
        className={cx('govuk-input', 'govuk-input--width-5', erreur && 'govuk-input--error')}
        id={nom}
        name={nom}
        inputMode="decimal"
        autoComplete="off"
        defaultValue={valeur}
        aria-describedby={erreur ? `${nom}-erreur` : undefined}
        aria-invalid={erreur ? 'true' : undefined}
        {...(somme ? { 'data-somme': 'oui' } : {})}
      />
    </>
  );
}

export const examples: Example[] = [
  {
    nom: 'Case d’un tableau',
    rendu: (
      <>
        <label className="govuk-label" htmlFor="ex-case">
          12e arrondissement
        </label>
        <CellInput nom="ex-case" valeur="1 204" />
      </>
    ),
  },
  {
    nom: 'Case avec erreur',
    rendu: (
      <>
        <label className="govuk-label" htmlFor="ex-case-fautive">
          13e arrondissement
        </label>
        <CellInput nom="ex-case-fautive" valeur="douze" erreur="Écrivez un nombre, comme 12." />
      </>
    ),
  },
];
