/**
 * Invented bodies, meetings and decisions for the demonstration. Seats are functions; the only names are those of the
 * demonstration's people. Figures are recomputed by the caller.
 */
import { creationDe } from './instance/types.rules.ts';
import { sql } from 'kysely';
import { FUSEAU } from '../../core/clock.ts';
import { type Db, lireEnsemble } from '../../core/database.ts';
import { jour as ecrireJour } from '../../ui/typographie.ts';
import type { Catalogue } from '../contrats/index.ts';
import { type InstanceDemo, type OptionsDemo, ouvrable, prochaineDe, seanceId, tirerInstances } from './demo/tirage.rules.ts';
import { hasard, parmi, uuidDe } from '../../core/tirage.ts';
import { plusJours } from '../echeances/index.ts';
import { origineInstance } from './instances.origine.ts';
import { getInstance } from './instances.queries.ts';
import { openDossiers } from '../seances/preparation/dossiers.ts';
import { listPropositions } from '../seances/preparation/propositions.ts';
import { choisir } from '../seances/preparation/propositions.rules.ts';
import { type DecideurDemo, saveDecisionsDemo } from '../decisions/index.ts';

const HEURES = ['09:30', '10:00', '14:00', '14:30', '18:30'] as const;
const enSeance = (jour: string) => `Séance du ${ecrireJour(jour)}`;

/** Bodies, seats, sessions held, one convoked, decisions. Returns how many records were written. */
export async function genererInstancesDemo(tx: Db, catalogue: Catalogue, o: OptionsDemo): Promise<number> {
  const instances = tirerInstances(catalogue, o);
  if (instances.length === 0) return 0;
  const { contratId } = catalogue;
  await saveInstances(tx, catalogue, instances, o);
  const tenues = await saveTenues(tx, contratId, instances, o);
  const decisions = await saveDecisionsDemo(tx, catalogue, decideurs(catalogue, instances), o);
  const prochaine = prochaineDe(instances);
  if (prochaine) await convoquer(tx, contratId, prochaine, o);
  return instances.length + tenues + decisions;
}

/** Nominative cells keep no decision here. */
const decideurs = (c: Catalogue, instances: readonly InstanceDemo[]): DecideurDemo[] =>
  instances
    .filter((i) => i.type.confidentialite !== 'nommee' && i.jours.length > 0)
    .map((i) => ({
      origine: origineInstance(i.id),
      confidentialite: i.type.confidentialite,
      territoireId: i.territoire.id,
      porteur: i.type.porteur,
      fiches: i.type.fiches,
      debut: i.debut,
      seances: i.jours.map((jour) => ({ id: seanceId(i, jour), jour })),
      sieges: i.sieges,
      groupe: i.vitrine ? 'vitrine' : i.territoire.id === c.racine.id ? 'central' : 'ailleurs',
    }));

async function saveInstances(tx: Db, catalogue: Catalogue, instances: readonly InstanceDemo[], o: OptionsDemo): Promise<void> {
  const { contratId } = catalogue;
  const lignes = instances.map(({ id, nom, debut, type, territoire }) => ({
    id,
    nom,
    debut,
    type: type.id,
    territoire: territoire.id,
    porteur: type.porteur,
    objet: type.objet,
    confidentialite: type.confidentialite,
    mois: type.cadence.mois ?? null,
    vote: type.vote,
    fiches: creationDe(catalogue, type, territoire).fiches,
    duree: type.duree,
    heure: parmi(HEURES, o.graine, id, 'heure'),
  }));
  await sql`
    insert into instances (contrat_id, id, type, nom, territoire_id, porteur_id, objet, confidentialite, cadence_mois, vote, fiches, heure,
      duree_minutes, cree_le)
    select ${contratId}, id, type, nom, territoire, porteur, objet, confidentialite, mois, vote, fiches, heure, duree,
      (debut + time '09:00') at time zone ${sql.lit(FUSEAU)}
    from jsonb_to_recordset(${JSON.stringify(lignes)}::jsonb) as v (id uuid, type text, nom text, territoire text, porteur text, objet text,
      confidentialite text, mois smallint, vote boolean, fiches text[], heure time, duree smallint, debut date)`.execute(tx);
  const sieges = instances.flatMap((i) => i.sieges.map((s) => ({ ...s, instance: i.id, debut: i.debut })));
  await sql`
    insert into instance_membres (contrat_id, id, instance_id, qualite, fonction, organisation_id, nom, courriel, debut, ordre)
    select ${contratId}, id, instance, qualite, fonction, organisation_id, nom, courriel, debut, ordre
    from jsonb_to_recordset(${JSON.stringify(sieges)}::jsonb) as v (id uuid, instance uuid, qualite text, fonction text, organisation_id text,
      nom text, courriel text, debut date, ordre smallint)`.execute(tx);
}

