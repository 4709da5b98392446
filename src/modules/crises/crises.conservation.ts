import { sql } from 'kysely';
import type { Module } from '../../core/module.ts';
import type { Regle } from '../../core/trace/retention.ts';
import { pluriel } from '../../ui/typographie.ts';

export const CONSERVATION: readonly Regle[] = [
  {
    code: 'avis-de-crise',
    table: 'crise_avis',
    libelle: 'Ce que des mairies ont appris il y a plus de 3 ans',
    fondement: 'Le temps mis à prévenir la salle de commandement se suit sur la durée du contrat, puis ne sert plus.',
    jours: 1096,
    age: 'appris_le',
    condition: sql`transmis_le is not null`,
    acte: 'supprimer',
  },
];

/** The application may not delete an entry: a function of the database removes whole mains courantes at the end of their time. */
export const RENDEZVOUS: NonNullable<Module['rendezvous']> = [
  {
    code: 'crises-fin-de-conservation',
    libelle: 'Mains courantes : effacement dix ans après la clôture',
    quand: '50 3 * * *',
    executer: async ({ db, maintenant }) => {
      const { rows } = await sql<{ n: string }>`select effacer_mains_courantes(${maintenant}) as n`.execute(db);
      return pluriel(Number(rows[0]?.n ?? 0), 'main courante effacée', 'mains courantes effacées');
    },
  },
];
