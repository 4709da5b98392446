import { Fragment, type ReactNode } from 'react';

/** Markup in the order of a list whose places never change: words as typed, lines, rows of a document. The rank is then the key. */
export const enSuite = <T,>(liste: readonly T[], rendre: (x: T, rang: number) => ReactNode): ReactNode =>
  liste.map((x, rang) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the only place where a rank is a key: what is listed here never moves
    <Fragment key={rang}>{rendre(x, rang)}</Fragment>
  ));
