import { PageHeader } from '../../../ui/PageHeader.tsx';
import type { Catalogue } from '../../contrats/index.ts';
import type { EtatFiche } from '../accueil.rules.ts';
import { ListeDesFiches } from './ListeDesFiches.tsx';

export function AxePage(p: { catalogue: Catalogue; axe: Catalogue['axes'][number]; annee: string; territoireId: string; etats: readonly EtatFiche[] }) {
  return (
    <>
      <PageHeader titre={p.axe.titre} surtitre={`Axe ${p.axe.numero}`} chapo={p.axe.resume} />
      <ListeDesFiches catalogue={p.catalogue} annee={p.annee} territoireId={p.territoireId} etats={p.etats} />
    </>
  );
}
