import { PETIT } from '../../../core/petits-nombres.ts';
import { Fragment } from 'react';
import { Details } from '../../../ui/Details.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { InsetText } from '../../../ui/InsetText.tsx';
import { PageHeader, Section } from '../../../ui/PageHeader.tsx';
import { type Colonne, Table } from '../../../ui/Table.tsx';
import { capitale, duree, enumerer, FINE, formatPeriode, isoDuMoment, jourCourt, jourDuMoment, nombre, pluriel, pourcents } from '../../../ui/typographie.ts';
import type { Catalogue, Territoire } from '../../contrats/index.ts';
import type { Circuits } from '../circuits/circuits.ts';
import { estTrimestre, trimestreAvant } from '../points-chauds/quartiers.ts';
import { Ailleurs } from '../signaler/pages/Ailleurs.tsx';
import type { Bilan } from './bilan.queries.ts';
import type { Ligne } from './bilan.rules.ts';

interface BilanPageProps {
  catalogue: Catalogue;
  /** Null: the whole contract. */
  lieu: Territoire | null;
  /** Every month (`2026-05`) and quarter (`2026-T1`) that was told. */
  dits: readonly string[];
  /** The one that the page tells; null while none was. */
  bilan: Bilan | null;
  /** The quarter that it is, or is in. */
  trimestre: string;
  /** Null when nothing was told of that place then. */
  total: Ligne | null;
  parMois: readonly (Ligne & Pick<Bilan, 'arreteLe'>)[];
  parLieu: readonly Ligne[];
  parCircuit: readonly Ligne[];
  satisfaction: { moyenne: number; notes: number } | null;
  circuits: Circuits;
}
const dire = (n: number | null): string => (n === null ? 'masqué' : nombre(n));

const direRepondus = (l: Ligne): string => `${dire(l.repondus)}${l.tauxDeReponse === null ? '' : `\u00a0(${pourcents(l.tauxDeReponse)})`}`;
/** The same numbers on a phone: seventeen places read one under the other. */
function enPhrase(l: Ligne): string {
  if (l.recus === 0) return 'Aucun signalement.';
  const dit = (n: number | null, mot: string, plusieurs?: string) => (n === null ? `${plusieurs ?? `${mot}s`}${FINE}: masqué` : pluriel(n, mot, plusieurs));
  const part = l.tauxDeReponse === null ? '' : ` (${pourcents(l.tauxDeReponse)})`;
  const delai = l.heures === null ? '' : `, en ${duree(Math.round(l.heures * 60))} en moyenne`;
  const suites = [
    dit(l.faits, 'suivi d’une intervention', 'suivis d’une intervention'),
    dit(l.resolus, 'confirmé réglé', 'confirmés réglés'),
    dit(l.contestes, 'contesté'),
  ];
  return `${capitale(dit(l.recus, 'signalé'))}, ${dit(l.repondus, 'répondu')}${part}${delai}${FINE}; ${suites.join(', ')}.`;
}

const colonnes = <L extends Ligne>(titre: string, nommer: (l: L) => React.ReactNode): Colonne<L>[] => [
  { cle: 'nom', titre, entete: true, cellule: nommer },
  { cle: 'recus', titre: 'Signalés', numerique: true, cellule: (l) => dire(l.recus) },
  {
    cle: 'reponse',
    titre: 'Répondus',
    numerique: true,
    cellule: direRepondus,
  },
  { cle: 'delai', titre: 'Délai moyen de réponse', numerique: true, cellule: (l) => (l.heures === null ? '–' : duree(Math.round(l.heures * 60))) },
  { cle: 'faits', titre: 'Suivis d’une intervention', numerique: true, cellule: (l) => dire(l.faits) },
  { cle: 'resolus', titre: 'Confirmés réglés', numerique: true, cellule: (l) => dire(l.resolus) },
  { cle: 'contestes', titre: 'Contestés', numerique: true, cellule: (l) => dire(l.contestes) },
];

