/** Acts, written. Callers hold the act first (`tenirActe`), check the right, then bring what is owed. */
import { sql } from 'kysely';
import type { Db, Ligne } from '../../core/base/database.ts';
import { uuid, uuids } from '../../core/base/id.ts';
import { conflit } from '../../core/errors.ts';
import type { Issue, Terme } from './conventions.rules.ts';
import type { SaisieConvention, SaisieVersion } from './conventions.schema.ts';
import { type Auteur, getDerniersMots } from './paroles.queries.ts';
import { type ActeDeParole, apres, type Parole, renommee, SILENCE } from './paroles.rules.ts';

interface Ou {
  contratId: number;
  id: string;
}
const colonnesDe = (v: SaisieConvention) => ({
  nature: v.nature,
  titre: v.titre,
  reference: v.reference,
  objet: v.objet,
  porteurId: v.porteur,
  territoires: v.territoires,
  systemes: v.systemes,
  lignes: v.lignes,
  effet: v.effet,
  fin: v.fin,
  preavisJours: v.preavis,
  reconductionMois: v.reconduction,
  revueMois: v.revue,
  lieu: v.lieu,
  interdits: v.interdits,
  jours: v.jours.map(Number),
  heureDe: v.heure_de,
  heureA: v.heure_a,
  saisonDe: v.saison_de,
  saisonA: v.saison_a,
  remplaceId: v.remplace,
});
/** The id; null when the same organisation already keeps an act of that nature under that title. */
export async function createActe(tx: Db, contratId: number, v: SaisieConvention, a: Auteur): Promise<string | null> {
  const cree = await tx
    .insertInto('conventions')
    .values({ ...colonnesDe(v), contratId, auteur: a.par, creeLe: a.quand, modifiePar: a.par, modifieLe: a.quand })
    .onConflict((oc) => oc.doNothing())
    .returning('id')
    .executeTakeFirst();
  return cree?.id ?? null;
}
const DEPASSEE = 'Une autre personne vient de modifier cet acte. Rechargez la page.';
export async function updateActe(tx: Db, ou: Ou & { version: number }, v: SaisieConvention, a: Auteur): Promise<void> {
  const faite = await tx
    .updateTable('conventions')
    .set((eb) => ({ ...colonnesDe(v), version: eb('version', '+', 1), modifiePar: a.par, modifieLe: a.quand }))
    .where('contratId', '=', ou.contratId)
    .where('id', '=', uuid(ou.id))
    .where('version', '=', ou.version)
    .executeTakeFirst();
  if (faite.numUpdatedRows === 0n) throw conflit(DEPASSEE);
}
/** Another act of that nature, of that organisation, has that title. */
export async function estPris(db: Db, contratId: number, v: Pick<SaisieConvention, 'nature' | 'titre' | 'porteur'>, sauf: string | null): Promise<boolean> {
  const { rows } = await sql<Pick<Ligne<'conventions'>, 'id'>>`
    select id from conventions
    where contrat_id = ${contratId} and nature = ${v.nature} and porteur_id = ${v.porteur} and lower(titre) = lower(${v.titre})
      ${sauf ? sql`and id <> ${uuid(sauf)}` : sql``}`.execute(db);
  return rows.length > 0;
}

/** A version more, for what changes besides the form. */
const noter = (ou: Ou, a: Auteur) => sql`version = version + 1, modifie_par = ${a.par}, modifie_le = ${a.quand}
  where contrat_id = ${ou.contratId} and id = ${uuid(ou.id)}`;
/** `parole`: the word on which it rests. */
export async function denoncer(tx: Db, ou: Ou, v: { jour: string; motif: string; parole: string } | null, a: Auteur): Promise<void> {
  await sql`update conventions set denoncee_le = ${v?.jour ?? null}::date, denoncee_motif = ${v?.motif ?? ''},
    denonciation_id = ${v ? uuid(v.parole) : null}::uuid, ${noter(ou, a)}`.execute(tx);
}
/** `fichiers`: versions whose file everybody is given, as it was deposited. */
export async function publier(tx: Db, ou: Ou, publique: boolean, fichiers: readonly string[], a: Auteur): Promise<void> {
  await sql`update conventions set fichiers_publics = ${uuids(fichiers)}, publiee_le = ${publique ? a.quand : null}, publiee_par = ${publique ? a.par : ''}, ${noter(ou, a)}`.execute(
    tx,
  );
}
export async function choisirFichiers(tx: Db, ou: Ou, fichiers: readonly string[], a: Auteur): Promise<void> {
  await sql`update conventions set fichiers_publics = ${uuids(fichiers)}, ${noter(ou, a)}`.execute(tx);
}

