import { Table } from '../../../../ui/Table.tsx';
import { Tag } from '../../../../ui/Tag.tsx';
import { cx } from '../../../../ui/types.ts';
import { capitale, jour, pluriel } from '../../../../ui/typographie.ts';
import type { DateDeCalendrier } from '../../../../core/module.ts';
import type { Catalogue } from '../../../contrats/index.ts';

/** Shown of one day in a month. */
const PAR_JOUR = 4;

const ETATS = { prevu: 'programmé', fait: 'réalisé', annule: 'annulé' } as const;

/** What partners plan on a day, under its sessions; all of them are in the list. */
export function DatesDuJour({ dates, liste }: { dates: readonly DateDeCalendrier[]; liste: string }) {
  const reste = dates.length - PAR_JOUR;
  const montrees = dates.slice(0, reste === 1 ? PAR_JOUR + 1 : PAR_JOUR);
  return (
    <ul className="c-mois__seances c-mois__dates">
      {montrees.map((d) => (
        <li key={d.id} className={cx(d.etat === 'annule' && 'c-mois__annulee')}>
          {capitale(d.genre)} :{' '}
          <a className="govuk-link" href={d.chemin}>
            {d.titre}
          </a>
          {d.etat !== 'prevu' && ` (${ETATS[d.etat]})`}
        </li>
      ))}
      {reste > 1 && (
        <li>
          <a className="govuk-link" href={liste}>
            et {reste} autres
          </a>
        </li>
      )}
    </ul>
  );
}

export function TableDesDates({ dates, catalogue }: { dates: readonly DateDeCalendrier[]; catalogue: Catalogue }) {
  if (dates.length === 0) return null;
  return (
    <Table
      legende={`${pluriel(dates.length, 'activité programmée', 'activités programmées')} en trois mois`}
      dense
      lignes={dates}
      cle={(d) => d.id}
      colonnes={[
        { cle: 'jour', titre: 'Jour', cellule: (d) => `${jour(d.jour, { semaine: true })}${d.fin && d.fin !== d.jour ? `, jusqu’au ${jour(d.fin)}` : ''}` },
        {
          cle: 'titre',
          titre: 'Activité',
          entete: true,
          cellule: (d) => (
            <a className="govuk-link" href={d.chemin}>
              {d.titre}
            </a>
          ),
        },
        { cle: 'genre', titre: 'Genre', cellule: (d) => capitale(d.genre) },
        { cle: 'lieu', titre: 'Lieu', cellule: (d) => d.lieu || (catalogue.territoires.get(d.territoireId)?.nom ?? '') },
        {
          cle: 'etat',
          titre: 'Étape',
          cellule: (d) => <Tag ton={d.etat === 'prevu' ? 'bleu' : d.etat === 'fait' ? 'vert' : 'neutre'}>{capitale(ETATS[d.etat])}</Tag>,
        },
      ]}
    />
  );
}
