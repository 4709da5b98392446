import { describedBy, Field, type FieldProps, idDe } from './Field.tsx';
import { cx, type Example } from './types.ts';

interface OptionDeListe {
  valeur: string;
  libelle: string;
  /** Options of the same group come under its name. */
  groupe?: string;
}
export interface SelectProps extends FieldProps {
  options: readonly OptionDeListe[];
  /** Text of the empty option; none when left out. */
  vide?: string;
  attributs?: Record<string, string | number | boolean>;
}

/** A choice in a long closed list. Under six options, radios are better. */
export function Select(p: SelectProps) {
  const groupes = [...new Set(p.options.map((o) => o.groupe ?? ''))];
  return (
    <Field champ={p}>
      <select
        className={cx('govuk-select', p.erreur && 'govuk-select--error')}
        id={idDe(p)}
        name={p.nom}
        defaultValue={p.valeur ?? ''}
        aria-describedby={describedBy(p)}
        aria-invalid={p.erreur ? 'true' : undefined}
        {...p.attributs}
      >
        {p.vide !== undefined && <option value="">{p.vide}</option>}
        {groupes.map((g) => {
          const options = p.options
            .filter((o) => (o.groupe ?? '') === g)
            .map((o) => (
              <option key={o.valeur} value={o.valeur}>
                {o.libelle}
              </option>
            ));
          return g === '' ? (
            options
          ) : (
            <optgroup key={g} label={g}>
              {options}
            </optgroup>
          );
        })}
      </select>
    </Field>
  );
}

export const examples: Example[] = [
  {
    nom: 'Liste groupée',
    rendu: (
      <Select
        nom="ex-fiche"
        libelle="Fiche-action"
        vide="Toutes les fiches"
        valeur="1.6"
        options={[
          { valeur: '1.1', libelle: '1.1 Prévention des rixes', groupe: 'Axe 1' },
          { valeur: '1.6', libelle: '1.6 Climat scolaire', groupe: 'Axe 1' },
          { valeur: '2.1', libelle: '2.1 Violences faites aux femmes', groupe: 'Axe 2' },
        ]}
      />
    ),
  },
];
