/** « Ma journée » of who passes messages on: those that came and were not. */
import { sql } from 'kysely';
import { jourDe } from '../../../core/clock.ts';
import type { Emplacement } from '../../../core/module.ts';
import { Section } from '../../../ui/PageHeader.tsx';
import { jourEtHeure } from '../../../ui/typographie.ts';
import { getCatalogue } from '../../contrats/index.ts';
import { plusJours } from '../../echeances/index.ts';
import { peutRelayer } from '../relais/relais.policy.ts';

/** A message that nobody passed on is news that day and so many days after. Whole days: the page is kept for as long. */
const JOURS = 2;
const MONTRES = 5;
export const messagesARelayer: Emplacement<null> = async (c) => {
  const catalogue = await getCatalogue(c.db, c.contrat.id);
  if (!peutRelayer(c.utilisateur, catalogue.racine.id, catalogue.contient)) return null;
  const { rows } = await sql<{ id: string; titre: string; emetteur: string; recuLe: Date }>`
    select r.id, r.titre, r.emetteur, r.recu_le from cap_recus r
    where r.contrat_id = ${c.contrat.id} and r.recu_le >= ${plusJours(jourDe(c.maintenant), -JOURS)}::date::timestamp at time zone concorde_fuseau(${c.contrat.id}::smallint) and r.portee = 'Public'
      and r.genre in ('Alert', 'Update', 'Cancel') and r.statut in ('Actual', 'Exercise')
      and not exists (select from messages_relayes m where m.contrat_id = r.contrat_id and m.cap_recu_id = r.id)
    order by r.recu_le desc limit ${MONTRES + 1}`.execute(c.db);
  if (rows.length === 0) return null;
  return {
    rang: 5,
    corps: (
      <Section titre="Messages officiels reçus">
        <ul className="govuk-list govuk-list--bullet">
          {rows.slice(0, MONTRES).map((r) => (
            <li key={r.id}>
              <a className="govuk-link" href={`/alertes/cap/${r.id}`}>
                {r.titre || r.emetteur}
              </a>
              , reçu le {jourEtHeure(r.recuLe)}
            </li>
          ))}
        </ul>
        {rows.length > MONTRES && (
          <p className="govuk-body">
            Les {MONTRES} derniers.{' '}
            <a className="govuk-link" href="/alertes/cap">
              Tous les messages reçus
            </a>
          </p>
        )}
      </Section>
    ),
  };
};
