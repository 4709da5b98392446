/** What « Ma journée » says of crises: what waits for the control room, the rooms that are open and that this person may enter; nothing when there is none. */
import { entre } from '../../core/authorize.ts';
import type { Emplacement } from '../../core/module.ts';
import { Section } from '../../ui/PageHeader.tsx';
import { Tag } from '../../ui/Tag.tsx';
import { jourEtHeure, pluriel } from '../../ui/typographie.ts';
import { getCatalogue } from '../contrats/index.ts';
import { accesConduite, peutEntrer } from './crises.policy.ts';
import { listSallesOuvertes } from './crises.queries.ts';
import { compterEnAttente } from './roles/avis.queries.ts';

/** What mairies learnt and nobody told the control room: the clock runs, whoever reads it is told first. */
export const avisEnAttente: Emplacement<null> = async (c) => {
  const u = c.utilisateur;
  if (!u || !entre(u, accesConduite)) return null;
  const cat = await getCatalogue(c.db, c.contrat.id);
  // A mandate that is limited to one fiche reads them on their page.
  const { nombre, depuis } = await compterEnAttente(c.db, c.contrat.id, { u, cat, fiche: '' });
  if (nombre === 0 || !depuis) return null;
  return {
    rang: 0,
    corps: (
      <Section titre={pluriel(nombre, 'événement appris par une mairie', 'événements appris par des mairies')}>
        <p className="govuk-body">
          <a className="govuk-link" href="/crises/avis">
            Dire que la salle de commandement est prévenue
          </a>
          {nombre > 1 ? ' : le plus ancien attend' : ' : il attend'} depuis le {jourEtHeure(depuis)}.
        </p>
      </Section>
    ),
  };
};

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
