import type { ReactNode } from 'react';
import { cx, type Example, type Lien } from './types.ts';

interface ActionDeLigne extends Lien {
  /** Said after the label to screen readers: « Modifier *le lieu* ». */
  precision?: string;
}
export interface LigneResume {
  cle: ReactNode;
  valeur: ReactNode;
  actions?: readonly ActionDeLigne[];
}
export interface SummaryListProps {
  lignes: readonly LigneResume[];
  /** Frames the list under a title. */
  carte?: { titre: ReactNode; actions?: readonly ActionDeLigne[] };
  serre?: boolean;
}

/** Facts about one thing, name and value. */
export function SummaryList({ lignes, carte, serre = false }: SummaryListProps) {
  const avecActions = lignes.some((l) => l.actions && l.actions.length > 0);
  const liste = (
    <dl className={cx('govuk-summary-list', serre && 'c-resume--serre')}>
      {lignes.map((l, rang) => (
        // Rows have no identity of their own: their order is their key.
        // biome-ignore lint/suspicious/noArrayIndexKey: static markup, never reordered
        <div key={rang} className={cx('govuk-summary-list__row', avecActions && !l.actions?.length && 'govuk-summary-list__row--no-actions')}>
          <dt className="govuk-summary-list__key">{l.cle}</dt>
          <dd className="govuk-summary-list__value">{l.valeur}</dd>
          {l.actions && l.actions.length > 0 && (
            <dd className="govuk-summary-list__actions">
              <Actions actions={l.actions} classe="govuk-summary-list__actions-list" item="govuk-summary-list__actions-list-item" />
            </dd>
          )}
        </div>
      ))}
    </dl>
  );
  if (!carte) return liste;
  return (
    <div className="govuk-summary-card">
      <div className="govuk-summary-card__title-wrapper">
        <h2 className="govuk-summary-card__title">{carte.titre}</h2>
        {carte.actions && <Actions actions={carte.actions} classe="govuk-summary-card__actions" item="govuk-summary-card__action" />}
      </div>
      <div className="govuk-summary-card__content">{liste}</div>
    </div>
  );
}

function Actions({ actions, classe, item }: { actions: readonly ActionDeLigne[]; classe: string; item: string }) {
  const lien = (a: ActionDeLigne) => (
    <a className="govuk-link" href={a.href}>
      {a.libelle}
      {a.precision && <span className="govuk-visually-hidden"> {a.precision}</span>}
    </a>
  );
  const [seule] = actions;
  if (seule && actions.length === 1 && classe.startsWith('govuk-summary-list')) return lien(seule);
  return (
    <ul className={classe}>
      {actions.map((a) => (
        <li key={a.href} className={item}>
          {lien(a)}
        </li>
      ))}
    </ul>
  );
}

export const examples: Example[] = [
  {
    nom: 'Résumé avec actions',
    rendu: (
      <SummaryList
        lignes={[
          { cle: 'Pilote', valeur: 'Préfecture de police', actions: [{ libelle: 'Modifier', href: '/f/1.6/pilote', precision: 'le pilote' }] },
          { cle: 'Territoire', valeur: '12e arrondissement' },
        ]}
      />
    ),
  },
  {
    nom: 'Résumé encadré',
    rendu: (
      <SummaryList
        serre
        carte={{
          titre: 'Séance du 1er juillet 2026',
          actions: [
            { libelle: 'Ordre du jour', href: '/s/1/odj' },
            { libelle: 'Convocation', href: '/s/1/convocation' },
          ],
        }}
        lignes={[
          { cle: 'Lieu', valeur: 'Mairie, salle du conseil' },
          { cle: 'Présents', valeur: '14 sur 18' },
        ]}
      />
    ),
  },
];
