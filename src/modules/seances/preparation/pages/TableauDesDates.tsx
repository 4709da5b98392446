import { Table } from '../../../../ui/Table.tsx';
import { heure, jour } from '../../../../ui/typographie.ts';
import type { Participant } from '../../seances.queries.ts';
import { direQuiARepondu, reponseQuiCompte } from '../reponses.rules.ts';
import type { DateProposee } from '../seances.queries.ts';

export const REPONSES_DATE = { oui: 'oui', si_besoin: 'si besoin', non: 'non' } as const;

/** Who can come when; of what another answered, by whom. Of a seat, the holder's answer counts first. */
export function TableauDesDates({ dates, participants }: { dates: readonly DateProposee[]; participants: readonly Participant[] }) {
  const attendus = participants.filter((p) => p.retireLe === null);
  const dite = (d: DateProposee, p: Participant) => reponseQuiCompte(d.reponses[p.id]);
  const compte = (d: DateProposee, r: string) => participants.filter((p) => dite(d, p)?.reponse === r).length;
  const autres = participants.flatMap((p) => {
    const r = dates.map((d) => dite(d, p)).find((x) => x !== null);
    return r && r.voie !== 'titulaire' ? [`${p.fonction} (${direQuiARepondu({ ...p, nom: p.nom || p.fonction, voie: r.voie, par: r.par })})`] : [];
  });
  return (
    <>
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
          { cle: 'attendus', titre: 'Sans réponse', numerique: true, cellule: (d) => attendus.filter((p) => dite(d, p) === null).length },
          {
            cle: 'president',
            titre: 'Présidence',
            cellule: (d) =>
              attendus
                .filter((p) => p.qualite === 'president')
                .map((p) => {
                  const r = dite(d, p);
                  return `${p.fonction} : ${r ? REPONSES_DATE[r.reponse] : 'sans réponse'}${r?.voie === 'suppleant' ? ', en suppléance' : r?.voie === 'notee' ? ', par un autre' : ''}`;
                })
                .join(' ; '),
          },
        ]}
      />
      {autres.length > 0 && <p className="govuk-body-s">Réponses qui ne viennent pas du titulaire : {autres.join(' ; ')}.</p>}
    </>
  );
}
