import { enSuite } from '../../../ui/enSuite.tsx';
import { decouper } from '../recits/recits.rules.ts';

const ADRESSE = /^(https?:\/\/\S+|\/(registres|chiffres|decisions|fiches)\/\S+)$/;

/** A narrative as it is read: by its parts where it has some. */
export function RecitDit({ texte }: { texte: string }) {
  return enSuite(decouper(texte), (m) => (
    <>
      {m.titre && (
        <p className="govuk-body govuk-!-margin-bottom-1">
          <strong>{m.titre}</strong>
        </p>
      )}
      {enSuite(m.paragraphes, (p) => (
        <p className="govuk-body">{enSuite(p.split('\n'), ecrireLigne)}</p>
      ))}
    </>
  ));
}

const ecrireLigne = (l: string, rang: number) => (
  <>
    {rang > 0 && <br />}
    {ADRESSE.test(l) ? (
      <a className="govuk-link" href={l} rel="noopener noreferrer">
        {l}
      </a>
    ) : (
      l
    )}
  </>
);
