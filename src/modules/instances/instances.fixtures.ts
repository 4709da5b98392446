/** Builders for tests: a body, its seats, a session. Written as the owner. */
import { sql } from 'kysely';
import type { Confidentialite, EtatSeance, Qualite } from './instances.rules.ts';
import { estTenue } from '../seances/seances.rules.ts';
import { suivreInstance } from './suivre.ts';
import { origineInstance } from './instances.origine.ts';
import type { Db } from '../../core/base/database.ts';
import { dansLeFuseau, getFuseau } from '../../core/fuseau.ts';
import { appliquerFaits } from '../indicateurs/index.ts';
import { createDecision, type NouvelleDecision } from '../decisions/decisions.queries.ts';

/** By the clock of the contract, as in a request. */
const suivre = async (db: Db, contratId: number, id: string): Promise<void> =>
  dansLeFuseau(await getFuseau(db, contratId), () => suivreInstance({ db, contrat: { id: contratId, slug: '' }, maintenant: new Date() }, id));

const un = async (db: Db, requete: ReturnType<typeof sql<{ id: string }>>): Promise<string> => (await requete.execute(db)).rows[0]?.id ?? '';

export async function creerInstance(
  db: Db,
  contratId: number,
  o: {
    nom?: string;
    type?: string | null;
    territoire: string;
    porteur: string;
    confidentialite?: Confidentialite;
    cadence?: number | null;
    vote?: boolean;
    fiches?: string[];
  },
): Promise<string> {
  const id = await un(
    db,
    sql<{ id: string }>`
      insert into instances (contrat_id, type, nom, territoire_id, porteur_id, confidentialite, cadence_mois, vote, fiches)
      values (${contratId}, ${o.type ?? null}, ${o.nom ?? 'Instance d’essai'}, ${o.territoire}, ${o.porteur}, ${o.confidentialite ?? 'partenaires'},
        ${o.cadence ?? null}, ${o.vote ?? false}, ${o.fiches ?? []}::text[])
      returning id`,
  );
  await appliquerFaits(db, contratId, 'instances', { ids: [id] }, 1);
  await suivre(db, contratId, id);
  return id;
}

export const creerMembre = (
  db: Db,
  contratId: number,
  instanceId: string,
  o: { qualite?: Qualite; fonction?: string; organisation: string; nom?: string; courriel?: string; debut?: string; fin?: string | null },
): Promise<string> =>
  un(
    db,
    sql<{ id: string }>`
      insert into instance_membres (contrat_id, instance_id, qualite, fonction, organisation_id, nom, courriel, debut, fin)
      values (${contratId}, ${instanceId}::uuid, ${o.qualite ?? 'membre'}, ${o.fonction ?? 'Membre d’essai'}, ${o.organisation}, ${o.nom ?? ''},
        ${o.courriel ?? ''}, ${o.debut ?? '2023-01-01'}::date, ${o.fin ?? null}::date)
      returning id`,
  );

/**
 * A convocation left, as a real one does: to holders, to substitutes where the line has nobody else, to both once the holder declined; the other address is
 * known. `suppleants`: holders were away that day.
 */
export const convoquer = async (db: Db, seanceId: string, seuls: 'titulaires' | 'suppleants' | 'deux' | null = null): Promise<void> =>
  void (await sql`
    insert into seance_convocations (contrat_id, participant_id, adresse, suppleant, nom, quand, partie)
    select p.contrat_id, p.id, lower(x.adresse), x.suppleant, x.nom, clock_timestamp(),
      case when ${seuls === 'deux'} or p.reponse = 'refuse' or not (p.courriel <> '' and p.suppleant_courriel <> '') then true
        else x.suppleant = ${seuls === 'suppleants'} end
    from seance_participants p
    cross join lateral (values (p.courriel, false, p.nom), (p.suppleant_courriel, true, p.suppleant_nom)) as x (adresse, suppleant, nom)
    where p.seance_id = ${seanceId}::uuid and x.adresse <> '' on conflict do nothing`.execute(db));

/** Its participants are the seats of the body at that moment. */
export async function creerSeance(
  db: Db,
  contratId: number,
  instanceId: string,
  o: { titre?: string; jour?: string | null; heure?: string; etat?: EtatSeance; presents?: number; points?: readonly string[] } = {},
): Promise<string> {
  const jour = o.jour === undefined ? '2026-12-15' : o.jour;
  const id = await un(
    db,
    sql<{ id: string }>`
      insert into seances (contrat_id, instance_id, titre, jour, heure, lieu, etat, presents)
      values (${contratId}, ${instanceId}::uuid, ${o.titre ?? 'Séance d’essai'}, ${jour}::date, ${jour ? (o.heure ?? '10:00') : null}::time, 'Salle d’essai',
        ${o.etat ?? 'preparation'}, ${o.presents ?? null})
      returning id`,
  );
  await sql`
    insert into seance_participants (contrat_id, seance_id, membre_id, qualite, fonction, organisation_id, nom, courriel, ordre)
    select contrat_id, ${id}::uuid, id, qualite, fonction, organisation_id, nom, courriel, ordre
    from instance_membres where contrat_id = ${contratId} and instance_id = ${instanceId}::uuid`.execute(db);
  if (o.etat && o.etat !== 'preparation') await convoquer(db, id);
  for (const [rang, titre] of (o.points ?? []).entries())
    await sql`
      insert into seance_points (contrat_id, seance_id, rang, titre, genre)
      values (${contratId}, ${id}::uuid, ${rang + 1}, ${titre}, 'libre')`.execute(db);
  await suivre(db, contratId, instanceId);
  if (o.etat && estTenue(o.etat)) await appliquerFaits(db, contratId, 'reunions', { ids: [id] }, 1);
  return id;
}

/** Decided by a body, under the promise of its session, or its own. */
export async function creerDecision(
  db: Db,
  contratId: number,
  d: Omit<NouvelleDecision, 'origine' | 'confidentialite'> & { instanceId: string },
  par: { auteur: string; quand: Date },
): Promise<{ id: string; numero: number } | null> {
  const { instanceId, ...reste } = d;
  const { rows } = await sql<{ c: Confidentialite }>`
    select coalesce((select confidentialite from seances where contrat_id = ${contratId} and id = ${d.seanceId}::uuid), confidentialite) as c
    from instances where contrat_id = ${contratId} and id = ${instanceId}::uuid`.execute(db);
  return createDecision(db, contratId, { ...reste, origine: origineInstance(instanceId), confidentialite: rows[0]?.c ?? 'partenaires' }, par);
}
