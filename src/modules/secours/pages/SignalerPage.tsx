import { PageHeader, Section } from '../../../ui/PageHeader.tsx';
import type { Signalable } from '../secours.schema.ts';
import type { SecoursLu } from '../verifications/verifications.rules.ts';
import { NumeroCarte, Sources } from './NumeroCarte.tsx';
import { LieuxPres } from './NumerosPage.tsx';

/** What can be reported, to whom, today; the file of the contract says what has a form here. */
export function SignalerPage({ s }: { s: SecoursLu }) {
  return (
    <>
      <PageHeader titre="Signaler" chapo="Qui reçoit quoi aujourd’hui, du plus urgent au moins urgent." />
      {s.signaler.map((q) => (
        <Section key={q.titre} titre={q.titre}>
          <p className="govuk-body">{q.texte}</p>
          <Moyens q={q} s={s} />
          {q.besoin && <LieuxPres besoin={q.besoin} quoi={q.titre} />}
          {q.sources.length > 0 && (
            <p className="govuk-body-s">
              <Sources sources={q.sources} />
            </p>
          )}
        </Section>
      ))}
    </>
  );
}

function Moyens({ q, s }: { q: Signalable; s: SecoursLu }) {
  const numeros = q.numeros.flatMap((c) => s.numeros.filter((n) => n.code === c));
  return (
    <>
      {numeros.length > 0 && (
        <ul className="c-numeros">
          {numeros.map((n) => (
            <NumeroCarte key={n.code} n={n} />
          ))}
        </ul>
      )}
      {(q.liens.length > 0 || q.courriels.length > 0) && (
        <ul className="c-vers">
          {q.liens.map((l) => (
            <li key={l.adresse}>
              <a className="c-vers__lien" href={l.adresse} rel={l.adresse.startsWith('/') ? undefined : 'noreferrer'}>
                {l.libelle}
              </a>
            </li>
          ))}
          {q.courriels.map((c) => (
            <li key={c}>
              <a className="c-vers__lien" href={`mailto:${c}`}>
                {c}
              </a>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
