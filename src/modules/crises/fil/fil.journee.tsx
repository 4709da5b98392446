/** « Ma journée » of a mairie: notes of a room that wait for its word. */
import { entre } from '../../../core/authorize.ts';
import type { Emplacement } from '../../../core/module.ts';
import { Section } from '../../../ui/PageHeader.tsx';
import { Tag } from '../../../ui/Tag.tsx';
import { getCatalogue } from '../../contrats/index.ts';
import { accesCrises, peutAccuserNote } from '../crises.policy.ts';
import { listAttendues } from './fil.queries.ts';

export const notesALire: Emplacement<null> = async (c) => {
  const u = c.utilisateur;
  if (!u || !entre(u, accesCrises)) return null;
  const attendues = await listAttendues(c.db, c.contrat.id);
  if (attendues.length === 0) return null;
  const cat = await getCatalogue(c.db, c.contrat.id);
  const miennes = attendues.filter((m) => peutAccuserNote(u, m, cat.contient));
  if (miennes.length === 0) return null;
  return {
    rang: 0,
    corps: (
      <Section titre="Notes de crise à lire">
        <ul className="govuk-list">
          {miennes.map((m) => (
            <li key={m.id}>
              {m.exercice && <Tag ton="laiton">Exercice</Tag>}{' '}
              <a className="govuk-link" href={`/crises/notes/${m.id}`}>
                Note n° {m.note}, {m.titre}
              </a>
              , {cat.territoires.get(m.territoireId)?.nom ?? m.territoireId}
            </li>
          ))}
        </ul>
      </Section>
    ),
  };
};
