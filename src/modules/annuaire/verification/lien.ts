/** The link by which the correspondent of a card confirms or corrects it: made with the card, ended with the correspondent. */
import { JOUR_MS } from '../../../core/jours.ts';
import { sql } from 'kysely';
import type { Coffre } from '../../../core/coffre.ts';
import { ajouterCourriel } from '../../../core/courrier/mail.ts';
import type { Db } from '../../../core/base/database.ts';
import { uuid, uuids } from '../../../core/base/id.ts';
import type { Contexte } from '../../../core/http/http.ts';
import { estLienSigne, signerLien } from '../../../core/lien-signe.ts';
import type { Services } from '../../../core/module.ts';
import type { Structure } from '../structures/structures.queries.ts';

export interface Acces {
  id: string;
  structureId: string;
  courriel: string;
  nom: string;
  creeLe: Date;
  envoyeLe: Date | null;
  reponduLe: Date | null;
  fermeLe: Date | null;
}
const COLONNES = sql`a.id, a.structure_id, a.courriel, a.nom, a.cree_le, a.envoye_le, a.repondu_le, a.ferme_le`;
/** Days during which a link opens the card, from its last sending. */
export const JOURS_DU_LIEN = 90;
export const estValide = (a: Pick<Acces, 'creeLe' | 'envoyeLe'>, maintenant: Date): boolean =>
  maintenant.getTime() - (a.envoyeLe ?? a.creeLe).getTime() < JOURS_DU_LIEN * JOUR_MS;
/** What the public and the history read of who wrote by link: the access alone says their name, until a year after it ended. */
export const CORRESPONDANT = 'Le correspondant du lieu';
const USAGE = 'annuaire';
const partiesDe = (a: Pick<Acces, 'id' | 'structureId' | 'courriel'>) => [a.id, a.structureId, a.courriel];

export const CHEMIN = '/annuaire/verifier/:verification/:sceau';
export const cheminDe = (coffre: Coffre, a: Acces): string => `/annuaire/verifier/${a.id}/${signerLien(coffre, USAGE, partiesDe(a))}`;
export const estSigne = (coffre: Coffre, a: Acces, recue: string): boolean => estLienSigne(coffre, USAGE, partiesDe(a), recue);

export async function getAcces(db: Db, contratId: number, id: string): Promise<Acces | null> {
  const { rows } = await sql<Acces>`select ${COLONNES} from structure_acces a where a.contrat_id = ${contratId} and a.id = ${uuid(id)}`.execute(db);
  return rows[0] ?? null;
}
/** Links that are open, of these cards. */
export async function listAccesOuverts(db: Db, contratId: number, structures: readonly string[]): Promise<Acces[]> {
  const { rows } = await sql<Acces>`
    select ${COLONNES} from structure_acces a
    where a.contrat_id = ${contratId} and a.structure_id = any(${uuids(structures)}) and a.ferme_le is null`.execute(db);
  return rows;
}
/** Brings links to who is named: one open link for the correspondent, none for anyone else. */
export async function tenirLAcces(tx: Db, contratId: number, s: { id: string; nom: string; courriel: string }, quand: Date): Promise<void> {
  const courriel = s.courriel.toLowerCase();
  await sql`
    update structure_acces set ferme_le = ${quand}
    where contrat_id = ${contratId} and structure_id = ${s.id}::uuid and ferme_le is null and courriel <> ${courriel}`.execute(tx);
  if (courriel === '') return;
  await sql`
    insert into structure_acces (contrat_id, structure_id, courriel, nom, cree_le) values (${contratId}, ${s.id}::uuid, ${courriel}, ${s.nom}, ${quand})
    on conflict (contrat_id, structure_id, courriel) where ferme_le is null do update set nom = excluded.nom`.execute(tx);
}
export const noterReponse = (tx: Db, contratId: number, id: string, quand: Date) =>
  sql`update structure_acces set repondu_le = ${quand} where contrat_id = ${contratId} and id = ${id}::uuid`.execute(tx);

/** It leaves by a letter: it opens again for as long. */
export const noterEnvoi = (tx: Db, contratId: number, id: string, quand: Date) =>
  sql`update structure_acces set envoye_le = ${quand} where contrat_id = ${contratId} and id = ${id}::uuid`.execute(tx);

/** One letter, one link. It waits enciphered, since its link opens something. */
export async function envoyerLeLien(
  c: Pick<Contexte, 'db' | 'contrat' | 'maintenant'>,
  services: Pick<Services, 'coffre' | 'adresse'>,
  s: Pick<Structure, 'id' | 'nom'>,
  a: Acces,
): Promise<void> {
  await ajouterCourriel(
    c.db,
    c.contrat.id,
    {
      a: a.courriel,
      sujet: `À confirmer : ce que le public lit de ${s.nom}`,
      texte: [
        `Bonjour ${a.nom},`,
        `Le public trouve « ${s.nom} » dans l’annuaire : adresse, horaires, téléphone, langues, accessibilité. Est-ce toujours juste ?`,
        'Une page, sans compte : confirmez d’un geste, ou corrigez.',
        `${services.adresse}${cheminDe(services.coffre, a)}`,
        `Ce lien est pour vous seul, pendant ${JOURS_DU_LIEN} jours : ne le transférez pas.`,
      ].join('\n\n'),
      objet: `/annuaire/structures/${s.id}`,
    },
    services.coffre,
  );
  await noterEnvoi(c.db, c.contrat.id, a.id, c.maintenant);
}
