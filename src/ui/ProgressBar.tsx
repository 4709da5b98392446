import type { ReactNode } from 'react';
import { cx, type Example } from './types.ts';
import { nombre } from './typographie.ts';

export interface ProgressBarProps {
  libelle: ReactNode;
  fait: number;
  /** 0 when it is not known yet: the bar then only says that work goes on. */
  total: number;
  termine?: boolean;
  /** Address of the state, JSON `{ fait, total, termine, detail }`, polled every second. */
  suivi?: string;
  detail?: ReactNode;
}

/** A long job. The island follows it; without JavaScript the page reloads itself (`rafraichir` of the layout). */
export function ProgressBar({ libelle, fait, total, termine = false, suivi, detail }: ProgressBarProps) {
  const texte = detail ?? (total > 0 ? `${nombre(fait)} sur ${nombre(total)}` : 'En attente');
  return (
    <div className="c-progression" data-suivi={termine ? undefined : suivi}>
      <label>
        <span className="c-progression__libelle">{libelle}</span>
        <progress className="c-progression__barre" max={Math.max(1, total)} value={total > 0 ? fait : undefined} />
      </label>
      <p className="c-progression__etat" data-etat="" aria-live="polite">
        {texte}
      </p>
    </div>
  );
}

interface Etape {
  libelle: string;
  etat: 'faite' | 'encours' | 'avenir';
  href?: string;
}

/** Where one stands in a journey of a few steps. @public */
export const Steps = ({ etapes, libelle = 'Étapes' }: { etapes: readonly Etape[]; libelle?: string }) => (
  <nav className="moj-progress-bar c-etapes" aria-label={libelle}>
    <ol className="moj-progress-bar__list">
      {etapes.map((e) => (
        <li key={e.libelle} className="moj-progress-bar__item" aria-current={e.etat === 'encours' ? 'step' : undefined}>
          <span className={cx('moj-progress-bar__icon', e.etat === 'faite' && 'moj-progress-bar__icon--complete')} />
          <span className="moj-progress-bar__label">
            {e.href ? (
              <a className="govuk-link" href={e.href}>
                {e.libelle}
              </a>
            ) : (
              e.libelle
            )}
            {e.etat === 'faite' && <span className="govuk-visually-hidden">, étape faite</span>}
          </span>
        </li>
      ))}
    </ol>
  </nav>
);

export const examples: Example[] = [
  { nom: 'Import en cours', rendu: <ProgressBar libelle="Lecture du fichier interventions.csv" fait={412} total={1200} /> },
  { nom: 'En attente', rendu: <ProgressBar libelle="Préparation de l’export" fait={0} total={0} /> },
  {
    nom: 'Étapes',
    rendu: (
      <Steps
        etapes={[
          { libelle: 'Fichier', etat: 'faite', href: '/import' },
          { libelle: 'Colonnes', etat: 'encours' },
          { libelle: 'Vérification', etat: 'avenir' },
        ]}
      />
    ),
  },
];