export interface PartieSaisie {
  organisation: string;
  nom: string;
  signataire: string;
  fonction: string;
  signee_le: string | null;
}
/** The id; null when it is a party already. Parties read in the order they were added in, several of one instant too: each comes after the last. */
export async function addPartie(tx: Db, ou: Ou, v: PartieSaisie & { parElle: boolean }, a: Auteur): Promise<string | null> {
  const { rows } = await sql<Pick<Ligne<'conventionParties'>, 'id'>>`
    insert into convention_parties (contrat_id, convention_id, organisation_id, nom, signee_le, par, cree_le)
    values (${ou.contratId}, ${uuid(ou.id)}, ${v.organisation || null}, ${v.organisation ? '' : v.nom}, ${v.signee_le}::date, ${a.par},
      greatest(${a.quand}::timestamptz, (select max(cree_le) + interval '1 millisecond' from convention_parties
        where contrat_id = ${ou.contratId} and convention_id = ${uuid(ou.id)})))
    on conflict do nothing returning id`.execute(tx);
  const id = rows[0]?.id ?? null;
  if (id === null) return null;
  await setSignataire(tx, ou.contratId, id, v, a.quand);
  if (v.signee_le)
    await addMot(
      tx,
      { contratId: ou.contratId, partie: id },
      { acte: 'notee', avant: await avantDe(tx, ou, v.organisation), signeeLe: v.signee_le, parElle: v.parElle },
      a,
    );
  return id;
}
/** What an organisation said last of itself in that act: what it denied, or left, does not bind it again on the word of another. */
async function avantDe(tx: Db, ou: Ou, organisation: string | null): Promise<Parole> {
  if (!organisation) return SILENCE;
  const { signature, retrait } = await getDerniersMots(tx, ou, organisation);
  return renommee(signature, retrait);
}
async function setSignataire(tx: Db, contratId: number, partie: string, v: Pick<PartieSaisie, 'signataire' | 'fonction'>, quand: Date): Promise<void> {
  if (v.signataire === '') return;
  await sql`
    insert into convention_signataires (contrat_id, partie_id, nom, fonction, cree_le)
    values (${contratId}, ${uuid(partie)}, ${v.signataire}, ${v.fonction}, ${quand})
    on conflict (contrat_id, partie_id) do update set nom = excluded.nom, fonction = excluded.fonction, cree_le = excluded.cree_le`.execute(tx);
}
interface Mot {
  acte: ActeDeParole;
  /** Where it stood. */
  avant: Parole;
  signeeLe: string | null;
  /** Said by the party named. */
  parElle: boolean;
  motif?: string;
  nomCorrige?: boolean;
}
/** What is said of a signature, after everything that was. The act is held: nobody says anything meanwhile. */
async function addMot(tx: Db, ou: { contratId: number; partie: string }, m: Mot, a: Auteur): Promise<void> {
  await sql`
    insert into convention_signatures (contrat_id, partie_id, rang, acte, etat, par_elle, signee_le, nom_corrige, motif, par, organisation_id, quand)
    values (${ou.contratId}, ${uuid(ou.partie)},
      (select coalesce(max(rang), 0) + 1 from convention_signatures where contrat_id = ${ou.contratId} and partie_id = ${uuid(ou.partie)}),
      ${m.acte}, ${apres(m.acte, m.avant, m.parElle).etat}, ${m.parElle}, ${m.signeeLe}::date, ${m.nomCorrige ?? false}, ${m.motif ?? ''}, ${a.par},
      ${a.organisationId}, ${a.quand})`.execute(tx);
}
type LaPartie = Ou & { partie: string };
export async function signer(
  tx: Db,
  ou: LaPartie & { organisation: string | null },
  v: { signataire: string; fonction: string; jour: string },
  parElle: boolean,
  a: Auteur,
): Promise<boolean> {
  const { rows } = await sql<Pick<Ligne<'conventionParties'>, 'id'>>`
    update convention_parties set signee_le = ${v.jour}::date
    where contrat_id = ${ou.contratId} and convention_id = ${uuid(ou.id)} and id = ${uuid(ou.partie)} and signee_le is null and retiree_le is null
    returning id`.execute(tx);
  if (rows.length === 0) return false;
  await setSignataire(tx, ou.contratId, ou.partie, v, a.quand);
  await addMot(tx, ou, { acte: 'notee', avant: await avantDe(tx, ou, ou.organisation), signeeLe: v.jour, parElle }, a);
  return true;
}
/** The party named says that this signature is its own, or that it is not. */
export const repondre = (
  tx: Db,
  ou: LaPartie,
  v: { acte: 'confirmee' | 'contestee'; avant: Parole; signeeLe: string; motif: string },
  a: Auteur,
): Promise<void> => addMot(tx, ou, { ...v, parElle: true }, a);
/** Another day, another name. The act and its parties are held. */
export async function corriger(
  tx: Db,
  ou: LaPartie,
  v: { signataire: string; fonction: string; jour: string; motif: string; avant: Parole; nomCorrige: boolean; parElle: boolean },
  a: Auteur,
): Promise<void> {
  await sql`update convention_parties set signee_le = ${v.jour}::date
    where contrat_id = ${ou.contratId} and convention_id = ${uuid(ou.id)} and id = ${uuid(ou.partie)}`.execute(tx);
  if (v.nomCorrige && v.signataire === '') await removeSignataire(tx, ou);
  else if (v.nomCorrige) await setSignataire(tx, ou.contratId, ou.partie, v, a.quand);
  await addMot(tx, ou, { ...v, acte: 'corrigee', signeeLe: v.jour }, a);
}
/** It never signed: its signature is awaited again. */
export async function annuler(tx: Db, ou: LaPartie, v: { motif: string; avant: Parole; parElle: boolean }, a: Auteur): Promise<void> {
  await sql`update convention_parties set signee_le = null
    where contrat_id = ${ou.contratId} and convention_id = ${uuid(ou.id)} and id = ${uuid(ou.partie)}`.execute(tx);
  await removeSignataire(tx, ou);
  await addMot(tx, ou, { ...v, acte: 'annulee', signeeLe: null }, a);
}
/** Dates or object of the act were corrected after they were confirmed: what each party said is to be said again. */
export async function rouvrir(tx: Db, ou: LaPartie, v: { motif: string; avant: Parole; signeeLe: string; parElle: boolean }, a: Auteur): Promise<void> {
  await addMot(tx, ou, { ...v, acte: 'dates' }, a);
}
const removeSignataire = (tx: Db, ou: LaPartie): Promise<unknown> =>
  sql`delete from convention_signataires where contrat_id = ${ou.contratId} and partie_id = ${uuid(ou.partie)}`.execute(tx);
