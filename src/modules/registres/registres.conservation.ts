/** What registers keep for a time only: records themselves stay for as long as the contract is accounted for. */
import { sql } from 'kysely';
import type { Regle } from '../../core/trace/retention.ts';

export const CONSERVATION: readonly Regle[] = [
  {
    code: 'imports-jamais-publies',
    table: 'lots',
    libelle: 'Imports préparés et jamais publiés depuis plus de 30 jours, avec leurs lignes',
    fondement: 'Un fichier abandonné n’a plus d’utilité ; ses lignes sont la copie brute de ce que quelqu’un a déposé.',
    jours: 30,
    age: 'cree_le',
    condition: sql`etat = 'prepare'`,
    acte: 'supprimer',
  },
  {
    code: 'colonnes-des-fichiers',
    table: 'import_colonnes',
    libelle: 'Colonnes des fichiers d’une organisation, plus employées depuis 3 ans',
    fondement: 'Retenues pour que personne n’ait à redire ce que veulent dire ses colonnes ; un fichier qui ne vient plus n’en a plus besoin.',
    jours: 1095,
    age: 'employe_le',
    condition: sql`true`,
    acte: 'supprimer',
  },
];
