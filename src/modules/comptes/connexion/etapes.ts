/**
 * A sign-in that has begun and waits: for the identity provider's answer, for a code, for a key. The browser carries the token of
 * each, one a tab, in one cookie; `repere` tells them apart where the answer comes back, and opens nothing by itself.
 */
import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import { COOKIE_ETAPE } from '../../../core/http/cookies.ts';
import type { Contexte, Temoin } from '../../../core/http/http.ts';
import { empreinteDe } from '../sessions.queries.ts';
import { enJson } from '../../../core/couper.ts';

export type GenreEtape = 'second_facteur' | 'cle' | 'inscription_cle' | 'oidc';
export interface Etape {
  genre: GenreEtape;
  compteId: string | null;
  /** What comes back with the answer: the provider's `state`, a key's challenge, a field of the form. */
  repere: string;
  charge: Record<string, unknown>;
}
const DUREE_MIN = 15;
/** Carried at a time: the oldest is forgotten first. */
const ETAPES_MAX = 5;

const jetonsDe = (c: Contexte): string[] => (c.brut.request.cookies[COOKIE_ETAPE] ?? '').split('.').filter(Boolean).slice(0, ETAPES_MAX);
const temoinDe = (jetons: readonly string[]): Temoin => ({ nom: 'etape', valeur: jetons.length === 0 ? null : jetons.slice(0, ETAPES_MAX).join('.') });

/** The cookie that carries it beside those already begun. */
export async function commencerEtape(c: Contexte, e: Etape): Promise<Temoin> {
  const jeton = randomBytes(32).toString('base64url');
  const expire = new Date(c.maintenant.getTime() + DUREE_MIN * 60_000);
  await sql`delete from etapes where contrat_id = ${c.contrat.id} and expire_le < ${c.maintenant}`.execute(c.db);
  await sql`
    insert into etapes (contrat_id, empreinte, compte_id, genre, charge, expire_le)
    values (${c.contrat.id}, ${empreinteDe(jeton)}, ${e.compteId}, ${e.genre}, ${enJson({ ...e.charge, repere: e.repere })}::jsonb, ${expire})`.execute(c.db);
  return temoinDe([jeton, ...jetonsDe(c)]);
}

interface EtapeLue extends Etape {
  empreinte: Buffer;
}
/** Begun in this browser, not expired. Without `repere`, the last one. */
export async function getEtape(c: Contexte, genre: GenreEtape, repere: string | null): Promise<EtapeLue | null> {
  const empreintes = jetonsDe(c).map(empreinteDe);
  if (empreintes.length === 0) return null;
  const { rows } = await sql<EtapeLue>`
    select genre, compte_id, charge, charge->>'repere' as repere, empreinte
    from etapes
    where contrat_id = ${c.contrat.id} and empreinte = any(${empreintes}::bytea[]) and genre = ${genre} and expire_le > ${c.maintenant}
      and (${repere}::text is null or charge->>'repere' = ${repere})
    order by array_position(${empreintes}::bytea[], empreinte) limit 1`.execute(c.db);
  return rows[0] ?? null;
}
/** Takes it away: it serves once, and two requests cannot both use it. With it, the cookie that carries it no more. */
export async function prendreEtape(c: Contexte, genre: GenreEtape, repere: string | null): Promise<(Etape & { fin: Temoin }) | null> {
  const trouvee = await getEtape(c, genre, repere);
  if (!trouvee) return null;
  const { numDeletedRows } = await sql`
    delete from etapes where contrat_id = ${c.contrat.id} and empreinte = ${trouvee.empreinte}`
    .execute(c.db)
    .then((r) => ({ numDeletedRows: Number(r.numAffectedRows ?? 0) }));
  return numDeletedRows === 0 ? null : { ...trouvee, fin: sansEtape(c, trouvee) };
}

/** The cookie without this one. */
export const sansEtape = (c: Contexte, e: { empreinte: Buffer } | null): Temoin =>
  temoinDe(e === null ? [] : jetonsDe(c).filter((j) => !empreinteDe(j).equals(e.empreinte)));
/** Tells one from another where no answer does. */
export const tirerRepere = (): string => randomBytes(6).toString('base64url');
