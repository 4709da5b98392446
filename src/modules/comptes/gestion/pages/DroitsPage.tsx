import { ROLES, type Role } from '../../../../core/authorize.ts';
import { PageHeader } from '../../../../ui/PageHeader.tsx';
import { Table } from '../../../../ui/Table.tsx';
import { ETENDUES, type LigneDeMatrice } from '../matrice.rules.ts';

/** Who may what, made from the functions that the application asks at each request. */
export function DroitsPage({ matrice }: { matrice: readonly LigneDeMatrice[] }) {
  return (
    <>
      <PageHeader
        titre="Droits"
        chapo="Ce que chaque rôle peut, tiré des règles mêmes que l’application applique. Le périmètre est le territoire ou la fiche du mandat."
      />
      <Table
        legende="Droits par rôle"
        dense
        lignes={matrice}
        cle={(l) => `${l.objet} ${l.action}`}
        colonnes={[
          { cle: 'objet', titre: 'Objet', cellule: (l) => l.objet },
          { cle: 'action', titre: 'Action', entete: true, cellule: (l) => l.action },
          ...(Object.keys(ROLES) as Role[]).map((r) => ({ cle: r, titre: ROLES[r], cellule: (l: LigneDeMatrice) => ETENDUES[l.roles[r]] })),
        ]}
      />
    </>
  );
}
