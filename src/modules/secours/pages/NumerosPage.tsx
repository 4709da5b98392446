import { LinkButton } from '../../../ui/Button.tsx';
import { InsetText } from '../../../ui/InsetText.tsx';
import { PageHeader, Section } from '../../../ui/PageHeader.tsx';
import { cleDuBesoin } from '../../annuaire/index.ts';
import { fr } from '../langues/fr.ts';
import { LANGUES } from '../langues/langues.ts';
import type { Mots } from '../langues/mots.ts';
import { groupesDe } from '../secours.rules.ts';
import type { PageDAide, Traduction } from '../secours.schema.ts';
import type { SecoursLu } from '../verifications/verifications.rules.ts';
import { NumeroCarte } from './NumeroCarte.tsx';

export interface NumerosPageProps {
  page: PageDAide;
  s: SecoursLu;
  /** As the address names it; null for French. */
  langue: string | null;
  traduction: Traduction | null;
  /** Languages in which this contract gives its numbers. */
  langues: readonly string[];
  guide: boolean;
}

const AUTRE = { urgence: 'aide', aide: 'urgence' } as const;

/** Numbers to call, by need, the most urgent first; the same page in every language. */
export function NumerosPage({ page, s, langue, traduction, langues, guide }: NumerosPageProps) {
  const mots = (langue && LANGUES[langue]) || fr;
  const autre = AUTRE[page];
  const suite = langue ? `/${langue}` : '';
  return (
    <>
      <PageHeader titre={mots.titres[page]} chapo={mots.chapos[page]} />
      {langue !== null && (mots.relu === null || traduction?.relu === null) && <InsetText>{mots.aRelire}</InsetText>}
      <p className="c-secours__autre">
        <a className="govuk-link" href={`/${autre}${suite}`}>
          {autre === 'urgence' ? mots.versUrgence : mots.versAide}
        </a>
      </p>
      {groupesDe(s, page).map((g) => (
        <Section key={g.code} titre={traduction?.groupes[g.code] ?? g.titre} id={g.code}>
          <ul className="c-numeros">
            {g.numeros.map((n) => (
              <NumeroCarte key={n.code} n={n} mots={mots} pour={traduction?.numeros[n.code]} />
            ))}
          </ul>
          {!langue && g.besoin && <LieuxPres besoin={g.besoin} quoi={g.titre} />}
        </Section>
      ))}
      {!langue && page === 'aide' && (
        <>
          {guide && (
            <Section titre="Vous ne savez pas qui appeler ?">
              <p className="govuk-body">Quelques questions, sans nom ni adresse, et vous avez le bon numéro et la bonne démarche.</p>
              <LinkButton href="/aide/guide" demarrer>
                Être guidé
              </LinkButton>
            </Section>
          )}
          <Ecartes s={s} />
        </>
      )}
      <ChoisirLaLangue page={page} langue={langue} langues={langues} mots={mots} />
      <p className="govuk-body-s c-secours__trace">{mots.trace}</p>
    </>
  );
}

/** Places near by, in the directory. */
export const LieuxPres = ({ besoin, quoi }: { besoin: string; quoi: string }) => (
  <p className="govuk-body">
    <a className="govuk-link" href={`/aide/trouver?besoin=${cleDuBesoin(besoin)}`}>
      Un lieu près de chez vous<span className="govuk-visually-hidden"> : {quoi}</span>
    </a>
  </p>
);

function Ecartes({ s }: { s: SecoursLu }) {
  if (s.ecartes.length === 0) return null;
  return (
    <Section titre="Ce que cette page ne donne pas" niveau={3}>
      <ul className="govuk-list govuk-list--bullet govuk-body-s">
        {s.ecartes.map((e) => (
          <li key={e.dit}>{e.dit}</li>
        ))}
      </ul>
    </Section>
  );
}

function ChoisirLaLangue({ page, langue, langues, mots }: Pick<NumerosPageProps, 'page' | 'langue' | 'langues'> & { mots: Mots }) {
  const choix = [[null, fr] as const, ...langues.flatMap((l) => (LANGUES[l] ? [[l, LANGUES[l]] as const] : []))].filter(([l]) => l !== langue);
  if (choix.length === 0) return null;
  return (
    <nav className="c-langues" aria-label={mots.autresLangues}>
      <h2 className="govuk-heading-s">{mots.autresLangues}</h2>
      <ul className="c-langues__liste">
        {choix.map(([l, m]) => (
          <li key={m.nom}>
            <a className="govuk-link" href={l ? `/${page}/${l}` : `/${page}`} lang={m.langue} hrefLang={m.langue}>
              {m.nom}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

/** A contract that gives no number yet: the one that holds everywhere in the European Union. */
export const SansNumeros = () => (
  <>
    <PageHeader titre="Urgence" chapo="Ce contrat n’a pas encore donné ses numéros." />
    <ul className="c-numeros">
      <li className="c-numero">
        <a className="c-numero__lien" href="tel:112">
          <span className="govuk-visually-hidden">Appeler le </span>
          <span className="c-numero__chiffres">112</span>
          <span className="c-numero__pour">Toute urgence, dans toute l’Union européenne</span>
        </a>
      </li>
    </ul>
  </>
);
