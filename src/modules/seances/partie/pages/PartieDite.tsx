import { InsetText } from '../../../../ui/InsetText.tsx';
import type { Seance } from '../../seances.queries.ts';

export interface PartieDiteProps {
  seance: Pick<Seance, 'id'>;
  /** Its reserved part, or the session of which it is one, as this reader may open them. */
  partie: Pick<Seance, 'id'> | null;
  entiere: Pick<Seance, 'id' | 'titre'> | null;
  /** May make one. */
  reserver: boolean;
}
/** What is read by some alone, on either side of it. */
export function PartieDite(p: PartieDiteProps) {
  if (p.entiere)
    return (
      <InsetText>
        Partie réservée de{' '}
        <a className="govuk-link" href={`/seances/${p.entiere.id}`}>
          {p.entiere.titre}
        </a>
        . Seuls ses participants, nommés plus bas, lisent ses points, ses documents, ses décisions et son relevé ; les autres membres lisent « point réservé ».
      </InsetText>
    );
  if (p.partie)
    return (
      <InsetText>
        Vous êtes de la partie réservée de cette séance :{' '}
        <a className="govuk-link" href={`/seances/${p.partie.id}`}>
          ouvrir la partie réservée
        </a>
        .
      </InsetText>
    );
  return p.reserver ? (
    <p className="govuk-body">
      <a className="govuk-link" href={`/seances/${p.seance.id}/reserver`}>
        Réserver une partie de la séance à certains membres
      </a>
    </p>
  ) : null;
}
