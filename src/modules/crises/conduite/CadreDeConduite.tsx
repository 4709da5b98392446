/** Head of every page of the conduct of a crisis: its room, what this page is, what is wrong, what was just done. */
import type { ReactNode } from 'react';
import { Confirmer } from '../../../ui/Confirmer.tsx';
import { ErrorSummary } from '../../../ui/ErrorSummary.tsx';
import { NotificationBanner } from '../../../ui/NotificationBanner.tsx';
import type { ErreurDeChamp } from '../../../ui/types.ts';
import { Salle as PageDeSalle } from '../pages/CriseTete.tsx';
import type { Salle } from './salle.ts';

export type Onglet = 'moyens' | 'centres' | 'services' | 'fil' | 'points' | 'exercice' | 'retex';

interface Props {
  salle: Salle;
  titre: string;
  ici: Onglet;
  erreurs: readonly ErreurDeChamp[];
  fait?: string | undefined;
  /** Seconds after which it is read again, as a clock runs. */
  rafraichir?: number | undefined;
  children: ReactNode;
}
export const CadreDeConduite = ({ salle: k, titre, ici, erreurs, fait, rafraichir, children }: Props) => (
  <PageDeSalle k={k} ici={ici}>
    <ErrorSummary erreurs={erreurs} />
    {fait && erreurs.length === 0 && <NotificationBanner ton="succes">{fait}</NotificationBanner>}
    <h2 className="govuk-heading-l cr-page">{titre}</h2>
    <p className="govuk-body-s" role="status" data-du-nouveau hidden>
      Quelqu’un vient d’écrire : cette page a changé. Rechargez-la quand vous aurez fini.
    </p>
    <div className="cr-touches-gardees" data-touches hidden />
    <div
      id="b-conduite"
      data-salle={`/crises/${k.crise.id}`}
      data-suivre={k.fini || ici === 'retex' ? undefined : 'oui'}
      data-comptage={ici === 'centres' ? 'oui' : undefined}
      data-relire={rafraichir ? String(rafraichir) : undefined}
    >
      {children}
    </div>
  </PageDeSalle>
);

/** Shown once a text was held back: what looks like somebody may be a street. */
export const ConfirmerNoms = ({ erreurs }: { erreurs: readonly ErreurDeChamp[] }) => (
  <Confirmer etonnements={erreurs.filter((e) => 'etonne' in e).map(({ champ, message }) => ({ champ, message }))} />
);
