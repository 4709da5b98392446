import { EmptyState } from '../../../ui/EmptyState.tsx';
import { enSuite } from '../../../ui/enSuite.tsx';
import { PageHeader, Section } from '../../../ui/PageHeader.tsx';
import type { ChampLignes, DefinitionRegistre } from '../definition.ts';
import { AdresseWeb, nomActeur } from '../champs.tsx';
import type { Repertoire } from '../registres.repertoire.ts';
import { champDe, type LigneRepetee } from '../registres.rules.ts';
import { dateCourte, libelleOption } from '../valeurs.rules.ts';
import type { Support } from './vitrine.queries.ts';

export interface SupportsPageProps {
  groupes: readonly { d: DefinitionRegistre; supports: readonly Support[] }[];
  rep: Repertoire;
  partenaire: boolean;
}

const dire = (d: DefinitionRegistre, champ: string, code: string): string => {
  const c = champDe(d, champ);
  return c?.type === 'liste' ? libelleOption(c, code) : code;
};
/** A language in words, and its place in the list. */
function langueDe(c: ChampLignes, code: string): { libelle: string; rang: number } {
  const langue = c.colonnes.find((x) => x.code === 'langue');
  return langue?.type === 'liste'
    ? { libelle: libelleOption(langue, code), rang: langue.options.findIndex((o) => o.code === code) }
    : { libelle: code, rang: 0 };
}

/** Guides, leaflets and posters in use, each in its languages; under their theme. */
export function SupportsPage({ groupes, rep, partenaire }: SupportsPageProps) {
  const themes = groupes.flatMap(({ d, supports }) =>
    [...new Set(supports.map((s) => s.theme ?? ''))].map((theme) => ({
      d,
      theme: theme === '' ? 'Autres' : dire(d, 'theme', theme),
      siens: supports.filter((s) => (s.theme ?? '') === theme),
    })),
  );
  return (
    <>
      <PageHeader titre="Guides et documents" chapo="Ce que les partenaires du contrat donnent à lire, dans chaque langue où cela existe." />
      {themes.length === 0 && (
        <EmptyState titre="Aucun document n’est publié" actions={[{ libelle: 'Aide aux victimes', href: '/aide' }]}>
          Un guide, une affiche ou un dépliant paraît ici quand sa version en usage est enregistrée.
        </EmptyState>
      )}
      {themes.map(({ d, theme, siens }) => (
        <Section key={theme} titre={theme}>
          <ul className="c-agenda">
            {siens.map((s) => (
              <li key={s.id} className="c-agenda__rendezvous">
                <h3 className="govuk-heading-s c-agenda__titre">
                  {partenaire ? (
                    <a className="govuk-link" href={`/registres/${d.code}/${s.id}`}>
                      {s.titre}
                    </a>
                  ) : (
                    s.titre
                  )}
                </h3>
                <p className="c-agenda__qui">{nomActeur(rep, s.organisationId)}</p>
                <Versions d={d} versions={s.versions} />
              </li>
            ))}
          </ul>
        </Section>
      ))}
    </>
  );
}

function Versions({ d, versions }: { d: DefinitionRegistre; versions: readonly LigneRepetee[] }) {
  const c = d.supports ? champDe(d, d.supports.versions) : undefined;
  if (c?.type !== 'lignes') return null;
  // One version by language: the last that came into use.
  const dites = versions.map((v) => Object.fromEntries(Object.entries(v).map(([k, x]) => [k, String(x)])) as Record<string, string>);
  const recentes = dites.filter((v) => v.etat === 'en-usage').toSorted((a, b) => (b.du ?? '').localeCompare(a.du ?? ''));
  const enUsage = recentes
    .filter((v, i) => recentes.findIndex((x) => x.langue === v.langue) === i)
    .toSorted((a, b) => langueDe(c, a.langue ?? '').rang - langueDe(c, b.langue ?? '').rang);
  return (
    <ul className="govuk-list c-agenda__versions">
      {enSuite(enUsage, (v) => {
        const langue = langueDe(c, v.langue ?? '').libelle;
        return (
          <li>
            {v.adresse ? <AdresseWeb adresse={v.adresse} libelle={langue} /> : langue}
            <span className="govuk-hint c-agenda__version">
              {v.version}, en usage depuis le {dateCourte(v.du ?? '')}
              {!v.adresse && ', sur papier'}
            </span>
          </li>
        );
      })}
    </ul>
  );
}
