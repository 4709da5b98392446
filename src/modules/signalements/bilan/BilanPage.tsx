import { Fragment } from 'react';
import { Details } from '../../../ui/Details.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { InsetText } from '../../../ui/InsetText.tsx';
import { PageHeader, Section } from '../../../ui/PageHeader.tsx';
import { type Colonne, Table } from '../../../ui/Table.tsx';
import { duree, enumerer, formatPeriode, nombre, pluriel } from '../../../ui/typographie.ts';
import type { Catalogue, Territoire } from '../../contrats/index.ts';
import type { Circuits } from '../circuits/circuits.ts';
import { decalerMois } from '../points-chauds/periode.rules.ts';
import { trimestreAvant } from '../points-chauds/quartiers.ts';
import { Ailleurs } from '../signaler/pages/Ailleurs.tsx';
import { type Ligne, SEUIL } from './bilan.rules.ts';

interface BilanPageProps {
  catalogue: Catalogue;
  /** Null: the whole contract. */
  lieu: Territoire | null;
  /** `2026-05` or `2026-T1`: what the page tells. */
  periode: string;
  /** The quarter that it is, or is in, and whether it is over. */
  trimestre: string;
  trimestreFini: boolean;
  dernierMois: string;
  total: Ligne;
  parMois: readonly Ligne[];
  parLieu: readonly Ligne[];
  parCircuit: readonly Ligne[];
  satisfaction: { moyenne: number; notes: number } | null;
  circuits: Circuits;
}
const dire = (n: number | null): string => (n === null ? 'masqué' : nombre(n));

const colonnes = (titre: string, nommer: (l: Ligne) => React.ReactNode): Colonne<Ligne>[] => [
  { cle: 'nom', titre, entete: true, cellule: nommer },
  { cle: 'recus', titre: 'Signalés', numerique: true, cellule: (l) => dire(l.recus) },
  { cle: 'reponse', titre: 'Répondus', numerique: true, cellule: (l) => `${dire(l.repondus)}${l.tauxDeReponse === null ? '' : ` (${l.tauxDeReponse} %)`}` },
  { cle: 'delai', titre: 'Délai moyen de réponse', cellule: (l) => (l.heures === null ? '–' : duree(Math.round(l.heures * 60))) },
  { cle: 'faits', titre: 'Suivis d’une intervention', numerique: true, cellule: (l) => dire(l.faits) },
  { cle: 'resolus', titre: 'Confirmés réglés', numerique: true, cellule: (l) => dire(l.resolus) },
  { cle: 'contestes', titre: 'Contestés', numerique: true, cellule: (l) => dire(l.contestes) },
];

