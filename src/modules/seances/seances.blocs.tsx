/** On the page of a record: the sessions that dealt with it, as this person may know of them. */
import { jourDe } from '../../core/clock.ts';
import type { Emplacement } from '../../core/module.ts';
import { Section } from '../../ui/PageHeader.tsx';
import { jour } from '../../ui/typographie.ts';
import { getCatalogue } from '../contrats/index.ts';
import { EtatSeanceTag, vueDeLecture } from '../instances/index.ts';
import { listSeancesDeLObjet } from './reunions.queries.ts';

export const seancesDeLEnregistrement: Emplacement<{ registre: string; id: string }> = async (c, { id }) => {
  const vue = vueDeLecture(c.utilisateur, await getCatalogue(c.db, c.contrat.id), jourDe(c.maintenant));
  const seances = vue ? await listSeancesDeLObjet(c.db, c.contrat.id, id, vue) : [];
  if (seances.length === 0) return null;
  const corps = (
    <Section titre="Examiné en séance" id="seances">
      <ul className="govuk-list">
        {seances.map((s) => (
          <li key={s.id}>
            <a className="govuk-link" href={`/seances/${s.id}`}>
              {s.titre}
            </a>{' '}
            <span className="c-note">
              {s.instance}
              {s.jour && `, ${jour(s.jour)}`}
            </span>{' '}
            <EtatSeanceTag etat={s.etat} />
          </li>
        ))}
      </ul>
    </Section>
  );
  return { rang: 10, corps };
};
