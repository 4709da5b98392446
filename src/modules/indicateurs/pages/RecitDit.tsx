import { Fragment } from 'react';
import { decouper } from '../recits/recits.rules.ts';

const ADRESSE = /^(https?:\/\/\S+|\/(registres|chiffres|decisions|fiches)\/\S+)$/;

/** A narrative as it is read: by its parts where it has some. */
export function RecitDit({ texte }: { texte: string }) {
  return decouper(texte).map((m, i) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: static markup, in the order of the text
    <Fragment key={i}>
      {m.titre && (
        <p className="govuk-body govuk-!-margin-bottom-1">
          <strong>{m.titre}</strong>
        </p>
      )}
      {m.paragraphes.map((p, j) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: static markup, in the order of the text
        <p key={j} className="govuk-body">
          {p.split('\n').map((l, n) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: static markup, in the order of the text
            <Fragment key={n}>
              {n > 0 && <br />}
              {ADRESSE.test(l) ? (
                <a className="govuk-link" href={l} rel="noopener noreferrer">
                  {l}
                </a>
              ) : (
                l
              )}
            </Fragment>
          ))}
        </p>
      ))}
    </Fragment>
  ));
}
