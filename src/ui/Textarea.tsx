import { describedBy, Field, type FieldProps, idDe } from './Field.tsx';
import { direMots } from './mots.ts';
import { type MotsDesChamps, useMotsDesChamps } from './mots-des-champs.ts';
import { cx, type Example } from './types.ts';

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
  const dits = useMotsDesChamps();
  const controle = (
    <textarea
      className={cx('govuk-textarea', p.erreur && 'govuk-textarea--error', p.max !== undefined && dits.compte && 'govuk-js-character-count')}
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
    <Field champ={p} classe="govuk-character-count" attributs={dits.compte ? COMPTE(p.max, dits.compte) : {}}>
      {controle}
      <div id={compteId} className="govuk-hint govuk-character-count__message">
        {dits.auPlus(p.max)}
      </div>
    </Field>
  );
}

/** The texts of the counter: `govuk-frontend` reads them from the element, `%{count}` is replaced while typing. */
const COMPTE = (max: number, m: NonNullable<MotsDesChamps['compte']>): Record<string, string> => ({
  'data-module': 'govuk-character-count',
  'data-maxlength': String(max),
  'data-i18n.characters-under-limit.one': m.reste,
  'data-i18n.characters-under-limit.other': m.restent,
  'data-i18n.characters-at-limit': m.rien,
  'data-i18n.characters-over-limit.one': m.trop,
  'data-i18n.characters-over-limit.other': m.trops,
});

export const examples: Example[] = [
  { nom: 'Texte long', rendu: <Textarea nom="ex-compte-rendu" libelle="Ce qui a été dit" lignes={4} /> },
  { nom: 'Texte limité', rendu: <Textarea nom="ex-resume" libelle="Résumé public" aide="Sans nom de personne." max={500} lignes={3} facultatif /> },
  { nom: 'Texte dont on compte les mots', rendu: <Textarea nom="ex-bilan" libelle="Bilan" aide="50 à 150 mots conseillés." mots lignes={3} /> },
];
