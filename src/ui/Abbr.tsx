import type { ReactNode } from 'react';
import type { Example } from './types.ts';

/** An acronym that unfolds. @public */
export const Abbr = ({ sigle, sens }: { sigle: string; sens: string }) => <abbr title={sens}>{sigle}</abbr>;

/** A term that leads to its entry of the glossary. @public */
export const GlossaryLink = ({ terme, href, children }: { terme: string; href?: string; children?: ReactNode }) => (
  <a className="govuk-link c-glossaire" href={href ?? `/glossaire#${ancre(terme)}`}>
    {children ?? terme}
  </a>
);

/** Anchor of a term: lower case, no accent, hyphens. */
export const ancre = (terme: string): string =>
  terme
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');

export const examples: Example[] = [
  {
    nom: 'Sigle et terme',
    rendu: (
      <p className="govuk-body">
        Le <Abbr sigle="CLSPD" sens="Conseil local de sécurité et de prévention de la délinquance" /> suit chaque <GlossaryLink terme="fiche-action" />.
      </p>
    ),
  },
];
