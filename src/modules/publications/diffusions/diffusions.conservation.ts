import { sql } from 'kysely';
import type { Regle } from '../../../core/trace/retention.ts';

export const CONSERVATION: readonly Regle[] = [
  {
    code: 'documents-diffuses',
    table: 'documents_diffuses',
    libelle: 'Mots et fichiers des documents dont la diffusion a pris fin il y a plus de 30 jours',
    fondement: 'Le jour où il cesse d’être lu est dit à la diffusion, deux ans au plus ; un mois laisse répondre de ce qui a été remis.',
    jours: 30,
    age: 'jusqu_au',
    condition: sql`anonymisee_le is null`,
    acte: 'anonymiser',
    seule: true,
  },
  {
    code: 'lecteurs-des-documents',
    table: 'document_lecteurs',
    libelle: 'Noms et adresses de ceux à qui un document a été remis il y a plus d’un an, et qui ne se lit plus',
    fondement: 'Un an suffit à rappeler et à rendre compte, mais qui doit lire un document le peut jusqu’à sa fin ; combien l’ont lu reste, sans nom.',
    jours: 365,
    age: 'envoye_le',
    // A document is erased a month after its last day, which always comes: its readers are known until then.
    condition: sql`anonymisee_le is null and not exists (
      select from documents_diffuses d
      where d.contrat_id = document_lecteurs.contrat_id and d.id = document_lecteurs.document_id and d.anonymisee_le is null)`,
    acte: 'anonymiser',
    seule: true,
  },
];
