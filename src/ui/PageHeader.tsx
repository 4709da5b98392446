import type { ReactNode } from 'react';
import { LinkButton } from './Button.tsx';
import { Tag } from './Tag.tsx';
import { cx, type Example } from './types.ts';

export interface PageHeaderProps {
  titre: ReactNode;
  surtitre?: ReactNode;
  /** What the page is, in a sentence. */
  chapo?: ReactNode;
  /** State of the object: one or two tags. */
  etiquette?: ReactNode;
  actions?: ReactNode;
}

/** The h1 of a page, with what it is and what can be done. */
export function PageHeader({ titre, surtitre, chapo, etiquette, actions }: PageHeaderProps) {
  return (
    <div className="c-entete-page">
      <div className="c-entete-page__textes">
        {surtitre && <p className="c-surtitre">{surtitre}</p>}
        <h1 className="govuk-heading-xl c-entete-page__titre">{titre}</h1>
        {etiquette && <p className="c-entete-page__etiquette">{etiquette}</p>}
        {chapo && <div className="c-chapo">{chapo}</div>}
      </div>
      {actions && <div className="govuk-button-group c-entete-page__actions">{actions}</div>}
    </div>
  );
}

export interface SectionProps {
  titre: ReactNode;
  niveau?: 2 | 3;
  id?: string;
  actions?: ReactNode;
  children: ReactNode;
}

/** A headed block of a page. */
export function Section({ titre, niveau = 2, id, actions, children }: SectionProps) {
  const Titre = niveau === 2 ? 'h2' : 'h3';
  return (
    <section className={cx('c-section', niveau === 3 && 'c-section--fine')} id={id}>
      <div className="c-section__tete">
        <Titre className={niveau === 2 ? 'govuk-heading-m' : 'govuk-heading-s'}>{titre}</Titre>
        {actions && <div className="c-section__actions">{actions}</div>}
      </div>
      {children}
    </section>
  );
}

/** Columns that fold by themselves when they would be narrower than `min`. */
export const Columns = ({ children, min = 'medium' }: { children: ReactNode; min?: 'small' | 'medium' | 'large' }) => (
  <div className={cx('c-colonnes', COLONNES[min])}>{children}</div>
);
const COLONNES = { small: 'c-colonnes--small', medium: 'c-colonnes--medium', large: 'c-colonnes--large' };

/** Long text whose plain `p`, `ul`, `h2`, `a` take the styles of the page. @public */
export const Prose = ({ children }: { children: ReactNode }) => <div className="c-prose">{children}</div>;

export const examples: Example[] = [
  {
    nom: 'En-tête d’une fiche',
    rendu: (
      <PageHeader
        surtitre="Axe 1 · Fiche 1.6"
        titre="Améliorer le climat scolaire"
        etiquette={<Tag ton="bleu">En cours</Tag>}
        chapo="Ce que les établissements, la police et la Ville font ensemble pour que chacun apprenne en paix."
        actions={
          <LinkButton href="/fiches/1.6.pdf" variante="secondaire" petit>
            Imprimer la fiche
          </LinkButton>
        }
      />
    ),
  },
  {
    nom: 'Section',
    rendu: (
      <Section
        titre="Qui fait quoi"
        actions={
          <a className="govuk-link" href="/acteurs">
            Tous les acteurs
          </a>
        }
      >
        <Prose>
          <p>Cinq signataires pilotent la fiche.</p>
          <ul>
            <li>La Ville</li>
            <li>Le Rectorat</li>
          </ul>
        </Prose>
      </Section>
    ),
  },
  {
    nom: 'Colonnes',
    rendu: (
      <Columns>
        <p className="govuk-body">Première</p>
        <p className="govuk-body">Deuxième</p>
        <p className="govuk-body">Troisième</p>
      </Columns>
    ),
  },
];
