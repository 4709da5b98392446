import { EmptyState } from '../../../ui/EmptyState.tsx';
import { Section } from '../../../ui/PageHeader.tsx';
import { Table } from '../../../ui/Table.tsx';
import { jourCourt } from '../../../ui/typographie.ts';
import { EtatSeanceTag, type SeanceDuJour } from '../../instances/index.ts';

/** Sessions to prepare, to attend, to finish. */
export function JourneeSeances({ seances }: { seances: readonly SeanceDuJour[] }) {
  return (
    <Section
      titre="Vos séances"
      actions={
        <a className="govuk-link" href="/calendrier?qui=moi">
          Votre calendrier
        </a>
      }
    >
      <Table
        legende="Séances à préparer, à tenir ou à clore"
        legendeMasquee
        dense
        lignes={seances.slice(0, 10)}
        cle={(s) => s.id}
        vide={
          <EmptyState titre="Aucune séance en vue" actions={[{ libelle: 'Ouvrir les instances', href: '/instances' }]}>
            Aucune séance de vos instances n’est en préparation, convoquée ou en relecture.
          </EmptyState>
        }
        colonnes={[
          { cle: 'jour', titre: 'Date', cellule: (s) => (s.jour ? jourCourt(s.jour) : 'à choisir') },
          {
            cle: 'titre',
            titre: 'Séance',
            entete: true,
            cellule: (s) => (
              <a className="govuk-link" href={s.tient && s.etat === 'preparation' ? `/seances/${s.id}/preparer` : `/seances/${s.id}`}>
                {s.titre}
              </a>
            ),
          },
          { cle: 'instance', titre: 'Instance', cellule: (s) => s.instance },
          { cle: 'etat', titre: 'État', cellule: (s) => <EtatSeanceTag etat={s.etat} /> },
        ]}
      />
    </Section>
  );
}
