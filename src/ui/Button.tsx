import type { ReactNode } from 'react';
import { cx, type Example } from './types.ts';

export type Variante = 'principal' | 'secondaire' | 'danger' | 'discret';

const VARIANTES: Record<Variante, string | null> = {
  principal: null,
  secondaire: 'govuk-button--secondary',
  danger: 'govuk-button--warning',
  discret: 'c-button--discret',
};
const classes = (variante: Variante, petit: boolean, autre?: string) => cx('govuk-button', VARIANTES[variante], petit && 'c-button--petit', autre);

export interface ButtonProps {
  children: ReactNode;
  variante?: Variante;
  nom?: string;
  valeur?: string;
  type?: 'submit' | 'button' | 'reset';
  /** `formaction`: sends the same form elsewhere. */
  action?: string;
  /** Skips the browser's own checks (« enregistrer le brouillon »). */
  sansVerification?: boolean;
  desactive?: boolean;
  petit?: boolean;
  /** Form to send when the button stands outside of it. */
  formulaire?: string;
  id?: string;
  /** An island does the act in place, once for each, and says so: a second click is not lost without a word. */
  immediat?: boolean;
}

/** A button that acts. A double click sends once. */
export function Button(p: ButtonProps) {
  return (
    <button
      type={p.type ?? 'submit'}
      className={classes(p.variante ?? 'principal', p.petit ?? false)}
      data-module="govuk-button"
      data-prevent-double-click={(p.type ?? 'submit') === 'submit' && !p.immediat ? 'true' : undefined}
      id={p.id}
      name={p.nom}
      value={p.valeur}
      formAction={p.action}
      formNoValidate={p.sansVerification}
      form={p.formulaire}
      disabled={p.desactive}
      aria-disabled={p.desactive ? 'true' : undefined}
    >
      {p.children}
    </button>
  );
}

export interface LinkButtonProps {
  children: ReactNode;
  href: string;
  variante?: Variante;
  petit?: boolean;
  /** The one way in of a page: larger, with an arrow. */
  demarrer?: boolean;
  /** The link gives a file. */
  telecharger?: boolean;
}

/** A link that looks like a button: it goes somewhere and changes nothing. */
export function LinkButton({ children, href, variante = 'principal', petit = false, demarrer = false, telecharger }: LinkButtonProps) {
  return (
    <a
      href={href}
      role="button"
      draggable="false"
      className={classes(variante, petit, demarrer ? 'govuk-button--start' : undefined)}
      data-module="govuk-button"
      download={telecharger ? '' : undefined}
    >
      {children}
      {demarrer && (
        <svg
          className="govuk-button__start-icon"
          xmlns="http://www.w3.org/2000/svg"
          width="17.5"
          height="19"
          viewBox="0 0 33 40"
          aria-hidden="true"
          focusable="false"
        >
          <path fill="currentColor" d="M0 0h13l20 20-20 20H0l20-20z" />
        </svg>
      )}
    </a>
  );
}

export const ButtonGroup = ({ children }: { children: ReactNode }) => <div className="govuk-button-group">{children}</div>;

export const examples: Example[] = [
  {
    nom: 'Actions d’un formulaire',
    rendu: (
      <ButtonGroup>
        <Button>Enregistrer</Button>
        <Button variante="secondaire">Enregistrer le brouillon</Button>
        <Button variante="danger">Retirer</Button>
        <a className="govuk-link" href="/activites">
          Annuler
        </a>
      </ButtonGroup>
    ),
  },
  {
    nom: 'Entrée d’une page publique',
    rendu: (
      <LinkButton href="/signaler" demarrer>
        Signaler un problème
      </LinkButton>
    ),
  },
  {
    nom: 'Petits boutons d’une liste',
    rendu: (
      <ButtonGroup>
        <LinkButton href="/registres/interventions/nouveau" petit>
          Ajouter une intervention
        </LinkButton>
        <LinkButton href="/registres/interventions.csv" variante="secondaire" petit telecharger>
          Exporter en CSV
        </LinkButton>
        <Button variante="discret" petit>
          Tout décocher
        </Button>
        <Button petit desactive>
          Valider
        </Button>
      </ButtonGroup>
    ),
  },
];
