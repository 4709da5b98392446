import { isValidElement, type ReactNode } from 'react';
import { cx, type Example } from './types.ts';
import { nombre } from './typographie.ts';

export interface Colonne<L> {
  cle: string;
  titre: string;
  cellule: (ligne: L, rang: number) => ReactNode;
  /** Right-aligned tabular figures. */
  numerique?: boolean;
  /** The cell names its row (row header, and title of the card on a phone). */
  entete?: boolean;
  triable?: boolean;
  /** Sentences: on a phone they stand under the title, the whole width. */
  phrases?: boolean;
  /** Title read but not shown (a column of actions). */
  titreMasque?: boolean;
}
type Sens = 'asc' | 'desc';

export interface TableProps<L> {
  legende: ReactNode;
  colonnes: readonly Colonne<L>[];
  lignes: readonly L[];
  cle: (ligne: L) => string;
  /** The order now in force. */
  tri?: { cle: string; sens: Sens };
  /** Address of the same list in another order; headers of `triable` columns become links. */
  hrefTri?: (cle: string, sens: Sens) => string;
  /** Shown instead of the table when there is no row. */
  vide?: ReactNode;
  /** Boxes at the head of rows, for bulk actions; the table must stand in a form. */
  selection?: { nom: string; libelle: (ligne: L) => string; valeur?: (ligne: L) => string; cochee?: (ligne: L) => boolean };
  dense?: boolean;
  legendeMasquee?: boolean;
  /**
   * On a phone, rows become cards (default) or the table scrolls inside its own frame (matrices); `large`: cards on a phone, a frame
   * that scrolls elsewhere, the head of each row staying in sight.
   */
  forme?: 'cartes' | 'defile' | 'large';
  /** On a phone, each row is its head and this sentence: for many rows of many numbers. */
  enPhrase?: (ligne: L) => ReactNode;
  /** Last row: totals. One cell for each column. */
  pied?: readonly ReactNode[];
}

/** Rows of the same kind. The page itself never scrolls sideways, even at 320 px. */
export function Table<L>(p: TableProps<L>) {
  if (p.lignes.length === 0 && p.vide) return p.vide;
  const forme = p.forme ?? 'cartes';
  const table = (
    <table
      className={cx(
        'govuk-table',
        'c-table',
        forme === 'defile' ? 'c-table--defile' : 'c-table--cartes',
        forme === 'large' && 'c-table--large',
        p.dense && 'c-table--dense',
        p.enPhrase && 'c-table--phrases',
      )}
      data-selection={p.selection ? 'oui' : undefined}
    >
      <caption className={cx('govuk-table__caption', 'govuk-table__caption--s', p.legendeMasquee && 'govuk-visually-hidden')}>{p.legende}</caption>
      <thead className="govuk-table__head">
        <tr className="govuk-table__row">
          {p.selection && (
            <th scope="col" className="govuk-table__header c-table__case">
              <span className="govuk-visually-hidden">Sélection</span>
            </th>
          )}
          {p.colonnes.map((c) => (
            <Entete key={c.cle} colonne={c} tri={p.tri} hrefTri={p.hrefTri} />
          ))}
        </tr>
      </thead>
      <tbody className="govuk-table__body">
        {p.lignes.map((ligne, rang) => (
          <tr key={p.cle(ligne)} className="govuk-table__row">
            {p.selection && <CaseDeLigne ligne={ligne} cle={p.cle} selection={p.selection} />}
            {p.colonnes.map((c) => (
              <Cellule key={c.cle} colonne={c} ligne={ligne} rang={rang} />
            ))}
            {p.enPhrase && <td className="govuk-table__cell c-table__phrase">{p.enPhrase(ligne)}</td>}
          </tr>
        ))}
      </tbody>
      {p.pied && (
        <tfoot className="c-table__pied">
          <tr className="govuk-table__row">
            {p.selection && <td className="govuk-table__cell" />}
            {p.colonnes.map((c, i) => (
              <td key={c.cle} className={cx('govuk-table__cell', c.numerique && 'govuk-table__cell--numeric')} data-libelle={c.titre}>
                {p.pied?.[i]}
              </td>
            ))}
          </tr>
        </tfoot>
      )}
    </table>
  );
  if (forme === 'cartes') return table;
  return (
    // A frame that scrolls must be reachable by keyboard.
    <section className="c-defile" aria-label={typeof p.legende === 'string' ? p.legende : 'Tableau'} tabIndex={0}>
      {table}
    </section>
  );
}

