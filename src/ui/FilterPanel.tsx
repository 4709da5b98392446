import type { ReactNode } from 'react';
import { Button } from './Button.tsx';
import { Form, type FormProps } from './Form.tsx';
import { Select } from './Select.tsx';
import { TextInput } from './TextInput.tsx';
import type { Example, Lien } from './types.ts';

export interface FilterPanelProps {
  action: string;
  /** Filters in force: what they are, and the address of the list without them. */
  actifs: readonly Lien[];
  /** Address of the list without any filter. */
  effacer: string;
  /** What must stay in the URL (order…). */
  masques?: FormProps['masques'];
  titre?: string;
  /** The switch between one's own place and everything. */
  bascule?: Lien | null;
  children: ReactNode;
}

/** Filters of a list: a GET form, so that they stay in the URL and can be shared. Those in force always show; the form folds. */
export function FilterPanel({ action, actifs, effacer, masques, titre = 'Filtrer', bascule, children }: FilterPanelProps) {
  return (
    <div className="c-filtre">
      {actifs.length > 0 && (
        <div className="moj-filter__selected">
          <div className="moj-filter__selected-heading">
            <h2 className="govuk-heading-s c-filtre__titre">Filtres actifs</h2>
            <a className="govuk-link govuk-link--no-visited-state" href={effacer}>
              Tout effacer
            </a>
          </div>
          <ul className="moj-filter-tags">
            {actifs.map((a) => (
              <li key={`${a.libelle} ${a.href}`}>
                <a className="moj-filter__tag" href={a.href}>
                  <span className="govuk-visually-hidden">Retirer le filtre </span>
                  {a.libelle}
                </a>
              </li>
            ))}
          </ul>
        </div>
      )}
      {bascule && (
        <p className="govuk-body-s c-filtre__bascule">
          <a className="govuk-link" href={bascule.href}>
            {bascule.libelle}
          </a>
        </p>
      )}
      <details data-filtre="">
        <summary className="c-filtre__resume">{titre}</summary>
        <div className="moj-filter">
          <div className="moj-filter__options">
            <Form action={action} methode="get" masques={masques}>
              {children}
              <Button petit>Appliquer</Button>
            </Form>
          </div>
        </div>
      </details>
    </div>
  );
}

/** The filters beside the list on a wide public page; above it on a work screen and on a phone. */
export const FilterLayout = ({ filtres, children }: { filtres: ReactNode; children: ReactNode }) => (
  <div className="c-avec-filtre">
    <div className="c-avec-filtre__filtre">{filtres}</div>
    <div className="c-avec-filtre__liste">{children}</div>
  </div>
);

export const examples: Example[] = [
  {
    nom: 'Filtres d’un registre',
    rendu: (
      <FilterLayout
        filtres={
          <FilterPanel
            action="/registres/interventions"
            effacer="/registres/interventions"
            masques={{ tri: 'jour' }}
            actifs={[
              { libelle: '12e arrondissement', href: '/registres/interventions?theme=rixes' },
              { libelle: 'Rixes', href: '/registres/interventions?territoire=12' },
            ]}
          >
            <TextInput nom="ex-q" libelle="Mots" type="search" />
            <Select nom="ex-theme" libelle="Thème" vide="Tous" options={[{ valeur: 'rixes', libelle: 'Rixes' }]} valeur="rixes" />
          </FilterPanel>
        }
      >
        <p className="govuk-body">La liste</p>
      </FilterLayout>
    ),
  },
];
