import { useMotsDesChamps } from './mots-des-champs.ts';
import type { ErreurDeChamp, Example } from './types.ts';

export interface ErrorSummaryProps {
  erreurs?: readonly ErreurDeChamp[];
  titre?: string;
}

/** Lists the wrong fields above the form, each a link to its field. Renders nothing when all is well. */
export function ErrorSummary({ erreurs = [], titre }: ErrorSummaryProps) {
  const mots = useMotsDesChamps();
  if (erreurs.length === 0) return null;
  return (
    <div className="govuk-error-summary" data-module="govuk-error-summary">
      <div role="alert">
        <h2 className="govuk-error-summary__title">{titre ?? mots.aCorriger(erreurs.length)}</h2>
        <div className="govuk-error-summary__body">
          <ul className="govuk-list govuk-error-summary__list">
            {erreurs.map((e) => (
              <li key={`${e.champ} ${e.message}`}>{e.champ === '' ? e.message : <a href={`#${e.champ}`}>{e.message}</a>}</li>
            ))}
          </ul>
        </div>
      </div>
    </div>
  );
}

export const examples: Example[] = [
  {
    nom: 'Deux champs à corriger',
    rendu: (
      <ErrorSummary
        erreurs={[
          { champ: 'jour', message: 'Indiquez le jour de l’intervention.' },
          { champ: 'participants', message: 'Le nombre de participants s’écrit en chiffres.' },
        ]}
      />
    ),
  },
];
