import { describedBy, Field, type FieldProps, idDe } from './Field.tsx';
import { direMots } from './mots.ts';
import { cx, type Example } from './types.ts';
import { pluriel } from './typographie.ts';

export interface TextareaProps extends FieldProps {
  lignes?: number;
  /** Characters allowed; counted while typing, and said in words without JavaScript. */
  max?: number;
  /** Says how many words are written, and follows them as they are typed. */
  mots?: boolean;
  attributs?: Record<string, string | number | boolean>;
}

/** Several lines of text, with a count of characters when there is a limit. */
export function Textarea(p: TextareaProps) {
  const id = idDe(p);
  const compteId = p.max ? `${id}-info` : p.mots ? `${id}-mots` : undefined;
  const controle = (
    <textarea
      className={cx('govuk-textarea', p.erreur && 'govuk-textarea--error', p.max !== undefined && 'govuk-js-character-count')}
      id={id}
      name={p.nom}
      rows={p.lignes ?? 5}
      defaultValue={p.valeur ?? undefined}
      aria-describedby={describedBy(p, compteId)}
      aria-invalid={p.erreur ? 'true' : undefined}
      {...p.attributs}
    />
  );
  if (!p.max)
    return (
      <Field champ={p}>
        {controle}
        {p.mots && (
          <p id={compteId} className="govuk-hint" data-mots={id} aria-live="polite">
            {direMots(String(p.valeur ?? ''))}
          </p>
        )}
      </Field>
    );
  return (
    <Field champ={p} classe="govuk-character-count" attributs={COMPTE(p.max)}>
      {controle}
      <div id={compteId} className="govuk-hint govuk-character-count__message">
        {pluriel(p.max, 'caractère')} au plus
      </div>
    </Field>
  );
}

/** The texts of the counter: `govuk-frontend` reads them from the element, `%{count}` is replaced while typing. */
const COMPTE = (max: number): Record<string, string> => ({
  'data-module': 'govuk-character-count',
  'data-maxlength': String(max),
  'data-i18n.characters-under-limit.one': 'Il reste %{count} caractère',
  'data-i18n.characters-under-limit.other': 'Il reste %{count} caractères',
  'data-i18n.characters-at-limit': 'Il ne reste aucun caractère',
  'data-i18n.characters-over-limit.one': '%{count} caractère de trop',
  'data-i18n.characters-over-limit.other': '%{count} caractères de trop',
});

export const examples: Example[] = [
  { nom: 'Texte long', rendu: <Textarea nom="ex-compte-rendu" libelle="Ce qui a été dit" lignes={4} /> },
  { nom: 'Texte limité', rendu: <Textarea nom="ex-resume" libelle="Résumé public" aide="Sans nom de personne." max={500} lignes={3} facultatif /> },
  { nom: 'Texte dont on compte les mots', rendu: <Textarea nom="ex-bilan" libelle="Bilan" aide="50 à 150 mots conseillés." mots lignes={3} /> },
];
