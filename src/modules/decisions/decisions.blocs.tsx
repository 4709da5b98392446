/** What decisions say on the pages of others: a fiche, its action lines. */
import { auTravail } from '../../core/authorize.ts';
import type { Emplacement, Module } from '../../core/module.ts';
import type { SuitesAVenir } from '../../core/suites.ts';
import { Section } from '../../ui/PageHeader.tsx';
import { pluriel } from '../../ui/typographie.ts';
import { getCatalogue } from '../contrats/index.ts';
import { countDecisionsDeFiche, countDecisionsParLigne, listProchainesEcheances } from './listes.queries.ts';

const dire = (d: { ouvertes: number; faites: number }): string =>
  [
    ...(d.ouvertes > 0 ? [pluriel(d.ouvertes, 'décision en cours', 'décisions en cours')] : []),
    ...(d.faites > 0 ? [pluriel(d.faites, 'décision réalisée', 'décisions réalisées')] : []),
  ].join(', ');

/** What the instances decided to move each commitment: counts for all, the list for those who work on it. */
export const decisionsDesLignes: NonNullable<Module['ligne']>[number] = async (c, lignes) => {
  const [catalogue, comptes] = [await getCatalogue(c.db, c.contrat.id), await countDecisionsParLigne(c.db, c.contrat.id, lignes)];
  const metier = auTravail(c.utilisateur);
  return new Map(
    [...comptes].flatMap(([ligne, compte]) => {
      const dit = dire(compte);
      if (dit === '') return [];
      return [[ligne, <DecisionsDeLigne key={ligne} dit={dit} ligne={ligne} libelle={catalogue.lignes.get(ligne)?.libelle ?? ''} ouvre={metier} />] as const];
    }),
  );
};

function DecisionsDeLigne({ dit, ligne, libelle, ouvre }: { dit: string; ligne: string; libelle: string; ouvre: boolean }) {
  if (!ouvre) return <span className="c-ligne__decisions">{dit}</span>;
  return (
    <a className="govuk-link c-ligne__decisions" href={`/decisions?ligne=${ligne}`}>
      {dit}
      <span className="govuk-visually-hidden"> pour {libelle}</span>
    </a>
  );
}

/** What the instances decided for this fiche, lines apart or not. */
export const decisionsDeFiche: Emplacement<{ fiche: string }> = async (c, { fiche }) => {
  const dit = dire(await countDecisionsDeFiche(c.db, c.contrat.id, fiche));
  if (dit === '') return null;
  const corps = (
    <Section titre="Les décisions des instances" id="decisions">
      <p className="govuk-body">
        {auTravail(c.utilisateur) ? (
          <a className="govuk-link" href={`/decisions?fiche=${fiche}`}>
            {dit}
          </a>
        ) : (
          dit
        )}{' '}
        pour cette fiche.
      </p>
    </Section>
  );
  return { rang: 10, corps };
};

/** Days on which what public bodies decided for this fiche is due: how many, never what. */
export const prochainesDecisions: SuitesAVenir = async (c, { fiche, aujourdhui, max }) => {
  if (!fiche) return [];
  const jours = await listProchainesEcheances(c.db, c.contrat.id, { fiche, aujourdhui, max });
  return jours.map((j) => ({ jour: j.echeance, libelle: `${pluriel(j.n, 'décision à tenir', 'décisions à tenir')} au plus tard`, href: '#decisions' }));
};
