import { Button, ButtonGroup } from '../../../../ui/Button.tsx';
import { Checkboxes } from '../../../../ui/Choices.tsx';
import { ErrorSummary } from '../../../../ui/ErrorSummary.tsx';
import { Form } from '../../../../ui/Form.tsx';
import { PageHeader } from '../../../../ui/PageHeader.tsx';
import { type ErreurDeChamp, erreurDe } from '../../../../ui/types.ts';
import type { Participant, Point, Seance } from '../../seances.queries.ts';

interface ReserverPageProps {
  seance: Seance;
  /** Named whatever is chosen; those who may be. */
  offices: readonly Participant[];
  autres: readonly Participant[];
  deplacables: readonly Point[];
  choisis: readonly string[];
  points: readonly string[];
  erreurs: readonly ErreurDeChamp[];
}
const direSiege = (p: Participant): string => (p.nom ? `${p.nom}, ${p.fonction}` : `${p.fonction} (siège à pourvoir)`);

export function ReserverPage(p: ReserverPageProps) {
  return (
    <>
      <ErrorSummary erreurs={p.erreurs} />
      <PageHeader
        titre="Réserver une partie de la séance"
        surtitre={p.seance.titre}
        chapo="Elle a son ordre du jour, ses documents, ses notes, ses décisions et son relevé, lus des seuls membres nommés. Les autres lisent « point réservé », sans titre."
      />
      <p className="govuk-body">Sont nommés d’office la présidence, le secrétariat et vous-même :</p>
      <ul className="govuk-list govuk-list--bullet">
        {p.offices.map((x) => (
          <li key={x.id}>{direSiege(x)}</li>
        ))}
      </ul>
      <Form action={`/seances/${p.seance.id}/reserver`}>
        {p.autres.length > 0 && (
          <Checkboxes
            nom="sieges"
            legende="Autres membres qui la liront"
            facultatif
            petit
            valeurs={p.choisis}
            options={p.autres.map((x) => ({ valeur: x.id, libelle: direSiege(x) }))}
          />
        )}
        {p.deplacables.length > 0 && (
          <Checkboxes
            nom="points"
            legende="Points de l’ordre du jour à y mettre"
            aide="Avec leurs documents. Les autres points de la partie réservée s’écrivent ensuite."
            facultatif
            petit
            valeurs={p.points}
            options={p.deplacables.map((x) => ({ valeur: x.id, libelle: x.titre }))}
          />
        )}
        <Checkboxes
          nom="confirme"
          legende="Confirmation"
          erreur={erreurDe(p.erreurs, 'confirme')}
          options={[{ valeur: 'oui', libelle: 'Ces membres, et eux seuls, liront la partie réservée' }]}
        />
        <ButtonGroup>
          <Button>Réserver cette partie</Button>
          <a className="govuk-link" href={`/seances/${p.seance.id}`}>
            Revenir à la séance
          </a>
        </ButtonGroup>
      </Form>
    </>
  );
}
