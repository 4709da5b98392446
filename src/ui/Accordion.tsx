import type { ReactNode } from 'react';
import { cx, type Example } from './types.ts';

interface SectionDAccordeon {
  titre: ReactNode;
  resume?: ReactNode;
  contenu: ReactNode;
  ouvert?: boolean;
}

const TEXTES = {
  'data-i18n.hide-all-sections': 'Fermer toutes les sections',
  'data-i18n.show-all-sections': 'Ouvrir toutes les sections',
  'data-i18n.hide-section': 'Fermer',
  'data-i18n.hide-section-aria-label': 'Fermer cette section',
  'data-i18n.show-section': 'Ouvrir',
  'data-i18n.show-section-aria-label': 'Ouvrir cette section',
};

/** Sections that open one by one; all open, with their headings, without JavaScript. @public */
export function Accordion({ id, sections, niveau = 2 }: { id: string; sections: readonly SectionDAccordeon[]; niveau?: 2 | 3 }) {
  const Titre = niveau === 2 ? 'h2' : 'h3';
  return (
    <div className="govuk-accordion" data-module="govuk-accordion" id={id} {...TEXTES}>
      {sections.map((s, rang) => {
        const cle = `${id}-${rang + 1}`;
        return (
          <div key={cle} className={cx('govuk-accordion__section', s.ouvert && 'govuk-accordion__section--expanded')}>
            <div className="govuk-accordion__section-header">
              <Titre className="govuk-accordion__section-heading">
                <span className="govuk-accordion__section-button" id={`${cle}-titre`}>
                  {s.titre}
                </span>
              </Titre>
              {s.resume && (
                <div className="govuk-accordion__section-summary govuk-body" id={`${cle}-resume`}>
                  {s.resume}
                </div>
              )}
            </div>
            <div id={`${cle}-contenu`} className="govuk-accordion__section-content">
              {s.contenu}
            </div>
          </div>
        );
      })}
    </div>
  );
}

export const examples: Example[] = [
  {
    nom: 'Sections',
    rendu: (
      <Accordion
        id="ex-accordeon"
        sections={[
          { titre: 'Axe 1', resume: 'Protéger les plus jeunes', contenu: <p className="govuk-body">Neuf fiches.</p> },
          { titre: 'Axe 2', resume: 'Accompagner les victimes', contenu: <p className="govuk-body">Sept fiches.</p> },
        ]}
      />
    ),
  },
];
