import { ButtonGroup, LinkButton } from '../../../../ui/Button.tsx';
import { EmptyState } from '../../../../ui/EmptyState.tsx';
import { FilterLayout } from '../../../../ui/FilterPanel.tsx';
import { PageHeader } from '../../../../ui/PageHeader.tsx';
import { capitale, mois as moisEcrit, pluriel } from '../../../../ui/typographie.ts';
import type { Catalogue, Lieu } from '../../../contrats/index.ts';
import type { SeanceDeCalendrier } from '../calendrier.rules.ts';
import { adresse, type ChampsCalendrier, estFiltre, FiltresCalendrier, SANS_FILTRE } from './FiltresCalendrier.tsx';

export interface AnneePageProps {
  catalogue: Catalogue;
  annee: string;
  seances: readonly SeanceDeCalendrier[];
  lieu: Lieu;
  filtres: ChampsCalendrier;
  connecte: boolean;
}

/** One line a body, one column a month: the plan that people print and pin up. */
export function AnneePage(p: AnneePageProps) {
  const mois = Array.from({ length: 12 }, (_, i) => `${p.annee}-${String(i + 1).padStart(2, '0')}`);
  const parInstance = new Map<string, { nom: string; seances: SeanceDeCalendrier[] }>();
  const tenues = p.seances.filter((x) => x.etat !== 'annulee');
  const annulees = p.seances.length - tenues.length;
  for (const s of tenues) {
    const ligne = parInstance.get(s.instanceId) ?? { nom: s.instance, seances: [] };
    ligne.seances.push(s);
    parInstance.set(s.instanceId, ligne);
  }
  const { qui, territoire, fiche, instance } = p.filtres;
  const champs = { qui, territoire, fiche, instance };
  const lien = (annee: string, chemin = '/calendrier/annee') => adresse(chemin, { annee, ...champs });
  const filtre = estFiltre(champs);
  return (
    <>
      <PageHeader
        titre={`Année ${p.annee}`}
        chapo={`${pluriel(tenues.length, 'séance')} de ${pluriel(parInstance.size, 'instance')}${annulees > 0 ? `, sans compter ${pluriel(annulees, 'annulée')}` : ''}. Chaque nombre est un jour du mois. Cette page s’imprime.`}
      />
      <ButtonGroup>
        <LinkButton variante="secondaire" petit href={lien(String(Number(p.annee) - 1))}>
          {String(Number(p.annee) - 1)}
        </LinkButton>
        <LinkButton variante="secondaire" petit href={lien(String(Number(p.annee) + 1))}>
          {String(Number(p.annee) + 1)}
        </LinkButton>
        <LinkButton variante="secondaire" petit href={lien(p.annee, '/calendrier.csv')}>
          Exporter (CSV)
        </LinkButton>
      </ButtonGroup>
      <FilterLayout
        filtres={
          <FiltresCalendrier
            catalogue={p.catalogue}
            action="/calendrier/annee"
            champs={champs}
            lieu={p.lieu}
            masques={{ annee: p.annee }}
            seances={p.seances}
            connecte={p.connecte}
          />
        }
      >
        {parInstance.size === 0 ? (
          <EmptyState
            titre={`Aucune séance en ${p.annee}`}
            actions={[
              ...(filtre ? [{ libelle: 'Ôter les filtres', href: adresse('/calendrier/annee', { annee: p.annee, ...SANS_FILTRE }) }] : []),
              { libelle: 'Le mois en cours', href: '/calendrier' },
            ]}
          >
            {p.connecte ? 'Aucune séance que vous puissiez voir n’y est inscrite' : 'Aucune séance publique n’y est annoncée'}
            {filtre ? ' avec ces filtres.' : '.'}
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
      </FilterLayout>
    </>
  );
}
