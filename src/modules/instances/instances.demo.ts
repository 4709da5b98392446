/**
 * Invented bodies and seats for the demonstration. Seats are functions; the only names are those of the demonstration's people.
 */
import { sql } from 'kysely';
import { lireProfilDeSeances } from './demo/seances.schema.ts';
import { heureDe, type InstanceDemo, type OptionsDemo, tirerInstances } from './demo/tirage.rules.ts';
import { asseoirLesReferents } from './instances.referents.ts';
import { creationDe } from './instance/types.rules.ts';
import type { Db } from '../../core/base/database.ts';
import type { Catalogue } from '../contrats/index.ts';
import { enJson } from '../../core/couper.ts';

/** Bodies and seats. Returns how many bodies were written. */
export async function genererInstancesDemo(tx: Db, catalogue: Catalogue, o: OptionsDemo): Promise<number> {
  const profil = lireProfilDeSeances(o.profils);
  const instances = profil ? tirerInstances(catalogue, o) : [];
  if (profil && instances.length > 0) await saveInstances(tx, catalogue, instances, (i) => heureDe(i, profil.heures, o.graine), o.jusquau);
  return instances.length;
}

async function saveInstances(
  tx: Db,
  catalogue: Catalogue,
  instances: readonly InstanceDemo[],
  heure: (i: InstanceDemo) => string,
  aujourdhui: string,
): Promise<void> {
  const { contratId } = catalogue;
  const lignes = instances
    .map((i) => ({ ...i, heure: heure(i) }))
    .map(({ id, nom, debut, heure, type, territoire }) => ({
      heure,
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
    }));
  await sql`
    insert into instances (contrat_id, id, type, nom, territoire_id, porteur_id, objet, confidentialite, cadence_mois, vote, fiches, heure,
      duree_minutes, cree_le)
    select ${contratId}, id, type, nom, territoire, porteur, objet, confidentialite, mois, vote, fiches, heure, duree,
      (debut + time '09:00') at time zone ${catalogue.contrat.fuseau}
    from jsonb_to_recordset(${enJson(lignes)}::jsonb) as v (id uuid, type text, nom text, territoire text, porteur text, objet text,
      confidentialite text, mois smallint, vote boolean, fiches text[], heure time, duree smallint, debut date)`.execute(tx);
  const sieges = instances.flatMap((i) => i.sieges.map((s) => ({ ...s, instance: i.id, debut: i.debut })));
  await sql`
    insert into instance_membres (contrat_id, id, instance_id, qualite, fonction, organisation_id, nom, courriel, debut, ordre, role_referents)
    select ${contratId}, id, instance, qualite, fonction, organisation_id, nom, courriel, debut, ordre, role_referents
    from jsonb_to_recordset(${enJson(sieges)}::jsonb) as v (id uuid, instance uuid, qualite text, fonction text, organisation_id text,
      nom text, courriel text, debut date, ordre smallint, role_referents text)`.execute(tx);
  for (const i of instances.filter((x) => x.sieges.some((s) => s.role_referents !== ''))) await asseoirLesReferents(tx, contratId, i.id, aujourdhui);
}
