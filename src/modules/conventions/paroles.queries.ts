/** What is said in the name of parties, besides signatures: read with who said it first and what was said last. Callers hold the act. */
import { type RawBuilder, sql } from 'kysely';
import type { Db, Ligne } from '../../core/base/database.ts';
import { uuid, uuids } from '../../core/base/id.ts';
import type { ActeDeParole, EtatDeParole, GenreDeParole, Parole, Refus } from './paroles.rules.ts';

export interface Auteur {
  par: string;
  /** Of whom they are. */
  organisationId: string;
  quand: Date;
}
export type Genre = Exclude<GenreDeParole, 'signature'>;
export interface ParoleDite
  extends Pick<
    Ligne<'conventionParoles'>,
    'id' | 'rang' | 'conventionId' | 'objetId' | 'de' | 'jour' | 'faitLe' | 'texte' | 'par' | 'organisationId' | 'quand'
  > {
  genre: Genre;
  /** The last word: what it did, where the thing stands, who said it. */
  acte: ActeDeParole;
  etat: EtatDeParole;
  motif: string;
  ditPar: string;
  ditDe: string;
  /** The last word is that of the party itself. */
  ditParElle: boolean;
  ditLe: Date;
  /** The party itself said it first. */
  delle: boolean;
  /** Of an avenant, or of dates: the act no longer says what it found; asked of what is not settled. */
  depasse: boolean;
  refus: Refus | null;
  /** When the party said the last thing that it said of it. */
  reponduLe: Date | null;
  reponduPar: string;
  /** When it was asked, the last time. */
  demandeeLe: Date;
}
/** Why what was noted of it is closed, when the party says the same thing itself. */
export const DIT_AUTREMENT = 'Dit autrement par elle';
/** In the order they were said. */
export async function listParoles(db: Db, contratId: number, actes: readonly string[]): Promise<ParoleDite[]> {
  const { rows } = await sql<ParoleDite>`
    select p.id, p.convention_id, p.genre, p.objet_id, p.de, p.jour, p.fait_le, p.texte, p.par,
      p.organisation_id, p.quand, p.par_elle as delle, d.rang, d.acte, d.etat, d.motif, d.par as "ditPar",
      d.organisation_id as "ditDe", d.par_elle as "ditParElle", d.quand as "ditLe",
      case when e.acte in ('contestee', 'annulee') then e.acte end as refus, e.quand as "reponduLe", coalesce(e.par, '') as "reponduPar",
      (select max(x.quand) from convention_paroles x where x.contrat_id = p.contrat_id and x.id = p.id and x.acte = 'notee') as "demandeeLe",
      case p.genre
        when 'avenant' then exists (select from convention_versions v join conventions c on c.contrat_id = v.contrat_id and c.id = v.convention_id
          where v.contrat_id = p.contrat_id and v.id = p.objet_id and v.fin_apres is not null and coalesce(v.fin_premiere, v.fin_avant) is distinct from c.fin)
        when 'correction' then not exists (select from convention_corrections v join conventions c on c.contrat_id = v.contrat_id and c.id = v.convention_id
          where v.contrat_id = p.contrat_id and v.id = p.objet_id
            and (c.effet, c.fin, c.preavis_jours, c.reconduction_mois) is not distinct from (v.effet_avant, v.fin_avant, v.preavis_avant, v.reconduction_avant))
        else false end as depasse
    from convention_paroles p
    join lateral (select * from convention_paroles d where d.contrat_id = p.contrat_id and d.id = p.id order by d.rang desc limit 1) as d on true
    left join lateral (select x.acte, x.quand, x.par from convention_paroles x
      where x.contrat_id = p.contrat_id and x.id = p.id and x.par_elle order by x.rang desc limit 1) as e on true
    where p.contrat_id = ${contratId} and p.convention_id = any(${uuids(actes)}) and p.rang = 1
    order by p.quand, p.id`.execute(db);
  return rows;
}
export interface Dit {
  genre: Genre;
  objet: string;
  /** Empty: a party that is in no directory. */
  de: string;
  jour?: string | null;
  faitLe?: string | null;
  texte?: string;
}
interface Ou {
  contratId: number;
  id: string;
}
/** Said for the first time. */
export async function addParole(tx: Db, ou: Ou, d: Dit, etat: EtatDeParole, parElle: boolean, a: Auteur): Promise<string> {
  const { rows } = await sql<Pick<Ligne<'conventionParoles'>, 'id'>>`
    insert into convention_paroles (contrat_id, rang, convention_id, genre, objet_id, de, acte, etat, par_elle, jour, fait_le, texte, par, organisation_id, quand)
    values (${ou.contratId}, 1, ${uuid(ou.id)}, ${d.genre}, ${uuid(d.objet)}, ${d.de}, 'notee', ${etat}, ${parElle}, ${d.jour ?? null}::date,
      ${d.faitLe ?? null}::date, ${d.texte ?? ''}, ${a.par}, ${a.organisationId}, ${a.quand}) returning id`.execute(tx);
  return rows[0]?.id ?? '';
}
/** One word more. */
export async function addMotDeParole(
  tx: Db,
  contratId: number,
  p: ParoleDite,
  m: { acte: ActeDeParole; etat: EtatDeParole; parElle: boolean; motif: string },
  a: Auteur,
): Promise<void> {
  await sql`
    insert into convention_paroles (contrat_id, id, rang, convention_id, genre, objet_id, de, acte, etat, par_elle, motif, par, organisation_id, quand)
    values (${contratId}, ${uuid(p.id)}, ${p.rang + 1}, ${uuid(p.conventionId)}, ${p.genre}, ${uuid(p.objetId)}, ${p.de}, ${m.acte}, ${m.etat}, ${m.parElle},
      ${m.motif}, ${a.par}, ${a.organisationId}, ${a.quand})`.execute(tx);
}
/** What an organisation said last of itself in that act, of its signature or its withdrawal: under whatever line of its parties. */
export const DERNIER_MOT_D_ELLE = (contrat: RawBuilder<unknown>, acte: RawBuilder<unknown>, organisation: RawBuilder<unknown>) => sql`
  select m.acte, m.genre from (
    select s.acte, 'signature' as genre, s.quand, s.rang from convention_signatures s
      join convention_parties y on y.contrat_id = s.contrat_id and y.id = s.partie_id
      where s.contrat_id = ${contrat} and y.convention_id = ${acte} and y.organisation_id = ${organisation} and s.par_elle
    union all
    select r.acte, r.genre, r.quand, r.rang from convention_paroles r
      where r.contrat_id = ${contrat} and r.convention_id = ${acte} and r.genre = 'retrait' and r.de = ${organisation} and r.par_elle
        and r.acte in ('notee', 'confirmee')
        and (select x.etat from convention_paroles x where x.contrat_id = r.contrat_id and x.id = r.id order by x.rang desc limit 1) = 'confirmee'
  ) as m order by m.quand desc, m.genre, m.rang desc limit 1`;
