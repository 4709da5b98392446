import { Details } from '../../../ui/Details.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { InsetText } from '../../../ui/InsetText.tsx';
import { PageHeader, Section } from '../../../ui/PageHeader.tsx';
import { type Colonne, Table } from '../../../ui/Table.tsx';
import { duree, formatPeriode, nombre, pluriel } from '../../../ui/typographie.ts';
import type { Catalogue, Territoire } from '../../contrats/index.ts';
import type { Circuits } from '../circuits/circuits.ts';
import { trimestreAvant } from '../points-chauds/quartiers.ts';
import { Ailleurs } from '../signaler/pages/Ailleurs.tsx';
import { type Ligne, SEUIL } from './bilan.rules.ts';

interface BilanPageProps {
  catalogue: Catalogue;
  /** Null: the whole contract. */
  lieu: Territoire | null;
  trimestre: string;
  dernier: string;
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
  const lien = (trimestre: string, territoire: string | undefined) =>
    `/signaler/bilan?${new URLSearchParams({ trimestre, ...(territoire ? { territoire } : {}) })}`;
  const quand = formatPeriode(p.trimestre);
  const avant = trimestreAvant(p.trimestre);
  const nomDe = (id: string): string => cat.territoires.get(id)?.nom ?? id;
  return (
    <>
      <PageHeader
        surtitre={p.lieu?.nom ?? cat.racine.nom}
        titre="Vous avez signalé, nous avons fait"
        chapo={
          t.recus === 0
            ? `Rien n’a été reçu : ${quand}.`
            : t.recus === null
              ? `Trop peu de signalements pour en dire le nombre : ${quand}.`
              : `${pluriel(t.recus, 'signalement reçu', 'signalements reçus')}${t.tauxDeReponse === null ? '' : `, ${t.tauxDeReponse} % ont eu une réponse`} : ${quand}.`
        }
      />
      <p className="govuk-body">
        <a className="govuk-link" href={lien(avant, p.lieu?.id)}>
          {formatPeriode(avant)}
        </a>
        {p.trimestre !== p.dernier && (
          <>
            {' · '}
            <a className="govuk-link" href={lien(p.dernier, p.lieu?.id)}>
              {formatPeriode(p.dernier)}
            </a>
          </>
        )}
        {p.lieu && (
          <>
            {' · '}
            <a className="govuk-link" href={lien(p.trimestre, undefined)}>
              {cat.racine.nom}
            </a>
          </>
        )}
      </p>
      {t.recus === 0 ? (
        <EmptyState titre="Rien encore">Ce qui est signalé sur cette plateforme est compté ici, quand le trimestre est fini.</EmptyState>
      ) : (
        <>
          {p.satisfaction !== null && !p.lieu && (
            <p className="govuk-body">
              Satisfaction de ceux qui l’ont dite : {nombre(p.satisfaction.moyenne)} sur 5 ({pluriel(p.satisfaction.notes, 'réponse')}).
            </p>
          )}
          <InsetText>
            Plus de signalements ne veut pas dire plus de troubles : un quartier plus peuplé, une campagne d’information ou un habitant très actif en font plus.
            Ces nombres disent ce qui a été signalé ici et la réponse donnée, et ne comparent pas les quartiers.
          </InsetText>
          {!p.lieu && (
            <Section titre="Mois par mois">
              <Table
                legende="Par mois de réception"
                dense
                colonnes={colonnes('Mois', (l) => formatPeriode(l.cle.slice(0, 7)))}
                lignes={p.parMois}
                cle={(l) => l.cle}
              />
            </Section>
          )}
          <Section titre="Par lieu">
            <Table
              legende={`Par lieu, ${quand}`}
              dense
              colonnes={colonnes('Lieu', (l) =>
                p.lieu ? (
                  nomDe(l.cle)
                ) : (
                  <a className="govuk-link" href={lien(p.trimestre, l.cle)}>
                    {nomDe(l.cle)}
                  </a>
                ),
              )}
              lignes={[...p.parLieu].sort((a, b) => nomDe(a.cle).localeCompare(nomDe(b.cle), 'fr', { numeric: true }))}
              cle={(l) => l.cle}
            />
          </Section>
          {!p.lieu && (
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
        Un signalement est compté dans le mois et le lieu où il a été reçu, même joint à un autre. « Répondu » : un service a écrit à la personne, ou clos la
        demande en le lui disant ; l’accusé de réception automatique n’est pas une réponse. « Suivi d’une intervention » : une intervention peut répondre à
        plusieurs signalements. « Confirmé réglé » : la personne qui a signalé l’a dit elle-même. De un à {SEUIL - 1}, un nombre est masqué, et un autre avec
        lui pour qu’il ne se retrouve pas par différence ; un zéro est un vrai zéro.
      </Details>
      <Ailleurs sauf="/signaler/bilan" />
    </>
  );
}
