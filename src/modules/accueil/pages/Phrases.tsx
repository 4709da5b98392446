/** Sentences made from the figures, each number leading to its proof. */
import type { ReactNode } from 'react';
import type { Morceau, Phrase } from '../phrases.rules.ts';
import { Suite } from './Blocs.tsx';

const lien = (m: Morceau): ReactNode =>
  typeof m === 'string' ? (
    m
  ) : (
    <a className="govuk-link c-phrase__chiffre" href={m.href}>
      {m.texte}
    </a>
  );

export const Phrases = ({ phrases, signature }: { phrases: readonly Phrase[]; signature: ReactNode }) => (
  <section className="c-phrases" aria-labelledby="en-bref">
    <h2 className="govuk-heading-m c-phrases__titre" id="en-bref">
      En bref
    </h2>
    <dl className="c-phrases__liste">
      {phrases.map((p) => (
        <div key={p.genre} className="c-phrase">
          <dt className="c-phrase__titre">{p.titre}</dt>
          <dd className="c-phrase__texte">
            <Suite noeuds={p.morceaux.map(lien)} />
          </dd>
        </div>
      ))}
    </dl>
    <div className="c-phrases__signature">{signature}</div>
  </section>
);