/** Sessions entered after the fact: day and number of persons. A public plenary draws more people than its seats. */
async function saveTenues(tx: Db, contratId: number, instances: readonly InstanceDemo[], o: OptionsDemo): Promise<number> {
  const tenues = instances.flatMap((i) =>
    i.jours.map((jour) => {
      const places = i.sieges.length + (i.type.confidentialite === 'publique' ? 24 : 0);
      const presents = Math.max(3, Math.round(places * (0.7 + 0.7 * hasard(o.graine, i.id, jour, 'presents'))));
      return { id: seanceId(i, jour), instance: i.id, titre: enSeance(jour), jour, presents };
    }),
  );
  await sql`
    insert into seances (contrat_id, id, instance_id, titre, jour, heure, duree_minutes, etat, presents, cree_le)
    select ${contratId}, v.id, v.instance, v.titre, v.jour, i.heure, i.duree_minutes, 'declaree', v.presents,
      least((v.jour + time '18:00') at time zone ${sql.lit(FUSEAU)}, now())
    from jsonb_to_recordset(${JSON.stringify(tenues)}::jsonb) as v (id uuid, instance uuid, titre text, jour date, presents smallint)
    join instances i on i.contrat_id = ${contratId} and i.id = v.instance`.execute(tx);
  return tenues.length;
}

const REPONSES = ['accepte', 'accepte', 'accepte', 'provisoire', 'refuse', null, null] as const;
/** In about two weeks; some have answered. */
async function convoquer(tx: Db, contratId: number, i: InstanceDemo, o: OptionsDemo): Promise<void> {
  const jour = ouvrable(plusJours(o.jusquau, 15));
  const id = seanceId(i, jour);
  const [creee, envoyee, repondue] = [-12, -6, -3].map((n) => `${plusJours(o.jusquau, n)}T10:00:00Z`);
  await sql`
    insert into seances (contrat_id, id, instance_id, titre, jour, heure, duree_minutes, lieu, etat, mot, convoquee_le, cree_le)
    values (${contratId}, ${id}::uuid, ${i.id}::uuid, ${enSeance(jour)}, ${jour}::date, '14:30', ${i.type.duree}, 'Mairie, salle des séances', 'convoquee',
      'Merci de confirmer votre présence et de préparer l’avancement de vos actions.', ${envoyee}::timestamptz, ${creee}::timestamptz)`.execute(tx);
  const reponses = i.sieges.map((s) => ({ id: s.id, participant: uuidDe(id, s.id), reponse: s.nom ? 'accepte' : parmi(REPONSES, o.graine, s.id, 'reponse') }));
  await sql`
    insert into seance_participants (contrat_id, id, seance_id, membre_id, qualite, fonction, organisation_id, nom, courriel, ordre, convoque_le,
      reponse, reponse_le)
    select m.contrat_id, v.participant, ${id}::uuid, m.id, m.qualite, m.fonction, m.organisation_id, m.nom, m.courriel, m.ordre,
      ${envoyee}::timestamptz, v.reponse, case when v.reponse is not null then ${repondue}::timestamptz end
    from jsonb_to_recordset(${JSON.stringify(reponses)}::jsonb) as v (id uuid, participant uuid, reponse text)
    join instance_membres m on m.contrat_id = ${contratId} and m.id = v.id`.execute(tx);
}

const POINTS = 6;
/**
 * Agenda of the convoked sessions that have none: what Concorde itself proposes, with its sheets. Called once the figures
 * are computed, since the sheets quote them. Returns how many sessions were prepared.
 */
export async function preparerSeancesDemo(db: Db, catalogue: Catalogue, o: { jusquau: string }): Promise<number> {
  const { contratId } = catalogue;
  const { rows } = await sql<{ id: string; instanceId: string }>`
    select s.id, s.instance_id as "instanceId" from seances s
    where s.contrat_id = ${contratId} and s.etat = 'convoquee'
      and not exists (select 1 from seance_points p where p.contrat_id = s.contrat_id and p.seance_id = s.id)`.execute(db);
  for (const s of rows) {
    const instance = await getInstance(db, contratId, s.instanceId, { courriel: '', aujourdhui: o.jusquau });
    if (!instance) continue;
    const dossier = await openDossiers(db, contratId, instance, o.jusquau);
    const { choisies } = choisir(await listPropositions(db, contratId, instance, o.jusquau), POINTS, 2);
    const points = await lireEnsemble(
      db,
      choisies.map(({ raison, ...p }, rang) => async () => ({
        ...p,
        id: uuidDe(s.id, p.cle),
        rang: rang + 1,
        raison,
        dossier: await dossier({ ...p, expose: raison }),
      })),
    );
    await sql`
      insert into seance_points (contrat_id, id, seance_id, rang, titre, genre, cle, fiche, ligne, territoire_id, minutes, expose, dossier, dossier_le)
      select ${contratId}, id, ${s.id}::uuid, rang, titre, genre, cle, fiche, ligne, "territoireId", minutes, raison, dossier, now()
      from jsonb_to_recordset(${JSON.stringify(points)}::jsonb) as v (id uuid, rang smallint, titre text, genre text, cle text, fiche text,
        ligne text, "territoireId" text, minutes smallint, raison text, dossier jsonb)`.execute(db);
  }
  return rows.length;
}
