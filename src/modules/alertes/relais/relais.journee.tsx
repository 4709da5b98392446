/** « Ma journée » of who may confirm: what one person alone has said to the public. */
import type { Emplacement } from '../../../core/module.ts';
import { Section } from '../../../ui/PageHeader.tsx';
import { jourEtHeure } from '../../../ui/typographie.ts';
import { getCatalogue } from '../../contrats/index.ts';
import { peutRelayer } from './relais.policy.ts';
import { listAConfirmer } from './relais.queries.ts';

export const messagesAConfirmer: Emplacement<null> = async (c) => {
  const u = c.utilisateur;
  if (!u) return null;
  const catalogue = await getCatalogue(c.db, c.contrat.id);
  const lieux = [...catalogue.territoires.keys()].filter((t) => peutRelayer(u, t, catalogue.contient));
  const messages = lieux.length === 0 ? [] : await listAConfirmer(c.db, c.contrat.id, lieux, u.id);
  if (messages.length === 0) return null;
  return {
    rang: 4,
    corps: (
      <Section titre="Messages officiels à confirmer">
        <ul className="govuk-list govuk-list--bullet">
          {messages.map((m) => (
            <li key={m.id}>
              <a className="govuk-link" href={`/alertes/relais/${m.id}`}>
                {m.titre}
              </a>
              , {catalogue.nomActeur(m.origineId)}. {m.aConfirmerAvant && `Il se retire le ${jourEtHeure(m.aConfirmerAvant)} si personne ne le confirme.`}
            </li>
          ))}
        </ul>
      </Section>
    ),
  };
};
