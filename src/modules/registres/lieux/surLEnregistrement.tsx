import type { Contexte } from '../../../core/http/http.ts';
import type { Bloc } from '../../../core/module.ts';
import { Section } from '../../../ui/PageHeader.tsx';
import { getCatalogue } from '../../contrats/index.ts';
import { listLieuxDe } from './lieux.queries.ts';
import { direType, LISTE_DES_TYPES } from './lieux.rules.ts';

/** On the page of a record: the places that it is at, and why. */
export async function blocDesLieux(c: Contexte, activiteId: string): Promise<Bloc[]> {
  const lieux = await listLieuxDe(c.db, c.contrat.id, activiteId);
  if (lieux.length === 0) return [];
  const types = (await getCatalogue(c.db, c.contrat.id)).listes.get(LISTE_DES_TYPES) ?? [];
  const corps = (
    <Section titre="Lieux">
      <ul className="govuk-list govuk-list--bullet">
        {lieux.map((l) => (
          <li key={l.id}>
            <a className="govuk-link" href={`/lieux/${l.type}/${l.code}`}>
              {l.nom}
            </a>
            {`, ${direType(types, l.type)} (${l.choisi ? 'choisi' : 'd’après son point'})`}
          </li>
        ))}
      </ul>
    </Section>
  );
  return [{ rang: 0, corps }];
}
