/** Cards and referents for tests, written as the owner. */
import { sql } from 'kysely';
import type { Db } from '../../core/base/database.ts';
import { dansLeFuseau } from '../../core/fuseau.ts';
import { getCatalogue } from '../contrats/index.ts';
import { type Contenu, createStructure, VIDE } from './structures/ecrire.ts';
import { tenirLAcces } from './verification/lien.ts';

export async function creerStructure(db: Db, contratId: number, plus: Partial<Contenu> = {}, quand = new Date()): Promise<string> {
  const catalogue = await getCatalogue(db, contratId);
  const contenu = { ...VIDE, nom: 'Lieu essayé', territoire_id: catalogue.racine.id, ...plus };
  const id = await dansLeFuseau(catalogue.contrat.fuseau, () =>
    createStructure(db, catalogue, contenu, { par: 'x', organisme: 'x', voie: 'page', quand }, { verifie: true }),
  );
  await tenirLAcces(db, contratId, { id, nom: contenu.correspondant_nom, courriel: contenu.correspondant_courriel }, quand);
  return id;
}
export async function creerService(
  db: Db,
  contratId: number,
  structure: string,
  o: { nom?: string; besoins?: readonly string[]; sans_rdv?: boolean; anonyme?: boolean; frais?: string } = {},
): Promise<string> {
  const { rows } = await sql<{ id: string }>`
    insert into structure_services (contrat_id, structure_id, carte_id, nom, besoins, sans_rdv, anonyme, frais, maj_le)
    values (${contratId}, ${structure}::uuid, ${structure}::uuid, ${o.nom ?? 'Écoute'}, ${[...(o.besoins ?? ['victime'])]}::text[], ${o.sans_rdv ?? false},
      ${o.anonyme ?? false}, ${o.frais ?? ''}, now()) returning id`.execute(db);
  return rows[0]?.id ?? '';
}
export async function creerReferent(
  db: Db,
  contratId: number,
  o: { role?: string; organisation?: string; territoire?: string; nom?: string; debut?: string; fin?: string | null } = {},
): Promise<string> {
  const { rows } = await sql<{ id: string }>`
    insert into referents (contrat_id, role, organisation_id, territoire_id, nom, courriel, debut, fin, cree_le, maj_le)
    values (${contratId}, ${o.role ?? 'cenomed'}, ${o.organisation ?? 'DPMP'}, ${o.territoire ?? 'mairie-18'}, ${o.nom ?? 'Une personne'}, 'ligne.directe@exemple.fr',
      ${o.debut ?? '2026-01-01'}::date, ${o.fin ?? null}::date, now(), now()) returning id`.execute(db);
  return rows[0]?.id ?? '';
}
export async function creerDoublon(db: Db, contratId: number, garde: string, double: string): Promise<string> {
  const { rows } = await sql<{ id: string }>`
    insert into structure_doublons (contrat_id, garde_id, double_id, raisons, trouve_le)
    values (${contratId}, ${garde}::uuid, ${double}::uuid, '{siret,nom}', now()) returning id`.execute(db);
  return rows[0]?.id ?? '';
}
