import { EmptyState } from '../../../ui/EmptyState.tsx';
import { PageHeader } from '../../../ui/PageHeader.tsx';
import { Table } from '../../../ui/Table.tsx';
import type { Catalogue } from '../../contrats/index.ts';
import type { Cadre } from '../crises.schema.ts';
import type { Crise } from '../crises.types.ts';

interface Props {
  crises: readonly (Crise & { entrees: number })[];
  cadre: Cadre;
  cat: Catalogue;
  ouvre: boolean;
}

export function CrisesPage({ crises, cadre }: Props) {
  return (
    <>
      <PageHeader titre="Crises" />
      {crises.length === 0 ? (
        <EmptyState titre="Aucune salle pour vous">Une salle paraît ici quand votre organisation y est nommée.</EmptyState>
      ) : (
        <ul>
          {crises.map((k) => (
            <li key={k.id}>
              {k.titre}, {cadre.types.find((t) => t.code === k.type)?.libelle}
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
