/** What a computed figure covers: how its words were understood, what is left out and why, and what makes it zero or missing. */
import type { Mesure } from '../../contrats/index.ts';

export function Portee({ mesure: m, tenues }: { mesure: Mesure; tenues: readonly string[] }) {
  return (
    <>
      {m.precision && <p className="govuk-body">{m.precision}</p>}
      {m.part && (
        <div className="govuk-inset-text">
          <strong>En partie.</strong> Ce chiffre ne tient qu’une partie de ce que demande le contrat : {m.part}.
        </div>
      )}
      {m.exclus.length > 0 && (
        <>
          <h3 className="govuk-heading-s">Ce qui n’est pas compté</h3>
          <ul className="govuk-list govuk-list--bullet">
            {m.exclus.map((x) => (
              <li key={x}>{x}</li>
            ))}
          </ul>
        </>
      )}
      {tenues.length > 0 && (
        <>
          <h3 className="govuk-heading-s">Zéro ou manquant</h3>
          {tenues.map((t) => (
            <p key={t} className="govuk-body">
              {t}
            </p>
          ))}
        </>
      )}
    </>
  );
}
