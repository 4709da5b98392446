import { PageHeader, Section } from '../../../ui/PageHeader.tsx';
import type { Pas } from '../guide/guide.rules.ts';
import type { Question, Resultat } from '../guide/guide.schema.ts';
import type { DemarcheLue } from '../demarches/demarche.rules.ts';
import type { SecoursLu } from '../verifications/verifications.rules.ts';
import { DemarcheCorps } from './DemarchePages.tsx';
import { NumeroCarte } from './NumeroCarte.tsx';
import { LieuxPres } from './NumerosPage.tsx';

const adresseDe = (chemin: string): string => (chemin === '' ? '/aide/guide' : `/aide/guide/${chemin}`);

/** One question, its answers as links: nothing is sent, the address alone remembers. */
export function QuestionPage({ pas, question, chemin }: { pas: readonly Pas[]; question: Question; chemin: string }) {
  return (
    <>
      <Reponses pas={pas} />
      <PageHeader titre={question.question} chapo={question.aide} />
      <ul className="c-vers">
        {question.reponses.map((r) => (
          <li key={r.lettre}>
            <a className="c-vers__lien" href={adresseDe(chemin + r.lettre)}>
              {r.dit}
            </a>
          </li>
        ))}
      </ul>
      <p className="govuk-body-s c-secours__trace">
        Vos réponses ne sont enregistrées nulle part : l’adresse de la page les garde, par des lettres.{' '}
        <a className="govuk-link" href="/urgence">
          En danger ? Numéros d’urgence
        </a>
      </p>
    </>
  );
}

export interface ResultatPageProps {
  pas: readonly Pas[];
  resultat: Resultat;
  s: SecoursLu;
  demarches: readonly DemarcheLue[];
  nommer: (acteur: string) => string;
}

export function ResultatPage({ pas, resultat: r, s, demarches, nommer }: ResultatPageProps) {
  const numeros = r.numeros.flatMap((c) => s.numeros.filter((n) => n.code === c));
  return (
    <>
      <Reponses pas={pas} />
      <PageHeader titre={r.titre} chapo={r.phrase} />
      {numeros.length > 0 && (
        <ul className="c-numeros">
          {numeros.map((n) => (
            <NumeroCarte key={n.code} n={n} />
          ))}
        </ul>
      )}
      {r.besoin && <LieuxPres besoin={r.besoin} quoi={r.titre} />}
      {demarches.map((d) => (
        <Section key={d.code} titre={d.titre}>
          <DemarcheCorps d={d} nommer={nommer} />
          <p className="govuk-body-s">
            <a className="govuk-link" href={`/aide/demarches/${d.code}`}>
              Cette démarche seule<span className="govuk-visually-hidden"> : {d.titre}</span>
            </a>
          </p>
        </Section>
      ))}
      <p className="govuk-body">
        <a className="govuk-link" href="/aide/guide">
          Recommencer
        </a>
      </p>
    </>
  );
}

/** What was answered, each answer leading back to its question. */
function Reponses({ pas }: { pas: readonly Pas[] }) {
  if (pas.length === 0) return null;
  return (
    <nav aria-label="Vos réponses">
      <ol className="c-reponses">
        {pas.map((p) => (
          <li key={p.chemin}>
            {p.dit}{' '}
            <a className="govuk-link" href={adresseDe(p.chemin)}>
              Changer<span className="govuk-visually-hidden"> : {p.question.question}</span>
            </a>
          </li>
        ))}
      </ol>
    </nav>
  );
}