export function BilanPage(p: BilanPageProps) {
  const { total: t, catalogue: cat } = p;
  const parTrimestre = p.periode === p.trimestre;
  const lien = (periode: string, territoire: string | undefined) =>
    `/signaler/bilan?${new URLSearchParams({ [/T/.test(periode) ? 'trimestre' : 'mois']: periode, ...(territoire ? { territoire } : {}) })}`;
  const quand = formatPeriode(p.periode);
  const moisAvant = decalerMois(`${p.periode}-01`, -1).slice(0, 7);
  const autres = [
    ...(parTrimestre ? [trimestreAvant(p.trimestre), p.dernierMois] : [moisAvant, ...(p.periode === p.dernierMois ? [] : [p.dernierMois])]),
    ...(parTrimestre ? [] : [p.trimestreFini ? p.trimestre : trimestreAvant(p.trimestre)]),
  ];
  /** Open to the public, and told to nobody place by place. */
  const ailleurs = [...p.circuits.values()].filter((c) => c.declarants.public && c.lecture !== 'partenaires');
  const nomDe = (id: string): string => (id === cat.racine.id || id === p.lieu?.id ? 'Sans lieu plus précis' : (cat.territoires.get(id)?.nom ?? id));
  return (
    <>
      <PageHeader
        surtitre={p.lieu?.nom ?? cat.racine.nom}
        titre="Vous avez signalé, nous avons fait"
        chapo={
          t.recus === 0
            ? `Ce que sont devenus les signalements faits sur cette plateforme : rien n’y a été reçu, ${quand}.`
            : t.recus === null
              ? `Ce que sont devenus les signalements faits sur cette plateforme : leur nombre est masqué, ${quand}.`
              : `${pluriel(t.recus, 'signalement reçu', 'signalements reçus')}${t.tauxDeReponse === null ? '' : `, ${t.tauxDeReponse} % ont eu une réponse`} : ${quand}.`
        }
      />
      <p className="govuk-body">
        {autres.map((periode, rang) => (
          <Fragment key={periode}>
            {rang > 0 && ' · '}
            <a className="govuk-link" href={lien(periode, p.lieu?.id)}>
              {formatPeriode(periode)}
            </a>
          </Fragment>
        ))}
        {p.lieu && (
          <>
            {' · '}
            <a className="govuk-link" href={lien(p.periode, undefined)}>
              {cat.racine.nom}
            </a>
          </>
        )}
      </p>
      {t.recus === 0 && p.parMois.every((l) => l.recus === 0) ? (
        <EmptyState titre="Rien encore">Ce qui est signalé sur cette plateforme est compté ici, quand le mois est fini.</EmptyState>
      ) : (
        <>
          {p.satisfaction !== null && (
            <p className="govuk-body">
              Satisfaction de ceux qui l’ont dite : {nombre(p.satisfaction.moyenne)} sur 5 ({pluriel(p.satisfaction.notes, 'réponse')}).
            </p>
          )}
          <InsetText>
            Plus de signalements ne veut pas dire plus de troubles : un quartier plus peuplé, une campagne d’information ou un habitant très actif en font plus.
            Ces nombres disent ce qui a été signalé ici et la réponse donnée, et ne comparent pas les quartiers.
          </InsetText>
          <Section titre="Mois par mois">
            <Table
              legende={`Par mois de réception, ${p.lieu?.nom ?? cat.racine.nom}`}
              dense
              colonnes={colonnes('Mois', (l) => (
                <a className="govuk-link" href={lien(l.cle.slice(0, 7), p.lieu?.id)}>
                  {formatPeriode(l.cle.slice(0, 7))}
                </a>
              ))}
              lignes={p.parMois}
              cle={(l) => l.cle}
            />
          </Section>
          {p.parLieu.length > 0 && (
            <Section titre="Par lieu">
              <Table
                legende={`Par lieu, ${quand}`}
                dense
                colonnes={colonnes('Lieu', (l) =>
                  p.lieu || l.cle === cat.racine.id ? (
                    nomDe(l.cle)
                  ) : (
                    <a className="govuk-link" href={lien(p.periode, l.cle)}>
                      {nomDe(l.cle)}
                    </a>
                  ),
                )}
                lignes={[...p.parLieu].sort((a, b) => nomDe(a.cle).localeCompare(nomDe(b.cle), 'fr', { numeric: true }))}
                cle={(l) => l.cle}
              />
            </Section>
          )}
          {p.lieu && !parTrimestre && (
            <p className="govuk-body">
              Quartier par quartier, par trimestre entier :{' '}
              <a className="govuk-link" href={lien(p.trimestreFini ? p.trimestre : trimestreAvant(p.trimestre), p.lieu.id)}>
                {formatPeriode(p.trimestreFini ? p.trimestre : trimestreAvant(p.trimestre))}
              </a>
              .
            </p>
          )}
          {p.parCircuit.length > 0 && (
            <Section titre="Par circuit">
              <Table
                legende={`Par circuit, ${quand}`}
                dense
                colonnes={colonnes('Circuit', (l) => p.circuits.get(l.cle)?.titre ?? l.cle)}
                lignes={p.parCircuit}
                cle={(l) => l.cle}
              />
            </Section>
          )}
        </>
      )}
      <Details resume="Ce que disent ces nombres">
        Un signalement est compté dans le mois et le lieu où il a été reçu, même joint à un autre. « Répondu » : une réponse d’un service se lit sur la page de
        suivi, ou il y est dit que la demande est close ; l’accusé de réception automatique n’est pas une réponse. « Suivi d’une intervention » : une
        intervention peut répondre à plusieurs signalements. « Confirmé réglé » : la personne qui a signalé l’a dit elle-même. De un à {SEUIL - 1}, un nombre
        est masqué, et un autre avec lui pour qu’il ne se retrouve pas par différence, ni en comparant un trimestre à ses mois : un trimestre dont un mois est
        masqué l’est aussi ; un zéro est un vrai zéro. Les suites d’un mois continuent d’arriver après lui : ses nombres sont ceux d’aujourd’hui, et qui relève
        cette page jour après jour voit quand l’un d’eux augmente, même s’il fut masqué.{' '}
        {ailleurs.length > 0 &&
          `N’y sont pas : ${enumerer(ailleurs.map((c) => `« ${c.titre} »`))}, que lisent les seuls services qui en ont la charge, et ce que les partenaires se demandent entre eux.`}
      </Details>
      <Ailleurs sauf="/signaler/bilan" />
    </>
  );
}