export async function retirer(tx: Db, ou: Ou & { partie: string }, jour: string): Promise<boolean> {
  const { rows } = await sql<Pick<Ligne<'conventionParties'>, 'id'>>`
    update convention_parties set retiree_le = ${jour}::date
    where contrat_id = ${ou.contratId} and convention_id = ${uuid(ou.id)} and id = ${uuid(ou.partie)} and retiree_le is null
    returning id`.execute(tx);
  return rows.length > 0;
}
/** It did not leave. False when it is a party again meanwhile, under another line. */
export async function revenir(tx: Db, ou: Ou & { partie: string }): Promise<boolean> {
  const { rows } = await sql<Pick<Ligne<'conventionParties'>, 'id'>>`
    update convention_parties p set retiree_le = null
    where p.contrat_id = ${ou.contratId} and p.convention_id = ${uuid(ou.id)} and p.id = ${uuid(ou.partie)} and not exists (
      select from convention_parties x where x.contrat_id = p.contrat_id and x.convention_id = p.convention_id and x.retiree_le is null
        and coalesce(x.organisation_id, lower(x.nom)) = coalesce(p.organisation_id, lower(p.nom)))
    returning p.id`.execute(tx);
  return rows.length > 0;
}

export interface FichierDepose {
  id: string;
  nom: string;
}
/** The run of terms that an avenant stops: `terme`, that which ran when it was signed. */
export interface Deplacee {
  fin: string | null;
  terme: Terme | null;
  reconductionMois: number | null;
}
/** Its id. An avenant keeps the end that it finds and the end it says, and the terms that were renewed until then: it moves that of the act once it counts. */
export async function addVersion(tx: Db, ou: Ou & Deplacee, v: SaisieVersion, f: FichierDepose | null, a: Auteur): Promise<string> {
  const deplace = v.genre === 'avenant' && v.fin !== null && v.fin !== ou.fin;
  const reconduit = deplace && ou.terme !== null && ou.terme.reconduite > 0;
  const { rows } = await sql<Pick<Ligne<'conventionVersions'>, 'id'>>`
    insert into convention_versions (contrat_id, convention_id, numero, genre, resume, signee_le, fin_avant, fin_apres, fin_premiere, reconduction_avant, texte,
      fichier_id, fichier_nom, par, quand)
    values (${ou.contratId}, ${uuid(ou.id)},
      (select coalesce(max(numero), 0) + 1 from convention_versions where contrat_id = ${ou.contratId} and convention_id = ${uuid(ou.id)}),
      ${v.genre}, ${v.resume}, ${v.signee_le}::date, ${deplace ? (ou.terme?.fin ?? ou.fin) : null}::date, ${deplace ? v.fin : null}::date,
      ${reconduit ? ou.fin : null}::date, ${reconduit ? ou.reconductionMois : null}, ${v.texte}, ${f?.id ?? null}::uuid, ${f?.nom ?? ''}, ${a.par}, ${a.quand})
    returning id`.execute(tx);
  return rows[0]?.id ?? '';
}
export async function deplacerFin(tx: Db, ou: Ou, fin: string, a: Auteur): Promise<void> {
  await sql`update conventions set fin = ${fin}::date, ${noter(ou, a)}`.execute(tx);
}
/** Its id; null when a review was already noted on that day. */
export async function addRevue(tx: Db, ou: Ou, v: { jour: string; issue: Issue; texte: string }, a: Auteur): Promise<string | null> {
  const { rows } = await sql<Pick<Ligne<'conventionRevues'>, 'id'>>`
    insert into convention_revues (contrat_id, convention_id, tenue_le, issue, texte, par, organisation_id, quand)
    values (${ou.contratId}, ${uuid(ou.id)}, ${v.jour}::date, ${v.issue}, ${v.texte}, ${a.par}, ${a.organisationId}, ${a.quand})
    on conflict do nothing returning id`.execute(tx);
  return rows[0]?.id ?? null;
}
export async function addEngagement(
  tx: Db,
  ou: Ou,
  v: { libelle: string; organisation: string; du_le: string; tous_les_mois: number | null },
  a: Auteur,
): Promise<string> {
  const { rows } = await sql<Pick<Ligne<'conventionEngagements'>, 'id'>>`
    insert into convention_engagements (contrat_id, convention_id, libelle, organisation_id, du_le, tous_les_mois, par, cree_le)
    values (${ou.contratId}, ${uuid(ou.id)}, ${v.libelle}, ${v.organisation}, ${v.du_le}::date, ${v.tous_les_mois}, ${a.par}, ${a.quand})
    returning id`.execute(tx);
  return rows[0]?.id ?? '';
}
/** False when that day was noted as done meanwhile. */
export async function addFait(
  tx: Db,
  ou: { contratId: number; engagement: string },
  v: { du_le: string; jour: string; preuve: string },
  a: Auteur,
): Promise<boolean> {
  const { rows } = await sql<Pick<Ligne<'conventionFaits'>, 'preuve'>>`
    insert into convention_faits (contrat_id, engagement_id, du_le, fait_le, preuve, par, organisation_id, quand)
    values (${ou.contratId}, ${uuid(ou.engagement)}, ${v.du_le}::date, ${v.jour}::date, ${v.preuve}, ${a.par}, ${a.organisationId}, ${a.quand})
    on conflict do nothing returning preuve`.execute(tx);
  return rows.length > 0;
}
export async function arreterEngagement(tx: Db, ou: Ou & { engagement: string }, jour: string): Promise<boolean> {
  const { rows } = await sql<Pick<Ligne<'conventionEngagements'>, 'id'>>`
    update convention_engagements set arrete_le = ${jour}::date
    where contrat_id = ${ou.contratId} and convention_id = ${uuid(ou.id)} and id = ${uuid(ou.engagement)} and arrete_le is null
    returning id`.execute(tx);
  return rows.length > 0;
}
