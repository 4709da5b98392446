import { Pagination } from '../../../../ui/Pagination.tsx';
import type { EnPages } from '../../../../core/http/list-page.ts';
import { EmptyState } from '../../../../ui/EmptyState.tsx';
import { PageHeader, Section } from '../../../../ui/PageHeader.tsx';
import { jourEtHeure } from '../../../../ui/typographie.ts';
import { Ecrit } from '../BilanFiche.tsx';
import { ecrireTexte } from '../bilan.rules.ts';
import type { Texte } from './textes.queries.ts';

/** Every version of one text, the latest first. */
export function VersionsPage({ titre, versions }: { titre: string; versions: EnPages<Texte> }) {
  return (
    <>
      <PageHeader titre={titre} chapo="Chaque version, telle qu’elle a été écrite." />
      {versions.lignes.length === 0 && <EmptyState titre="Aucun texte">Personne n’a encore écrit ce texte.</EmptyState>}
      {versions.lignes.map((v) => (
        <Section key={v.version} titre={`Version ${v.version}, le ${jourEtHeure(v.le)}`}>
          {v.texte === '' ? (
            <p className="govuk-body">
              Texte retiré par {v.auteur}, {v.fonction}.
            </p>
          ) : (
            <div className="c-bilan">
              <Ecrit t={ecrireTexte({ ...v, le: v.le.toISOString() }, true)} />
            </div>
          )}
        </Section>
      ))}
      {versions.pages && <Pagination {...versions.pages} objet="version" />}
    </>
  );
}
