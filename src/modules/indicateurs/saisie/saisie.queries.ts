/** Entering and validating contributions: each correction is a new version, nothing is overwritten. */
import { sql } from 'kysely';
import type { Utilisateur } from '../../../core/authorize.ts';
import type { Db, Ligne } from '../../../core/base/database.ts';
import { conflit } from '../../../core/errors.ts';
import { uuids } from '../../../core/base/id.ts';
import { type CleDeContribution, lireCle } from './grain.rules.ts';
import { enJson } from '../../../core/couper.ts';

export interface NouvelleVersion extends CleDeContribution {
  mesureId: string;
  /** Version that it replaces; 0 when there was none. */
  derniere: number;
  etat: 'valeur' | 'secret' | 'sans_objet';
  nombre: number | null;
  texte: string;
  source: string;
  commentaire: string;
  lien: string;
  fichierId: string | null;
  fichierNom: string | null;
  documentLe: string;
  documentAuteur: string;
  /** Its writer says which files come with it; otherwise those of the version before stay. */
  piecesDites?: boolean;
  /** Under an exception to a lock: why, in words that everyone will read; that of the exception when nothing is said. */
  rectifie?: string | undefined;
}
/** Who gives it; `id` null: by a link that they were sent, without an account. */
export type Auteur = Pick<Utilisateur, 'nom' | 'organisationId'> & {
  id: string | null;
  /** Accounts that entrusted it or prepared it: none of them validates it. */
  prepare?: readonly string[];
  /** Of an account: by what it acts. */
  mandats?: Utilisateur['mandats'];
};

const celleCi = (contratId: number, v: CleDeContribution & { mesureId: string }) => sql`contrat_id = ${contratId} and mesure_id = ${v.mesureId}
  and periode = ${v.periode} and territoire_id = ${v.territoireId} and debiteur = ${v.debiteur}
  and ventilation = ${enJson(lireCle(v.ventilation))}::jsonb`;

/** Adds the version after `derniere` and makes it the current one. Throws 409 when another one came in. The caller holds the year. */
export async function addVersion(tx: Db, contratId: number, v: NouvelleVersion & { pourAutrui: boolean }, u: Auteur, quand: Date): Promise<void> {
  const la = celleCi(contratId, v);
  const { rows } = await sql<{ version: number }>`select version from valeurs where ${la} and courante`.execute(tx);
  if ((rows[0]?.version ?? 0) !== v.derniere) throw conflit('Une autre personne vient d’enregistrer ce chiffre. Rechargez la page.');
  await sql`update valeurs set courante = false where ${la} and courante`.execute(tx);
  const dit = v.etat === 'valeur';
  await sql`
    insert into valeurs (contrat_id, mesure_id, periode, territoire_id, debiteur, ventilation, version, etat, valeur, texte, source, commentaire,
      saisi_par, saisi_par_id, saisi_par_organisation, saisi_le, lien, fichier_id, fichier_nom, document_le, document_auteur, rectifie_motif, prepare_par, pour_autrui)
    values (${contratId}, ${v.mesureId}, ${v.periode}, ${v.territoireId}, ${v.debiteur}, ${enJson(lireCle(v.ventilation))}::jsonb,
      ${v.derniere + 1}, ${v.etat}, ${dit ? v.nombre : null}, ${dit && v.texte !== '' ? v.texte : null}, ${v.source}, ${v.commentaire},
      ${u.nom}, ${u.id}::uuid, ${u.organisationId}, ${quand}, ${(dit && v.lien) || null}, ${dit ? v.fichierId : null}::uuid,
      ${dit ? v.fichierNom : null}, ${(dit && v.documentLe) || null}::date, ${(dit && v.documentAuteur) || null},
      ${v.rectifie?.trim() || null}, ${[...(u.prepare ?? [])]}::uuid[], ${v.pourAutrui})`.execute(tx);
}

export interface VersionVisee extends Pick<Ligne<'valeurs'>, 'id' | 'periode' | 'debiteur'> {
  territoireId: string;
  saisiParId: string | null;
  preparePar: string[];
  saisiPar: string;
  saisiParOrganisation: string;
  pourAutrui: boolean;
  courante: boolean;
  valideLe: Date | null;
  confirmeLe: Date | null;
  contesteePar: string[];
  etat: string;
  fichierId: string | null;
  validee: boolean;
}
/** Versions of a measure, by their ids. */
export async function listVersionsVisees(db: Db, contratId: number, mesureId: string, ids: readonly string[]): Promise<VersionVisee[]> {
  const { rows } = await sql<VersionVisee>`
    select id, periode, debiteur, territoire_id as "territoireId", saisi_par_id as "saisiParId", prepare_par as "preparePar", saisi_par as "saisiPar",
      saisi_par_organisation as "saisiParOrganisation", pour_autrui as "pourAutrui", confirme_le as "confirmeLe",
      contestee_par as "contesteePar", courante, valide_le as "valideLe", etat, fichier_id as "fichierId", validee
    from valeurs where contrat_id = ${contratId} and mesure_id = ${mesureId} and id = any(${uuids(ids)})
    order by periode, territoire_id, debiteur, id`.execute(db);
  return rows;
}

/** Marks current versions as validated; how many were. Those that are no longer current, or were validated already, are left. */
export async function validerVersions(tx: Db, contratId: number, mesureId: string, ids: readonly string[], u: Utilisateur, quand: Date): Promise<number> {
  const vises = sql`contrat_id = ${contratId} and mesure_id = ${mesureId} and id = any(${uuids(ids)}) and courante and valide_le is null`;
  await sql`
    update valeurs a set validee = false
    from valeurs b
    where b.contrat_id = ${contratId} and b.mesure_id = ${mesureId} and b.id = any(${uuids(ids)}) and b.courante and b.valide_le is null
      and a.contrat_id = b.contrat_id and a.mesure_id = b.mesure_id and a.periode = b.periode and a.territoire_id = b.territoire_id
      and a.debiteur = b.debiteur and a.ventilation = b.ventilation and a.validee`.execute(tx);
  const { rows } = await sql`
    update valeurs set valide_par = ${u.nom}, valide_par_id = ${u.id}::uuid, valide_organisation = ${u.organisationId}, valide_le = ${quand}, validee = true
    where ${vises} returning id`.execute(tx);
  return rows.length;
}

export async function addChoix(
  tx: Db,
  contratId: number,
  x: { mesureId: string; periode: string; territoireId: string; debiteur: string; motif: string },
  u: Utilisateur,
  quand: Date,
): Promise<void> {
  await sql`
    insert into valeur_choix (contrat_id, mesure_id, periode, territoire_id, debiteur, motif, par, par_organisation, le)
    values (${contratId}, ${x.mesureId}, ${x.periode}, ${x.territoireId}, ${x.debiteur}, ${x.motif}, ${u.nom}, ${u.organisationId}, ${quand})`.execute(tx);
}
