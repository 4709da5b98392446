/** What problems say elsewhere: to residents on the page of their place, and on the page of a record they deal with. */
import { jourDe } from '../../../core/clock.ts';
import type { Emplacement } from '../../../core/module.ts';
import { Section } from '../../../ui/PageHeader.tsx';
import { jourDuMoment } from '../../../ui/typographie.ts';
import { getCatalogue } from '../../contrats/index.ts';
import { vueDeLecture } from '../instances.vue.ts';
import { listProblemesDeLObjet, listRetours } from './problemes.queries.ts';
import { ETATS_PROBLEME } from './problemes.rules.ts';

const MONTRES = 6;
export const retoursAuxHabitants: Emplacement<{ territoireId: string }> = async (c, { territoireId }) => {
  const catalogue = await getCatalogue(c.db, c.contrat.id);
  const retours = await listRetours(c.db, c.contrat.id, catalogue.descendants(territoireId), MONTRES);
  if (retours.length === 0) return null;
  const corps = (
    <Section titre="Ce qui a été fait ici" id="ce-qui-a-ete-fait">
      <ul className="govuk-list govuk-list--bullet">
        {retours.map((r) => (
          <li key={`${r.territoireId} ${r.publicPhrase}`}>
            {r.publicPhrase}{' '}
            <span className="c-note">
              {r.territoireId === territoireId ? '' : `${catalogue.territoires.get(r.territoireId)?.nom ?? ''}, `}
              {ETATS_PROBLEME[r.etat]}
              {r.publicValideeLe && `, ${jourDuMoment(r.publicValideeLe)}`}
            </span>
          </li>
        ))}
      </ul>
    </Section>
  );
  return { rang: 15, corps };
};

export const problemesDeLEnregistrement: Emplacement<{ registre: string; id: string }> = async (c, { id }) => {
  const vue = vueDeLecture(c.utilisateur, await getCatalogue(c.db, c.contrat.id), jourDe(c.maintenant));
  const problemes = vue ? await listProblemesDeLObjet(c.db, c.contrat.id, id, vue) : [];
  if (problemes.length === 0) return null;
  const corps = (
    <Section titre="Problèmes suivis" id="problemes">
      <ul className="govuk-list">
        {problemes.map((p) => (
          <li key={p.id}>
            <a className="govuk-link" href={`/problemes/${p.id}`}>
              {p.titre}
            </a>{' '}
            <span className="c-note">
              {ETATS_PROBLEME[p.etat]}, {p.nom}
            </span>
          </li>
        ))}
      </ul>
    </Section>
  );
  return { rang: 20, corps };
};
