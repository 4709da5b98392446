import { createElement, Fragment, type ReactNode } from 'react';
import type { Bloc } from '../../../core/module.ts';

/** One after the other, each where it stands for good. */
export const Suite = ({ noeuds }: { noeuds: readonly ReactNode[] }) => createElement(Fragment, null, ...noeuds);

/** What modules have to say on this page, in order. */
export const Blocs = ({ blocs }: { blocs: readonly Bloc[] }) => <Suite noeuds={blocs.map((b) => b.corps)} />;
