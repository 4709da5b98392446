/** On the page of a record: the reports for which it was made, that this person may read. */
import type { Emplacement } from '../../../core/module.ts';
import { Section } from '../../../ui/PageHeader.tsx';
import { jour } from '../../../ui/typographie.ts';
import { getCatalogue } from '../../contrats/index.ts';
import { peutLire } from '../demandes/demandes.policy.ts';
import { cheminDeDemande } from '../demandes/identifiants.ts';
import { listOriginesDe } from './etapes.queries.ts';

export const originesDeLEnregistrement: Emplacement<{ registre: string; id: string }> = async (c, { id }) => {
  const catalogue = await getCatalogue(c.db, c.contrat.id);
  const lisibles = (await listOriginesDe(c.db, c.contrat.id, id)).filter((d) => peutLire(c.utilisateur, d, catalogue, catalogue.contient));
  if (lisibles.length === 0) return null;
  const corps = (
    <Section titre="Fait pour" id="demandes-d-origine">
      <ul className="govuk-list">
        {lisibles.map((d) => (
          <li key={d.id}>
            <a className="govuk-link" href={cheminDeDemande(d.id)}>
              Demande n° {d.numero}, {d.titre}
            </a>{' '}
            <span className="c-note">{jour(d.jour)}</span>
          </li>
        ))}
      </ul>
    </Section>
  );
  return { rang: 10, corps };
};
