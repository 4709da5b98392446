/** What « Ma journée » says of alerts: those that wait to be validated, answered or lifted, among those that this person reads; nothing when there is none. */
import { dependDeLHeure } from '../../../core/base/read-tables.ts';
import type { Emplacement } from '../../../core/module.ts';
import { Section } from '../../../ui/PageHeader.tsx';
import { Tag } from '../../../ui/Tag.tsx';
import { pluriel } from '../../../ui/typographie.ts';
import { getCatalogue } from '../../contrats/index.ts';
import { peutVoirLesAlertes } from '../alertes.policy.ts';
import { direLieu, direPalier } from '../envois/lettres.rules.ts';
import { EtatTag, moment } from '../pages/mots.tsx';
import { listEnAttente, lisibles } from './alertes.queries.ts';

export const alertesEnCours: Emplacement<null> = async (c) => {
  const u = c.utilisateur;
  if (!u || !peutVoirLesAlertes(u)) return null;
  const cat = await getCatalogue(c.db, c.contrat.id);
  const { alertes, total } = await listEnAttente(c.db, c.contrat.id, lisibles(u, cat), u);
  if (alertes.length === 0) return null;
  // A window closes, a validation is overdue: said by the hour, and so drawn each time.
  dependDeLHeure();
  return {
    rang: 0,
    corps: (
      <Section titre={pluriel(total, 'alerte en cours', 'alertes en cours')}>
        <ul className="govuk-list">
          {alertes.map((a) => (
            <li key={a.id}>
              {a.exercice && <Tag ton="laiton">Exercice</Tag>} <EtatTag alerte={a} maintenant={c.maintenant} />{' '}
              {a.attendue && <Tag ton="garance">attend votre réponse</Tag>}{' '}
              <a className="govuk-link" href={`/alertes/${a.id}`}>
                {direPalier(cat, a.palier)}, {direLieu(cat, a.territoireId)}
              </a>
              {a.etat === 'a-valider' && a.validerAvant ? `, part sans validation à ${moment(a.validerAvant, c.maintenant)}` : ''}
            </li>
          ))}
        </ul>
        {total > alertes.length && (
          <p className="govuk-body">
            <a className="govuk-link" href="/alertes">
              Toutes les alertes
            </a>
          </p>
        )}
      </Section>
    ),
  };
};
