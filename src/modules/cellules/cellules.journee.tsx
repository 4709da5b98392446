/** What « Ma journée » says of cells to who sits in one, composes or controls it: that something waits, since when, and nothing else. */
import { sql } from 'kysely';
import { entre } from '../../core/authorize.ts';
import { jourDe } from '../../core/clock.ts';
import type { Db } from '../../core/base/database.ts';
import type { Emplacement } from '../../core/module.ts';
import { enSuite } from '../../ui/enSuite.tsx';
import { Section } from '../../ui/PageHeader.tsx';
import { jour } from '../../ui/typographie.ts';
import { accesCellules } from './cellules.policy.ts';

interface Attente {
  depuis: string;
}
/** One for each cell, by a function that crosses the planes with a day and no subject. */
async function listAttentes(db: Db, compteId: string, aujourdhui: string): Promise<Attente[]> {
  return (await sql<Attente>`select * from cellules_en_attente(${compteId}::uuid, ${aujourdhui}::date)`.execute(db)).rows;
}

export const attenteDesCellules: Emplacement<null> = async (c) => {
  const u = c.utilisateur;
  if (!u || !entre(u, accesCellules)) return null;
  const attentes = await listAttentes(c.db, u.id, jourDe(c.maintenant));
  if (attentes.length === 0) return null;
  return {
    rang: 15,
    corps: (
      <Section titre="Cellules">
        <ul className="govuk-list">
          {enSuite(attentes, (a) => (
            <li>
              <a className="govuk-link" href="/cellules">
                Une cellule vous attend, depuis le {jour(a.depuis)}
              </a>
            </li>
          ))}
        </ul>
      </Section>
    ),
  };
};
