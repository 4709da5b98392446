/** Waves for tests, written as the owner. */
import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import type { Db } from '../../core/base/database.ts';
import { listEnquetes } from './definition/definitions.ts';
import { addInvitations, type NouvelleVague } from './vagues/vagues.queries.ts';
import { enJson } from '../../core/couper.ts';

const PARIS = 'contrats/paris-2023-2026';

export async function creerVague(db: Db, contratId: number, plus: Partial<NouvelleVague> & { code?: string } = {}): Promise<string> {
  const { code = 'sentiment-de-securite', ...dit } = plus;
  const e = (await listEnquetes(PARIS)).get(code);
  if (!e) throw new Error(`Aucune enquête ne s’appelle « ${code} ».`);
  const v: NouvelleVague = {
    periode: '2025',
    debiteur: e.demandeurs[0] ?? '',
    territoireId: 'paris',
    debut: '2020-01-01',
    fin: '2099-12-31',
    acces: 'ouvert',
    tirage: 'volontaires',
    invites: null,
    ...dit,
  };
  const { rows } = await sql<{ id: string }>`
    insert into enquete_vagues (contrat_id, enquete, definition, periode, territoire_id, debiteur, debut, fin, acces, tirage, invites,
      creee_par, creee_par_id, organisation_id, creee_le)
    values (${contratId}, ${code}, ${enJson(e)}::jsonb, ${v.periode}, ${v.territoireId}, ${v.debiteur}, ${v.debut}::date, ${v.fin}::date, ${v.acces},
      ${v.tirage}, ${v.invites}, 'Une personne', gen_random_uuid(), ${v.debiteur}, now()) returning id`.execute(db);
  return rows[0]?.id ?? '';
}

/** The token of a new invitation. */
export async function creerInvitation(db: Db, contratId: number, vague: string): Promise<string> {
  const jeton = randomBytes(24).toString('base64url');
  await addInvitations(db, contratId, vague, [jeton]);
  return jeton;
}