export async function getDerniersMots(db: Db, ou: Ou, organisation: string): Promise<{ signature: Parole; retrait: Parole }> {
  const { rows } = await sql<Pick<Ligne<'conventionParoles'>, 'acte' | 'genre'>>`
    ${DERNIER_MOT_D_ELLE(sql`${ou.contratId}`, sql`${uuid(ou.id)}`, sql`${organisation}`)}`.execute(db);
  const [dernier] = rows;
  const parti = dernier?.genre === 'retrait';
  const refus = !parti && (dernier?.acte === 'contestee' || dernier?.acte === 'annulee') ? dernier.acte : null;
  return { signature: { etat: null, refus }, retrait: { etat: parti ? 'confirmee' : null, refus: null } };
}
/** What an act says of its own time. */
export interface Dates {
  effet: string | null;
  fin: string | null;
  preavis: number;
  reconduction: number | null;
}
/** Dates that parties are asked to confirm: what they were, what they would be. */
export async function addCorrection(tx: Db, ou: Ou, avant: Dates, v: Dates, motif: string, a: Auteur): Promise<string> {
  const { rows } = await sql<Pick<Ligne<'conventionCorrections'>, 'id'>>`
    insert into convention_corrections (contrat_id, convention_id, effet_avant, fin_avant, preavis_avant, reconduction_avant, effet, fin, preavis_jours,
      reconduction_mois, motif, par, organisation_id, quand)
    values (${ou.contratId}, ${uuid(ou.id)}, ${avant.effet}::date, ${avant.fin}::date, ${avant.preavis}, ${avant.reconduction}, ${v.effet}::date, ${v.fin}::date,
      ${v.preavis}, ${v.reconduction}, ${motif}, ${a.par}, ${a.organisationId}, ${a.quand}) returning id`.execute(tx);
  return rows[0]?.id ?? '';
}
/** Written on the act once each said so. False when the act says something else than what the correction found. */
export async function corrigerDates(tx: Db, ou: Ou, correction: string, a: Auteur): Promise<boolean> {
  const { rows } = await sql<Pick<Ligne<'conventions'>, 'id'>>`
    update conventions c set effet = x.effet, fin = x.fin, preavis_jours = x.preavis_jours, reconduction_mois = x.reconduction_mois,
      version = c.version + 1, modifie_par = ${a.par}, modifie_le = ${a.quand}
    from convention_corrections x
    where c.contrat_id = ${ou.contratId} and c.id = ${uuid(ou.id)} and x.contrat_id = c.contrat_id and x.convention_id = c.id and x.id = ${uuid(correction)}
      and (c.effet, c.fin, c.preavis_jours, c.reconduction_mois) is not distinct from (x.effet_avant, x.fin_avant, x.preavis_avant, x.reconduction_avant)
    returning c.id`.execute(tx);
  return rows.length > 0;
}
