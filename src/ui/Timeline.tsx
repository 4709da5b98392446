import type { ReactNode } from 'react';
import type { Example } from './types.ts';
import { heure as ecrireHeure, jour as ecrireJour } from './typographie.ts';

export interface Evenement {
  titre: ReactNode;
  /** `YYYY-MM-DD`. */
  jour: string;
  /** `HH:MM`. */
  heure?: string;
  par?: ReactNode;
  contenu?: ReactNode;
}

/** What happened, latest first or in order: the caller sorts. `direJour`: a page in another language says days in its own way, and who without « par ». */
export function Timeline({ items, niveau = 3, direJour }: { items: readonly Evenement[]; niveau?: 2 | 3 | 4; direJour?: (iso: string) => string }) {
  const Titre = `h${niveau}` as const;
  return (
    <div className="moj-timeline">
      {items.map((e, rang) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: static markup, never reordered
        <div key={rang} className="moj-timeline__item">
          <div className="moj-timeline__header">
            <Titre className="moj-timeline__title">{e.titre}</Titre>
            {e.par && <p className="moj-timeline__byline">{direJour ? e.par : <>par {e.par}</>}</p>}
          </div>
          <p className="moj-timeline__date">
            <time dateTime={e.heure ? `${e.jour}T${e.heure}` : e.jour}>
              {(direJour ?? ecrireJour)(e.jour)}
              {e.heure && ` à ${ecrireHeure(e.heure)}`}
            </time>
          </p>
          {e.contenu && <div className="moj-timeline__description">{e.contenu}</div>}
        </div>
      ))}
    </div>
  );
}

export const examples: Example[] = [
  {
    nom: 'Vie d’une décision',
    rendu: (
      <Timeline
        items={[
          {
            titre: 'Décision exécutée',
            jour: '2026-07-01',
            heure: '14:30',
            par: 'Mairie du 12e',
            contenu: <p className="govuk-body">L’éclairage du square a été remplacé.</p>,
          },
          { titre: 'Décision adoptée en séance', jour: '2026-03-18', par: 'CLSPD plénier' },
        ]}
      />
    ),
  },
];
