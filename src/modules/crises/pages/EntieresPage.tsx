import { Pagination } from '../../../ui/Pagination.tsx';
import { Section } from '../../../ui/PageHeader.tsx';
import { pluriel } from '../../../ui/typographie.ts';
import type { Chargee } from '../crises.contexte.ts';
import type { Entree } from '../main-courante/main-courante.queries.ts';
import { Salle } from './CriseTete.tsx';
import { Entrees } from './Entrees.tsx';

interface Props {
  k: Chargee;
  entrees: readonly Entree[];
  page: number;
  total: number;
  parPage: number;
  tete: { numero: number; empreinte: string; effaceeLe: Date | null } | null;
}

/** Everything from the oldest: to be read, and printed. */
export function EntieresPage({ k, entrees, page, total, parPage, tete }: Props) {
  return (
    <Salle k={k} ici="">
      <Section titre="Main courante entière">
        {tete?.effaceeLe && <p className="govuk-body">Ses entrées ont été effacées à la fin de leur conservation.</p>}
        {tete && total > 0 && (
          <p className="c-entree__auteur">
            {pluriel(total, 'entrée')}. Empreinte de la dernière : <code className="c-empreinte">{tete.empreinte}</code>
          </p>
        )}
        <Entrees k={k} entrees={entrees} jour={null} legende="Main courante entière" />
        <Pagination page={page} total={total} parPage={parPage} href={(n) => `/crises/${k.crise.id}/main-courante?page=${n}`} objet="entrée" />
      </Section>
    </Salle>
  );
}
