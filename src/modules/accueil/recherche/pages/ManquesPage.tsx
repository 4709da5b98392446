import { EmptyState } from '../../../../ui/EmptyState.tsx';
import { PageHeader } from '../../../../ui/PageHeader.tsx';
import { Table } from '../../../../ui/Table.tsx';
import { jour, pluriel } from '../../../../ui/typographie.ts';
import type { Manque } from '../../../contrats/index.ts';

export function ManquesPage({ manques, seuil }: { manques: readonly Manque[]; seuil: number }) {
  return (
    <>
      <PageHeader
        titre="Mots sans réponse"
        chapo={`Ce que l’on cherche ici et qui ne trouve rien. Une recherche n’est jamais gardée, ni qui l’a faite : un mot seul n’est écrit qu’une fois demandé ${seuil} jours différents, sans les noms, les numéros ni les adresses, et s’efface 90 jours après la dernière fois.`}
      />
      {manques.length === 0 ? (
        <EmptyState titre="Aucun mot pour l’instant" actions={[{ libelle: 'Essayer une recherche', href: '/recherche' }]}>
          Aucun mot n’a encore été cherché sans résultat {seuil} jours différents.
        </EmptyState>
      ) : (
        <>
          <Table
            legende="Mots cherchés sans résultat"
            lignes={manques}
            cle={(m) => m.mot}
            colonnes={[
              {
                cle: 'mot',
                titre: 'Mot',
                entete: true,
                cellule: (m) => (
                  <a className="govuk-link" href={`/recherche?${new URLSearchParams({ q: m.mot })}`}>
                    {m.mot}
                  </a>
                ),
              },
              { cle: 'jours', titre: 'Demandé', cellule: (m) => pluriel(m.jours, 'jour') },
              { cle: 'dernier', titre: 'Dernière fois', cellule: (m) => jour(m.dernierJour) },
            ]}
          />
          <p className="govuk-body">
            Pour qu’un mot trouve sa réponse, ajoutez-le au fichier <code>recherche.yaml</code> du contrat : un synonyme, une réponse, un lieu ou un appel à
            l’aide.
          </p>
        </>
      )}
    </>
  );
}
