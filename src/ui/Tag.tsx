import type { ReactNode } from 'react';
import { cx, type Example } from './types.ts';

export type Ton = 'neutre' | 'bleu' | 'vert' | 'laiton' | 'garance';

const TONS: Record<Ton, string> = {
  neutre: 'govuk-tag--grey',
  bleu: 'govuk-tag--blue',
  vert: 'govuk-tag--green',
  laiton: 'govuk-tag--yellow',
  garance: 'govuk-tag--red',
};

/** The state of a thing in one or two words; the word says it, the colour only helps. */
export const Tag = ({ ton = 'neutre', children }: { ton?: Ton; children: ReactNode }) => <strong className={cx('govuk-tag', TONS[ton])}>{children}</strong>;

export const examples: Example[] = [
  {
    nom: 'Tous les tons',
    rendu: (
      <p className="govuk-body">
        <Tag>Brouillon</Tag> <Tag ton="bleu">En cours</Tag> <Tag ton="vert">Fait</Tag> <Tag ton="laiton">À valider</Tag> <Tag ton="garance">En retard</Tag>
      </p>
    ),
  },
];
