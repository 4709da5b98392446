/** The parts of GOV.UK Frontend that our islands start; the package ships no types. */
declare module 'govuk-frontend' {
  /** A component class, started on every `data-module` element of its name. */
  export interface Component {
    moduleName: string;
  }
  export const Accordion: Component;
  export const Button: Component;
  export const CharacterCount: Component;
  export const Checkboxes: Component;
  export const ErrorSummary: Component;
  export class ExitThisPage {
    static moduleName: string;
    protected $button: HTMLAnchorElement;
    protected $overlay: HTMLElement | null;
    protected i18n: { t(cle: string): string };
    exitPage(): void;
  }
  export const SkipLink: Component;
  export const Tabs: Component;
  export function createAll(component: Component, config?: Record<string, unknown>): void;
}
