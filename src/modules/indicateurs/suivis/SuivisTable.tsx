import { Chiffre } from '../../../ui/Chiffre.tsx';
import { type Colonne, Table } from '../../../ui/Table.tsx';
import type { Catalogue } from '../../contrats/index.ts';
import type { Chiffre as Figure } from '../chiffres.rules.ts';
import { preuveDe, type SuiviLu } from './suivis.ts';

export interface SuivisTableProps {
  legende: string;
  lignes: readonly SuiviLu[];
  annee: number;
  catalogue: Catalogue;
  /** Where this person gives it; null when they may not. */
  fournir: (s: SuiviLu) => string | null;
  /** On the page of a system, it is not named again. */
  sansDispositif?: boolean;
}

/** Each figure with its state, its year before, and what it is a part of. */
export function SuivisTable({ legende, lignes, annee, catalogue: c, fournir, sansDispositif }: SuivisTableProps) {
  const dire = (l: SuiviLu, x: Figure, periode: number) => <Chiffre {...x} nommer={(id) => c.nomActeur(id)} href={preuveDe(l.suivi, periode)} />;
  const dispositifs: Colonne<SuiviLu> = {
    cle: 'dispositifs',
    titre: 'Dispositif',
    cellule: (l) =>
      l.suivi.systemes.map((id, rang) => (
        <span key={id}>
          {rang > 0 && ', '}
          <a className="govuk-link" href={`/dispositifs/${id}`}>
            {c.systemes.get(id)?.nom ?? id}
          </a>
        </span>
      )),
  };
  return (
    <Table<SuiviLu>
      legende={legende}
      legendeMasquee
      dense
      lignes={lignes}
      cle={(l) => l.suivi.id}
      colonnes={[
        {
          cle: 'chiffre',
          titre: 'Chiffre',
          entete: true,
          cellule: (l) => (
            <>
              {l.suivi.court}
              {l.suivi.partDe && <div className="govuk-hint govuk-!-margin-bottom-0">{`part du chiffre ${l.suivi.partDe.mesure}`}</div>}
            </>
          ),
        },
        ...(sansDispositif ? [] : [dispositifs, { cle: 'fiche', titre: 'Fiche', cellule: (l: SuiviLu) => l.suivi.fiche }]),
        { cle: 'annee', titre: String(annee), cellule: (l) => dire(l, l.annee, annee) },
        { cle: 'avant', titre: String(annee - 1), cellule: (l) => dire(l, l.avant, annee - 1) },
        {
          cle: 'action',
          titre: 'Action',
          titreMasque: true,
          cellule: (l) => {
            const href = fournir(l);
            return (
              href && (
                <a className="govuk-link" href={href}>
                  Fournir<span className="govuk-visually-hidden">{` : ${l.suivi.court}`}</span>
                </a>
              )
            );
          },
        },
      ]}
    />
  );
}
