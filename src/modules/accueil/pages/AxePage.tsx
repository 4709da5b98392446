import { PageHeader } from '../../../ui/PageHeader.tsx';
import type { Catalogue } from '../../contrats/index.ts';
import type { EtatFiche } from '../accueil.rules.ts';
import { FichesTable } from './BarometrePage.tsx';

export function AxePage(p: { catalogue: Catalogue; axe: Catalogue['axes'][number]; annee: string; territoireId: string; etats: readonly EtatFiche[] }) {
  return (
    <>
      <PageHeader titre={p.axe.titre} surtitre={`Axe ${p.axe.numero}`} chapo={p.axe.resume} />
      <FichesTable
        catalogue={p.catalogue}
        annee={p.annee}
        territoireId={p.territoireId}
        etats={p.etats}
        legende={`Fiches de l’axe ${p.axe.numero} en ${p.annee}`}
      />
    </>
  );
}
