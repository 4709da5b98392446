import { describedBy, Field, type FieldProps, idDe } from './Field.tsx';
import { cx, type Example } from './types.ts';

export interface TextInputProps extends FieldProps {
  type?: 'text' | 'email' | 'tel' | 'url' | 'number' | 'password' | 'search' | 'time' | 'month' | 'datetime-local';
  /** Width in characters when the length of the answer is known. */
  largeur?: 2 | 3 | 4 | 5 | 10 | 20;
  prefixe?: string;
  suffixe?: string;
  autoComplete?: string;
  inputMode?: 'numeric' | 'decimal' | 'text' | 'email' | 'tel' | 'url';
  /** Other attributes of the control: `maxLength`, `pattern`, `list`… */
  attributs?: Record<string, string | number | boolean>;
}

const LARGEURS: Record<number, string> = {
  2: 'govuk-input--width-2',
  3: 'govuk-input--width-3',
  4: 'govuk-input--width-4',
  5: 'govuk-input--width-5',
  10: 'govuk-input--width-10',
  20: 'govuk-input--width-20',
};

/** One line of text. Numbers use `inputMode="numeric"` rather than a spinner that changes under the wheel. */
export function TextInput(p: TextInputProps) {
  const { type = 'text', largeur, prefixe, suffixe } = p;
  const controle = (
    <input
      className={cx('govuk-input', p.erreur && 'govuk-input--error', largeur && LARGEURS[largeur])}
      id={idDe(p)}
      name={p.nom}
      type={type === 'number' ? 'text' : type}
      inputMode={p.inputMode ?? (type === 'number' ? 'decimal' : undefined)}
      defaultValue={p.valeur ?? undefined}
      autoComplete={p.autoComplete}
      spellCheck={type === 'email' || type === 'password' || type === 'url' ? false : undefined}
      aria-describedby={describedBy(p)}
      aria-invalid={p.erreur ? 'true' : undefined}
      {...p.attributs}
    />
  );
  return (
    <Field champ={p}>
      {prefixe || suffixe ? (
        <div className="govuk-input__wrapper">
          {prefixe && (
            <div className="govuk-input__prefix" aria-hidden="true">
              {prefixe}
            </div>
          )}
          {controle}
          {suffixe && (
            <div className="govuk-input__suffix" aria-hidden="true">
              {suffixe}
            </div>
          )}
        </div>
      ) : (
        controle
      )}
    </Field>
  );
}

export const examples: Example[] = [
  { nom: 'Texte', rendu: <TextInput nom="ex-titre" libelle="Objet de la séance" valeur="Suivi des rixes" /> },
  {
    nom: 'Nombre avec unité, aide et erreur',
    rendu: (
      <TextInput
        nom="ex-participants"
        libelle="Participants"
        aide="Comptez les élèves, sans les adultes."
        erreur="Écrivez un nombre entier."
        type="number"
        largeur={5}
        suffixe="élèves"
        valeur="beaucoup"
      />
    ),
  },
  { nom: 'Facultatif', rendu: <TextInput nom="ex-courriel" libelle="Adresse électronique" type="email" facultatif autoComplete="email" largeur={20} /> },
];
