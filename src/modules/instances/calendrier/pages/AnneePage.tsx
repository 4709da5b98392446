import { ButtonGroup, LinkButton } from '../../../../ui/Button.tsx';
import { EmptyState } from '../../../../ui/EmptyState.tsx';
import { PageHeader } from '../../../../ui/PageHeader.tsx';
import { capitale, mois as moisEcrit, pluriel } from '../../../../ui/typographie.ts';
import type { Catalogue } from '../../../contrats/index.ts';
import type { SeanceDeCalendrier } from '../calendrier.queries.ts';

export interface AnneePageProps {
  catalogue: Catalogue;
  annee: string;
  seances: readonly SeanceDeCalendrier[];
  filtres: Readonly<Record<'qui' | 'territoire' | 'fiche' | 'instance', string>>;
  connecte: boolean;
}

/** One line a body, one column a month: the plan that people print and pin up. */
export function AnneePage(p: AnneePageProps) {
  const mois = Array.from({ length: 12 }, (_, i) => `${p.annee}-${String(i + 1).padStart(2, '0')}`);
  const parInstance = new Map<string, { nom: string; seances: SeanceDeCalendrier[] }>();
  for (const s of p.seances.filter((x) => x.etat !== 'annulee')) {
    const ligne = parInstance.get(s.instanceId) ?? { nom: s.instance, seances: [] };
    ligne.seances.push(s);
    parInstance.set(s.instanceId, ligne);
  }
  const { qui, territoire, fiche, instance } = p.filtres;
  const lien = (annee: string, chemin = '/calendrier/annee') =>
    `${chemin}?${new URLSearchParams(Object.entries({ annee, qui, territoire, fiche, instance }).filter(([, v]) => v !== ''))}`;
  return (
    <>
      <PageHeader
        titre={`Année ${p.annee}`}
        chapo={`${pluriel(p.seances.length, 'séance')} de ${pluriel(parInstance.size, 'instance')}. Cette page s’imprime.`}
      />
      <ButtonGroup>
        <LinkButton variante="secondaire" petit href={lien(String(Number(p.annee) - 1))}>
          {String(Number(p.annee) - 1)}
        </LinkButton>
        <LinkButton variante="secondaire" petit href={lien(String(Number(p.annee) + 1))}>
          {String(Number(p.annee) + 1)}
        </LinkButton>
        {p.connecte && qui === '' && (
          <LinkButton variante="secondaire" petit href={`/calendrier/annee?annee=${p.annee}&qui=moi`}>
            Où je siège
          </LinkButton>
        )}
        <LinkButton variante="secondaire" petit href={lien(p.annee, '/calendrier.csv')}>
          Exporter (CSV)
        </LinkButton>
      </ButtonGroup>
      {parInstance.size === 0 ? (
        <EmptyState titre="Aucune séance" actions={[{ libelle: 'Le mois en cours', href: '/calendrier' }]}>
          Aucune séance que vous puissiez voir n’est inscrite en {p.annee}.
        </EmptyState>
      ) : (
        <div className="c-annee__cadre" role="group" aria-label={`Plan de l’année ${p.annee}`} tabIndex={0}>
          <table className="c-annee">
            <caption className="govuk-visually-hidden">Séances de {p.annee} par instance et par mois</caption>
            <thead>
              <tr>
                <th scope="col">Instance</th>
                {mois.map((m) => (
                  <th key={m} scope="col">
                    {capitale(moisEcrit(m, { annee: false, court: true }))}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {[...parInstance]
                .sort(([, a], [, b]) => a.nom.localeCompare(b.nom, 'fr', { numeric: true }))
                .map(([id, ligne]) => (
                  <tr key={id}>
                    <th scope="row">
                      <a className="govuk-link" href={`/instances/${id}`}>
                        {ligne.nom}
                      </a>
                    </th>
                    {mois.map((m) => (
                      <td key={m}>
                        {ligne.seances
                          .filter((s) => s.jour.startsWith(m))
                          .map((s) => Number(s.jour.slice(8)))
                          .join(', ')}
                      </td>
                    ))}
                  </tr>
                ))}
            </tbody>
          </table>
        </div>
      )}
    </>
  );
}
