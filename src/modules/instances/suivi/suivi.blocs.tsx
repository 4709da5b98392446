/** What decisions say on the pages of others: « Ma journée », a fiche, its action lines. */
import { auTravail } from '../../../core/authorize.ts';
import { jourDe } from '../../../core/clock.ts';
import type { Emplacement, Module } from '../../../core/module.ts';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { Section } from '../../../ui/PageHeader.tsx';
import { Table } from '../../../ui/Table.tsx';
import { de, pluriel } from '../../../ui/typographie.ts';
import { getCatalogue } from '../../contrats/index.ts';
import { numeroEcrit } from './decisions.rules.ts';
import { countDecisionsDeFiche, countDecisionsParLigne, type DecisionDeListe, listDecisionsDe } from './listes.queries.ts';
import { EcheanceDite, EtatDecisionTag } from './pages/EtatDecisionTag.tsx';
import { vueDe } from './suivi.contexte.ts';

const MONTREES = 8;

/** Entrusted to this person or to their organisation, still open. */
export const decisionsASuivre: Emplacement<null> = async (c) => {
  const u = c.utilisateur;
  if (!u || !auTravail(u)) return null;
  const catalogue = await getCatalogue(c.db, c.contrat.id);
  const aujourdhui = jourDe(c.maintenant);
  const decisions = await listDecisionsDe(c.db, c.contrat.id, vueDe(u, catalogue, aujourdhui), MONTREES);
  return { rang: 30, corps: <JourneeDecisions decisions={decisions} organisation={catalogue.nomActeur(u.organisationId)} aujourdhui={aujourdhui} /> };
};

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

/** What the instances have entrusted to this person, then to their organisation. */
function JourneeDecisions({ decisions, organisation, aujourdhui }: { decisions: readonly DecisionDeListe[]; organisation: string; aujourdhui: string }) {
  return (
    <Section
      titre="Décisions à suivre"
      actions={
        <a className="govuk-link" href="/decisions?qui=mon-organisation&etat=ouvertes">
          Toutes celles {de(organisation)}
        </a>
      }
    >
      <Table
        legende="Décisions confiées à vous ou à votre organisation"
        legendeMasquee
        dense
        lignes={decisions}
        cle={(d) => d.id}
        vide={<EmptyState titre="Rien à suivre">Aucune décision ouverte n’est confiée à vous ni à votre organisation.</EmptyState>}
        colonnes={[
          {
            cle: 'libelle',
            titre: 'Quoi',
            entete: true,
            cellule: (d) => (
              <a className="govuk-link" href={`/decisions/${d.id}`}>
                {d.libelle}
              </a>
            ),
          },
          { cle: 'instance', titre: 'Instance', cellule: (d) => `${numeroEcrit(d)}, ${d.instance}` },
          { cle: 'echeance', titre: 'Échéance', cellule: (d) => <EcheanceDite d={d} aujourdhui={aujourdhui} /> },
          { cle: 'etat', titre: 'État', cellule: (d) => <EtatDecisionTag etat={d.etat} /> },
        ]}
      />
    </Section>
  );
}
