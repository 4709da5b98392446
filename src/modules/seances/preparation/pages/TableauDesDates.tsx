import { Table } from '../../../../ui/Table.tsx';
import { heure, jour } from '../../../../ui/typographie.ts';
import type { Participant } from '../../seances.queries.ts';
import type { DateProposee } from '../seances.queries.ts';

export const REPONSES_DATE = { oui: 'oui', si_besoin: 'si besoin', non: 'non' } as const;

/** Who can come when; the date that suits most stands first in each count. */
export function TableauDesDates({ dates, participants }: { dates: readonly DateProposee[]; participants: readonly Participant[] }) {
  const attendus = participants.filter((p) => p.retireLe === null);
  const compte = (d: DateProposee, r: string) => Object.values(d.reponses).filter((x) => x === r).length;
  return (
    <Table
      legende="Réponses des membres"
      legendeMasquee
      dense
      lignes={dates}
      cle={(d) => d.id}
      colonnes={[
        { cle: 'date', titre: 'Date', entete: true, cellule: (d) => `${jour(d.jour, { semaine: true })} à ${heure(d.heure)}` },
        { cle: 'oui', titre: 'Oui', numerique: true, cellule: (d) => compte(d, 'oui') },
        { cle: 'si_besoin', titre: 'Si besoin', numerique: true, cellule: (d) => compte(d, 'si_besoin') },
        { cle: 'non', titre: 'Non', numerique: true, cellule: (d) => compte(d, 'non') },
        { cle: 'attendus', titre: 'Sans réponse', numerique: true, cellule: (d) => attendus.length - attendus.filter((p) => d.reponses[p.id]).length },
        {
          cle: 'president',
          titre: 'Présidence',
          cellule: (d) =>
            attendus
              .filter((p) => p.qualite === 'president')
              .map((p) => `${p.fonction} : ${d.reponses[p.id] ? REPONSES_DATE[d.reponses[p.id] ?? 'non'] : 'sans réponse'}`)
              .join(' ; '),
        },
      ]}
    />
  );
}