function Entete<L>({ colonne: c, tri, hrefTri }: { colonne: Colonne<L>; tri: TableProps<L>['tri']; hrefTri: TableProps<L>['hrefTri'] }) {
  const actif = tri?.cle === c.cle ? tri.sens : null;
  const prochain: Sens = actif === 'asc' ? 'desc' : 'asc';
  const titre = c.titreMasque ? <span className="govuk-visually-hidden">{c.titre}</span> : c.titre;
  return (
    <th
      scope="col"
      className={cx('govuk-table__header', c.numerique && 'govuk-table__header--numeric')}
      aria-sort={actif ? (actif === 'asc' ? 'ascending' : 'descending') : c.triable ? 'none' : undefined}
    >
      {c.triable && hrefTri ? (
        <a className="c-tri" href={hrefTri(c.cle, prochain)}>
          {titre}
          <span className={cx('c-tri__sens', actif && `c-tri__sens--${actif}`)} aria-hidden="true" />
          <span className="govuk-visually-hidden">, trier par ordre {prochain === 'asc' ? 'croissant' : 'décroissant'}</span>
        </a>
      ) : (
        titre
      )}
    </th>
  );
}

function Cellule<L>({ colonne: c, ligne, rang }: { colonne: Colonne<L>; ligne: L; rang: number }) {
  const contenu = c.cellule(ligne, rang);
  if (c.entete)
    return (
      <th scope="row" className="govuk-table__header c-table__entete">
        {contenu}
      </th>
    );
  return (
    <td
      className={cx('govuk-table__cell', c.numerique && 'govuk-table__cell--numeric', c.phrases && 'c-table__phrases')}
      data-libelle={c.titreMasque ? undefined : c.titre}
    >
      {/* One box: on a phone the cell puts its label on one side and what it says on the other. */}
      {isValidElement(contenu) ? <div className="c-table__valeur">{contenu}</div> : contenu}
    </td>
  );
}

function CaseDeLigne<L>({ ligne, cle, selection }: { ligne: L; cle: (l: L) => string; selection: NonNullable<TableProps<L>['selection']> }) {
  const id = `${selection.nom}-${cle(ligne)}`;
  return (
    <td className="govuk-table__cell c-table__case">
      <div className="govuk-checkboxes govuk-checkboxes--small">
        <div className="govuk-checkboxes__item">
          <input
            className="govuk-checkboxes__input"
            type="checkbox"
            id={id}
            name={selection.nom}
            value={selection.valeur?.(ligne) ?? cle(ligne)}
            defaultChecked={selection.cochee?.(ligne) ?? false}
          />
          <label className="govuk-label govuk-checkboxes__label" htmlFor={id}>
            <span className="govuk-visually-hidden">Sélectionner {selection.libelle(ligne)}</span>
          </label>
        </div>
      </div>
    </td>
  );
}

interface LigneExemple {
  id: string;
  titre: string;
  jour: string;
  participants: number;
}
const LIGNES: LigneExemple[] = [
  { id: '1', titre: 'Collège Jean-Moulin, classes de 5e', jour: '01/07/2026', participants: 112 },
  { id: '2', titre: 'Lycée Rodin, prévention du harcèlement', jour: '12/06/2026', participants: 1048 },
];
const COLONNES: Colonne<LigneExemple>[] = [
  {
    cle: 'titre',
    titre: 'Intervention',
    cellule: (l) => (
      <a className="govuk-link" href={`/i/${l.id}`}>
        {l.titre}
      </a>
    ),
    entete: true,
    triable: true,
  },
  { cle: 'jour', titre: 'Jour', cellule: (l) => l.jour, triable: true },
  { cle: 'participants', titre: 'Participants', cellule: (l) => nombre(l.participants), numerique: true, triable: true },
];
export const examples: Example[] = [
  {
    nom: 'Liste triée, avec sélection',
    rendu: (
      <Table
        legende="Interventions"
        colonnes={COLONNES}
        lignes={LIGNES}
        cle={(l) => l.id}
        tri={{ cle: 'jour', sens: 'desc' }}
        hrefTri={(cle, sens) => `?tri=${cle}&sens=${sens}`}
        selection={{ nom: 'ids', libelle: (l) => l.titre }}
        dense
      />
    ),
  },
  {
    nom: 'Nombres dits en une phrase sur un téléphone',
    rendu: (
      <Table
        legende="Participants"
        colonnes={COLONNES}
        lignes={LIGNES}
        cle={(l) => l.id}
        enPhrase={(l) => `${nombre(l.participants)} participants, le ${l.jour}`}
      />
    ),
  },
  {
    nom: 'Matrice qui défile, avec total',
    rendu: <Table legende="Participants" colonnes={COLONNES} lignes={LIGNES} cle={(l) => l.id} forme="defile" pied={['Total', '', nombre(1160)]} />,
  },
];
