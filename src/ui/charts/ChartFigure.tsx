import type { ReactNode } from 'react';
import { Details } from '../Details.tsx';
import { type Colonne, Table } from '../Table.tsx';
import type { Example } from '../types.ts';

interface Tableau {
  legende: string;
  colonnes: readonly string[];
  /** The first cell of a row names it. */
  lignes: readonly (readonly ReactNode[])[];
  /** Its cells are words, not figures: aligned as they are read. */
  mots?: boolean;
}

export interface ChartFigureProps {
  titre: ReactNode;
  /** What is to be seen, in a sentence. */
  description?: ReactNode;
  source?: ReactNode;
  tableau: Tableau;
  /** Words for the shapes that are on the drawing (hatching, dots…). */
  legende?: ReactNode;
  children: ReactNode;
}

/** A drawing is never alone: its title, what it says, its source, and the same data as a table. */
export function ChartFigure({ titre, description, source, tableau, legende, children }: ChartFigureProps) {
  return (
    <figure className="c-figure">
      <figcaption className="c-figure__titre">{titre}</figcaption>
      {description && <p className="c-figure__description">{description}</p>}
      <div className="c-figure__cadre">
        {children}
        {legende}
      </div>
      {source && <p className="c-figure__source">{source}</p>}
      <Details resume="Voir les données en tableau">
        <DataTable {...tableau} />
      </Details>
    </figure>
  );
}

function DataTable({ legende, colonnes, lignes, mots = false }: Tableau) {
  const definition: Colonne<readonly ReactNode[]>[] = colonnes.map((titre, i) => ({
    cle: `${i}`,
    titre,
    cellule: (l) => l[i],
    entete: i === 0,
    numerique: i > 0 && !mots,
  }));
  const rangs = new Map(lignes.map((l, i) => [l, `${i}`]));
  return <Table legende={legende} colonnes={definition} lignes={lignes} cle={(l) => rangs.get(l) ?? ''} forme="defile" dense legendeMasquee />;
}

export const examples: Example[] = [
  {
    nom: 'Cadre d’un graphique',
    rendu: (
      <ChartFigure
        titre="Interventions par an"
        source="Registre des interventions"
        tableau={{
          legende: 'Interventions',
          colonnes: ['Année', 'Nombre'],
          lignes: [
            ['2025', '1 204'],
            ['2026', '1 284'],
          ],
        }}
      >
        <p className="govuk-body">Le dessin</p>
      </ChartFigure>
    ),
  },
];
