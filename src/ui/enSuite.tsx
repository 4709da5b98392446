import { createElement, Fragment, type ReactNode } from 'react';

/** Markup in the order of a list whose places never change: words as typed, lines, rows of a document. Children written one after the other need no key. */
export const enSuite = <T,>(liste: readonly T[], rendre: (x: T, rang: number) => ReactNode): ReactNode => createElement(Fragment, null, ...liste.map(rendre));
