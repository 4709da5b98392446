/** What « Ma journée » says of crises: the rooms that are open and that this person may enter; nothing when there is none. */
import type { Emplacement } from '../../core/module.ts';
import { Section } from '../../ui/PageHeader.tsx';
import { Tag } from '../../ui/Tag.tsx';
import { jourEtHeure, pluriel } from '../../ui/typographie.ts';
import { getCatalogue } from '../contrats/index.ts';
import { peutEntrer } from './crises.policy.ts';
import { listSallesOuvertes } from './crises.queries.ts';

export const mesSalles: Emplacement<null> = async (c) => {
  const cat = await getCatalogue(c.db, c.contrat.id);
  const ouvertes = (await listSallesOuvertes(c.db, c.contrat.id)).filter((k) => peutEntrer(c.utilisateur, k, cat.contient));
  if (ouvertes.length === 0) return null;
  return {
    rang: 1,
    corps: (
      <Section titre={pluriel(ouvertes.length, 'salle de crise ouverte', 'salles de crise ouvertes')}>
        <ul className="govuk-list">
          {ouvertes.map((k) => (
            <li key={k.id}>
              {k.exercice && <Tag ton="laiton">Exercice</Tag>}{' '}
              <a className="govuk-link" href={`/crises/${k.id}`}>
                {k.titre}
              </a>
              , {cat.territoires.get(k.territoireId)?.nom ?? k.territoireId}, depuis le {jourEtHeure(k.ouverteLe)}
            </li>
          ))}
        </ul>
      </Section>
    ),
  };
};
