import { LinkButton } from '../../../ui/Button.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { FilterLayout, FilterPanel } from '../../../ui/FilterPanel.tsx';
import { PageHeader, Section } from '../../../ui/PageHeader.tsx';
import { Select } from '../../../ui/Select.tsx';
import { SubNavigation } from '../../../ui/SubNavigation.tsx';
import type { SuiviLu } from './suivis.ts';
import { SuivisTable, type SuivisTableProps } from './SuivisTable.tsx';
import { optionsDeFiches } from '../../contrats/index.ts';

interface Props extends Pick<SuivisTableProps, 'lignes' | 'annee' | 'catalogue' | 'fournir'> {
  annees: readonly number[];
  fiche: string;
}

const PARTIES: readonly (readonly [titre: string, dans: (l: SuiviLu) => boolean])[] = [
  ['Personnes suivies, dispositif par dispositif', (l) => l.suivi.effectif],
  ['Autres chiffres suivis', (l) => !l.suivi.effectif],
];

export function SuivisPage({ annees, fiche, ...t }: Props) {
  const { catalogue: c, annee, lignes } = t;
  const lien = (o: { annee?: number; fiche?: string }) =>
    `/chiffres/suivis?${new URLSearchParams({ annee: String(o.annee ?? annee), fiche: o.fiche ?? fiche })}`;
  const fiches = [...new Set([...c.suivis.values()].map((s) => s.fiche))];
  return (
    <>
      <PageHeader
        titre="Chiffres de suivi"
        chapo="Suivis à côté des indicateurs du contrat. Ils n’entrent ni dans sa complétude, ni dans le baromètre, ni dans le bilan."
        actions={
          <LinkButton variante="discret" telecharger href={lien({}).replace('/suivis?', '/suivis.csv?')}>
            Télécharger (CSV)
          </LinkButton>
        }
      />
      <SubNavigation libelle="Année" entrees={annees.map((a) => ({ libelle: String(a), href: lien({ annee: a }), actif: a === annee }))} />
      <FilterLayout
        filtres={
          <FilterPanel
            action="/chiffres/suivis"
            actifs={fiche ? [{ libelle: `fiche ${fiche}`, href: lien({ fiche: '' }) }] : []}
            effacer={lien({ fiche: '' })}
            masques={{ annee: String(annee) }}
          >
            <Select nom="fiche" libelle="Fiche" vide="toutes les fiches" valeur={fiche} options={optionsDeFiches(c, (f) => fiches.includes(f))} />
          </FilterPanel>
        }
      >
        {lignes.length === 0 ? (
          <EmptyState titre="Aucun chiffre de suivi" actions={[{ libelle: 'Chiffres à fournir', href: '/chiffres' }]}>
            {fiche ? 'Rien n’est suivi pour cette fiche.' : 'Ce contrat ne fait rien suivre à côté de ses indicateurs.'}
          </EmptyState>
        ) : (
          PARTIES.map(([titre, dans]) => {
            const siennes = lignes.filter(dans);
            return (
              siennes.length > 0 && (
                <Section key={titre} titre={titre}>
                  <SuivisTable {...t} legende={titre} lignes={siennes} />
                </Section>
              )
            );
          })
        )}
      </FilterLayout>
    </>
  );
}
