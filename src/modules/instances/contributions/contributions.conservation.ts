import { sql } from 'kysely';
import type { Regle } from '../../../core/trace/retention.ts';

export const CONSERVATION: readonly Regle[] = [
  {
    code: 'contributions-ecartees',
    table: 'instance_contributions',
    libelle: 'Mots des contributions écartées ou retirées depuis plus de 90 jours, et de celles que personne n’a lues en un an',
    fondement: 'Trois mois laissent lire pourquoi une contribution est écartée ; ce qui est publié sert jusqu’à la fin du contrat, sans nom.',
    jours: 90,
    age: { fin: 'ecartee_le', sinon: 'recue_le', recours: 365 },
    condition: sql`anonymisee_le is null and (acceptee_le is null or ecartee_le is not null)`,
    acte: 'anonymiser',
    seule: true,
  },
];
