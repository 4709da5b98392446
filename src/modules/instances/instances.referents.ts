/** A place of a body may be « the referents of this role »: each of them sits there, as the directory says, from their first day to their last. */
import { sql } from 'kysely';
import type { Db, Ligne } from '../../core/base/database.ts';
import { jourDe } from '../../core/clock.ts';
import { direRole, type Referent, referentsDe, type SuitesDesReferents } from '../annuaire/index.ts';
import { type Catalogue, getCatalogue } from '../contrats/index.ts';
import { reunions } from './reunions.ts';
import { accorderLesSieges, surLesPlaces } from './sieges.rules.ts';
import { suivreInstance } from './suivre.ts';
import { abreger } from '../../core/couper.ts';

const CHAMPS = [
  ...(['roleReferents', 'qualite', 'fonction', 'organisationId', 'nom', 'courriel', 'suppleantNom', 'suppleantCourriel', 'absentJusquau'] as const),
  ...(['debut', 'fin', 'ordre'] as const),
] as const;
type Place = Pick<Ligne<'instanceMembres'>, (typeof CHAMPS)[number]>;
type Voulu = Place & { referentId: string };
type Siege = Voulu & { id: string };

/** The seat of a referent, as the place that it fills says it. Who is written to while they are away is decided when a letter leaves; the address of a closed account is none. */
function siegeDe(cat: Catalogue, p: Place, r: Referent): Voulu {
  return {
    referentId: r.id,
    roleReferents: r.role,
    qualite: p.qualite,
    fonction: abreger(`${direRole(cat, r.role)}, ${cat.territoires.get(r.territoireId)?.court ?? r.territoireId}`, 200),
    organisationId: r.organisationId,
    nom: r.nom,
    courriel: r.fermeLe ? '' : r.courriel.toLowerCase(),
    suppleantNom: r.suppleantNom,
    suppleantCourriel: r.suppleantFermeLe ? '' : r.suppleantCourriel.toLowerCase(),
    absentJusquau: r.absentJusquau,
    debut: r.debut,
    fin: r.fin,
    ordre: p.ordre,
  };
}

/** Held until the end of the transaction; false when the body has no place for referents. Who seats them comes alone, and reads who they are after. */
async function tenirLesSieges(tx: Db, contratId: number, instanceId: string): Promise<boolean> {
  const { rows } = await sql`
    select pg_advisory_xact_lock(hashtextextended(${`sieges de référents|${contratId}|${instanceId}`}, 0))
    where exists (select from instance_membres m where m.contrat_id = ${contratId} and m.instance_id = ${instanceId}::uuid and m.role_referents <> '')`.execute(
    tx,
  );
  return rows.length > 0;
}

/** Brings the seats of referents of a body to what the directory says. True when one changed. */
export async function asseoirLesReferents(tx: Db, contratId: number, instanceId: string, aujourdhui: string): Promise<boolean> {
  if (!(await tenirLesSieges(tx, contratId, instanceId))) return false;
  const lus = await tx
    .selectFrom('instanceMembres as m')
    .innerJoin('instances as i', (on) => on.onRef('i.contratId', '=', 'm.contratId').onRef('i.id', '=', 'm.instanceId'))
    .select(['m.id', 'm.referentId', 'i.territoireId', ...CHAMPS.map((c) => `m.${c}` as const)])
    .where('m.contratId', '=', contratId)
    .where('m.instanceId', '=', instanceId)
    .where('m.roleReferents', '<>', '')
    .orderBy('m.ordre')
    .orderBy('m.id')
    .execute();
  const ouvertes = lus.filter((p) => p.referentId === null && (p.fin === null || p.fin >= aujourdhui));
  const tenus = lus.flatMap(({ territoireId: _, ...m }): Siege[] => (m.referentId === null ? [] : [{ ...m, referentId: m.referentId }]));
  const catalogue = await getCatalogue(tx, contratId);
  const [premiere] = ouvertes;
  const roles = [...new Set(ouvertes.map((p) => p.roleReferents))];
  const du = ouvertes.map((p) => p.debut).sort()[0] ?? aujourdhui;
  // No place asks for them any more: nobody is wanted, and who sat there leaves.
  const referents = premiere ? await referentsDe(tx, catalogue, { roles, territoire: premiere.territoireId, du }) : [];
  const voulus = referents.flatMap((r) =>
    surLesPlaces({ ...r, referentId: r.id, roleReferents: r.role }, ouvertes, aujourdhui).map(({ terme, place }) => siegeDe(catalogue, place, terme)),
  );
  const { ouvrir, ecrire, finir } = accorderLesSieges(tenus, voulus, aujourdhui);
  const ecrits = [
    ...ecrire.filter(({ siege, voulu }) => CHAMPS.some((c) => siege[c] !== voulu[c])).map(({ siege, voulu }) => ({ id: siege.id, champs: voulu })),
    ...finir.map(({ siege, debut, fin }) => ({ id: siege.id, champs: { debut, fin } })),
  ];
  for (const { id, champs } of ecrits)
    await tx
      .updateTable('instanceMembres')
      .set((eb) => ({ ...champs, version: eb('version', '+', 1) }))
      .where('contratId', '=', contratId)
      .where('id', '=', id)
      .execute();
  if (ouvrir.length > 0)
    await tx
      .insertInto('instanceMembres')
      .values(ouvrir.map((v) => ({ ...v, contratId, instanceId })))
      .execute();
  return ecrits.length + ouvrir.length > 0;
}

/** Who holds these roles changed: so do the seats that they fill, and the sessions to come that expect them. */
export const suivreLesReferents: SuitesDesReferents = async (c, _, roles) => {
  const { rows } = await sql<{ id: string }>`
    select distinct i.id from instance_membres m
    join instances i on i.contrat_id = m.contrat_id and i.id = m.instance_id and i.close_le is null
    where m.contrat_id = ${c.contrat.id} and m.role_referents = any(${[...roles]}::text[]) order by i.id`.execute(c.db);
  for (const { id } of rows)
    if (await asseoirLesReferents(c.db, c.contrat.id, id, jourDe(c.maintenant))) {
      await reunions().asseoir(c, id);
      await suivreInstance(c, id);
    }
};
