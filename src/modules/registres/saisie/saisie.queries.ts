/**
 * Writing one record. Every change keeps the version that it supersedes (trigger) and moves the figures in the same
 * transaction: their former contribution is taken away before, the new one added after.
 */
import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { type Db, remettre } from '../../../core/base/database.ts';
import { requete } from '../../../core/base/requete.ts';
import type { Activite, Acte, Auteur, VersionActivite } from '../activite.ts';
import type { Registres } from '../registres.contexte.ts';
import { faitDe } from '../registres.faits.ts';
import type { Contenu } from '../registres.rules.ts';
import { uuid } from '../../../core/base/id.ts';
import { enJson } from '../../../core/couper.ts';

/** With `verrou`, locks the row until the end of the transaction. */
export async function getActivite(db: Db, contratId: number, registre: string, id: string, verrou = false): Promise<Activite | null> {
  const { rows } = await sql<Activite>`
    select id, activite_contenu(a) as contenu, statut, version, acte, motif, auteur, modifie_le as "modifieLe",
      cree_le as "creeLe", lot_id as "lotId", id_externe as "idExterne", serie_id as "serieId"
    from activites a
    where contrat_id = ${contratId} and registre = ${registre} and id = ${uuid(id)}
    ${verrou ? sql`for update` : sql``}`.execute(db);
  return rows[0] ?? null;
}

/** The last record that this person published in the register, else their organisation: what the next one starts from. */
export async function getDerniere(db: Db, contratId: number, registre: string, qui: { id: string; organisationId: string } | null): Promise<Activite | null> {
  if (qui === null) return null;
  const { rows } = await sql<{ id: string }>`
    select id from activites
    where contrat_id = ${contratId} and registre = ${registre} and organisation_id = ${qui.organisationId} and statut = 'publie'
    order by auteur_id is not distinct from ${qui.id}::uuid desc, modifie_le desc, id
    limit 1`.execute(db);
  return rows[0] ? getActivite(db, contratId, registre, rows[0].id) : null;
}

/** Superseded versions, the latest first. */
export async function listVersions(db: Db, contratId: number, id: string): Promise<VersionActivite[]> {
  const { rows } = await sql<VersionActivite>`
    select contenu, statut, version, acte, motif, auteur, modifie_le as "modifieLe", lot_id as "lotId"
    from activite_versions
    where contrat_id = ${contratId} and activite_id = ${id}::uuid
    order by version desc`.execute(db);
  return rows;
}

/** Address of a record's page: under which the figures that it moved are kept. */
export const cheminDe = (a: { registre: string; id: string }): string => `/registres/${a.registre}/${a.id}`;

interface Ou {
  contratId: number;
  registre: string;
}

/** Null when `idExterne` is already that of another record. */
export async function createActivite(
  tx: Db,
  r: Registres,
  ou: Ou,
  a: { contenu: Contenu; idExterne: string | null; auteur: Auteur; quand: Date; id?: string; serie?: string | null },
): Promise<string | null> {
  const { donnees, ...k } = a.contenu;
  const id = a.id ?? randomUUID();
  const valeurs = { ...ou, ...k, id, donnees: enJson(donnees), serie: a.serie ?? null, idExterne: a.idExterne, auteurId: a.auteur.id };
  const ligne = { ...valeurs, auteur: a.auteur.nom, quand: a.quand };
  // Only another tool's identifier may be taken already.
  if (a.idExterne === null) await remettre(tx, inserer.avec(ligne));
  else if ((await inserer(tx, ligne)).length === 0) return null;
  const d = r.definitions.find((x) => x.code === ou.registre);
  await r.compterNouveau(
    tx,
    ou.contratId,
    ou.registre,
    id,
    { chemin: cheminDe({ registre: ou.registre, id }), version: 1 },
    d ? faitDe(d, id, a.contenu) : null,
  );
  if (k.etape === 'programmee') await r.accorderEtapes(tx, ou.contratId, [id]);
  return id;
}
interface NouvelleLigne extends Ou, Omit<Contenu, 'donnees'> {
  id: string;
  donnees: string;
  serie: string | null;
  idExterne: string | null;
  auteurId: string | null;
  auteur: string;
  quand: Date;
}
const inserer = requete<{ id: string }, NouvelleLigne>(
  (v) => sql`
    insert into activites (contrat_id, registre, id, jour, fin, titre, territoire_id, adresse, lon, lat, organisation_id,
      commentaire, fiches, lignes, donnees, etape, annulation, serie_id, id_externe, auteur_id, auteur, modifie_le, cree_le)
    values (${v.contratId}, ${v.registre}, ${v.id}::uuid, ${v.jour}::date, ${v.fin}::date, ${v.titre},
      ${v.territoire_id}, ${v.adresse}, ${v.lon}, ${v.lat}, ${v.organisation_id}, ${v.commentaire},
      ${v.fiches}::text[], ${v.lignes}::text[], ${v.donnees}::jsonb, ${v.etape}, ${v.annulation}, ${v.serie}::uuid, ${v.idExterne},
      ${v.auteurId}::uuid, ${v.auteur}, ${v.quand}, ${v.quand})
    on conflict (contrat_id, registre, id_externe) where id_externe is not null do nothing
    returning id`,
);

/** The caller has locked the row and checked its version. Returns the new version's number. */
export async function updateActivite(
  tx: Db,
  r: Registres,
  ou: Ou & { id: string },
  m: { contenu: Contenu; statut: 'publie' | 'retire'; acte: Acte; motif: string; auteur: Auteur; quand: Date },
): Promise<number> {
  const k = m.contenu;
  const retranches = await r.appliquerFaits(tx, ou.contratId, ou.registre, { ids: [ou.id] }, -1);
  const { rows } = await sql<{ version: number; dite: boolean }>`
    update activites
    set jour = ${k.jour}::date, fin = ${k.fin}::date, titre = ${k.titre}, territoire_id = ${k.territoire_id},
      adresse = ${k.adresse}, lon = ${k.lon}, lat = ${k.lat}, organisation_id = ${k.organisation_id},
      commentaire = ${k.commentaire}, fiches = ${k.fiches}::text[], lignes = ${k.lignes}::text[],
      donnees = ${enJson(k.donnees)}::jsonb, etape = ${k.etape}, annulation = ${k.annulation},
      dite_le = case when ${k.etape}::text = 'programmee' then null when etape = 'programmee' then ${m.quand}::timestamptz else dite_le end,
      statut = ${m.statut}, version = version + 1, acte = ${m.acte}, motif = ${m.motif},
      auteur_id = ${m.auteur.id}::uuid, auteur = ${m.auteur.nom}, modifie_le = ${m.quand}
    where contrat_id = ${ou.contratId} and registre = ${ou.registre} and id = ${ou.id}::uuid
    returning version, dite_le is not null as dite`.execute(tx);
  const ajoutes = await r.appliquerFaits(tx, ou.contratId, ou.registre, { ids: [ou.id] }, 1);
  const version = rows[0]?.version ?? 0;
  await r.noterMouvements(tx, ou.contratId, { chemin: cheminDe(ou), version }, [...retranches, ...ajoutes]);
  if (k.etape !== 'realisee' || rows[0]?.dite) await r.accorderEtapes(tx, ou.contratId, [ou.id]);
  return version;
}