export function BilanPage(p: BilanPageProps) {
  const { total: t, catalogue: cat, bilan, dits } = p;
  const periode = bilan?.periode ?? '';
  const parTrimestre = estTrimestre(periode);
  const lien = (quand: string, territoire: string | undefined) =>
    `/signaler/bilan?${new URLSearchParams({ [estTrimestre(quand) ? 'trimestre' : 'mois']: quand, ...(territoire ? { territoire } : {}) })}`;
  const quand = bilan ? formatPeriode(periode) : '';
  const moisDits = dits.filter((x) => !estTrimestre(x));
  const dernierMois = moisDits.at(-1) ?? '';
  // Its own quarter, the last one that was told otherwise.
  const leTrimestre = dits.includes(p.trimestre) ? p.trimestre : dits.findLast(estTrimestre);
  const autres = [
    ...(parTrimestre ? [trimestreAvant(periode)] : [moisDits[moisDits.indexOf(periode) - 1]]),
    ...(periode === dernierMois ? [] : [dernierMois]),
    ...(parTrimestre ? [] : [leTrimestre]),
  ].filter((x): x is string => x !== undefined && dits.includes(x));
  /** Open to the public, and told to nobody place by place. */
  const ailleurs = [...p.circuits.values()].filter((c) => c.declarants.public && c.lecture !== 'partenaires');
  const nomDe = (id: string): string => (id === cat.racine.id || id === p.lieu?.id ? 'Sans lieu plus précis' : (cat.territoires.get(id)?.nom ?? id));
  const chapo = t === null ? '' : t.recus === 0 ? 'rien n’y a été reçu' : t.recus === null ? 'leur nombre est masqué' : null;
  return (
    <>
      <PageHeader
        surtitre={p.lieu?.nom ?? cat.racine.nom}
        titre="Vous avez signalé, nous avons fait"
        chapo={
          t === null || t.recus === null || t.recus === 0
            ? `Ce que sont devenus les signalements faits sur cette plateforme${chapo ? ` : ${chapo}, ${quand}` : ''}.`
            : `${capitale(quand)} : ${pluriel(t.recus, 'signalement reçu', 'signalements reçus')}${t.tauxDeReponse === null ? '' : `, ${pourcents(t.tauxDeReponse)} ont eu une réponse`}.`
        }
      />
      {bilan && <p className="govuk-body-s">Arrêté le {jourDuMoment(bilan.arreteLe)}.</p>}
      <p className="govuk-body">
        {[
          ...autres.map((x) => ({ href: lien(x, p.lieu?.id), nom: formatPeriode(x) })),
          ...(p.lieu && bilan ? [{ href: lien(periode, undefined), nom: cat.racine.nom }] : []),
        ].map((x, rang) => (
          <Fragment key={x.href}>
            {rang > 0 && ' · '}
            <a className="govuk-link" href={x.href}>
              {x.nom}
            </a>
          </Fragment>
        ))}
      </p>
      {p.parMois.every((l) => l.recus === 0) ? (
        <EmptyState titre="Rien encore">Ce qui est signalé sur cette plateforme est compté ici, la nuit qui suit la fin du mois.</EmptyState>
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
              colonnes={[
                ...colonnes<(typeof p.parMois)[number]>('Mois', (l) => (
                  <a className="govuk-link" href={lien(l.cle, p.lieu?.id)}>
                    {formatPeriode(l.cle)}
                  </a>
                )),
                { cle: 'arrete', titre: 'Arrêté le', cellule: (l) => jourCourt(isoDuMoment(l.arreteLe)) },
              ]}
              lignes={p.parMois}
              enPhrase={enPhrase}
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
                    <a className="govuk-link" href={lien(periode, l.cle)}>
                      {nomDe(l.cle)}
                    </a>
                  ),
                )}
                enPhrase={enPhrase}
                lignes={[...p.parLieu].sort((a, b) => nomDe(a.cle).localeCompare(nomDe(b.cle), 'fr', { numeric: true }))}
                cle={(l) => l.cle}
              />
            </Section>
          )}
          {p.lieu && !parTrimestre && leTrimestre && (
            <p className="govuk-body">
              Quartier par quartier, par trimestre entier :{' '}
              <a className="govuk-link" href={lien(leTrimestre, p.lieu.id)}>
                {formatPeriode(leTrimestre)}
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
                enPhrase={enPhrase}
                cle={(l) => l.cle}
              />
            </Section>
          )}
        </>
      )}
      <Details resume="Ce que disent ces nombres">
        Un signalement est compté dans le mois et le lieu où il a été reçu, même joint à un autre. « Répondu » : une réponse d’un service se lit sur la page de
        suivi, ou il y est dit que la demande est close ; l’accusé de réception automatique n’est pas une réponse. « Suivi d’une intervention » : une
        intervention a eu lieu, qu’elle ait suffi ou non ; elle peut répondre à plusieurs signalements. « Confirmé réglé » : la personne qui a signalé l’a dit
        elle-même de son signalement, et c’est son dernier mot. « Contesté » : elle a dit une fois au moins que ce n’était pas réglé, ou que la réponse ne
        convenait pas. Un mois est arrêté une fois fini, le jour qui est dit, et ne change plus : ce qui est venu après n’y est pas. Un trimestre est arrêté un
        mois au moins après sa fin : il est la somme de ses mois, et de ce qui a changé depuis dans un lieu quand c’est {PETIT} au moins ; moins se verrait, en
        retranchant les mois du trimestre. De un à {PETIT - 1}, un nombre est masqué, et un autre avec lui pour qu’il ne se retrouve pas par différence ; ce
        qu’un mois a masqué d’un lieu, son trimestre le masque aussi ; un zéro est un vrai zéro, le jour où le mois est arrêté.{' '}
        {ailleurs.length > 0 &&
          `N’y sont pas : ${enumerer(ailleurs.map((c) => `« ${c.titre} »`))}, que lisent les seuls services qui en ont la charge, et ce que les partenaires se demandent entre eux.`}
      </Details>
      <Ailleurs sauf="/signaler/bilan" />
    </>
  );
}
