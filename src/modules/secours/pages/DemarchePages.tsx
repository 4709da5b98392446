import { enSuite } from '../../../ui/enSuite.tsx';
import { InsetText } from '../../../ui/InsetText.tsx';
import { PageHeader, Section } from '../../../ui/PageHeader.tsx';
import { SummaryList } from '../../../ui/SummaryList.tsx';
import { enumerer, jourDuMoment } from '../../../ui/typographie.ts';
import type { DemarcheLue } from '../demarches/demarche.rules.ts';
import type { SecoursLu } from '../verifications/verifications.rules.ts';
import { Chiffres, Garde, HORS_DICI, type Mesures, Tenants } from './HorsDici.tsx';
import { NumeroCarte, Sources } from './NumeroCarte.tsx';
import { LieuxPres } from './NumerosPage.tsx';

type Nommer = (acteur: string) => string;

/** Who passes what to whom, drawn as a line that reads in order without its drawing. */
function Circuit({ circuit, nommer }: { circuit: DemarcheLue['circuit']; nommer: Nommer }) {
  return (
    <figure className="c-circuit">
      <figcaption className="govuk-heading-s">Le circuit</figcaption>
      <ol className="c-circuit__liste">
        {enSuite(circuit, (x) => (
          <li className="c-circuit__pas">
            <span className="c-circuit__acteurs">{x.de.map(nommer).join(' ou ')}</span>
            <span className="c-circuit__quoi">{x.quoi}</span>
            <span className="c-circuit__acteurs">
              <span className="govuk-visually-hidden">à </span>
              {nommer(x.vers)}
            </span>
          </li>
        ))}
      </ol>
    </figure>
  );
}

/** Steps, what the contract foresees, and who wrote what is read. */
export function DemarcheCorps({ d, nommer }: { d: DemarcheLue; nommer: Nommer }) {
  return (
    <>
      {d.public === 'professionnels' && <p className="govuk-body">Pour les professionnels.</p>}
      <ol className="govuk-list govuk-list--number">
        {enSuite(d.etapes, (e) => (
          <li>{e}</li>
        ))}
      </ol>
      {d.circuit.length > 0 && <Circuit circuit={d.circuit} nommer={nommer} />}
      {d.corrigee && (
        <p className="govuk-body-s">
          Étapes corrigées par {nommer(d.corrigee.par)} le {jourDuMoment(d.corrigee.le)}.
        </p>
      )}
      {d.liens.length > 0 && (
        <ul className="c-vers">
          {d.liens.map((l) => (
            <li key={l.adresse}>
              <a className="c-vers__lien" href={l.adresse} rel="noreferrer">
                {l.libelle}
              </a>
            </li>
          ))}
        </ul>
      )}
      <InsetText>{d.prevoit}</InsetText>
    </>
  );
}

export interface DemarchePageProps {
  d: DemarcheLue;
  s: SecoursLu;
  nommer: Nommer;
  /** Action lines of the contract that its system serves. */
  lignes: readonly { id: string; fiche: string; page: number | null }[];
  mesures: Mesures;
}

/** Each fiche once, with its pages in order. */
const parFiche = (lignes: DemarchePageProps['lignes']): { fiche: string; pages: number[] }[] =>
  [...new Set(lignes.map((l) => l.fiche))].map((fiche) => ({
    fiche,
    pages: [...new Set(lignes.flatMap((l) => (l.fiche === fiche && l.page !== null ? [l.page] : [])))].toSorted((a, b) => a - b),
  }));

/** One procedure by itself: what an institution prints, or links to. */
export function DemarchePage({ d, s, nommer, lignes, mesures }: DemarchePageProps) {
  const numeros = d.numeros.flatMap((c) => s.numeros.filter((n) => n.code === c));
  return (
    <>
      <PageHeader titre={d.titre} />
      <DemarcheCorps d={d} nommer={nommer} />
      {numeros.length > 0 && (
        <Section titre="Qui appeler">
          <ul className="c-numeros">
            {numeros.map((n) => (
              <NumeroCarte key={n.code} n={n} />
            ))}
          </ul>
          {d.besoin && <LieuxPres besoin={d.besoin} quoi={d.titre} />}
        </Section>
      )}
      {d.dehors && (
        <Section titre="Hors de Concorde" id="hors-concorde">
          <SummaryList
            lignes={[
              { cle: 'À qui s’adresser', valeur: <Tenants d={d} nommer={nommer} /> },
              { cle: 'Gardé ici', valeur: <Garde d={d} /> },
              { cle: 'Compté', valeur: <Chiffres dehors={d.dehors} mesures={mesures} /> },
            ]}
          />
          <p className="govuk-body">
            <a className="govuk-link" href={HORS_DICI}>
              Tout ce qui passe hors de Concorde
            </a>
          </p>
        </Section>
      )}
      <Section titre="D’où cela vient">
        <p className="govuk-body-s">
          Tenu par {d.tenu_par.map(nommer).join(', ')}.
          {lignes.length > 0 && (
            <>
              {' '}
              Contrat :{' '}
              {enSuite(parFiche(lignes), (f, rang) => (
                <>
                  {rang > 0 && ', '}
                  <a className="govuk-link" href={`/fiches/${f.fiche}`}>
                    fiche {f.fiche}
                  </a>
                  {f.pages.length > 0 && ` (${f.pages.length > 1 ? 'pages' : 'page'} ${enumerer(f.pages.map(String))})`}
                </>
              ))}
              .
            </>
          )}
        </p>
        {d.sources.length > 0 && (
          <p className="govuk-body-s">
            <Sources sources={d.sources} />
          </p>
        )}
      </Section>
    </>
  );
}

/** Every procedure that the guide may give. */
export function DemarchesPage({ demarches }: { demarches: readonly DemarcheLue[] }) {
  const pour = (qui: DemarcheLue['public']) => demarches.filter((d) => d.public === qui);
  const liste = (ds: readonly DemarcheLue[]) => (
    <ul className="c-vers">
      {ds.map((d) => (
        <li key={d.code}>
          <a className="c-vers__lien" href={`/aide/demarches/${d.code}`}>
            {d.titre}
          </a>
        </li>
      ))}
    </ul>
  );
  return (
    <>
      <PageHeader titre="Toutes les démarches" chapo="Ce que l’on peut demander, étape par étape." />
      {liste(pour('tous'))}
      {pour('professionnels').length > 0 && <Section titre="Pour les professionnels">{liste(pour('professionnels'))}</Section>}
      {demarches.some((d) => d.dehors) && (
        <p className="govuk-body">
          <a className="govuk-link" href={HORS_DICI}>
            Ce qui passe hors de Concorde
          </a>
        </p>
      )}
    </>
  );
}
