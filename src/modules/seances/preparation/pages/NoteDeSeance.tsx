import { InsetText } from '../../../../ui/InsetText.tsx';
import { PageHeader, Section } from '../../../../ui/PageHeader.tsx';
import { duree, heure, jour } from '../../../../ui/typographie.ts';
import type { Catalogue } from '../../../contrats/index.ts';
import { type Decision, ETATS_DECISION, numeroEcrit } from '../../../decisions/index.ts';
import type { Instance } from '../../../instances/index.ts';
import { DossierDePoint } from '../../pages/DossierDePoint.tsx';
import type { Point, Seance } from '../../seances.queries.ts';
import { direGenre } from '../../seances.rules.ts';

export interface NoteDeSeanceProps {
  seance: Seance;
  instance: Instance;
  catalogue: Catalogue;
  points: readonly Point[];
  decisions: readonly Decision[];
}

/** The whole of a session on one page, to be read before it or printed: each item with its sheet open, and what was decided. */
export function NoteDeSeance({ seance: s, instance, catalogue, points, decisions }: NoteDeSeanceProps) {
  const quand = [s.jour ? `le ${jour(s.jour)}` : 'à une date à choisir', ...(s.heure ? [`à ${heure(s.heure)}`] : []), ...(s.lieu ? [s.lieu] : [])];
  return (
    <>
      <PageHeader titre={s.titre} surtitre={instance.nom} chapo={`${quand.join(', ')}. Imprimez cette page : tout y est déplié.`} />
      {points.length === 0 && <InsetText>L’ordre du jour n’est pas encore écrit : cette note se remplira avec lui.</InsetText>}
      {points.map((p, rang) => (
        <Section key={p.id} titre={`${rang + 1}. ${p.titre}`}>
          <p className="govuk-body">
            {[direGenre(p.genre, p.acceptePar && catalogue.nomActeur(p.acceptePar)), duree(p.minutes), ...(p.rapporteur ? [p.rapporteur] : [])].join(', ')}
          </p>
          {p.dossier && <DossierDePoint dossier={p.dossier} id={p.id} fige />}
        </Section>
      ))}
      {decisions.length > 0 && (
        <Section titre="Décisions et actions">
          <ul className="govuk-list govuk-list--bullet">
            {decisions.map((d) => (
              <li key={d.id}>
                {[
                  `${numeroEcrit(d)} ${d.libelle}`.trim(),
                  catalogue.nomActeurA(d.responsableId, d.territoireId),
                  d.echeance ? `pour le ${jour(d.echeance)}` : 'sans date',
                ].join(', ')}{' '}
                ({ETATS_DECISION[d.etat].toLowerCase()})
              </li>
            ))}
          </ul>
        </Section>
      )}
    </>
  );
}
