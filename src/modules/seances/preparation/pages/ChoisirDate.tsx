import { masquesDeVersion } from '../../../../core/http/versions.ts';
import { Button } from '../../../../ui/Button.tsx';
import { Form } from '../../../../ui/Form.tsx';
import { Section } from '../../../../ui/PageHeader.tsx';
import { Select } from '../../../../ui/Select.tsx';
import { jour } from '../../../../ui/typographie.ts';
import { type ErreurDeChamp, erreurDe } from '../../../../ui/types.ts';
import type { Participant, Seance } from '../../seances.queries.ts';
import { dateEnregistree } from '../preparation.formulaires.ts';
import type { DateProposee } from '../seances.queries.ts';
import { JourApres } from './JourApres.tsx';
import { TableauDesDates } from './TableauDesDates.tsx';

interface ChoisirDateProps {
  seance: Seance;
  dates: readonly DateProposee[];
  participants: readonly Participant[];
  champs: Readonly<Record<string, string>>;
  erreurs: readonly ErreurDeChamp[];
}

/** What members answered, and the date that is kept. */
export function ChoisirDate(p: ChoisirDateProps) {
  return (
    <Section titre="Choix de la date">
      <TableauDesDates dates={p.dates} participants={p.participants} />
      <Form action={`/seances/${p.seance.id}/date`} masques={masquesDeVersion(dateEnregistree(p.seance, p.dates))}>
        <Select
          nom="date"
          libelle="Date retenue"
          vide="choisir"
          valeur={p.champs.date}
          erreur={erreurDe(p.erreurs, 'date')}
          options={p.dates.map((d) => ({ valeur: d.id, libelle: `${jour(d.jour, { semaine: true })} à ${d.heure}` }))}
        />
        <JourApres erreurs={p.erreurs} jour={p.dates.find((d) => d.id === p.champs.date)?.jour} />
        <Button>Retenir cette date</Button>
      </Form>
    </Section>
  );
}
