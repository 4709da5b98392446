/** Invented meetings, agendas and decisions of the demonstration's bodies. Figures are recomputed by the caller. */
import { sql } from 'kysely';
import {
  getInstance,
  heureDe,
  lireProfilDeSeances,
  type ProfilDeSeances,
  type InstanceDemo,
  type OptionsDemo,
  origineInstance,
  ouvrable,
  prochaineDe,
  tirerInstances,
} from '../instances/index.ts';
import { addConvocations } from './preparation/convocation.queries.ts';
import { openDossiers } from './preparation/dossiers.ts';
import { listPropositions } from './preparation/propositions.ts';
import { choisir } from './preparation/propositions.rules.ts';
import { type Db, lireEnsemble } from '../../core/base/database.ts';
import { hasard, uuidDe } from '../../core/tirage.ts';
import { jour as ecrireJour } from '../../ui/typographie.ts';
import type { Catalogue } from '../contrats/index.ts';
import { type DecideurDemo, saveDecisionsDemo } from '../decisions/index.ts';
import { plusJours } from '../echeances/index.ts';
import { enJson } from '../../core/couper.ts';

const enSeance = (jour: string) => `Séance du ${ecrireJour(jour)}`;
const seanceId = (i: InstanceDemo, jour: string): string => uuidDe(i.id, jour);

/** Sessions held, one convoked, decisions. Returns how many records were written. */
export async function genererSeancesDemo(tx: Db, catalogue: Catalogue, o: OptionsDemo): Promise<number> {
  const profil = lireProfilDeSeances(o.profils);
  const instances = profil ? tirerInstances(catalogue, o) : [];
  if (!profil || instances.length === 0) return 0;
  const tenues = await saveTenues(tx, catalogue, instances, o, profil);
  const decisions = await saveDecisionsDemo(tx, catalogue, decideurs(catalogue, instances), o, profil);
  const prochaine = prochaineDe(instances);
  if (prochaine) await convoquer(tx, catalogue.contratId, prochaine, o, profil);
  return tenues + decisions;
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

/** Sessions entered after the fact: day and number of persons. A public plenary draws more people than its seats. */
async function saveTenues(tx: Db, { contratId, contrat }: Catalogue, instances: readonly InstanceDemo[], o: OptionsDemo, p: ProfilDeSeances): Promise<number> {
  const tenues = instances.flatMap((i) =>
    i.jours.map((jour) => {
      const places = i.sieges.length + (i.type.confidentialite === 'publique' ? 24 : 0);
      const presents = Math.max(3, Math.round(places * (0.7 + 0.7 * hasard(o.graine, i.id, jour, 'presents'))));
      return { id: seanceId(i, jour), instance: i.id, titre: enSeance(jour), jour, heure: heureDe(i, p.heures, o.graine), duree: i.type.duree, presents };
    }),
  );
  await sql`
    insert into seances (contrat_id, id, instance_id, titre, jour, heure, duree_minutes, etat, presents, cree_le)
    select ${contratId}, v.id, v.instance, v.titre, v.jour, v.heure, v.duree, 'declaree', v.presents,
      least((v.jour + time '18:00') at time zone ${contrat.fuseau}, now())
    from jsonb_to_recordset(${enJson(tenues)}::jsonb) as v (id uuid, instance uuid, titre text, jour date, heure time, duree smallint,
      presents smallint)`.execute(tx);
  return tenues.length;
}

/** In about two weeks; those who are named have answered. */
async function convoquer(tx: Db, contratId: number, i: InstanceDemo, o: OptionsDemo, p: ProfilDeSeances): Promise<void> {
  const jour = ouvrable(plusJours(o.jusquau, 15));
  const id = seanceId(i, jour);
  const [creee, envoyee, repondue] = [-12, -6, -3].map((n) => `${plusJours(o.jusquau, n)}T10:00:00Z`);
  await sql`
    insert into seances (contrat_id, id, instance_id, titre, jour, heure, duree_minutes, lieu, etat, mot, convoquee_le, cree_le)
    values (${contratId}, ${id}::uuid, ${i.id}::uuid, ${enSeance(jour)}, ${jour}::date, '14:30', ${i.type.duree}, ${p.lieu}, 'convoquee',
      ${p.mot}, ${envoyee}::timestamptz, ${creee}::timestamptz)`.execute(tx);
  const participants = i.sieges.map((s) => ({
    ...s,
    participant: uuidDe(id, s.id),
    // A vacant seat answers nothing.
    reponse: s.nom ? 'accepte' : null,
    // Nothing was sent where there was no address.
    convoque: s.courriel ? envoyee : null,
  }));
  await sql`
    insert into seance_participants (contrat_id, id, seance_id, membre_id, qualite, fonction, organisation_id, nom, courriel, ordre, convoque_le,
      reponse, reponse_voie, reponse_le)
    select ${contratId}, v.participant, ${id}::uuid, v.id, v.qualite, v.fonction, v.organisation_id, v.nom, v.courriel, v.ordre,
      v.convoque, v.reponse, case when v.reponse is not null then 'titulaire' end, case when v.reponse is not null then ${repondue}::timestamptz end
    from jsonb_to_recordset(${enJson(participants)}::jsonb) as v (id uuid, participant uuid, qualite text, fonction text,
      organisation_id text, nom text, courriel text, ordre smallint, reponse text, convoque timestamptz)`.execute(tx);
  const parties = participants
    .filter((p) => p.courriel)
    .map((p) => ({ participantId: p.participant, adresse: p.courriel, suppleant: false, nom: p.nom, partie: true }));
  await addConvocations(tx, contratId, parties, new Date(envoyee ?? 0));
}

const POINTS = 6;
/**
 * Agenda of the convoked sessions that have none: what Concorde itself proposes, with its sheets. Called once the figures
 * are computed, since the sheets quote them. Returns how many sessions were prepared.
 */
export async function preparerSeancesDemo(db: Db, catalogue: Catalogue, o: { jusquau: string }): Promise<number> {
  const { contratId } = catalogue;
  const { rows } = await sql<{ id: string; instanceId: string }>`
    select s.id, s.instance_id from seances s
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
      from jsonb_to_recordset(${enJson(points)}::jsonb) as v (id uuid, rang smallint, titre text, genre text, cle text, fiche text,
        ligne text, "territoireId" text, minutes smallint, raison text, dossier jsonb)`.execute(db);
  }
  return rows.length;
}
