/** A module whose objects make decisions of their own: rounds on the ground, kept by an organisation, secret or not. */
import { sql } from 'kysely';
import { auTravail } from '../../src/core/authorize.ts';
import { introuvable } from '../../src/core/errors.ts';
import { uuid, uuids } from '../../src/core/base/id.ts';
import { defineModule } from '../../src/core/module.ts';
import type { Confidentialite, Origine } from '../../src/modules/decisions/index.ts';
import { grouper } from '../../src/modules/echeances/index.ts';

export const TABLE = sql`
  create table tournees (contrat_id smallint not null, id uuid not null default gen_random_uuid(), nom text not null, territoire_id text not null,
    confidentialite text not null, tenue_par text not null, courriel text not null default '', finie boolean not null default false, primary key (contrat_id, id))`;

interface Tournee {
  id: string;
  nom: string;
  territoireId: string;
  confidentialite: Confidentialite;
  tenuePar: string;
}

const origine: Origine = {
  genre: 'tournee',
  mots: {
    le: 'la tournée',
    garant: 'la permanence de la tournée',
    auteurs: 'la permanence de la tournée',
    restreinte: 'd’une tournée réservée',
  },
  jointure: sql`tournees t on t.contrat_id = d.contrat_id and t.id = d.origine_id`,
  nom: sql`t.nom`,
  confidentialite: sql`t.confidentialite`,
  close: sql`t.finie`,
  lisibles: ({ u }) => sql`(${auTravail(u)} and ('restreinte' not in (t.confidentialite, d.confidentialite) or t.tenue_par = ${u.organisationId}))`,
  charger: async (c, id, { tenu, verrou } = {}) => {
    const { rows } = await sql<Tournee>`
      select id, nom, territoire_id as "territoireId", confidentialite, tenue_par as "tenuePar" from tournees
      where contrat_id = ${c.contrat.id} and id = ${uuid(id)} ${verrou ? sql`for update` : sql``}`.execute(c.db);
    const t = rows[0];
    const tient = auTravail(c.utilisateur) && t?.tenuePar === c.utilisateur?.organisationId;
    if (!t || !(tient || (auTravail(c.utilisateur) && ![t.confidentialite, tenu].includes('restreinte')))) throw introuvable('Cette tournée');
    return { genre: 'tournee', id: t.id, nom: t.nom, territoireId: t.territoireId, confidentialite: t.confidentialite, tient };
  },
  tenues: async (c) => {
    const { rows } = await sql<{ id: string }>`
      select id from tournees where contrat_id = ${c.contrat.id} and tenue_par = ${c.utilisateur?.organisationId ?? ''}`.execute(c.db);
    return new Set(rows.map((r) => r.id));
  },
  sieges: async () => [],
  adresses: async (db, o) => {
    const { rows } = await sql<{ id: string; courriel: string; nom: string }>`
      select id, courriel, 'Qui la tient' as nom from tournees
      where contrat_id = ${o.contratId} and id = any(${uuids(o.ids)}) and ${o.qui === 'garant'}`.execute(db);
    return grouper(rows, (r) => r.id);
  },
};

export default defineModule({ code: 'tournees', libelle: 'Tournées', plan: 'partenariat', depend: ['decisions'], origines: [origine] });
